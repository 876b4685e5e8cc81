"""What the rules answer: every figure with the record of how it came about.

A figure that cannot be computed is None. Scores are points; rates are fractions of 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from jixiao.exact import Scaled
from jixiao.findings import Finding
from jixiao.policy.model import Grade, Policy, Standard
from jixiao.rules.ranking import Seats


class QuarterState(StrEnum):
    """Why a department has a score in a quarter, or none."""

    SCORED = "已计分"
    IDLE = "没有安排任务"
    NOT_BEGUN = "未开始"
    BLOCKED = "缺项"


class Quarter(NamedTuple):
    """One department's quarter (R1): 100 × coefficient × Σ(weight × rate) ÷ Σ(weight)."""

    state: QuarterState
    weighted: Fraction | None = None
    weights: Fraction | None = None
    rate: Fraction | None = None
    coefficient: Fraction | None = None
    capped: bool = False
    score: Fraction | None = None


class Performance(NamedTuple):
    """业绩评价 of one department (R3); `idle` are the quarters without work."""

    quarters: tuple[Quarter, Quarter, Quarter, Quarter]
    idle: tuple[int, ...]
    score: Fraction | None


class GroupReview(NamedTuple):
    """One rater group's view of one department (R5): ballots by their fate, and the mean of the valid ones.

    `total` is the sum of the scores that count: those of the valid ballots less the trimmed ones.
    """

    group: str
    weight: Fraction
    valid: int = 0
    abstained: int = 0
    void: int = 0
    trimmed: int = 0
    mean: Fraction | None = None
    total: Fraction = Fraction(0)


class VoidReason(StrEnum):
    """Why a ballot is void (R4, R5)."""

    PARTIAL = "没有填全"
    UNREADABLE = "填写有误"
    OUT_OF_RANGE = "分数不在 0 到 100 之间"
    OWN = "给本科室打分"
    REPEATED = "票号重复"


@dataclass(frozen=True, eq=False)
class JudgedBallots:
    """What each ballot is (R4, R5): valid, an abstention, or void for one or more reasons; masks over the ballots.

    `marks` are the ballots' five dimensions, column by column, NaN where nothing was marked; `cells` number their
    department and group, counted through; `raters` number who filled them in, by group and ballot number.
    """

    marks: Sequence[npt.NDArray[np.float64]]
    cells: npt.NDArray[np.int64]
    raters: npt.NDArray[np.int64]
    reasons: Mapping[VoidReason, npt.NDArray[np.bool_]]
    abstained: npt.NDArray[np.bool_]
    void: npt.NDArray[np.bool_]
    valid: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class BallotRecord:
    """What became of every ballot (R4, R5), by its place in `Inputs.ballots`.

    `counted` are the places of those that make the means, `scores` theirs in the same order; `trimmed` were dropped
    as the highest and lowest.
    """

    judged: JudgedBallots
    counted: npt.NDArray[np.int64]
    scores: Scaled
    trimmed: npt.NDArray[np.int64]


class Review(NamedTuple):
    """履职评价 of one department (R5); `reweighted` when a missing group's weight went to the others."""

    groups: tuple[GroupReview, GroupReview, GroupReview]
    reweighted: bool
    score: Fraction | None


class EntryState(StrEnum):
    """Whether a bonus or penalty row counts (R6–R8)."""

    COUNTED = "计分"
    PENDING = "待认定"
    OUT_OF_YEAR = "不在年度"
    DUPLICATE = "重复"
    DISABLED = "停用"
    WRONG = "错误"


class PointEntry(NamedTuple):
    """One bonus or penalty row and its fate.

    `base` is what the standard gives for it, `counted` what it adds after share and taper (0 unless it counts).
    `by` is the row that was counted in its place.
    """

    row: int
    department: int
    category: str
    level: str
    matter: str
    state: EntryState
    standard: Standard | None = None
    base: Fraction | None = None
    share: Fraction = Fraction(1)
    taper: Fraction = Fraction(1)
    counted: Fraction = Fraction(0)
    by: int | None = None
    order: int = 0


class Points(NamedTuple):
    """加减分 of one department (R6–R8). `capped` names the limits that cut something off."""

    entries: tuple[PointEntry, ...]
    attendance: Fraction
    bonus: Fraction | None
    penalty: Fraction | None
    capped: tuple[str, ...] = ()

    @property
    def net(self) -> Fraction | None:
        """加减得分: bonus less penalty."""
        return None if self.bonus is None or self.penalty is None else self.bonus - self.penalty


class PoorReason(StrEnum):
    """Why R12 set a department to 较差."""

    SCORE = "低于分数线"
    LAST = "连续末位"


class Standing(NamedTuple):
    """Place and grade of one department (R10–R12).

    `place` skips after ties, `printed` is the place as posted. `by_place` is the grade that the place gives by
    `seats`. `tie_line` is the grade whose seats a tie overran. `ceiling` is the row that held the grade down.
    `last_before`: last in the years before too, None where that cannot be judged.
    """

    place: int
    printed: int
    grade: Grade
    seats: Seats
    by_place: Grade
    last: bool = False
    tie_line: Grade | None = None
    poor: PoorReason | None = None
    ceiling: PointEntry | None = None
    last_before: bool | None = None


class Result(NamedTuple):
    """One department's year."""

    department: int
    name: str
    performance: Performance
    review: Review
    points: Points
    score: Fraction | None
    standing: Standing | None = None


class QuarterLine(NamedTuple):
    """One line of 季度得分; `place` is None while the quarter is not complete."""

    place: int | None
    name: str
    quarter: Quarter


class Matter(Enum):
    """What 四(三) provides for whom: put forward first after the first places, called in and barred after the last."""

    LEADERS_FIRST = auto()
    STAFF_FIRST = auto()
    LEADERS_BARRED = auto()
    HEADS_BARRED = auto()


class Consequence(NamedTuple):
    """One line of 结果运用 (R13): a department, its printed place, what is provided and for whom.

    `people` is None where nobody knows the names. `held_back` are left out of `people`, being barred by the last
    place; `above` because the line before names them.
    """

    name: str
    place: int
    matter: Matter
    people: tuple[str, ...] | None
    held_back: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


class Appraisal(NamedTuple):
    """A year's outcome. `results` stand in order of place, or in the sheet's order while there are no places."""

    policy: Policy
    results: tuple[Result, ...]
    quarters: tuple[tuple[QuarterLine, ...], ...]
    consequences: tuple[Consequence, ...]
    findings: tuple[Finding, ...]
    ballots: BallotRecord
