"""名次 and 等次 from scores: places, seats, ties on a line (R10, R11; 四(二)5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import TypeVar

from jixiao.exact import Scaled, round_half_up, scaled_fractions
from jixiao.policy.model import GRADES, Grade, Policy

_HIGHER_IS_WORSE = "减分"

Score = TypeVar("Score", Fraction, float)


def rank(keys: Sequence[Sequence[Fraction]]) -> list[int]:
    """Places from high to low: equal keys share the place and the next is skipped (1, 2, 2, 4)."""
    return rank_columns([scaled_fractions(column) for column in zip(*keys, strict=True)])


def rank_columns(columns: Sequence[Scaled]) -> list[int]:
    """As `rank`, from the first, second … numbers of all keys as columns."""
    whole = list(zip(*(column.units.tolist() for column in columns), strict=True))
    places: dict[tuple[int, ...], int] = {}
    for place, key in enumerate(sorted(whole, reverse=True), start=1):
        places.setdefault(key, place)
    return [places[key] for key in whole]


def print_places(places: Sequence[int], policy: Policy) -> list[int]:
    """The places as posted: 跳号 as they are, 连号 closes the gaps (1, 2, 2, 3)."""
    if policy.tie_places == "跳号":
        return list(places)
    closed = {place: number for number, place in enumerate(sorted(set(places)), start=1)}
    return [closed[place] for place in places]


def tie_key(score: Fraction, figures: dict[str, Fraction | None], policy: Policy) -> tuple[Fraction, ...]:
    """What a place is decided by: the score, then 并列排序's figures in order; less 减分 is better.

    A figure that is not there ranks below every figure that is.
    """
    breakers: list[Fraction] = []
    for name in policy.tie_breakers:
        figure = figures[name]
        present = Fraction(figure is not None)
        value = figure if figure is not None else Fraction(0)
        breakers += [present, -value if name == _HIGHER_IS_WORSE else value]
    return (score, *breakers)


@dataclass(frozen=True)
class Seats:
    """The seats of 优秀 and 一般 in a list of `count` departments, and what they make of a place (R11)."""

    count: int
    excellent: int
    fair: int

    def grade(self, place: int) -> Grade:
        """优秀 within its seats, 一般 behind all others' seats, else 良好."""
        if place <= self.excellent:
            return "优秀"
        return "一般" if place > self.count - self.fair else "良好"

    def overrun(self, place: int, sharing: int) -> Grade | None:
        """The grade on whose line a tie of `sharing` departments at `place` stands; all of them get that grade."""
        last = place + sharing - 1
        if place <= self.excellent < last:
            return "优秀"
        return "良好" if place <= self.count - self.fair < last else None


def seats(count: int, policy: Policy) -> Seats:
    """The seats among `count` departments, by 名额取整."""
    shares = (policy.excellent_share * count, policy.good_share * count, policy.fair_share * count)
    if policy.seat_rounding == "四舍五入":
        return Seats(count, int(round_half_up(shares[0], 0)), int(round_half_up(shares[2], 0)))
    whole = [floor(share) for share in shares]
    if policy.seat_rounding == "最大余数":
        better_first = sorted(range(len(shares)), key=lambda grade: (whole[grade] - shares[grade], grade))
        for grade in better_first[: count - sum(whole)]:
            whole[grade] += 1
    return Seats(count, whole[0], whole[2])


def worse(first: Grade, second: Grade) -> Grade:
    """The lower of two grades."""
    return max(first, second, key=GRADES.index)


def lowest(scores: Sequence[Score]) -> Score | None:
    """The score of the last of a complete list; None when all are equal, for then nobody is last (R12)."""
    return None if len(set(scores)) < 2 else min(scores)
