"""The rules against an independent program in fractions: random years, every figure, place, grade and row.

The reference was written from the spec alone, so a misreading would have to be made twice.
"""

import json
import random
from fractions import Fraction
from functools import lru_cache

import pytest

from jixiao.cli import main
from jixiao.rules.appraisal import appraise
from jixiao.rules.model import Matter
from jixiao.rules.standing import figures
from tests.frames import inputs_of, policy_of
from tests.reference import followup
from tests.reference.appraise import appraise as reference
from tests.reference.years import random_year
from tests.workbooks import fill_year

MATTERS = {
    Matter.LEADERS_FIRST: followup.FORWARD,
    Matter.STAFF_FIRST: followup.STAFF,
    Matter.LEADERS_BARRED: followup.LEADERS_BARRED,
    Matter.HEADS_BARRED: followup.HEADS_BARRED,
}
SAMPLE, FULL = 60, 1200
SAMPLE_FILES, FULL_FILES = 4, 80


def years(count, *, settings):
    return (random_year(random.Random(seed), settings=settings) for seed in range(count))


@lru_cache(maxsize=2 * SAMPLE)  # in a mutation run every mutant meets the same years
def worked_year(seed, settings):
    year = random_year(random.Random(seed), settings=settings)
    policy = policy_of(year)
    return inputs_of(year, policy), policy, reference(year)


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_rules_equal_the_reference(full, settings):
    ranked = 0
    for seed in range(FULL if full else SAMPLE):
        inputs, policy, expected = worked_year(seed, settings)
        scored = appraise(inputs, policy)
        assert figures_of(scored) == expected_figures(expected), f"seed {seed}"
        assert quarters_of(scored) == expected_quarters(expected), f"seed {seed}"
        assert consequences_of(scored) == expected["结果运用"], f"seed {seed}"
        assert all(best_first(quarter) for quarter in scored.quarters), f"seed {seed}"
        for place, entry in entries_of(scored).items():
            row = expected["加减分"][place]
            assert entry.state.value == row["状态"], f"seed {seed}, row {place}"
            assert row["计分"] in {None, entry.counted}, f"seed {seed}, row {place}"
        ranked += scored.results[0].standing is not None
    assert ranked > 20, "the years must exercise places and grades"


def test_a_year_not_begun_equals_the_reference():
    """Without a task and a ballot there is no figure, but every coefficient."""
    for seed, year in enumerate(years(6, settings=True)):
        empty = {**year, "任务台账": [], "履职测评": []}
        policy = policy_of(empty)
        scored, expected = appraise(inputs_of(empty, policy), policy), reference(empty)
        assert figures_of(scored) == expected_figures(expected), f"seed {seed}"
        assert quarters_of(scored) == expected_quarters(expected), f"seed {seed}"


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_workbooks_equal_the_reference(full, settings, tmp_path):
    for seed, year in enumerate(years(FULL_FILES if full else SAMPLE_FILES, settings=settings)):
        file, answer = fill_year(tmp_path / f"{seed}.xlsm", year), tmp_path / f"{seed}.json"
        assert main(["score", str(file), "--json", str(answer)]) in {0, 1}
        scored = json.loads(answer.read_text("utf-8"))
        expected = reference(year)
        for line, wanted in zip(scored["结果"], by_name(expected, scored), strict=True):
            for header, value in wanted.items():
                assert line[header] == (float(value) if isinstance(value, Fraction) else value), f"seed {seed} {header}"


@pytest.mark.parametrize("sheet", ["tasks", "ballots", "points", "attendance", "history"])
def test_row_order_never_matters(sheet):
    """Shuffled rows of any input sheet give the same figures, places and grades."""
    for seed, year in enumerate(years(12, settings=False)):
        policy = policy_of(year)
        inputs = inputs_of(year, policy)
        shuffled = getattr(inputs, sheet).sample(frac=1, random_state=seed).reset_index(drop=True)
        before = appraise(inputs, policy)
        after = appraise(type(inputs)(**{**vars(inputs), sheet: shuffled}), policy)
        assert figures_of(after) == figures_of(before), f"seed {seed}"


def test_department_order_moves_no_figure():
    """Listing the 科室 in another order changes no department's figures, place or grade."""
    for seed, year in enumerate(years(12, settings=False)):
        shuffled = {**year, "科室": random.Random(seed).sample(year["科室"], len(year["科室"]))}
        policy = policy_of(year)
        before, after = (figures_of(appraise(inputs_of(item, policy), policy)) for item in (year, shuffled))
        assert after == before, f"seed {seed}"


def figures_of(appraisal):
    return {
        result.name: {
            **figures(result),
            "名次": result.standing.printed if result.standing else None,
            "等次": result.standing.grade if result.standing else None,
        }
        for result in appraisal.results
    }


def quarters_of(appraisal):
    return [
        {line.name: (line.place, line.quarter.rate, line.quarter.coefficient, line.quarter.score) for line in quarter}
        for quarter in appraisal.quarters
    ]


def consequences_of(appraisal):
    return [
        {
            "科室": line.name,
            "事项": MATTERS[line.matter],
            "人员": None if line.people is None else list(line.people),
            "held": list(line.held_back),
            "名次": line.place,
        }
        for line in appraisal.consequences
    ]


def best_first(quarter):
    """Whether 季度得分 lists a quarter by place, those without work in it last."""
    places = [line.place for line in quarter]
    placed = [place for place in places if place is not None]
    return places == sorted(placed) + [None] * (len(places) - len(placed))


def entries_of(appraisal):
    return {entry.row: entry for result in appraisal.results for entry in result.points.entries}


def expected_figures(expected):
    return {
        line["科室"]: {header: value for header, value in line.items() if header != "科室"} for line in expected["结果"]
    }


def expected_quarters(expected):
    return [
        {
            line["科室"]: (line["名次"], line["完成率"], line["评价系数"], line["得分"])
            for line in expected["季度"][str(number)]
        }
        for number in range(1, 5)
    ]


def by_name(expected, scored):
    lines = {line["科室"]: line for line in expected["结果"]}
    return [lines[line["科室"]] for line in scored["结果"]]
