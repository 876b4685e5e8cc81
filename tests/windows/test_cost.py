"""What calls cost over COM: a column far less than its rows, the first of the day little more than with bare xlwings.

`python -m pytest -s tests/windows/test_cost.py` prints the figures of docs/windows.md.
"""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.functions.test_cost import GROUPS, NET, QUARTERS, ROWS
from tests.windows.excel import Excel
from tests.windows.wine import HOME

# A row in a column of 1,000 is to cost a fiftieth of a row alone, the first call 1.5 times that with bare xlwings: both
# are met on a machine at rest (docs/windows.md); the rest is what a busy one may add.
LEAST_GAIN = 25
MOST_OF_BARE = 2.5
PAIRS, TRIES = 3, 3

BARE = '''"""A server of xlwings with pandas and nothing of ours."""

import pandas as pd
import xlwings as xw


@xw.func
def RANK(scores):
    return float(pd.Series([scores, 80.0]).rank(ascending=False).iloc[0])
'''


@pytest.fixture(scope="module")
def ours(installed) -> Iterator[Excel]:
    """An Excel that was handed no workbook: see `Excel.restart`."""
    running = Excel(installed)
    yield running
    running.close()


@pytest.fixture(scope="module")
def bare(installed) -> Iterator[Excel]:
    """An Excel whose server has one function of its own module."""
    folder = rf"{HOME}\Documents\bare"
    installed.path(folder).mkdir(parents=True)
    (installed.path(folder) / "bare_udf.py").write_text(BARE)
    running = Excel(installed, changed={"PYTHONPATH": folder})
    yield running
    running.close()


def shown(what: str, seconds: float) -> None:
    print(f"\n{what}: {seconds * 1000:,.1f} ms")


def test_a_row_in_a_column_costs_a_fraction_of_a_row_alone(ours):
    row, column = (QUARTERS[0], GROUPS[0], *NET[0]), (QUARTERS, GROUPS, NET)
    ours.formula("JIXIAO_SCORE", *row)
    for _ in range(TRIES):
        alone = min(ours.seconds(50, "jixiao.functions", "JIXIAO_SCORE", *row))
        together = min(ours.seconds(5, "jixiao.functions", "JIXIAO_SCORE", *column))
        shown("one call of one row", alone)
        shown(f"one call of {ROWS:,} rows", together)
        if alone / (together / ROWS) >= LEAST_GAIN:
            return
    pytest.fail(f"alone {alone:.5f} s, {ROWS} together {together:.5f} s")


def test_the_first_call_of_the_day_costs_little_more_than_with_bare_xlwings(full, request):
    if not full:  # Wine now and then still finds a server that was just killed: measured by hand and in the full run
        return
    ours, bare = request.getfixturevalue("ours"), request.getfixturevalue("bare")
    cold, bare_cold = ours.restart, partial(bare.restart, "bare_udf", "RANK")
    cold(), bare_cold()  # from disk once
    for _ in range(TRIES):
        pairs = [(cold(), bare_cold()) for _ in range(PAIRS)]
        first, other = (min(side) for side in zip(*pairs, strict=True))
        shown("first call, server not running", first)
        shown("the same with bare xlwings and pandas", other)
        if first <= other * MOST_OF_BARE:
            return
    pytest.fail(f"ours {first:.2f} s, bare {other:.2f} s")
