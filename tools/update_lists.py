#!/usr/bin/env python3
"""Write the code lists, mail domains and name frequencies from their packages, one subcommand for each table.

    pip download --no-deps --no-binary ngender iso3166 iso4217 iso639-lang babel disposable-email-domains ngender
    for wheel in *.whl; do unzip -d unpacked $wheel; done; tar xzf ngender-*.tar.gz -C unpacked
    npm pack tlds && tar xzf tlds-*.tgz -C unpacked
    python3 tools/update_lists.py countries unpacked 2026-11-22

    countries         formats/code/countries.dat      PyPI iso3166, without XK, which is user-assigned
    currencies        formats/code/currencies.dat     PyPI iso4217
    languages         formats/code/languages.dat      PyPI iso639-lang, languages with a code of two letters
    scripts           formats/code/scripts.dat        PyPI babel (CLDR), Leke and Piqd added, without private use
    tlds              normalize/email/tlds.dat        npm tlds
    disposable        normalize/email/disposable.dat  PyPI disposable-email-domains: of the names in the table, which
                                                      were picked by hand, those that the package still lists; --add NAME
    given_characters  score/given_characters.dat      PyPI ngender

The packages' code is never run. The script refuses to write when a table would shrink by more than 2 %.
"""

import argparse
import ast
import csv
import json
import pathlib
import pickle
import sys
import textwrap
import xml.etree.ElementTree
from typing import Callable, Dict, List, NamedTuple

import registry

DOMAIN = registry.ROOT / "src/domain"
WRITER = "update_lists.py"
LINE_WIDTH = 111
OCCURRENCES_MIN = 25


class Registry(NamedTuple):
    """One table: where it is, what it comes from, how its lines are made."""

    target: str
    package: str
    folder: str
    source: str
    home: str
    licence: str
    columns: str
    lines: Callable[[argparse.Namespace], List[str]]
    count: registry.Counter = registry.count_lines


def countries(given: argparse.Namespace) -> List[str]:
    records = registry.assigned(given.unpacked / "iso3166/__init__.py", "_records")
    rows = [[ast.literal_eval(cell) for cell in call.args] for call in records.elts]
    return sorted(" ".join(row[1:4]) for row in rows if row[1] != "XK")


def currencies(given: argparse.Namespace) -> List[str]:
    found = set()
    for entry in xml.etree.ElementTree.parse(given.unpacked / "iso4217/table.xml").iter("CcyNtry"):
        code, number, units = (entry.findtext(tag, "") for tag in ("Ccy", "CcyNbr", "CcyMnrUnts"))
        if number and (units.isdigit() or units == "N.A."):
            found.add(f"{code} {number}")
    return sorted(found)


def languages(given: argparse.Namespace) -> List[str]:
    names = json.loads((given.unpacked / "iso639/data/iso-639.json").read_text(encoding="utf-8"))["name"]
    return sorted({f"{codes['pt1']} {codes['pt3']}" for codes in names.values() if codes["pt1"] and codes["pt3"]})


class Inert(pickle.Unpickler):
    """Reads a pickle without the classes it names: each becomes an empty shell, nothing is imported or called."""

    class Shell:
        def __setstate__(self, state: object) -> None:
            pass

    def find_class(self, module_name: str, global_name: str) -> type:
        return self.Shell


def scripts(given: argparse.Namespace) -> List[str]:
    with open(given.unpacked / "babel/locale-data/en.dat", "rb") as file:
        listed = {*Inert(file).load()["scripts"], "Leke", "Piqd"}
    # Qaaa to Qabx are for private use.
    return sorted(code for code in listed if not "Qaaa" <= code <= "Qabx")


def wrapped(words: List[str]) -> List[str]:
    return textwrap.wrap(" ".join(words), LINE_WIDTH, break_long_words=False, break_on_hyphens=False)


def tlds(given: argparse.Namespace) -> List[str]:
    return wrapped(sorted(set(json.loads((given.unpacked / "package/index.json").read_text(encoding="utf-8")))))


