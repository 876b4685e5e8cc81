"""连续末位: who was last in the years before (R12; 四(二)5)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import Absent, records
from jixiao.rules.ranking import lowest

Row = dict[str, Any]

_GRAVER = {"H01": "H11", "H02": "H12", "H10": "H13"}


def last_before(
    history: pd.DataFrame, names: Sequence[str], policy: Policy
) -> tuple[frozenset[int] | None, list[Finding]]:
    """Positions of the departments that were last in each of the 连续末位年数 − 1 years before.

    None, with a finding, when one of those years is missing or partial: then the rule is not judged.
    """
    always_last = set(range(len(names)))
    judged = True
    findings: list[Finding] = []
    for year in range(policy.year - policy.last_years + 1, policy.year):
        rows = [row for row in records(history) if row["year"] == year]
        problem = _incomplete(rows, year, names, policy, known=set(history["department"].tolist()))
        if problem:
            findings += [problem, *_strangers(rows, year, names)]
            judged = False
            continue
        last, contradictory = _last(rows)
        if contradictory:
            findings.append(Finding("H05", "history", rows[0]["row"], "place", {"year": year}))
        always_last &= last
    return (frozenset(always_last) if judged else None), findings


def weigh_gaps(
    findings: Sequence[Finding], history: pd.DataFrame, last: Collection[int], names: Sequence[str], policy: Policy
) -> list[Finding]:
    """The findings of `last_before`, a missing or partial year graver where it may concern this year's `last`.

    That is one who was last in each of the years that are known, and of whom no other year shows that it was not.
    """
    known = set(history["department"].tolist())
    concerned = set(last)
    for year in range(policy.year - policy.last_years + 1, policy.year):
        rows = [row for row in records(history) if row["year"] == year]
        partial = _incomplete(rows, year, names, policy, known=known) is not None
        concerned &= _perhaps_last(rows, concerned) if partial else _last(rows)[0]
    return [replace(item, code=_GRAVER.get(item.code, item.code)) for item in findings] if concerned else list(findings)


def _perhaps_last(rows: Sequence[Row], departments: Collection[int]) -> set[int]:
    """Of some departments those that nobody in the rows of a year stands behind."""
    places = {row["department"]: row["place"] for row in rows if isinstance(row["place"], Fraction)}
    scores = {row["department"]: row["score"] for row in rows if row["score"] is not None}
    behind = {
        department
        for department in departments
        if (department in places and places[department] < max(places.values()))
        or (department not in places and department in scores and scores[department] > min(scores.values()))
    }
    absent = {row["department"] for row in rows if row["place"] is Absent.SLASH}
    return set(departments) - behind - absent


def _incomplete(
    rows: Sequence[Row], year: int, names: Sequence[str], policy: Policy, *, known: set[int]
) -> Finding | None:
    """What keeps a year from being judged: no rows, a department missing, twice, or without place and score.

    `known` are the departments of any year: few others missing are perhaps new, and what to write then is said.
    """
    params: dict[str, object] = {"year": year, "years": policy.last_years}
    if not rows:
        return Finding("H01", "history", None, "year", params)
    listed = [row["department"] for row in rows if row["department"] >= 0]
    for row in rows:
        if row["department"] >= 0 and listed.count(row["department"]) > 1:
            same = "、".join(str(other["row"]) for other in rows if other["department"] == row["department"])
            params |= {"name": names[row["department"]], "rows": same}
            return Finding("H04", "history", row["row"], "department", params)
    blank = [row["department"] for row in rows if row["place"] is None and row["score"] is None]
    missing = [name for position, name in enumerate(names) if position not in listed or position in blank]
    if missing or blank:
        unheard = [name for position, name in enumerate(names) if position not in known]
        new = missing == unheard and not blank and len(listed) == len(rows) and 2 * len(missing) < len(names)
        params["names"] = "、".join(missing) or "名次"
        return Finding("H10" if new else "H02", "history", rows[0]["row"], "year", params)
    ranked = [row for row in rows if row["place"] is not Absent.SLASH]
    if _by_place(ranked) or all(row["score"] is not None for row in ranked):
        return None
    return Finding("H02", "history", rows[0]["row"], "place", {**params, "names": "部分名次"})


def _strangers(rows: Sequence[Row], year: int, names: Sequence[str]) -> Iterator[Finding]:
    """Names nobody has now, in a year that lacks somebody: it may be the same one, written otherwise."""
    listed = {row["department"] for row in rows}
    missing = "、".join(name for position, name in enumerate(names) if position not in listed)
    if missing:
        for row in rows:
            if row["department"] < 0:
                yield Finding("H07", "history", row["row"], "department", {"year": year, "names": missing})


def _by_place(ranked: Sequence[Row]) -> bool:
    return all(isinstance(row["place"], Fraction) for row in ranked)


def _last(rows: Sequence[Row]) -> tuple[set[int], bool]:
    """Who was last in a complete year, and whether places and scores disagree about it; the places decide."""
    ranked = [row for row in rows if row["place"] is not Absent.SLASH]
    by_place = _lowest([-row["place"] for row in ranked], ranked) if _by_place(ranked) else None
    scored = all(row["score"] is not None for row in ranked)
    by_score = _lowest([row["score"] for row in ranked], ranked) if scored else None
    contradictory = by_place is not None and by_score is not None and by_place != by_score
    return (by_place if by_place is not None else by_score) or set(), contradictory


def _lowest(figures: Sequence[Fraction], rows: Sequence[Row]) -> set[int]:
    bottom = lowest(figures)
    return {row["department"] for figure, row in zip(figures, rows, strict=True) if figure == bottom}
