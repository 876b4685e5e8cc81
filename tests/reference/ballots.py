"""R4, R5: ballots, group means and 履职评价得分."""

from fractions import Fraction
from typing import Any

from .defaults import ABSTAINED, DIMENSIONS, GROUPS, MARK_WORDS
from .exact import exact, is_empty, mean
from .settings import step


def read_mark(raw: object, settings: dict[str, Any]) -> Fraction | None:
    """R4: the points of one mark, a number within 0–100 or a word of the table; None when it is neither."""
    if str(raw) in MARK_WORDS:
        points: Fraction = settings[MARK_WORDS[str(raw)] + "折算分"]
        return points
    try:
        number = exact(raw)
    except ValueError:
        return None
    return number if 0 <= number <= 100 else None


def ballot_score(ballot: dict[str, Any], settings: dict[str, Any]) -> Fraction | None:
    """R4: the weighted mean of the five marks; None for an abstention and for a void ballot alike."""
    marks = ballot["分"]
    if all(is_empty(mark) or mark == ABSTAINED for mark in marks):
        return None  # an abstention
    if any(is_empty(mark) or mark == ABSTAINED for mark in marks):
        return None  # void: partly filled in
    points = [read_mark(mark, settings) for mark in marks]
    total = Fraction(0)
    for dimension, mark_points in zip(DIMENSIONS, points, strict=True):
        if mark_points is None:
            return None  # void: out of range
        total += settings[dimension + "权重"] * mark_points
    return total


def identity(ballot: dict[str, Any]) -> tuple[str, str, str]:
    """R5: there may be one ballot of one 测评主体 and 票号 on one 科室."""
    return (ballot["测评主体"], ballot["票号"], ballot["被评科室"])


def valid_scores(year: dict[str, Any], department: str, group: str, settings: dict[str, Any]) -> list[Fraction]:
    """R4, R5: the scores of the valid ballots of a group on a 科室; own and repeated ballots are void."""
    ballots = [b for b in year["履职测评"] if b["被评科室"] == department and b["测评主体"] == group]
    scores = []
    for ballot in ballots:
        own = ballot.get("测评人科室") == department
        repeated = sum(identity(other) == identity(ballot) for other in ballots) > 1
        score = ballot_score(ballot, settings)
        if score is not None and not own and not repeated:
            scores.append(score)
    return scores


def trimmed(scores: list[Fraction], settings: dict[str, Any]) -> list[Fraction]:
    """Off by default: without so many of the highest and lowest ballots, once there are enough of them."""
    drop = settings["最高最低各去掉票数"]
    if len(scores) <= settings["去掉最高最低起算票数"] or len(scores) <= 2 * drop:
        return scores
    return sorted(scores)[drop : len(scores) - drop]


def group_mean(year: dict[str, Any], department: str, group: str, settings: dict[str, Any]) -> Fraction | None:
    """R5: the mean of a group's valid ballots on a 科室; None below 最少票数."""
    scores = valid_scores(year, department, group, settings)
    if not scores or len(scores) < settings["最少票数"]:
        return None
    return step(mean(trimmed(scores, settings)), settings)


def review(means: dict[str, Fraction | None], settings: dict[str, Any]) -> Fraction | None:
    """R5: 履职评价得分 from the group means; a missing group blocks it or hands its weight to the others."""
    present = [(settings[group + "权重"], means[group]) for group in GROUPS if means[group] is not None]
    if len(present) < len(GROUPS) and settings["缺项处理"] == "暂不计分":
        return None
    weights = sum((weight for weight, _ in present), Fraction(0))
    if weights == 0:
        return None
    return step(sum((weight * value for weight, value in present), Fraction(0)) / weights, settings)
