"""加减分 of a department: the same work once, tapers, limits and attendance (R6, R7; 四(二)3)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pandas as pd

from jixiao.exact import total
from jixiao.findings import Finding
from jixiao.policy.model import Direction, Policy
from jixiao.rules.entries import judge_entries
from jixiao.rules.inputs import Inputs, Number
from jixiao.rules.model import EntryState, PointEntry, Points
from jixiao.rules.rounding import posted
from jixiao.text import Unreadable, key


def assess_points(inputs: Inputs, names: Sequence[str], policy: Policy) -> tuple[list[Points], list[Finding]]:
    """加减分 of every department, and the findings."""
    judged, findings = judge_entries(inputs.points, names, policy)
    findings.extend(_repeated_texts(inputs.points, judged, names))
    entries: dict[int, list[PointEntry]] = defaultdict(list)
    for entry in judged:
        entries[entry.department].append(entry)
    deductions: dict[int, list[Number]] = defaultdict(list)
    for position, cell in zip(inputs.attendance["department"], inputs.attendance["deduction"], strict=True):
        deductions[position].append(cell)
    totals = []
    for position in range(len(names)):
        settled = settle(entries[position], policy)
        findings.extend(_same_work_findings(settled, names[position]))
        cells = deductions.get(position, [])
        taken_off = total([cell for cell in cells if type(cell) is Fraction])
        totals.append(total_points(settled, taken_off, policy, blocked=_unknown_sides(inputs.unreadable, cells)))
    return totals, findings


def _unknown_sides(unreadable: frozenset[str], deductions: Sequence[Number]) -> set[Direction]:
    """Which sides of a department's points cannot be known because entries could not be read."""
    sides: set[Direction] = {"加", "减"} if "points" in unreadable else set()
    faulty = any(isinstance(cell, Unreadable) or (cell is not None and cell < 0) for cell in deductions)
    if "attendance" in unreadable or len(deductions) > 1 or faulty:
        sides.add("减")
    return sides


def settle(entries: Iterable[PointEntry], policy: Policy) -> list[PointEntry]:
    """One department's rows after the same-work rule and the tapers, in their order (R6)."""
    entries = list(entries)
    if not entries:
        return []
    settled: list[PointEntry] = []
    categories: dict[str, list[PointEntry]] = defaultdict(list)
    for entry in entries:
        if entry.state is EntryState.COUNTED:
            categories[entry.category].append(entry)
        else:
            settled.append(entry._replace(counted=Fraction(0)))
    levels = {(item.category, item.level): rank for rank, item in enumerate(policy.standards)}
    for rows in categories.values():
        kept, dropped = _same_work_once(rows, levels)
        settled.extend(dropped)
        settled.extend(_taper(kept))
    return sorted(settled, key=lambda entry: entry.order)


def total_points(
    entries: Sequence[PointEntry], attendance: Fraction, policy: Policy, *, blocked: set[Direction] | None = None
) -> Points:
    """加分 and 减分 of one department, limited and rounded; None on a side with a row that has a fault."""
    sides: dict[Direction, dict[str, Fraction]] = {"加": defaultdict(Fraction), "减": defaultdict(Fraction)}
    unknown = set(blocked or ())
    for entry in entries:
        if entry.state is EntryState.WRONG:
            unknown |= {entry.standard.direction} if entry.standard else {"加", "减"}
        elif entry.standard is not None:
            sides[entry.standard.direction][entry.category] += entry.counted
    capped: list[str] = []
    limits = {item.category: item.category_cap for item in policy.standards} if entries else {}
    for categories in sides.values():
        for category, points in categories.items():
            limit = limits[category]
            if limit is not None and points > limit:
                categories[category] = limit
                capped.append(category)
    sides["减"]["考勤"] += attendance
    totals: dict[Direction, Fraction] = {side: total(parts.values()) for side, parts in sides.items()}
    ceilings: dict[Direction, Fraction | None] = {"加": policy.bonus_cap, "减": policy.penalty_cap}
    for side, ceiling in ceilings.items():
        if ceiling is not None and totals[side] > ceiling:
            totals[side] = ceiling
            capped.append(f"{side}分上限")
    bonus = None if "加" in unknown else posted(totals["加"], policy)
    penalty = None if "减" in unknown else posted(totals["减"], policy)
    return Points(tuple(entries), attendance, bonus, penalty, tuple(capped))


