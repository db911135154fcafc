#!/usr/bin/env python3
"""Measure matching on data with truth and write benches/accuracy.md: `make accuracy`, or `python3 benches/accuracy.py GUIYI_BINARY DATA_DIR`.

One configuration for every set: the defaults of `guiyi cleanse`. Only the mapping files differ.
"""

import datetime
import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
MAPPINGS = HERE / "mappings"
# (title, folder, mapping arguments, pairwise F1 asked, B-cubed F1 asked)
SETS = [
    ("febrl3", "febrl3", ["--source", "febrl"], 0.9999, None),
    ("febrl3 without soc_sec_id", "febrl3", ["--mapping", MAPPINGS / "febrl_without_soc_sec_id.toml"], 0.997, None),
    ("febrl4", "febrl4", ["--source", "febrl"], 0.9999, None),
    ("splink_fake_1000", "splink_fake_1000", ["--source", "splink_fake_1000"], 0.945, 0.955),
    ("splink_historical_50k, half", "splink_historical_50k_half", ["--source", "splink_historical_50k"], 0.89, 0.905),
    ("pseudopeople, half", "pseudopeople_2020_channels_half", ["--source", "pseudopeople"], 0.95, None),
    ("pseudopeople, half, without ssn", "pseudopeople_2020_channels_half", ["--mapping", MAPPINGS / "pseudopeople_without_ssn.toml"], 0.85, None),
    ("zh_customers_20k", "zh_customers_20k", ["--source", "zh_customers"], 0.945, 0.965),
    ("zh_customers_20k without id_number and wechat_id", "zh_customers_20k", ["--mapping", MAPPINGS / "zh_customers_without_id_and_wechat.toml"], 0.92, 0.95),
    ("senzing_truthset", "senzing_truthset", ["--source", "senzing_truthset"], 1.0, None),
]
# Where Splink with an expert's model reaches F1 .89 (benches/peers/splink_synth.md).
SYNTH_RECORDS, SYNTH_SEED, SYNTH_DIFFICULTY = 100_000, 7, 80


def figures(binary: str, records: pathlib.Path, mapping: list, truth: pathlib.Path) -> dict:
    with tempfile.TemporaryDirectory() as out:
        command = [binary, "cleanse", records, *mapping, "--truth", truth, "--out", out, "--json"]
        output = subprocess.run([str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True).stdout
    return json.loads(output)["evaluation"]


# Least pairwise precision, where one is asked.
PRECISION = {"zh_customers_20k": 0.97, "zh_customers_20k without id_number and wechat_id": 0.97}


def row(title: str, found: dict, pairwise: float, cubed: float | None) -> str:
    scores = [found[kind][part] for kind in ("pairwise", "b_cubed") for part in ("precision", "recall", "f1")]
    precision = PRECISION.get(title, 0)
    asked = f"{pairwise:g}" + (f" / {cubed:g}" if cubed else "") + (f", P {precision:g}" if precision else "")
    reached = scores[2] >= pairwise and (cubed is None or scores[5] >= cubed) and scores[0] >= precision
    return "| " + " | ".join([title, *(f"{score:.4f}" for score in scores), asked, "yes" if reached else "**no**"]) + " |"


def main() -> None:
    binary, data = sys.argv[1], pathlib.Path(sys.argv[2])
    rows = []
    for title, folder, mapping, pairwise, cubed in SETS:
        found = figures(binary, data / folder / "records.csv", mapping, data / folder / "truth.csv")
        rows.append(row(title, found, pairwise, cubed))
        print(rows[-1], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        made = pathlib.Path(folder)
        command = [binary, "synth", "--records", str(SYNTH_RECORDS), "--seed", str(SYNTH_SEED), "--difficulty", str(SYNTH_DIFFICULTY), "--out", folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        found = figures(binary, made / "customers.csv", ["--mapping", made / "mapping.toml"], made / "truth.csv")
        rows.append(row(f"guiyi synth, {SYNTH_RECORDS:,} records, difficulty {SYNTH_DIFFICULTY}", found, 0.94, 0.96))
        print(rows[-1], flush=True)
    text = [
        "# Matching: accuracy",
        "",
        f"Written by `make accuracy` ({datetime.date.today()}). One configuration for every set, `guiyi cleanse` with its defaults; only the mapping files",
        "differ (`sources/`, `benches/mappings/`). P, R, F1 over pairs of records, then B-cubed.",
        "",
        "| data | P | R | F1 | B³ P | B³ R | B³ F1 | asked: F1 / B³ F1 | reached |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *rows,
        "",
    ]
    (HERE / "accuracy.md").write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
