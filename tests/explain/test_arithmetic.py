"""Every printed figure follows from the text beside it, whatever the year and the settings."""

import random
import re
from fractions import Fraction

import pytest

from jixiao.explain.whole import explain
from jixiao.policy.model import RATER_GROUPS
from jixiao.rules.appraisal import appraise
from jixiao.rules.standing import figures
from tests.checks.town import town
from tests.explain.evaluate import NotArithmeticError, figure, last_word, numbers, parts
from tests.frames import inputs_of, policy_of
from tests.reference.appraise import appraise as reference
from tests.reference.places import seats
from tests.reference.settings import read_settings
from tests.reference.years import random_year

SAMPLE, FULL = 40, 600


def explained(seed, *, settings):
    """A random year, its appraisal, and each department's steps."""
    year = random_year(random.Random(seed), settings=settings)
    policy = policy_of(year)
    inputs = inputs_of(year, policy)
    appraisal = appraise(inputs, policy)
    return year, inputs, appraisal, explain(appraisal.results, inputs, appraisal)


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_every_figure_follows_from_its_text(full, settings):
    told = empty = 0
    for seed in range(FULL if full else SAMPLE):
        _, _, appraisal, lists = explained(seed, settings=settings)
        for result, steps in zip(appraisal.results, lists, strict=True):
            for step in steps:
                where = f"seed {seed} {result.name} {step.figure}: {step.formula}"
                if isinstance(step.value, Fraction) and step.formula:
                    assert figure(step.formula) == step.value, where
                    told += 1
                elif step.value is None or not step.formula:
                    assert step.value in {None, Fraction(0)}, where
                    assert step.excluded, f"{where}: why is it empty?"
                    empty += 1
    assert told > 4000, "the years must have figures"
    assert empty > 100, "and some that cannot be given"


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_every_posted_figure_has_its_line(full, settings):
    """The lines hold exactly the figures of 考核结果, and each row of 加减分 has a line of its own."""
    for seed in range(FULL if full else SAMPLE):
        _, _, appraisal, lists = explained(seed, settings=settings)
        for result, steps in zip(appraisal.results, lists, strict=True):
            values = {step.figure: step.value for step in steps}
            for header, value in figures(result).items():
                assert values[header] == value, f"seed {seed} {result.name} {header}"
            rows = [step for step in steps if "·" in step.figure]
            assert [step.value for step in rows] == [
                None if entry.state.value == "错误" else entry.counted for entry in result.points.entries
            ]


@pytest.mark.parametrize("settings", [False, True], ids=["default rules", "random settings"])
def test_places_and_grades_are_the_references(full, settings):
    """名次 counts who stands before; 等次 shows the seats, every inequality holds, and its last word is the grade."""
    overridden = 0
    for seed in range(FULL if full else SAMPLE):
        year, _, appraisal, lists = explained(seed, settings=settings)
        expected = {line["科室"]: line for line in reference(year)["结果"]}
        excellent, fair = seats(len(expected), read_settings(year))
        for result, steps in zip(appraisal.results, lists, strict=True):
            place, grade = steps[-2:]
            assert (place.figure, grade.figure) == ("名次", "等次")
            if result.standing is None:
                assert expected[result.name]["名次"] is None
                assert place.value is None
                assert grade.value is None
                continue
            wanted = expected[result.name]
            assert figure(place.formula) == wanted["名次"], f"seed {seed} {result.name}"
            assert place.value == f"第 {wanted['名次']} 名"
            assert last_word(grade.formula) == grade.value == wanted["等次"], f"seed {seed} {result.name}"
            given = {label: number for label, number, _ in parts(grade.formula)}
            assert given["优秀名额"] == excellent, f"seed {seed}: {grade.formula}"
            assert given["一般名额"] == fair, f"seed {seed}: {grade.formula}"
            overridden += result.standing.grade != result.standing.by_place
    assert overridden > 5, "some places must have been overridden"


