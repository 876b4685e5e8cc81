"""What the functions cost, counted: a column far less than its cells one by one, and loading them next to nothing."""

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.functions.columns import COLUMNS, DEPARTMENTS, ENTRIES, HEADER, WHOLE, Rows
from tests.functions.excel import call
from tests.steps import steps
from tests.workbooks import ROOT

ROWS = 500
# A row in a column runs at most this share of the instructions of a row alone; half of it is usual.
MOST_OF_A_SINGLE_CALL = 1 / 5
# Ten times the rows may run this many times the instructions; somewhat less than ten times is usual.
MOST_GROWTH = 12
# What the functions load besides xlwings and the project itself: small parts of Python's own library.
MOST_MODULES = 20


@pytest.mark.parametrize(("name", "arguments"), COLUMNS.values(), ids=COLUMNS)
def test_a_column_costs_far_less_than_its_rows_one_by_one(name: str, arguments: tuple[Rows, ...]) -> None:
    """Protects Excel's users from a sheet that is asked cell by cell what one call could say."""
    columns = [column[:ROWS] for column in arguments]
    rows = list(zip(*columns, strict=True))
    call(name, *rows[0]), call(name, *columns)  # what only the first call does is not counted
    alone = steps(lambda: [call(name, *row) for row in rows])
    assert steps(lambda: call(name, *columns)) <= alone * MOST_OF_A_SINGLE_CALL


@pytest.mark.parametrize(("name", "arguments"), WHOLE.values(), ids=WHOLE)
def test_a_list_costs_in_step_with_its_length(name: str, arguments: Callable[[int], tuple[Rows, ...]]) -> None:
    """Protects long lists: no row is compared with every other."""
    few, many = arguments(ROWS // 10), arguments(ROWS)
    call(name, *few), call(name, *many)
    assert steps(lambda: call(name, *many)) <= steps(lambda: call(name, *few)) * MOST_GROWTH


def test_points_of_many_departments_cost_far_less_than_asking_one_by_one() -> None:
    """Protects the one call that answers for all 科室: the entries are read once."""
    entries, several = (HEADER, *ENTRIES[:300]), DEPARTMENTS[:100]
    call("JIXIAO_POINTS", entries, several), call("JIXIAO_POINTS", entries, several[0])
    alone = steps(lambda: call("JIXIAO_POINTS", entries, several[0])) * len(several)
    assert steps(lambda: call("JIXIAO_POINTS", entries, several)) <= alone / 20


def loaded(*modules: str) -> set[str]:
    """What a fresh Python has loaded after importing these."""
    code = f"import json, sys, {', '.join(modules)}; print(json.dumps(list(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONPATH": str(ROOT / "udfs")},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_loading_the_functions_loads_little_more_than_xlwings() -> None:
    """Excel waits for it when the first function of the day is worked out: no library comes in by the way."""
    more = {name for name in loaded("jixiao.functions") - loaded("xlwings") if name.partition(".")[0] != "jixiao"}
    assert {name.partition(".")[0] for name in more} <= sys.stdlib_module_names
    assert len(more) <= MOST_MODULES, sorted(more)
