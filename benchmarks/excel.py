"""`python -m benchmarks.excel`: what calls cost over COM, in a Windows of its own under Wine; docs/windows.md has it.

A row in a column of 1,000 against a row alone, and the first call of the day against that of bare xlwings. Needs what
the tests of `tests/windows` need.
"""

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from addin.installer.bundle import build_bundle
from tests.functions.columns import GROUPS, NET, QUARTERS, ROWS
from tests.windows.excel import RUNTIME, Excel, ExcelError
from tests.windows.standin import make_standin
from tests.windows.wine import HOME, Wine

ROOT = Path(__file__).parents[1]
TRIES = 6  # load from elsewhere only ever adds: the least of several is what it costs

BARE = '''"""A server of xlwings with pandas and nothing of ours."""

import pandas as pd
import xlwings as xw


@xw.func
def RANK(scores):
    return float(pd.Series([scores, 80.0]).rank(ascending=False).iloc[0])
'''


@contextmanager
def installed() -> Iterator[Wine]:
    """A Windows PC with the bundle where the settings look for it."""
    with TemporaryDirectory() as folder:
        wine = Wine(Path(folder) / "wine")
        try:
            python, pin = make_standin(ROOT / "build-out")
            build_bundle(Path(folder) / "runtime", python, pin=pin)
            shutil.copytree(Path(folder) / "runtime", wine.path(RUNTIME))
            yield wine
        finally:
            wine.close()


def a_column(wine: Wine) -> tuple[float, float]:
    """Seconds of one call of one row, and of one call of all rows."""
    excel = Excel(wine)
    row, column = (QUARTERS[0], GROUPS[0], *NET[0]), (QUARTERS, GROUPS, NET)
    excel.formula("JIXIAO_SCORE", *row)
    alone, together = [], []
    for _ in range(TRIES):
        alone += excel.seconds(50, "jixiao.functions", "JIXIAO_SCORE", *row)
        together += excel.seconds(5, "jixiao.functions", "JIXIAO_SCORE", *column)
    excel.close()
    return min(alone), min(together)


def first_calls(wine: Wine) -> tuple[float, float]:
    """Seconds of the first call in an Excel just started: ours, and that of bare xlwings with pandas."""
    folder = rf"{HOME}\Documents\bare"
    wine.path(folder).mkdir(parents=True)
    (wine.path(folder) / "bare_udf.py").write_text(BARE)

    def ours() -> float:
        return _first_call(Excel(wine), "jixiao.functions", "JIXIAO_RANK")

    def bare() -> float:
        path = f"import sys; sys.path.insert(0, r'{folder}')"
        command = f'"{RUNTIME}\\python.exe" -B -c "{path}; import xlwings; xlwings.serve(\'$(CLSID)\')"'
        return _first_call(Excel(wine, command=command), "bare_udf", "RANK")

    ours(), bare()  # from disk once
    taken = [(ours(), bare()) for _ in range(TRIES)]
    return min(first for first, _ in taken), min(other for _, other in taken)


def _first_call(excel: Excel, module: str, function: str) -> float:
    before = time.perf_counter()
    answer = excel.udf(module, function, 90.0)
    taken = time.perf_counter() - before
    excel.close()
    if answer != 1.0:
        raise SystemExit(f"{module}.{function} gave {answer}")
    return taken


def without_a_part(wine: Wine) -> list[float]:
    """Seconds until a call fails, twice in a row, where a virus scanner took a part of the runtime away."""
    sick = rf"{HOME}\Documents\runtime"
    shutil.copytree(wine.path(RUNTIME), wine.path(sick), copy_function=os.link)
    (wine.path(sick) / "pythoncom311.dll").unlink()
    taken = []
    excel = Excel(wine, sick, host=RUNTIME)
    try:
        for _ in range(2):
            before = time.perf_counter()
            with suppress(ExcelError):
                excel.formula("JIXIAO_RANK", 90.0)
            taken.append(time.perf_counter() - before)
    finally:
        excel.close()
    return taken


def main() -> None:
    """Measure and print."""
    with installed() as wine:
        alone, together = a_column(wine)
        print(f"one call of one row: {alone * 1000:,.1f} ms")
        gain = alone / (together / ROWS)
        print(f"one call of {ROWS:,} rows: {together * 1000:,.1f} ms; a row costs 1/{gain:.0f} of a row alone")
        ours, bare = first_calls(wine)
        print(f"first call, server not running: {ours:,.1f} s; {ours / bare:.2f} of bare xlwings with pandas")
        first, second = without_a_part(wine)
        print(f"a part of the runtime missing: told after {first:,.1f} s, the second time after {second:,.1f} s")


if __name__ == "__main__":
    main()
