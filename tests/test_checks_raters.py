"""What the ballots say of those who filled them in: too few, too many, full, equal or far marks, by number (五(三))."""

import pytest

from jixiao.policy.resolve import default_policy
from jixiao.rules.raters import rater_findings
from jixiao.rules.review import judge_ballots
from tests.checks.plant import HINT, Found, General, Plant, expect
from tests.frames import ballots_of
from tests.test_settings import settings

B = "履职测评"


def marks(value: object, *rows: int) -> dict[str, object]:
    return {f"{B}!{column}{row}": value for row in rows for column in "EFGHI"}


RATERS = [
    Plant(
        "the-same-marks-for-all",  # 财政所: 班子 65 → 32.5 + 18 + 10; 41.58 + 18.15 − 3
        marks(80, 23),
        (Found(HINT, B, "A5", ("班子成员", "2 号票", "5 个", "完全一样")),),
        {"财政所": {"班子成员评价": 65.0, "履职评价得分": 60.5, "考核得分": 56.73}},
    ),
    Plant(
        "full-marks-for-all",
        marks(100, 8, 14, 20, 26, 32),  # 村 1: 85, and 75 for 财政所
        (Found(HINT, B, "A8", ("村“一肩挑”", "1 号票", "满分")),),
        {name: {"村“一肩挑”评价": 85.0, "履职评价得分": 86.5} for name in ("综合办", "党建办", "民政办", "农业办")}
        | {"财政所": {"村“一肩挑”评价": 75.0, "履职评价得分": 60.5, "考核得分": 56.73}}
        | {"综合办": {"村“一肩挑”评价": 85.0, "履职评价得分": 86.5, "考核得分": 92.0}}
        | {"党建办": {"村“一肩挑”评价": 85.0, "履职评价得分": 86.5, "考核得分": 94.6}}
        | {"民政办": {"村“一肩挑”评价": 85.0, "履职评价得分": 86.5, "考核得分": 88.75}}
        | {"农业办": {"村“一肩挑”评价": 85.0, "履职评价得分": 86.5, "考核得分": 91.45}},
    ),
    Plant(
        "fewer-than-expected",
        settings(班子成员应测人数=3, 部门负责人应测人数=5),
        (Found(HINT, B, "B3", ("班子成员应测 3 人，只收回 2 人", "10 张", "有效 10 张，弃权 0 张，作废 0 张", "漏")),),
    ),
    Plant(
        "more-than-expected",
        settings(班子成员应测人数=2, 部门负责人应测人数="4"),
        (Found(HINT, B, "B3", ("部门负责人应测 4 人，却收回 5 人", "票号")),),
    ),
    Plant("as-expected", settings(班子成员应测人数=2, 部门负责人应测人数=5, **{"村“一肩挑”应测人数": 2})),
    Plant(
        "abstentions-and-void-ballots-are-counted",
        settings(班子成员应测人数=3) | marks(None, 4) | {f"{B}!E5": General(101)},
        (
            Found("提示", B, "B3", ("有效 8 张，弃权 1 张，作废 1 张",)),
            Found("提示", B, "E4", "弃权"),
            Found("错误", B, "E5", "101"),
            Found("错误", B, "D4", "班子成员"),
        ),
        {"综合办": dict.fromkeys(("班子成员评价", "履职评价得分", "考核得分"), None)},
    ),
]


@pytest.mark.parametrize("plant", RATERS, ids=lambda plant: plant.name)
def test_what_the_ballots_say_of_the_raters(plant, tmp_path):
    expect(plant, tmp_path)


def votes(*given: tuple[object, ...], group: str = "班子成员", first: int = 1) -> list[dict[str, object]]:
    """Ballots of rater 1, 2, …: the marks each gives to 科室 A, B, C, …."""
    return [
        {"票号": number, "测评主体": group, "被评科室": name, "分": [mark] * 5}
        for number, marks in enumerate(given, start=first)
        for name, mark in zip("ABCDEFG", marks, strict=False)
    ]


