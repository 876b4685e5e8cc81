"""One finding for each cause, with the cells it is in: what is put together, what stays apart, what is coloured."""

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from jixiao.cli import main
from jixiao.findings import Finding
from jixiao.findings.grouping import FEWEST_ALIKE, one_per_cause
from jixiao.sheets.cellareas import cells_listed, listed_cells
from jixiao.sheets.outputs import PLACES
from tests.checks.plant import planted

T = "任务台账"


def holes(*rows: int, **params: object) -> list[Finding]:
    return [Finding("T01", "tasks", row, "department", {"value": "综和办", **params}) for row in rows]


def test_the_same_sentence_three_times_in_a_column_is_told_once():
    (one,) = one_per_cause(holes(4, 6, 5))
    assert (one.row, one.more) == (4, ((6, "department"), (5, "department")))


def test_the_same_sentence_twice_may_be_two_slips():
    assert one_per_cause(holes(4, 5)) == holes(4, 5)
    assert FEWEST_ALIKE == 3


def test_other_sentences_and_other_columns_stay_apart():
    others = [*holes(4, 5), *holes(6, value="党和办"), Finding("T01", "tasks", 7, "task", {"value": "综和办"})]
    assert one_per_cause(others) == others


def test_what_names_one_cause_is_told_once_whatever_the_values():
    marks = [Finding("B05", "ballots", row, "mark_1", {"value": row}, cause=(0, "1")) for row in (4, 5)]
    other = Finding("B05", "ballots", 6, "mark_1", {"value": 6}, cause=(0, "2"))
    one, two = one_per_cause([marks[0], other, marks[1]])
    assert (one.params["value"], one.more, two) == ("4、5", ((5, "mark_1"),), other)


def test_what_is_about_a_whole_sheet_is_never_put_together():
    findings = [Finding("T15", "tasks") for _ in range(5)]
    assert one_per_cause(findings) == findings


def test_cells_below_each_other_are_one_area():
    cells = [(4, 1), (6, 1), (5, 1), (9, 1), (4, 27)]
    assert cells_listed(cells) == "（共 5 处：A4:A6、A9、AA4）"


@given(st.sets(st.tuples(st.integers(1, 60), st.integers(1, 3)), min_size=1, max_size=20))
def test_the_cells_of_a_sentence_are_read_back_from_it(cells):
    found = listed_cells("这里写错了" + cells_listed(sorted(cells)))
    assert sorted(found) == sorted(f"{' ABC'[column]}{row}" for row, column in cells)


def test_a_sentence_without_cells_lists_none():
    assert listed_cells("有 3 张票弃权（第 4、5、6 行）") == []


def test_every_cell_of_a_finding_is_coloured(tmp_path):
    """The colours look at a hidden column of 校验结果: the further cells stand there below the lines."""
    cells = {f"{T}!A{row}": "综和办" for row in (4, 5, 12)} | {f"{T}!B12": "办会"}
    file = planted(tmp_path / "town.xlsm", cells)
    assert main(["check", str(file)]) == 1
    sheet = load_workbook(file)["校验结果"]
    column = next(cell.column for row in sheet.iter_rows(max_row=4) for cell in row if cell.value == PLACES)
    places = [sheet.cell(row, column).value for row in range(4, sheet.max_row + 1)]
    assert {f"错误{T}!A4", f"错误{T}!A5", f"错误{T}!A12"} <= set(places)
