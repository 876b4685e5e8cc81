"""The sheet 公式复核 as staff see it: the verdict, what must hold for it, and one row a department."""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.sheets.inputs import DEPARTMENTS
from jixiao.sheets.outputs import RESULTS
from jixiao.sheets.recheck import BLOCKS, RECHECK_SHEET
from jixiao.text import NOT_CALCULATED

from .. import styles
from ..layout import HEADER_HEIGHT, print_setup
from ..lists import letter
from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area
from .departments import PLACES
from .verdict import (
    ADVICE,
    AGREES,
    DIFFERENCES,
    DIFFERS,
    FIGURES,
    LISTED,
    OPEN,
    OVERALL,
    PRINTED_DEPARTMENTS,
    UNSCORED,
    VERDICTS,
    Condition,
)

_NAME, _FIRST_FIGURE = 0, 1
_VERDICT = _FIRST_FIGURE + len(FIGURES)
_DIFFERENCES = _VERDICT + 1
_TITLE, _OVERALL, _CONDITIONS = 0, 1, 2
_LEFT, _RIGHT = (0, 3), (9, 13)  # first columns of title and verdict
_TO_DO = "还没有重新计算：Excel 请按 F9，LibreOffice 请按 Ctrl+Shift+F9。"
_ROW_HEIGHT = 22  # two lines of differences
_WIDTH = 7  # of a figure: four characters of a header on two lines
_WIDTHS = {"place": 4.5, "bonus": 5.5, "penalty": 5.5, "grade": 5.5} | {
    f"quarter_{number}": 6 for number in range(1, 5)
}
_GOOD, _BAD, _PLAIN = ("#C6EFCE", "#006100"), ("#FFC7CE", "#9C0006"), ("#FFEB9C", "#7F6000")


def open_page(book: Workbook) -> Worksheet:
    """The empty sheet, in its place among the others; the workings are written after it."""
    target = book.add_worksheet(RECHECK_SHEET)
    target.set_vba_name("shtRecheck")
    return target


