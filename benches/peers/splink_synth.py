#!/usr/bin/env python3
"""Splink with an expert's model on the customers of `guiyi synth`: how hard the data are for the best-known peer.

    python3 benches/peers/splink_synth.py GUIYI_BINARY OUT [--records N] [--difficulty PERCENT] [--seed S]

Makes the data in OUT, sets up Splink in ~/.cache/guiyi, measures Splink and guiyi on the same file and writes
benches/peers/splink_synth.md. Everything that Splink sees is prepared as a user would prepare it with pandas;
nothing of guiyi is used for it.
"""

import argparse
import csv
import datetime
import json
import os
import pathlib
import platform
import re
import resource
import subprocess
import sys
import time
import unicodedata
from collections import Counter

HERE = pathlib.Path(__file__).resolve()
VENV = pathlib.Path.home() / ".cache" / "guiyi" / "splink-venv"
PACKAGES = ["splink==4.0.17", "duckdb==2.0.0", "pandas==3.1.1", "pypinyin==0.55.0"]

# The difficulty at which Splink's best pairwise F1 on 100,000 records is .90 ± .03 (measured; see splink_synth.md).
RECORDS, DIFFICULTY, SEED = 100_000, 80, 7

# Thresholds on Splink's match weight, in bits. 0.95 of probability is 4.25 bits.
SWEEP_BITS = [-4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20]
FIXED_PROBABILITY = 0.95


# --- the outer process: no dependencies -------------------------------------------------------------------------------


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("guiyi", help="the guiyi binary")
    parser.add_argument("out", type=pathlib.Path, help="folder for data and results")
    parser.add_argument("--records", type=int, default=RECORDS)
    parser.add_argument("--difficulty", type=int, default=DIFFICULTY)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--report", type=pathlib.Path, default=HERE.with_suffix(".md"))
    args = parser.parse_args()
    python = venv()
    data = args.out / "data"
    synth = ["synth", "--records", args.records, "--seed", args.seed, "--difficulty", args.difficulty, "--out", data]
    subprocess.run([args.guiyi, *map(str, synth)], check=True)
    splink = measured([python, HERE, "--inside-venv", data, args.out])
    splink |= json.loads((args.out / "splink.json").read_text())
    mapping, truth, out = data / "mapping.toml", data / "truth.csv", args.out / "guiyi"
    guiyi = measured([args.guiyi, "cleanse", data / "customers.csv", "--mapping", mapping, "--out", out])
    evaluate = ["evaluate", "--clusters", out / "crosswalk.csv", "--truth", truth, "--json"]
    guiyi["evaluation"] = json.loads(measured([args.guiyi, *evaluate])["stdout"])
    text = report(args, splink, guiyi)
    args.report.write_text(text, encoding="utf-8")
    print(text)


def venv():
    """Splink in an environment of its own; the packages are installed when their versions change."""
    python, mark = VENV / "bin" / "python", VENV / "packages.txt"
    if not mark.exists() or mark.read_text() != "\n".join(PACKAGES):
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        mark.write_text("\n".join(PACKAGES))
    return python


def measured(command):
    """Runs a command; its CPU seconds, wall seconds, peak memory in MiB and output."""
    started = time.monotonic()
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.PIPE, text=True)
    stdout = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    # guiyi answers 3 when some rows were rejected.
    if os.waitstatus_to_exitcode(status) not in (0, 3):
        sys.exit(f"{command[0]} failed")
    return {
        "cpu": usage.ru_utime + usage.ru_stime,
        "wall": time.monotonic() - started,
        "mib": usage.ru_maxrss / 1024,
        "stdout": stdout,
    }


