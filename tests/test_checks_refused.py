"""With an impossible setting nothing is computed, and yet every other fault in the entries is told at once.

Nothing that the refused setting decides is told: it may be right.
"""

import pytest

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from tests.checks.plant import ERROR, WARNING, General, planted, scored
from tests.test_sentences import points
from tests.test_settings import ROWS, S, settings

T, B, P = "任务台账", "履职测评", "加减分"
GOOD = ("综合办", "信息采用", "一", None, None, None, "2024-6-1", "纪要", None, None)
IDLE = {f"{T}!{column}6": "/" for column in "DEF"}
FAULTS = {
    "科室!B6": 105,
    f"{T}!A12": "食堂",
    f"{T}!B12": "办会",
    f"{T}!C4": "重",
    f"{T}!D4": None,
    f"{T}!D5": "已完成",
    f"{B}!E4": 101,
    f"{B}!E6": "甲等",
    f"{B}!F8": None,
    "考勤!D4": "很多",
    "历年结果!D4": "第一",
    "人员!B4": "综合办",
    **points(10, (None, *GOOD[1:]), ("综合办", "拾金不昧", *GOOD[2:]), (*GOOD[:7], None, *GOOD[8:])),
}
TOLD = {
    (WARNING, "科室", "B6"),
    (ERROR, T, "A12"),
    (ERROR, T, "C4"),
    (ERROR, T, "D4"),
    (ERROR, T, "D5"),
    (ERROR, B, "E4"),
    (ERROR, B, "E6"),
    (ERROR, B, "F8"),
    (ERROR, "考勤", "D4"),
    (ERROR, "历年结果", "D4"),
    (ERROR, "人员", "A4"),
    (ERROR, P, "A10"),
    (ERROR, P, "B11"),
    (WARNING, P, "H12"),
}


def told(answer: dict[str, list[dict[str, str]]]) -> set[tuple[str, str, str]]:
    assert answer["结果"] == []
    return {(line["类型"], line["工作表"], line["单元格"]) for line in answer["校验"]}


@pytest.mark.parametrize(
    ("refused", "cell"),
    [
        pytest.param(settings(优秀比例="三成"), ("参数", f"B{ROWS['优秀比例']}"), id="setting"),
        pytest.param(settings(小数位数=9), ("参数", f"B{ROWS['小数位数']}"), id="places"),
        pytest.param({f"{S}!E4": -5}, (S, "E4"), id="standard"),
    ],
)
def test_every_other_fault_is_told_at_once(refused, cell, tmp_path):
    assert told(scored(planted(tmp_path / "town.xlsm", FAULTS | refused))) == {*TOLD, (ERROR, *cell)}


DEPENDENT = {
    "rate-above-the-refused-limit": (settings(完成率上限="不限"), {f"{T}!D6": 1.2}),
    "rate-far-below": (settings(完成率上限="不限"), {f"{T}!D6": 0.01}),
    "fourth-quarter-of-an-unknown-column": (settings(第四季度取数="年末"), {f"{T}!G6": "已完成", f"{T}!H6": "x"}),
    "no-fourth-quarter-in-an-unknown-column": (settings(第四季度取数="年末"), {f"{T}!G6": None}),
    "idle-in-an-unknown-column": (settings(第四季度取数="年末"), {f"{T}!G6": "/"}),
    "idle-quarter": (settings(无任务季度="平均"), {f"{T}!D6": "/"}),
    "too-few-ballots": (
        settings(最少票数="x"),
        {f"{B}!{column}{row}": None for row in (4, 5) for column in "ABCDEFGHI"},
    ),
    "missing-group": (settings(缺项处理="x"), {f"{B}!{column}{row}": None for row in (4, 5) for column in "ABCDEFGHI"}),
    "year": (settings(年度="今年"), {f"{P}!G4": "2019-1-1", "历年结果!A4": 2018}),
    "year-and-notice": (settings(年度="今年"), {"公示!A4": "一季度排名", "公示!B4": "2019-4-8"}),
    "repeated-history": (settings(连续末位年数="两年"), {"历年结果!B5": "综合办"}),
    "a-category-refused": ({f"{S}!A21": "竞赛", f"{S}!B21": "增"}, points(10, ("综合办", "竞赛", *GOOD[2:]))),
    "a-category-without-name": ({f"{S}!B21": "加", f"{S}!E21": 2}, points(10, ("综合办", "竞赛", *GOOD[2:]))),
    "a-level-refused": (
        {f"{S}!A21": "表彰", f"{S}!B21": "加", f"{S}!C21": "省级", f"{S}!D21": "看情况"},
        points(10, ("综合办", "表彰", "二", None, "省级", *GOOD[5:])),
    ),
    "points-of-a-refused-row": (
        {f"{S}!G8": "高"},
        points(10, ("综合办", "典型推广", "二", None, "国家级", 99, *GOOD[6:])),
    ),
    "the-standards-headers": ({f"{S}!A3": "种类"}, points(10, ("综合办", "竞赛", *GOOD[2:]))),
    "the-settings-headers": ({"参数!A3": "名称"}, {f"{T}!D6": 1.2, f"{P}!G4": "2019-1-1"}),
    "a-setting-without-name": ({f"参数!A{ROWS['完成率上限']}": "#REF!"}, {f"{T}!D6": 1.2}),
}


