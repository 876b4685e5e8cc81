"""What calls cost over COM: a column far less than its rows, the first of the day little more than with bare xlwings.

`python -m pytest -s tests/windows/test_cost.py` prints the figures of docs/windows.md.
"""

import time

from tests.functions.test_cost import GROUPS, NET, QUARTERS, ROWS
from tests.windows.excel import Excel
from tests.windows.wine import HOME

LEAST_GAIN = 50  # a row in a column of 1,000 against a row alone
MOST_OF_BARE = 1.5  # the first call against that of a server of xlwings and pandas
TRIES = 6  # load from elsewhere only ever adds: the least of several is what it costs

BARE = '''"""A server of xlwings with pandas and nothing of ours."""

import pandas as pd
import xlwings as xw


@xw.func
def RANK(scores):
    return float(pd.Series([scores, 80.0]).rank(ascending=False).iloc[0])
'''


def shown(what: str, seconds: float) -> None:
    print(f"\n{what}: {seconds * 1000:,.1f} ms")


def test_a_row_in_a_column_costs_a_fraction_of_a_row_alone(excel):
    row, column = (QUARTERS[0], GROUPS[0], *NET[0]), (QUARTERS, GROUPS, NET)
    excel.formula("JIXIAO_SCORE", *row)
    alone, together = [], []
    for _ in range(TRIES):
        alone += excel.seconds(50, "jixiao.functions", "JIXIAO_SCORE", *row)
        together += excel.seconds(5, "jixiao.functions", "JIXIAO_SCORE", *column)
        if min(alone) / (min(together) / ROWS) >= LEAST_GAIN:
            break
    shown("one call of one row", min(alone))
    shown(f"one call of {ROWS:,} rows", min(together))
    assert min(alone) / (min(together) / ROWS) >= LEAST_GAIN


def test_the_first_call_of_the_day_costs_little_more_than_with_bare_xlwings(installed):
    folder = rf"{HOME}\Documents\bare"
    installed.path(folder).mkdir(parents=True)
    (installed.path(folder) / "bare_udf.py").write_text(BARE)

    def ours() -> float:
        return first_call(Excel(installed), "jixiao.functions", "JIXIAO_RANK")

    def bare() -> float:
        return first_call(Excel(installed, changed={"PYTHONPATH": folder}), "bare_udf", "RANK")

    ours(), bare()  # from disk once
    first, other = [], []
    for _ in range(TRIES):
        first.append(ours())
        other.append(bare())
        if min(first) <= min(other) * MOST_OF_BARE:
            break
    shown("first call, server not running", min(first))
    shown("the same with bare xlwings and pandas", min(other))
    assert min(first) <= min(other) * MOST_OF_BARE


def first_call(excel: Excel, module: str, function: str) -> float:
    """The seconds of the first call in an Excel that has just been started; it is closed."""
    before = time.perf_counter()
    assert excel.udf(module, function, 90.0) == 1.0
    taken = time.perf_counter() - before
    excel.close()
    return taken