SPREAD = ((90, 80, 70), (88, 82, 69), (92, 79, 71), (91, 83, 70))
PATTERNS = [
    pytest.param(votes(*SPREAD, (65, 55, 45)), [("B21", 5, "低 25.0")], id="far-below"),
    pytest.param(votes(*SPREAD, (100, 98, 96)), [("B21", 5, "高 17.3")], id="far-above"),
    pytest.param(votes(*SPREAD, (100, 100, 100)), [("B19", 5, "3 个科室"), ("B21", 5, "高")], id="full-and-far"),
    pytest.param(votes(*SPREAD, (95, 95, 95)), [("B20", 5, "3 个科室")], id="equal-marks"),
    pytest.param(votes(*SPREAD, (75, 65, 55)), [], id="15-points-are-not-far"),
    pytest.param(votes(*[(74.8, 94.9, 71.4)] * 4, (59.8, 79.9, 56.4)), [], id="nor-are-they-in-tenths"),
    pytest.param(votes(*SPREAD[:3], (60, 50, 40)), [], id="four-raters-have-no-middle"),
    pytest.param(votes(*SPREAD, (40, 35)), [], id="two-departments-are-no-pattern"),
    pytest.param(votes(*SPREAD, (100, 100)), [], id="full-marks-for-two"),
    pytest.param(votes((95, 94, 93), (80, 79, 78), (70, 69, 68), (60, 59, 58), (47, 46, 45)), [], id="a-wide-group"),
    pytest.param(
        votes((90, 90, 40, 41, 40), (91, 90, 41, 41, 40), (90, 91, 40, 40, 41), (90, 91, 41, 41, 41))
        + [{"票号": 5, "测评主体": "班子成员", "被评科室": name, "分": [mark] * 5} for name, mark in
           (("C", 40), ("D", 39), ("E", 40))],
        [],
        id="who-rated-the-weak-alone-is-not-harsh",
    ),
    pytest.param(votes((95, 95, 95, None)), [("B20", 1, "3 个科室")], id="abstentions-do-not-matter"),
    pytest.param(votes((95, 95, 95, 101)), [("B20", 1, "3 个科室")], id="void-ballots-do-not-matter"),
    pytest.param(
        [{"票号": 1, "测评主体": "村“一肩挑”", "被评科室": name, "分": marks} for name, marks in
         (("A", [90, 80, 90, 80, 90]), ("B", [80, 90, 80, 90, 90]), ("C", [90, 90, 80, 80, 90]))],
        [],
        id="equal-sums-of-other-marks",
    ),
    pytest.param(
        votes((10, 11, 12))
        + votes(*SPREAD, (65, 55, 45), group="部门负责人", first=6)
        + votes(*SPREAD, (100, 98, 96), group="村“一肩挑”", first=11),
        [("B21", 10, "部门负责人"), ("B21", 15, "村“一肩挑”")],
        id="each-group-has-its-own-middle",
    ),
    pytest.param(
        votes(*SPREAD[:3], (60, 50, 40), group="部门负责人")
        + votes(*SPREAD[:3], (60, 50, 40), group="村“一肩挑”", first=5),
        [],
        id="two-small-groups-are-not-one",
    ),
    pytest.param(
        votes(*SPREAD) + [ballot | {"票号": 5, "被评科室": name} for ballot, name in
                          zip(votes((60, 61, 62)), "DEF", strict=True)],
        [],
        id="who-rated-others-alone-stands-beside-nobody",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("ballots", "expected"), PATTERNS)
def test_a_pattern_in_one_raters_marks(ballots, expected):
    """At the rater's first row, by number; who stands apart is judged against what others gave the same 科室."""
    policy = default_policy(2024)
    frame = ballots_of(ballots, {name: place for place, name in enumerate("ABCDEFG")}, policy)
    found = rater_findings(frame, judge_ballots(frame), policy)
    assert all(item.column == "ballot" for item in found)
    first = {ballot["票号"]: row for row, ballot in reversed(list(enumerate(ballots)))}
    assert [(item.code, item.row) for item in sorted(found, key=lambda item: item.code)] == [
        (code, first[number]) for code, number, _ in expected
    ]
    for item, (_, number, said) in zip(sorted(found, key=lambda item: item.code), expected, strict=True):
        assert f"{number} 号票" in item.problem
        assert said in item.problem
