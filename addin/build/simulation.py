"""The sheet 模拟测算: a few cream cells to fill in on the left, the program's comparison on the right."""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from jixiao.sheets.declare import Column, Kind
from jixiao.sheets.inputs import SETTINGS
from jixiao.sheets.simulation import SIMULATION

from . import styles
from .checks import hint, refusal
from .inputs import code_name
from .layout import (
    FIRST_ROW,
    HEADER_HEIGHT,
    HEADER_ROW,
    OUTPUT_ROWS,
    PURPOSE_ROW,
    ROW_HEIGHT,
    TITLE_ROW,
    VIEWS,
    look,
    print_setup,
)
from .lists import letter, letter_of
from .outputs import SPACER_WIDTH
from .styles import Styles

_LEFT = ("name", "value", "now")
_LINES = {"border": 1, "border_color": styles.MID_GREY}
_UP, _DOWN, _CHANGED = (styles.WORD_COLOURS[word][:2] for word in ("优秀", "较差", "一般"))


def _places() -> dict[str, int]:
    """Where each column stands: the comparison begins behind an empty column."""
    return {column.key: place + (column.key not in _LEFT) for place, column in enumerate(SIMULATION.columns)}


def write_simulation(book: Workbook, style: Styles, settings: int) -> Worksheet:
    """The sheet, blank; `settings` are the lines of 参数 its drop-down offers."""
    view = VIEWS[SIMULATION.key]
    target = book.add_worksheet(SIMULATION.name)
    target.set_vba_name(code_name(SIMULATION))
    target.set_tab_color(styles.TRIAL_TAB)
    target.hide_gridlines(2)
    places = _places()
    _write_head(target, style, max(places.values()))
    target.set_column(len(_LEFT), len(_LEFT), SPACER_WIDTH)
    for column in SIMULATION.columns:
        _write_column(target, style, column, places[column.key], view.rows)
    _write_checks(target, places, settings)
    _mark_moves(target, style, places)
    look(target, view)
    target.set_selection(FIRST_ROW, 0, FIRST_ROW, 0)
    print_setup(target, landscape=view.landscape)
    return target


def _write_head(target: Worksheet, style: Styles, last: int) -> None:
    """The title, and the line that the program replaces by what it found."""
    target.set_row(TITLE_ROW, 36)
    target.set_row(PURPOSE_ROW, 2 * ROW_HEIGHT)
    target.set_row(HEADER_ROW, HEADER_HEIGHT)
    target.merge_range(TITLE_ROW, 0, TITLE_ROW, last, f"绩效考核·{SIMULATION.name}", style.title(align="center"))
    line = style.of(font_color="#595959", align="center", text_wrap=True)
    target.merge_range(PURPOSE_ROW, 0, PURPOSE_ROW, last, SIMULATION.purpose, line)


def _write_column(target: Worksheet, style: Styles, column: Column, place: int, rows: int) -> None:
    properties: dict[str, object] = {"text_wrap": True, "align": "left" if column.key == "name" else "center"}
    if column.key == "name":
        properties["indent"] = 1
    if column.kind is Kind.TEXT and column.key != "now":  # numbers of 参数 stay numbers there
        properties["num_format"] = "@"
    elif column.key == "difference":
        properties["num_format"] = "+0.00;-0.00;0.00"
    elif column.kind is Kind.NUMBER:
        properties["num_format"] = "0" if column.key.endswith("place") else "0.00"
    strong = {"bold": True} if column.key == "department" else {}
    target.set_column(place, place, column.width, style.of(**properties, **strong))
    if column.key not in _LEFT:
        target.write_string(HEADER_ROW, place, column.header, style.header(styles.GREEN, styles.INK))
        return
    head = (styles.MID_GREY, styles.INK) if column.output else (styles.NAVY, "#FFFFFF")
    target.write_string(HEADER_ROW, place, column.header, style.header(*head))
    fill = styles.GREY if column.output else styles.CREAM
    form = style.of(**properties, bg_color=fill, bold=column.key == "value", border=1, border_color="#D0D0D0")
    for row in range(FIRST_ROW, FIRST_ROW + rows):
        target.write_blank(row, place, None, form)


def _write_checks(target: Worksheet, places: dict[str, int], settings: int) -> None:
    """Names from 参数 only, any value, and nothing where the program writes."""
    name = letter_of(SETTINGS, "name")
    offered = f"={SETTINGS.name}!${name}${FIRST_ROW + 1}:${name}${FIRST_ROW + settings}"
    for column in SIMULATION.columns:
        check = refusal(column.header) if column.output else hint({"validate": "any"}, column.header, column.help)
        if column.key == "name":
            message = "请从下拉列表里选。列表取自“参数”表。"
            strict = {"ignore_blank": False, "error_type": "stop", "error_message": message}
            listed = {"validate": "list", "source": offered, **strict}
            check = hint(listed, column.header, column.help)
        place = places[column.key]
        target.data_validation(FIRST_ROW, place, FIRST_ROW + OUTPUT_ROWS - 1, place, check)


def _mark_moves(target: Worksheet, style: Styles, places: dict[str, int]) -> None:
    """Up green, down red, another grade bold; lines and bands under every department.

    Each mark carries the lines too: LibreOffice applies only the first rule that holds on a range.
    """
    row, end = FIRST_ROW + 1, FIRST_ROW + OUTPUT_ROWS - 1
    cell = {key: f"${letter(place)}{row}" for key, place in places.items()}
    up, down = (style.rule(bg_color=fill, font_color=ink, **_LINES) for fill, ink in (_UP, _DOWN))
    other = style.rule(bg_color=_CHANGED[0], font_color=_CHANGED[1], bold=True, **_LINES)
    grades = f'{cell["grade"]}<>"",{cell["new_grade"]}<>"",{cell["grade"]}<>{cell["new_grade"]}'
    for first, last, criteria, form in (
        ("difference", "difference", f"=N({cell['difference']})>0", up),
        ("difference", "difference", f"=N({cell['difference']})<0", down),
        ("new_place", "move", f'=LEFT({cell["move"]},1)="↑"', up),
        ("new_place", "move", f'=LEFT({cell["move"]},1)="↓"', down),
        ("new_grade", "new_grade", f"=AND({grades})", other),
        (
            "department",
            "new_grade",
            f'=AND({cell["department"]}<>"",MOD(ROW(),2)=1)',
            style.rule(bg_color=styles.PALE_GREEN, **_LINES),
        ),
        ("department", "new_grade", f'={cell["department"]}<>""', style.rule(**_LINES)),
    ):
        rule = {"type": "formula", "criteria": criteria, "format": form}
        target.conditional_format(FIRST_ROW, places[first], end, places[last], rule)
