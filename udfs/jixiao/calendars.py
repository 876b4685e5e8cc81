"""The official holidays and make-up days, from the maintained package that follows the State Council's notices."""

from datetime import date
from functools import lru_cache

_NEW_YEAR_REACHES_BACK_TO = (12, 26)  # 元旦 of the year after has moved days from 29 December on, so far


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool | None:
    """Whether people work on `day` by the official calendar; None where the package does not know its year.

    The last days of its last year are not known either: they belong to the next year's arrangement of 元旦.
    """
    import chinese_calendar  # noqa: PLC0415 - hardly any scoring needs it, and every start would pay for it

    if day.year == _newest_year() and (day.month, day.day) >= _NEW_YEAR_REACHES_BACK_TO:
        return None
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return None


@lru_cache(maxsize=1)
def _newest_year() -> int:
    """The last year the package knows."""
    import chinese_calendar  # noqa: PLC0415 - as above

    year: int = max(chinese_calendar.holidays).year
    return year
