"""A picture placed in a cell is called a picture, whichever program placed it and wherever it stands."""

import re

import pytest

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.functions import JIXIAO_SCORE
from tests.checks.plant import town_file
from tests.engines import files

EXCEL = '<c r="{cell}" t="e" vm="1"><v>#VALUE!</v></c>'
WPS = '<c r="{cell}" t="str"><f>_xlfn.DISPIMG("ID_0A1B",1)</f><v>=DISPIMG("ID_0A1B",1)</v></c>'
WPS_IN_EXCEL = '<c r="{cell}" t="e"><f>_xlfn.DISPIMG("ID_0A1B",1)</f><v>#NAME?</v></c>'
NO_RESULT = '<c r="{cell}"><f>_xlfn.DISPIMG("ID_0A1B",1)</f></c>'
TYPED = '<c r="{cell}" t="inlineStr"><is><t>=DISPIMG("ID_0A1B",1)</t></is></c>'
ADDRESS = '<c r="{cell}" t="e"><f>_xlfn.IMAGE("https://x/1.png")</f><v>#CONNECT!</v></c>'
PICTURES = {"Excel": EXCEL, "WPS": WPS, "WPS in Excel": WPS_IN_EXCEL, "no result": NO_RESULT, "typed": TYPED}
PICTURES["by address"] = ADDRESS


def town_with(path, sheet: str, header: str, cell: str):
    """The town with one filled cell, the first below a header, replaced; its address is given back."""
    with open_book(town_file()) as book:
        block = book.sheets[sheet].range("A1:Z40").value
        part = f"xl/worksheets/sheet{[found.name for found in book.sheets].index(sheet) + 1}.xml"
    top, column = next((at, row.index(header)) for at, row in enumerate(block) if header in row)
    row = next(at for at in range(top + 1, 40) if block[at][column] is not None) + 1
    address = f"{chr(65 + column)}{row}"
    pattern = rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)'

    def edit(xml: str) -> str:
        done, count = re.subn(pattern, cell.format(cell=address), xml, count=1)
        assert count == 1
        return done

    path.write_bytes(town_file().read_bytes())
    files.patch(path, {part: edit})
    return address


def told(path, sheet: str, address: str):
    with open_book(path) as book:
        outcome = buttons.check(book)
    return [line for line in outcome.lines if (line["工作表"], line["单元格"]) == (sheet, address)]


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_as_evidence_is_none_and_holds_nothing_up(tmp_path, picture):
    """Protects R8: the row is 待认定, told once, with what to write; not an error value that blocks the year."""
    address = town_with(tmp_path / "图.xlsm", "加减分", "认定依据", PICTURES[picture])
    (line,) = told(tmp_path / "图.xlsm", "加减分", address)
    assert (line["类型"], line["代码"]) == ("警告", "F34")
    assert "这一格是图片" in str(line["问题"])
    assert "请填文号" in str(line["建议"])


@pytest.mark.parametrize(
    ("sheet", "header"),
    [
        ("任务台账", "一季度完成率"),
        ("任务台账", "任务权重"),
        ("履职测评", "担当作为"),
        ("加减分", "类别"),
        ("考勤", "酌情扣分"),
        ("历年结果", "名次"),
        ("科室", "评价系数"),
    ],
)
@pytest.mark.parametrize("picture", ["Excel", "WPS"])
def test_a_picture_anywhere_else_is_called_one(tmp_path, sheet, header, picture):
    """Protects the clerk from a riddle such as #VALUE! or =DISPIMG(…): the finding says what stands there."""
    address = town_with(tmp_path / "图.xlsm", sheet, header, PICTURES[picture])
    (line,) = told(tmp_path / "图.xlsm", sheet, address)
    assert (line["类型"], line["代码"]) == ("错误", "F33")
    # Excel keeps a picture and an error value that was pasted alike.
    what = {"Excel": "图片或错误值 #VALUE!", "WPS": "图片"}[picture]
    assert line["问题"] == f"这一格是{what}，程序读不出里面的内容"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="{cell}" t="e"><f>1+"x"</f><v>#VALUE!</v></c>', "#VALUE!"),
        ('<c r="{cell}" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="{cell}" t="e"><f>NOSUCH(1)</f><v>#NAME?</v></c>', "#NAME?"),
    ],
)
def test_an_error_value_stays_one(tmp_path, cell, value):
    """Protects the other advice: a formula that fails is to be mended, there is no picture to move."""
    address = town_with(tmp_path / "错.xlsm", "任务台账", "一季度完成率", cell)
    (line,) = told(tmp_path / "错.xlsm", "任务台账", address)
    assert (line["代码"], line["问题"]) == ("F04", f"单元格是错误值 {value}")


def test_words_about_a_picture_are_no_picture(tmp_path):
    cell = '<c r="{cell}" t="inlineStr"><is><t>云办〔2024〕3号，见图片(1)</t></is></c>'
    address = town_with(tmp_path / "字.xlsm", "加减分", "认定依据", cell)
    assert "F34" not in {line["代码"] for line in told(tmp_path / "字.xlsm", "加减分", address)}


def test_a_function_calls_it_a_picture_too():
    """Protects whoever points a function at such a cell."""
    answer = JIXIAO_SCORE((('=DISPIMG("ID_0A1B",1)', 90.0, 90.0, 90.0),), ((90.0, 90.0, 90.0),))
    assert answer == "#绩效:一季度得分是图片，请填数字"
