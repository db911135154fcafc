#!/usr/bin/env python3
"""Measure bulk cleansing and write benches/bulk.md: `python3 benches/bulk.py GUIYI_BINARY [--rows N ...] [--splink RECORDS]`.

Every run is `guiyi bench bulk`: the customers of `guiyi synth` with four more columns that are carried along, cleansed by a process of
its own with the default options. CPU-seconds are user and system time of that process over all threads; memory is its VmHWM.
"""

import argparse
import datetime
import json
import os
import pathlib
import platform
import re
import subprocess
import tempfile

PEER = pathlib.Path(__file__).parent / "peers" / "splink_synth.py"
# The records for which Splink's rules were set up.
PEER_RECORDS = 100_000
# Rows: (CPU-seconds, bytes) asked for.
ASKED = {1_000_000: (16, 1.5e9), 5_000_000: (90, 6e9)}
# What a row of the largest file may cost against one of this many.
BASE_ROWS = 500_000
RATIO_MAX = 1.3
SKEW_MAX = 1.5
SPLINK_MIN = 8


def bench(binary: str, rows: int, *options: str) -> dict:
    command = [binary, "bench", "bulk", "--records", str(rows), "--json", *options]
    return json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout)


def verdict(value: float, most: float) -> str:
    return f"{most:g}" + (" ✓" if value <= most else " ✗")


def row(figures: dict) -> str:
    rows, cpu, peak = figures["rows"], figures["cpu_seconds"], figures["peak_bytes"]
    cpu_max, peak_max = ASKED.get(rows, (None, None))
    f1 = (figures["pairwise"] or {}).get("f1")
    return (
        f"| {rows:,} | {figures['bytes'] / 1e6:,.0f} | {cpu:,.1f} | {verdict(cpu, cpu_max) if cpu_max else '–'} "
        f"| {figures['microseconds_a_row']:.1f} | {peak / 1e6:,.0f} | {verdict(peak / 1e6, peak_max / 1e6) if peak_max else '–'} "
        f"| {figures['candidate_pairs'] / rows:.1f} | {figures['profiles']:,} | {f'{f1:.4f}' if f1 else '–'} |"
    )


def stages(figures: dict) -> list[str]:
    text = ["", f"## By stage, {figures['rows']:,} rows", "", "| stage | units | CPU s | microseconds a row |", "| --- | --- | --- | --- |"]
    for stage in figures["stages"]:
        each = stage["cpu_seconds"] * 1e6 / figures["rows"]
        text.append(f"| {stage['stage']} | {stage['units']:,} | {stage['cpu_seconds']:.2f} | {each:.1f} |")
    return text


def peer(binary: str, records: int) -> list[str]:
    """Splink on the same file, by its own script."""
    report = PEER.with_suffix(".md") if records == PEER_RECORDS else PEER.with_name(f"splink_synth_{records}.md")
    with tempfile.TemporaryDirectory() as folder:
        command = ["python3", str(PEER), binary, folder, "--records", str(records), "--report", str(report)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return beside(report, records)


def beside(report: pathlib.Path, records: int) -> list[str]:
    """What the script wrote of both."""
    lines = [line for line in report.read_text().splitlines() if re.match(r"\| (Splink|guiyi)", line)]
    cells = {line.split("|")[1].strip(): [cell.strip() for cell in line.split("|")[2:-1]] for line in lines}
    splink = next(value for name, value in cells.items() if name.startswith("Splink, best"))
    ours = next(value for name, value in cells.items() if name.startswith("guiyi"))
    ratio = float(splink[-2].replace(",", "")) / float(ours[-2].replace(",", ""))
    mark = "✓" if ratio >= SPLINK_MIN else "✗"
    grown = " Its rules were set up for 100,000 rows: pairs of one name, by which it trains too, grow with the square of the rows." if records > PEER_RECORDS else ""
    return [
        "",
        f"## Beside Splink, {records:,} rows",
        "",
        "| | pairwise precision | recall | F1 | B³ precision | recall | F1 | CPU s | peak MiB |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *lines,
        "",
        f"Splink takes {ratio:.1f} times the CPU of guiyi (asked: at least {SPLINK_MIN} {mark}); see `benches/peers/{report.name}` for how it is set up.{grown}",
    ]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--rows", type=int, nargs="*", default=[200_000, 500_000, 1_000_000, 5_000_000])
    parser.add_argument("--skew-rows", type=int, default=1_000_000)
    parser.add_argument("--splink", type=int, nargs="*", default=[PEER_RECORDS, 1_000_000])
    args = parser.parse_args()
    runs = {rows: bench(args.binary, rows) for rows in args.rows}
    last = runs[max(runs)]
    text = [
        "# Bulk cleansing: CPU, memory, skew",
        "",
        f"Written by `benches/bulk.py` ({datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores). `guiyi cleanse` with default "
        f"options, the model fitted to the input included, on the customers of `guiyi synth` with four more columns carried along "
        f"({last['columns']} columns). One run each; the machine may have had other work, CPU-seconds are those of the process.",
        "",
        "| rows | MB | CPU s | asked | µs a row | peak MB | asked | candidate pairs a row | profiles | pairwise F1 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *[row(figures) for figures in runs.values()],
    ]
    if BASE_ROWS in runs and max(runs) > BASE_ROWS:
        ratio = last["microseconds_a_row"] / runs[BASE_ROWS]["microseconds_a_row"]
        text += ["", f"A row of {max(runs):,} costs {ratio:.2f} times one of {BASE_ROWS:,} (asked: {verdict(ratio, RATIO_MAX)})."]
    text += stages(last)
    if args.skew_rows:
        clean = runs.get(args.skew_rows) or bench(args.binary, args.skew_rows)
        text += ["", f"## Skew, {args.skew_rows:,} rows", "", "| three rows in ten | CPU s | times the clean run | asked | peak MB |", "| --- | --- | --- | --- | --- |"]
        for skew, name in [("shared-phone", "share one telephone number"), ("blank-names", "have no name")]:
            figures = bench(args.binary, args.skew_rows, "--skew", skew)
            ratio = figures["cpu_seconds"] / clean["cpu_seconds"]
            text.append(f"| {name} | {figures['cpu_seconds']:,.1f} | {ratio:.2f} | {verdict(ratio, SKEW_MAX)} | {figures['peak_bytes'] / 1e6:,.0f} |")
    for records in args.splink:
        text += peer(args.binary, records)
    pathlib.Path(__file__).with_suffix(".md").write_text("\n".join(text) + "\n")


if __name__ == "__main__":
    main()
