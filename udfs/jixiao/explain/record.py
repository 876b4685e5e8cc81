"""The explanation of a figure: how it was computed, from which cells, by which clause, and what was left out.

得分说明, 说明 and the reports print these records; none of them computes.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from jixiao.rules.inputs import records

_MOST_ROWS = 40


class Source(NamedTuple):
    """Cells a figure was made of.

    `table` and `columns` are keys of the sheet's declaration; two columns mean the block between them. The cells stand
    in `rows`, or where the sheet has one of `names`: a field of `Policy` on 参数, category and level on 加减分标准, a
    figure of the same department on 得分说明. `whole` means the columns as they are, all rows: which of them are a
    department's ballots is told to nobody.
    """

    table: str
    columns: tuple[str, ...]
    rows: tuple[int, ...] = ()
    names: tuple[str, ...] = ()
    whole: bool = False


class Step(NamedTuple):
    """One figure of one department.

    `value` is a number, or the words of 名次 and 等次, None where it cannot be given. `formula` is a line of
    `jixiao.explain.arithmetic`. `excluded` says what did not count and why, or what keeps the figure from being given.
    """

    department: str
    figure: str
    value: Fraction | str | None
    formula: str
    sources: tuple[Source, ...]
    clause: str
    excluded: str = ""


def settings(*fields: str) -> Source:
    """The cells of 参数 that hold these fields of `Policy`."""
    return Source("settings", ("value",), names=fields)


def above(*names: str) -> Source:
    """Figures of the same department, explained on lines of their own."""
    return Source("explanation", ("value",), names=names)


def standard_name(category: str, level: str) -> str:
    """How a row of 加减分标准 is named in a `Source`."""
    return f"{category}\n{level}"


def sentences(parts: Iterable[str]) -> str:
    """Several remarks as one text."""
    return "；".join(part for part in parts if part)


def rows_text(rows: Sequence[int]) -> str:
    """Rows for a sentence, the first of very many."""
    shown = "、".join(map(str, rows[:_MOST_ROWS]))
    return f"第 {shown} 行" if len(rows) <= _MOST_ROWS else f"第 {shown} 等 {len(rows)} 行"


def rows_of(frame: pd.DataFrame, departments: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
    """The rows of a frame that belong to some departments, by department."""
    mine = np.isin(frame["department"].to_numpy(dtype=np.int64), departments)
    found: dict[int, list[dict[str, Any]]] = {department: [] for department in departments}
    for row in records(frame if mine.all() else frame[mine]):
        found[row["department"]].append(row)
    return found
