"""The page 考核一览: a ranking table, and charts that refer to the cells `score` writes there.

The ranking bar lies beside the table over the very rows of its zone, so it grows and shrinks with them; the other
charts lie below, in rows that are never hidden.
"""

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.worksheet import Worksheet

from jixiao.policy.model import GRADES
from jixiao.sheets.outputs import OVERVIEW
from jixiao.sheets.overview import (
    GRADES_BELOW,
    GRADES_COLUMN,
    LOWER_ROWS,
    NOTE_BELOW,
    NOTE_COLUMN,
    STAMP_BELOW,
    STAMP_HEIGHT,
    SUMMARY,
    SUMMARY_BELOW,
    ZONE,
)

from . import styles
from .layout import FIRST_ROW, HEADER_HEIGHT, HEADER_ROW, ROW_PIXELS
from .styles import Styles

TYPICAL = 12  # rows shown in the blank workbook, the plan's number of departments
_GAP = GRADES_COLUMN - 2  # the narrow column between table and charts
GRADES_FIRST, GRADES_LAST = GRADES_COLUMN - 1, GRADES_COLUMN - 1 + len(GRADES)
_MARGIN = GRADES_LAST + 1  # a narrow column, as a row at the foot, so that the frames of the charts are on the page
PAGE_WIDTH = _MARGIN + 1  # columns
_GAP_WIDTH, _GRADE_WIDTH, _MARGIN_WIDTH = 1.0, 8, 0.5
_ZONE_END = FIRST_ROW + ZONE - 1
_COUNTS_ROW = HEADER_ROW + GRADES_BELOW  # 等次; 科室数 and 名额 follow
_SUMMARY_ROW, _NOTE_ROW = HEADER_ROW + SUMMARY_BELOW, HEADER_ROW + NOTE_BELOW
_NARROW = 5  # height of the rows that only keep things apart
_STAMP_ROW = HEADER_ROW + STAMP_BELOW
PAGE_END = _COUNTS_ROW + LOWER_ROWS - 1

Area = tuple[int, int, int, int]  # first row, first column, last row, last column; zero-based

_MOVE_AND_SIZE, _MOVE = 1, 2
_PIXELS = 4 / 3  # a point on screen
_SMALL = 10
_FONT = {"name": styles.BODY_FONT, "size": _SMALL, "color": styles.INK, "bold": False}
_TITLE_FONT = {"name": styles.HEAD_FONT, "size": 12, "color": styles.INK, "bold": False}
_FRAME = {"border": {"color": styles.MID_GREY, "width": 0.75}, "fill": {"color": "#FFFFFF"}}
_FAINT: dict[str, Any] = {"visible": True, "line": {"color": "#E3E3E3", "width": 0.5}}
_SCORES: dict[str, Any] = {
    "num_font": _FONT,
    "major_gridlines": _FAINT,
    "num_format": "General",
    "line": {"none": True},
}
_AXIS_LINE = {"color": "#7F7F7F", "width": 0.75}
# Told apart in black and white too: dark, light, hatched.
_DARK, _LIGHT = styles.NAVY, "#BDD7EE"
_HATCH = {"pattern": "wide_upward_diagonal", "fg_color": "#C55A11", "bg_color": "#FFFFFF"}


def draw_overview(book: Workbook, style: Styles, target: Worksheet) -> None:
    """Finish the page: rows of the zone that are not needed yet hidden, charts, one sheet of paper."""
    target.set_column(_GAP, _GAP, _GAP_WIDTH, style.of())
    target.set_column(GRADES_FIRST, GRADES_LAST, _GRADE_WIDTH, style.of(align="center"))
    _dress_rows(target, style)
    target.set_column(_MARGIN, _MARGIN, _MARGIN_WIDTH, style.of())
    for row in range(FIRST_ROW + TYPICAL, _ZONE_END + 1):
        target.set_row(row, None, None, {"hidden": True})
    _dress_counts(target, style)
    _place(target, _ranking(book), (HEADER_ROW, GRADES_FIRST, _NOTE_ROW - 1, GRADES_LAST), _MOVE_AND_SIZE)
    _place(target, _quarters(book), (_COUNTS_ROW, 0, PAGE_END, _GAP - 1), _MOVE)
    _place(target, _grades(book), (_COUNTS_ROW + 3, GRADES_FIRST, PAGE_END, GRADES_LAST), _MOVE)
    target.print_area(0, 0, _STAMP_ROW, PAGE_WIDTH - 1)
    target.fit_to_pages(1, 1)


