"""Where the sheet claims to check, it agrees with the program: the example, the golden case, random years."""

import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.office.office import Office
from tests.recheck.sheet import AGREES, DIFFERS, UNSCORED, recheck, score
from tests.reference.golden import golden_year
from tests.reference.years import random_year
from tests.workbooks import TEMPLATE, fill_year

SAMPLE, FULL = 3, 25  # years by default rules, and as many by random settings
# An entry of a 科室 nobody knows keeps the points of a year unjudged; a quarter of the years have one.
LEAST_CLAIMED, LEAST_OF_A_FEW = 0.8, 0.5  # of three years two may have one


def test_the_example_agrees_in_every_figure(office: Office, example: Path) -> None:
    found = recheck(office, example)
    assert (found.verdict, found.reasons) == (AGREES, {})
    assert found.claimed == 1
    assert len(found.lines) == 12


def test_the_golden_case_agrees_in_every_figure(office: Office, golden: dict[str, Any], tmp_path: Path) -> None:
    found = recheck(office, score(fill_year(tmp_path / "年终.xlsm", golden_year(golden))))
    assert (found.verdict, found.reasons, found.claimed) == (AGREES, {}, 1)


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_random_years_never_differ(office: Office, full: bool, settings: bool, tmp_path: Path) -> None:
    """No figure of any year is called wrong, and nearly all are judged; where they are not, a reason says why."""
    claimed = []
    for seed in range(FULL if full else SAMPLE):
        year = random_year(random.Random(seed), settings=settings)
        found = recheck(office, score(fill_year(tmp_path / f"{seed}.xlsm", year)))
        assert found.verdict != DIFFERS, f"seed {seed}: {found.lines}"
        assert found.verdict == AGREES or found.reasons, f"seed {seed}"
        assert (found.verdict == AGREES) is (found.claimed == 1), f"seed {seed}"
        claimed.append(found.claimed)
    assert sum(claimed) / len(claimed) > (LEAST_CLAIMED if full else LEAST_OF_A_FEW)


def test_a_blank_workbook_is_unscored(office: Office, tmp_path: Path) -> None:
    """Before anything was scored nothing is wrong."""
    blank = tmp_path / "空白.xlsm"
    shutil.copy(TEMPLATE, blank)
    found = recheck(office, blank)
    assert found.verdict == UNSCORED
    assert set(found.reasons) == {"考核结果已经写出"}


def test_a_scored_blank_agrees(office: Office, tmp_path: Path) -> None:
    """Nothing filled in: the program posts empty figures, and so do the formulas."""
    blank = tmp_path / "空白.xlsm"
    shutil.copy(TEMPLATE, blank)
    found = recheck(office, score(blank))
    assert found.verdict == AGREES
    assert set(found.figures) == {"", 0.0}
