#!/usr/bin/env python3
"""Bring src/domain/formats/cn/area_codes.dat up to date with the PyPI package phonenumbers (Apache-2.0).

    python3 -m venv venv && venv/bin/pip install phonenumbers
    venv/bin/python tools/update_phone_plans.py 2026-11-22

Which area codes there are and how many digits their local numbers have comes from the package. Names stay as they are
in the table, which knows today's names of renamed regions; a new code gets the name that the package's geocoder has.
The script refuses to write when the table would shrink by more than 2 %: a broken package must not empty it.
"""

import pathlib
import sys

import phonenumbers
from phonenumbers import geocoder

TARGET = pathlib.Path(__file__).resolve().parent.parent / "src/domain/formats/cn/area_codes.dat"
SHRINKAGE_MAX = 0.02
CODES = [10, *range(20, 30), *range(300, 1000)]
# Local numbers that are a subscriber's wherever their length is right.
SAMPLES = {"7": ("6552998", "3333333", "2345678"), "8": ("65529981", "82345678", "23456789")}
HEADER = """# Source: metadata and Chinese geocoding tables of the PyPI package phonenumbers {version} (libphonenumber), by
#   tools/update_phone_plans.py; today's names of regions and cities that share a code were completed by hand
# Licence: Apache-2.0
# Date: {date}
# code<TAB>digits of local numbers (7, 8 or both)<TAB>province and largest city<TAB>other cities of the code
"""


def plan() -> dict:
    """Area code to (lengths, name), as the package has them."""
    found = {}
    for code in CODES:
        lengths, name = "", ""
        for length, samples in SAMPLES.items():
            numbers = [phonenumbers.PhoneNumber(country_code=86, national_number=int(f"{code}{s}")) for s in samples]
            fixed = [n for n in numbers if phonenumbers.number_type(n) == phonenumbers.PhoneNumberType.FIXED_LINE]
            if fixed:
                lengths += length
                name = geocoder.description_for_number(fixed[0], "zh").split("、")[0]
        # The geocoder falls back on the country: such a code is no place.
        if lengths and name not in ("", "中国"):
            found[code] = (lengths, name)
    return found


def known() -> dict:
    """Area code to its columns in the table of now."""
    rows = [line.split("\t") for line in TARGET.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {int(row[0]): row for row in rows}


def main() -> None:
    date = sys.argv[1]
    before, now = known(), plan()
    if len(now) < len(before) * (1 - SHRINKAGE_MAX):
        sys.exit(f"refusing to shrink the table from {len(before)} to {len(now)} codes")
    lines = []
    for code in sorted(now):
        lengths, name = now[code]
        names = before[code][2:] if code in before else [name]
        lines.append("\t".join([str(code), lengths, *names]))
    for code in sorted(set(before) ^ set(now)):
        print("new" if code in now else "gone", code, file=sys.stderr)
    header = HEADER.format(version=phonenumbers.__version__, date=date)
    TARGET.write_text(header + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
