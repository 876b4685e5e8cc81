"""The sheets the program writes: protected, and dressed for any number of rows of bare values.

The program writes values only, so number formats and alignment sit on whole columns, and lines, bands and colours
are conditional.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.policy.model import QUARTERS as QUARTER_NAMES
from jixiao.sheets.declare import Column, Kind, Sheet
from jixiao.sheets.outputs import EXPLANATION, FINDINGS, OVERVIEW, QUARTERS, RESULTS

from . import styles
from .explanation import BAND, break_pages, emphasise_score, write_pick
from .inputs import code_name
from .layout import (
    FIRST_ROW,
    HEADER_HEIGHT,
    HEADER_ROW,
    OUTPUT_ROWS,
    PURPOSE_ROW,
    TITLE_ROW,
    VIEWS,
    look,
    print_setup,
)
from .lists import letter
from .overview import PAGE_WIDTH, draw_overview, mark_summary
from .styles import Styles

WRITER = {FINDINGS.key: "校验数据"}
SPACER_WIDTH = 0.5
_LEFT = {"problem", "advice", "note", "matter", "person", "formula", "source", "link", "excluded"}
# Many columns on one page: what is small elsewhere is not small there.
_SMALL_PRINT = (QUARTERS, RESULTS, EXPLANATION)
_STRONG = {"score", "grade", "department"}
# What may be done on a protected sheet: choose and widen, and on 校验结果 filter, since its lines alone are always all
# shown again when they are rewritten.
_ALLOWED = {"format_columns": True, "format_rows": True}


def cell_properties(column: Column) -> dict[str, object]:
    """The format of a whole output column."""
    properties: dict[str, object] = {"text_wrap": True, "align": "left" if column.key in _LEFT else "center"}
    if column.kind in {Kind.NUMBER, Kind.RATE}:  # more decimals than usual are made smaller; they never show as ####
        properties |= {"text_wrap": False, "shrink": True}
    if column.key == "cell":  # the program lets these lead to the cell
        properties |= {"font_color": styles.LINK, "underline": 1}
    if column.kind is Kind.RATE:
        properties["num_format"] = "0.00%"
    elif column.key in {"place", "last_place"}:
        properties["num_format"] = "0"
    elif column.key == "coefficient":
        properties["num_format"] = "0.00##"
    elif column.kind is Kind.NUMBER:
        properties["num_format"] = "0.00"
    elif column.key == "link":
        properties |= {"font_color": styles.LINK, "underline": 1}
    return properties


def write_output(book: Workbook, style: Styles, sheet: Sheet) -> Worksheet:
    """One output sheet, ready to be written into."""
    view = VIEWS[sheet.key]
    target = book.add_worksheet(sheet.name)
    target.set_vba_name(code_name(sheet))
    target.set_tab_color(styles.OUTPUT_TAB)
    target.hide_gridlines(2)
    blocks = len(QUARTER_NAMES) if sheet is QUARTERS else 1
    step = len(sheet.columns) + 1
    _write_head(target, style, sheet, PAGE_WIDTH if sheet is OVERVIEW else blocks * step - 1)
    if sheet is OVERVIEW:
        mark_summary(target, style)
    for block in range(blocks):
        _write_block(target, style, sheet, block * step)
        if block:
            target.set_column(block * step - 1, block * step - 1, SPACER_WIDTH)
    if sheet is QUARTERS:
        _write_captions(target, style, step)
        _leave_out_empty(target, style, step)
    look(target, view)
    print_setup(target, landscape=view.landscape, signed=sheet in (RESULTS, OVERVIEW))
    if sheet is OVERVIEW:
        draw_overview(book, style, target)
    if sheet is EXPLANATION:
        break_pages(target)
    if sheet is FINDINGS:
        target.autofilter(HEADER_ROW, 0, FIRST_ROW + OUTPUT_ROWS - 1, len(sheet.columns) - 1)
    target.protect("", _ALLOWED | {"autofilter": sheet is FINDINGS})
    return target


def _write_head(target: Worksheet, style: Styles, sheet: Sheet, width: int) -> None:
    """The title the program replaces, and what the sheet is for."""
    target.set_row(TITLE_ROW, 32)
    target.set_row(PURPOSE_ROW, 20)
    target.set_row(HEADER_ROW, HEADER_HEIGHT)
    # The program replaces the whole first cell, so what to do until then stands there and not in a line of its own.
    waiting = f"（点“{WRITER.get(sheet.key, '计算得分')}”后由程序填写）"
    centred = style.title(align="center")
    target.merge_range(TITLE_ROW, 0, TITLE_ROW, width - 1, "", centred)
    title, quiet = style.title(), style.of(font_size=11, font_color=styles.QUIET)
    target.write_rich_string(TITLE_ROW, 0, title, sheet.name, quiet, waiting, centred)
    if sheet is EXPLANATION:
        write_pick(target, style, sheet)
    elif sheet is not QUARTERS:  # its second row holds the captions of the blocks
        purpose = style.purpose(
            align="center", shrink=True, font_size=11 if sheet in _SMALL_PRINT else 10
        )  # the program adds when it was scored
        target.merge_range(PURPOSE_ROW, 0, PURPOSE_ROW, width - 1, sheet.purpose, purpose)


def _write_captions(target: Worksheet, style: Styles, step: int) -> None:
    look_of = {"font_name": styles.HEAD_FONT, "font_size": 12, "align": "center", "bg_color": styles.PALE_GREEN}
    form = style.of(**look_of, border=1, border_color=styles.MID_GREY)
    for block, name in enumerate(QUARTER_NAMES):
        first = block * step
        target.merge_range(PURPOSE_ROW, first, PURPOSE_ROW, first + step - 2, name, form)


def _leave_out_empty(target: Worksheet, style: Styles, step: int) -> None:
    """In April nobody needs the headings of three quarters to come: white on white until the block has lines."""
    names = [f"${letter(block * step + 1)}${FIRST_ROW + 1}" for block in range(len(QUARTER_NAMES))]
    form = style.rule(bg_color="#FFFFFF", font_color="#FFFFFF", border=1, border_color="#FFFFFF")
    for block, name in enumerate(names):
        rule = {"type": "formula", "criteria": f'=AND({name}="",{"&".join(names)}<>"")', "format": form}
        target.conditional_format(PURPOSE_ROW, block * step, HEADER_ROW, (block + 1) * step - 2, rule)


def _write_block(target: Worksheet, style: Styles, sheet: Sheet, first: int) -> None:
    for offset, column in enumerate(sheet.columns):
        place = first + offset
        strong = {"bold": True} if sheet in (RESULTS, OVERVIEW) and column.key in _STRONG else {}
        # The page's rows are of one height: a long name is made smaller there, not wrapped.
        fit: dict[str, object] = {"text_wrap": False, "shrink": True} if sheet is OVERVIEW else {}
        if sheet is QUARTERS and column.key == "department":  # else one long name would make a row of every block high
            fit = {"text_wrap": False, "shrink": True}
        target.set_column(place, place, column.width, style.of(**{**cell_properties(column), **strong, **fit}))
        size = 11 if sheet in _SMALL_PRINT else 10
        loud = sheet is RESULTS and column.key in {"score", "grade"}
        header = style.header("#A9D08E" if loud else styles.GREEN, styles.INK, size)
        target.write_string(HEADER_ROW, place, column.header, header)
    _colour_words(target, style, sheet, first)
    _draw_lines(target, style, sheet, first)


def _colour_words(target: Worksheet, style: Styles, sheet: Sheet, first: int) -> None:
    """Colours of 等次 and 类型; on 校验结果 an error's problem is bold too."""
    end = FIRST_ROW + OUTPUT_ROWS - 1
    for offset, column in enumerate(sheet.columns):
        if column.key not in {"grade", "severity"}:
            continue
        place = first + offset
        cell = f"${letter(place)}{FIRST_ROW + 1}"
        for word, (fill, ink, bold) in styles.WORD_COLOURS.items():
            form: dict[str, Any] = {"bg_color": fill, "font_color": ink} | ({"bold": True} if bold else {})
            form |= {"border": 1, "border_color": styles.MID_GREY}
            rule = {"type": "formula", "criteria": f'={cell}="{word}"', "format": style.rule(**form)}
            target.conditional_format(FIRST_ROW, place, end, place, rule)
        if column.key == "severity":
            lines = {"border": 1, "border_color": styles.MID_GREY}
            bold_rule = {"type": "formula", "criteria": f'={cell}="错误"', "format": style.rule(bold=True, **lines)}
            target.conditional_format(FIRST_ROW, place + 1, end, place + len(sheet.columns) - 1, bold_rule)


