"""The rules alone, in memory, beside the plain pandas program in floats on the very same frames."""

import gc
import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

import numpy as np
import pandas as pd

from jixiao.policy.model import Policy
from jixiao.policy.resolve import default_policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.inputs import MARK_COLUMNS, RATE_COLUMNS, Inputs

RATERS = 1000
TASKS_A_DEPARTMENT = 20


def make_inputs(ballots: int) -> Inputs:
    """A year with `ballots` ballot rows, 1,000 raters on each department, 20 tasks a department."""
    chance = np.random.default_rng(2024)
    count = max(1, ballots // RATERS)
    positions = np.arange(count)
    tasks = np.repeat(positions, TASKS_A_DEPARTMENT)
    rater = np.tile(np.arange(RATERS), count)
    rows = len(rater)
    frame = {
        "row": np.arange(rows) + 4,
        "ballot": pd.Series(np.char.mod("%04d", rater).astype(object), dtype=object),
        "group": np.where(rater < RATERS * 0.25, 0, np.where(rater < RATERS * 0.6, 1, 2)),
        "rater": np.full(rows, -2),
        "department": np.repeat(positions, RATERS),
        **{column: chance.integers(60, 101, rows).astype(np.float64) for column in MARK_COLUMNS},
        "touched": np.ones(rows, dtype=bool),
        "unreadable": np.zeros(rows, dtype=bool),
        "stranger": np.zeros(rows, dtype=bool),
    }
    return Inputs(
        departments=pd.DataFrame(
            {
                "row": positions + 4,
                "name": [f"第{place:05d}科" for place in positions],
                "coefficient": _fractions(chance.integers(95, 109, count), 100),
                "heads": [()] * count,
                "leaders": [()] * count,
            }
        ),
        tasks=pd.DataFrame(
            {
                "row": np.arange(len(tasks)) + 4,
                "department": tasks,
                "weight": _fractions(chance.integers(8, 16, len(tasks)), 10),
                **{column: _fractions(chance.integers(600, 1001, len(tasks)), 1000) for column in RATE_COLUMNS},
                "rate_year": pd.Series([None] * len(tasks), dtype=object),
                "task": "",
                "origin": "",
                "focus": "",
            }
        ),
        ballots=pd.DataFrame(frame),
        points=_empty("row", "department", "category", "matter_text", "matter", "level", "evidence", "issuer")
        .assign(points=None, share=None, date=None, decision=None, unusable=False)
        .iloc[:0],
        attendance=_empty("row", "department", "deduction", "due", "present", "note"),
        history=_empty("row", "year", "department", "score", "place"),
    )


def plain_program(inputs: Inputs) -> pd.Series:
    """考核得分 in floats: what one would write without exactness, reasons or findings."""
    tasks, ballots = inputs.tasks, inputs.ballots
    weights = tasks["weight"].astype(float)
    coefficients = inputs.departments["coefficient"].astype(float)
    by = tasks["department"]
    quarters = [
        (100 * coefficients * (tasks[c].astype(float) * weights).groupby(by).sum() / weights.groupby(by).sum()).round(2)
        for c in RATE_COLUMNS
    ]
    performance = (sum(quarters[:3]) / 3 * 0.4 + quarters[3] * 0.6).round(2)
    marks = ballots[list(MARK_COLUMNS)]
    whole = marks.notna().all(axis=1) & (marks >= 0).all(axis=1) & (marks <= 100).all(axis=1)
    once = ~ballots.duplicated(["group", "ballot", "department"], keep=False)
    valid = whole & once & (ballots["rater"] != ballots["department"])
    means = marks[valid].mean(axis=1).groupby([ballots["department"], ballots["group"]]).mean().unstack().round(2)
    review = (means[0] * 0.5 + means[1] * 0.3 + means[2] * 0.2).round(2)
    score = (performance * 0.7 + review * 0.3).round(2)
    score.rank(method="min", ascending=False)
    return score


def compare(ballots: int, runs: int = 5) -> dict[str, float]:
    """Median seconds of both, measured in turn on the same inputs, and how many scores differ."""
    inputs, policy = make_inputs(ballots), default_policy()
    times: dict[str, list[float]] = {"ours": [], "plain": []}
    gc.disable()  # as the command runs them
    for _ in range(runs):
        times["ours"].append(_seconds(lambda: appraise(inputs, policy)))
        times["plain"].append(_seconds(lambda: plain_program(inputs)))
    gc.enable()
    return {name: median(taken) for name, taken in times.items()} | {"differing": _differing(inputs, policy)}


def _differing(inputs: Inputs, policy: Policy) -> int:
    exact = {result.department: result.score for result in appraise(inputs, policy).results}
    plain = plain_program(inputs)
    return sum(float(score or 0) != plain[place] for place, score in exact.items())


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _fractions(numbers: np.ndarray, scale: int) -> pd.Series:
    return pd.Series([Fraction(int(number), scale) for number in numbers], dtype=object)


def _empty(*columns: str) -> pd.DataFrame:
    return pd.DataFrame({column: pd.Series([], dtype=object) for column in columns})
