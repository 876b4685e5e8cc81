"""模拟测算: the year with changed settings beside the year as it is, on the small town, worked by hand."""

import zipfile

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.errors import WorkbookError
from jixiao.sheets.simulation import SIMULATION
from tests.checks.plant import planted
from tests.workbooks import EXAMPLE, header_of

HEADERS = ("科室", "现得分", "模拟得分", "得分变化", "现名次", "模拟名次", "名次变化", "现等次", "模拟等次")

# 减分上限 0: nothing is taken off. 党建办 94.00 + 0.5, 民政办 88.15 + 3 passes 农业办, 财政所 55.23 + 3 = 58.23.
# 较差分数线 50: 财政所 is no longer below it, and 民政办 was last in 2023, so 财政所 is 一般 (one seat of five).
NO_PENALTY = [
    ("党建办", 94.0, 94.5, 0.5, 1, 1, "—", "优秀", "优秀"),
    ("综合办", 91.4, 91.4, 0, 2, 2, "—", "优秀", "优秀"),
    ("农业办", 90.85, 90.85, 0, 3, 4, "↓1", "良好", "良好"),
    ("民政办", 88.15, 91.15, 3, 4, 3, "↑1", "良好", "良好"),
    ("财政所", 55.23, 58.23, 3, 5, 5, "—", "较差", "一般"),
]
# 业绩 and 履职 half each: 94.5/2 + 84.5/2 + 2.5 = 92.00; 88 + 2; 87.25 + 2.5; 89.25 − 3; 29.7 + 27.75 − 3.
HALVES = [
    ("党建办", 94.0, 92.0, -2, 1, 1, "—", "优秀", "优秀"),
    ("综合办", 91.4, 90.0, -1.4, 2, 2, "—", "优秀", "优秀"),
    ("农业办", 90.85, 89.75, -1.1, 3, 3, "—", "良好", "良好"),
    ("民政办", 88.15, 86.25, -1.9, 4, 4, "—", "良好", "良好"),
    ("财政所", 55.23, 54.45, -0.78, 5, 5, "—", "较差", "较差"),
]
# Seats 20 % of five: one 优秀 instead of two; 综合办 becomes 良好.
FEWER_SEATS = [
    (*line[:2], line[1], 0, line[4], line[4], "—", line[7], "良好" if line[0] == "综合办" else line[7])
    for line in NO_PENALTY
]

UNCHANGED = [(*line[:2], line[1], 0, line[4], line[4], "—", line[7], line[7]) for line in NO_PENALTY]


@pytest.fixture
def town_book(tmp_path):
    with open_book(planted(tmp_path / "town.xlsm", {})) as book:
        yield book


def try_out(book, *changes):
    """Type the changes into the sheet, row 4 on, and press the button."""
    sheet = book.sheets["模拟测算"]
    sheet.range("A4:B23").clear_contents()
    for row, change in enumerate(changes, start=4):
        sheet.range((row, 1), (row, 2)).value = list(change)
    return buttons.simulate(book)


def shown(book):
    """What stands on the sheet: the sentence, 现在的值 from the top, the comparison."""
    sheet = book.sheets["模拟测算"]
    block = sheet.range((1, 1), (40, 13)).value
    places = [block[2].index(header) for header in HEADERS]
    lines = [tuple(row[place] for place in places) for row in block[3:] if row[places[0]] is not None]
    return block[1][0], [row[2] for row in block[3:] if row[2] is not None], lines


@pytest.mark.parametrize(
    ("changes", "now", "expected"),
    [
        ([("减分上限", 0), ("较差分数线", 50)], ["不设", 60], NO_PENALTY),
        ([("较差分数线", "５０"), ("减分上限", "0")], [60, "不设"], NO_PENALTY),
        ([("业绩评价权重", 0.5), ("履职评价权重", "50%")], ["70%", "30%"], HALVES),
        ([("优秀比例", "20%"), ("良好比例", "70%")], ["30%", "60%"], FEWER_SEATS),
        ([("优秀比例", None)], ["30%"], UNCHANGED),
    ],
    ids=["penalty", "text", "weights", "seats", "default"],
)
def test_before_and_after_worked_by_hand(town_book, changes, now, expected):
    outcome = try_out(town_book, *changes)
    message, present, lines = shown(town_book)
    assert lines == expected
    assert present == now
    assert message == outcome.message
    assert message.startswith("云溪镇2024年度：")


