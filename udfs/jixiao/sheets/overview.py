"""考核一览: the page for the leaders. Its charts in the template refer to the cells that are written here.

The charts know a fixed zone of rows; rows past the last department are hidden, and a chart leaves hidden rows out.
"""

from fractions import Fraction

import xlwings as xw

from jixiao.policy.model import GRADES, Policy
from jixiao.rules.model import Appraisal, Result
from jixiao.rules.ranking import seats
from jixiao.rules.standing import figures
from jixiao.sheets.access import unprotected
from jixiao.sheets.locate import Layout, find_sheet
from jixiao.sheets.outputs import OVERVIEW
from jixiao.sheets.present import Line, Value, number
from jixiao.sheets.write import write_blocks

ZONE = 60  # departments the page has room for
ROW_HEIGHT = 18.0  # points
# Where the grades' counts stand: rows below the header row, columns right of the table's last; in the template, there.
GRADES_BELOW, _GRADES_RIGHT = ZONE + 5, 2
GRADES_COLUMN = len(OVERVIEW.columns) + _GRADES_RIGHT
_GRADES_CORNER = "等次"
_MOST_PLACES = 4


def write_overview(book: xw.Book, appraisal: Appraisal, title: str, stamp: str) -> None:
    """Rewrite the page: its table, the counts of grades, and as many rows of the zone as there are departments."""
    policy = appraisal.policy
    lines = [overview_line(result, policy) for result in appraisal.results[:ZONE]]
    total = len(appraisal.results)
    more = "" if total <= ZONE else f"共{total}个科室，这里列出前{ZONE}个，其余见“考核结果”。"
    caption = f"{OVERVIEW.purpose}{more}　{stamp}"
    layout = write_blocks(book, OVERVIEW, title, {caption: lines}, shown_places(policy))
    header = layout.header_row
    sheet = book.sheets[find_sheet([each.name for each in book.sheets], OVERVIEW)[0]]
    with unprotected(sheet):
        grades = grade_rows(appraisal)
        corner = _grades_corner(sheet, layout)
        corner.resize(len(grades), len(grades[0])).value = grades
        _show_rows(sheet, header + 1, len(lines))


def _grades_corner(sheet: xw.Sheet, layout: Layout) -> xw.Range:
    """Where the counts stand: they move, with the charts' references, when somebody inserts a column before them."""
    row = layout.header_row + GRADES_BELOW
    right = max(place for places in layout.places.values() for place in places)
    beside = sheet.range((row, right + 1), (row, max(sheet.used_range.last_cell.column, right + _GRADES_RIGHT)))
    cells: list[object] = beside.options(ndim=1, err_to_str=True).value
    place = cells.index(_GRADES_CORNER) + 1 if _GRADES_CORNER in cells else _GRADES_RIGHT
    return sheet.range((row, right + place))


def _show_rows(sheet: xw.Sheet, top: int, count: int) -> None:
    """Show the first `count` rows of the zone and hide the others."""
    if count:
        sheet.range((top, 1), (top + count - 1, 1)).row_height = ROW_HEIGHT
    if count < ZONE:
        sheet.range((top + count, 1), (top + ZONE - 1, 1)).row_height = 0


def overview_line(result: Result, policy: Policy) -> Line:
    """One line of 考核一览; the parts are the exact products, which nothing rounds."""
    standing, posted = result.standing, figures(result)
    ordered: dict[str, Value] = {
        "place": standing.printed if standing else None,
        "department": result.name,
        "quarter_1": number(posted["一季度得分"]),
        "quarter_2": number(posted["二季度得分"]),
        "quarter_3": number(posted["三季度得分"]),
        "quarter_4": number(posted["四季度得分"]),
        "performance": _part(posted["业绩评价得分"], policy.performance_weight),
        "review": _part(posted["履职评价得分"], policy.review_weight),
        "net": number(posted["加减得分"]),
        "score": number(posted["考核得分"]),
        "grade": standing.grade if standing else None,
    }
    return {column.header: ordered[column.key] for column in OVERVIEW.columns}


def shown_places(policy: Policy) -> dict[str, int]:
    """Decimals shown, by column: 小数位数, and for the parts as many more as their weights have.

    So the parts of a 逐步取整 score are shown to their end, and add up to what is then rounded (R9).
    """
    further = max(_decimals(policy.performance_weight), _decimals(policy.review_weight))
    figures = dict.fromkeys(("quarter_1", "quarter_2", "quarter_3", "quarter_4", "net", "score"), policy.places)
    return figures | dict.fromkeys(("performance", "review"), policy.places + further)


def grade_rows(appraisal: Appraisal) -> list[list[Value]]:
    """The grades with how many departments have each and how many seats it has (R11); 较差 has none.

    The counts stay empty while there are no grades.
    """
    grades = [result.standing.grade for result in appraisal.results if result.standing]
    total = len(appraisal.results)
    seated = seats(total, appraisal.policy)
    counts: list[Value] = [grades.count(grade) if grades else None for grade in GRADES]
    return [
        [_GRADES_CORNER, *GRADES],
        ["科室数", *counts],
        ["名额", seated.excellent, total - seated.excellent - seated.fair, seated.fair, None],
    ]


def _part(score: Fraction | None, weight: Fraction) -> float | None:
    return None if score is None else number(score * weight)


def _decimals(weight: Fraction) -> int:
    """How many decimals a weight has, four at most."""
    exact = (place for place in range(_MOST_PLACES) if (weight * 10**place).denominator == 1)
    return next(exact, _MOST_PLACES)
