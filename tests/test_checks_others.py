"""考勤 and 历年结果, and cells no sheet can use: error values, formulas without a result, merged cells (减②, R12)."""

from fractions import Fraction

import pandas as pd
import pytest

from jixiao.policy.resolve import default_policy
from jixiao.rules.history import last_before
from tests.checks.plant import (
    ERROR,
    HINT,
    WARNING,
    Found,
    Plant,
    by_name,
    expect,
    lost,
    lost_points,
    planted,
    points,
    scored,
)

A, H = "考勤", "历年结果"
PENALTY_LOST = lost("综合办", "减分", "加减得分")

ATTENDANCE = [
    Plant("unknown-科室", {f"{A}!A9": "文化站", f"{A}!D9": 1}, (Found(ERROR, A, "A9", "文化站"),)),
    Plant("no-科室", {f"{A}!D9": 1}, (Found(ERROR, A, "A9", "科室"),)),
    Plant(
        "twice",
        {f"{A}!A9": "综合办", f"{A}!D9": 1, f"{A}!E9": "缺勤"},
        (Found(ERROR, A, "A9", ("综合办", "4")),),
        PENALTY_LOST,
    ),
    Plant("twice-without-points", {f"{A}!A9": "综合办"}, (Found(ERROR, A, "A9", "综合办"),), PENALTY_LOST),
    Plant("present-more-than-due", {f"{A}!C4": 251}, (Found(ERROR, A, "C4", ("251", "250")),)),
    Plant("present-equals-due", {f"{A}!C4": "２５０"}),
    Plant("due-negative", {f"{A}!B4": -1}, (Found(ERROR, A, "B4", "负数"),)),
    Plant("present-negative", {f"{A}!C4": "-1"}, (Found(ERROR, A, "C4", "负数"),)),
    Plant("due-in-words", {f"{A}!B4": "全年"}, (Found(ERROR, A, "B4", "全年"),)),
    Plant("points-negative", {f"{A}!D4": -1}, (Found(ERROR, A, "D4", ("负数", "正数")),), PENALTY_LOST),
    Plant("points-in-words", {f"{A}!D4": "两分"}, (Found(ERROR, A, "D4", "两分"),), PENALTY_LOST),
    Plant("no-points-as-slash", {f"{A}!D6": "/", f"{A}!B6": "—"}),
    Plant("points-text", {f"{A}!D4": "０．５", f"{A}!E4": "缺勤"}, (), points("综合办", 2.0, 0.5, 90.9)),
    Plant("points-error-cell", {f"{A}!D4": "#NAME?"}, (Found(ERROR, A, "D4", "#NAME?"),), PENALTY_LOST),
    Plant("points-uncalculated", {f"{A}!D4": "=1/2"}, (Found(ERROR, A, "D4", "公式"),), PENALTY_LOST),
]

GONE_YEAR = {f"{H}!{column}{row}": None for row in range(4, 9) for column in "ABCDE"}

HISTORY = [
    Plant("year-missing", GONE_YEAR, (Found(WARNING, H, "A3", ("2023", "末位")),)),
    Plant(
        "year-partial",
        {f"{H}!{column}5": None for column in "ABCDE"},
        (Found(HINT, H, "A4", ("2023", "党建办")),),
    ),
    Plant("year-with-a-hole", {f"{H}!D5": None, f"{H}!C5": None}, (Found(HINT, H, "A4", ("2023", "党建办")),)),
    Plant("year-written-2023年", {f"{H}!A4": "2023年", f"{H}!A5": "２０２３"}),
    Plant(
        "place-in-words",
        {f"{H}!D5": "第一", f"{H}!C5": None},
        (Found(ERROR, H, "D5", "第一"), Found(HINT, H, "A4", "2023")),
    ),
    Plant("year-beyond-all", {f"{H}!A4": 1e22}, (Found(ERROR, H, "A4", "年度"), Found(HINT, H, "A5", "综合办"))),
    Plant("year-in-two-digits", {f"{H}!A9": 24, f"{H}!B9": "综合办"}, (Found(ERROR, H, "A9", "24"),)),
    Plant("year-in-words", {f"{H}!A9": "前年", f"{H}!B9": "综合办"}, (Found(ERROR, H, "A9", "前年"),)),
    Plant(
        "科室-twice-in-a-year",
        {f"{H}!A9": 2023, f"{H}!B9": "综合办", f"{H}!C9": 90, f"{H}!D9": 3},
        (Found(ERROR, H, "B4", ("2023", "综合办")),),
    ),
    Plant("a-科室-that-is-gone", {f"{H}!A9": 2023, f"{H}!B9": "文化站", f"{H}!C9": 80, f"{H}!D9": 6}),
    Plant("older-years-do-not-matter", {f"{H}!A9": 2020, f"{H}!B9": "综合办", f"{H}!D9": 1}),
]


