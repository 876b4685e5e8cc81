"""Each bonus and penalty row by itself: does it count, and for how much (R6–R8; 四(二)3)."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple, Protocol

import pandas as pd

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import Policy, Standard
from jixiao.rules.inputs import Number, records
from jixiao.rules.model import EntryState, PointEntry
from jixiao.text import Unreadable, key


class _Say(Protocol):
    """Report a code at a column of the row being judged."""

    def __call__(self, code: str, column: str, **params: object) -> None: ...


class _Verdict(NamedTuple):
    state: EntryState
    standard: Standard | None = None
    base: Fraction | None = None
    share: Fraction = Fraction(1)


def judge_entries(points: pd.DataFrame, names: Sequence[str], policy: Policy) -> tuple[list[PointEntry], list[Finding]]:
    """Every row of 加减分 before the same-work rule, and what is to be said of it.

    A row without 认定依据 waits and scores nothing (R8); a row with a fault is WRONG and blocks its department's figure
    rather than count as zero.
    """
    findings: list[Finding] = []
    entries = []
    for order, row in enumerate(records(points)):
        verdict = _judge(row, names[row["department"]], policy, findings)
        entries.append(
            PointEntry(
                row=row["row"],
                department=row["department"],
                category=verdict.standard.category if verdict.standard else row["category"],
                level=row["level"],
                matter=key(row["matter"]),
                state=verdict.state,
                standard=verdict.standard,
                base=verdict.base,
                share=verdict.share,
                counted=(verdict.base or Fraction(0)) * verdict.share,
                order=order,
            )
        )
    return entries, findings


def _judge(row: dict[str, Any], name: str, policy: Policy, findings: list[Finding]) -> _Verdict:
    """The checks in their order: known, in force, evidenced, in the year, worth something."""

    def say(code: str, column: str, **params: object) -> None:
        findings.append(Finding(code, "points", row["row"], column, {"name": name, **params}))

    category = [item for item in policy.standards if key(item.category) == key(row["category"])]
    if row["unusable"]:
        return _Verdict(EntryState.WRONG, category[0] if category else None)
    if not key(row["category"]):
        say("P23", "category")
        return _Verdict(EntryState.WRONG)
    if not category:
        say("P02", "category", value=row["category"])
        return _Verdict(EntryState.WRONG)
    standard = _standard_of(category, row["level"])
    if standard is None:
        choices = "、".join(item.level for item in category if item.level and item.enabled)
        code = "P03" if key(row["level"]) else "P24"
        say(code, "level", value=row["level"], category=category[0].category, choices=choices)
        return _Verdict(EntryState.WRONG, category[0])
    if not standard.enabled:
        say("P16", "category", category=standard.category, level=f"“{standard.level}”" if standard.level else "这一类")
        return _Verdict(EntryState.DISABLED, standard)
    if not key(row["evidence"]):
        say("P08", "evidence")
        return _Verdict(EntryState.PENDING, standard)
    state = _date_state(row["date"], standard, policy, say)
    if state is not EntryState.COUNTED:
        return _Verdict(state, standard)
    return _worth(row, standard, say)


def _standard_of(category: Sequence[Standard], level: str) -> Standard | None:
    """The standard of a level; where a category has no levels, or none in force, any level will do."""
    exact = next((item for item in category if key(item.level) == key(level)), None)
    indifferent = all(not item.level for item in category) or not any(item.enabled for item in category)
    return exact or (category[0] if indifferent else None)


def _worth(row: dict[str, Any], standard: Standard, say: _Say) -> _Verdict:
    """What a row that counts is worth: its points and this department's share of them."""
    base = _base_points(row["points"], standard, say)
    share = Fraction(1) if row["share"] is None else row["share"]
    if isinstance(share, Unreadable) or not 0 < share <= 1:
        say("P18", "share", value=share if isinstance(share, Unreadable) else plain(share))
        base = None
    if base is None:
        return _Verdict(EntryState.WRONG, standard)
    return _Verdict(EntryState.COUNTED, standard, base, share)


def _date_state(when: date | Unreadable | None, standard: Standard, policy: Policy, say: _Say) -> EntryState:
    """R8: outside the year ① and ② score nothing, other rows count; an empty date counts."""
    if when is None:
        say("P11", "date")
    elif isinstance(when, Unreadable):
        say("P12", "date", value=when, consequence="加减分算不出来" if standard.within_year else "暂按计分处理")
        if standard.within_year:
            return EntryState.WRONG
    elif when.year != policy.year:
        params = {"value": when.isoformat(), "year": policy.year, "category": standard.category}
        say("P09" if standard.within_year else "P10", "date", **params)
        if standard.within_year:
            return EntryState.OUT_OF_YEAR
    return EntryState.COUNTED


def _base_points(written: Number, standard: Standard, say: _Say) -> Fraction | None:
    """What the row is worth by its standard (R6, R7), or None with the fault said."""
    shown = plain(written) if isinstance(written, Fraction) else written
    if standard.method == "固定":
        if standard.points is not None and written is not None and written != standard.points:
            say("P17", "points", category=standard.category, points=plain(standard.points), value=shown)
        return standard.points
    if written is None:
        say("P04", "points", category=standard.category)
        return None
    if isinstance(written, Unreadable):
        say("P05", "points", value=shown)
        return None
    if written <= 0:
        say("P07", "points", value=shown)
        return None
    low, high = standard.minimum, standard.maximum
    if standard.method == "区间" and low is not None and high is not None and not low <= written <= high:
        say("P06", "points", value=shown, category=standard.category, low=plain(low), high=plain(high))
        return None
    return written
