"""公示: the last day by the official holidays and make-up days, the town's own days before them (R14; 四(二)1)."""

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.calendars import is_working_day
from jixiao.explain.notice import notice_note
from jixiao.policy.resolve import default_policy
from jixiao.rules.notice import Notices, Posting, close_notices, notice_end

NEWEST = max(chinese_calendar.holidays).year

# As the State Council announced them; counted by hand.
REAL = [
    ("2024-04-08", 3, "2024-04-11", "4月9日、10日、11日，共 3 个工作日"),
    ("2024-02-07", 3, "2024-02-18", "2月8日、9日、18日（周日调休上班），共 3 个工作日；2月10日至17日放假，不算"),
    ("2024-02-01", 3, "2024-02-05", "2月2日、4日（周日调休上班）、5日，共 3 个工作日；2月3日周末，不算"),
    ("2024-04-03", 3, "2024-04-09", "4月7日（周日调休上班）、8日、9日，共 3 个工作日；4月4日至6日放假，不算"),
    ("2024-04-25", 3, "2024-04-29", "4月26日、28日（周日调休上班）、29日，共 3 个工作日；4月27日周末，不算"),
    ("2024-09-26", 3, "2024-09-30", "9月27日、29日（周日调休上班）、30日，共 3 个工作日；9月28日周末，不算"),
    ("2024-09-30", 3, "2024-10-10", "10月8日、9日、10日，共 3 个工作日；10月1日至7日放假，不算"),
    ("2024-10-10", 3, "2024-10-14", "10月11日、12日（周六调休上班）、14日，共 3 个工作日；10月13日周末，不算"),
    (
        "2025-01-24",
        3,
        "2025-02-05",
        "1月26日（周日调休上班）、27日、2月5日，共 3 个工作日；1月25日周末、1月28日至2月4日放假，不算",
    ),
    ("2025-02-06", 3, "2025-02-10", "2月7日、8日（周六调休上班）、10日，共 3 个工作日；2月9日周末，不算"),
    ("2025-09-26", 3, "2025-09-30", "9月28日（周日调休上班）、29日、30日，共 3 个工作日；9月27日周末，不算"),
    ("2025-09-30", 3, "2025-10-11", "10月9日、10日、11日（周六调休上班），共 3 个工作日；10月1日至8日放假，不算"),
    ("2024-12-30", 3, "2025-01-03", "12月31日、2025年1月2日、3日，共 3 个工作日；2025年1月1日放假，不算"),
    ("2024-07-13", 1, "2024-07-15", "7月15日，共 1 个工作日；7月14日周末，不算"),
    ("2024-07-05", 5, "2024-07-12", "7月8日、9日、10日、11日、12日，共 5 个工作日；7月6日至7日周末，不算"),
    ("2024-04-08", 20, "2024-05-08", "4月9日至5月8日，共 20 个工作日；其间 10 天周末、放假不算"),
]


@pytest.mark.parametrize(("posted", "days", "end", "note"), REAL)
def test_the_last_day_by_the_official_calendar(posted, days, end, note):
    notice = notice_end(date.fromisoformat(posted), days, is_working_day)
    assert notice.end == date.fromisoformat(end)
    assert notice_note(notice, {}) == note


def closed(posted: str, decreed: Mapping[date, bool | None]):
    postings = (Posting(4, "一季度排名", date.fromisoformat(posted)),)
    notices, findings = close_notices(Notices(postings, decreed), default_policy(2024), is_working_day)
    return notices[4], notice_note(notices[4], decreed), [finding.code for finding in findings]


OWN_DAYS = [
    pytest.param(
        {9: False}, "2024-04-12", "4月10日、11日、12日，共 3 个工作日；4月9日（节假日表：放假），不算", id="off"
    ),
    pytest.param({8: False, 15: False}, "2024-04-11", "4月9日、10日、11日，共 3 个工作日", id="outside"),
    pytest.param(
        {12: False, 11: False},
        "2024-04-15",
        "4月9日、10日、15日，共 3 个工作日；4月11日至12日（节假日表：放假）、4月13日至14日周末，不算",
        id="off-before-a-weekend",
    ),
    pytest.param(
        {10: False, 11: False, 13: True},
        "2024-04-13",
        "4月9日、12日、13日（节假日表：上班），共 3 个工作日；4月10日至11日（节假日表：放假），不算",
        id="saturday-at-work",
    ),
]