def _same_work_once(
    rows: Sequence[PointEntry], levels: dict[tuple[str, str], int]
) -> tuple[list[PointEntry], list[PointEntry]]:
    """Rows of one category that stay, and those another row of the same work stands for.

    Same work is the same 同一事项编号; a row without one stands alone. The highest level stays, then the most points,
    then the first row.
    """
    works: dict[object, list[PointEntry]] = defaultdict(list)
    for entry in rows:
        alone = not entry.matter or entry.standard is None or not entry.standard.once
        works[entry.row if alone else entry.matter].append(entry)
    kept: list[PointEntry] = []
    dropped: list[PointEntry] = []
    for work in works.values():
        best = min(work, key=lambda entry: (_level(entry, levels), -entry.counted, entry.order))
        kept.append(best)
        dropped.extend(
            entry._replace(state=EntryState.DUPLICATE, counted=Fraction(0), by=best.row)
            for entry in work
            if entry is not best
        )
    return kept, dropped


def _level(entry: PointEntry, levels: dict[tuple[str, str], int]) -> int:
    standard = entry.standard
    return levels[(standard.category, standard.level)] if standard else len(levels)


def _taper(rows: Sequence[PointEntry]) -> list[PointEntry]:
    """Several items of one category: the best in full, the next by 递减比例; the last ratio goes on."""
    ratios = rows[0].standard.taper if rows[0].standard else ()
    if not ratios:
        return list(rows)
    best_first = sorted(rows, key=lambda entry: (-entry.counted, entry.order))
    return [
        entry._replace(taper=ratio, counted=entry.counted * ratio)
        for entry, ratio in ((entry, ratios[min(place, len(ratios) - 1)]) for place, entry in enumerate(best_first))
    ]


def _same_work_findings(entries: Sequence[PointEntry], name: str) -> list[Finding]:
    findings = [
        Finding("P13", "points", entry.row, "matter", {"by": entry.by, "name": name})
        for entry in entries
        if entry.state is EntryState.DUPLICATE
    ]
    matters: dict[str, list[PointEntry]] = defaultdict(list)
    for entry in entries:
        counts = entry.state in {EntryState.COUNTED, EntryState.DUPLICATE}
        if counts and entry.matter and entry.standard and entry.standard.direction == "减":
            matters[entry.matter].append(entry)
    for rows in matters.values():
        first_of = {entry.category: entry for entry in reversed(rows)}
        for category, entry in first_of.items():
            others = "、".join(other for other in first_of if other != category)
            if others and entry is not rows[0]:
                params = {"matter": entry.matter, "categories": others, "name": name}
                findings.append(Finding("P15", "points", entry.row, "matter", params))
    return findings


def _repeated_texts(points: pd.DataFrame, judged: Sequence[PointEntry], names: Sequence[str]) -> list[Finding]:
    """The same 事项 written twice where a 同一事项编号 is missing: perhaps one work counted twice (R6)."""
    findings = []
    first: dict[tuple[int, str, str], PointEntry] = {}
    for text, entry in zip(points["matter_text"].tolist(), judged, strict=True):
        if entry.state is not EntryState.COUNTED or not key(text) or entry.standard is None:
            continue
        earlier = first.setdefault((entry.department, entry.category, key(text)), entry)
        if earlier is entry or (entry.standard.once and earlier.matter and entry.matter):
            continue
        code = "P14" if entry.standard.once else "P20"
        params = {"by": earlier.row, "name": names[entry.department]}
        findings.append(Finding(code, "points", entry.row, "matter_text", params))
    return findings
