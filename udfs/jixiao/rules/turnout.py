"""How many raters' ballots came back, and which 科室 some of them do not rate (R5; 四(二)2)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.model import JudgedBallots

_HEADS = RATER_GROUPS.index("部门负责人")
_GROUPS = len(RATER_GROUPS)


def turnout_findings(ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy) -> list[Finding]:
    """Groups from which fewer or more than 应测人数 raters' ballots came back, with what became of the ballots."""
    findings = []
    groups = ballots["group"].to_numpy(dtype=np.int64)
    expected = (policy.leaders_expected, policy.heads_expected, policy.villages_expected)
    for group, (name, wanted) in enumerate(zip(RATER_GROUPS, expected, strict=True)):
        if wanted is None:
            continue
        own = groups == group
        returned = len(np.unique(judged.raters[own]))
        if returned == wanted:
            continue
        fates = {"valid": judged.valid, "abstained": judged.abstained, "void": judged.void}
        counts = {fate: int((mask & own).sum()) for fate, mask in fates.items()}
        params = {"group": name, "expected": wanted, "returned": returned, "ballots": int(own.sum()), **counts}
        findings.append(Finding("B16" if returned < wanted else "B18", "ballots", None, "group", params))
    return findings


def skipped_findings(ballots: pd.DataFrame, judged: JudgedBallots, names: Sequence[str]) -> Iterator[Finding]:
    """科室 that some 票号 of a group do not rate, their own excepted: told once for those that the same 票号 skip.

    A group none of whose 票号 rates all it may is one where each rates some of the 科室: that is told nowhere.
    """
    count = len(names)
    departments = ballots["department"].to_numpy(dtype=np.int64)
    width = int(judged.raters.max(initial=-1)) + 1
    rated = np.zeros((width, count), dtype=bool)
    rated[judged.raters, departments] = True
    first = np.zeros(width, dtype=np.int64)
    first[judged.raters[::-1]] = np.arange(len(ballots))[::-1]
    own = _own(ballots, judged, width)
    raters = np.unique(judged.raters)
    for group in range(_GROUPS):
        members = raters[raters % _GROUPS == group]
        skipped = ~rated[members]
        home = own[members]
        skipped[np.flatnonzero(home >= 0), home[home >= 0]] = False
        if group == _HEADS:  # whose 科室 nobody filled in: the one left out may well be it
            skipped[(home < 0) & (skipped.sum(axis=1) == 1)] = False
        if not skipped.any() or skipped.any(axis=1).all():
            continue
        yield from _told(skipped, members, group, (ballots, first, names))


def _own(ballots: pd.DataFrame, judged: JudgedBallots, width: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The 科室 of each rater, negative where no row of theirs says it."""
    own = np.full(width, -1, dtype=np.int64)
    homes = ballots["rater"].to_numpy(dtype=np.int64)
    known = homes >= 0
    own[judged.raters[known]] = homes[known]
    return own


def _told(
    skipped: np.ndarray[tuple[int, int], np.dtype[np.bool_]],
    members: np.ndarray[tuple[int], np.dtype[np.int64]],
    group: int,
    places: tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.int64]], Sequence[str]],
) -> Iterator[Finding]:
    """One finding for each set of 票号 that leave out the same 科室; `places` say where their first rows stand."""
    ballots, first, names = places
    rows, numbers = ballots["row"].to_numpy(), ballots["ballot"].to_numpy()
    lots: dict[tuple[int, ...], list[str]] = defaultdict(list)
    for department in np.flatnonzero(skipped.any(axis=0)).tolist():
        lots[tuple(members[skipped[:, department]].tolist())].append(names[department])
    for raters, left_out in lots.items():
        cells = [(int(rows[first[rater]]), "ballot") for rater in raters]
        params = {
            "group": RATER_GROUPS[group],
            "returned": len(members),
            "numbers": "、".join(str(numbers[first[rater]]) for rater in raters),
            "names": "、".join(left_out),
        }
        yield Finding("B26", "ballots", *cells[0], params, more=tuple(cells[1:]))