def report(args, splink, guiyi):
    best = max(splink["sweep"], key=lambda row: row["pairwise"][2])
    fixed, own = splink["fixed"], guiyi["evaluation"]
    own = {name: [own[key][part] for part in ("precision", "recall", "f1")] for name, key in
           (("pairwise", "pairwise"), ("b_cubed", "b_cubed"))}
    figures = lambda row: " | ".join(f"{value:.4f}" for value in row["pairwise"] + row["b_cubed"])
    cost = lambda run: f"{run['cpu']:.1f} | {run['mib']:.0f}"
    sweep = "".join(f"| {row['bits']} | {figures(row)} |\n" for row in splink["sweep"])
    rules = "".join(f"| `{rule}` | {pairs:,} |\n" for rule, pairs in splink["blocking"])
    return f"""# Splink on the customers of `guiyi synth`

Written by `python3 benches/peers/splink_synth.py GUIYI OUT` ({datetime.date.today()}, {platform.machine()}, {os.cpu_count()} cores).
Data: `guiyi synth --records {args.records} --seed {args.seed} --difficulty {args.difficulty}`: {splink['records']:,} records, \
{splink['entities']:,} customers, {splink['true_pairs']:,} true pairs.
Splink {splink['version']} on DuckDB, one thread; preparation, model and blocking are those of `splink_synth.py`.

| | pairwise precision | recall | F1 | B³ precision | recall | F1 | CPU s | peak MiB |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| Splink, best threshold with the truth in hand ({best['bits']} bits) | {figures(best)} | {cost(splink)} |
| Splink, threshold 0.95 | {figures(fixed)} | {cost(splink)} |
| guiyi, default options, no labels | {figures(own)} | {cost(guiyi)} |

CPU and memory of Splink are those of preparation (pandas), training, prediction and one clustering; those of guiyi include
validation, golden profiles and the report.

## Splink by threshold

Clusters are connected components. Bits are Splink's match weight.

| bits | pairwise precision | recall | F1 | B³ precision | recall | F1 |
| --- | --- | --- | --- | --- | --- | --- |
{sweep}
## Splink's candidates

The rules together hold {splink['candidate_recall']:.4f} of the true pairs: no threshold can find more but through transitivity.

| blocking rule | pairs that it adds |
| --- | --- |
{rules}"""


# --- inside the environment -------------------------------------------------------------------------------------------

NOTHING = {"", "无", "-", "--", "/", "n/a", "na", "null", "none", "nan", "不详", "未知", "没有", "暂无", "测试", "test", "空",
           "保密", "自由职业", "个体", "在家", "无业", "退休", "undefined", "nil", "0", "1", "."}
FAKE_PHONES = {"13800138000", "12345678901", "12345678910", "13888888888", "13900000000", "13000000000"}
GENDERS = {"男": "M", "1": "M", "m": "M", "male": "M", "先生": "M", "女": "F", "2": "F", "f": "F", "female": "F", "女士": "F",
           "小姐": "F"}


def text(value):
    value = unicodedata.normalize("NFKC", str(value)).strip().lower()
    return None if value in NOTHING else value


def name(value):
    value = text(value)
    if value is None:
        return None
    value = re.sub(r"[(\[【].*?[)\]】]", "", value)
    if re.search(r"[\u3400-\u9fff]", value):
        value = re.sub(r"[^\u3400-\u9fffa-z]", "", value)
        value = re.sub(r"(先生|女士|小姐|老师|经理|总|太太)$", "", value) if len(value) > 2 else value
    else:
        value = re.sub(r"[^a-z ]", " ", value)
        value = " ".join(value.split())
    return value or None


def pinyin_of(value, lazy_pinyin):
    """Surname and given name in letters, sorted, so that Li Wei = Wei Li = 李伟."""
    if value is None:
        return None
    if re.search(r"[\u3400-\u9fff]", value):
        parts = [lazy_pinyin(value)[0], "".join(lazy_pinyin(value)[1:])]
    else:
        parts = value.split()
    return " ".join(sorted(part for part in parts if part)) or None


def phone(value):
    value = text(value)
    digits = re.sub(r"\D", "", value or "")
    digits = re.sub(r"^(00)?86(?=1\d{10}$)", "", digits)
    if len(digits) < 7 or len(set(digits)) <= 2 or digits in FAKE_PHONES:
        return None
    return digits


def email(value):
    value = text(value)
    value = re.sub(r"\s", "", value or "").replace("。", ".")
    if "@" not in value or value.split("@")[0] in {"test", "a", "abc", "123", "123456", "no", "none"}:
        return None
    return value


def id_body(value):
    """The 17 digits without the check digit; 15 digits of the old form get their century."""
    value = re.sub(r"[^0-9x]", "", text(value) or "")
    if len(value) == 15:
        value = value[:6] + "19" + value[6:]
    return value[:17] if len(value) >= 17 and len(set(value)) > 2 else None


def birth_date(value):
    value = text(value)
    digits = re.findall(r"\d+", value or "")
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    if len(digits) < 3:
        return None
    if len(digits[2]) == 4:
        digits = [digits[2], digits[0], digits[1]] if int(digits[1]) > 12 else [digits[2], digits[1], digits[0]]
    try:
        day = datetime.date(int(digits[0]), int(digits[1]), int(digits[2]))
    except ValueError:
        return None
    return None if (day.month, day.day, day.year) in {(1, 1, 1900), (1, 1, 1970), (1, 1, 1990), (1, 1, 1980)} else day.isoformat()


def address(value):
    value = text(value)
    value = re.sub(r"[\s,。.、;#]", "", value or "")
    return value if len(value) > 4 else None