@pytest.mark.parametrize(
    ("departments", "missing", "code"),
    [(5, 1, "H10"), (5, 2, "H10"), (5, 3, "H02"), (6, 2, "H10"), (6, 3, "H02")],
)
def test_fewer_than_half_that_no_year_names_are_perhaps_new(departments, missing, code):
    listed = range(departments - missing)
    years = pd.DataFrame(
        [{"row": at, "year": 2023, "department": at, "score": None, "place": Fraction(at + 1)} for at in listed]
    )
    last, (finding,) = last_before(years, "甲乙丙丁戊己"[:departments], default_policy(2024))
    told = "、".join("甲乙丙丁戊己"[departments - missing : departments])
    assert (last, finding.code, finding.params["names"]) == (None, code, told)


SPOILT = [
    Plant(
        "formula-in-票号",
        {"履职测评!A4": "=1"},
        (Found(ERROR, "履职测评", "A4", "公式"),),
        {"综合办": {"班子成员评价": 80.0, "履职评价得分": 82.0, "考核得分": 90.65}},
    ),
    Plant(
        "error-in-被评科室",
        {"履职测评!D4": "#REF!"},
        (Found(ERROR, "履职测评", "D4", "#REF!"),),
        {"综合办": {"班子成员评价": 80.0, "履职评价得分": 82.0, "考核得分": 90.65}},
    ),
    Plant(
        "error-in-科室-of-a-task",
        {"任务台账!A12": "#N/A", "任务台账!D12": 1},
        (Found(ERROR, "任务台账", "A12", "#N/A"),),
    ),
    Plant(
        "error-in-类别",
        {"加减分!B6": "#N/A"},
        (Found(ERROR, "加减分", "B6", "#N/A"),),
        lost_points("综合办", "加分", "减分"),
    ),
    Plant(
        "uncalculated-类别",
        {"加减分!B6": '="信息"'},
        (Found(ERROR, "加减分", "B6", "公式"),),
        lost_points("综合办", "加分", "减分"),
    ),
    Plant(
        "error-in-级别",
        {"加减分!E4": "#REF!"},
        (Found(ERROR, "加减分", "E4", "#REF!"),),
        lost_points("党建办", "加分"),
        gone=True,
    ),
    Plant(
        "error-in-日期",
        {"加减分!G4": "#VALUE!"},
        (Found(ERROR, "加减分", "G4", "#VALUE!"),),
        lost_points("党建办", "加分"),
        gone=True,
    ),
    Plant(
        "uncalculated-日期-of-①",
        {"加减分!G4": "=TODAY()"},
        (Found(ERROR, "加减分", "G4", "公式"),),
        lost_points("党建办", "加分"),
        gone=True,
    ),
    Plant(
        "error-in-认定依据",
        {"加减分!H6": "#REF!"},
        (Found(ERROR, "加减分", "H6", "#REF!"),),
        lost_points("综合办", "加分"),
    ),
    Plant(
        "error-in-同一事项编号",
        {"加减分!D4": "#REF!"},
        (Found(ERROR, "加减分", "D4", "#REF!"),),
        lost_points("党建办", "加分"),
        gone=True,
    ),
    Plant(
        "uncalculated-任务权重",
        {"任务台账!C5": "=1+2"},
        (Found(ERROR, "任务台账", "C5", "公式"),),
        lost("综合办", "一季度得分", "二季度得分", "三季度得分", "四季度得分", "业绩评价得分"),
    ),
    Plant(
        "uncalculated-同一事项编号",
        {"加减分!D4": '="SX"&1'},
        (Found(ERROR, "加减分", "D4", "公式"),),
        lost_points("党建办", "加分"),
        gone=True,
    ),
    Plant(
        "five-uncalculated-marks-are-no-abstention",
        {f"履职测评!{column}4": "=90" for column in "EFGHI"},
        tuple(Found(ERROR, "履职测评", f"{column}4", "公式") for column in "EFGHI"),
        {"综合办": {"班子成员评价": 80.0, "履职评价得分": 82.0, "考核得分": 90.65}},
    ),
    Plant(
        "a-task-of-formulas-alone",
        {"任务台账!A12": "=科室!A4", "任务台账!D12": "=1/2"},
        (Found(ERROR, "任务台账", "A12", "公式"), Found(ERROR, "任务台账", "D12", "公式")),
    ),
    Plant("error-in-名次", {f"{H}!D5": "#REF!"}, (Found(ERROR, H, "D5", "#REF!"),)),
]