def mark_summary(target: Worksheet, style: Styles) -> None:
    """平均, 最高 and 最低 stand out; to be called before the bands are drawn, for the first rule counts."""
    form = style.rule(bg_color=styles.SKY, bold=True, border=1, border_color=styles.MID_GREY)
    area = (_SUMMARY_ROW, 0, _SUMMARY_ROW + len(SUMMARY) - 1, len(OVERVIEW.columns) - 1)
    target.conditional_format(*area, {"type": "formula", "criteria": f'=$B${_SUMMARY_ROW + 1}<>""', "format": form})


def _dress_rows(target: Worksheet, style: Styles) -> None:
    """The rows below the summary: a line of text that runs on to the right, narrow rows between."""
    note = [column.key for column in OVERVIEW.columns].index(NOTE_COLUMN)
    for place in range(note, GRADES_LAST + 1):
        target.write_blank(_NOTE_ROW, place, None, style.of(font_size=10, font_color=styles.RED))
    target.set_row(_NOTE_ROW + 1, _NARROW)
    # At the foot of the page, so that whoever holds a copy can tell from which entries it comes.
    target.set_row(_STAMP_ROW, STAMP_HEIGHT)
    target.write_blank(_STAMP_ROW, note, None, style.of(font_size=10, font_color=styles.QUIET, align="left"))
    # Behind the ranking chart: its names, and the bars of the quarters, for no eye but the charts'.
    for row in range(FIRST_ROW, _ZONE_END + 1):
        for place in range(GRADES_FIRST, GRADES_LAST + 1):
            target.write_blank(row, place, None, style.of(font_size=10, font_color="#FFFFFF"))


def _dress_counts(target: Worksheet, style: Styles) -> None:
    """Lines around the counts of grades as soon as they are there."""
    first = (_COUNTS_ROW, GRADES_FIRST, _COUNTS_ROW, GRADES_LAST)
    body = (_COUNTS_ROW + 1, GRADES_FIRST, _COUNTS_ROW + 2, GRADES_LAST)
    lines = {"border": 1, "border_color": styles.MID_GREY}
    for area, form in ((first, style.rule(bg_color=styles.GREEN, **lines)), (body, style.rule(**lines))):
        corner = f"${chr(ord('A') + GRADES_FIRST)}{area[0] + 1}"
        target.conditional_format(*area, {"type": "formula", "criteria": f'={corner}<>""', "format": form})


def _place(target: Worksheet, chart: Chart, area: Area, behaviour: int) -> None:
    """Lay a chart over an area of cells, its last row and column included."""
    top, left, bottom, right = area
    width = sum(_column_pixels(column) for column in range(left, right + 1))
    shown = [row for row in range(top, bottom + 1) if not FIRST_ROW + TYPICAL <= row <= _ZONE_END]
    height = sum(round(HEADER_HEIGHT * _PIXELS) if row == HEADER_ROW else ROW_PIXELS for row in shown)
    chart.set_size({"width": width, "height": height})
    target.insert_chart(top, left, chart, {"object_position": behaviour, "description": chart.chart_name})


def _column_pixels(place: int) -> int:
    widths = [*(column.width for column in OVERVIEW.columns), _GAP_WIDTH]
    return int(7 * (widths[place] if place <= _GAP else _GRADE_WIDTH) + 0.5) + 5  # as Excel reckons


