"""What looks odd in entries that are right in form: told, never a reason to compute otherwise.

What looks odd in the ballots is found in `raters` and `papers`, figures of an absurd size in `plausible`, slips that no
single cell shows in `ledgerslips` and `pointslips`, what is beyond the limits of 参数 in `reminders`.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

import pandas as pd

from jixiao.exact import percent
from jixiao.findings import Finding
from jixiao.policy.model import FOCUS_AREAS, TASK_SOURCES, Policy
from jixiao.rules.inputs import Inputs, Rate
from jixiao.rules.issuers import misfits
from jixiao.rules.ledgerslips import ledger_slips
from jixiao.rules.likeness import alike, earlier_candidates, plain_text
from jixiao.rules.model import Appraisal, EntryState, PointEntry, Points
from jixiao.rules.papers import look_alike_numbers
from jixiao.rules.performance import rate_columns
from jixiao.rules.plausible import odd_sizes
from jixiao.rules.pointslips import point_slips
from jixiao.rules.raters import rater_findings
from jixiao.rules.reminders import attendance_reminders, score_reminders
from jixiao.rules.review import row_list
from jixiao.text import is_slash, key, names

FEWEST_FULL = 4  # rates of a department that are all 100 % before it is said
_POINT = Fraction(1, 100)
_LOW_START = 40  # per cent


def suspicions(inputs: Inputs, appraisal: Appraisal) -> Iterator[Finding]:
    """Everything odd in the entries that an appraisal was made from."""
    policy = appraisal.policy
    in_order = sorted(appraisal.results, key=lambda result: result.department)
    points = [result.points for result in in_order]
    departments = inputs.departments["name"].tolist()
    yield from odd_sizes(inputs.departments, inputs.tasks, inputs.ballots, appraisal.ballots.judged, policy)
    yield from ledger_slips(inputs.tasks, departments, policy)
    yield from look_alike_numbers(inputs.ballots, appraisal.ballots.judged)
    yield from point_slips(inputs.points, in_order, policy)
    yield from attendance_reminders(inputs.attendance, departments, policy)
    yield from score_reminders(in_order)
    yield from _odd_rates(inputs.tasks, departments, policy)
    yield from _odd_words(inputs.tasks)
    yield from _idle_areas(inputs.tasks)
    yield from rater_findings(inputs.ballots, appraisal.ballots.judged, policy)
    yield from _look_alikes(inputs.points, points, departments)
    yield from _odd_levels(inputs.points, departments, policy)
    yield from _missing_year(inputs, policy)


def _odd_rates(tasks: pd.DataFrame, departments: Sequence[str], policy: Policy) -> Iterator[Finding]:
    """Cumulative progress typed instead of the quarter's share, and departments with nothing but 100 % (R2)."""
    rows, owners = tasks["row"].tolist(), tasks["department"].tolist()
    full: dict[int, tuple[int, int]] = {}  # first row and number of rates, until one is not 100 %
    imperfect: set[int] = set()
    rates = zip(*(tasks[column].tolist() for column in rate_columns(policy)), strict=True)
    for row, owner, year in zip(rows, owners, rates, strict=True):
        if _looks_cumulative(year):
            shown = "、".join(percent(rate) for rate in year if type(rate) is Fraction)
            yield Finding("T17", "tasks", row, "rate_1", {"rates": shown})
        if owner in imperfect:
            continue
        numbers = [rate for rate in year if type(rate) is Fraction]
        if all(rate.numerator == rate.denominator for rate in numbers):
            first, count = full.get(owner, (row, 0))
            full[owner] = first, count + len(numbers)
        else:
            imperfect.add(owner)
    for owner, (row, count) in full.items():
        if owner not in imperfect and count >= FEWEST_FULL:
            yield Finding("T18", "tasks", row, "rate_1", {"name": departments[owner], "count": count})


def _looks_cumulative(year: Sequence[Rate]) -> bool:
    """25 %, 50 %, 75 % within a point (and 100 %, once there is a fourth quarter), or like steps from ≤ 40 to 100 %."""
    start = year[0]
    if type(start) is not Fraction or 100 * start.numerator > _LOW_START * start.denominator:
        return False
    known = [rate for rate in year if type(rate) is Fraction]
    if len(known) < 3 or any(rate is not None for rate in year[len(known) :]):
        return False
    if all(abs(rate - Fraction(quarter, 4)) <= _POINT for quarter, rate in enumerate(known, start=1)):
        return True
    steps = [later - earlier for earlier, later in pairwise(known)]
    return len(known) == 4 and known[-1] == 1 and max(steps) - min(steps) <= 2 * _POINT