@pytest.mark.parametrize(("refused", "cells"), DEPENDENT.values(), ids=DEPENDENT)
def test_what_the_refused_setting_decides_is_not_told(refused, cells, tmp_path):
    found = told(scored(planted(tmp_path / "town.xlsm", refused | cells)))
    alone = told(scored(planted(tmp_path / "alone.xlsm", refused)))
    assert found == alone
    assert found


STILL = {
    "another-limit": (settings(优秀比例="三成", 完成率上限="120%"), {f"{T}!D6": 1.1}, set()),
    "above-it": (settings(优秀比例="三成", 完成率上限="120%"), {f"{T}!D6": 1.3}, {(ERROR, T, "D6")}),
    "another-category": (
        {f"{S}!E4": -5},
        points(10, ("综合办", "表彰", "二", None, "乡级", *GOOD[5:])),
        {(ERROR, P, "E10")},
    ),
    "another-sheet-in-the-same-row": (
        {f"{S}!A21": "竞赛", f"{S}!B21": "增"},
        points(10, ("综合办", "竞赛", *GOOD[2:])) | {f"{B}!E10": 101},
        {(ERROR, B, "E10")},
    ),
    "another-quarter": (settings(第四季度取数="年末"), {f"{T}!D6": "已完成"}, {(ERROR, T, "D6")}),
    "negative": (settings(完成率上限="不限"), {f"{T}!D6": General(-1)}, {(ERROR, T, "D6")}),
    "own-standard": (
        settings(优秀比例="三成") | {f"{S}!A21": "竞赛", f"{S}!B21": "加", f"{S}!D21": "固定", f"{S}!E21": 2},
        points(10, ("综合办", "竞赛", *GOOD[2:])),
        set(),
    ),
}


@pytest.mark.parametrize(("refused", "cells", "more"), STILL.values(), ids=STILL)
def test_what_the_other_settings_decide_is_told_by_them(refused, cells, more, tmp_path):
    found = told(scored(planted(tmp_path / "town.xlsm", refused | cells)))
    assert found == told(scored(planted(tmp_path / "alone.xlsm", refused))) | more


def test_no_result_is_spoken_of_where_nothing_is_computed(tmp_path):
    cells = settings(优秀比例="三成", 优先评优名次=5) | {"加减分!F8": 3.05, "科室!C7": None}
    with open_book(planted(tmp_path / "town.xlsm", cells)) as book:
        outcome = buttons.score(book)
    assert outcome.scored is None
    assert {line["代码"] for line in outcome.lines} == {"C02"}


def test_the_exit_code_is_still_1(tmp_path, capsys):
    file = planted(tmp_path / "town.xlsm", FAULTS | settings(优秀比例="三成"))
    assert main(["check", str(file)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
