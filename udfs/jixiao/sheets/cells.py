"""One cell's meaning: completion rates in every form of R2, dates as people type them, marks on a ballot (R4)."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction

from jixiao.exact import percent, plain
from jixiao.policy.model import Grade
from jixiao.policy.values import YEARS
from jixiao.rules.inputs import Absent, Rate
from jixiao.text import Unreadable, cell_text, is_slash, key, number, percentage

_DONE = re.compile(r"已?(全部|按时|圆满)?完成|√|✓|✔|☑|是|y|yes|达标|done", re.IGNORECASE)
_NOT_DONE = re.compile(r"(未|没有?)(完成|开展|启动)|×|✗|✘|x|否|n|no", re.IGNORECASE)
_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[-./年]\s*)?(?P<month>\d{1,2})\s*(?P<mark>[-./月])\s*(?P<day>\d{1,2})\s*[日号]?"
    r"(?:(?:T|\s+)\d{1,2}:\d{2}(?::\d{2})?)?"
)
_COMPACT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")

ABSTENTION = "弃权"
_ALIASES: dict[Grade, tuple[str, ...]] = {
    "优秀": ("优秀", "优", "A", "a"),
    "良好": ("良好", "良", "B", "b"),
    "一般": ("一般", "中", "C", "c"),
    "较差": ("较差", "差", "D", "d"),
}
MARK_WORDS = {alias: grade for grade, aliases in _ALIASES.items() for alias in aliases}


@dataclass(frozen=True)
class Note:
    """What is to be said of a cell: a code of the catalogue and its params."""

    code: str
    params: Mapping[str, object] = field(default_factory=dict)


def parse_rate(value: object, *, is_percent: bool, cap: Fraction | None) -> tuple[Rate, Note | None]:
    """A quarter's cell in the ledger (R2): the rate as a fraction of 1, a slash, a hole, or unreadable.

    `is_percent`: the cell is shown as a percentage, so its number counts as it stands. `cap` is 完成率上限.
    """
    if value is None:
        return None, None
    if is_slash(value):
        return Absent.SLASH, None
    written = percentage(value)
    rate = number(value) if written is None else written
    if rate is None:
        return Unreadable(cell_text(value)), Note("T04", {"value": cell_text(value), "advice": _suggestion(value)})
    if rate < 0:
        return Unreadable(cell_text(value)), Note("T08", {"value": _shown(value, rate, is_percent=is_percent)})
    note: Note | None = None
    if written is None and not is_percent and rate > 1:
        if rate < 2:
            params = {"value": plain(rate), "low": percent(rate / 100), "high": percent(rate)}
            return Unreadable(cell_text(value)), Note("T05", params)
        rate /= 100
        note = Note("T06", {"value": cell_text(value), "meant": percent(rate)})
    if cap is not None and rate > cap:
        params = {"value": _shown(value, rate, is_percent=is_percent), "cap": percent(cap)}
        params["advice"] = f"请核对；超额完成也最多填 {percent(cap)}"
        if is_percent and rate / 100 <= cap and rate >= 2:
            params["advice"] = f"请核对，是不是想填 {percent(rate / 100)}"
        return Unreadable(cell_text(value)), Note("T07", params)
    if is_percent and 0 < rate <= Fraction(2, 100):
        meant = rate * 100 if cap is None else min(rate * 100, cap)
        note = Note("T09", {"value": percent(rate), "meant": percent(meant)})
    return rate, note


def _shown(value: object, rate: Fraction, *, is_percent: bool) -> str:
    return percent(rate) if is_percent or not isinstance(value, str) else cell_text(value)


def _suggestion(value: object) -> str:
    text = key(value)
    if isinstance(value, date):
        return "这里成了日期，请把单元格格式改为百分比后重新填写，例如 95%"
    if _NOT_DONE.fullmatch(text):
        return "请填百分数：完全没有完成填 0%，没有安排任务填“/”"
    if _DONE.fullmatch(text):
        return "请填百分数：全部完成填 100%"
    return "请填百分数，例如 95%；没有安排任务填“/”"


def parse_date(value: object, year: int | None) -> date | Unreadable | None:
    """A date as people type it: 2024-3-5, 2024.3.5, 2024年3月5日, 3月5日 (of `year`), 20240305, or an Excel date.

    Without `year` a date must name its own.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = unicodedata.normalize("NFKC", cell_text(value)).strip()
    found = _COMPACT_DATE.fullmatch(text)
    if found:
        parts = [int(part) for part in found.groups()]
    else:
        match = _DATE.fullmatch(text)
        # Without a year only 3月5日 is surely a date; 3.5 may be anything.
        if not match or (match["year"] is None and (year is None or match["mark"] != "月")):
            return Unreadable(cell_text(value))
        parts = [int(match["year"] or year or 0), int(match["month"]), int(match["day"])]
    try:
        return date(*parts)
    except ValueError:
        return Unreadable(cell_text(value))


def parse_full_date(value: object) -> date | Unreadable | None:
    """A date that names its year.

    One that no appraisal can have, such as the 8 that a cell shows as 1900-01-08, is unreadable.
    """
    found = parse_date(value, None)
    return found if not isinstance(found, date) or found.year in YEARS else Unreadable(cell_text(value))


def parse_mark(value: object, words: dict[Grade, Fraction]) -> float | Unreadable | None:
    """One dimension of a ballot (R4): points, a word turned into points, None when empty or 弃权."""
    if value is None or key(value) == ABSTENTION:
        return None
    grade = MARK_WORDS.get(key(value)) if isinstance(value, str) else None
    points = words[grade] if grade else number(value)
    return Unreadable(cell_text(value)) if points is None else float(points)