def test_the_numbers_are_those_of_the_cells_named():
    """Each task's weight and rate stands in the arithmetic, in the order of rows; of ballots sum and count."""
    seen = 0
    for seed in range(30):
        _, inputs, appraisal, lists = explained(seed, settings=True)
        tasks = inputs.tasks.set_index("row")
        for steps in lists:
            for step in steps:
                if not step.formula or not step.sources:
                    continue
                first = step.sources[0]
                assert list(first.rows) == sorted(first.rows)
                if first.table == "tasks":
                    (column,) = first.columns
                    pairs = [(tasks["weight"][row], tasks[column][row]) for row in first.rows]
                    weights = [weight for weight, _ in pairs]
                    want = [number for pair in pairs for number in pair] + weights
                    assert numbers(step.formula)[2 : 2 + len(want)] == want, f"seed {seed} {step.formula}"
                    seen += 1
                if first.table == "ballots":
                    place = RATER_GROUPS.index(step.figure.removesuffix("评价"))
                    group = next(each for each in appraisal.results if each.name == step.department).review.groups[
                        place
                    ]
                    assert numbers(step.formula)[:2] == [group.total, group.valid - group.trimmed], f"seed {seed}"
                    seen += 1
    assert seen > 1000


def test_of_very_many_tasks_the_sums_alone_are_shown():
    """101 tasks of weight 2, half done: a cell could not hold them one by one."""
    year = town()
    many = [{"科室": "综合办", "任务": "办文", "任务权重": 2, "完成率": [0.5] * 4}] * 101
    year["任务台账"] = many + [task for task in year["任务台账"] if task["科室"] != "综合办"]
    policy = policy_of(year)
    inputs = inputs_of(year, policy)
    appraisal = appraise(inputs, policy)
    steps = (step for steps in explain(appraisal.results, inputs, appraisal) for step in steps)
    formulas = {step.formula for step in steps if step.department == "综合办" and step.figure.endswith("季度得分")}
    assert formulas == {"100×1×101÷202＝50.00"}


def test_every_ballot_either_counts_or_is_left_out_for_a_reason():
    """Of each group's ballots on a department none is forgotten: the counts that are told add up, void ones apart."""
    trimmed = 0
    for seed in range(30):
        _, inputs, appraisal, lists = explained(seed, settings=True)
        for result, steps in zip(appraisal.results, lists, strict=True):
            for place, group in enumerate(result.review.groups):
                (step,) = [step for step in steps if step.figure == f"{group.group}评价"]
                mine = inputs.ballots[
                    (inputs.ballots["department"] == result.department) & (inputs.ballots["group"] == place)
                ]
                out = {words: int(count) for words, count in re.findall(r"([^；，]+?) (\d+) 张(?:；|$)", step.excluded)}
                void = sum(count for words, count in out.items() if words.startswith("作废"))
                assert out.get("弃权", 0) == group.abstained
                assert out.get("按设置去掉最高最低", 0) == group.trimmed
                assert void >= group.void  # one may be void for two reasons
                assert bool(void) == bool(group.void)
                assert group.valid + group.abstained + group.void == len(mine), f"seed {seed} {result.name}"
                trimmed += group.trimmed
    assert trimmed > 0


def test_no_single_ballot_is_shown():
    """Neither what one rater gave nor the row it stands in; highest and lowest only of five or more."""
    few = many = 0
    for seed in range(30):
        _, _, appraisal, lists = explained(seed, settings=True)
        for result, steps in zip(appraisal.results, lists, strict=True):
            for group in result.review.groups:
                (step,) = [step for step in steps if step.figure == f"{group.group}评价"]
                assert step.sources[0].table == "ballots"
                assert step.sources[0].whole
                assert not step.sources[0].rows
                assert "行" not in step.formula + step.excluded
                if step.formula:
                    counted = group.valid - group.trimmed
                    assert ("最高" in step.formula) is (counted >= 5), step.formula
                    few, many = few + (counted < 5), many + (counted >= 5)
    assert few
    assert many


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("（82.5＋90）÷2×40%＋97.5×60%＝93", "93"),
        ("1/3×3＝1", "1"),
        ("200/3≈66.67", "66.67"),
        ("0.00－3.005≈－3.01", "-3.01"),
        ("“某；某：9”：5＋5＝10＞6（类别上限）；6＋2（考勤）＝8.00", "8"),
        ("高于 88.15 分的有 3 个科室：3＋1＝4", "4"),
    ],
)
def test_the_grammar(line, value):
    assert figure(line) == Fraction(value)


@pytest.mark.parametrize(
    "line",
    ["1＋1＝3", "200/3≈66.66", "5＞6（上限）", "2×（3＋4＝14", "没有数", "1＋＝1", "4＜5≤4", "3.6≈3", "12＋1*2＝14"],
)
def test_what_does_not_hold_is_refused(line):
    """The evaluator can fail."""
    with pytest.raises(NotArithmeticError):
        figure(line)
