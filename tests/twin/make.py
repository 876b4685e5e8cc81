"""The twin: a small workbook with the shipped VBA, in which the DLL behind the macros is replaced by a sheet.

LibreOffice ignores `#If` and has neither the DLL nor a registry: these few entries are replaced in the copy of
JxBridge, and a canary must sing first, for where a module does not compile every call answers nothing without a word.
LibreOffice knows no IsAddin and no MacroOptions, forgets what its status bar said, and a MsgBox would wait for a click:
these are replaced as well. So is what cannot be brought about here: the program's folder, which gives WPS and the
Store's Excel away, and the workbook in front.
"""

import io
import re
from collections.abc import Mapping
from pathlib import Path

from xlsxwriter import Workbook

from addin.build.service import write_texts
from addin.build.styles import Styles
from addin.build.vba import BOOK_NAME, make_project, module_sources

DOOR_SHEET = "door"
# Cells of the sheet: how many calls there were; the runtime's folder; whether Python starts; what it answers; what was
# shown to the person; a file that is lost; what the status bar says.
COUNT, INSTALLED, STATE, ANSWER, SHOWN, LOST, STATUS = "G1", "H1", "H2", "H3", "H4", "H5", "H6"
# The full name of the workbook in front, or NOTHING; the program's folder; whether this file is an add-in, and so
# hidden; the cells that Python answers as a block in place of ANSWER. LibreOffice's own stands for the first two while
# they are empty.
FRONT, FOLDER, IS_ADDIN, BLOCK = "H7", "H8", "H9", "H10"
# When Python last failed to start, as it is written down; how often the DLL was asked; with which command.
FAILED, ASKED, COMMAND = "H11", "H12", "H13"
HERE, MISSING, BROKEN, DYING, NOTHING = r"C:\here", "", "broken", "dying", "none"

_REPLACED = {
    "JxService": {
        'MsgBox sentence, IIf(wrong, vbExclamation, vbInformation), Words("title")': (
            f'ThisWorkbook.Worksheets("{DOOR_SHEET}").Range("{SHOWN}").Value = IIf(wrong, "!", "") & sentence'
        ),
        "Application.Path": "TwinFolder",
        "ActiveWorkbook": "TwinActive",
        "Application.StatusBar": f'ThisWorkbook.Worksheets("{DOOR_SHEET}").Range("{STATUS}").Value',
    },
    "JxBridge": {
        "Activate(": "TwinActivate(",
        "Activate answer": "TwinActivate answer",
        "LoadLibrary(": "TwinLoadLibrary(",
        "GetSetting(": "TwinGetSetting(",
        "SaveSetting ": "TwinSaveSetting ",
    },
    "JxHelp": {"ThisWorkbook.IsAddin": "TwinIsAddin", "Application.MacroOptions ": "TwinDescribed "},
    "JxLinks": {"As Workbook": "As Object"},
}
_DECLARED = re.compile(r"#If Win64 Then\r\n.*?#End If\r\n|^Private Declare [^\r]*\r\n", re.DOTALL | re.MULTILINE)
_SOURCES = Path(__file__).parent / "vba"


def make_twin(target: Path, added: Mapping[str, str] | None = None) -> Path:
    """Write the twin to `target`, with these lines more in some modules."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    door = book.add_worksheet(DOOR_SHEET)
    door.set_vba_name("shtDoor")
    door.write(COUNT, 0)
    door.write(INSTALLED, HERE)
    door.write(STATUS, False)
    door.write(IS_ADDIN, 0)
    door.write(FAILED, "0")
    door.write(ASKED, 0)
    write_texts(book, Styles(book))
    names = [sheet.vba_codename for sheet in book.worksheets()]
    sources = _twin_sources(names)
    for module, lines in (added or {}).items():
        sources[module] = f"{sources[module]}\r\n{lines}\r\n"
    book.add_vba_project(io.BytesIO(make_project(names, sources)), is_stream=True)
    book.set_vba_name(BOOK_NAME)
    book.close()
    target.write_bytes(out.getvalue())
    return target


def _twin_sources(names: list[str]) -> dict[str, str]:
    sources = module_sources(names)
    # Constants of the branch for 64 bit, where the directives stood.
    sources["JxBridge"] = _DECLARED.sub("", sources["JxBridge"]).replace(
        "Option Explicit\r\n", 'Option Explicit\r\nPrivate Const LIBRARY As String = "xlwings64.dll"\r\n'
    )
    for module, changes in _REPLACED.items():
        for before, after in changes.items():
            assert before in sources[module], f"{module} no longer says {before}"
            sources[module] = sources[module].replace(before, after)
    sources["TwinBook"] = _book_module(sources[BOOK_NAME])
    # Nothing of the twin may run by itself.
    sources[BOOK_NAME] = "Option Explicit\r\n"
    stubs = {path.stem: path.read_text("ascii").replace("\n", "\r\n") for path in _SOURCES.iterdir()}
    return sources | stubs


def _book_module(source: str) -> str:
    """What runs when the workbook opens and closes, to be called by name; timers are written down, not set."""
    assert "Application.OnTime " in source
    called = source.replace("Private Sub ", "Public Sub ").replace("Application.OnTime ", "TwinOnTime ")
    called = called.replace("ThisWorkbook.IsAddin", "TwinIsAddin")
    return f'Attribute VB_Name = "TwinBook"\r\n{called}'
