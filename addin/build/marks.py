"""Colours of the cells that 校验结果 names: they follow that sheet by themselves, and no cell's own format changes."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.findings import Severity
from jixiao.sheets.declare import Sheet
from jixiao.sheets.outputs import FINDINGS

from . import styles
from .layout import FIRST_ROW, HEADER_ROW, OUTPUT_ROWS
from .lists import letter_of
from .styles import Styles

# A rule may not name cells of another sheet in Excel 2007's way of writing it, but it may use names for them.
_NAMES = {"severity": "校验类型", "sheet": "校验工作表", "cell": "校验单元格"}
_HERE = "ADDRESS(ROW(),COLUMN(),4)"


def define_marks(book: Workbook) -> None:
    """Name the columns of 校验结果 that the rules look at."""
    for key, name in _NAMES.items():
        column = letter_of(FINDINGS, key)
        book.define_name(name, f"={FINDINGS.name}!${column}${FIRST_ROW + 1}:${column}${FIRST_ROW + OUTPUT_ROWS}")


def mark_findings(target: Worksheet, style: Styles, sheet: Sheet, reach: int) -> None:
    """Colour every cell of an input sheet that a line of 校验结果 names, the gravest one deciding.

    Lines are drawn too: LibreOffice applies only the first rule that holds on a range.
    """
    for severity in Severity:
        fill, ink, bold = styles.WORD_COLOURS[severity]
        form = style.rule(bg_color=fill, font_color=ink, bold=bold, border=1, border_color="#D0D0D0")
        rule = {"type": "formula", "criteria": _listed(severity, sheet), "format": form}
        target.conditional_format(HEADER_ROW, 0, FIRST_ROW + reach - 1, len(sheet.columns) - 1, rule)


def _listed(severity: Severity, sheet: Sheet) -> str:
    """Most cells are not listed at all: one look tells, which in LibreOffice costs a third of the whole question."""
    wanted = {"cell": _HERE, "sheet": f'"{sheet.name}"', "severity": f'"{severity}"'}
    whole = ",".join(f"{_NAMES[key]},{value}" for key, value in wanted.items())
    return f"=IF(COUNTIF({_NAMES['cell']},{_HERE})=0,FALSE,COUNTIFS({whole})>0)"
