"""Why 加分, 减分 and every row behind them are what they are (R6–R8; 四(二)3)."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from jixiao.explain.arithmetic import (
    Term,
    difference,
    figure,
    leads_to,
    limited,
    named,
    number,
    product,
    remark,
    share,
    sum_of,
)
from jixiao.explain.record import Source, Step, above, rows_text, sentences, settings, standard_name
from jixiao.policy.model import Direction, Policy
from jixiao.rules.model import EntryState, PointEntry, Points, Result
from jixiao.text import one_line

_CLAUSE = "四(二)3"
_LONGEST = 40  # characters of 事项 and of 认定依据
_FIGURES: dict[Direction, str] = {"加": "加分", "减": "减分"}
_LIMIT_FIELDS: dict[Direction, str] = {"加": "bonus_cap", "减": "penalty_cap"}
_REASONS = {
    EntryState.PENDING: "待认定：没有认定依据，不计分",
    EntryState.OUT_OF_YEAR: "日期不在考核年度内，不计分",
    EntryState.DISABLED: "这一类别已停用，不计分",
    EntryState.WRONG: "填写有误，见校验结果",
}


def points_steps(
    result: Result, attendance: Sequence[dict[str, Any]], entered: Sequence[dict[str, Any]], policy: Policy
) -> list[Step]:
    """Every row of the department, 加分, 减分 and 加减得分.

    `attendance` are its rows of 考勤, `entered` those of 加减分.
    """
    points = result.points
    matters = {row["row"]: _matter(row) for row in entered}
    steps = [_entry_step(result.name, entry, matters.get(entry.row, "")) for entry in points.entries]
    rows = tuple(row["row"] for row in attendance)
    steps += [_side_step(result.name, points, side, rows, policy) for side in ("加", "减")]
    return [*steps, _net_step(result, policy)]


def entry_term(entry: PointEntry) -> Term:
    """What a row that counts is worth: points × 计分比例 × 递减比例 (R6)."""
    parts = [number(entry.base or Fraction(0))]
    if entry.share != 1:
        parts.append(remark(share(entry.share), "计分比例"))
    if entry.taper != 1:
        parts.append(remark(share(entry.taper), "递减"))
    return product(*parts)


def entry_reason(entry: PointEntry) -> str:
    """Why a row does not count; empty for one that does."""
    if entry.state is EntryState.DUPLICATE:
        return f"与第 {entry.by} 行是同一工作，只计一次"
    return _REASONS.get(entry.state, "")


def _matter(row: dict[str, Any]) -> str:
    """事项 and 认定依据 of a row of 加减分, as typed."""
    matter, evidence = (one_line(row[column], _LONGEST) for column in ("matter_text", "evidence"))
    words = (named(matter) if matter else "", f"依据{named(evidence)}" if evidence else "")
    return "，".join(filter(None, words))


def _entry_step(name: str, entry: PointEntry, matter: str) -> Step:
    standard = entry.standard
    title = f"{_FIGURES[standard.direction]}·{entry.category}" if standard else f"加减分·{entry.category}"
    levelled = bool(entry.level) and (standard is None or bool(standard.level))
    if levelled:
        title += f"（{entry.level}）"
    decided = standard is None or standard.method != "固定"
    here = {"category": True, "level": levelled, "points": decided, "share": entry.share != 1}
    sources = [Source("points", (column,), (entry.row,)) for column, used in here.items() if used]
    if standard is not None:
        fixed = "points" if standard.method == "固定" else "method"
        names = (standard_name(standard.category, standard.level),)
        sources.append(Source("standards", (fixed,), names=names))
        if entry.taper != 1:
            sources.append(Source("standards", ("taper",), names=names))
    counts = entry.state is EntryState.COUNTED
    value = None if entry.state is EntryState.WRONG else entry.counted
    label = f"{matter}：" if matter else ""
    formula = label + leads_to(entry_term(entry), number(entry.counted)) if counts else ""
    clause = (standard.clause if standard else "") or _CLAUSE
    reason = "" if counts else f"加减分第 {entry.row} 行{matter}：{entry_reason(entry)}"
    return Step(name, title, value, formula, tuple(sources), clause, reason)


def _side_step(name: str, points: Points, side: Direction, attendance: tuple[int, ...], policy: Policy) -> Step:
    title = _FIGURES[side]
    value = points.bonus if side == "加" else points.penalty
    counted = [entry for entry in points.entries if _is_on(entry, side) and entry.state is EntryState.COUNTED]
    sources = [Source("points", ("counted",), tuple(entry.row for entry in counted))] if counted else []
    taken_off = points.attendance if side == "减" else Fraction(0)
    if taken_off:
        sources.append(Source("attendance", ("deduction",), attendance))
    if value is None:
        return Step(name, title, None, "", tuple(sources), _CLAUSE, _side_fault(points, side))
    parts, total = _categories(counted, points.capped)
    if taken_off:
        total.append(remark(number(taken_off), "考勤"))
    term = sum_of(total) if total else figure(Fraction(0), policy)
    limit = policy.bonus_cap if side == "加" else policy.penalty_cap
    if limit is not None and f"{title}上限" in points.capped:
        term = limited(term, limit, f"{title}上限")
        sources.append(settings(_LIMIT_FIELDS[side]))
    whole = leads_to(term, figure(value, policy))
    label = "" if total else f"没有计分的{title}事项："
    clause = "四(二)3减②" if taken_off and not counted else _CLAUSE
    return Step(name, title, value, sentences([*parts, label + whole]), tuple(sources), clause, _rows_out(points, side))


def _categories(counted: Sequence[PointEntry], capped: Sequence[str]) -> tuple[list[str], list[Term]]:
    """Lines for the categories that their 类别上限 cuts, and the terms of the sum."""
    parts: list[str] = []
    total: list[Term] = []
    for category in dict.fromkeys(entry.category for entry in counted):
        mine = [entry for entry in counted if entry.category == category]
        terms = [number(entry.counted) for entry in mine]
        limit = mine[0].standard.category_cap if mine[0].standard else None
        if limit is None or category not in capped:
            total += terms
            continue
        parts.append(f"{named(category)}：{limited(sum_of(terms), limit, '类别上限').text}")
        total.append(number(limit))
    return parts, total


def _is_on(entry: PointEntry, side: Direction) -> bool:
    return entry.standard is not None and entry.standard.direction == side


def _side_fault(points: Points, side: Direction) -> str:
    """What keeps a side from being known."""
    wrong = [
        entry.row
        for entry in points.entries
        if entry.state is EntryState.WRONG and (entry.standard is None or _is_on(entry, side))
    ]
    if wrong:
        return f"加减分{rows_text(wrong)}填写有误，见校验结果，改正后再计算"
    where = "加减分" if side == "加" else "加减分或考勤"
    return f"{where}有误，见校验结果，改正后再计算"


def _rows_out(points: Points, side: Direction) -> str:
    """Rows of a side that do not count; each has a line of its own with the reason."""
    states = (EntryState.DUPLICATE, EntryState.PENDING, EntryState.OUT_OF_YEAR, EntryState.DISABLED)
    mine = [entry for entry in points.entries if _is_on(entry, side)]
    return sentences(rows_note([entry for entry in mine if entry.state is state], state) for state in states)


def rows_note(entries: Sequence[PointEntry], state: EntryState) -> str:
    """Rows that do not count for one reason; empty for none."""
    if not entries:
        return ""
    reason = "同一工作重复" if state is EntryState.DUPLICATE else state.value
    return f"加减分{rows_text([entry.row for entry in entries])}{reason}，不计分"


def _net_step(result: Result, policy: Policy) -> Step:
    points, title = result.points, "加减得分"
    sources = (above("加分", "减分"),)
    if points.bonus is None or points.penalty is None or points.net is None:
        return Step(result.name, title, None, "", sources, _CLAUSE, "加分或减分还没有算出来，改正后再计算")
    term = difference(figure(points.bonus, policy), figure(points.penalty, policy))
    return Step(result.name, title, points.net, leads_to(term, figure(points.net, policy)), sources, _CLAUSE)
