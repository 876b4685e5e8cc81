"""What the ballots say of those who filled them in: marks that look like favours (五(三)).

A rater is known by ballot number alone. Nothing here changes a figure: odd ballots count like all others.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.model import JudgedBallots

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

FEWEST_RATED = 3  # departments a rater must have rated before a pattern means anything
FEWEST_RATERS = 5  # raters a group must have before one can stand apart from the others
FAR = 15.0  # points
SPREADS = 3.0  # times the group's usual distance from its middle
_GROUPS = len(RATER_GROUPS)
_FULL_MARK = 100
_MILLIONTH = 6  # decimals within which two means of exact marks are the same


def rater_findings(ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy) -> list[Finding]:
    """Raters whose valid ballots are all full marks, all alike, or far from what their group gave, at their first row.

    Far is judged so: how much a rater gives above or below each department's mean in the group, on average, may not
    differ from the group's middle rater by more than 15 points and three times the usual difference.
    """
    valid = np.flatnonzero(judged.valid)
    if not valid.size:
        return []
    raters = judged.raters[valid]
    rated = np.bincount(raters)
    first = np.zeros(len(rated), dtype=np.int64)
    first[raters[::-1]] = valid[::-1]
    weights = [float(weight) for weight in policy.dimension_weights]
    scores: Floats = np.zeros(len(ballots))
    for column, weight in zip(judged.marks, weights, strict=True):
        scores += column * weight
    uniform = _uniform(judged, valid, scores, first, rated)
    excess = _excess(scores[valid], judged.cells[valid], raters, rated)
    rows, numbers = ballots["row"].to_numpy(), ballots["ballot"].to_numpy()
    findings = []
    for rater, gap in sorted({**dict.fromkeys(uniform.tolist(), 0.0), **_far(excess, rated)}.items()):
        place = int(first[rater])
        params: dict[str, object] = {"group": RATER_GROUPS[rater % _GROUPS], "ballot": numbers[place]}
        if gap:
            params |= {"direction": "高" if gap > 0 else "低", "gap": f"{abs(gap):.1f}"}
            findings.append(Finding("B21", "ballots", int(rows[place]), "ballot", params))
        if rater in uniform:
            code = "B19" if all(column[place] == _FULL_MARK for column in judged.marks) else "B20"
            params = {**params, "count": int(rated[rater])}
            findings.append(Finding(code, "ballots", int(rows[place]), "ballot", params))
    return findings


def _uniform(judged: JudgedBallots, valid: Whole, scores: Floats, first: Whole, rated: Whole) -> Whole:
    """Raters whose every valid ballot repeats the first one, mark by mark."""
    raters = judged.raters[valid]
    differing = scores[valid] != scores[first[raters]]
    suspects = (np.bincount(raters, weights=differing) == 0) & (rated >= FEWEST_RATED)
    if not suspects.any():
        return np.empty(0, dtype=np.int64)
    rows = valid[suspects[raters]]  # few are left: now each of the five marks
    owners = judged.raters[rows]
    for column in judged.marks:
        suspects[owners[column[rows] != column[first[owners]]]] = False
    return np.flatnonzero(suspects)


def _excess(scores: Floats, cells: Whole, raters: Whole, rated: Whole) -> Floats:
    """What each rater gives above the mean of department and group, on average, in points; NaN who rated nobody."""
    counts = np.bincount(cells)
    means = np.bincount(cells, weights=scores) / np.maximum(counts, 1)
    sums = np.bincount(raters, weights=scores - means[cells])
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / rated, dtype=np.float64)


def _far(excess: Floats, rated: Whole) -> dict[int, float]:
    """Raters far from their group's middle, and by how many points."""
    far: dict[int, float] = {}
    places = np.arange(len(rated))
    for group in range(_GROUPS):
        own = places[(rated >= FEWEST_RATED) & (places % _GROUPS == group)]
        if len(own) < FEWEST_RATERS:
            continue
        gaps = np.round(excess[own] - np.median(excess[own]), _MILLIONTH)
        limit = max(FAR, SPREADS * float(np.median(np.abs(gaps))))
        far |= {int(own[place]): float(gaps[place]) for place in np.flatnonzero(np.abs(gaps) > limit)}
    return far
