"""算法说明 on 公示: which days were counted, and which were not and why."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from jixiao.rules.notice import Notice

_MOST_NAMED = 10
_SATURDAY = 5
_WEEKDAYS = "一二三四五六日"

Decreed = Mapping[date, bool | None]


def notice_note(notice: Notice, decreed: Decreed) -> str:
    """How a notice's last day was counted, or why it could not be; `decreed` are the days set on 节假日."""
    year = notice.posted.year
    if notice.unknown is not None:
        reason = "在“节假日”表里填得不清楚" if notice.unknown in decreed else "是否上班不知道，见校验结果"
        return f"没有计算：{_label(notice.unknown, None, year)}{reason}"
    total = f"共 {len(notice.counted)} 个工作日"
    first, last = notice.counted[0], notice.counted[-1]
    if len(notice.counted) > _MOST_NAMED:
        span = f"{_label(first, None, year)}至{_label(last, first, year)}"
        return f"{span}，{total}；其间 {len(notice.idle)} 天周末、放假不算"
    befores = (None, *notice.counted)
    worked = "、".join(
        _label(day, before, year) + _why_worked(day, decreed)
        for day, before in zip(notice.counted, befores, strict=False)
    )
    rested = "、".join(_rested(run, decreed, year) for run in _runs(notice.idle, decreed))
    return f"{worked}，{total}" + (f"；{rested}，不算" if rested else "")


def _why_worked(day: date, decreed: Decreed) -> str:
    if day in decreed:
        return "（节假日表：上班）"
    return f"（周{_WEEKDAYS[day.weekday()]}调休上班）" if day.weekday() >= _SATURDAY else ""


def _rested(run: Sequence[date], decreed: Decreed, year: int) -> str:
    """Days without work side by side, as one stretch with its reason."""
    stretch = _label(run[0], None, year) + (f"至{_label(run[-1], run[0], year)}" if len(run) > 1 else "")
    if run[0] in decreed:
        return f"{stretch}（节假日表：放假）"
    return f"{stretch}周末" if all(day.weekday() >= _SATURDAY for day in run) else f"{stretch}放假"


def _runs(days: Sequence[date], decreed: Decreed) -> Iterator[list[date]]:
    """The days in stretches without a gap, those set on 节假日 apart from the others."""
    run: list[date] = []
    for day in days:
        if run and (day - run[-1] > timedelta(days=1) or (day in decreed) != (run[-1] in decreed)):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _label(day: date, before: date | None, year: int) -> str:
    """A day as people write it beside the one named before: month and year only where they change."""
    shown_year = f"{day.year}年" if day.year != (before.year if before else year) else ""
    shown_month = f"{day.month}月" if shown_year or before is None or before.month != day.month else ""
    return f"{shown_year}{shown_month}{day.day}日"