def test_the_sentence_counts_what_changes(town_book):
    assert (
        "3 个科室的得分、2 个科室的名次、1 个科室的等次"
        in try_out(town_book, ("减分上限", 0), ("较差分数线", 50)).message
    )
    assert "都不变" in try_out(town_book, ("优秀比例", "30%")).message


def test_a_line_that_the_settings_lack_can_be_tried(tmp_path):
    with open_book(planted(tmp_path / "town.xlsm", {"参数!A34": None, "参数!A43": None})) as book:
        try_out(book, ("减分上限", 0), ("较差分数线", 50))
        assert shown(book)[2] == NO_PENALTY


def test_an_empty_value_goes_back_to_the_default(tmp_path):
    """With 减分上限 0 and 较差分数线 50 on 参数, the plan's own rules are what is tried."""
    with open_book(planted(tmp_path / "town.xlsm", {"参数!B34": 0, "参数!B43": 50})) as book:
        try_out(book, ("减分上限", None), ("较差分数线", None))
        _, present, lines = shown(book)
    assert present == [0, 50]
    before = {line[0]: (line[2], line[1], -line[3], line[5], line[4], line[8], line[7]) for line in NO_PENALTY}
    assert {line[0]: (*line[1:6], *line[7:]) for line in lines} == before
    assert [line[0] for line in lines] == ["党建办", "综合办", "民政办", "农业办", "财政所"], "in order of place now"
    assert [line[6] for line in lines] == ["—", "—", "↓1", "↑1", "—"]


def test_decimals_shown(town_book):
    """As many as the more exact of the two has."""
    try_out(town_book, ("小数位数", 3), ("取整方式", "仅最后取整"))
    sheet = town_book.sheets["模拟测算"]
    assert sheet.range("G4").number_format == "0.000"
    assert sheet.range("H4").number_format == "+0.000;-0.000;0.000"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ([], ("还没有要模拟的改动",)),
        ([("优秀比例", "130%")], ("优秀比例", "130%", "0% 到 100%")),
        ([("业绩评价权重", 0.5)], ("业绩评价权重、履职评价权重", "80%")),
        ([("并列名次", "随便"), ("名额取整", "随便")], ("只能填", "共 2 处")),
        ([("早餐费", 5)], ("早餐费", "第 4 行")),
        ([("减分上限", 0), ("减 分 上 限", 1)], ("减 分 上 限", "第 4、5 行")),
        ([(None, 5)], ("第 4 行", "没有选项目")),
    ],
    ids=["empty", "value", "total", "two", "unknown", "twice", "nameless"],
)
def test_what_cannot_be_tried_is_one_sentence_and_no_figures(town_book, changes, says):
    """Figures of an earlier try go: they would be read as the answer to this one."""
    try_out(town_book, ("减分上限", 0))
    outcome = try_out(town_book, *changes)
    message, present, lines = shown(town_book)
    assert message == outcome.message
    assert all(part in message for part in says), message
    assert message.count("。") == 1
    assert (present, lines) == ([], [])


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        ({"参数!B39": "130%"}, "校验数据"),
        (lambda book: book["模拟测算"].merge_cells("B4:B6"), "合并"),
        (lambda book: book["模拟测算"].__setitem__("B4", "=1/0"), "公式还没有算出结果"),
    ],
    ids=["present", "merged", "formula"],
)
def test_cells_nobody_can_use_are_named(tmp_path, edit, says):
    with open_book(planted(tmp_path / "town.xlsm", edit)) as book:
        book.sheets["模拟测算"].range("A4").value = "减分上限"
        message = buttons.simulate(book).message
        assert says in message
        assert shown(book)[2] == []


def test_an_incomplete_year_shows_what_can_be_computed(tmp_path):
    """A hole in 财政所's ledger: it has no score, nobody a place; the others' scores are compared all the same."""
    with open_book(planted(tmp_path / "town.xlsm", {"任务台账!D8": None})) as book:
        assert "名次和等次先空着" in try_out(book, ("减分上限", 0)).message
        lines = {line[0]: line[1:] for line in shown(book)[2]}
    nothing = (None,) * 5
    assert lines == {
        "综合办": (91.4, 91.4, 0, *nothing),
        "党建办": (94.0, 94.5, 0.5, *nothing),
        "民政办": (88.15, 91.15, 3, *nothing),
        "财政所": (None, None, None, *nothing),
        "农业办": (90.85, 90.85, 0, *nothing),
    }


