"""Sheets and columns as staff leave them: moved, renamed, missing, pasted past the table (section 2)."""

import json
import re
from collections.abc import Callable, Sequence

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook

from jixiao.cli import main
from tests.checks.plant import (
    ERROR,
    HINT,
    WARNING,
    Found,
    Plant,
    by_name,
    expect,
    lost,
    planted,
    points,
    scored,
    type_into,
)
from tests.checks.town import EXPECTED, NAMES

INPUTS = ("参数", "加减分标准", "科室", "任务台账", "履职测评", "加减分", "考勤", "历年结果")
OUTPUTS = ("校验结果", "季度得分", "考核结果", "结果运用")
ESSENTIAL = ("科室", "任务台账", "履职测评")
HEADER = 3


def lay_out(book: Workbook, name: str, order: Callable[[list[int]], Sequence[int]] = list, top: int = HEADER) -> None:
    """Write a sheet's header and rows again with the columns in another order and the header in row `top`."""
    sheet = book[name]
    for table in list(sheet.tables):
        del sheet.tables[table]
    block = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEADER)]
    for row in sheet.iter_rows():
        for cell in row:
            cell.value = None
            cell.number_format = "General"
    width = max(place + 1 for place, cell in enumerate(block[0]) if cell is not None)
    for number, row in enumerate(block, start=top):
        for place, source in enumerate(order(list(range(width))), start=1):
            sheet.cell(number, place).value = row[source]


def every(*names: str, **how: object) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        for name in names:
            lay_out(book, name, **how)  # type: ignore[arg-type]

    return edit


