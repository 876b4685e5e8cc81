"""履职测评 as records for the rules, whole columns at a time: there may be 150,000 rows (R4, R5)."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS
from jixiao.rules.review import FULL_MARK, row_list
from jixiao.sheets.cells import parse_mark
from jixiao.sheets.directory import Directory
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, key

T = TypeVar("T")
Mask = npt.NDArray[np.bool_]
Whole = npt.NDArray[np.int64]

_GROUP_ALIASES = {"村书记": 2, "科室负责人": 1} | {key(group): place for place, group in enumerate(RATER_GROUPS)}
_HEADS = RATER_GROUPS.index("部门负责人")
_EMPTY = {"B01": "B24", "B02": "B25"}
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
    findings, usable, stranger = _identity(raw, directory, rows, departments, groups, raters)
    frame: dict[str, object] = {
        "row": rows,
        "ballot": pd.Series(numbers, dtype=object),
        "group": groups,
        "rater": raters,
        "department": departments,
    }
    touched = np.zeros(len(rows), dtype=bool)
    papers = list(zip(groups.tolist(), numbers, strict=True))
    unreadable = np.isin(rows, np.array(sorted(raw.merged), dtype=np.int64))
    for column in MARK_COLUMNS:
        cells = raw.column(column)
        marks, wrong = _marks(cells, policy)
        shown_as_percent = np.isin(rows, np.array(sorted(raw.percent.get(column, ())), dtype=np.int64))
        findings.extend(
            Finding("B17", "ballots", int(rows[index]), column, {"value": f"{marks[index] * 100:.15g}"}, cause=("%",))
            for index in np.flatnonzero(shown_as_percent & ~np.isnan(marks))
        )
        findings.extend(
            Finding("B04", "ballots", int(rows[index]), column, {"value": cell_text(cells[index])}, cause=papers[index])
            for index in np.flatnonzero(wrong)
        )
        unreadable |= wrong | shown_as_percent
        touched |= np.array([cell is not None for cell in cells], dtype=bool)
        frame[column] = marks
    frame |= {"touched": touched, "unreadable": unreadable, "stranger": stranger}
    return pd.DataFrame(frame)[usable].reset_index(drop=True), findings


def _position(directory: Directory, cell: object) -> int:
    if cell is None:
        return _NOBODY
    found = directory.position(cell)
    return _UNKNOWN if found is None else found


def _identity(
    raw: RawSheet, directory: Directory, rows: Whole, departments: Whole, groups: Whole, raters: Whole
) -> tuple[list[Finding], Mask, Mask]:
    """What is wrong with whose ballot it is: findings, the ballots that are somebody's, and those of strangers.

    A ballot of no known group, department or number is nobody's. One whose rater cannot be checked against the rated
    department is void, but still a ballot.
    """
    unnumbered = _are(raw.column("ballot"), lambda cell: cell is None or isinstance(cell, Unreadable))
    spoilt = _are(raw.column("rater"), lambda cell: isinstance(cell, Unreadable))
    heads = groups == _HEADS
    unknown = raters == _UNKNOWN
    stranger = (unknown & heads) | spoilt
    nobodys = (("B01", "department", departments < 0), ("B02", "group", groups < 0), ("B03", "ballot", unnumbered))
    findings: list[Finding] = []
    for code, column, faulty in (*nobodys, ("B09", "rater", stranger)):
        cells = raw.column(column)
        findings.extend(
            _void(code, column, int(rows[index]), cells[index], directory) for index in np.flatnonzero(faulty)
        )
    findings.extend(_grouped("B14", raw, directory, rows, unknown & ~stranger & (groups >= 0)))
    findings.extend(_grouped("B10", raw, directory, rows, (raters == _NOBODY) & heads))
    usable = ~(nobodys[0][2] | nobodys[1][2] | nobodys[2][2])
    return findings, usable, stranger


def _void(code: str, column: str, row: int, cell: object, directory: Directory) -> Finding:
    """Why a ballot is nobody's, or nobody's to judge by; an empty cell is told as such."""
    params: dict[str, object] = {"value": cell_text(cell)}
    if cell is not None and column in {"department", "rater"}:
        params = directory.stranger(cell)
    return Finding(_EMPTY.get(code, code) if cell is None else code, "ballots", row, column, params)


def _are(cells: Sequence[object], test: Callable[[object], bool]) -> Mask:
    return np.array([test(cell) for cell in cells], dtype=bool)


def _grouped(code: str, raw: RawSheet, directory: Directory, rows: Whole, concerned: Mask) -> list[Finding]:
    """One finding for each 测评人科室 that many ballots share, at the first of them."""
    cells = raw.column("rater")
    found: dict[str, list[int]] = defaultdict(list)
    for index in np.flatnonzero(concerned):
        found[cell_text(cells[index])].append(int(rows[index]))
    return [
        Finding(
            code, "ballots", own[0], "rater", directory.stranger(value) | {"count": len(own), "rows": row_list(own)}
        )
        for value, own in found.items()
    ]


def _marks(cells: Sequence[object], policy: Policy) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.bool_]]:
    """A column of marks as points, NaN where empty or 弃权, and which cells mean nothing."""
    if set(map(type, cells)) <= {float, type(None)}:
        return _as_shown(np.array(cells, dtype=np.float64)), np.zeros(len(cells), dtype=bool)
    mark = _Memo[float | Unreadable | None](lambda cell: parse_mark(cell, policy.word_marks))
    parsed = [mark[cell] for cell in cells]
    wrong = np.array([isinstance(value, Unreadable) for value in parsed], dtype=bool)
    points = [value if isinstance(value, float) else np.nan for value in parsed]
    return _as_shown(np.array(points, dtype=np.float64)), wrong


def _as_shown(marks: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Marks out of range at their 15 digits (R0): a sum such as 100.00000000000001 is 100."""
    out = np.flatnonzero((marks < 0) | (marks > FULL_MARK))
    marks[out] = [float(f"{mark:.15g}") for mark in marks[out]]
    return marks