def test_places_that_only_the_trial_has(tmp_path):
    """A group without ballots blocks 财政所 now; reweighting it (缺项处理) gives everyone a place and a grade."""
    gone = {f"履职测评!{column}{row}": None for row in (26, 27) for column in "EFGHI"}
    with open_book(planted(tmp_path / "town.xlsm", gone)) as book:
        try_out(book, ("缺项处理", "按其余权重折算"))
        lines = {line[0]: line[1:] for line in shown(book)[2]}
    # 班子 55 × 5/8 + 部门 60 × 3/8 = 56.875 → 56.88; 41.58 + 17.064 − 3 = 55.644.
    assert lines["财政所"] == (None, 55.64, None, None, 5, None, None, "较差")
    assert lines["党建办"] == (94.0, 94.0, 0, None, 1, None, None, "优秀")


def test_no_other_cell_of_the_workbook_changes(tmp_path):
    """Every other part of the package stays byte for byte; pressing again changes nothing at all."""
    target = tmp_path / "示例.xlsm"
    with open_book(EXAMPLE) as book:
        buttons.score(book)
        book.save(str(target))
    before = content(target)
    for presses in range(2):
        with open_book(target) as book:
            own = f"xl/worksheets/sheet{book.sheets['模拟测算'].index}.xml"
            try_out(book, ("业绩评价权重", 0.5), ("履职评价权重", 0.5), ("加分上限", 3))
            book.save()
        after = content(target)
        assert after.keys() == before.keys()
        assert {name for name in after if after[name] != before[name]} == (set() if presses else {own})
        before = after
    lines = load_workbook(target)["模拟测算"].iter_rows(min_row=4, min_col=5, max_col=5, values_only=True)
    assert len([name for (name,) in lines if name]) == 12


def content(path):
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path):
    """And a mark that turns the reading direction is shown for what it is."""

    def disguise(book):
        rename(book, "财政所", "=1+1")
        rename(book, "云溪镇", "=云\u202e溪镇")

    with open_book(planted(tmp_path / "town.xlsm", disguise)) as book:
        try_out(book, ("减分上限", 0))
        assert shown(book)[0].startswith("=云\ufffd溪镇2024年度：")
        assert "=1+1" in [line[0] for line in shown(book)[2]]
        assert book.sheets["模拟测算"].range("E8").formula == "=1+1"
        book.save(str(tmp_path / "新.xlsm"))
    assert load_workbook(tmp_path / "新.xlsm")["模拟测算"]["E8"].data_type == "s"


def rename(book, old, new):
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value == old:
                    cell.value, cell.data_type = new, "s"


def test_columns_may_be_moved(tmp_path):
    """As everywhere, columns are found by their headers; a column of the town's own is left alone."""

    def swap(book):
        sheet = book["模拟测算"]
        _, columns = header_of(sheet, "项目", "模拟值")
        sheet.cell(3, columns["模拟得分"]).value, sheet.cell(3, columns["现得分"]).value = "现得分", "模拟得分"
        sheet.cell(3, 20).value, sheet.cell(4, 20).value = "备注", "我的"

    with open_book(planted(tmp_path / "town.xlsm", swap)) as book:
        try_out(book, ("减分上限", 0), ("较差分数线", 50))
        assert shown(book)[2] == NO_PENALTY
        assert book.sheets["模拟测算"].range("T4").value == "我的"


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (lambda book: book.remove(book["模拟测算"]), "空白模板"),
        ({"模拟测算!B3": "改成"}, "模拟值"),
    ],
    ids=["sheet", "header"],
)
def test_without_the_sheet_or_a_header_nothing_is_written(tmp_path, edit, says):
    target = planted(tmp_path / "town.xlsm", edit)
    before = target.read_bytes()
    with open_book(target) as book:
        with pytest.raises(WorkbookError, match=says):
            buttons.simulate(book)
        book.save()
    assert target.read_bytes() == before


def test_scoring_and_checking_leave_the_sheet_alone(town_book):
    """It is none of the sheets that are read or rewritten at each scoring."""
    try_out(town_book, ("减分上限", 0))
    before = town_book.sheets[SIMULATION.name].range("A1:M40").value
    buttons.score(town_book)
    buttons.check(town_book)
    assert town_book.sheets[SIMULATION.name].range("A1:M40").value == before
