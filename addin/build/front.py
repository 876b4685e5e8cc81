"""The add-in's one sheet in view, for a workbook must have one; its words are in front.toml."""

import tomllib
from pathlib import Path

from xlsxwriter import Workbook

from . import styles
from .layout import height_for, print_setup
from .styles import Styles

FRONT_SHEET = "说明"
_MARGIN, _WIDTH = 2, 100
_TEXT = 1  # the column


def write_front(book: Workbook, style: Styles) -> None:
    """What the file is, and that nobody opens it by hand."""
    words = tomllib.loads((Path(__file__).parent / "front.toml").read_text(encoding="utf-8"))
    target = book.add_worksheet(FRONT_SHEET)
    target.set_vba_name("shtFront")
    target.set_tab_color(styles.GUIDE_TAB)
    target.hide_gridlines(2)
    target.set_column(0, 0, _MARGIN, style.of())
    target.set_column(_TEXT, _TEXT, _WIDTH, style.of())
    title = style.title(font_size=22, font_color=styles.RED, align="center", bottom=5, bottom_color=styles.RED)
    target.set_row(0, 44)
    target.write_string(0, _TEXT, words["title"], title)
    line = style.of(text_wrap=True, bottom=1, bottom_color="#D9D9D9")
    for row, text in enumerate(words["lines"], start=1):
        target.set_row(row, height_for([(text, _WIDTH)]) + 6)
        target.write_string(row, _TEXT, text, line)
    print_setup(target, landscape=True, header_row=None)
    target.activate()
