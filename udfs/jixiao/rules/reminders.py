"""Figures beyond what is usual in a town: told, never refused; where that begins is set on 参数 (R7)."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

import pandas as pd

from jixiao.exact import percent, plain
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import records
from jixiao.rules.model import Result
from jixiao.text import key

_HIGHEST = 120  # points of a final score


def attendance_reminders(attendance: pd.DataFrame, departments: Sequence[str], policy: Policy) -> Iterator[Finding]:
    """考勤 that leaves a 科室 out, and deductions that do not fit the days or say no reason (四(二)3减②).

    No reason is asked for where the sheet has no column for it.
    """
    rows = records(attendance)
    listed = {row["department"] for row in rows}
    left_out = [name for position, name in enumerate(departments) if position not in listed]
    if listed and left_out:
        yield Finding("A07", "attendance", None, "department", {"names": "、".join(left_out)})
    for row in rows:
        name, deduction, rate = departments[row["department"]], _figure(row["deduction"]), _rate(row)
        said = row["note"] is None or bool(key(row["note"]))
        if deduction is not None and deduction > 0:
            if rate == 1:
                yield Finding("A09", "attendance", row["row"], "deduction", {"name": name, "value": plain(deduction)})
            elif not said:
                yield Finding("A10", "attendance", row["row"], "note", {"name": name, "value": plain(deduction)})
            if deduction > policy.decided_reminder:
                params = {"name": name, "value": plain(deduction), "limit": plain(policy.decided_reminder)}
                yield Finding("A11", "attendance", row["row"], "deduction", params)
        elif rate is not None and rate < policy.attendance_reminder and not said and not row["deduction"]:
            params = {
                "name": name,
                "value": percent(Fraction(rate * 1000 // 1, 1000)),  # cut off: 89.99% below a line of 90% is not 90%
                "limit": percent(policy.attendance_reminder),
            }
            yield Finding("A08", "attendance", row["row"], "deduction", params)


def _rate(row: dict[str, object]) -> Fraction | None:
    """出勤率, where both numbers of days make sense."""
    due, present = _figure(row["due"]), _figure(row["present"])
    return present / due if due and present is not None and 0 <= present <= due else None


def _figure(cell: object) -> Fraction | None:
    return cell if isinstance(cell, Fraction) else None


def score_reminders(results: Sequence[Result]) -> Iterator[Finding]:
    """Final scores below 0 or above 120."""
    for result in results:
        if result.score is not None and not 0 <= result.score <= _HIGHEST:
            params = {"name": result.name, "value": plain(result.score), "high": _HIGHEST}
            yield Finding("R07", "results", None, "score", params)
