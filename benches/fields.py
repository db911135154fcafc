#!/usr/bin/env python3
"""Measure the field layer and write benches/fields.md: `make bench`, or `python3 benches/fields.py GUIYI_BINARY`.

CPU-seconds of the child process (user and system), so that other work on the machine shows little.
"""

import datetime
import json
import os
import pathlib
import platform
import resource
import subprocess
import sys

ROUNDS = 5
IDS = 1_000_000
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident_ids(count: int) -> bytes:
    """Computed numbers of region 110105, every day of 55 years in turn."""
    first = datetime.date(1950, 1, 1)
    lines = []
    for number in range(count):
        day = first + datetime.timedelta(days=number % 20_000)
        body = f"110105{day:%Y%m%d}{number // 20_000 * 7 % 1000:03d}"
        total = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS))
        lines.append(body + "10X98765432"[total % 11])
    return ("\n".join(lines) + "\n").encode()


def cpu_seconds(command: list, stdin: bytes) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, input=stdin, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def main() -> None:
    binary = sys.argv[1]
    ids = resident_ids(IDS)
    check = sorted(IDS / cpu_seconds([binary, "check", "--format", "cn.resident_id"], ids) for _ in range(ROUNDS))
    prepare = []
    for _ in range(ROUNDS):
        output = subprocess.run([binary, "bench", "prepare", "--json"], stdout=subprocess.PIPE, check=True).stdout
        prepare.append(json.loads(output)["records_per_cpu_second"])
    prepare.sort()
    rows = [
        ("`guiyi check --format cn.resident_id`, resident IDs per CPU-second, end to end", check, 1_000_000),
        ("`guiyi bench prepare`, records of 12 fields per CPU-second, one thread", prepare, 200_000),
    ]
    text = [
        "# Field layer: throughput",
        "",
        f"Written by `make bench` ({datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores); "
        f"{ROUNDS} rounds each. Values are those of `guiyi synth`, dirt included.",
        "",
        "| what | slowest | median | fastest | asked |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, figures, asked in rows:
        shown = [f"{figures[index]:,.0f}" for index in (0, ROUNDS // 2, -1)]
        text.append(f"| {name} | {' | '.join(shown)} | {asked:,} |")
    target = pathlib.Path(__file__).with_suffix(".md")
    target.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
