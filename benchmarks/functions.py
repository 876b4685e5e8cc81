"""`python -m benchmarks.functions`: what the worksheet functions cost, through xlwings' own conversion, without Excel.

A row in a column of 1,000 against a row alone, a list against one of a tenth of the rows, and loading the functions
against loading xlwings. Processor time: what the machine does beside does not count.
"""

import gc
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.functions.columns import COLUMNS, DEPARTMENTS, ENTRIES, HEADER, ROWS, WHOLE
from tests.functions.excel import call

UDFS = Path(__file__).parents[1] / "udfs"


def quickest(run: Callable[[], object], times: int) -> float:
    """The least processor seconds of several runs: what the machine does beside, and the collector, only adds."""
    taken = []
    gc.disable()
    for _ in range(times):
        before = time.process_time()
        run()
        taken.append(time.process_time() - before)
    gc.enable()
    return min(taken)


def to_import(module: str) -> float:
    """Processor seconds to load a module in a fresh Python."""
    code = f"import time; before = time.process_time(); import {module}; print(time.process_time() - before)"
    environment = os.environ | {"PYTHONPATH": str(UDFS), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return float(done.stdout)


def lines() -> list[tuple[str, str, str]]:
    """What was measured, against what, and the ratio."""
    found = []
    for what, (name, arguments) in COLUMNS.items():
        rows = list(zip(*arguments, strict=True))
        alone = quickest(lambda name=name, rows=rows: [call(name, *row) for row in rows], 3)
        together = quickest(lambda name=name, arguments=arguments: call(name, *arguments), 15)
        found.append((f"{what}: a row in a column of {ROWS:,}", "a row alone", f"1/{alone / together:.0f}"))
    for what, (name, made) in WHOLE.items():
        few, many = made(ROWS // 10), made(ROWS)
        least = quickest(lambda name=name, few=few: call(name, *few), 9)
        most = quickest(lambda name=name, many=many: call(name, *many), 5)
        found.append((f"{what} of {ROWS:,} rows", f"of {ROWS // 10:,} rows", f"{most / least:.1f}"))
    entries = (HEADER, *ENTRIES)
    one = quickest(lambda: call("JIXIAO_POINTS", entries, DEPARTMENTS[0]), 3)
    each = quickest(lambda: call("JIXIAO_POINTS", entries, DEPARTMENTS), 3) / len(DEPARTMENTS)
    found.append((f"points: a 科室 of {len(DEPARTMENTS):,} asked at once", "one asked alone", f"1/{one / each:.0f}"))
    pairs = [(to_import("jixiao.functions"), to_import("xlwings")) for _ in range(7)]
    ours, theirs = (median(column) for column in zip(*pairs, strict=True))
    return [*found, ("import jixiao.functions", "import xlwings", f"{ours / theirs:.2f}")]


if __name__ == "__main__":
    for what, against, ratio in lines():
        print(f"{what} / {against}: {ratio}")