@pytest.mark.parametrize("plant", ATTENDANCE, ids=lambda plant: plant.name)
def test_a_cell_of_attendance(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", HISTORY, ids=lambda plant: plant.name)
def test_a_cell_of_history(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", SPOILT, ids=lambda plant: plant.name)
def test_a_cell_without_a_usable_value_is_never_taken_as_empty(plant, tmp_path):
    expect(plant, tmp_path)


def test_ballots_that_are_all_uncalculated_formulas_are_not_called_not_begun(tmp_path):
    cells = {f"履职测评!{column}{row}": f"=票据!{column}{row}" for column in "ABCDEFGHI" for row in range(4, 34)}
    lines = scored(planted(tmp_path / "town.xlsm", cells))["校验"]
    assert (ERROR, "履职测评", "E4") in {(line["类型"], line["工作表"], line["单元格"]) for line in lines}


def set_line(book, value=50):
    sheet = book["参数"]
    row = next(row for row in range(4, 60) if sheet.cell(row, 1).value == "较差分数线")
    sheet.cell(row, 2).value = value


@pytest.mark.parametrize(
    ("places", "grade"),
    [
        pytest.param((2, 1, 4, 5, 3), "较差", id="last-in-both-years"),
        pytest.param((2, 1, 5, 4, 3), "一般", id="another-was-last"),
        pytest.param((2, 1, 3, 4, 4), "较差", id="shared-last-place-is-last"),
        pytest.param((1, 1, 1, 1, 1), "一般", id="all-equal-nobody-was-last"),
        pytest.param(("2", "１", "4", "５", "3"), "较差", id="places-as-text"),
    ],
)
def test_last_this_year_and_the_year_before_is_graded_poor(places, grade, tmp_path):
    def edit(book):
        set_line(book)  # 财政所 has 55.23: below the line of 60 it would be 较差 anyway
        for row, place in enumerate(places, start=4):
            book[H].cell(row, 3).value = None
            book[H].cell(row, 4).value = place

    answer = expect(Plant("history", edit), tmp_path)
    assert by_name(answer)["财政所"]["等次"] == grade


def merge(sheet: str, area: str):
    return lambda book: book[sheet].merge_cells(area)


MERGED = [
    Plant(
        "two-rates",
        merge("任务台账", "D4:D5"),
        (Found(ERROR, "任务台账", "D4:D5", ("合并", "取消")),),
        lost("综合办", "一季度得分", "业绩评价得分"),
    ),
    Plant(
        "科室-of-two-tasks",
        merge("任务台账", "A4:A5"),
        (Found(ERROR, "任务台账", "A4:A5", "合并"),),
        lost("综合办", "一季度得分", "二季度得分", "三季度得分", "四季度得分", "业绩评价得分"),
    ),
    Plant("title-rows-may-be-merged", merge("任务台账", "A1:M1")),
    Plant("a-note-beside-the-table-may-be-merged", merge("任务台账", "P4:Q9")),
    Plant(
        "被评科室-of-two-ballots",
        merge("履职测评", "D4:D5"),
        (Found(ERROR, "履职测评", "D4:D5", "合并"),),
        # The first ballot (90) stands, the second is void.
        {"综合办": {"班子成员评价": 90.0, "履职评价得分": 87.0, "考核得分": 92.15}},
    ),
    Plant(
        "考勤-of-two",
        merge(A, "D4:D5"),
        (Found(ERROR, A, "D4:D5", "合并"),),
        PENALTY_LOST | lost("党建办", "减分", "加减得分"),
    ),
]


@pytest.mark.parametrize("plant", MERGED, ids=lambda plant: plant.name)
def test_merged_cells_inside_a_table(plant, tmp_path):
    expect(plant, tmp_path)
