"""Slips in 加减分 that pass each row's own check: numbers that look alike, one document for two works (R6–R8, R15)."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.identity import identity, look_alikes
from jixiao.rules.inputs import records
from jixiao.rules.model import EntryState, PointEntry, QuarterState, Result
from jixiao.text import key

_KNOWN = frozenset((EntryState.COUNTED, EntryState.DUPLICATE))
# The year of a document number: 〔2024〕, [2024], (2024), in any brackets.
_DOCUMENT_YEAR = re.compile(r"[〔\[【(<《〈{](20\d\d)[〕\]】)>》〉}]")

Rows = Mapping[int, Mapping[str, object]]


def point_slips(points: pd.DataFrame, results: Sequence[Result], policy: Policy) -> Iterator[Finding]:
    """What is odd in rows that count, or gave way to another of the same work; `results` in the order of 科室."""
    rows: Rows = {row["row"]: row for row in records(points)}
    entries = [entry for result in results for entry in result.points.entries if entry.state in _KNOWN]
    names = [result.name for result in results]
    yield from _look_alikes(entries, rows, names)
    yield from _one_document_two_works(entries, rows, names)
    yield from _one_work_two_departments(entries, rows, names)
    yield from _older_documents(entries, rows, names, policy)
    yield from _large_decisions(entries, names, policy)
    yield from _undecided(entries, rows, results)


def _look_alikes(entries: Sequence[PointEntry], rows: Rows, names: Sequence[str]) -> Iterator[Finding]:
    """编号 of one 科室 and 类别 that are two, and are easily taken for one (R6)."""
    lots: dict[tuple[int, str], list[PointEntry]] = defaultdict(list)
    for entry in entries:
        if entry.matter and entry.standard is not None and entry.standard.once:
            lots[entry.department, entry.category].append(entry)
    for (department, category), lot in lots.items():
        for one, other in look_alikes([entry.matter for entry in lot], letters=True):
            if lot[one].matter == lot[other].matter:
                continue
            params = {"one": rows[lot[one].row]["matter"], "other": rows[lot[other].row]["matter"]}
            params |= {"name": names[department], "category": category, "by": lot[one].row}
            yield Finding("P26", "points", lot[other].row, "matter", params)


def _one_document_two_works(entries: Sequence[PointEntry], rows: Rows, names: Sequence[str]) -> Iterator[Finding]:
    """One 认定依据 twice in one 科室 under different 编号 (R6)."""
    first: dict[tuple[int, str], PointEntry] = {}
    for entry in entries:
        document = key(rows[entry.row]["evidence"])
        if not document or not entry.matter:
            continue
        earlier = first.setdefault((entry.department, document), entry)
        if identity(earlier.matter) != identity(entry.matter):
            params = {"name": names[entry.department], "by": earlier.row, "value": rows[entry.row]["evidence"]}
            cause = entry.department, document
            yield Finding("P28", "points", entry.row, "evidence", params, cause=cause)


def _one_work_two_departments(entries: Sequence[PointEntry], rows: Rows, names: Sequence[str]) -> Iterator[Finding]:
    """One 认定依据 and 事项 counted in full for two 科室: shared credit needs its 计分比例 (R6)."""
    first: dict[tuple[str, str, str], PointEntry] = {}
    for entry in entries:
        row = rows[entry.row]
        document, matter = key(row["evidence"]), key(row["matter_text"])
        counts = entry.state is EntryState.COUNTED and entry.standard is not None and entry.standard.once
        if not (counts and document and matter) or row["share"] is not None:
            continue
        earlier = first.setdefault((entry.category, document, matter), entry)
        if earlier.department != entry.department:
            params = {"name": names[entry.department], "other": names[earlier.department], "by": earlier.row}
            yield Finding("P27", "points", entry.row, "share", params)


def _older_documents(
    entries: Sequence[PointEntry], rows: Rows, names: Sequence[str], policy: Policy
) -> Iterator[Finding]:
    """A 文号 of a year before the appraisal's; where the date itself is outside the year, that has been said (R8)."""
    for entry in entries:
        row = rows[entry.row]
        years = [int(year) for year in _DOCUMENT_YEAR.findall(key(row["evidence"]))]
        dated = getattr(row["date"], "year", policy.year)
        if years and max(years) < policy.year == dated:
            params = {"name": names[entry.department], "value": row["evidence"], "year": policy.year}
            yield Finding("P29", "points", entry.row, "evidence", params)


def _large_decisions(entries: Sequence[PointEntry], names: Sequence[str], policy: Policy) -> Iterator[Finding]:
    """A decided value above 单项认定提醒线 (R7)."""
    for entry in entries:
        decided = entry.standard is not None and entry.standard.method != "固定"
        if decided and entry.base is not None and entry.base > policy.decided_reminder:
            params = {"name": names[entry.department], "value": plain(entry.base)}
            params["limit"] = plain(policy.decided_reminder)
            yield Finding("P30", "points", entry.row, "points", params)


def _undecided(entries: Sequence[PointEntry], rows: Rows, results: Sequence[Result]) -> Iterator[Finding]:
    """Counted bonus rows without 党委会研究, once the year's quarters are complete (R15; 四(二)3).

    Nothing is said where the sheet has no such column.
    """
    states = {quarter.state for result in results for quarter in result.performance.quarters}
    if not states <= {QuarterState.SCORED, QuarterState.IDLE}:
        return
    missing = [
        (entry.row, "decision")
        for entry in entries
        if entry.state is EntryState.COUNTED
        and entry.standard is not None
        and entry.standard.direction == "加"
        and rows[entry.row]["decision"] == ""
    ]
    if missing:
        missing.sort()
        yield Finding("P31", "points", *missing[0], {"count": len(missing)}, more=tuple(missing[1:]))
