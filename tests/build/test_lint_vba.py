"""Faults planted into the VBA: what Excel's compiler would stop at, and modules that nobody knows."""

import pytest

from .plants import (
    PROJECT,
    SHEET,
    Plant,
    Plants,
    below_module,
    changed,
    each_of,
    in_module,
    in_sub,
    planted,
    with_module,
)

PLANTS: Plants = [
    ("no project", lambda content: content.pop(PROJECT), "the VBA project is missing"),
    ("a garbage project", lambda content: content.update({PROJECT: b"no project"}), "cannot be read"),
    ("a code name twice", changed(SHEET, 'codeName="shtSettings"', 'codeName="ThisWorkbook"'), "stand twice"),
    ("no code name", changed(SHEET, 'codeName="shtSettings"', ""), "code names are missing"),
    ("a code name of nobody", changed(SHEET, 'codeName="sht', 'codeName="shx'), "without each other"),
    ("a macro that is not ASCII", with_module("JxRibbon", "' \xe9"), "module JxRibbon is not ASCII"),
    ("no Option Explicit", in_module("JxHelp", "Option Explicit\n", ""), "module JxHelp lacks Option Explicit"),
    ("a sub that does not end", below_module("JxService", "Public Sub JxPlanted()"), "JxService line"),
    ("a branch that does not end", in_sub("If True Then", "Beep"), "the If block above it has no End If"),
    ("a loop that does not end", in_sub("Do", "Beep"), "JxService line"),
    ("another loop's end", in_sub("Dim i As Long", "For i = 1 To 2", "Loop"), "JxService line"),
    ("a statement that is none", in_sub("x = = 1"), "JxService line"),
    ("a directive that does not end", below_module("JxService", "#If Mac Then"), "never closed"),
    ("an end of nothing", in_sub("Next"), "Next stands outside its block"),
    ("an Else of nothing", in_sub("Else"), "Else stands outside its block"),
    ("a sub within a sub", in_sub("Sub JxInner()"), "Sub stands outside its block"),
    ("a name that is not declared", in_sub("anwser = 1"), "JxService.JxPlanted line"),
    ("a macro that is not there", in_sub('Tel "x", True'), "Tel is not declared"),
    ("what another module keeps to itself", in_sub("Plain ribbon"), "ribbon is not declared"),
    ("a type that is not there", in_sub("Dim book As Wrokbook"), "JxService: Wrokbook is no type known here"),
    ("a class that is not there", in_sub("Dim door As Object", "Set door = New JxDoor"), "JxDoor is no type known"),
    ("a name declared twice", in_sub("Dim x As Long", "Dim X As String"), "JxPlanted declares x 2 times"),
    (
        "a parameter declared again",
        in_module("JxRibbon", "    Jx.Press CStr", "    Dim Control As Object\n    Jx.Press CStr"),
        "JxPress declares control 2 times",
    ),
    ("a jump to nowhere", in_sub("On Error GoTo faild", "failed:"), "JxPlanted has no label faild"),
    ("one of several jumps to nowhere", in_sub("On 1 GoTo here, there", "here:"), "JxPlanted has no label there"),
    ("a return to nowhere", in_sub("Resume again"), "JxPlanted has no label again"),
    ("a label twice", in_sub("failed:", "Failed:"), "JxPlanted has label failed 2 times"),
    ("a sub left as a function", in_sub("Exit Function"), "JxPlanted is left by Exit function"),
    (
        "a macro twice in a module",
        below_module("JxService", "Private Sub tell()", "End Sub"),
        "tell stands 2 times in JxService",
    ),
    (
        "a macro in two modules",
        below_module("JxFunctions", "Public Sub JxRefresh(x)", "End Sub"),
        "jxrefresh is defined in JxFunctions and JxRibbon",
    ),
]
SOUND = {
    "labels and jumps": ["On Error GoTo failed", "On Error GoTo 0", "Exit Sub", "failed:", "Resume Next"],
    "what only ReDim declares": ["ReDim x(3)", "x(1) = 2"],
    "suffixes": ['Debug.Print Left$("x", 1); vbCrLf; xlUp'],
    "what another module shares": ["Dim x As String", "x = Jx.Macro(TEXTS)", "JxRefresh"],
    "types of VBA and Excel": ["Dim a As Byte, b As LongPtr, c As Range, d As New Collection, e As ThisWorkbook"],
    "loops left early": ["Dim i As Long", "For i = 1 To 2", "Exit For", "Next i", "Do", "Exit Do", "Loop"],
}


@each_of(PLANTS)
def test_a_planted_fault_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize("lines", SOUND.values(), ids=SOUND.keys())
def test_sound_lines_are_no_fault(lines: list[str]) -> None:
    assert planted(in_sub(*lines)) == []


def test_an_own_enum_is_known() -> None:
    lines = ("Private Function JxPlanted() As JxColour", "JxPlanted = jxRed", "End Function")
    source = in_module("JxHelp", "Option Explicit\n", "Option Explicit\nPrivate Enum JxColour\n    jxRed\nEnd Enum\n")
    assert planted(source) == []
    assert any("jxRed is not declared" in fault for fault in planted(below_module("JxHelp", *lines)))