def numbers(value):
    return "-".join(re.findall(r"\d+", value or "")) or None


def prepare(path):
    import pandas
    from pypinyin import lazy_pinyin

    def row(raw):
        person, number, home = name(raw["name"]), phone(raw["phone"]), address(raw["address"])
        return {
            "unique_id": raw["record_id"],
            "name": person,
            "name_letters": pinyin_of(person, lazy_pinyin),
            "surname": person[0] if person and not person.isascii() else None,
            "gender": GENDERS.get(text(raw["gender"])),
            "birth_date": birth_date(raw["birth_date"]),
            "phone": number,
            "phone_tail": number[-8:] if number else None,
            "email": email(raw["email"]),
            "id_body": id_body(raw["id_number"]),
            "address": home,
            "address_numbers": numbers(home),
            "company": re.sub(r"[\s()]", "", text(raw["company"]) or "") or None,
            "unionid": raw["wechat_unionid"].strip() if len(raw["wechat_unionid"].strip()) > 10 else None,
        }

    with open(path, newline="", encoding="utf-8") as file:
        return pandas.DataFrame([row(raw) for raw in csv.DictReader(file)], dtype=object)


def settings():
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import SettingsCreator

    def comparison(column, *levels):
        return cl.CustomComparison(
            output_column_name=column,
            comparison_levels=[cll.NullLevel(column), *levels, cll.ElseLevel()],
        )

    def frequent(column):
        return cll.ExactMatchLevel(column, term_frequency_adjustments=True)

    def sql(condition, label):
        return cll.CustomLevel(condition, label)

    return SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=blocking_rules(),
        comparisons=[
            comparison(
                "name",
                frequent("name"),
                frequent("name_letters"),
                sql("surname_l = surname_r AND length(name_l) = length(name_r) AND damerau_levenshtein(name_l, name_r) <= 1",
                    "one character of the given name"),
                cll.JaroWinklerLevel("name_letters", 0.92),
                sql("surname_l = surname_r", "surname"),
            ),
            comparison(
                "phone",
                frequent("phone"),
                cll.DamerauLevenshteinLevel("phone", 1),
                sql("phone_tail_l = phone_tail_r", "last 8 digits"),
                cll.DamerauLevenshteinLevel("phone", 2),
            ),
            comparison(
                "id_body",
                cll.ExactMatchLevel("id_body"),
                cll.DamerauLevenshteinLevel("id_body", 1),
                cll.DamerauLevenshteinLevel("id_body", 2),
            ),
            comparison(
                "email",
                frequent("email"),
                sql("split_part(email_l, '@', 1) = split_part(email_r, '@', 1)", "user name"),
                cll.JaroWinklerLevel("email", 0.92),
            ),
            comparison(
                "birth_date",
                frequent("birth_date"),
                cll.DamerauLevenshteinLevel("birth_date", 1),
                sql("left(birth_date_l, 4) = left(birth_date_r, 4) AND substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2)"
                    " AND substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)", "day and month swapped"),
                sql("left(birth_date_l, 7) = left(birth_date_r, 7)", "year and month"),
                sql("left(birth_date_l, 4) = left(birth_date_r, 4)", "year"),
            ),
            comparison(
                "address",
                frequent("address"),
                sql("address_numbers_l = address_numbers_r AND jaro_winkler_similarity(address_l, address_r) >= 0.75",
                    "same numbers, similar text"),
                cll.JaroWinklerLevel("address", 0.95),
                cll.JaroWinklerLevel("address", 0.88),
                sql("address_numbers_l = address_numbers_r AND length(address_numbers_l) >= 6", "same numbers"),
                cll.JaroWinklerLevel("address", 0.75),
            ),
            comparison("company", frequent("company"), cll.JaroWinklerLevel("company", 0.9)),
            comparison("unionid", cll.ExactMatchLevel("unionid")),
            comparison("gender", cll.ExactMatchLevel("gender")),
        ],
        retain_intermediate_calculation_columns=False,
        retain_matching_columns=False,
    )


def blocking_rules():
    from splink import block_on

    return [
        block_on("phone"),
        block_on("id_body"),
        block_on("email"),
        block_on("unionid"),
        block_on("name_letters", "birth_date"),
        block_on("name_letters", "phone_tail"),
        block_on("name_letters", "address_numbers"),
        block_on("name_letters", "company"),
        block_on("birth_date", "address_numbers"),
        block_on("address"),
        block_on("surname", "address_numbers"),
        block_on("phone_tail", "surname"),
        block_on("birth_date", "surname"),
        block_on("name"),
    ]


