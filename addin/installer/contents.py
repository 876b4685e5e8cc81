"""What is in an installer, part by part: the table that lies beside it."""

import csv
from pathlib import Path

from addin.installer.bundle import HEADER, VERSIONS

NSIS_LICENCE = Path("licences") / "nsis" / "LICENSE.txt"
_OUTER = {"加载项": "绩效考核.xlam", "工作簿": "模板", "手册": "手册"}


def write_contents(payload: Path, target: Path, *, ours: str, nsis: str) -> None:
    """List the parts of the runtime as its own table does, what stands beside it, and what unpacks and removes it all.

    Args:
        payload: what the installer puts into its folder, the uninstaller excepted.
        target: the table to write.
        ours: our version.
        nsis: the version of NSIS.
    """
    own = payload / "runtime" / VERSIONS
    rows = list(csv.reader(own.read_text("utf-8-sig").splitlines()))[1:-1] if own.exists() else []
    rows += [[name, ours, "MIT", *_measured(payload / place)] for name, place in _OUTER.items()]
    rows.append(["nsis", nsis, "Zlib AND CPL-1.0 WITH LZMA-exception", *_measured(payload / "runtime" / NSIS_LICENCE)])
    with target.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        table.writerows(rows)
        table.writerow(["合计", "", "", *(str(sum(int(row[column]) for row in rows)) for column in (3, 4))])


def total(table: Path) -> int:
    """Bytes of everything in such a table."""
    return int(list(csv.reader(table.read_text("utf-8-sig").splitlines()))[-1][4])


def _measured(place: Path) -> list[str]:
    """How many files, and their bytes."""
    files = [place] if place.is_file() else [file for file in place.rglob("*") if file.is_file()]
    return [str(len(files)), str(sum(file.stat().st_size for file in files))]
