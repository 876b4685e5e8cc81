"""公示: until which day a notice hangs (R14; 四(二)1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from jixiao.findings import Finding
from jixiao.policy.model import Policy

WorkCalendar = Callable[[date], bool | None]
"""Whether people work on a day; None where nobody knows."""


_NEXT = timedelta(days=1)


class Posting(NamedTuple):
    """One row of 公示; `posted` is None where it cannot be read or is not filled in."""

    row: int
    subject: str
    posted: date | None


@dataclass(frozen=True)
class Notices:
    """What stands on 公示 and 节假日.

    `decreed` are the days the town sets itself: work, no work, None where the sheet contradicts itself.
    """

    postings: tuple[Posting, ...] = ()
    decreed: Mapping[date, bool | None] = field(default_factory=dict)


class Notice(NamedTuple):
    """How the last day of a notice was counted: the working days after `posted`, and the days between them.

    `unknown` is the day at which counting stopped because nobody knows whether people work; then there is no end.
    """

    posted: date
    counted: tuple[date, ...]
    idle: tuple[date, ...]
    unknown: date | None = None

    @property
    def end(self) -> date | None:
        """截止日期: the last working day counted."""
        return self.counted[-1] if self.unknown is None else None


def notice_end(posted: date, days: int, works: WorkCalendar) -> Notice:
    """The notice posted on `posted`, counted from the day after until `days` (at least 1) working days are over."""
    counted: list[date] = []
    idle: list[date] = []
    day = posted
    while len(counted) < days:
        before, (day, known) = day, next_working_day(day, works)
        idle.extend(before + _NEXT * number for number in range(1, (day - before).days))
        if not known:
            return Notice(posted, tuple(counted), tuple(idle), day)
        counted.append(day)
    return Notice(posted, tuple(counted), tuple(idle))


def next_working_day(day: date, works: WorkCalendar) -> tuple[date, bool]:
    """The first day after `day` on which people work, or, with False, the first of which nobody knows."""
    while True:
        day += _NEXT
        working = works(day)
        if working is None or working:
            return day, working is not None


def close_notices(notices: Notices, policy: Policy, official: WorkCalendar) -> tuple[dict[int, Notice], list[Finding]]:
    """Every notice with a date, by its row on 公示; one that runs into a year nobody knows is said.

    The days set on 节假日 go before the official calendar.
    """

    def works(day: date) -> bool | None:
        return notices.decreed[day] if day in notices.decreed else official(day)

    closed: dict[int, Notice] = {}
    findings: list[Finding] = []
    for posting in notices.postings:
        if posting.posted is None:
            continue
        notice = closed[posting.row] = notice_end(posting.posted, policy.notice_days, works)
        if notice.unknown is not None and notice.unknown not in notices.decreed:
            findings.append(Finding("G02", "notices", posting.row, "posted", {"day": notice.unknown.isoformat()}))
    return closed, findings
