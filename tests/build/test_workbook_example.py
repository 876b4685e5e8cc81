"""The example year: believable, complete, without input errors, and touching every rule of bonus and penalty."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest

from jixiao.policy.model import RATER_GROUPS
from jixiao.sheets.declare import Sheet, Source
from jixiao.sheets.inputs import ATTENDANCE, BALLOTS, DEPARTMENTS, HISTORY, INPUT_SHEETS, POINTS, SETTINGS, TASKS

from .workbook_files import EXAMPLE, filled, load, rules

RATES = ("rate_1", "rate_2", "rate_3", "rate_4")
MARKS = tuple(f"mark_{number}" for number in range(1, 6))
YEAR = 2024


def rows(sheet: Sheet) -> list[dict[str, Any]]:
    """The example's rows of a sheet, by column key."""
    keys = [column.key for column in sheet.columns]
    return [dict(zip(keys, row, strict=True)) for row in filled(load(EXAMPLE)[sheet.name], len(keys))]


def names() -> list[str]:
    """The example's 科室."""
    return [row["name"] for row in rows(DEPARTMENTS)]


@pytest.mark.parametrize("sheet", INPUT_SHEETS, ids=lambda sheet: sheet.key)
def test_words_are_allowed_ones(sheet: Sheet) -> None:
    """No cell holds a word its drop-down does not offer."""
    standards = rules()["standards"]
    offered = {
        Source.DEPARTMENTS: set(names()),
        Source.CATEGORIES: {each["category"] for each in standards},
        Source.LEVELS: {each["level"] for each in standards},
    }
    for column in sheet.columns:
        choices = offered[column.choices] if isinstance(column.choices, Source) else set(column.choices)
        if choices:
            assert {row[column.key] for row in rows(sheet)} <= choices | {None}, column.header


def test_year_and_unit_are_filled_in() -> None:
    """A filled year says which year and whose it is, and how many were to rate; all else is as the plan has it."""
    values = {row["name"]: row["value"] for row in rows(SETTINGS)}
    assert values["年度"] == YEAR
    assert values["单位名称"]
    assert [values[f"{group}应测人数"] for group in RATER_GROUPS] == [9, 12, 15]
    assert sum(value is not None for value in values.values()) == 5


def test_ledger_is_complete() -> None:
    """All four quarters of every task hold a rate or “/”, one 科室 is idle for one of the first three quarters."""
    tasks = rows(TASKS)
    assert 60 <= len(tasks) <= 75
    assert {row["department"] for row in tasks} == set(names())
    for row in tasks:
        assert all(row[key] == "/" or 0 < row[key] <= 1 for key in RATES)
        assert row["goal"]
        assert row["criteria"]
        assert row["origin"]
        assert row["person"]
        assert row["weight"] is None or row["weight"] > 0
    worked = Counter((row["department"], key) for row in tasks for key in RATES if row[key] != "/")
    idle = [(name, key) for name in names() for key in RATES if not worked[name, key]]
    assert len(idle) == 1
    assert idle[0][1] != "rate_4"


def test_coefficients() -> None:
    """Within the range the example promises."""
    assert all(0.95 <= row["coefficient"] <= 1.08 for row in rows(DEPARTMENTS))


def test_ballots_are_in_order() -> None:
    """One line per ballot and 科室, nobody on the own one, marks or words or a whole abstention."""
    ballots = rows(BALLOTS)
    assert Counter(row["group"] for row in ballots) == dict(zip(RATER_GROUPS, (9 * 12, 12 * 11, 15 * 12), strict=True))
    assert max(Counter((row["group"], row["ballot"], row["department"]) for row in ballots).values()) == 1
    assert all(row["rater"] != row["department"] for row in ballots)
    assert all((row["rater"] is not None) is (row["group"] == RATER_GROUPS[1]) for row in ballots)
    kinds: Counter[str] = Counter()
    for row in ballots:
        marks = [row[key] for key in MARKS]
        if marks == [None] * 5:
            kinds["empty"] += 1
        elif set(marks) <= {"弃权", None}:
            kinds["abstained"] += 1
        elif all(mark in ("优秀", "良好", "一般", "较差") for mark in marks):
            kinds["words"] += 1
        else:
            assert all(isinstance(mark, int | float) and 0 <= mark <= 100 for mark in marks)
            kinds["points"] += 1
    assert min(kinds[kind] for kind in ("abstained", "words", "points")) > 0
    assert not kinds["empty"]
    assert kinds["points"] > len(ballots) / 2
    assert "001" in {row["ballot"] for row in ballots}  # codes stay text


def test_points_need_what_their_standard_needs() -> None:
    """级别 where the standard has levels, 分值 where it is decided and within its bounds: no 错误."""
    by_category: dict[str, list[dict[str, Any]]] = {}
    for each in rules()["standards"]:
        by_category.setdefault(each["category"], []).append(each)
    for row in rows(POINTS):
        (standard,) = [each for each in by_category[row["category"]] if each["level"] == (row["level"] or "")]
        if standard["method"] == "固定":
            assert row["points"] is None
        else:
            assert float(standard.get("minimum", 0)) <= row["points"] <= float(standard.get("maximum", 100))
            assert row["points"] > 0


def test_points_exercise_the_rules() -> None:
    """Every 类别, the same work twice, two 信息采用, no evidence, another year, no date, two penalty 类别."""
    points, standards = rows(POINTS), rules()["standards"]
    assert {row["category"] for row in points} == {each["category"] for each in standards}
    assert sum(row["category"] == "信息采用" for row in points) >= 2
    assert any(not row["evidence"] for row in points)
    dates = [row["date"] for row in points]
    assert None in dates
    assert all(date is None or isinstance(date, datetime) for date in dates)
    assert any(row["date"] and row["date"].year < YEAR and row["category"] == "表彰" for row in points)
    same: dict[tuple[str, str, str], set[str | None]] = {}
    matters: dict[tuple[str, str], set[str]] = {}
    equal: Counter[tuple[Any, ...]] = Counter()
    penalties = {each["category"] for each in standards if each["direction"] == "减"}
    for row in points:
        if row["matter"]:
            same.setdefault((row["department"], row["category"], row["matter"]), set()).add(row["level"])
            equal[row["department"], row["category"], row["matter"], row["level"], row["points"]] += 1
            if row["category"] in penalties:
                matters.setdefault((row["department"], row["matter"]), set()).add(row["category"])
    assert any(len(levels) > 1 for levels in same.values())
    assert max(equal.values()) > 1
    assert any(len(categories) > 1 for categories in matters.values())
    assert all(row[key] is None for row in points for key in ("counted", "treatment"))


def test_attendance_and_history() -> None:
    """Nobody was present longer than due, deductions are explained, and the two years before are complete."""
    attendance = rows(ATTENDANCE)
    assert [row["department"] for row in attendance] == names()
    assert all(row["present"] <= row["due"] for row in attendance)
    assert all(row["note"] for row in attendance if row["deduction"])
    assert 2 <= sum(row["deduction"] is not None for row in attendance) <= 3
    former = {former: row["name"] for row in rows(DEPARTMENTS) for former in (row["former"] or "").split("、")}
    for year in (YEAR - 2, YEAR - 1):
        own = [row for row in rows(HISTORY) if row["year"] == year]
        assert sorted(former.get(row["department"], row["department"]) for row in own) == sorted(names())
        in_order = sorted(own, key=lambda row: row["place"])
        scores = [row["score"] for row in in_order]
        assert scores == sorted(scores, reverse=True)
