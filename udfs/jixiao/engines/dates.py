"""Serial numbers and dates, in both date systems of the format."""

from datetime import date, datetime, time, timedelta

# Cells hold wall-clock time: there is no time zone in the format.
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
# 31 December 9999: beyond it Excel shows #### and xlwings gives the number.
_LAST_1900 = 2_958_466
_LAST_1904 = _LAST_1900 - 1462
_FIRST_TRUE_DAY = 61


def from_serial(serial: float, *, date1904: bool) -> datetime | float:
    """The date a serial number shows as, to the millisecond; the number itself when it is no date.

    In the 1900 system, days 1–59 are January and February 1900 as Excel shows them (it believes in 29 February
    1900, serial 60, which becomes the 28th here), and a pure time falls on 1899-12-30 as in xlwings on Windows.
    """
    if not 0 <= serial < (_LAST_1904 if date1904 else _LAST_1900):
        return serial
    days = int(serial)
    milliseconds = round((serial - days) * 86_400_000)
    if date1904:
        return _EPOCH_1904 + timedelta(days=days, milliseconds=milliseconds)
    if 1 <= days < _FIRST_TRUE_DAY - 1:
        days += 1
    return _EPOCH_1900 + timedelta(days=days, milliseconds=milliseconds)


def to_serial(value: date, *, date1904: bool) -> float:
    """The serial number of a date or datetime; ValueError when the date system has none for it."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    delta = moment.replace(tzinfo=None) - (_EPOCH_1904 if date1904 else _EPOCH_1900)
    milliseconds = (delta.seconds * 1_000_000 + delta.microseconds) / 1000
    days = delta.days
    if not date1904 and 1 < days < _FIRST_TRUE_DAY:
        days -= 1
    if days < 0 or (not date1904 and delta.days == 1):
        raise ValueError(f"Excel has no number for the date {value}")
    return days + milliseconds / 86_400_000