def disposable(given: argparse.Namespace) -> List[str]:
    listed = ast.literal_eval(registry.assigned(given.unpacked / "disposable_email_domains/__init__.py", "blocklist"))
    picked = {name for line in registry.table_lines(given.target) for name in line.split()} | set(given.add)
    for name in sorted(picked - listed):
        print(f"no longer listed: {name}", file=sys.stderr)
    return wrapped(sorted(picked & listed))


def given_characters(given: argparse.Namespace) -> List[str]:
    path = next(iter(sorted(given.unpacked.glob("**/ngender/charfreq.csv"))), given.unpacked / "ngender/charfreq.csv")
    with open(path, encoding="utf-8", newline="") as file:
        counts = {row["char"]: int(row["male"]) + int(row["female"]) for row in csv.DictReader(file)}
    total = sum(counts.values())
    rows = [(round(count * 1_000_000 / total), char) for char, count in counts.items()]
    rows = sorted((row for row in rows if row[0] >= OCCURRENCES_MIN), key=lambda row: (-row[0], row[1]))
    return [f"{char}\t{occurrences}" for occurrences, char in rows]


REGISTRIES: Dict[str, Registry] = {
    "countries": Registry(
        "formats/code/countries.dat", "iso3166", "iso3166", "ISO 3166-1 as in PyPI iso3166",
        "https://pypi.org/project/iso3166/", "MIT, copyright Mike Spindel",
        "alpha-2, alpha-3, number; without XK (user-assigned)", countries),
    "currencies": Registry(
        "formats/code/currencies.dat", "iso4217", "iso4217", "ISO 4217 list one as in PyPI iso4217",
        "https://github.com/dahlia/iso4217", "public domain", "code, number", currencies),
    "languages": Registry(
        "formats/code/languages.dat", "iso639-lang", "iso639_lang", "ISO 639-1 as in PyPI iso639-lang",
        "https://github.com/LBeaudoux/iso639", "MIT, copyright Alexander Mikhailov and contributors",
        "ISO 639-1 code, ISO 639-3 code", languages),
    "scripts": Registry(
        "formats/code/scripts.dat", "babel", "babel", "ISO 15924 as in the English names of CLDR, PyPI babel",
        "https://babel.pocoo.org", "BSD-3-Clause (Babel), Unicode-3.0 (CLDR)", "code; Leke, Piqd from ISO 15924", scripts),
    "tlds": Registry(
        "normalize/email/tlds.dat", "tlds", "", "IANA root zone database as in npm tlds",
        "https://github.com/stephenmathieson/node-tlds", "MIT", "top-level domains, in Unicode", tlds, registry.count_words),
    "disposable": Registry(
        "normalize/email/disposable.dat", "disposable-email-domains", "disposable_email_domains",
        "blocklist of PyPI disposable-email-domains, the best known of its names, picked by hand",
        "https://github.com/disposable-email-domains/disposable-email-domains", "MIT", "domains", disposable, registry.count_words),
    "given_characters": Registry(
        "score/given_characters.dat", "ngender", "ngender", "charfreq.csv of PyPI ngender",
        "https://github.com/observerss/ngender", "MIT, Copyright (c) 2015 Jingchao Hu",
        f"Characters of Chinese given names: character, occurrences per million; both sexes, {OCCURRENCES_MIN} and more",
        given_characters),
}


def version(listed: Registry, unpacked: pathlib.Path) -> str:
    if listed.folder:
        return registry.package_version(unpacked, listed.folder)
    return json.loads((unpacked / "package/package.json").read_text(encoding="utf-8"))["version"]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = arguments.add_subparsers(dest="table", required=True)
    for name, listed in REGISTRIES.items():
        parents = [registry.parser("", DOMAIN / listed.target)]
        parents[0].add_help = False
        command = commands.add_parser(name, parents=parents, conflict_handler="resolve")
        if name == "disposable":
            command.add_argument("--add", action="append", default=[], metavar="NAME", help="one more name to keep")
    given = arguments.parse_args()
    listed = REGISTRIES[given.table]
    source = f"{listed.source}, version {version(listed, given.unpacked)}"
    header = registry.header(source, listed.home, listed.licence, given.date, WRITER, listed.columns)
    return registry.write([(given.target, header, listed.lines(given))], given.allow_shrink, listed.count)


if __name__ == "__main__":
    sys.exit(main())
