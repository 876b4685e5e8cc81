"""The last day of a public notice (R14; 四(二)1)."""

from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache

from jixiao.calendars import is_working_day
from jixiao.formulas.arguments import answer, figure, list_of, per_row, policy_of, short
from jixiao.formulas.cells import Answer, Cells, FormulaError
from jixiao.policy.model import Policy
from jixiao.policy.values import YEARS
from jixiao.rules.notice import next_working_day
from jixiao.sheets.cells import parse_full_date
from jixiao.text import Unreadable, is_blank, number

_FIRST_DAY = date(1899, 12, 30)  # Excel's day 0
_EARLIEST, _LATEST = 36_526, 73_050  # serial numbers of 2000 and 2099: others are no date of a notice
_MOST_DAYS = 366
_MIDNIGHT = time()


def last_days(posted: Cells, days: Cells | None, settings: Cells | None) -> Answer:
    """The last day of each notice; `days` are working days, one cell for all or one for each.

    An empty one means 公示工作日.
    """
    policy = policy_of(settings)
    dates = list_of(posted, "公示发布日期")
    counts = [] if days is None else list_of(days, "工作日")
    wanted = counts * len(dates) if len(counts) == 1 else per_row(days, len(dates), "工作日", "日期")
    # Many notices hang from the same day on, and as long; TRUE is not 1.
    known: dict[tuple[object, ...], datetime] = {}
    lengths: dict[tuple[object, ...], int] = {}

    def last_day(row: tuple[object, object]) -> datetime:
        posted, length = row
        cells = posted.__class__, posted, length.__class__, length
        found = known.get(cells)
        if found is None:
            count = lengths.get(cells[2:])
            if count is None:
                count = lengths[cells[2:]] = _length(length, policy)
            found = known[cells] = _last_day(_date(posted), count)
        return found

    return answer(zip(dates, wanted, strict=True), last_day)


def _length(days: object, policy: Policy) -> int:
    wanted = Fraction(policy.notice_days) if is_blank(days) else figure(days, "工作日")
    most = max(_MOST_DAYS, policy.notice_days)
    if wanted.denominator != 1 or not 1 <= wanted <= most:
        raise FormulaError(f"工作日要填 1 到 {most} 的整数")
    return int(wanted)


def _last_day(posted: date, days: int) -> datetime:
    day = posted
    for _ in range(days):
        day, known = _next_working_day(day)
        if not known:
            raise FormulaError(f"公示发布日期太晚，程序里没有 {day} 前后的放假安排，算不出截止日期")
    return datetime.combine(day, _MIDNIGHT)


@lru_cache(maxsize=4096)
def _next_working_day(day: date) -> tuple[date, bool]:
    """Of the official calendar: many notices run over the same days."""
    return next_working_day(day, is_working_day)


def _date(cell: object) -> date:
    """A date cell, the number behind one, or a date as people write it, with its year."""
    if type(cell) is datetime and cell.year in YEARS:
        return cell.date()
    if is_blank(cell):
        raise FormulaError("公示发布日期是空的")
    serial = number(cell)
    if serial is not None and serial.denominator == 1 and _EARLIEST <= serial <= _LATEST:
        return _FIRST_DAY + timedelta(days=int(serial))
    found = parse_full_date(cell)
    if found is None or isinstance(found, Unreadable):
        raise FormulaError(f"公示发布日期“{short(cell)}”无法识别，请写成 2024-4-8 这样")
    return found
