#!/usr/bin/env python3
"""Write src/domain/normalize/person_name/romanisation.dat from the Unihan database (Unicode licence).

    apt-get download unicode-data && dpkg-deb -x unicode-data_*.deb unpacked
    bunzip2 unpacked/usr/share/unicode/Unihan_{Readings,DictionaryLikeData,Variants}.txt.bz2
    python3 tools/update_romanisations.py unpacked/usr/share/unicode 2026-11-22

Each line of the result is one simplified character that is frequent in names or in text:

    character<TAB>Jyutping without tone<TAB>Korean readings, Revised Romanization<TAB>Vietnamese readings without marks

Several readings are parted by blanks; a missing one is empty. A simplified character without a Korean or Vietnamese reading of
its own takes that of its traditional form. The script refuses to write when the table would shrink by more than 2 %.
"""

import collections
import pathlib
import re
import sys
import unicodedata

import registry

ROOT = registry.ROOT
TARGET = ROOT / "src/domain/normalize/person_name/romanisation.dat"
NAME_TABLES = [ROOT / "src/domain/score/surnames.dat", ROOT / "src/domain/score/given_characters.dat"]
SURNAME_SOURCE = ROOT / "src/domain/text/han.rs"
# kFrequency of Unihan: 1 is the most frequent of five classes.
FREQUENCY_MAX = 5

INITIALS = "g kk n d tt r m b pp s ss - j jj ch k t p h".split()
VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()
FINALS = "- k k k n n n t l k m l l l p l m p p t t ng t t k t p t".split()


def read(path: pathlib.Path) -> dict:
    """{character: {field: value}} of one Unihan file."""
    found = collections.defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            found[chr(int(code[2:], 16))][field] = value
    return found


def korean(value: str) -> list:
    """Hangul syllables in Revised Romanization."""
    spelled = []
    for syllable in re.findall("[가-힣]", value):
        index = ord(syllable) - 0xAC00
        parts = (INITIALS[index // 588], VOWELS[index % 588 // 28], FINALS[index % 28])
        spelled.append("".join(part for part in parts if part != "-"))
    return spelled


def unmarked(value: str) -> list:
    """Words without diacritics."""
    plain = unicodedata.normalize("NFD", value.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).split()


def wanted(readings: dict, frequencies: dict) -> list:
    """Characters of names, and those of the General Standard table that are frequent; simplified ones."""
    names = set()
    for table in NAME_TABLES:
        names.update(c for line in table.read_text(encoding="utf-8").splitlines() if line[0] != "#" for c in line.split("\t")[0])
    names.update(re.findall("[\u4e00-\u9fff]", SURNAME_SOURCE.read_text(encoding="utf-8").split("SINGLE_SURNAMES: &str")[1].split(";")[0]))
    frequent = {c for c, fields in frequencies.items() if int(fields.get("kFrequency", 9)) <= FREQUENCY_MAX}
    return sorted(names | {c for c in frequent if "kTGHZ2013" in readings.get(c, {})})


def rows(source: pathlib.Path) -> list:
    readings = read(source / "Unihan_Readings.txt")
    variants = read(source / "Unihan_Variants.txt")
    out = []
    for c in wanted(readings, read(source / "Unihan_DictionaryLikeData.txt")):
        traditional = [chr(int(code[2:], 16)) for code in variants[c].get("kTraditionalVariant", "").split()]
        first = [readings[c]] + [readings[t] for t in traditional]

        def field(name, spell):
            spelled = (spell(fields[name]) for fields in first if name in fields)
            return list(dict.fromkeys(next(spelled, [])))

        cantonese = field("kCantonese", lambda value: [s.rstrip("123456") for s in value.split()])
        row = (c, " ".join(cantonese), " ".join(field("kHangul", korean)), " ".join(field("kVietnamese", unmarked)))
        if any(row[1:]):
            out.append("\t".join(row))
    return out


def main() -> int:
    given = registry.parser(__doc__, TARGET).parse_args()
    source, date = given.unpacked, given.date
    lines = rows(source)
    header = [
        "# Readings of Han characters frequent in names: character, Jyutping, Korean (Revised Romanization), Vietnamese; no tones.",
        "# Source: Unihan database 15.0.0 (kCantonese, kHangul, kVietnamese), Debian package unicode-data 15.0.0-1",
        "# Licence: Unicode License, Copyright (c) 1991-2022 Unicode, Inc.",
        f"# Date: {date}, written by tools/update_romanisations.py",
    ]
    return registry.write([(given.target, header, lines)], given.allow_shrink)


if __name__ == "__main__":
    sys.exit(main())
