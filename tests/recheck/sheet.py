"""公式复核 as a test reads it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jixiao.cli import main
from tests.office.office import Office, Rows

AGREES, DIFFERS, OPEN, UNSCORED = "一致", "不一致", "无法复核", "尚未计算得分"
_OVERALL, _CONDITIONS, _HEADER = 1, range(2, 7), 7
_LEFT, _RIGHT = (0, 3, 4), (9, 13, 14)
_VERDICT, _DIFFERENCES = "复核结论", "不一致的数：公布的→复核的"


@dataclass(frozen=True)
class Recheck:
    """The verdict, the reasons of the conditions that do not hold, and the departments' lines by name."""

    verdict: str
    advice: str
    reasons: dict[str, str]
    lines: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def figures(self) -> list[Any]:
        """Every recomputed figure; — where none is claimed."""
        return [
            value
            for line in self.lines.values()
            for header, value in line.items()
            if header not in {"科室", _VERDICT, _DIFFERENCES}
        ]

    @property
    def claimed(self) -> float:
        """The share of figures that are judged."""
        return 1 - self.figures.count("—") / len(self.figures)

    def verdict_of(self, name: str) -> str:
        """The verdict on a department."""
        return str(self.lines[name][_VERDICT])

    def differences(self, name: str) -> str:
        """What is said to differ."""
        return str(self.lines[name][_DIFFERENCES])


def read_sheet(rows: Rows) -> Recheck:
    """The sheet's rows as values."""
    reasons = {
        str(rows[row][title]): str(rows[row][reason])
        for row in _CONDITIONS
        for title, holds, reason in (_LEFT, _RIGHT)
        if rows[row][holds] != "满足"
    }
    headers = [str(header) for header in rows[_HEADER]]
    lines = {str(row[0]): dict(zip(headers, row, strict=True)) for row in rows[_HEADER + 1 :] if row[0]}
    return Recheck(str(rows[_OVERALL][0]), str(rows[_OVERALL][3]), reasons, lines)


def recheck(office: Office, file: Path) -> Recheck:
    """What the sheet says once LibreOffice has calculated everything."""
    return read_sheet(office.pages(file)[0])


def score(file: Path) -> Path:
    """The workbook scored by the program."""
    assert main(["score", str(file)]) in {0, 1}
    return file
