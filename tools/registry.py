"""What the updaters of registry tables (`src/**/*.dat`) share: arguments, reading packages, guarded and atomic writing.

Packages are read as data (JSON, XML, CSV, Python literals): nothing here runs their code.
A table that would lose more than 2 % of its entries is not written: a broken download must not empty it.
"""

import argparse
import ast
import os
import pathlib
import re
import sys
import tempfile
from typing import Callable, Iterable, List, Optional, Tuple

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHRINKAGE_MAX = 0.02

Counter = Callable[[Iterable[str]], int]


def parser(doc: str, target: Optional[pathlib.Path], unpacked: bool = True) -> argparse.ArgumentParser:
    """The arguments of every updater: UNPACKED DATE [--target PATH] [--allow-shrink]."""
    made = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    if unpacked:
        made.add_argument("unpacked", type=pathlib.Path, help="folder of the unpacked package")
    made.add_argument("date", type=_date, help="date of the header, YYYY-MM-DD")
    made.add_argument("--target", type=pathlib.Path, default=target, help="table to write instead of the project's")
    made.add_argument("--allow-shrink", action="store_true", help="write even if more than 2 %% of the entries go")
    return made


def _date(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no date YYYY-MM-DD")
    return text


def table_lines(target: pathlib.Path) -> List[str]:
    """The lines of a table without its header; none when there is no table yet."""
    if not target.exists():
        return []
    return [line for line in target.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


def count_lines(lines: Iterable[str]) -> int:
    """Entries of a table with one to a line."""
    return sum(1 for _ in lines)


def count_words(lines: Iterable[str]) -> int:
    """Entries of a table with several to a line, parted by blanks."""
    return sum(len(line.split()) for line in lines)


def refusal(target: pathlib.Path, lines: List[str], allow_shrink: bool, count: Counter = count_lines) -> Optional[str]:
    """Why the table must not be written; `None` when it may."""
    before, after = count(table_lines(target)), count(lines)
    if after == 0:
        return f"{target}: no rows at all: not written, check the package"
    if after < before * (1 - SHRINKAGE_MAX) and not allow_shrink:
        return f"{target}: {after} rows instead of {before}: not written, check the package (or --allow-shrink)"
    return None


Table = Tuple[pathlib.Path, List[str], List[str]]


def write(tables: List[Table], allow_shrink: bool, count: Counter = count_lines) -> int:
    """Writes all tables (path, header, lines) or, if one would shrink, none; the exit code."""
    refusals = [reason for path, _, lines in tables for reason in [refusal(path, lines, allow_shrink, count)] if reason]
    if refusals:
        print("\n".join(refusals), file=sys.stderr)
        return 1
    for path, header, lines in tables:
        _replace(path, "\n".join(header + lines) + "\n")
        print(f"{path}: {count(lines)} rows, {path.stat().st_size} bytes")
    return 0


def _replace(path: pathlib.Path, text: str) -> None:
    """All of the text or the old file: a temporary file beside it takes its place."""
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def header(source: str, home: str, licence: str, date: str, writer: str, columns: str) -> List[str]:
    """The header of a table."""
    return [
        f"# Source: {source}",
        f"# Home page: {home}",
        f"# Licence: {licence}",
        f"# Date: {date}",
        f"# Written by tools/{writer}; do not edit.",
        f"# {columns}",
    ]


def package_version(unpacked: pathlib.Path, name: str) -> str:
    """The version that METADATA (wheel) or PKG-INFO (source) of the package states."""
    for pattern in (f"{name}-*.dist-info/METADATA", f"{name}-*/PKG-INFO", "PKG-INFO"):
        for path in sorted(unpacked.glob(pattern)):
            match = re.search(r"^Version: (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
            if match:
                return match.group(1)
    return "unknown"


def returned_literals(source: pathlib.Path) -> dict:
    """What the functions of a Python file return, by their names, read as literals."""
    tables = {}
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return):
            tables[node.name] = ast.literal_eval(node.body[-1].value)
    return tables


def assigned(source: pathlib.Path, name: str) -> ast.expr:
    """The expression that a Python file assigns to a name on its top level."""
    for node in ast.parse(source.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            return node.value
    raise SystemExit(f"{source}: {name} is missing: the package has changed, nothing written")
