"""A rater's paper, all ballots of one number: marks out of ten, zeros, two papers alike, marks that stand out (R4).

Nothing here changes a figure: such ballots count like all others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import DIMENSIONS, RATER_GROUPS, Policy
from jixiao.rules.identity import look_alikes
from jixiao.rules.inputs import MARK_COLUMNS
from jixiao.rules.model import JudgedBallots
from jixiao.rules.raters import FEWEST_RATED

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

OUT_OF_TEN = 10  # the highest mark of a paper that was marked out of ten
_LOW = 3  # a mark below so many parts of the paper's median stands out
_FULL_MARK = 100
_GROUPS = len(RATER_GROUPS)
_HEADS = RATER_GROUPS.index("部门负责人")
_FEW_HEADS = 100  # raters of a group up to which each two papers are compared
_PRECISE = 4  # decimals of a sum of marks times numbers by which papers are told apart


def paper_findings(ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy) -> Iterator[Finding]:
    """What is odd in papers, each at its first ballot, with the ballots or cells concerned."""
    valid = np.flatnonzero(judged.valid)
    if not valid.size:
        return
    papers = _Papers(ballots, judged, valid, _used(policy))
    if any((column <= OUT_OF_TEN).any() for column in papers.marks):  # in most years none is
        tens = papers.out_of_ten(policy)
        yield from papers.told_tens(tens)
        if 0 not in policy.word_marks.values():
            yield from papers.told_zeros(tens)
    yield from papers.told_equal()


def look_alike_numbers(ballots: pd.DataFrame, judged: JudgedBallots) -> Iterator[Finding]:
    """票号 of one 测评主体 that are two, and are easily taken for one (R6)."""
    numbers, rows = ballots["ballot"].to_numpy(), ballots["row"].to_numpy()
    places = np.full(int(judged.raters.max(initial=-1)) + 1, -1, dtype=np.int64)
    places[judged.raters[::-1]] = np.arange(len(ballots))[::-1]
    for group, name in enumerate(RATER_GROUPS):
        first = np.sort(places[group::_GROUPS][places[group::_GROUPS] >= 0])
        for one, other in look_alikes(numbers[first].tolist(), letters=False):
            params = {"group": name, "one": numbers[first[one]], "other": numbers[first[other]]}
            yield Finding("B30", "ballots", int(rows[first[other]]), "ballot", params)


def all_out_of_ten(judged: JudgedBallots) -> Mask:
    """Which ballots are of a paper none of whose valid marks is above 10."""
    highest = np.zeros(int(judged.raters.max(initial=-1)) + 1)
    for column in judged.marks:
        np.maximum.at(highest, judged.raters[judged.valid], column[judged.valid])
    return np.asarray(highest[judged.raters] <= OUT_OF_TEN, dtype=bool)


def _used(policy: Policy) -> list[int]:
    """The dimensions that count: one of weight 0 is switched off, and nothing is said of it."""
    return [place for place, weight in enumerate(policy.dimension_weights) if weight]


def low_marks(ballots: pd.DataFrame, judged: JudgedBallots, policy: Policy, least: int) -> Iterator[Finding]:
    """Marks below a third of their paper's median, or above 0 and below `least`: one finding a paper.

    The points of a word stand out of nothing; five zeros and papers marked out of ten are told elsewhere.
    """
    line = max(_FULL_MARK / _LOW, least)
    words = [float(points) for points in policy.word_marks.values()]
    used = _used(policy)
    if not any((judged.marks[place] < line).any() for place in used):
        return
    marks = np.column_stack([judged.marks[place] for place in used])
    raters = np.unique(judged.raters[judged.valid & (marks < line).any(axis=1)])
    rows, numbers = ballots["row"].to_numpy(), ballots["ballot"].to_numpy()
    for rater in raters.tolist():
        own = np.flatnonzero(judged.valid & (judged.raters == rater))
        paper = marks[own]
        if paper.max() <= OUT_OF_TEN:
            continue
        median = float(np.median(paper))
        low = ((_LOW * paper < median) | ((paper > 0) & (paper < least))) & ~np.isin(paper, words)
        low[(paper == 0).all(axis=1)] = False
        places = [(int(ballot), int(column)) for ballot, column in zip(*np.nonzero(low), strict=True)]
        if not places:
            continue
        cells = [(int(rows[own[ballot]]), MARK_COLUMNS[used[column]]) for ballot, column in places]
        shown = [paper[place] for place in places]
        params = {
            "group": RATER_GROUPS[rater % _GROUPS],
            "ballot": numbers[own[0]],
            "value": "、".join(
                f"{DIMENSIONS[used[column]]} {mark:.15g}" for (_, column), mark in zip(places, shown, strict=True)
            ),
            "median": f"{median:.15g}",
            "suggestion": _meant(shown, least),
        }
        yield Finding("B22", "ballots", *cells[0], params, more=tuple(cells[1:]))


def _meant(marks: Sequence[float], least: int) -> str:
    """What may have been meant, where each of the marks lacks a digit."""
    if not all(0 < mark < least for mark in marks):
        return ""
    return "，是不是想填 " + "、".join(f"{mark * (10 if mark >= 1 else 100):.15g}" for mark in marks)


class _Papers:
    """The valid ballots in the order of their papers."""

    def __init__(self, ballots: pd.DataFrame, judged: JudgedBallots, valid: Whole, used: Sequence[int]) -> None:
        which = slice(None) if len(valid) == len(ballots) else valid  # there may be 150,000
        self.marks: list[Floats] = [judged.marks[place][which] for place in used]
        self.raters: Whole = judged.raters[which]
        self.departments: Whole = ballots["department"].to_numpy(dtype=np.int64)[which]
        self.own: Whole = ballots["rater"].to_numpy(dtype=np.int64)[which]
        self.rows, self.numbers = ballots["row"].to_numpy()[which], ballots["ballot"].to_numpy()[which]
        self.rated: Whole = np.bincount(self.raters)
        self.first = np.zeros(len(self.rated), dtype=np.int64)
        self.first[self.raters[::-1]] = np.arange(len(valid))[::-1]

    def named(self, raters: Sequence[int]) -> dict[str, object]:
        """The group of some raters, and their numbers."""
        numbers = "、".join(str(self.numbers[self.first[rater]]) for rater in raters)
        return {"group": RATER_GROUPS[raters[0] % _GROUPS], "numbers": numbers}

    def cells(self, places: Sequence[int], column: str) -> list[tuple[int, str]]:
        """The cells of some ballots in a column."""
        return [(int(self.rows[place]), column) for place in places]

    def out_of_ten(self, policy: Policy) -> Whole:
        """Papers none of whose marks is above 10, though not all are a word's points."""
        words = [float(points) for points in policy.word_marks.values() if points <= OUT_OF_TEN]
        high = np.zeros(len(self.raters), dtype=bool)
        typed = np.zeros(len(self.raters), dtype=bool)
        for column in self.marks:
            high |= column > OUT_OF_TEN
            typed |= ~np.isin(column, words) if words else True
        highest, any_typed = (np.bincount(self.raters, weights=mask) > 0 for mask in (high, typed))
        return np.flatnonzero(~highest & any_typed & (self.rated > 0))

    def told_tens(self, tens: Whole) -> Iterator[Finding]:
        """One finding a group: when one paper was marked out of ten, others of the group may well have been."""
        for group in range(_GROUPS):
            raters = tens[tens % _GROUPS == group].tolist()
            if raters:
                cells = self.cells(sorted(int(self.first[rater]) for rater in raters), "ballot")
                yield Finding("B28", "ballots", *cells[0], self.named(raters), more=tuple(cells[1:]))

    def told_zeros(self, told: Whole) -> Iterator[Finding]:
        """Ballots of five zeros, by paper."""
        zeros = np.logical_and.reduce([column == 0 for column in self.marks])
        papers: dict[int, list[int]] = defaultdict(list)
        for place in np.flatnonzero(zeros).tolist():
            papers[int(self.raters[place])].append(place)
        for rater, places in papers.items():
            if rater not in told:
                cells = self.cells(places, MARK_COLUMNS[0])
                params = {**self.named([rater]), "count": len(places)}
                yield Finding("B27", "ballots", *cells[0], params, more=tuple(cells[1:]))

    def told_equal(self) -> Iterator[Finding]:
        """Papers of one group that give every 科室 the same marks, not all of them one mark.

        Of two heads' papers each may lack the other's own 科室.
        """
        for raters in self._equal():
            cells = self.cells(sorted(int(self.first[rater]) for rater in raters), "ballot")
            yield Finding("B29", "ballots", *cells[0], self.named(raters), more=tuple(cells[1:]))

    def _equal(self) -> Iterator[list[int]]:
        lots: dict[tuple[int, float, int], list[int]] = defaultdict(list)
        sums = self._sums()
        several = np.flatnonzero(self.rated >= FEWEST_RATED)
        for rater in several.tolist():
            lots[rater % _GROUPS, round(float(sums[rater]), _PRECISE), int(self.rated[rater])].append(rater)
        alike: list[list[int]] = []
        papers: dict[int, dict[int, tuple[float, ...]]] = {}
        for lot in lots.values():
            if len(lot) > 1:
                alike += self._sorted_out(lot, papers)
        heads = [int(rater) for rater in several if rater % _GROUPS == _HEADS]
        known = {rater for lot in alike for rater in lot}
        if len(heads) <= _FEW_HEADS:
            alike += self._but_for_their_own([rater for rater in heads if rater not in known], papers)
        yield from sorted(alike)

    def _sums(self) -> Floats:
        """For each paper a sum that is another one for nearly every other paper."""
        score = np.zeros(len(self.raters))
        for number, column in enumerate(self.marks):
            score += column * (number + np.sqrt(2.0))
        return np.asarray(np.bincount(self.raters, weights=score * np.sqrt(self.departments + 3.0)), dtype=np.float64)

    def _paper(self, rater: int, papers: dict[int, dict[int, tuple[float, ...]]]) -> dict[int, tuple[float, ...]]:
        if rater not in papers:
            places = np.flatnonzero(self.raters == rater).tolist()
            papers[rater] = {
                int(self.departments[place]): tuple(float(column[place]) for column in self.marks) for place in places
            }
        return papers[rater]

    def _sorted_out(self, lot: Sequence[int], papers: dict[int, dict[int, tuple[float, ...]]]) -> list[list[int]]:
        same: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for rater in lot:
            paper = self._paper(rater, papers)
            if not _one_mark(paper):
                same[tuple(sorted(paper.items()))].append(rater)
        return [raters for raters in same.values() if len(raters) > 1]

    def _but_for_their_own(
        self, heads: Sequence[int], papers: dict[int, dict[int, tuple[float, ...]]]
    ) -> list[list[int]]:
        found: list[list[int]] = []
        own = {rater: int(self.own[self.first[rater]]) for rater in heads}
        for index, rater in enumerate(heads):
            for other in heads[index + 1 :]:
                mine, yours = self._paper(rater, papers), self._paper(other, papers)
                mine = {place: marks for place, marks in mine.items() if place != own[other]}
                yours = {place: marks for place, marks in yours.items() if place != own[rater]}
                if mine == yours and len(mine) >= FEWEST_RATED and not _one_mark(mine):
                    found.append([rater, other])
        return found


def _one_mark(paper: dict[int, tuple[float, ...]]) -> bool:
    return len({mark for marks in paper.values() for mark in marks}) == 1
