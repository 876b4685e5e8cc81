"""Who is who: the 科室 sheet as records, and every name by which a department is known."""

from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from jixiao.findings import Finding
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, key, names, share


@dataclass(frozen=True)
class Directory:
    """The departments in the sheet's order, and the position each name stands for (曾用名 included)."""

    frame: pd.DataFrame
    findings: tuple[Finding, ...]
    _positions: dict[str, int] = field(default_factory=dict)

    def position(self, name: object) -> int | None:
        """The department a cell names, or None."""
        return self._positions.get(key(name))

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
    former: dict[str, list[tuple[int, int]]] = {}
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
            former.setdefault(key(old), []).append((row, len(departments)))
        departments.append(
            {
                "row": row,
                "name": cell_text(name),
                "coefficient": value,
                "heads": None if heads is None else names(heads),
                "leaders": None if leaders is None else names(leaders),
            }
        )
    for old, owners in former.items():
        if len(owners) == 1:
            positions.setdefault(old, owners[0][1])
        elif old not in positions:
            rows = "、".join(str(row) for row, _ in owners)
            findings.append(Finding("D07", "departments", owners[-1][0], "former", {"name": old, "rows": rows}))
    if not departments:
        findings.append(Finding("D05", "departments", None, "name"))
    columns = ["row", "name", "coefficient", "heads", "leaders"]
    frame = pd.DataFrame({name: pd.Series([item[name] for item in departments], dtype=object) for name in columns})
    return Directory(frame, tuple(findings), positions)


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
