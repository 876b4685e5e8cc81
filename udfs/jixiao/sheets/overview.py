"""考核一览: the page for the leaders. Its charts in the template refer to the cells that are written here.

The charts know a fixed zone of rows; rows past the last department are hidden, and a chart leaves hidden rows out.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd
import xlwings as xw

from jixiao.exact import from_float, plain, round_half_up
from jixiao.explain.standing import grade_notes
from jixiao.policy.model import GRADES, Policy
from jixiao.rules.inputs import records
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
# Where the rest stands, in rows below the header row: 平均, 最高, 最低 under the zone, and why a grade is another one.
SUMMARY_BELOW, SUMMARY = ZONE + 1, ("平均", "最高", "最低")
NOTE_BELOW, NOTE_COLUMN = SUMMARY_BELOW + len(SUMMARY), "quarter_1"
# The grades' counts: rows below the header row, columns right of the table's last; in the template, there. The names
# on the ranking chart stand above the counts, in the column of their titles.
GRADES_BELOW, _GRADES_RIGHT = NOTE_BELOW + 2, 2
GRADES_COLUMN = len(OVERVIEW.columns) + _GRADES_RIGHT
_GRADES_CORNER = "等次"
# The charts below take so many rows; the line under them says when and from what the page was scored.
LOWER_ROWS = 12
STAMP_BELOW, STAMP_HEIGHT = GRADES_BELOW + LOWER_ROWS, 15.0
_MOST_PLACES = 4
_LONGEST_NOTE = 72  # characters on one line of the page
_UP, _DOWN, _SAME = "↑", "↓", "—"
_QUARTERS = ("quarter_1", "quarter_2", "quarter_3", "quarter_4")
_SUMMED = ("quarter_1", "quarter_2", "quarter_3", "quarter_4", "performance", "review", "net", "score")


def write_overview(book: xw.Book, appraisal: Appraisal, history: pd.DataFrame, title: str, stamp: str) -> None:
    """Rewrite the page: its table, the counts of grades, and as many rows of the zone as there are departments.

    `history` are the rows of 历年结果.
    """
    policy = appraisal.policy
    before = places_before(history, policy)
    every = [overview_line(result, policy, before.get(result.department)) for result in appraisal.results]
    lines = every[:ZONE]
    total = len(appraisal.results)
    more = "" if total <= ZONE else f"共{total}个科室，这里列出前{ZONE}个，其余见“考核结果”。"
    layout = write_blocks(book, OVERVIEW, title, {f"{OVERVIEW.purpose}{more}": lines}, shown_places(policy), ZONE)
    header = layout.header_row
    sheet = book.sheets[find_sheet([each.name for each in book.sheets], OVERVIEW)[0]]
    with unprotected(sheet):
        grades = grade_rows(appraisal)
        corner = _grades_corner(sheet, layout)
        corner.value = grades
        names = sheet.range((header + 1, corner.column), (header + ZONE, corner.column + len(_QUARTERS)))
        behind = zip(chart_labels(lines, policy), quarter_gaps(lines, every, policy), strict=True)
        names.value = [[label, *gaps] for label, gaps in behind]
        _write_summary(sheet, layout, every, shown_places(policy))
        note = sheet.range((header + NOTE_BELOW, layout.places[NOTE_COLUMN][0]))
        note.value = grades_note(appraisal) or None
        foot = sheet.range((header + STAMP_BELOW, layout.places[NOTE_COLUMN][0]))
        foot.value = stamp
        foot.row_height = STAMP_HEIGHT
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


def _write_summary(sheet: xw.Sheet, layout: Layout, lines: Sequence[Line], shown: Mapping[str, int]) -> None:
    """平均, 最高 and 最低 of every figure, in its column, under the zone."""
    top = layout.header_row + SUMMARY_BELOW
    columns = {"department": list[Value](SUMMARY)} | {key: _summary(lines, key, shown[key]) for key in _SUMMED}
    for key, cells in columns.items():
        target = sheet.range((top, layout.places[key][0]), (top + len(SUMMARY) - 1, layout.places[key][0]))
        target.value = [[cell] for cell in cells]
        if key in shown:
            target.number_format = f"0.{'0' * shown[key]}" if shown[key] else "0"


def _summary(lines: Sequence[Line], key: str, places: int) -> list[Value]:
    """Of the departments that have the figure."""
    cells = (line[OVERVIEW.by_key[key].header] for line in lines)
    figures_ = [from_float(cell) for cell in cells if isinstance(cell, float)]
    if not figures_:
        return [None] * len(SUMMARY)
    mean = round_half_up(sum(figures_, Fraction(0)) / len(figures_), places)
    return [number(mean), number(max(figures_)), number(min(figures_))]


def chart_labels(lines: Sequence[Line], policy: Policy) -> list[str | None]:
    """What stands beside each bar of the ranking: the name and its 考核得分; as many as the zone has rows."""
    labels: list[str | None] = []
    for line in lines:
        score = line["考核得分"]
        shown = f" {score:.{policy.places}f}" if isinstance(score, float) else ""
        labels.append(f"{line['科室']}{shown}")
    return labels + [None] * (ZONE - len(labels))


def quarter_gaps(lines: Sequence[Line], every: Sequence[Line], policy: Policy) -> list[list[Value]]:
    """How far each line's quarters lie above or below the mean of `every` 科室; as many lists as the zone has rows.

    These are the bars of a chart: scores are so near to each other that bars from 0 would all look alike, and bars that
    do not begin at 0 would mislead.
    """
    means = [_summary(every, key, policy.places)[0] for key in _QUARTERS]
    headers = [OVERVIEW.by_key[key].header for key in _QUARTERS]
    gaps: list[list[Value]] = [
        [_gap(line[header], mean) for header, mean in zip(headers, means, strict=True)] for line in lines
    ]
    return gaps + [[None] * len(_QUARTERS)] * (ZONE - len(gaps))


def _gap(score: Value, mean: Value) -> float | None:
    if not isinstance(score, float) or not isinstance(mean, float):
        return None
    return number(from_float(score) - from_float(mean))


def grades_note(appraisal: Appraisal) -> str:
    """Which grades are not what the place gives, and why; empty where each is."""
    told = [
        (result.name, "，".join(filter(None, grade_notes(result, appraisal.policy)))) for result in appraisal.results
    ]
    parts = [f"{name}{reason}" for name, reason in told if reason]
    note = "等次说明：" + "；".join(parts)
    if len(note) > _LONGEST_NOTE:
        note = f"等次说明：{'、'.join(name for name, reason in told if reason)}的等次另有原因，见“考核结果”的说明"
    if len(note) > _LONGEST_NOTE:
        note = f"等次说明：{len(parts)}个科室的等次另有原因，见“考核结果”的说明"
    return note if parts else ""


def places_before(history: pd.DataFrame, policy: Policy) -> dict[int, Fraction]:
    """The place of each department in the year before, by position; none where 历年结果 says two."""
    rows = [row for row in records(history) if row["year"] == policy.year - 1 and row["department"] >= 0]
    said: dict[int, set[Fraction]] = {}
    for row in rows:
        if isinstance(row["place"], Fraction):
            said.setdefault(row["department"], set()).add(row["place"])
    return {position: places.pop() for position, places in said.items() if len(places) == 1}


def _move(place: int | None, before: Fraction | None) -> str | None:
    """How many places up or down since the year before."""
    if place is None or before is None:
        return None
    up = before - place
    return f"{_UP}{plain(up)}" if up > 0 else f"{_DOWN}{plain(-up)}" if up < 0 else _SAME


def overview_line(result: Result, policy: Policy, before: Fraction | None = None) -> Line:
    """One line of 考核一览; the parts are the exact products, which nothing rounds. `before` is last year's place."""
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
        "last_place": number(before),
        "move": _move(standing.printed if standing else None, before),
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

    Both stay empty while there are no grades.
    """
    grades = [result.standing.grade for result in appraisal.results if result.standing]
    total = len(appraisal.results)
    seated = seats(total, appraisal.policy)
    places = (seated.excellent, total - seated.excellent - seated.fair, seated.fair)
    none: list[Value] = [None] * len(GRADES)
    return [
        [_GRADES_CORNER, *GRADES],
        ["科室数", *(grades.count(grade) for grade in GRADES)] if grades else ["科室数", *none],
        ["名额", *places, None] if grades else ["名额", *none],
    ]


def _part(score: Fraction | None, weight: Fraction) -> float | None:
    return None if score is None else number(score * weight)


def _decimals(weight: Fraction) -> int:
    """How many decimals a weight has, four at most."""
    exact = (place for place in range(_MOST_PLACES) if (weight * 10**place).denominator == 1)
    return next(exact, _MOST_PLACES)
