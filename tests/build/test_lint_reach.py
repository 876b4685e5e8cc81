"""Faults planted into the VBA that would open a door to every workbook, or make a virus scanner uneasy."""

from .plants import Plant, Plants, below_module, each_of, in_module, in_sub, planted

DECLARE = 'Private Declare PtrSafe Function {} Lib "{}" Alias "{}" (ByVal x As String) As Long'

PLANTS: Plants = [
    ("a function", below_module("JxRibbon", "Function JxRead(x)", "End Function"), "any cell could call JxRead"),
    (
        "a function said to be public",
        below_module("JxFunctions", "Public Function JxRead(x)", "End Function"),
        "any cell could call JxRead",
    ),
    ("a property", below_module("JxRibbon", "Property Get JxRead(x)", "End Property"), "any cell could call JxRead"),
    (
        "a declaration",
        in_module(
            "JxRibbon", "Private ribbon", DECLARE[8:].format("JxStart", "kernel32", "WinExec") + "\nPrivate ribbon"
        ),
        "any cell could call JxStart",
    ),
    (
        "another entry of a library",
        in_module("JxBridge", '"LoadLibraryA"', '"WinExec"'),
        "JxBridge declares WinExec of kernel32",
    ),
    (
        "another library",
        in_module("JxBridge", 'Lib "kernel32"', 'Lib "urlmon"'),
        "JxBridge declares LoadLibraryA of urlmon",
    ),
    ("an entry by its own name", in_module("JxBridge", ' Alias "LoadLibraryA"', ""), "declares an entry of kernel32"),
    ("a macro for the list", below_module("JxRibbon", "Public Sub JxAll()", "End Sub"), "Alt+F8 would list JxAll"),
    ("a program started", in_sub('Shell "calc"'), "JxService says Shell"),
    ("a shell in a text", in_module("JxBridge", '" -B -m', '" & "cmd.exe" & " -B -m'), "JxBridge says cmd.exe"),
    ("an object of the system", in_sub('CreateObject "x"'), "JxService says CreateObject"),
    ("a file deleted", in_sub('Kill "x"'), "JxService says Kill"),
    ("macros written", in_sub("Debug.Assert ThisWorkbook.VBProject Is Nothing"), "JxService says VBProject"),
    ("too much of it", below_module("JxService", *("' line" for _ in range(700))), "lines of VBA, more than 700"),
]


@each_of(PLANTS)
def test_a_planted_fault_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found
