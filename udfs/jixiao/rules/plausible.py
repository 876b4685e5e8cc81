"""Figures that are right in form and absurd in size: 105 typed for 1.05, 9.5 for 95. Said, never refused.

The plan sets no such limits and no result depends on them. Those of 评价系数 are settings, the others are `LIMITS`.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import pandas as pd

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import MARK_COLUMNS, records
from jixiao.rules.model import JudgedBallots
from jixiao.rules.papers import all_out_of_ten, low_marks, paper_findings
from jixiao.rules.review import row_list


class Limits(NamedTuple):
    """Where a figure begins to look like a slip of the hand."""

    meant: tuple[Fraction, Fraction] = (Fraction(1, 2), Fraction(3, 2))  # what an absurd 评价系数 may stand for
    slips: tuple[Fraction, ...] = (Fraction(1, 100), Fraction(1, 10), Fraction(10), Fraction(100))
    weight_times: int = 10  # as heavy as so many of the department's other tasks
    mark: int = 10  # points on a ballot
    few_ballots: int = 5  # from this many on, ballots with such marks are told together when most are like that


LIMITS = Limits()


def odd_sizes(
    departments: pd.DataFrame, tasks: pd.DataFrame, ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy
) -> Iterator[Finding]:
    """Every 评价系数, 任务权重 and mark of a size that nobody would mean."""
    yield from _odd_coefficients(departments, policy)
    yield from _odd_weights(tasks, departments["name"].tolist())
    yield from _low_marks(ballots, judged, policy)


def _odd_coefficients(departments: pd.DataFrame, policy: Policy) -> Iterator[Finding]:
    for department in records(departments):
        value = department["coefficient"]
        low, high = LIMITS.meant
        if value is not None and not policy.coefficient_low <= value <= policy.coefficient_high:
            meant = next((value * slip for slip in LIMITS.slips if low <= value * slip <= high), None)
            params = {
                "name": department["name"],
                "value": plain(value),
                "low": plain(policy.coefficient_low),
                "high": plain(policy.coefficient_high),
                "advice": "请核对；确实这样定的不用管" if meant is None else f"是不是想填 {plain(meant)}？请核对",
            }
            yield Finding("D08", "departments", department["row"], "coefficient", params)


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
    """Marks that look as if a digit were missing: told together where most ballots have some, else paper by paper.

    A word's own points are none, and papers marked out of ten throughout are told as such.
    """
    yield from paper_findings(ballots, judged, policy)
    words = [float(points) for points in policy.word_marks.values()]
    low = np.zeros(len(ballots), dtype=bool)
    for column in judged.marks:
        mask = (column < LIMITS.mark) & (column > 0)
        if mask.any():  # in most years none is; there may be 150,000 ballots
            low |= mask & judged.valid & ~np.isin(column, words)
    places = np.flatnonzero(low & ~all_out_of_ten(judged)) if low.any() else np.flatnonzero(low)
    if places.size < LIMITS.few_ballots or 2 * places.size <= judged.valid.sum():
        yield from low_marks(ballots, judged, policy, LIMITS.mark)
        return
    rows, at = ballots["row"].to_numpy(), int(places[0])
    first = next(name for name, marks in zip(MARK_COLUMNS, judged.marks, strict=True) if 0 < marks[at] < LIMITS.mark)
    params = {"count": places.size, "rows": row_list(rows[places]), "low": LIMITS.mark}
    yield Finding("B23", "ballots", int(rows[at]), first, params)
