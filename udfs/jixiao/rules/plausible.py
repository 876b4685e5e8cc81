"""Figures that are right in form and absurd in size: 105 typed for 1.05, 9.5 for 95. Said, never refused.

The plan sets no such limits and no result depends on them, so they are no settings; all of them stand in `LIMITS`.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import DIMENSIONS, RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS, records
from jixiao.rules.model import JudgedBallots
from jixiao.rules.review import row_list


class Limits(NamedTuple):
    """Where a figure begins to look like a slip of the hand."""

    coefficient_low: Fraction = Fraction(1, 2)
    coefficient_high: Fraction = Fraction(3, 2)
    slips: tuple[Fraction, ...] = (Fraction(1, 100), Fraction(1, 10), Fraction(10), Fraction(100))
    weight_times: int = 10  # as heavy as so many of the department's other tasks
    mark: int = 10  # points on a ballot
    few_ballots: int = 5  # from this many on, ballots with such marks are told together when most are like that


LIMITS = Limits()


def odd_sizes(
    departments: pd.DataFrame, tasks: pd.DataFrame, ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy
) -> Iterator[Finding]:
    """Every 评价系数, 任务权重 and mark of a size that nobody would mean."""
    yield from _odd_coefficients(departments)
    yield from _odd_weights(tasks, departments["name"].tolist())
    yield from _low_marks(ballots, judged, policy)


def _odd_coefficients(departments: pd.DataFrame) -> Iterator[Finding]:
    for department in records(departments):
        value = department["coefficient"]
        if value is not None and not _usual(value):
            meant = next((value * slip for slip in LIMITS.slips if _usual(value * slip)), None)
            params = {
                "name": department["name"],
                "value": plain(value),
                "low": plain(LIMITS.coefficient_low),
                "high": plain(LIMITS.coefficient_high),
                "advice": "请核对；确实这样定的不用管" if meant is None else f"是不是想填 {plain(meant)}？请核对",
            }
            yield Finding("D08", "departments", department["row"], "coefficient", params)


def _usual(coefficient: Fraction) -> bool:
    return LIMITS.coefficient_low <= coefficient <= LIMITS.coefficient_high


def _odd_weights(tasks: pd.DataFrame, names: Sequence[str]) -> Iterator[Finding]:
    """Tasks many times as heavy as the middle one of their department's others."""
    weights, owners = tasks["weight"].tolist(), tasks["department"].to_numpy(dtype=np.int64)
    # Floats find the few departments worth an exact look: thousands of rows cost next to nothing.
    sizes = np.array([np.nan if item is None else item.numerator / item.denominator for item in weights])
    lightest, heaviest = np.full(len(names), np.inf), np.zeros(len(names))
    np.fmin.at(lightest, owners, sizes)
    np.fmax.at(heaviest, owners, sizes)
    for owner in np.flatnonzero(heaviest > (LIMITS.weight_times - 1) * lightest).tolist():
        places = np.flatnonzero((owners == owner) & ~np.isnan(sizes))
        own = sorted((weights[place], int(tasks["row"].iloc[place])) for place in places)
        ordered = [weight for weight, _ in own]
        for place, (weight, row) in enumerate(own):
            middle = _middle_of_others(ordered, place)
            if weight >= LIMITS.weight_times * middle:
                params = {"value": plain(weight), "name": names[owner], "meant": _shown(middle)}
                params["count"] = str(LIMITS.weight_times)
                yield Finding("T21", "tasks", row, "weight", params)


def _middle_of_others(ordered: Sequence[Fraction], place: int) -> Fraction:
    """The median of an ordered list without the item at `place`."""
    count = len(ordered) - 1
    low, high = ((at if at < place else at + 1) for at in ((count - 1) // 2, count // 2))
    return (ordered[low] + ordered[high]) / 2


def _shown(number: Fraction) -> str:
    """A number as a person reads it, at a few digits where it has no end."""
    return plain(Fraction(f"{float(number):.4g}"))


def _low_marks(ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy) -> Iterator[Finding]:
    """Valid ballots with marks above 0 that look like marks out of ten; a word's own points are none."""
    words = [float(points) for points in policy.word_marks.values() if 0 < points < LIMITS.mark]
    low = [column < LIMITS.mark for column in judged.marks]
    if not any(map(np.any, low)):  # as in most years; there may be 150,000 ballots
        return
    low = [mask & (column > 0) & judged.valid for mask, column in zip(low, judged.marks, strict=True)]
    if words:
        low = [mask & ~np.isin(column, words) for mask, column in zip(low, judged.marks, strict=True)]
    places = np.flatnonzero(np.logical_or.reduce(low))
    if not places.size:
        return
    rows, numbers, groups = (ballots[name].to_numpy() for name in ("row", "ballot", "group"))
    first = {int(at): next(index for index, mask in enumerate(low) if mask[at]) for at in places}
    if places.size >= LIMITS.few_ballots and 2 * places.size > judged.valid.sum():
        params = {"count": places.size, "rows": row_list(rows[places]), "low": LIMITS.mark}
        yield Finding("B23", "ballots", int(rows[places[0]]), MARK_COLUMNS[first[int(places[0])]], params)
        return
    for at, dimension in first.items():
        marks = {name: column[at] for name, column, mask in zip(DIMENSIONS, judged.marks, low, strict=True) if mask[at]}
        params = {
            "group": RATER_GROUPS[groups[at]],
            "ballot": numbers[at],
            "value": "、".join(f"{name} {mark:.15g}" for name, mark in marks.items()),
            "low": LIMITS.mark,
            "meant": "、".join(f"{mark * (10 if mark >= 1 else 100):.15g}" for mark in marks.values()),
        }
        yield Finding("B22", "ballots", int(rows[at]), MARK_COLUMNS[dimension], params)
