"""LibreOffice's Python module `uno`: found where LibreOffice keeps it, and loaded when first asked for.

`uno` has no type stubs: what comes out of LibreOffice is a `Uno`, and only the modules of this package handle it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

from jixiao.engines.address import Area
from jixiao.errors import OfficeError

Uno = Any
"""An object of LibreOffice's."""

# com.sun.star.sheet.CellFlags
CONSTANTS = 1 | 2 | 4
FORMULAS = 16
EDITED_TEXTS = 512
CONTENTS = CONSTANTS | FORMULAS

# com.sun.star.sheet.FormulaResult
ERRORS = 4

# com.sun.star.util.NumberFormat
DATE_OR_TIME = 2 | 4
TEXT = 256
TRUTH = 1024

# com.sun.star.sheet.AddressConvention
CALC_NOTATION = 0
EXCEL_NOTATION = 3

# com.sun.star.document.MacroExecMode
NO_MACROS = 0

_ASK_SECONDS = 30


@cache
def load_uno() -> ModuleType:
    """LibreOffice's `uno`; OfficeError where this Python cannot have it."""
    for folder in ("", *_folders()):
        finder = _OnlyUno(folder)
        if folder:
            sys.meta_path.append(finder)
        try:
            return import_module("uno")
        except ImportError:
            if folder:
                sys.meta_path.remove(finder)
    raise OfficeError("这个 Python 连不上 LibreOffice（缺少 uno 模块），请安装 python3-uno，或改用“jixiao score”命令。")


class _OnlyUno:
    """Finds LibreOffice's modules in a folder, and nothing else that may lie there."""

    _NAMES: ClassVar[frozenset[str]] = frozenset(("uno", "unohelper", "pyuno"))

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def find_spec(self, name: str, _path: Sequence[str] | None, _target: object = None) -> ModuleSpec | None:
        """The module's whereabouts; None for every other module."""
        return PathFinder.find_spec(name, [self._folder]) if name in self._NAMES else None


def _folders() -> Iterator[str]:
    """Where `uno.py` may lie: beside soffice, or with the Python that the system brings."""
    command = find_soffice()
    if command is not None:
        yield str(Path(command).resolve().parent)
    python = shutil.which("python3", path=os.defpath)
    if python is None:
        return
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    question = "import sys, uno; print(*sys.version_info[:2], uno.__file__)"
    try:
        asked = subprocess.run(  # noqa: S603 - the Python of the system, asked where its uno is
            [python, "-c", question], env=clean, capture_output=True, text=True, check=True, timeout=_ASK_SECONDS
        )
    except (OSError, subprocess.SubprocessError):
        return
    major, minor, place = asked.stdout.strip().split(" ", 2)
    if (int(major), int(minor)) == sys.version_info[:2]:
        yield str(Path(place).parent)


def find_soffice() -> str | None:
    """The command that starts LibreOffice."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def struct(name: str, **members: object) -> Uno:
    """A struct such as `table.CellAddress`, its members by name."""
    made = load_uno().createUnoStruct(f"com.sun.star.{name}")
    for member, value in members.items():
        setattr(made, member, value)
    return made


def properties(**values: object) -> tuple[Uno, ...]:
    """Named arguments as LibreOffice takes them."""
    return tuple(struct("beans.PropertyValue", Name=name, Value=value) for name, value in values.items())


def url_of(path: Path) -> str:
    """A path as LibreOffice writes it."""
    return str(load_uno().systemPathToFileUrl(str(path)))


def path_of(url: str) -> Path | None:
    """The local path behind a document's address; None for a document that has none."""
    return Path(load_uno().fileUrlToSystemPath(url)) if url.startswith("file:") else None


def gone(error: BaseException) -> bool:
    """Whether an exception says that the object's LibreOffice, or its document, is no more."""
    return type(error).__name__.rpartition(".")[2] == "DisposedException"


def area_of(address: Uno) -> Area:
    """A CellRangeAddress as an area."""
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


def areas_of(ranges: Uno) -> list[Area]:
    """The areas of a SheetCellRanges."""
    return [area_of(address) for address in ranges.getRangeAddresses()]


def range_of(sheet: Uno, area: Area) -> Uno:
    """The cells of an area."""
    return sheet.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)


def cell_of(sheet: Uno, cell: tuple[int, int]) -> Uno:
    """One cell by row and column."""
    return sheet.getCellByPosition(cell[1] - 1, cell[0] - 1)
