"""公示 and 节假日 as records for the rules, with what is wrong in their cells (R14)."""

from collections.abc import Mapping
from datetime import date

from jixiao.explain.notice import notice_note
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.notice import Notice, Notices, Posting
from jixiao.sheets.cells import parse_full_date
from jixiao.sheets.followup import NOTICE_KINDS
from jixiao.sheets.read import RawSheet
from jixiao.sheets.write import Cell
from jixiao.text import Unreadable, cell_text, key

_WORK = {"上班": True, "放假": False}
_WITHIN_YEAR = frozenset(map(key, NOTICE_KINDS[:3]))  # the others are posted once the year is over


def read_notices(raw: RawSheet, holidays: RawSheet, policy: Policy) -> tuple[Notices, list[Finding]]:
    """What is posted and when, and the days on which the town works or rests other than the whole country."""
    decreed, findings = _read_holidays(holidays)
    postings: list[Posting] = []
    first: dict[str, int] = {}
    for row, subject, cell in zip(raw.rows, raw.column("subject"), raw.column("posted"), strict=True):
        posted = parse_full_date(cell)
        kind = key(subject)
        if isinstance(posted, Unreadable):
            findings.append(Finding("G01", "notices", row, "posted", {"value": posted}))
            posted = None
        elif posted is not None and posted.year not in _years(kind, policy.year):
            params = {"value": posted.isoformat(), "year": policy.year}
            findings.append(Finding("G03", "notices", row, "posted", params))
        if not kind:
            findings.append(Finding("G05", "notices", row, "subject"))
        elif first.setdefault(kind, row) != row:
            params = {"subject": cell_text(subject), "first": first[kind]}
            findings.append(Finding("G04", "notices", row, "subject", params))
        postings.append(Posting(row, cell_text(subject), posted))
    return Notices(tuple(postings), decreed), findings


def notice_columns(raw: RawSheet, closed: Mapping[int, Notice], notices: Notices) -> dict[int, dict[str, Cell]]:
    """截止日期 and 算法说明 by row of 公示; both stay empty until there is a date."""
    columns: dict[int, dict[str, Cell]] = {}
    for row, posted in zip(raw.rows, raw.column("posted"), strict=True):
        notice = closed.get(row)
        if notice is not None:
            columns[row] = {"until": notice.end, "note": notice_note(notice, notices.decreed)}
        elif posted is not None:
            columns[row] = {"until": None, "note": "没有计算，见校验结果"}
    return columns


def _read_holidays(raw: RawSheet) -> tuple[dict[date, bool | None], list[Finding]]:
    """Days that go before the official calendar; None for one of which the sheet does not say what it is."""
    decreed: dict[date, bool | None] = {}
    rows: dict[date, int] = {}
    findings: list[Finding] = []
    for row, date_cell, word in zip(raw.rows, raw.column("date"), raw.column("kind"), strict=True):
        day = parse_full_date(date_cell)
        works = _WORK.get(key(word))
        if works is None:
            code = "J04" if word is None else "J02"
            findings.append(Finding(code, "holidays", row, "kind", {"value": cell_text(word)}))
        if day is None:
            findings.append(Finding("J05", "holidays", row, "date"))
        elif isinstance(day, Unreadable):
            findings.append(Finding("J01", "holidays", row, "date", {"value": cell_text(date_cell)}))
        elif day not in decreed:
            decreed[day], rows[day] = works, row
        elif works is not None and decreed[day] is not works:
            params = {"day": day.isoformat(), "first": rows[day]}
            findings.append(Finding("J03", "holidays", row, "kind", params))
            decreed[day] = None
    return decreed, findings


def _years(kind: str, year: int) -> range:
    """The years in which a notice about `year` is posted."""
    return range(year, year + (1 if kind in _WITHIN_YEAR else 2))
