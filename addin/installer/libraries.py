"""The DLLs by which Excel reaches Python, under every name a workbook may ask for.

New workbooks ask for `xlwings64.dll`. One filled with an older version asks for the DLL of that version by its name, in
macros that nobody can change any more: so each version ever shipped keeps its name, and the newest DLL stands behind it
(what is called, XLPyDLLActivateAuto, has never changed).
"""

import shutil
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from addin.installer.wheels import BundleError

# Every version of xlwings that was shipped, the newest last; a new pin in requirements.txt goes to the end.
SHIPPED = ("0.37.8",)
_BITS = (32, 64)


def name_libraries(runtime: Path, version: str, shipped: Sequence[str] = SHIPPED) -> list[PurePosixPath]:
    """Lay the DLLs of a version of xlwings under the other names; gives the files that this makes.

    Raises:
        BundleError: the version is not listed, so a later bundle would lack its name.
    """
    if version not in shipped:
        raise BundleError(
            f"xlwings {version} is not in SHIPPED of addin/installer/libraries.py: put it there, at the end"
        )
    made: list[PurePosixPath] = []
    for bits in _BITS:
        current = runtime / f"xlwings{bits}-{version}.dll"
        others = [f"xlwings{bits}.dll", *(f"xlwings{bits}-{older}.dll" for older in shipped if older != version)]
        for name in others:
            shutil.copy(current, runtime / name)
            made.append(PurePosixPath(name))
    return made
