"""Slips that no single cell shows: each sentence of the contract with its fault planted, and its near miss."""

from datetime import date

import pytest

from jixiao import buttons
from jixiao.engines.file import open_book
from tests.checks.plant import ERROR, HINT, WARNING, Found, check_findings, planted, scored
from tests.test_checks_points import entry
from tests.test_settings import S, settings

T, B, P, A, H = "任务台账", "履职测评", "加减分", "考勤", "历年结果"


def rates(row: int, *values: object) -> dict[str, object]:
    return {f"{T}!{column}{row}": value for column, value in zip("DEFG", values, strict=False)}


def marks(value: object, *rows: int) -> dict[str, object]:
    return {f"{B}!{column}{row}": value for row in rows for column in "EFGHI"}


def paper(number: object, *lines: tuple[int, str, tuple[object, ...]], group: str = "班子成员") -> dict[str, object]:
    """Ballots of one number in free rows: row, 被评科室 and the five marks."""
    cells: dict[str, object] = {}
    for row, name, given in lines:
        cells |= dict(zip((f"{B}!{column}{row}" for column in "ABCD"), (number, group, None, name), strict=True))
        cells |= dict(zip((f"{B}!{column}{row}" for column in "EFGHI"), given, strict=True))
    return cells


def percent(book, *cells: str) -> None:
    for cell in cells:
        book[T][cell].number_format = "0%"


def mixed_weights(book) -> None:
    """综合办's two tasks: 50 % beside a plain 3."""
    book[T]["C4"].value = 0.5
    percent(book, "C4")


def all_in_percent(book) -> None:
    book[T]["C4"].value, book[T]["C5"].value = 0.25, 0.75
    percent(book, "C4", "C5")


def weight_beside_empty(book) -> None:
    mixed_weights(book)
    book[T]["C5"].value = None


LEDGER = {
    "R0-任务权重-in-per-cent-mixed-with-plain-numbers": (mixed_weights, (Found(ERROR, T, "C4", "综合办"),)),
    "R0-任务权重-in-per-cent-mixed-with-empty-cells": (weight_beside_empty, (Found(ERROR, T, "C4", "空着"),)),
    "R0-任务权重-in-per-cent-as-text": ({f"{T}!C4": "50%"}, (Found(ERROR, T, "C4", "百分数"),)),
    "R0-任务权重-in-per-cent-throughout": (all_in_percent, ()),
    "R0-任务权重-as-plain-fractions": ({f"{T}!C4": 0.25, f"{T}!C5": 0.75}, ()),
    "R1-one-任务-twice": ({f"{T}!B5": "办 文"}, (Found(WARNING, T, "B5", ("第 4 行", "办 文")),)),
    "R1-one-任务-in-two-科室": ({f"{T}!B6": "办文"}, ()),
    "R2-a-rate-of-0": (rates(4, 0), (Found(WARNING, T, "D4", ("综合办有 1 个", "“/”")),)),
    "R2-zeros-one-finding-per-科室": (
        rates(4, 0, 0) | rates(5, 0, 0.8, 0.8, 0) | rates(6, 0),
        (Found(WARNING, T, "D4", ("综合办有 4 个", "D4:D5、E4、G5")), Found(WARNING, T, "D6", "党建办有 1 个")),
    ),
    "R2-below-a-fifth-of-two-earlier": (rates(4, 0.9, 0.8, 0.159), (Found(WARNING, T, "F4", ("15.9%", "80%")),)),
    "R2-a-fifth-of-two-earlier": (rates(4, 0.9, 0.8, 0.16), ()),
    "R2-one-earlier-quarter-is-too-few": (rates(4, 0.9, 0.12), ()),
    "R2-below-an-eighth-of-three-others": (rates(4, 0.11, 0.9, 0.9, 0.9), (Found(WARNING, T, "D4", "11%"),)),
    "R2-an-eighth-of-three-others": (rates(4, 0.1125, 0.9, 0.9, 0.9), ()),
    "R2-milestones": (rates(4, 0.1, 0.3, 0.6, 1), ()),
    "R2-up-to-2-per-cent-is-told-once": (rates(4, 0.9, 0.9, 0.9, 0.01), (Found(WARNING, T, "G4", "是不是想填"),)),
    "R2-已完成-suggests-the-number": (rates(4, "已完成"), None),
    "item-4-one-wrong-name-in-many-rows": (
        {f"{T}!A{row}": "综和办" for row in (4, 5, 12)} | {f"{T}!B12": "办会"},
        None,
    ),
}


