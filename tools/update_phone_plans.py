#!/usr/bin/env python3
"""Bring src/domain/formats/cn/area_codes.dat up to date with the PyPI package phonenumbers (Apache-2.0).

    python3 -m venv venv && venv/bin/pip install phonenumbers
    venv/bin/python tools/update_phone_plans.py 2026-11-22

Which area codes there are and how many digits their local numbers have comes from the package. Names stay as they are
in the table, which knows today's names of renamed regions; a new code gets the name that the package's geocoder has.
The script refuses to write when the table would shrink by more than 2 %: a broken package must not empty it.
Unlike the other updaters it imports the package, so use a virtual environment that holds nothing else.
"""

import pathlib
import sys

import phonenumbers
from phonenumbers import geocoder

import registry

TARGET = registry.ROOT / "src/domain/formats/cn/area_codes.dat"
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


def known(target: pathlib.Path) -> dict:
    """Area code to its columns in the table of now."""
    return {int(row[0]): row for row in (line.split("\t") for line in registry.table_lines(target))}


def main() -> int:
    given = registry.parser(__doc__, TARGET, unpacked=False).parse_args()
    before, now = known(given.target), plan()
    lines = []
    for code in sorted(now):
        lengths, name = now[code]
        names = before[code][2:] if code in before else [name]
        lines.append("\t".join([str(code), lengths, *names]))
    for code in sorted(set(before) ^ set(now)):
        print("new" if code in now else "gone", code, file=sys.stderr)
    header = HEADER.format(version=phonenumbers.__version__, date=given.date).splitlines()
    return registry.write([(given.target, header, lines)], given.allow_shrink)


if __name__ == "__main__":
    sys.exit(main())
