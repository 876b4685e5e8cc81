"""What the functions cost: a column costs far less than its cells one by one, and loading them next to nothing."""

import gc
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.functions.excel import call
from tests.workbooks import ROOT

ROWS = 1_000
QUARTERS = tuple((90.5 + row % 7, 91.25, 92.0, 80.0 + row % 11) for row in range(ROWS))
GROUPS = tuple((88.0, 90.5 - row % 5, 91.0) for row in range(ROWS))
NET = tuple((row % 3 - 0.5,) for row in range(ROWS))
IDLE = tuple(("/", *row[1:]) if place % 5 == 0 else row for place, row in enumerate(QUARTERS))
TYPED = tuple(tuple(map(str, row)) for row in QUARTERS)
DAYS = tuple((datetime.fromisoformat("2022-01-03") + timedelta(days=row),) for row in range(ROWS))
SCORES = tuple((60 + row * 7919 % 4000 / 100,) for row in range(ROWS))
HEADER = ("科室", "类别", "事项", "同一事项编号", "级别", "分值", "日期", "认定依据")
ENTRIES = tuple(
    (f"科室{row // 3}", "表彰", f"事{row}", f"号{row // 2}", "县级", None, None, "1号") for row in range(ROWS)
)
DEPARTMENTS = tuple((f"科室{row}",) for row in range(ROWS // 3))

# What is promised; half the tenth (of dates 1/13) and 1.05 are usual.
MOST_OF_A_SINGLE_CALL = 1 / 10
MOST_OF_XLWINGS = 1.2
# Ten times the rows may cost this many times as much.
MOST_GROWTH = 25


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


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("JIXIAO_SCORE", (QUARTERS, GROUPS, NET)),
        ("JIXIAO_PERFORMANCE", (QUARTERS,)),
        ("JIXIAO_REVIEW", (GROUPS,)),
        ("JIXIAO_EXPLAIN", (QUARTERS, GROUPS, NET)),
        ("JIXIAO_NOTICE_END", (DAYS,)),
        ("JIXIAO_RANK", (SCORES,)),
        ("JIXIAO_GRADE", (SCORES,)),
        ("JIXIAO_SCORE", (IDLE, GROUPS, NET)),
        ("JIXIAO_EXPLAIN", (IDLE, GROUPS, NET)),
        ("JIXIAO_SCORE", (TYPED, GROUPS, NET)),
    ],
    ids=[
        *("score", "performance", "review", "explain", "notice end", "rank", "grade"),
        *("score of idle quarters", "explain idle quarters", "score of numbers as text"),
    ],
)
def test_a_column_costs_far_less_than_its_rows_one_by_one(name: str, arguments: tuple[tuple[object, ...], ...]) -> None:
    rows = list(zip(*arguments, strict=True))
    alone = quickest(lambda: [call(name, *row) for row in rows], 3)
    together = quickest(lambda: call(name, *arguments), 15)
    assert together <= alone * MOST_OF_A_SINGLE_CALL


# What a row gets from the whole list: alone it is =INDEX(JIXIAO_RANK(the list),k), the whole list again for every row.
WHOLE = {
    "rank": ("JIXIAO_RANK", lambda rows: (SCORES[:rows],)),
    "grade": ("JIXIAO_GRADE", lambda rows: (SCORES[:rows],)),
    "dedup": ("JIXIAO_DEDUP", lambda rows: ((HEADER, *ENTRIES[:rows]),)),
    "points": ("JIXIAO_POINTS", lambda rows: ((HEADER, *ENTRIES[:rows]), DEPARTMENTS[: rows // 3])),
}


@pytest.mark.parametrize(("name", "arguments"), WHOLE.values(), ids=WHOLE)
def test_a_list_costs_in_step_with_its_length(name: str, arguments: Callable[[int], tuple[object, ...]]) -> None:
    few, many = arguments(ROWS // 10), arguments(ROWS)
    grown = [quickest(lambda: call(name, *many), 5) / quickest(lambda: call(name, *few), 9) for _ in range(3)]
    assert min(grown) <= MOST_GROWTH


def test_points_of_many_departments_cost_far_less_than_asking_one_by_one() -> None:
    entries = (HEADER, *ENTRIES)
    alone = quickest(lambda: call("JIXIAO_POINTS", entries, DEPARTMENTS[0]), 3) * len(DEPARTMENTS)
    assert quickest(lambda: call("JIXIAO_POINTS", entries, DEPARTMENTS), 3) <= alone * MOST_OF_A_SINGLE_CALL


def seconds_to_import(module: str) -> float:
    """Processor time to load a module in a fresh Python, which does not count what other programs do meanwhile."""
    code = f"import time; before = time.process_time(); import {module}; print(time.process_time() - before)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "udfs"), "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout)


def test_loading_the_functions_costs_little_more_than_xlwings() -> None:
    """Excel waits for it when the first function of the day is worked out."""
    for _ in range(3):
        pairs = [(seconds_to_import("jixiao.functions"), seconds_to_import("xlwings")) for _ in range(5)]
        ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
        if ours <= theirs * MOST_OF_XLWINGS:
            return
    pytest.fail(f"import jixiao.functions took {ours:.2f} s, import xlwings {theirs:.2f} s")