def _odd_words(tasks: pd.DataFrame) -> Iterator[Finding]:
    """任务来源 and 重点领域 that are none of the plan's, once for each word."""
    for column, header, known in (("origin", "任务来源", TASK_SOURCES), ("focus", "重点领域", FOCUS_AREAS)):
        rows = _rows_by_word(tasks, column)
        expected = {key(item) for item in known}
        for word, places in rows.items():
            if word not in expected:
                params = {"header": header, "value": word, "rows": row_list(places)}
                yield Finding("T20", "tasks", places[0], column, params)


def _idle_areas(tasks: pd.DataFrame) -> Iterator[Finding]:
    """重点领域 of the plan (三) that no task belongs to, where the column is in use."""
    worked = _rows_by_word(tasks, "focus").keys()
    idle = [area for area in FOCUS_AREAS if key(area) not in worked]
    if 0 < len(idle) < len(FOCUS_AREAS):
        yield Finding("T19", "tasks", None, "focus", {"names": "、".join(idle)})


def _rows_by_word(tasks: pd.DataFrame, column: str) -> dict[str, list[int]]:
    """The rows of each word; a cell of 重点领域 may name several areas."""
    found: dict[str, list[int]] = defaultdict(list)
    cells = tasks[column].tolist()
    words = {cell: _words(cell, split=column == "focus") for cell in set(cells)}
    if any(words.values()):
        for row, cell in zip(tasks["row"].tolist(), cells, strict=True):
            for word in words[cell]:
                found[word].append(row)
    return found


def _words(cell: str, *, split: bool) -> list[str]:
    parts = names(cell) if split else (cell,)
    return [key(part) for part in parts if key(part) and not is_slash(part)]


def _look_alikes(rows: pd.DataFrame, points: Sequence[Points], departments: Sequence[str]) -> Iterator[Finding]:
    """Rows of one 科室 and 类别 that read nearly alike but are not said to be the same work (R6).

    Equal texts of which one lacks its 同一事项编号 have been reported with the other checks of 加减分.
    """
    texts = dict(zip(rows["row"].tolist(), rows["matter_text"].tolist(), strict=True))
    works: dict[tuple[int, str], list[PointEntry]] = defaultdict(list)
    for entry in (entry for side in points for entry in side.entries):
        if entry.state in {EntryState.COUNTED, EntryState.DUPLICATE} and entry.standard and entry.standard.once:
            works[entry.department, entry.category].append(entry)
    for entries in works.values():
        if len(entries) > 1:
            yield from _pairs(entries, [texts[entry.row] for entry in entries], departments)


def _pairs(entries: Sequence[PointEntry], texts: Sequence[str], departments: Sequence[str]) -> Iterator[Finding]:
    """Each row that reads like an earlier one of the same 科室 and 类别, the first of them named."""
    plain = [plain_text(text) for text in texts]
    for place, candidates in earlier_candidates(plain):
        entry = entries[place]
        similar = (earlier for earlier in candidates if alike(plain[place], plain[earlier]))
        first = next((earlier for earlier in similar if not _same_matter(entry, entries[earlier])), None)
        if first is None:
            continue
        numbered = bool(entry.matter and entries[first].matter)
        if numbered or key(texts[place]) != key(texts[first]):
            params = {"by": entries[first].row, "difference": "不同" if numbered else "没有都填"}
            params["name"] = departments[entry.department]
            yield Finding("P21", "points", entry.row, "matter_text", params)


def _same_matter(one: PointEntry, other: PointEntry) -> bool:
    return bool(one.matter) and one.matter == other.matter


def _odd_levels(points: pd.DataFrame, departments: Sequence[str], policy: Policy) -> Iterator[Finding]:
    """级别 that does not fit 发文单位 (加②③, 减①), or that stands where the category has none."""
    levels: dict[str, list[str]] = defaultdict(list)
    for standard in policy.standards:
        levels[key(standard.category)] += filter(None, [standard.level])
    columns = (points[column].tolist() for column in ("row", "department", "category", "level", "issuer"))
    for row, owner, category, level, issuer in zip(*columns, strict=True):
        offered = levels.get(key(category))
        params = {"name": departments[owner], "level": level}
        if offered and misfits(level, issuer, offered):
            yield Finding("P22", "points", row, "level", {**params, "issuer": issuer})
        if offered == [] and key(level):
            yield Finding("P25", "points", row, "level", {**params, "category": category})


def _missing_year(inputs: Inputs, policy: Policy) -> Iterator[Finding]:
    """历年结果 without the year before; where 连续末位年数 needs that year, its own check has said so (R12)."""
    before = policy.year - 1
    told = policy.last_years > 1 or "history" in inputs.unreadable
    if not told and before not in inputs.history["year"].tolist():
        yield Finding("H06", "history", None, "year", {"year": before})