@pytest.mark.parametrize(("days", "end", "note"), OWN_DAYS)
def test_the_towns_own_days_go_before_the_calendar(days, end, note):
    notice, said, codes = closed("2024-04-08", {date(2024, 4, day): works for day, works in days.items()})
    assert (notice.end, said, codes) == (date.fromisoformat(end), note, [])


def test_a_day_nobody_knows_stops_the_count_and_is_said():
    """A year the calendar does not cover is never guessed; the town's own days can fill all of it."""
    notice, said, codes = closed("2099-03-02", {})
    assert (notice.end, codes) == (None, ["G02"])
    assert said == "没有计算：3月3日是否上班不知道，见校验结果"
    part = {date(2099, 3, 3): True, date(2099, 3, 4): True}
    notice, said, codes = closed("2099-03-02", part)
    assert (notice.end, notice.unknown, codes) == (None, date(2099, 3, 5), ["G02"])
    assert (notice.counted, notice.idle) == ((date(2099, 3, 3), date(2099, 3, 4)), ())
    notice, _, codes = closed("2099-03-02", part | {date(2099, 3, 5): False, date(2099, 3, 6): True})
    assert (notice.end, codes) == (date(2099, 3, 6), [])


def test_a_day_of_which_the_sheet_says_both_is_not_known_either():
    """节假日 is faulted there, so nothing more is said of the notice."""
    notice, said, codes = closed("2024-04-08", {date(2024, 4, 10): None})
    assert (notice.end, codes) == (None, [])
    assert said == "没有计算：4月10日在“节假日”表里填得不清楚"


EDGES = [
    (date(2003, 12, 31), None),
    (date(2004, 1, 1), False),
    (date(NEWEST, 12, 25), date(NEWEST, 12, 25).weekday() < 5),
    (date(NEWEST, 12, 26), None),  # the next year's 元旦 may move it
    (date(NEWEST, 12, 31), None),
    (date(NEWEST - 1, 12, 31), chinese_calendar.is_workday(date(NEWEST - 1, 12, 31))),
    (date(NEWEST + 1, 1, 4), None),
]


@pytest.mark.parametrize(("day", "works"), EDGES)
def test_where_the_official_calendar_ends(day, works):
    assert is_working_day(day) is works


def test_no_arrangement_of_a_new_year_reached_further_back():
    """Should one do so, the adapter must give up earlier in the package's last year."""
    moved = {**chinese_calendar.holidays, **chinese_calendar.workdays}
    in_december = [day for day, name in moved.items() if day.month == 12 and name == "New Year's Day"]
    assert in_december
    assert min((day.month, day.day) for day in in_december) >= (12, 26)


KNOWN = st.dates(date(2004, 1, 1), date(NEWEST, 3, 1))
OWN = st.dictionaries(st.integers(-5, 90), st.booleans(), max_size=12)


@given(KNOWN, st.integers(1, 40), OWN)
def test_exactly_so_many_working_days_and_the_last_is_one(posted, days, own):
    decreed = {posted + timedelta(days=offset): works for offset, works in own.items()}

    def works(day: date) -> bool | None:
        return decreed[day] if day in decreed else is_working_day(day)

    notice = notice_end(posted, days, works)
    assert notice.end is not None
    after = [posted + timedelta(days=offset) for offset in range(1, (notice.end - posted).days + 1)]
    assert [day for day in after if works(day)] == list(notice.counted)
    assert [day for day in after if not works(day)] == list(notice.idle)
    assert len(notice.counted) == days
    assert works(notice.end)


@given(KNOWN, st.integers(1, 10), st.data())
def test_a_day_off_puts_the_end_back_and_a_day_at_work_brings_it_forward(posted, days, data):
    notice = notice_end(posted, days, is_working_day)
    assert notice.end is not None
    off = data.draw(st.sampled_from(notice.counted))
    later = notice_end(posted, days, lambda day: False if day == off else is_working_day(day)).end
    assert later is not None
    assert later > notice.end
    if notice.idle:
        on = data.draw(st.sampled_from(notice.idle))
        earlier = notice_end(posted, days, lambda day: True if day == on else is_working_day(day)).end
        assert earlier is not None
        assert earlier < notice.end