def _draw_lines(target: Worksheet, style: Styles, sheet: Sheet, first: int) -> None:
    """Lines and bands where the block's first two columns hold something."""
    one, two = letter(first), letter(first + 1)
    row = FIRST_ROW + 1
    end, final = FIRST_ROW + OUTPUT_ROWS - 1, first + len(sheet.columns) - 1
    filled = f'${one}{row}&${two}{row}<>""'
    lines = {"border": 1, "border_color": styles.MID_GREY}
    if sheet is RESULTS:
        score = first + [column.key for column in sheet.columns].index("score")
        emphasis = style.rule(bg_color=styles.GREEN, **lines)
        rule = {"type": "formula", "criteria": f"={filled}", "format": emphasis}
        target.conditional_format(FIRST_ROW, score, end, score, rule)
    if sheet is EXPLANATION:
        emphasise_score(target, style, sheet)
    band = BAND if sheet is EXPLANATION else "MOD(ROW(),2)=1"
    # The band carries the lines too: LibreOffice applies only the first rule that holds on a range.
    for criteria, form in (
        (f"=AND({filled},{band})", style.rule(bg_color=styles.PALE_GREEN, **lines)),
        (f"={filled}", style.rule(**lines)),
    ):
        rule = {"type": "formula", "criteria": criteria, "format": form}
        target.conditional_format(FIRST_ROW, first, end, final, rule)