def train(linker):
    from splink import block_on

    certain = [block_on("id_body"), block_on("unionid"), block_on("phone", "name"), block_on("email", "name")]
    linker.training.estimate_probability_two_random_records_match(certain, recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("phone"), block_on("name"), block_on("id_body"), block_on("unionid"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def inside(data, out):
    import duckdb
    import splink
    from splink import DuckDBAPI, Linker

    connection = duckdb.connect()
    # One thread: with more, the sample for u and the order of sums differ from run to run.
    connection.execute("SET threads = 1")
    table = prepare(data / "customers.csv")
    connection.register("prepared", table)
    connection.execute("CREATE TABLE customers AS SELECT * FROM prepared")
    linker = Linker("customers", settings(), DuckDBAPI(connection=connection))
    train(linker)
    linker.misc.save_model_to_json(str(out / "splink_model.json"), overwrite=True)
    predictions = linker.inference.predict(threshold_match_weight=min(SWEEP_BITS))
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        predictions, threshold_match_probability=FIXED_PROBABILITY
    )
    fixed = dict(connection.execute(f"SELECT unique_id, cluster_id FROM {clusters.physical_name}").fetchall())
    # What follows is measuring: other thresholds, the truth.
    usage = resource.getrusage(resource.RUSAGE_SELF)
    columns = ("unique_id_l", "unique_id_r", "match_weight")
    pairs = connection.execute(f"SELECT {', '.join(columns)} FROM {predictions.physical_name}").fetchall()
    with open(data / "truth.csv", newline="", encoding="utf-8") as file:
        truth = {row["record_id"]: row["cluster_id"] for row in csv.DictReader(file)}
    blocked, blocking = candidates(connection, truth)
    sizes = Counter(truth.values())
    result = {
        "version": splink.__version__,
        "cpu": usage.ru_utime + usage.ru_stime,
        "mib": usage.ru_maxrss / 1024,
        "records": len(truth),
        "entities": len(sizes),
        "true_pairs": sum(map(choose2, sizes.values())),
        "fixed": evaluate(fixed, truth),
        "sweep": [{"bits": bits, **evaluate(components(truth, pairs, bits), truth)} for bits in SWEEP_BITS],
        "blocking": blocking,
        "candidate_recall": blocked / sum(map(choose2, sizes.values())),
    }
    (out / "splink.json").write_text(json.dumps(result))


def candidates(connection, truth):
    """True pairs under any rule, and the pairs that each rule adds."""
    import pandas

    connection.register("truth", pandas.DataFrame({"id": truth.keys(), "cluster": truth.values()}))
    rules = [rule.get_blocking_rule("duckdb").blocking_rule_sql for rule in blocking_rules()]
    counts, before, held = [], [], 0
    for rule in rules:
        new = " AND ".join([f"({rule})", "l.unique_id < r.unique_id", *(f"NOT coalesce({old}, FALSE)" for old in before)])
        total, true = connection.execute(
            "SELECT count(*), coalesce(sum(CASE WHEN a.cluster = b.cluster THEN 1 ELSE 0 END), 0) FROM customers l"
            f" JOIN customers r ON {new} JOIN truth a ON a.id = l.unique_id JOIN truth b ON b.id = r.unique_id"
        ).fetchone()
        counts.append((re.sub(r'[lr]\."?(\w+)"? = r\."?(\w+)"?', r"\1", rule).replace(" AND ", ", "), total))
        held += true
        before.append(f"({rule})")
    return int(held), counts


def components(records, pairs, bits):
    parent = {record: record for record in records}

    def find(record):
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    for left, right, weight in pairs:
        if weight >= bits:
            parent[find(left)] = find(right)
    return {record: find(record) for record in records}


def choose2(n):
    return n * (n - 1) // 2


def evaluate(found, truth):
    """Pairwise and B³ precision, recall, F1."""
    both = Counter((truth[record], found[record]) for record in truth)
    true, guessed = Counter(truth.values()), Counter(found[record] for record in truth)
    correct = sum(map(choose2, both.values()))
    pairwise = correct / max(1, sum(map(choose2, guessed.values()))), correct / max(1, sum(map(choose2, true.values())))
    precision = sum(n * n / guessed[f] for (_, f), n in both.items()) / len(truth)
    recall = sum(n * n / true[t] for (t, _), n in both.items()) / len(truth)
    f1 = lambda p, r: [p, r, 2 * p * r / (p + r) if p + r else 0.0]
    return {"pairwise": f1(*pairwise), "b_cubed": f1(precision, recall)}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--inside-venv"]:
        inside(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    else:
        main()
