//! Identifier formats, one file each. To add one: write the file, list it in its country's `ALL`
//! (and a new country in [`GROUPS`]), add `fixtures/formats/<cc>/<name>.toml`.

use smol_str::SmolStr;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::finding::Checked;

pub mod ad;
pub mod al;
pub mod ar;
pub mod at;
pub mod au;
pub mod az;
pub mod be;
pub mod bg;
pub mod br;
pub mod by;
pub mod by_country;
pub mod ca;
pub mod ch;
pub mod check_digit;
pub mod cl;
pub mod cn;
pub mod co;
pub mod code;
pub mod cr;
pub mod cu;
pub mod cy;
pub mod cz;
pub mod de;
pub mod declared;
pub mod division;
pub mod dk;
pub mod do_;
pub mod dz;
pub mod ec;
pub mod ee;
pub mod eg;
pub mod es;
pub mod eu;
pub mod fi;
pub mod fo;
pub mod fr;
pub mod gb;
pub mod general;
pub mod gh;
pub mod gn;
pub mod gr;
pub mod gt;
pub mod hk;
pub mod hr;
pub mod hu;
pub mod id;
pub mod ie;
pub mod il;
pub mod in_;
pub mod internet;
pub mod is;
pub mod iso7064;
pub mod it;
pub mod jp;
pub mod ke;
pub mod kr;
pub mod layout;
pub mod li;
pub mod lt;
pub mod lu;
pub mod lv;
pub mod ma;
pub mod mc;
pub mod md;
pub mod me;
pub mod mk;
pub mod mo;
pub mod mt;
pub mod mu;
pub mod mx;
pub mod my;
pub mod mz;
pub mod nl;
pub mod no;
pub mod numeric;
pub mod nz;
pub mod om;
pub mod part;
pub mod pe;
pub mod pk;
pub mod pl;
pub mod pt;
pub mod py;
pub mod ro;
pub mod rs;
pub mod ru;
pub mod se;
pub mod sg;
pub mod shape;
pub mod si;
pub mod sk;
pub mod sm;
pub mod sn;
pub mod sv;
pub mod th;
pub mod timestamp;
pub mod tn;
pub mod tr;
pub mod tw;
pub mod ua;
pub mod us;
pub mod uy;
pub mod ve;
pub mod vn;
pub mod za;

/// One identifier format: pure functions over text.
pub trait IdFormat: Sync {
    /// The stable code, `country.name` (`cn.resident_id`).
    fn code(&self) -> &'static str;
    /// Its name in simplified Chinese.
    fn name_zh(&self) -> &'static str;
    /// Its name in English.
    fn name_en(&self) -> &'static str;
    /// The standard or registry that it follows.
    fn source(&self) -> &'static str;
    /// A computed, fictitious example that is valid.
    fn example(&self) -> &'static str;
    /// Judges a value: verdict, normal form, findings, facts, suggestions. Never fails and never panics.
    fn check(&self, input: &str) -> Checked;
    /// The form used for comparing two values of this format: the normal form unless a format says otherwise.
    fn match_key(&self, normal: &str) -> SmolStr {
        SmolStr::new(normal)
    }
    /// Whether a valid value is proved by a check digit.
    fn has_check_digit(&self) -> bool {
        false
    }
}

/// Every identifier format, group by group: China first, then the countries, then what knows no country.
pub const GROUPS: &[&[&dyn IdFormat]] = &[
    cn::ALL,
    hk::ALL,
    mo::ALL,
    tw::ALL,
    ad::ALL,
    al::ALL,
    ar::ALL,
    at::ALL,
    au::ALL,
    az::ALL,
    be::ALL,
    bg::ALL,
    br::ALL,
    by::ALL,
    ca::ALL,
    ch::ALL,
    cl::ALL,
    co::ALL,
    cr::ALL,
    cu::ALL,
    cy::ALL,
    cz::ALL,
    de::ALL,
    dk::ALL,
    do_::ALL,
    dz::ALL,
    ec::ALL,
    ee::ALL,
    eg::ALL,
    es::ALL,
    fi::ALL,
    fo::ALL,
    fr::ALL,
    gb::ALL,
    gh::ALL,
    gn::ALL,
    gr::ALL,
    gt::ALL,
    hr::ALL,
    hu::ALL,
    id::ALL,
    ie::ALL,
    il::ALL,
    in_::ALL,
    is::ALL,
    it::ALL,
    jp::ALL,
    ke::ALL,
    kr::ALL,
    li::ALL,
    lt::ALL,
    lu::ALL,
    lv::ALL,
    ma::ALL,
    mc::ALL,
    md::ALL,
    me::ALL,
    mk::ALL,
    mt::ALL,
    mu::ALL,
    mx::ALL,
    my::ALL,
    mz::ALL,
    nl::ALL,
    no::ALL,
    nz::ALL,
    om::ALL,
    pe::ALL,
    pk::ALL,
    pl::ALL,
    pt::ALL,
    py::ALL,
    ro::ALL,
    rs::ALL,
    ru::ALL,
    se::ALL,
    sg::ALL,
    si::ALL,
    sk::ALL,
    sm::ALL,
    sn::ALL,
    sv::ALL,
    th::ALL,
    tn::ALL,
    tr::ALL,
    ua::ALL,
    us::ALL,
    uy::ALL,
    ve::ALL,
    vn::ALL,
    za::ALL,
    eu::ALL,
    general::ALL,
    iso7064::ALL,
    timestamp::ALL,
    internet::ALL,
    code::ALL,
    by_country::ALL,
];

/// Every identifier format, in the order of the documentation.
pub fn all() -> impl Iterator<Item = &'static dyn IdFormat> {
    GROUPS.iter().flat_map(|group| group.iter().copied())
}

/// The formats by their code.
static BY_CODE: LazyLock<FxHashMap<&'static str, &'static dyn IdFormat>> =
    LazyLock::new(|| all().map(|format| (format.code(), format)).collect());

/// Finds a format by its code. Country codes that are reserved words in some language (`in_.pan`) are understood too.
pub fn by_code(code: &str) -> Option<&'static dyn IdFormat> {
    if code.contains('_') && (code.contains("_.") || code.ends_with('_')) {
        let plain = code.replace("_.", ".");
        return BY_CODE.get(plain.trim_end_matches('_')).copied();
    }
    let code = if code == "cn.ric" { "cn.resident_id" } else { code };
    BY_CODE.get(code).copied()
}