@pytest.mark.parametrize(("edit", "found"), LEDGER.values(), ids=LEDGER)
def test_a_slip_in_the_ledger(edit, found, tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    if found is not None:
        check_findings(lines, found)


def test_a_word_for_done_is_an_error_that_suggests_the_number(tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", rates(4, "已完成")))["校验"]
    assert [line["建议"] for line in lines if line["单元格"] == "D4"] == ["请填百分数：全部完成填 100%"]


def test_one_wrong_name_in_many_rows_is_one_finding_with_its_cells(tmp_path):
    cells = {f"{T}!A{row}": "综和办" for row in (4, 5, 12)} | {f"{T}!B12": "办会"}
    lines = [line for line in scored(planted(tmp_path / "town.xlsm", cells))["校验"] if line["代码"] == "T01"]
    assert [(line["单元格"], "（共 3 处：A4:A5、A12）" in line["问题"]) for line in lines] == [("A4", True)]


EQUAL = ((90, 85, 80, 95, 90), (80, 85, 80, 75, 70), (60, 65, 70, 75, 80), (50, 55, 50, 55, 50), (88, 86, 84, 82, 80))
NAMES = ("综合办", "党建办", "民政办", "财政所", "农业办")


def whole(number: object, first: int, given: tuple[tuple[object, ...], ...] = EQUAL) -> dict[str, object]:
    return paper(number, *((first + at, name, line) for at, (name, line) in enumerate(zip(NAMES, given, strict=True))))


PAPERS = {
    "R4-five-zeros": (marks(0, 5), (Found(WARNING, B, "E5", ("班子成员 2 号票", "1 个科室", "弃权")),)),
    "R4-four-zeros": ({f"{B}!{c}5": 0 for c in "EFGH"}, (Found(HINT, B, "E5", "工作业绩 0、担当作为 0"),)),
    "R4-a-rater-whose-marks-are-all-up-to-10": (
        {**marks(9, 4), **marks(10, 10, 16), **marks(8.5, 22, 28)},
        (Found(WARNING, B, "A4", ("1 号票", "十分制")),),
    ),
    "R4-one-mark-above-10": (
        {**marks(9, 4), **marks(10, 10, 16), **marks(8.5, 22, 28), f"{B}!E4": 11},
        None,
    ),
    "R4-two-papers-equal-in-every-mark": (
        whole(8, 34) | whole(9, 39),
        (Found(WARNING, B, "A34", ("班子成员 8、9 号票", "一模一样", "A34、A39")),),
    ),
    "R4-two-papers-but-for-one-mark": (whole(8, 34) | whole(9, 39) | {f"{B}!I43": 81}, ()),
    "R4-two-papers-all-of-one-mark": (
        whole(8, 34, ((80,) * 5,) * 5) | whole(9, 39, ((80,) * 5,) * 5),
        (Found(HINT, B, "A34", "完全一样"), Found(HINT, B, "A39", "完全一样")),
    ),
    "R4-below-a-third-of-the-raters-median": (
        {f"{B}!F4": 29.9},
        (Found(HINT, B, "F4", ("班子成员 1 号票", "担当作为 29.9", "中间水平是 90")),),
    ),
    "R4-a-third-of-the-raters-median": ({f"{B}!F4": 30}, ()),
    "R4-of-a-harsh-rater": ({**marks(29, 22), **marks(40, 4, 10, 16), **marks(40, 28)}, None),
    "R5-own-votes-one-per-group": (
        {f"{B}!C6": "综合办", f"{B}!C12": "党建办", f"{B}!C4": "综合办"},
        (
            Found(WARNING, B, "C6", ("部门负责人有 2 张", "第 6、12 行", "不用改")),
            Found(WARNING, B, "C4", "班子成员有 1 张"),
        ),
    ),
    "R5-a-科室-that-one-票号-skipped": (
        {f"{B}!{column}5": None for column in "ABCDEFGHI"},
        (Found(WARNING, B, "A11", ("班子成员收回 2 人的票", "2 号票没有评综合办")),),
    ),
    "R5-told-once-for-what-the-same-票号-skipped": (
        {f"{B}!{column}{row}": None for row in (5, 11) for column in "ABCDEFGHI"},
        (Found(WARNING, B, "A17", "2 号票没有评综合办、党建办"),),
    ),
    "R5-a-group-each-of-whom-rates-some": ({f"{B}!{column}6": None for column in "ABCDEFGHI"}, ()),
    "R5-fewer-than-应测人数": (settings(班子成员应测人数=3), (Found(HINT, B, "B3", "只收回 2 人"),)),
    "R6-票号-that-look-alike": (
        {f"{B}!A{row}": "A01" for row in (4, 10, 16, 22, 28)} | {f"{B}!A{row}": "AO1" for row in (5, 11, 17, 23, 29)},
        (Found(WARNING, B, "A5", ("“A01”和“AO1”", "看错")),),
    ),
    "R6-票号-of-two-主体": ({f"{B}!A{row}": "l" for row in (8, 14, 20, 26, 32)}, ()),
    "item-4-a-wrong-票号": (
        {f"{B}!A{row}": 1 for row in (5, 11, 17, 23, 29)},
        None,
    ),
    "item-4-a-careless-ballot": ({f"{B}!E{row}": None for row in (4, 10, 16)}, None),
}


@pytest.mark.parametrize(("edit", "found"), PAPERS.values(), ids=PAPERS)
def test_a_slip_in_the_papers(edit, found, tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    if found is not None:
        check_findings(lines, found)


@pytest.mark.parametrize(
    ("cells", "code", "cell", "said"),
    [
        pytest.param(
            {f"{B}!A{row}": 1 for row in (5, 11, 17, 23, 29)},
            "B08",
            "A4",
            (
                "1 号票对综合办、党建办、民政办、财政所、农业办",
                "（共 10 处：A4:A5、A10:A11、A16:A17、A22:A23、A28:A29）",
            ),
            id="a-wrong-票号",
        ),
        pytest.param(
            {f"{B}!E{row}": None for row in (4, 10, 16)}, "B06", "E4", ("（共 3 处：E4、E10、E16）",), id="partly-empty"
        ),
        pytest.param(
            {f"{B}!E4": 101, f"{B}!F10": 120}, "B05", "E4", ("101、120", "（共 2 处：E4、F10）"), id="out-of-range"
        ),
        pytest.param({f"{B}!E4": "好", f"{B}!F10": "行"}, "B04", "E4", ("“好、行”", "E4、F10"), id="no-marks"),
    ],
)
def test_one_careless_paper_is_one_finding_with_its_cells(cells, code, cell, said, tmp_path):
    lines = [line for line in scored(planted(tmp_path / "town.xlsm", cells))["校验"] if line["代码"] == code]
    assert [line["单元格"] for line in lines] == [cell]
    assert all(part in lines[0]["问题"] for part in said), lines


def honour(row: int, number: object, **cells: object) -> dict[str, object]:
    """A 表彰 of 综合办 under a number, a text and a document of its own."""
    line = {"级别": "县级", "编号": number, "事项": f"先进{row}号", "依据": f"云发〔2024〕{row}号"} | cells
    return entry(row, "表彰", **line)


ENTRIES = {
    "R6-repeated-事项-with-an-empty-编号": (
        honour(10, None, 事项="先进") | honour(11, "K1", 事项="先进"),
        (Found(WARNING, P, "C11", "第 10 行"),),
    ),
    **{
        f"R6-编号-that-look-alike-{other}": (
            honour(10, "ZS01") | honour(11, other),
            (Found(WARNING, P, "D11", ("“ZS01”", f"“{other}”", "第 10 行")),),
        )
        for other in ("ZS1", "ZSO1", "ZS-01", "ZX01")
    },
    "R6-编号-that-count": (honour(10, "ZS01") | honour(11, "ZS02") | honour(12, "ZS02a"), ()),
    "R6-look-alikes-in-two-类别": (honour(10, "ZS01") | entry(11, "招商项目", 编号="ZSO1", 依据="会议纪要8号"), ()),
    "R6-look-alikes-in-two-科室": (honour(10, "ZS01") | honour(11, "ZSO1", 科室="农业办"), ()),
    "R6-one-认定依据-and-事项-in-two-科室": (
        honour(10, "K1", 事项="先进", 依据="云发〔2024〕7号")
        | honour(11, "K1", 科室="农业办", 事项="先进", 依据="云发〔2024〕7号"),
        (Found(WARNING, P, "K11", ("综合办第 10 行", "计分比例")),),
    ),
    "R6-in-two-科室-with-计分比例": (
        honour(10, "K1", 事项="先进", 依据="云发〔2024〕7号", 比例=0.5)
        | honour(11, "K1", 科室="农业办", 事项="先进", 依据="云发〔2024〕7号", 比例=0.5),
        (),
    ),
    "R6-one-decision-for-two-科室-with-two-事项": (
        honour(10, "K1", 依据="云发〔2024〕7号") | honour(11, "K2", 科室="农业办", 依据="云发〔2024〕7号"),
        (),
    ),
    "R6-one-认定依据-twice-with-two-编号": (
        honour(10, "K1", 依据="云发〔2024〕7号") | honour(11, "K2", 依据="云发〔2024〕7号"),
        (Found(HINT, P, "H11", ("第 10 行", "编号不同")),),
    ),
    "R7-one-编号-under-two-penalties": (
        entry(10, "媒体曝光", 编号="K1") | entry(11, "通报批评", 级别="县委、县政府", 编号="K1"),
        (Found(HINT, P, "D11", "K1"),),
    ),
    "R7-a-decided-value-above-单项认定提醒线": (
        entry(10, "突出贡献", 分值=10.5),
        (Found(WARNING, P, "F10", ("10.5 分", "10 分")),),
    ),
    "R7-at-单项认定提醒线": (entry(10, "突出贡献", 分值=10), ()),
    "R7-a-final-score-above-120": (
        entry(10, "突出贡献", 分值=30),
        (Found(WARNING, P, "F10", "30 分"), Found(WARNING, "考核结果", None, ("综合办", "121.4"))),
    ),
    "R8-a-文号-of-the-year-before": (
        honour(10, "K1", 依据="云发〔2023〕9号"),
        (Found(WARNING, P, "H10", ("〔2023〕", "2024 年以前")),),
    ),
    "R8-told-with-the-dates-own": (
        honour(10, "K1", 依据="云发〔2023〕9号", 日期=date(2023, 5, 1)),
        (Found(WARNING, P, "G10", "2023-05-01"),),
    ),
    "R8-next-years-minutes": (honour(10, "K1", 依据="会议纪要〔2025〕1号"), ()),
    "R8-other-类别-outside-the-year": (
        entry(10, "信息采用", 日期=date(2023, 5, 1)),
        (Found(WARNING, P, "G10", "仍然计分"),),
    ),
    "R15-counted-bonus-rows-without-党委会研究": (
        {f"{P}!J4": None, f"{P}!J6": "/"},
        (Found(WARNING, P, "J4", ("有 2 项", "J4、J6")),),
    ),
    "R15-a-row-that-gave-way": ({f"{P}!J5": None}, ()),
    "R15-a-penalty": ({f"{P}!J7": None}, ()),
    "R15-before-the-year-is-complete": (
        {f"{P}!J4": None} | {f"{T}!G{row}": None for row in range(4, 12)},
        (Found(HINT, T, "G3", "四季度"),),
    ),
    "R15-without-the-column": ({f"{P}!J3": "备注"}, ()),
}


@pytest.mark.parametrize(("edit", "found"), ENTRIES.values(), ids=ENTRIES)
def test_a_slip_in_the_points(edit, found, tmp_path):
    check_findings(scored(planted(tmp_path / "town.xlsm", edit))["校验"], found)


STANDARDS = {
    "R7-分值-more-than-double": ({f"{S}!E4": 10.5}, (Found(WARNING, S, "E4", ("10.5", "5", "四(二)3加①")),)),
    "R7-分值-double": ({f"{S}!E4": 10}, ()),
    "R7-分值-more-than-double-under-a-clause-of-its-own": ({f"{S}!E4": 50, f"{S}!M4": "镇发〔2024〕3号"}, ()),
    "R7-最高分-more-than-double": ({f"{S}!G8": 10.5}, (Found(WARNING, S, "G8", "10.5"),)),
    "R7-方向-turned": ({f"{S}!B4": "减"}, (Found(WARNING, S, "B4", ("招商项目", "相反")),)),
    "R7-方向-turned-under-a-clause-of-its-own": ({f"{S}!B4": "减", f"{S}!M4": "镇发〔2024〕3号"}, ()),
    "R7-levels-upside-down": (
        {f"{S}!C8": "县级", f"{S}!C10": "国家级"},
        (Found(WARNING, S, "C9", "“县级”排在“市级”前面"),),
    ),
    "R7-评价系数-above": ({"科室!B5": 1.21}, (Found(WARNING, "科室", "B5", "0.8 到 1.2"),)),
    "R7-评价系数-below": ({"科室!B7": 0.79}, (Found(WARNING, "科室", "B7", "0.79"),)),
    "R7-评价系数-at-the-limits": ({"科室!B5": 1.2, "科室!B7": 0.8}, ()),
}


@pytest.mark.parametrize(("edit", "found"), STANDARDS.values(), ids=STANDARDS)
def test_a_slip_in_the_standards(edit, found, tmp_path):
    check_findings(scored(planted(tmp_path / "town.xlsm", edit))["校验"], found)


DAYS = {
    "R7-a-科室-left-out": (
        {f"{A}!{column}4": None for column in "ABC"},
        (Found(WARNING, A, "A3", "没有综合办"),),
    ),
    "R7-nobody-listed": ({f"{A}!{column}{row}": None for row in range(4, 9) for column in "ABCDE"}, ()),
    "R7-出勤率-below-the-line": ({f"{A}!C4": 224}, (Found(WARNING, A, "D4", ("89.6%", "90%")),)),
    "R7-出勤率-next-to-the-line": (
        {f"{A}!B4": 10000, f"{A}!C4": 8999},
        (Found(WARNING, A, "D4", "89.9%"),),
    ),
    "R7-出勤率-at-the-line": ({f"{A}!C4": 225}, ()),
    "R7-出勤率-below-with-扣分说明": ({f"{A}!C4": 200, f"{A}!E4": "产假"}, ()),
    "R7-出勤率-below-with-a-deduction": ({f"{A}!C4": 200, f"{A}!D4": 1, f"{A}!E4": "缺勤"}, ()),
    "R7-a-deduction-at-full-attendance": (
        {f"{A}!C5": 250},
        (Found(WARNING, A, "D5", ("党建办全勤", "0.5 分")),),
    ),
    "R7-a-deduction-without-扣分说明": ({f"{A}!E5": None}, (Found(WARNING, A, "E5", "没有写扣分说明"),)),
    "R7-酌情扣分-above-the-line": ({f"{A}!D5": 11}, (Found(WARNING, A, "D5", ("11 分", "10 分")),)),
    "R7-without-the-column-of-reasons": ({f"{A}!E3": "备注", f"{A}!C4": 200}, ()),
}


@pytest.mark.parametrize(("edit", "found"), DAYS.values(), ids=DAYS)
def test_a_slip_in_the_days(edit, found, tmp_path):
    check_findings(scored(planted(tmp_path / "town.xlsm", edit))["校验"], tuple(found))


GONE = {f"{H}!{column}{row}": None for row in range(4, 9) for column in "ABCDE"}
LAST_ROW = {f"{H}!{column}7": None for column in "ABCDE"}  # 财政所, last this year
YEARS = {
    "R12-a-missing-year": (GONE, (Found(WARNING, H, "A3", ("2023", "今年最后一名")),)),
    "R12-a-year-without-this-years-last": (LAST_ROW, (Found(WARNING, H, "A4", ("财政所", "今年最后一名")),)),
    "R12-a-partial-year-in-which-another-was-behind": (
        {f"{H}!{column}5": None for column in "ABCDE"},
        (Found(HINT, H, "A4", "党建办"),),
    ),
    "R12-a-partial-year-in-which-this-years-last-was-behind-all": (
        {f"{H}!{column}6": None for column in "ABCDE"},
        (Found(WARNING, H, "A4", "民政办"),),
    ),
    "R12-no-complete-list-this-year": (
        GONE | {f"{T}!G4": None},
        (Found(HINT, H, "A3", "2023"), Found(ERROR, T, "G4", "没有填写")),
    ),
}


@pytest.mark.parametrize(("edit", "found"), YEARS.values(), ids=YEARS)
def test_a_year_that_is_missing_is_graver_where_it_may_concern_this_years_last(edit, found, tmp_path):
    check_findings(scored(planted(tmp_path / "town.xlsm", edit))["校验"], found)


def forward(edit, tmp_path) -> set[str]:
    """Who is put forward first, by 结果运用."""
    with open_book(planted(tmp_path / "town.xlsm", edit)) as book:
        outcome = buttons.score(book)
    assert outcome.scored is not None
    return {str(line["科室"]) for line in outcome.scored.consequences if "优先" in str(line["事项"])}


def test_who_is_poor_or_held_down_by_a_ceiling_is_never_put_forward(tmp_path):
    assert forward({}, tmp_path) == {"党建办", "综合办", "农业办"}
    assert forward({f"{S}!K11": "良好"}, tmp_path) == {"党建办", "农业办"}  # 综合办 has 信息采用
    assert forward({f"{S}!K10": "良好"}, tmp_path) == {
        "党建办",
        "综合办",
        "农业办",
    }  # 良好 by its place: held by nothing
    assert forward(settings(较差分数线=91), tmp_path) == {"党建办", "综合办"}


def test_a_finding_in_a_hidden_or_filtered_row_says_so(tmp_path):
    def edit(book):
        book[T]["D4"].value, book[T]["D6"].value, book[T]["D8"].value = "已完成", "已完成", "快了"
        for row in (6, 7, 8):
            book[T].row_dimensions[row].hidden = row != 7

    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    said = {line["单元格"]: "隐藏" in line["建议"] for line in lines if line["工作表"] == T}
    assert said == {"D4": False, "D6": True, "D8": True}


def copied(name: str):
    def edit(book):
        book.copy_worksheet(book[T]).title = name

    return edit


STRAYS = {
    **{
        f"2-a-sheet-that-is-not-read-{name}": (copied(name), (Found(WARNING, T, "A3", (name, "不读")),))
        for name in ("任务台账 (2)", "任务台账副本", "任务台账 - 副本", "任务台账备份")
    },
    "2-a-value-typed-into-默认值": ({"参数!C6": "50%"}, (Found(WARNING, "参数", "C6", ("前三季度权重", "“50%”")),)),
    "2-the-default-as-a-number": ({"参数!C6": 0.4}, ()),
    "2-more-than-ten-empty-rows": (entry(21, "信息采用"), (Found(WARNING, P, "A21", "第 10 行到第 20 行"),)),
    "2-ten-empty-rows": (entry(20, "信息采用"), ()),
    "2-日期-missing-while-an-unknown-column-holds-dates": (
        {f"{P}!G3": "发文日期", **{f"{P}!G{row}": date(2024, 5, 1) for row in range(4, 10)}},
        (Found(WARNING, P, "G3", ("“日期”", "发文日期")),),
    ),
    "2-计分比例-missing-while-an-unknown-column-holds-shares": (
        {f"{P}!K3": "占比", f"{P}!K4": 0.5, f"{P}!K6": "50%"},
        (Found(WARNING, P, "K3", ("“计分比例”", "占比")),),
    ),
    "2-计分比例-missing-beside-a-column-of-words": ({f"{P}!K3": "备注", f"{P}!K4": "合办"}, ()),
}


@pytest.mark.parametrize(("edit", "found"), STRAYS.values(), ids=STRAYS)
def test_what_is_not_read_as_one_may_think(edit, found, tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    check_findings([line for line in lines if line["代码"] != "P11"], found)
