#!/usr/bin/env python3
"""Measure a hot value and write benches/hot.md: `python3 benches/hot.py GUIYI_BINARY [RECORDS]`.

The same synthetic customers are loaded into two embedded stores: as they are, and all of them with one telephone number and one company
address. CPU-seconds of the whole process, RocksDB's own threads included.
"""

import csv
import datetime
import json
import os
import pathlib
import platform
import resource
import subprocess
import sys
import tempfile

RECORDS = 100_000
SHARED = {"phone": "021-65529988", "address": "上海市徐汇区漕溪北路398号汇智大厦12楼"}


def load(binary: str, table: pathlib.Path, folder: pathlib.Path, name: str) -> tuple[float, dict]:
    """CPU-seconds of loading a table into a new store, and what the store then holds."""
    store = folder / f"store-{name}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [binary, "load", table, "--mapping", folder / "mapping.toml", "--data-dir", store]
    subprocess.run([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    check = subprocess.run([binary, "fsck", "--json", "--data-dir", str(store)], stdout=subprocess.PIPE, check=True)
    return seconds, json.loads(check.stdout)


def main() -> None:
    binary, records = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else RECORDS
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        subprocess.run([binary, "synth", "--records", str(records), "--seed", "3", "--out", name], stdout=subprocess.DEVNULL, check=True)
        with open(folder / "customers.csv", newline="") as plain, open(folder / "hot.csv", "w", newline="") as hot:
            rows = csv.DictReader(plain)
            writer = csv.DictWriter(hot, rows.fieldnames)
            writer.writeheader()
            writer.writerows({**row, **SHARED} for row in rows)
        normal_seconds, normal = load(binary, folder / "customers.csv", folder, "normal")
        hot_seconds, hot = load(binary, folder / "hot.csv", folder, "hot")
    share = normal_seconds / hot_seconds
    text = [
        "# A hot value: everybody with one telephone number and one company address",
        "",
        f"Written by `benches/hot.py` ({datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores): {records:,} records of `guiyi synth` "
        "through `guiyi load`, once as they are and once with one telephone number and company address in all of them.",
        "",
        "| | as they are | with hot values | asked |",
        "| --- | --- | --- | --- |",
        f"| records a CPU-second | {records / normal_seconds:,.0f} | {records / hot_seconds:,.0f}, {share:.0%} of the normal rate | 50 % |",
        f"| profiles | {normal['profiles']:,} | {hot['profiles']:,} | separate people |",
        f"| pairs kept for review or merging | {normal['edges']:,} | {hot['edges']:,} | – |",
        f"| problems that `guiyi fsck` finds | {normal['problem_count']} | {hot['problem_count']} | 0 |",
    ]
    target = pathlib.Path(__file__).with_suffix(".md")
    target.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))
    if share < 0.5:
        sys.exit("loading hot values is slower than half the normal rate")


if __name__ == "__main__":
    main()
