"""Who is who: the 科室 sheet as records, every name by which a department is known, and whom a wrong one may mean."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from fractions import Fraction

import pandas as pd

from jixiao.findings import Finding
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, is_slash, key, names, share

NEAR = 0.6  # of their characters in common: 企业半 and 企业办 have two thirds
OFTEN = 5  # rows from which on a name that 科室 lacks is thought right and the one there wrong
_LONGEST_NAME = 30
_MOST_GUESSES = 1000  # different names; no more findings of a kind are shown


@dataclass(frozen=True)
class Directory:
    """The departments in the sheet's order, and the position each name stands for (曾用名 included)."""

    frame: pd.DataFrame
    findings: tuple[Finding, ...]
    _positions: dict[str, int] = field(default_factory=dict)
    _nearby: dict[str, list[str]] = field(default_factory=dict)
    _suspects: Mapping[str, str] = field(default_factory=dict)  # what is said of names that may be right, by key

    def position(self, name: object) -> int | None:
        """The department a cell names, or None."""
        return self._positions.get(key(name))

    def stranger(self, cell: object) -> dict[str, object]:
        """What is to be said of a name that is no department's: the name, and which one may be meant."""
        return {"value": cell_text(cell), "guess": self.guess(cell)}

    def meant(self, cell: object) -> str | None:
        """The one department a wrong name is near to; None where none or several are."""
        near = [] if key(cell) in self._suspects else self._nearest(cell)
        return near[0] if len(near) == 1 else None

    def guess(self, cell: object) -> str:
        """Which department a wrong name may mean, as a question; '' where none or several are near."""
        if key(cell) in self._suspects:
            return self._suspects[key(cell)]
        near = self._nearest(cell)
        return f"是不是{'或'.join(f'“{name}”' for name in near)}？" if 0 < len(near) < 3 else ""

    def _nearest(self, cell: object) -> list[str]:
        typed = key(cell)
        if typed not in self._nearby:
            if len(self._nearby) >= _MOST_GUESSES:
                return []
            self._nearby[typed] = self._near(typed)
        return self._nearby[typed]

    def _near(self, typed: str) -> list[str]:
        """The names of the departments one of whose names is nearest to `typed`, where that is near enough."""
        if len(typed) > _LONGEST_NAME:
            return []
        names, best, nearest = self.names, NEAR, dict[str, None]()
        for known, position in self._positions.items():
            likeness = _likeness(known, typed)
            if likeness > best:
                best, nearest = likeness, {}
            if likeness == best:
                nearest[names[position]] = None
        return list(nearest)

    @property
    def names(self) -> list[str]:
        """The departments' names in their order."""
        return [str(name) for name in self.frame["name"]]


def read_directory(raw: RawSheet) -> Directory:
    """The departments of the 科室 sheet (四(一)).

    A department listed twice is reported; where the two rows' coefficients differ, neither is used.
    """
    findings: list[Finding] = []
    departments: list[dict[str, object]] = []
    positions: dict[str, int] = {}
    former: dict[str, dict[int, None]] = {}
    cells = (raw.column(column) for column in ("name", "coefficient", "heads", "leaders", "former"))
    for row, name, coefficient, heads, leaders, old_names in zip(raw.rows, *cells, strict=True):
        if name is None or isinstance(name, Unreadable):
            findings.append(Finding("D03", "departments", row, "name"))
            continue
        value = None if row in raw.merged else _coefficient(row, name, coefficient, findings)
        if key(name) in positions:
            first = departments[positions[key(name)]]
            findings.append(
                Finding("D01", "departments", row, "name", {"name": cell_text(name), "first": first["row"]})
            )
            if first["coefficient"] != value:
                first["coefficient"] = None
            continue
        positions[key(name)] = len(departments)
        for old in names(old_names):
            former.setdefault(key(old), {})[len(departments)] = None
        departments.append(
            {
                "row": row,
                "name": cell_text(name),
                "coefficient": value,
                "heads": None if heads is None else names(heads),
                "leaders": None if leaders is None else names(leaders),
            }
        )
    findings += _take_former(former, departments, positions)
    if not departments:
        findings.append(Finding("D05", "departments", None, "name"))
    columns = ["row", "name", "coefficient", "heads", "leaders"]
    frame = pd.DataFrame({name: pd.Series([item[name] for item in departments], dtype=object) for name in columns})
    return Directory(frame, tuple(findings), positions)