def write_page(book: Workbook, target: Worksheet, style: Styles, conditions: Sequence[Condition]) -> None:
    """Fill the sheet: formulas that show what the workings found, every verdict cached as 未重算."""
    half = -(-len(conditions) // 2)
    header = _CONDITIONS + half
    first = header + 1
    last = first + MOST_DEPARTMENTS - 1
    target.set_tab_color(styles.OUTPUT_TAB)
    target.hide_gridlines(2)
    _set_columns(target, style)
    _write_head(target, style)
    for place, condition in enumerate(conditions):
        columns = (_LEFT, _RIGHT)[place // half]
        _write_condition(target, style, _CONDITIONS + place % half, columns, condition)
    _write_header(target, style, header)
    for number in range(1, MOST_DEPARTMENTS + 1):
        _write_department(target, style, first + number - 1, number)
    _colour(target, style, (first, last), half)
    _name_verdicts(book, half, (first, last))
    target.freeze_panes(first, 1)
    target.set_zoom(90)
    print_setup(target, landscape=True, header_row=header)
    # The rows below hold formulas too and would be printed empty; ADVICE says so where there are more departments.
    target.print_area(_TITLE, _NAME, first + PRINTED_DEPARTMENTS - 1, _DIFFERENCES)
    target.protect("", {"format_columns": True, "format_rows": True})


def _set_columns(target: Worksheet, style: Styles) -> None:
    plain = style.of(align="center")
    target.set_column(_NAME, _NAME, 13.5, plain)
    for place, figure in enumerate(FIGURES, start=_FIRST_FIGURE):
        target.set_column(place, place, _WIDTHS.get(figure.key, _WIDTH), plain)
    target.set_column(_VERDICT, _VERDICT, 9.5, plain)
    target.set_column(_DIFFERENCES, _DIFFERENCES, 40, style.of(text_wrap=True))


def _write_head(target: Worksheet, style: Styles) -> None:
    target.set_row(_TITLE, 34)
    target.set_row(_OVERALL, 32)
    title = style.title(align="center")
    target.merge_range(_TITLE, _NAME, _TITLE, _DIFFERENCES, "", title)
    target.write_string(_TITLE, _NAME, "公式复核：不用程序，按各表重新计算一遍，与考核结果比对", title)
    big = style.of(font_name=styles.HEAD_FONT, font_size=16, align="center", border=1, border_color=styles.MID_GREY)
    target.merge_range(_OVERALL, _NAME, _OVERALL, _FIRST_FIGURE + 1, "", big)
    target.write_formula(_OVERALL, _NAME, f'=IFERROR({OVERALL},"{OPEN}")', big, NOT_CALCULATED)
    advice = style.of(font_size=12, indent=1, border=1, border_color=styles.MID_GREY)
    target.merge_range(_OVERALL, _FIRST_FIGURE + 2, _OVERALL, _DIFFERENCES, "", advice)
    target.write_formula(_OVERALL, _FIRST_FIGURE + 2, f'=IFERROR({ADVICE},"不能识别，见下。")', advice, NOT_CALCULATED)


def _write_condition(
    target: Worksheet, style: Styles, row: int, columns: tuple[int, int], condition: Condition
) -> None:
    """One condition: what must hold, whether it does, and why not."""
    title, verdict = columns
    end = _RIGHT[0] - 1 if columns is _LEFT else _DIFFERENCES
    line = {"border": 1, "border_color": styles.MID_GREY, "font_size": 10}
    plain, centred = style.of(**line, bg_color=styles.PALE_GREEN, indent=1), style.of(**line, align="center")
    target.merge_range(row, title, row, verdict - 1, condition.title, plain)
    target.write_formula(
        row,
        verdict,
        f'=IFERROR(IF({condition.reason}="","满足","不满足"),"不满足")',
        centred,
        NOT_CALCULATED,
    )
    small = style.of(**line, shrink=True)
    target.merge_range(row, verdict + 1, row, end, "", small)
    target.write_formula(row, verdict + 1, f'=IFERROR({condition.reason},"不能识别")', small, "")


def _write_header(target: Worksheet, style: Styles, row: int) -> None:
    target.set_row(row, HEADER_HEIGHT)
    form = style.header(styles.GREEN, styles.INK)
    headers = (RESULTS.by_key["department"].header, *(figure.header for figure in FIGURES))
    target.write_row(row, _NAME, (*headers, "复核结论", "不一致的数：公布的→复核的"), form)


def _write_department(target: Worksheet, style: Styles, row: int, number: int) -> None:
    place = f"INDEX({PLACES},{number})"
    name = f'=IFERROR(IF({place}="","",INDEX({area(DEPARTMENTS, "name")},{place})),"")'
    target.set_row(row, _ROW_HEIGHT)
    centred = style.of(align="center", bold=True, shrink=True)
    target.write_formula(row, _NAME, name, centred, "")
    for column, figure in enumerate(FIGURES, start=_FIRST_FIGURE):
        form = style.of(align="center", shrink=True, num_format="0" if figure.key == "place" else "0.00####")
        target.write_formula(row, column, f"=INDEX({figure.shown},{number})", form, "")
    verdict = f'=IF({letter(_NAME)}{row + 1}="","",IFERROR(INDEX({VERDICTS},{number}),"{OPEN}"))'
    target.write_formula(row, _VERDICT, verdict, centred, NOT_CALCULATED)
    wrapped = style.of(text_wrap=True, font_size=9)
    target.write_formula(row, _DIFFERENCES, f'=IFERROR(INDEX({DIFFERENCES},{number}),"")', wrapped, "")


def _colour(target: Worksheet, style: Styles, rows: tuple[int, int], half: int) -> None:
    """Green, red and yellow verdicts; a figure that differs is red, rows with a department have lines."""
    first, last = rows
    lines = {"border": 1, "border_color": styles.MID_GREY}

    def paint(area: tuple[int, int, int, int], criteria: str, colours: tuple[str, str], **more: object) -> None:
        form = style.rule(bg_color=colours[0], font_color=colours[1], **lines, **more)
        target.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": form})

    def paint_words(area: tuple[int, int, int, int], words: dict[str, tuple[str, str]]) -> None:
        cell = f"{letter(area[1])}{area[0] + 1}"
        for word, colours in words.items():
            paint(area, f'={cell}="{word}"', colours, bold=True)

    _say_what_to_do(target, style, rows)
    words = {AGREES: _GOOD, DIFFERS: _BAD, OPEN: _PLAIN, UNSCORED: _PLAIN, NOT_CALCULATED: _PLAIN}
    paint_words((_OVERALL, _NAME, _OVERALL, _FIRST_FIGURE + 1), words)
    for columns in (_LEFT, _RIGHT):
        area_ = (_CONDITIONS, columns[1], _CONDITIONS + half - 1, columns[1])
        paint_words(area_, {"满足": _GOOD, "不满足": _PLAIN, NOT_CALCULATED: _PLAIN})
    paint_words((first, _VERDICT, last, _VERDICT), words)
    for column, figure in enumerate(FIGURES, start=_FIRST_FIGURE):
        flagged = f"=AND({LISTED}>0,INDEX({figure.flag},SUM(ROW())-{first})=1)"  # nothing posted is no difference
        paint((first, column, last, column), flagged, _BAD, bold=True)
    filled = {"type": "formula", "criteria": f'=${letter(_NAME)}{first + 1}<>""', "format": style.rule(**lines)}
    target.conditional_format(first, _NAME, last, _DIFFERENCES, filled)


def _say_what_to_do(target: Worksheet, style: Styles, rows: tuple[int, int]) -> None:
    """Until somebody recalculates: how to do it beside the verdict, and nothing in the rows without a department.

    Every verdict then holds the one word 未重算, whoever reset it, so number formats say the rest. To be called before
    the words get their colours: the first rule counts.
    """
    first, last = rows
    advice = (_OVERALL, _FIRST_FIGURE + 2)
    for area_, criteria, number_format in (
        ((*advice, *advice), f'={letter(advice[1])}{advice[0] + 1}="{NOT_CALCULATED}"', f';;;"{_TO_DO}"'),
        ((first, _VERDICT, last, _VERDICT), f'=${letter(_NAME)}{first + 1}=""', ";;;"),
    ):
        rule = {"type": "formula", "criteria": criteria, "format": style.rule(num_format=number_format)}
        target.conditional_format(*area_, rule | {"stop_if_true": True})


def _name_verdicts(book: Workbook, half: int, rows: tuple[int, int]) -> None:
    """The names by which the program finds the verdicts it resets."""
    first, last = rows
    advice = letter(_FIRST_FIGURE + 2)
    tops = {
        "总评": f"$A${_OVERALL + 1}",
        "总评说明": f"${advice}${_OVERALL + 1}",
        "条件左": f"${letter(_LEFT[1])}${_CONDITIONS + 1}:${letter(_LEFT[1])}${_CONDITIONS + half}",
        "条件右": f"${letter(_RIGHT[1])}${_CONDITIONS + 1}:${letter(_RIGHT[1])}${_CONDITIONS + half}",
        "科室": f"${letter(_VERDICT)}${first + 1}:${letter(_VERDICT)}${last + 1}",
    }
    for name, block in zip(BLOCKS, tops.values(), strict=True):
        book.define_name(name, f"={RECHECK_SHEET}!{block}")
