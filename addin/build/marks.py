"""Colours of the cells 校验结果 names: they follow that sheet by themselves, and no cell's own format is touched."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.findings import Severity
from jixiao.sheets.declare import Sheet
from jixiao.sheets.outputs import FINDINGS, PLACES

from . import styles
from .layout import FIRST_ROW, HEADER_ROW, OUTPUT_ROWS
from .lists import letter
from .styles import Styles

# A rule may not name cells of another sheet in Excel 2007's way of writing it, but it may use a name for them.
NAME = "校验定位"


def add_places(book: Workbook) -> None:
    """The hidden column of 校验结果 the rules look at, and its name.

    The column 单元格 would do, but for LibreOffice: it takes seconds to compare cells that hold links.
    """
    place = len(FINDINGS.columns)
    target = book.get_worksheet_by_name(FINDINGS.name)
    target.set_column(place, place, None, None, {"hidden": True})
    target.write_string(HEADER_ROW, place, PLACES)
    column = letter(place)
    book.define_name(NAME, f"={FINDINGS.name}!${column}${FIRST_ROW + 1}:${column}${FIRST_ROW + OUTPUT_ROWS}")


def mark_findings(target: Worksheet, style: Styles, sheet: Sheet, reach: int) -> None:
    """Colour every cell of an input sheet that a line of 校验结果 names, the gravest one deciding.

    Lines are drawn too: LibreOffice applies only the first rule that holds on a range.
    """
    for severity in Severity:
        fill, ink, bold = styles.WORD_COLOURS[severity]
        form = style.rule(bg_color=fill, font_color=ink, bold=bold, border=1, border_color="#D0D0D0")
        listed = f'=COUNTIF({NAME},"{severity}{sheet.name}!"&ADDRESS(ROW(),COLUMN(),4))>0'
        rule = {"type": "formula", "criteria": listed, "format": form}
        target.conditional_format(HEADER_ROW, 0, FIRST_ROW + reach - 1, len(sheet.columns) - 1, rule)
