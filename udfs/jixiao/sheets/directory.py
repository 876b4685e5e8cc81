"""Who is who: the 科室 sheet as records, and every name by which a department is known."""

from dataclasses import dataclass, field
from fractions import Fraction

import pandas as pd

from jixiao.findings import Finding
from jixiao.sheets.read import RawSheet
from jixiao.text import cell_text, key, names, number


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
    former: dict[str, int] = {}
    cells = (raw.column(column) for column in ("name", "coefficient", "heads", "leaders", "former"))
    for row, name, coefficient, heads, leaders, old_names in zip(raw.rows, *cells, strict=True):
        if name is None:
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
        former.update((key(old), len(departments)) for old in names(old_names))
        departments.append(
            {
                "row": row,
                "name": cell_text(name),
                "coefficient": value,
                "heads": names(heads),
                "leaders": names(leaders),
            }
        )
    if not departments:
        findings.append(Finding("D05", "departments", None, "name"))
    columns = ["row", "name", "coefficient", "heads", "leaders"]
    frame = pd.DataFrame({name: pd.Series([item[name] for item in departments], dtype=object) for name in columns})
    return Directory(frame, tuple(findings), former | positions)


def _coefficient(row: int, name: object, value: object, findings: list[Finding]) -> Fraction | None:
    """评价系数 (> 0, default 1), or None with the fault said."""
    if value is None:
        findings.append(Finding("D06", "departments", row, "coefficient", {"name": cell_text(name)}))
        return Fraction(1)
    coefficient = number(value)
    if coefficient is None or coefficient <= 0:
        findings.append(Finding("D02", "departments", row, "coefficient", {"value": cell_text(value)}))
        return None
    return coefficient
