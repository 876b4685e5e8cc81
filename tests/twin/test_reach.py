"""What a cell of any workbook could call: the functions staff type, nothing that reads, writes or starts anything."""

import re
from pathlib import Path

import pytest
import xlwings

from addin.lint.modules import read_modules
from addin.lint.project import project_of, standard
from addin.lint.reach import reachable
from tests.build.workbook_files import ADDIN, BOOK_IDS, BOOKS, parts
from tests.twin.steps import FUNCTIONS, Play, put, shown

# What xlwings' own module would offer to every cell, and what ours would if it were no class.
THEIRS = re.findall(
    r"^[ \t]*(?:Public )?(?:Declare PtrSafe )?Function (\w+)",
    (Path(xlwings.__file__).parent / "xlwings.bas").read_text("utf-8"),
    re.MULTILINE,
)
OWN = ("Activate", "LoadLibrary", "Folder", "Server", "Called", "Missing", "Words", "StartLine", "LinkSources")
ATTACKS = (
    r'=RunFrozenPython("C:\Windows\System32\cmd.exe";"/c calc")',
    '=RunPython("import os")',
    r"""=sql("VACUUM INTO 'C:\Startup\x.bat'";A20:B20)""",
    r'=ReadFile("C:\secret.txt")',
    r'=SaveConfigToFile("C:\x";"a";"b")',
    '=XLPyDLLActivateAuto(A20;"cmd.exe";1)',
)


@pytest.mark.parametrize("file", [*BOOKS, ADDIN], ids=[*BOOK_IDS, "add-in"])
def test_the_public_functions_are_those_staff_type(file: Path) -> None:
    """Read out of the finished file, whatever module they stand in."""
    content = dict(parts(file))
    project = project_of(content)
    assert project
    names = reachable(read_modules(project)[0], standard(content), project)
    print(f"\n{file.name}: {' '.join(sorted(names))}")
    assert names == set(FUNCTIONS)


def test_nothing_else_is_known_in_a_cell(play: Play) -> None:
    """Every name there was to call, called from a cell."""
    names = sorted({*THEIRS, *OWN})
    assert len(names) > 40
    formulas = [*ATTACKS, *(f"={name}(A20)" for name in names)]
    *_, first = play([put("A30", "=JIXIAO_RANK(A20:A22)"), shown("A30")])
    assert first != "#NAME?"
    answers = play([step for formula in formulas for step in (put("A30", formula), shown("A30"))])[1::2]
    assert dict(zip(formulas, answers, strict=True)) == dict.fromkeys(formulas, "#NAME?")
