"""Where things stand on a sheet, and how each sheet is printed and looked at."""

from collections.abc import Iterable
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

TITLE_ROW, PURPOSE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3  # zero-based, as XlsxWriter counts
HEADER_HEIGHT = 34
ROW_PIXELS = 24  # height of a row nobody set
SPARE_ROWS = 3  # blank rows a filled table keeps
OUTPUT_ROWS = 2000  # rows the output sheets' colours and borders reach
INPUT_ROWS = 5000  # rows the input sheets' checks and hints reach; staff paste below the table
BALLOT_ROWS = 200_000

A4 = 9
ROW_HEIGHT = 18.0  # points; a little air around one line
_LINE_HEIGHT = 15.0


@dataclass(frozen=True)
class View:
    """How one sheet is laid out: blank rows of its table, fixed columns on the left, paper, zoom."""

    rows: int = 25
    fixed: int = 0
    landscape: bool = False
    zoom: int = 100
    reach: int = INPUT_ROWS


VIEWS = {
    "settings": View(rows=0, fixed=1),
    "standards": View(rows=25, fixed=1, landscape=True),
    "departments": View(rows=24, fixed=1),
    "tasks": View(rows=60, fixed=2, landscape=True, zoom=90),
    "ballots": View(rows=60, reach=BALLOT_ROWS),
    "points": View(rows=20, fixed=1, landscape=True, zoom=90),
    "attendance": View(rows=24, fixed=1),
    "history": View(rows=36),
    "people": View(rows=36, fixed=1),
    "holidays": View(rows=20),
    "notices": View(rows=10, landscape=True),
    "findings": View(landscape=True, fixed=1),
    "quarters": View(landscape=True),
    "results": View(landscape=True, fixed=2, zoom=90),
    "overview": View(landscape=True, zoom=90),
    "explanation": View(landscape=True, fixed=2, zoom=90),
    "consequences": View(landscape=True, fixed=1),
    "simulation": View(rows=20, landscape=True, zoom=90),
}


_PAGES = "第 &P 页  共 &N 页"
_SIGNATURES = "　　　　　　　　".join(("制表：", "审核：", "组长：", "日期：　　　　年　　月　　日"))
_FOOTER_FONT = '&C&"宋体,常规"'


def print_setup(
    sheet: Worksheet, *, landscape: bool, header_row: int | None = HEADER_ROW, signed: bool = False
) -> None:
    """A4, one page wide, header row on every page, page numbers, centred; `signed`: with lines to sign at the foot."""
    sheet.set_paper(A4)
    if landscape:
        sheet.set_landscape()
    else:
        sheet.set_portrait()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.25, right=0.25, top=0.35, bottom=0.8 if signed else 0.6)
    sheet.center_horizontally()
    # In the page's footer, so that no line below the results can be taken for one of them.
    signatures = f"&12{_SIGNATURES}\n" if signed else ""
    sheet.set_footer(f"{_FOOTER_FONT}{signatures}&10{_PAGES}", {"margin": 0.25})
    if header_row is not None:
        sheet.repeat_rows(header_row)


def look(sheet: Worksheet, view: View) -> None:
    """Fix the header and the name columns on screen, and put the cursor in the first cell to fill."""
    sheet.freeze_panes(FIRST_ROW, view.fixed)
    sheet.set_zoom(view.zoom)


def columns_of(text: str) -> int:
    """Width of a text in columns: a Chinese character takes two."""
    return sum(1 if ord(character) < 128 else 2 for character in text)


def _room(width: float) -> int:
    """How many columns of text fit into a column of this width, on a screen with 宋体 11: 15 pixels a character."""
    return max(1, int((8 * (width + 0.71) - 5) // 15)) * 2


def height_for(texts: Iterable[tuple[object, float]]) -> float:
    """Height of a row whose cells wrap: each text with the width of its column."""
    lines = max((-(-columns_of(str(text or "")) // _room(width)) for text, width in texts), default=1)
    return ROW_HEIGHT + _LINE_HEIGHT * (max(1, lines) - 1)