def _ranking(book: Workbook) -> Chart:
    """Each department's score as a bar of its parts, best on top; a net deduction runs left of zero."""
    chart = _chart(book, "bar", "考核得分构成（净扣分在左侧）", "stacked")
    fills: dict[str, dict[str, Any]] = {
        "performance": {"fill": {"color": _DARK}},
        "review": {"fill": {"color": _LIGHT}},
        "net": {"pattern": _HATCH, "border": {"color": "#C55A11", "width": 0.75}},
    }
    labels = [OVERVIEW.name, FIRST_ROW, GRADES_FIRST, _ZONE_END, GRADES_FIRST]
    for key, look in fills.items():
        chart.add_series(_series(key) | {"categories": labels, "gap": 45} | look)
    # Of a bar chart, the y axis holds the names, here each with its 考核得分.
    names = {"reverse": True, "label_position": "low", "interval_unit": 1, "major_tick_mark": "none"}
    chart.set_y_axis({"num_font": _FONT, "line": _AXIS_LINE, "major_gridlines": {"visible": False}, **names})
    chart.set_x_axis(_SCORES | {"label_position": "high"})  # at the foot, for the names run downwards
    # Room for seven characters and a figure; left to itself, LibreOffice drops every second name.
    layout = {"x": 0.43, "y": 0.12, "width": 0.53, "height": 0.72}
    chart.set_plotarea({"fill": {"none": True}, "layout": layout})
    return chart


def _quarters(book: Workbook) -> Chart:
    """Each department's quarters as four bars: how far above or below the mean of that quarter, in order of place.

    Scores lie so near to each other that bars from 0 look alike, and an axis cut short would mislead; the distance from
    the mean begins at 0 and shows what differs. The program writes it behind the ranking chart, beside its names.
    """
    chart = _chart(book, "column", "各季度得分与当季平均分的差")
    looks: dict[str, dict[str, Any]] = {
        "quarter_1": {"fill": {"color": "#BFBFBF"}},
        "quarter_2": {"fill": {"color": _LIGHT}},
        "quarter_3": {"pattern": _HATCH, "border": {"color": "#C55A11", "width": 0.75}},
        "quarter_4": {"fill": {"color": _DARK}},
    }
    for place, (key, look) in enumerate(looks.items(), start=GRADES_FIRST + 1):
        values = [OVERVIEW.name, FIRST_ROW, place, _ZONE_END, place]
        chart.add_series(_series(key) | {"values": values, "gap": 60, "overlap": 0} | look)
    chart.set_y_axis(_SCORES)
    names = {"interval_unit": 1, "label_position": "low", "major_tick_mark": "none"}
    chart.set_x_axis({"num_font": _FONT, "line": _AXIS_LINE} | names)
    return chart


def _grades(book: Workbook) -> Chart:
    """How many departments have each grade, beside the seats it has."""
    chart = _chart(book, "column", "等次分布")
    names = [OVERVIEW.name, _COUNTS_ROW, GRADES_FIRST + 1, _COUNTS_ROW, GRADES_LAST]
    looks: dict[str, dict[str, Any]] = {
        "科室数": {"fill": {"color": _DARK}},
        "名额": {"fill": {"color": "#FFFFFF"}, "border": {"color": _DARK, "width": 1, "dash_type": "dash"}},
    }
    for row, (name, look) in enumerate(looks.items(), start=_COUNTS_ROW + 1):
        values = [OVERVIEW.name, row, GRADES_FIRST + 1, row, GRADES_LAST]
        # The name is a text: it would refer to a cell that is empty in a blank workbook.
        series = {"name": name, "categories": names, "values": values}
        chart.add_series(series | {"gap": 60, "data_labels": {"value": True, "font": _FONT}} | look)
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_x_axis({"num_font": _FONT, "line": _AXIS_LINE, "major_tick_mark": "none"})
    return chart


def _chart(book: Workbook, kind: str, title: str, subtype: str | None = None) -> Chart:
    options = {"type": kind, "name": title} | ({"subtype": subtype} if subtype else {})
    chart = book.add_chart(options)
    chart.set_title({"name": title, "name_font": _TITLE_FONT, "overlay": False})
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_chartarea(_FRAME)
    chart.set_plotarea({"fill": {"none": True}})
    return chart


def _series(key: str) -> dict[str, Any]:
    """A column of the table over the whole zone, named by its header, by department."""
    keys = [column.key for column in OVERVIEW.columns]
    place, names = keys.index(key), keys.index("department")
    return {
        "name": [OVERVIEW.name, HEADER_ROW, place],
        "categories": [OVERVIEW.name, FIRST_ROW, names, _ZONE_END, names],
        "values": [OVERVIEW.name, FIRST_ROW, place, _ZONE_END, place],
    }
