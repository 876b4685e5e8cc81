"""履职测评 as records for the rules, whole columns at a time: there may be 150,000 rows (R4, R5)."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS
from jixiao.sheets.cells import parse_mark
from jixiao.sheets.directory import Directory
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, key

T = TypeVar("T")

_GROUP_ALIASES = {"村书记": 2, "科室负责人": 1} | {key(group): place for place, group in enumerate(RATER_GROUPS)}
_HEADS = RATER_GROUPS.index("部门负责人")
_UNKNOWN = -1
_NOBODY = -2


class _Memo(dict[object, T], Generic[T]):
    """Each distinct cell is read once: a column of 150,000 holds few different ones."""

    def __init__(self, read: Callable[[object], T]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: object) -> T:
        self[cell] = value = self._read(cell)
        return value


def read_ballots(raw: RawSheet, directory: Directory, policy: Policy) -> tuple[pd.DataFrame, list[Finding]]:
    """The ballots that name a known group, department and rater and bear a number; the others are reported void."""
    position = _Memo[int](lambda cell: _position(directory, cell))
    departments = np.array([position[cell] for cell in raw.column("department")], dtype=np.int64)
    raters = np.array([position[cell] for cell in raw.column("rater")], dtype=np.int64)
    group = _Memo[int](lambda cell: _GROUP_ALIASES.get(key(cell), _UNKNOWN))
    groups = np.array([group[cell] for cell in raw.column("group")], dtype=np.int64)
    text = _Memo[str](key)
    numbers = [text[cell] for cell in raw.column("ballot")]
    rows = np.array(raw.rows, dtype=np.int64)
    findings, usable = _identity_findings(raw, rows, departments, groups, raters)
    frame: dict[str, object] = {
        "row": rows,
        "ballot": pd.Series(numbers, dtype=object),
        "group": groups,
        "rater": raters,
        "department": departments,
    }
    touched = np.zeros(len(rows), dtype=bool)
    unreadable = np.isin(rows, np.array(sorted(raw.merged), dtype=np.int64))
    for column in MARK_COLUMNS:
        cells = raw.column(column)
        marks, wrong = _marks(cells, policy)
        findings.extend(
            Finding("B04", "ballots", int(rows[index]), column, {"value": cell_text(cells[index])})
            for index in np.flatnonzero(wrong)
        )
        unreadable |= wrong
        touched |= np.array([cell is not None for cell in cells], dtype=bool)
        frame[column] = marks
    frame |= {"touched": touched, "unreadable": unreadable}
    return pd.DataFrame(frame)[usable].reset_index(drop=True), findings


def _position(directory: Directory, cell: object) -> int:
    if cell is None:
        return _NOBODY
    found = directory.position(cell)
    return _UNKNOWN if found is None else found


def _identity_findings(
    raw: RawSheet,
    rows: npt.NDArray[np.int64],
    departments: npt.NDArray[np.int64],
    groups: npt.NDArray[np.int64],
    raters: npt.NDArray[np.int64],
) -> tuple[list[Finding], npt.NDArray[np.bool_]]:
    """What keeps a ballot from being anyone's, and which ballots are free of that."""
    unnumbered = np.array([cell is None or isinstance(cell, Unreadable) for cell in raw.column("ballot")], dtype=bool)
    spoilt = np.array([isinstance(cell, Unreadable) for cell in raw.column("rater")], dtype=bool)
    stranger = raters == _UNKNOWN
    heads = (groups == _HEADS) | spoilt
    faults: Sequence[tuple[str, str, npt.NDArray[np.bool_], bool]] = (
        ("B01", "department", departments < 0, True),
        ("B02", "group", groups < 0, True),
        ("B03", "ballot", unnumbered, True),
        ("B09", "rater", stranger & heads, True),
        ("B14", "rater", stranger & ~heads, False),
        ("B10", "rater", (raters == _NOBODY) & heads, False),
    )
    findings: list[Finding] = []
    usable = np.ones(len(rows), dtype=bool)
    for code, column, faulty, void in faults:
        cells = raw.column(column)
        findings.extend(
            Finding(code, "ballots", int(rows[index]), column, {"value": cell_text(cells[index])})
            for index in np.flatnonzero(faulty)
        )
        if void:
            usable &= ~faulty
    return findings, usable


def _marks(cells: Sequence[object], policy: Policy) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """A column of marks as points, NaN where empty or 弃权, and which cells mean nothing."""
    if set(map(type, cells)) <= {float, type(None)}:
        return np.array(cells, dtype=np.float64), np.zeros(len(cells), dtype=bool)
    mark = _Memo[float | Unreadable | None](lambda cell: parse_mark(cell, policy.word_marks))
    parsed = [mark[cell] for cell in cells]
    wrong = np.array([isinstance(value, Unreadable) for value in parsed], dtype=bool)
    points = [value if isinstance(value, float) else np.nan for value in parsed]
    return np.array(points, dtype=np.float64), wrong
