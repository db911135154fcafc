#!/usr/bin/env python3
"""Measure scoring and write benches/scoring.md: `python3 benches/scoring.py GUIYI_BINARY [RECORDS]`.

CPU-seconds of one thread, taken by `guiyi bench scoring` itself.
"""

import datetime
import json
import os
import pathlib
import platform
import subprocess
import sys

ROUNDS = 3
# As many as give at least three million candidate pairs.
RECORDS = 200_000

ROWS = [
    ("candidate pairs scored in full per CPU-second", "full_pairs_per_cpu_second", 3_000_000),
    ("candidate pairs scored as far as the review threshold needs, per CPU-second", "staged_pairs_per_cpu_second", 3_000_000),
    ("candidate pairs through the prefilter per CPU-second", "prefilter_pairs_per_cpu_second", 30_000_000),
    ("strsim alone: Jaro–Winkler of up to seven raw texts, pairs per CPU-second", "strsim_pairs_per_cpu_second", None),
    ("scored in full, times as fast as strsim alone", "ratio_to_strsim", None),
    ("packed features unpacked per CPU-second", "unpacked_per_cpu_second", None),
]


def shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


def main() -> None:
    binary = sys.argv[1]
    records = sys.argv[2] if len(sys.argv) > 2 else str(RECORDS)
    command = [binary, "bench", "scoring", "--records", records, "--json"]
    rounds = [json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) for _ in range(ROUNDS)]
    last = rounds[-1]
    text = [
        "# Scoring: throughput and size",
        "",
        f"Written by `benches/scoring.py` ({datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores); {ROUNDS} rounds. "
        f"The {last['pairs']:,} candidate pairs that the blocking rules find among {last['records']:,} customers of `guiyi synth`, dirt "
        f"included, under the default model; {last['edges']:,} of them reach the review threshold. One thread.",
        "",
        "| what | slowest | median | fastest | asked |",
        "| --- | --- | --- | --- | --- |",
    ]
    for name, key, asked in ROWS:
        figures = sorted(figures[key] for figures in rounds)
        cells = " | ".join(shown(figures[index]) for index in (0, ROUNDS // 2, -1))
        text.append(f"| {name} | {cells} | {f'{asked:,}' if asked else '–'} |")
    text += [
        "",
        f"The prefilter drops {last['dropped_by_prefilter']:.1%} of the candidate pairs, and no pair that would have reached the threshold. "
        f"{last['edges'] / last['pairs']:.0%} of the candidates reach it: the fewer strangers blocking lets through, the dearer the mean pair. "
        f"Features take {last['feature_bytes_in_memory']:,} bytes a record in memory; packed "
        f"{last['packed_bytes_mean']:.0f} on average, {last['packed_bytes_median']} or less for half of the records, "
        f"{last['packed_bytes_95_percent']} or less for 95 %.",
    ]
    target = pathlib.Path(__file__).with_suffix(".md")
    target.write_text("\n".join(text) + "\n", encoding="utf-8")
    print("\n".join(text))


if __name__ == "__main__":
    main()
