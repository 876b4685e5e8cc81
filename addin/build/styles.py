"""The workbook's looks in one place: palette, fonts, and formats made once per set of properties."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format

# Fonts every Chinese Windows has: 宋体 prints like the office's other papers, 黑体 for headings.
BODY_FONT = "宋体"
HEAD_FONT = "黑体"

INK = "#1F2D3D"
QUIET = "#7F7F7F"
NAVY = "#1F4E79"
SKY = "#DDEBF7"
PALE_SKY = "#F3F8FD"
GREEN = "#E2EFDA"
PALE_GREEN = "#F6FAF3"
GREY = "#EDEDED"
MID_GREY = "#BFBFBF"
CREAM = "#FFF9E5"
AMBER = "#FFE699"
RED = "#C00000"
LINK = "#0563C1"

GUIDE_TAB = RED
INPUT_TAB = "#2E75B6"
OUTPUT_TAB = "#548235"
TRIAL_TAB = "#BF8F00"

# Fill and ink of a word; the ink stays dark so that a black-and-white print is readable.
WORD_COLOURS = {
    "优秀": ("#C6EFCE", "#006100", True),
    "良好": ("#DDEBF7", "#1F4E79", False),
    "一般": ("#FFEB9C", "#7F6000", False),
    "较差": ("#FFC7CE", "#9C0006", True),
    "错误": ("#FFC7CE", "#9C0006", True),
    "警告": ("#FFEB9C", "#7F6000", False),
    "提示": ("#DDEBF7", "#1F4E79", False),
}

DEFAULT_FORMAT = {"font_name": BODY_FONT, "font_size": 11}


class Styles:
    """Formats of one workbook; equal properties give the same format, so the styles part stays small."""

    def __init__(self, book: Workbook) -> None:
        """Keep the workbook the formats belong to."""
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **properties: object) -> Format:
        """A cell format: body font and vertical centring unless told otherwise."""
        return self._make({**DEFAULT_FORMAT, "valign": "vcenter", **properties})

    def rule(self, **properties: object) -> Format:
        """A format for a conditional rule: only what is named changes."""
        return self._make(properties)

    def title(self, **properties: object) -> Format:
        """The large line on top of a sheet."""
        return self.of(**{"font_name": HEAD_FONT, "font_size": 18, "font_color": INK, **properties})

    def purpose(self, **properties: object) -> Format:
        """The quiet line under the title."""
        return self.of(**{"font_size": 10, "font_color": "#595959", **properties})

    def header(self, fill: str, ink: str, size: int = 10) -> Format:
        """A cell of the header row."""
        return self.of(
            font_name=HEAD_FONT,
            font_size=size,
            font_color=ink,
            bg_color=fill,
            border=1,
            border_color=MID_GREY,
            align="center",
            text_wrap=True,
        )

    def _make(self, properties: dict[str, object]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(properties)
        return self._made[key]
