"""履职评价: ballots judged, averaged by rater group and weighted (R4, R5; 四(二)2)."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.exact import EXACT_IN_FLOATS, Scaled, as_integers, dot, scaled_floats, scaled_fractions, sum_by, total
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS
from jixiao.rules.model import BallotRecord, GroupReview, JudgedBallots, Review, VoidReason
from jixiao.rules.rounding import posted

_GROUPS = len(RATER_GROUPS)
FULL_MARK = 100
_SPARSE = 32  # possible ballots for each real one beyond which a table of all is no gain

Mask = npt.NDArray[np.bool_]
Marks = npt.NDArray[np.float64]
Units = npt.NDArray[np.float64] | npt.NDArray[np.object_]


def judge_ballots(ballots: pd.DataFrame) -> JudgedBallots:
    """R4 and R5: which ballots count.

    Partly filled, unreadable or out of range: void. On the rater's own department: void, in any group. Two of one
    group and number on one department: both void. Nothing marked at all: an abstention.
    """
    marks = [ballots[column].to_numpy(dtype=np.float64) for column in MARK_COLUMNS]
    holes = np.zeros(len(ballots), dtype=np.int8)
    out_of_range = np.zeros(len(ballots), dtype=bool)
    for column in marks:
        holes += np.isnan(column)
        out_of_range |= (column < 0) | (column > FULL_MARK)
    unreadable = (ballots["unreadable"] | ballots["stranger"]).to_numpy(dtype=bool)
    abstained = (holes == len(marks)) & ~unreadable
    partial = (holes > 0) & ~abstained & ~unreadable
    own = (ballots["rater"] == ballots["department"]).to_numpy(dtype=bool)
    cells = _cell_of(ballots)
    raters = _rater_of(ballots)
    repeated = _repeated(cells, raters)
    reasons = {
        VoidReason.PARTIAL: partial,
        VoidReason.UNREADABLE: unreadable,
        VoidReason.OUT_OF_RANGE: out_of_range,
        VoidReason.OWN: own,
        VoidReason.REPEATED: repeated,
    }
    void = partial | unreadable | out_of_range | own | repeated
    return JudgedBallots(
        marks=marks,
        cells=cells,
        raters=raters,
        reasons=reasons,
        abstained=abstained & ~void,
        void=void,
        valid=~void & ~abstained,
    )


def assess_review(count: int, judged: JudgedBallots, policy: Policy) -> tuple[list[Review], BallotRecord]:
    """履职评价 of `count` departments, in their order (R5), and what became of every ballot."""
    size = count * _GROUPS
    everything = bool(judged.valid.all())
    counted = np.flatnonzero(judged.valid)
    where = judged.cells if everything else judged.cells[counted]
    valid = np.bincount(where, minlength=size)
    marks = judged.marks if everything else [column[judged.valid] for column in judged.marks]
    scores = _ballot_scores(marks, policy)
    trimmed, dropped = np.zeros_like(valid), counted[:0]
    if policy.trim:
        kept, trimmed = _trim(scores.units, where, valid, policy)
        scores, where = Scaled(scores.units[kept], scores.scale), where[kept]
        counted, dropped = counted[kept], counted[~kept]
    totals = sum_by(scores, where, size)
    fates = (
        valid.tolist(),
        np.bincount(judged.cells[judged.abstained], minlength=size).tolist(),
        np.bincount(judged.cells[judged.void], minlength=size).tolist(),
        trimmed.tolist(),
    )
    sums, scale = list(map(int, totals.units)), totals.scale
    named = list(zip(RATER_GROUPS, policy.group_weights, strict=True))
    reviews = []
    for first in range(0, size, _GROUPS):
        groups = []
        for cell, (name, weight) in enumerate(named, start=first):
            good, abstained, void, outer = (fate[cell] for fate in fates)
            whole = Fraction(sums[cell], scale)
            mean = posted(whole / (good - outer), policy) if good >= policy.fewest_ballots else None
            groups.append(GroupReview(name, weight, good, abstained, void, outer, mean, whole))
        score, reweighted = review_score([group.mean for group in groups], policy)
        reviews.append(Review((groups[0], groups[1], groups[2]), reweighted, score))
    return reviews, BallotRecord(judged, counted, scores, dropped)


def review_score(means: Sequence[Fraction | None], policy: Policy) -> tuple[Fraction | None, bool]:
    """履职评价得分 from the three group means (R5), and whether a missing group's weight went to the others."""
    weighing = [pair for pair in zip(means, policy.group_weights, strict=True) if pair[1]]
    present = [(mean, weight) for mean, weight in weighing if mean is not None]
    missing = len(present) < len(weighing)
    weights = total([weight for _, weight in present])
    if (missing and policy.missing_group == "暂不计分") or not weights:
        return None, False
    return posted(dot(present) / weights, policy), missing