def without(*names: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        for name in names:
            del book[name]

    return edit


def move_row(sheet: str, source: int, target: int, columns: str) -> Callable[[Workbook], None]:
    def edit(book: Workbook) -> None:
        for column in columns:
            book[sheet][f"{column}{target}"].value = book[sheet][f"{column}{source}"].value
            book[sheet][f"{column}{source}"].value = None

    return edit


def both(*edits: Callable[[Workbook], None]) -> Callable[[Workbook], object]:
    return lambda book: [edit(book) for edit in edits]


def reorder_sheets(book: Workbook) -> None:
    book._sheets.reverse()
    book.active = 0


def rename(sheet: str, title: str) -> Callable[[Workbook], None]:
    return lambda book: setattr(book[sheet], "title", title)


def headers_of_another_sheet_above(book: Workbook) -> None:
    lay_out(book, "任务台账", top=6)
    type_into(
        book,
        {
            "任务台账!A3": "科室",
            "任务台账!B3": "任务",
            "任务台账!D3": "一季度完成率",
            "任务台账!A4": "示例",
            "任务台账!B4": "示例",
        },
    )


def totals_rows(book: Workbook) -> None:
    """Every table of entries with its totals row switched on: a word, a number, and formulas for the rest."""
    for name in INPUTS:
        sheet = book[name]
        for table in sheet.tables.values():
            left, top, right, _ = range_boundaries(table.ref)
            column = [cell.value for cell in sheet["A"]]
            bottom = max(row for row, value in enumerate(column, start=1) if value is not None) + 1
            table.ref = f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"
            table.totalsRowCount = 1
            for place in range(left, right + 1):
                sheet.cell(bottom, place).value = f"=SUBTOTAL(109,{get_column_letter(place)}{top + 1})"
            sheet.cell(bottom, left).value, sheet.cell(bottom, left + 3).value = "汇总", 0.5


def far(sheet: str, cell: str) -> Found:
    """What is said of a row below many empty ones, which counts."""
    return Found(WARNING, sheet, cell, ("空着", "照常计入"))


UNCHANGED = [
    Plant("totals-rows-are-no-entries", totals_rows),
    Plant(
        "columns-reversed", every(*INPUTS, order=lambda places: places[::-1]), (Found(HINT, "加减分", "J5"),), gone=True
    ),
    Plant("header-in-row-1", every(*INPUTS, top=1), (Found(HINT, "加减分", "D3"),), gone=True),
    Plant("header-in-row-10", every(*INPUTS, top=10), (Found(HINT, "加减分", "D12"),), gone=True),
    Plant("part-of-the-headers-above-is-no-header", headers_of_another_sheet_above),
    Plant("sheets-reversed", reorder_sheets),
    Plant("an-unknown-sheet", lambda book: book.create_sheet("说明2", 0).append(["科室", "任务"])),
    *(Plant(f"sheet-named-{title!r}", rename("任务台账", title)) for title in (" 任务台账", "任务 台账", "任务　台账")),
    Plant(
        "headers-with-blanks-and-breaks",
        {
            "任务台账!A3": " 科 室",
            "任务台账!D3": "一季度\n完成率",
            "任务台账!G3": "四季度　完成率 ",
            "履职测评!A3": "票　号",
            "科室!B3": "评价\n系数",
            "参数!B3": " 值 ",
            "加减分!D3": "同一事项 编号",
            "历年结果!A3": "年 度",
        },
    ),
    Plant(
        "unknown-columns",
        {"任务台账!Z3": "备注", "任务台账!Z4": "自己记的", "履职测评!K3": "录入人", "履职测评!K4": "#REF!"},
    ),
    Plant(
        "optional-columns-missing",
        {
            **{f"任务台账!{column}3": "自用" for column in "HIJKLM"},
            **{f"科室!{column}3": None for column in "E"},
            **{f"加减分!{column}3": "其他" for column in "IJK"},
            **{f"考勤!{column}3": None for column in "BCE"},
            **{f"参数!{column}3": None for column in "CDE"},
            **{f"加减分标准!{column}3": None for column in "FGHIJKLM"},
        },
    ),
    Plant("a-task-past-the-table", move_row("任务台账", 5, 200, "ABCDEFG"), (far("任务台账", "A200"),)),
    Plant("a-ballot-past-the-table", move_row("履职测评", 33, 500, "ABCDEFGHI"), (far("履职测评", "A500"),)),
    Plant("points-past-the-table", move_row("加减分", 9, 90, "ABCDEFGH"), (far("加减分", "A90"),)),
    Plant("a-科室-past-the-table", move_row("科室", 8, 60, "ABCD"), (far("科室", "A60"),)),
    Plant(
        "attendance-and-history-past-the-table",
        both(move_row("考勤", 8, 99, "ABCD"), move_row("历年结果", 8, 99, "ABCDE")),
        (far("考勤", "A99"), far("历年结果", "A99")),
    ),
    Plant(
        "blank-rows-between",
        both(move_row("任务台账", 11, 30, "ABCDEFG"), move_row("履职测评", 4, 60, "ABCDEFGHI")),
        (far("任务台账", "A30"), far("履职测评", "A60")),
    ),
    Plant("blanks-are-no-entry", {"任务台账!A20": "　", "任务台账!D20": " ", "履职测评!A50": " ", "加减分!C20": "\n"}),
]


@pytest.mark.parametrize("plant", UNCHANGED, ids=lambda plant: plant.name)
def test_where_things_stand_does_not_matter(plant, tmp_path):
    expect(plant, tmp_path)


def test_a_fault_past_the_table_names_its_own_cell(tmp_path):
    cells = {"任务台账!A120": "农业办", "任务台账!B120": "抗旱", "任务台账!E120": 0.5}
    found = (
        far("任务台账", "A120"),
        *(Found(ERROR, "任务台账", f"{column}120", "没有填写") for column in "DFG"),
    )
    changed = {
        "农业办": {"二季度得分": 67.5}
        | lost("农业办", "一季度得分", "三季度得分", "四季度得分", "业绩评价得分")["农业办"]
    }
    expect(Plant("past", cells, found, changed), tmp_path)


POINTLESS = {
    "综合办": (0, 0, 89.4),
    "党建办": (0, 0.5, 91.0),
    "民政办": (0, 0, 91.15),
    "财政所": (0, 1, 57.23),
    "农业办": (0, 0, 88.35),
}

MISSING = [
    Plant(
        "参数",
        without("参数"),
        (Found(HINT, "参数", None, "参数"), Found(HINT, "参数", None, "2024"), Found(HINT, "参数", None, "“XX镇”")),
    ),
    Plant("加减分标准", without("加减分标准"), (Found(HINT, "加减分标准", None, "加减分标准"),)),
    Plant(
        "加减分",
        without("加减分"),
        (Found(HINT, "加减分", None, "加减分"),),
        {name: points(name, *figures)[name] for name, figures in POINTLESS.items()},
        gone=True,
    ),
    Plant(
        "考勤",
        without("考勤"),
        (Found(HINT, "考勤", None, "考勤"),),
        points("党建办", 3.0, 0.0, 94.5) | points("财政所", 0.0, 2.0, 56.23),
    ),
    Plant(
        "历年结果",
        without("历年结果"),
        (Found(HINT, "历年结果", None, "工作簿"), Found(WARNING, "历年结果", None, "2023")),
    ),
]


@pytest.mark.parametrize("plant", MISSING, ids=lambda plant: plant.name)
def test_a_missing_optional_sheet_means_defaults(plant, tmp_path):
    expect(plant, tmp_path)


UNREADABLE = [
    Plant(
        "加减分",
        {"加减分!B3": "种类"},
        (Found(ERROR, "加减分", "A1", "类别"),),
        {n: lost(n, "加分", "减分", "加减得分")[n] for n in NAMES},
        gone=True,
    ),
    Plant(
        "考勤",
        {"考勤!D3": "扣"},
        (Found(ERROR, "考勤", "A1", "酌情扣分"),),
        {n: lost(n, "减分", "加减得分")[n] for n in NAMES},
    ),
]


@pytest.mark.parametrize("plant", UNREADABLE, ids=lambda plant: plant.name)
def test_an_optional_sheet_with_entries_but_without_its_headers_is_not_taken_as_empty(plant, tmp_path):
    expect(plant, tmp_path)


UNUSABLE = [
    *(pytest.param(without(name), name, id=f"without-{name}") for name in ESSENTIAL),
    pytest.param(lambda book: type_into(book, {"科室!B3": "系数值"}), "评价系数", id="科室-header"),
    pytest.param(lambda book: type_into(book, {"任务台账!F3": "三季度完成"}), "三季度完成率", id="ledger-header"),
    pytest.param(lambda book: type_into(book, {"履职测评!A3": None}), "票号", id="ballot-header"),
    pytest.param(every("任务台账", top=11), "任务台账", id="header-in-row-11"),
    pytest.param(rename("科室", "科室1"), "科室", id="sheet-renamed"),
]


@pytest.mark.parametrize("command", ["score", "check"])
@pytest.mark.parametrize(("edit", "named"), UNUSABLE)
def test_an_unusable_file_is_one_chinese_sentence_and_stays_untouched(edit, named, command, tmp_path, capsys):
    file = planted(tmp_path / "town.xlsm", edit)
    before = file.read_bytes()
    assert main([command, str(file), "--json", str(tmp_path / "answer.json")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.strip().splitlines()) == 1
    assert named in err
    assert re.search(r"[\u4e00-\u9fff]", err)
    assert "Traceback" not in err
    assert file.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name != "log"] == ["town.xlsm"]


def cells_of(book: Workbook, names: Sequence[str]) -> dict[str, object]:
    return {
        f"{name}!{cell.coordinate}": cell.value
        for name in names
        for row in book[name].iter_rows()
        for cell in row
        if cell.value is not None
    }


def test_scoring_writes_no_input_cell_and_leaves_unknown_columns_alone(tmp_path):
    extra = {
        "任务台账!Z3": "备注",
        "任务台账!Z4": "自己记的",
        "任务台账!Y5": "=1+1",
        "加减分!P4": 7,
        "任务台账!D6": "已完成",
    }
    file = planted(tmp_path / "town.xlsm", extra)
    before = cells_of(load_workbook(file), INPUTS)
    assert main(["score", str(file), "--json", str(tmp_path / "answer.json")]) == 1
    after = cells_of(load_workbook(file), INPUTS)
    changed = {place for place in before.keys() | after.keys() if before.get(place) != after.get(place)}
    assert changed
    assert all(re.fullmatch(r"加减分![LM]\d+", place) for place in changed), changed


def test_scoring_leaves_a_totals_row_as_it_is(tmp_path):
    """Also in the columns the program writes, above it and below."""
    file = planted(tmp_path / "town.xlsm", both(totals_rows, move_row("加减分", 9, 30, "ABCDEFGH")))
    before = load_workbook(file)["加减分"]
    (row,) = (range_boundaries(table.ref)[3] for table in before.tables.values())
    assert main(["score", str(file), "--json", str(tmp_path / "answer.json")]) == 0
    after = load_workbook(file)["加减分"]
    assert [cell.value for cell in after[row]] == [cell.value for cell in before[row]]
    assert all(after.cell(place, 12).value is not None for place in (row - 3, 30)), "计分 above and below"


def test_missing_output_sheets_keep_no_figure_from_the_clerk(tmp_path):
    """The workbook still gets its results: the sheets are made anew, or their absence is said."""
    file = planted(tmp_path / "town.xlsm", without(*OUTPUTS))
    answer = tmp_path / "answer.json"
    code = main(["score", str(file), "--json", str(answer)])
    told = json.loads(answer.read_text("utf-8"))
    assert by_name(told)["综合办"]["考核得分"] == EXPECTED["综合办"][-1]
    made = load_workbook(file).sheetnames
    assert code == 0
    assert set(OUTPUTS) <= set(made)


def test_columns_the_program_writes_may_be_missing(tmp_path):
    """计分 and 处理说明 cannot be written then; the figures are the same and it is said."""
    cells = {"加减分!L3": None, "加减分!M3": None}
    found = (Found(HINT, "加减分", "A3", "计分"), Found(HINT, "加减分", "A3", "处理说明"))
    expect(Plant("outputs", cells, found), tmp_path)


def test_a_second_sheet_of_the_same_name_but_for_blanks_is_not_guessed(tmp_path):
    def edit(book: Workbook) -> None:
        book["加减分"].title = "加减分 "
        book.copy_worksheet(book["加减分 "]).title = " 加减分"

    answer = scored(planted(tmp_path / "town.xlsm", edit))
    assert ("错误", "加减分") in {(line["类型"], line["工作表"]) for line in answer["校验"]}


def test_a_header_that_stands_twice_is_an_error(tmp_path):
    """Where the copies differ nobody knows which is meant: what depends on them is not computed."""
    found = (Found(ERROR, "任务台账", "N3", "一季度完成率"),)
    blocked = {name: lost(name, "一季度得分", "业绩评价得分")[name] for name in NAMES}
    expect(Plant("twice", {"任务台账!N3": "一季度完成率", "任务台账!N4": 0.1}, found, blocked), tmp_path)
