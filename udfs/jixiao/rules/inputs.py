"""What the rules are given: plain frames of checked records, each row with the place it came from.

A `row` column says which entry a record is; the rules only pass it on. A cell that could not be read is `Unreadable`,
an empty one is None; neither is ever taken for zero.
"""

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any, cast

import pandas as pd

from jixiao.text import Unreadable


class Absent(Enum):
    """A slash where a number could stand: nothing was planned, or nobody took part."""

    SLASH = "/"


class Rank(Enum):
    """职级 of a person, as far as 四(三) tells them apart."""

    DIVISION = "处级"
    SECTION = "科级及以下"


Rate = Fraction | Absent | Unreadable | None
Number = Fraction | Unreadable | None

RATE_COLUMNS = ("rate_1", "rate_2", "rate_3", "rate_4")
MARK_COLUMNS = ("mark_1", "mark_2", "mark_3", "mark_4", "mark_5")
PEOPLE_COLUMNS = ("row", "name", "department", "rank", "head")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a small frame, one mapping each; large frames stay columns."""
    return cast("list[dict[str, Any]]", frame.to_dict("records"))


@dataclass(frozen=True)
class Inputs:
    """One year's entries.

    departments: row, name (unique), coefficient (Fraction, None where unusable), heads, leaders (tuples of names,
        empty for a vacancy, None where nothing is filled in).
    tasks: row, department (position in departments), weight (Fraction, None where unusable), rate_1 … rate_4,
        rate_year (each a `Rate`; Fraction 1 is 100 %), task, origin, focus (texts, '' when empty).
    ballots: row, ballot (text), group (position in RATER_GROUPS), rater and department (positions in departments,
        rater negative when no department), mark_1 … mark_5 (float points, NaN when empty or 弃权), touched (any mark
        cell is filled), unreadable (some mark cell means nothing), stranger (the rater cannot be checked).
    points: row, department (position), category, matter_text, matter, level, evidence, issuer, share (`Number`),
        points (`Number`), date (date, Unreadable or None), decision (None where the sheet has no such column), unusable
        (reported already); texts are '' when empty.
    attendance: row, department (position), deduction, due, present (`Number`), note (text, None where the sheet has no
        such column).
    history: row, year, department (position, -1 for one that is gone), score, place (Fraction, Absent or None).
    people: row, name, department (position), rank (`Rank`), head (whether the person is 负责人); no rows where the
        optional sheet is not filled in.
    unreadable: keys of sheets that hold entries but could not be read at all.
    rejected: keys of sheets of which rows are missing here because nobody knows whose they are.
    """

    departments: pd.DataFrame
    tasks: pd.DataFrame
    ballots: pd.DataFrame
    points: pd.DataFrame
    attendance: pd.DataFrame
    history: pd.DataFrame
    unreadable: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()
    people: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(PEOPLE_COLUMNS)))