def weigh_groups(means: Sequence[Scaled], policy: Policy) -> Scaled:
    """履职评价得分 of a column of departments none of which lacks a group (R5)."""
    first, second, third = (mean * weight for mean, weight in zip(means, policy.group_weights, strict=True))
    return posted(first + second + third, policy)


def _cell_of(ballots: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Number of each ballot's department and group, counted through."""
    departments: npt.NDArray[np.int64] = ballots["department"].to_numpy(dtype=np.int64)
    groups: npt.NDArray[np.int64] = ballots["group"].to_numpy(dtype=np.int64)
    return departments * _GROUPS + groups


def _rater_of(ballots: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Number of each ballot's rater: the ballot number and the group, counted through."""
    numbers: npt.NDArray[np.int64] = pd.factorize(ballots["ballot"])[0].astype(np.int64, copy=False)
    groups: npt.NDArray[np.int64] = ballots["group"].to_numpy(dtype=np.int64)
    return numbers * _GROUPS + groups


def _repeated(cells: npt.NDArray[np.int64], raters: npt.NDArray[np.int64]) -> Mask:
    """Which ballots share their department, group and number with another."""
    count = int(raters.max(initial=0)) + 1
    places = cells * count + raters
    size = (int(cells.max(initial=0)) + 1) * count
    if size <= _SPARSE * len(places):
        # A tick for every rater and department: where as many are ticked as there are ballots, none is repeated.
        ticked = np.zeros(size, dtype=bool)
        ticked[places] = True
        if np.count_nonzero(ticked) == len(places):
            return np.zeros(len(places), dtype=bool)
    return pd.Series(places).duplicated(keep=False).to_numpy()


def _ballot_scores(marks: Sequence[Marks], policy: Policy) -> Scaled:
    """Every ballot's weighted mean as a whole number on one common scale, so that no ballot is ever rounded (R9)."""
    weights = scaled_fractions(policy.dimension_weights)
    columns = [scaled_floats(column) for column in marks]
    scale = lcm(*(column.scale for column in columns))
    factors = [int(share) * scale // column.scale for share, column in zip(weights.units, columns, strict=True)]
    exact = sum(factors) * FULL_MARK * scale < EXACT_IN_FLOATS
    units = [column.units if exact else as_integers(column.units) for column in columns]
    scores: Units = units[0] * factors[0]
    for unit, factor in zip(units[1:], factors[1:], strict=True):
        scores = scores + unit * factor
    return Scaled(scores, scale * weights.scale)


def _trim(
    units: Units, where: npt.NDArray[np.int64], valid: npt.NDArray[np.int64], policy: Policy
) -> tuple[Mask, npt.NDArray[np.int64]]:
    """Which valid ballots stay once the highest and lowest are dropped, and how many each cell lost."""
    kept = np.ones(len(units), dtype=bool)
    # A trim never takes a group's last ballot.
    applies = (valid > policy.trim_above) & (valid > 2 * policy.trim)
    order = np.lexsort((units, where))
    starts = np.concatenate(([0], np.cumsum(valid)))[:-1]
    rank = np.arange(len(units)) - starts[where[order]]
    size = valid[where[order]]
    outer = (rank < policy.trim) | (rank >= size - policy.trim)
    kept[order] = ~(outer & applies[where[order]])
    return kept, np.where(applies, 2 * policy.trim, 0)


def row_list(rows: Sequence[int] | npt.NDArray[np.int64], most: int = 10) -> str:
    """Row numbers for a sentence, the first few of many."""
    shown = "、".join(map(str, rows[:most]))
    return shown if len(rows) <= most else f"{shown} 等"
