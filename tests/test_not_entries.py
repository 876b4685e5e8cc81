"""Totals, footers and pasted headers are no entries: left out, told once a sheet, and no figure moves (§2)."""

import pytest

from tests.checks.plant import by_name, planted, scored, town_file
from tests.checks.town import EXPECTED, FIGURES

SHEETS = ("任务台账", "履职测评", "加减分", "考勤", "历年结果", "加减分标准", "科室")
TOTALS = ("合计", "合 计", "总计", "小计", "平均", "平均分", "平均值", "　合\u200b计 ")
FOOTERS = (
    "填表人：李雯  审核人：陈志远",
    "制表:王五",
    "审核：",
    "监票人：　　计票人：",
    "注：以上均经党委会研究。",
    "备注：略",
    "说明：略",
    "填表日期：2024年12月30日",
)


def typed_below(name, *cells, gap=1):
    """An edit that types a row under the entries of a sheet."""

    def edit(book):
        sheet = book[name]
        row = max(cell.row for line in sheet.iter_rows() for cell in line if cell.value is not None) + gap
        for place, value in enumerate(cells, start=1):
            sheet.cell(row, place).value = value

    return edit


def answered(tmp_path, edit):
    """The lines of 校验 that the valid town has not, and whether any of its figures moved."""
    known = [line["问题"] for line in scored(town_file())["校验"]]
    answer = scored(planted(tmp_path / "镇.xlsm", edit))
    lines = [line for line in answer["校验"] if line["问题"] not in known]
    figures = {name: tuple(line[header] for header in FIGURES) for name, line in by_name(answer).items()}
    return lines, figures == EXPECTED


def is_left_out(tmp_path, name, edit, count=1):
    """One 提示 on that sheet, and nothing else."""
    (line,), same = answered(tmp_path, edit)
    assert (line["类型"], line["代码"], line["工作表"]) == ("提示", "F37", name)
    assert (f"共 {count} 处" in line["问题"]) is (count > 1)
    assert same


@pytest.mark.parametrize("name", SHEETS)
@pytest.mark.parametrize(
    "words", [("合计", None, 12, 0.5, 91.5), ("注：以上均经党委会研究。",)], ids=["total", "footer"]
)
def test_on_every_sheet_of_entries(tmp_path, name, words):
    """Protects against a ballot made of an average, and a 科室 called 合计."""
    is_left_out(tmp_path, name, typed_below(name, *words))


@pytest.mark.parametrize("word", [*TOTALS, *FOOTERS])
def test_each_word(tmp_path, word):
    is_left_out(tmp_path, "考勤", typed_below("考勤", word))


def test_a_word_in_any_column(tmp_path):
    """合计 stands where there is room: here under 任务, beside an empty 科室."""
    is_left_out(tmp_path, "任务台账", typed_below("任务台账", None, "合计", 12))


def test_far_below_no_gap_is_told(tmp_path):
    is_left_out(tmp_path, "考勤", typed_below("考勤", "合计", 240, gap=20))


def test_several_are_told_once(tmp_path):
    def edit(book):
        for words in (("小计", 3), ("合计", 3), ("填表人：甲",)):
            typed_below("加减分", *words)(book)

    is_left_out(tmp_path, "加减分", edit, count=3)


def test_the_header_pasted_again(tmp_path):
    """Two lists put one under the other, each with its header."""

    def edit(book):
        sheet = book["履职测评"]
        typed_below("履职测评", *(cell.value for cell in sheet[3]))(book)

    is_left_out(tmp_path, "履职测评", edit)


def test_a_merged_footer(tmp_path):
    """A line across the whole table is nothing but a line."""

    def edit(book):
        typed_below("任务台账", "注：完成率由各科室填报。")(book)
        sheet = book["任务台账"]
        sheet.merge_cells(start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=7)

    is_left_out(tmp_path, "任务台账", edit)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("任务台账", ("综合办", "合计", 1, 0.9, 0.9, 0.9, 0.9)),
        ("考勤", ("没有这个科室", 240, 240)),
        ("加减分", (None, "表彰", "合计金额核对", None, "县级")),
        ("考勤", ("合计办", 240)),
    ],
)
def test_an_entry_is_no_total(tmp_path, name, words):
    """A row of a known 科室 counts whatever it is called, and a name nobody knows is told as before."""
    lines, _ = answered(tmp_path, typed_below(name, *words))
    assert "F37" not in {line["代码"] for line in lines}
    assert lines or words[0] == "综合办"
