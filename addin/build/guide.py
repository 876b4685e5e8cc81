"""The sheet 使用说明: its words are in guide.toml, its looks here."""

import tomllib
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from . import styles
from .layout import ROW_HEIGHT, height_for, print_setup
from .styles import Styles

GUIDE_SHEET = "使用说明"
_WIDTHS = (2, 5, 24, 86)
_NUMBER, _LEFT, _RIGHT = 1, 2, 3


def write_guide(book: Workbook, style: Styles) -> Worksheet:
    """The first sheet: what to do in which order, what the colours mean, and the usual questions."""
    words = tomllib.loads((Path(__file__).parent / "guide.toml").read_text(encoding="utf-8"))
    target = book.add_worksheet(GUIDE_SHEET)
    target.set_vba_name("shtGuide")
    target.set_tab_color(styles.GUIDE_TAB)
    target.hide_gridlines(2)
    for place, width in enumerate(_WIDTHS):
        target.set_column(place, place, width, style.of())
    target.set_row(0, 44)
    title = style.title(font_size=22, font_color=styles.RED, align="center", bottom=5, bottom_color=styles.RED)
    target.merge_range(0, _NUMBER, 0, _RIGHT, words["title"], title)
    target.set_row(1, 2 * ROW_HEIGHT)
    lead = style.of(text_wrap=True, font_color="#404040")
    target.merge_range(1, _NUMBER, 1, _RIGHT, words["lead"], lead)
    row = 2
    breaks = []
    for section in words["section"]:
        if section.get("new_page"):
            breaks.append(row)
        row = _write_section(target, style, section, row) + 1
    print_setup(target, landscape=False, header_row=None)
    target.print_area(0, _NUMBER, row - 2, _RIGHT)
    target.set_h_pagebreaks(breaks)
    target.set_selection(0, 0, 0, 0)
    return target


def _write_section(target: Worksheet, style: Styles, section: dict[str, Any], row: int) -> int:
    heading = style.of(font_name=styles.HEAD_FONT, font_size=13, font_color="#FFFFFF", bg_color=styles.NAVY, indent=1)
    target.set_row(row, 24)
    target.merge_range(row, _NUMBER, row, _RIGHT, section["heading"], heading)
    kind = section["kind"]
    for number, (left, right, *sheets) in enumerate(section["rows"], start=1):
        row += 1
        target.set_row(row, _height(left, right))
        line = {"bottom": 1, "bottom_color": "#D9D9D9", "text_wrap": True}
        marker = str(number) if kind in {"steps", "questions"} else "·"
        target.write_string(row, _NUMBER, marker, style.of(**line, align="center", bold=True, font_color=styles.NAVY))
        if sheets:
            link = style.of(**line, bold=True, font_color=styles.LINK, underline=1)
            tip = f"点一下转到“{sheets[0]}”表"
            target.write_url(row, _LEFT, f"internal:'{sheets[0]}'!A1", link, left, tip)
        else:
            target.write_string(row, _LEFT, *_left_cell(style, kind, left, line))
        target.write_string(row, _RIGHT, right, style.of(**line))
    return row + 1


def _left_cell(style: Styles, kind: str, left: str, line: dict[str, Any]) -> tuple[str, Format]:
    """The text and format of the left column; a colour row shows the colour itself."""
    if kind != "colours":
        align = "center" if kind == "examples" else "left"
        return left, style.of(**line, bold=True, align=align)
    text, fill, ink = _SWATCHES[left]
    return text, style.of(
        align="center", font_name=styles.HEAD_FONT, bg_color=fill, font_color=ink, border=1, border_color="#D9D9D9"
    )


_SWATCHES = {
    "required": ("必须有的列", styles.NAVY, "#FFFFFF"),
    "optional": ("选填的列", styles.SKY, styles.INK),
    "output": ("程序填写的列", styles.MID_GREY, styles.INK),
    "value": ("参数的值", styles.CREAM, styles.INK),
    "result": ("程序写出的表", "#548235", "#FFFFFF"),
    "error": ("错误", *styles.WORD_COLOURS["错误"][:2]),
    "warning": ("警告", *styles.WORD_COLOURS["警告"][:2]),
    "hint": ("提示", *styles.WORD_COLOURS["提示"][:2]),
}


def _height(left: str, right: str) -> float:
    return height_for(((left, _WIDTHS[_LEFT] - 1), (right, _WIDTHS[_RIGHT] - 2))) + 6