def _take_former(
    former: Mapping[str, Mapping[int, None]], departments: Sequence[Mapping[str, object]], positions: dict[str, int]
) -> Iterator[Finding]:
    """Let each former name stand for its department, where it is that one's alone."""
    for old, owners in former.items():
        if len(owners) == 1:
            positions.setdefault(old, *owners)
        elif old not in positions:
            rows = [departments[owner]["row"] for owner in owners]
            params: dict[str, object] = {"name": old, "rows": "、".join(map(str, rows))}
            yield Finding("D07", "departments", int(str(rows[-1])), "former", params)
        for owner in owners:
            now = positions.get(old, owner)
            if now != owner:
                told = departments[now]
                params = {"name": departments[owner]["name"], "value": told["name"], "first": told["row"]}
                yield Finding("D10", "departments", int(str(departments[owner]["row"])), "former", params)


def suspect_spelling(directory: Directory, ledger: RawSheet, others: Iterable[tuple[RawSheet, str]]) -> Directory:
    """The directory, knowing which names of 科室 are perhaps misspelt there.

    Such a one has no tasks while a name much like it, which 科室 lacks, stands in many rows. `others` are sheets and
    the columns in which they name a department.
    """
    uses: Counter[str] = Counter()
    working: set[int | None] = set()
    for cell, count in Counter(ledger.column("department")).items():
        working.add(directory.position(cell))
        uses[key(cell)] += count
    if not working - {None}:
        return directory
    for raw, column in others:
        for cell, count in Counter(raw.column(column)).items():
            uses[key(cell)] += count
    strange = {name: count for name, count in uses.most_common() if count >= OFTEN and _is_unknown(directory, name)}
    return _suspected(directory, working, strange) if strange else directory


def _is_unknown(directory: Directory, name: str) -> bool:
    return 0 < len(name) <= _LONGEST_NAME and not is_slash(name) and directory.position(name) is None


def _suspected(directory: Directory, working: set[int | None], strange: Mapping[str, int]) -> Directory:
    """`strange` are names that 科室 lacks and how often they are used, most used first."""
    findings: list[Finding] = []
    guesses: dict[str, str] = {}
    for position, (row, name) in enumerate(zip(directory.frame["row"], directory.names, strict=True)):
        meant = next((typed for typed in strange if _likeness(key(name), typed) >= NEAR and typed not in guesses), None)
        if position not in working and meant is not None:
            guesses[meant] = f"科室表里的“{name}”是不是写错了？没有写错的，"
            params = {"name": name, "value": meant, "count": strange[meant]}
            findings.append(Finding("D09", "departments", row, "name", params))
    return replace(directory, findings=(*directory.findings, *findings), _suspects=guesses)


def _likeness(known: str, typed: str) -> float:
    if set(known).isdisjoint(typed):
        return 0.0
    return SequenceMatcher(None, known, typed, autojunk=False).ratio()


def _coefficient(row: int, name: object, value: object, findings: list[Finding]) -> Fraction | None:
    """评价系数 (> 0, default 1), or None with the fault said."""
    if value is None:
        findings.append(Finding("D06", "departments", row, "coefficient", {"name": cell_text(name)}))
        return Fraction(1)
    coefficient = share(value)
    if coefficient is None or coefficient <= 0:
        findings.append(Finding("D02", "departments", row, "coefficient", {"value": cell_text(value)}))
        return None
    return coefficient
