"""Run by the system's Python, which has `uno`: 10,000 scores in Calc, native, ours cell by cell, ours as an array.

Usage: python3 -m benchmarks.calc_functions FOLDER_OF_EXTENSIONS PROFILE_FOLDER; prints JSON: seconds by kind to
recalculate everything, and how many of our scores differ from the native ones.
"""

import json
import random
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.office import HIDDEN, office

ROWS, RUNS = 10_000, 5
SCORE = "ROUND(ROUND((A{0}+B{0}+C{0})/3*0.4+D{0}*0.6;2)*0.7+ROUND(E{0}*0.5+F{0}*0.3+G{0}*0.2;2)*0.3+H{0};2)"
KINDS = {
    "native": f"={SCORE}",
    "cells": "=JIXIAO_SCORE(A{0}:D{0};E{0}:G{0};H{0})",
    "array": f"=JIXIAO_SCORE(A1:D{ROWS};E1:G{ROWS};H1:H{ROWS})",
}


def year() -> tuple[tuple[float, ...], ...]:
    """Quarter scores, group scores and net points, the same every time."""
    chance = random.Random(2024)
    figures = [(60, 110)] * 4 + [(60, 100)] * 3 + [(-5, 10)]
    return tuple(tuple(round(chance.uniform(*bounds), 2) for bounds in figures) for _ in range(ROWS))


def opened(desktop: object, kind: str) -> tuple[object, object]:
    """A document with the formulas of a kind, and the cells they are in."""
    document = desktop.loadComponentFromURL("private:factory/scalc", "_blank", 0, (HIDDEN,))
    sheet = document.getSheets().getByIndex(0)
    sheet.getCellRangeByPosition(0, 0, 7, ROWS - 1).setDataArray(year())
    cells = sheet.getCellRangeByPosition(8, 0, 8, ROWS - 1)
    if kind == "array":
        cells.setArrayFormula(KINDS[kind])
    else:
        cells.setFormulaArray(tuple((KINDS[kind].format(row),) for row in range(1, ROWS + 1)))
    return document, cells


def seconds(document: object) -> float:
    """Time to recalculate everything."""
    started = time.perf_counter()
    document.calculateAll()
    return time.perf_counter() - started


def main() -> None:
    """All kinds in turn, so that the machine's moods hit all alike."""
    extensions, profile = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with office(profile, f"-env:BUNDLED_EXTENSIONS={extensions.as_uri()}") as desktop:
        documents = {kind: opened(desktop, kind) for kind in KINDS}
        taken = [{kind: seconds(document) for kind, (document, _) in documents.items()} for _ in range(RUNS)]
        scores = {kind: cells.getDataArray() for kind, (_, cells) in documents.items()}
        off = sum(len(set(row)) > 1 for row in zip(*scores.values(), strict=True))
        print(json.dumps({"off": off} | {kind: median(run[kind] for run in taken) for kind in KINDS}))


main()
