"""What only 得分说明 has: the cell in which a 科室 is picked, a page for each, and bands a 科室 wide."""

from xlsxwriter.worksheet import Worksheet

from jixiao.sheets.declare import Sheet, Source
from jixiao.sheets.explanation import EVERYBODY, MOST_DEPARTMENTS, PAGE_LINES, PICK_LABEL

from . import styles
from .checks import hint
from .layout import FIRST_ROW, OUTPUT_ROWS, PURPOSE_ROW
from .lists import NAMES, letter
from .styles import Styles

_TOP = FIRST_ROW + 1
BAND = f"MOD(INT((ROW()-{_TOP})/{PAGE_LINES}),2)=1"  # every second department
_SCALE = 64  # per cent: all columns of a 科室 on a landscape A4; fitted to the width, Excel may not heed our breaks
_LABEL, _PICK, _PURPOSE = 0, 1, 2


def write_pick(target: Worksheet, style: Styles, sheet: Sheet) -> None:
    """The second row: the label, the unlocked cell with its drop-down, and what the sheet is for."""
    line = {"border": 1, "border_color": styles.MID_GREY}
    target.set_row(PURPOSE_ROW, 26)
    target.write_string(PURPOSE_ROW, _LABEL, PICK_LABEL, style.of(align="right", bold=True))
    cell = style.of(align="center", bold=True, bg_color=styles.CREAM, locked=False, **line)
    target.write_blank(PURPOSE_ROW, _PICK, None, cell)
    # 全部 is no entry of the list, so nothing is refused: the program says what it does not know.
    check = {"validate": "list", "source": f"={NAMES[Source.DEPARTMENTS]}", "show_error": False, "ignore_blank": False}
    message = f"选一个科室，再点“得分说明”，只列这个科室；空着或填“{EVERYBODY}”，列出所有科室。"
    target.data_validation(PURPOSE_ROW, _PICK, PURPOSE_ROW, _PICK, hint(check, "选科室", message))
    target.merge_range(
        PURPOSE_ROW, _PURPOSE, PURPOSE_ROW, len(sheet.columns) - 1, sheet.purpose, style.purpose(indent=1, font_size=11)
    )
    target.set_selection(PURPOSE_ROW, _PICK, PURPOSE_ROW, _PICK)


def emphasise_score(target: Worksheet, style: Styles, sheet: Sheet) -> None:
    """The line of 考核得分 stands out among its department's."""
    form = style.rule(bold=True, bg_color=styles.GREEN, border=1, border_color=styles.MID_GREY)
    keys = [column.key for column in sheet.columns]
    rule = {"type": "formula", "criteria": f'=${letter(keys.index("figure"))}{_TOP}="考核得分"', "format": form}
    target.conditional_format(FIRST_ROW, 0, FIRST_ROW + OUTPUT_ROWS - 1, keys.index("formula"), rule)


def break_pages(target: Worksheet) -> None:
    """Each 科室 on a page of its own, to be put into its folder or handed to it."""
    target.set_print_scale(_SCALE)
    target.set_h_pagebreaks([FIRST_ROW + PAGE_LINES * number for number in range(1, MOST_DEPARTMENTS)])
