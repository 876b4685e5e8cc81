"""Faults planted into formulas, names and shared texts."""

import pytest

from .plants import BOOK, SHEET, Plant, Plants, changed, each_of, in_names, in_sheet, matched, planted

CHART = "xl/charts/chart1.xml"

PLANTS: Plants = [
    ("a text without end", in_names('"x&amp;1'), '"x&1'),
    ("a broken formula", in_names("SUM((1,2)"), "brackets do not match"),
    ("an operator too many", in_names("1+*2"), "1+*2 does not parse"),
    ("two values side by side", in_names('1 "x"'), "does not parse"),
    ("an argument too few", in_names("IFERROR(1)"), "IFERROR does not take 1 arguments"),
    ("an argument too many", in_names("ROUND(1,2,3)"), "ROUND does not take 3 arguments"),
    ("half a pair", in_names("1+SUMIFS(参数!$B:$B,参数!$A:$A)"), "SUMIFS does not take 2 arguments"),
    ("an unknown function", in_names("JIXAO_SCORE(1)"), "no function JIXAO_SCORE"),
    ("an error in a formula", in_names("#REF!+1"), "#REF!"),
    ("a name to a missing sheet", in_names("没有!$A$1"), "no sheet 没有"),
    ("a name to a missing name", in_names("没有这个名称+1"), "no name 没有这个名称"),
    ("a name twice", in_names("1", "x", "x"), "name x stands 2 times"),
    ("a name twice, once in capitals", in_names("1", "x", "X"), "name x stands 2 times"),
    ("a name that is a table's too", in_names("1", "TBLSETTINGS"), "name tblsettings stands 2 times"),
    ("a name that is a cell", in_names("1", "A1"), "name A1 is none that Excel takes"),
    ("a shared text too far", changed(SHEET, "<v>", "<v>99999"), "shows shared text 99999"),
    ("a shared text that is none", changed(SHEET, "<v>", "<v>-"), "shows shared text -"),
]
REFUSED = ("A1", "xfd1048576", "R1C1", "r", "C7", "1x", "x y", "x-y", "x" * 256)
TAKEN = ("XFE1", "A1048577", "A0", "RC_", "_x", r"\x", "x.y?", "名1", "x" * 255)


@each_of(PLANTS)
def test_a_planted_fault_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize(
    ("plant", "where"),
    [
        (in_sheet("shtRecheck", "<f>[^<]*", "<f>没有!A1"), "公式复核"),
        (in_sheet("shtResults", "<formula>[^<]*", "<formula>没有!A1"), "考核结果"),
        (in_sheet("shtPeople", '<formula1>[^<"]*', "<formula1>没有!A1"), "人员"),
        (matched(CHART, "<c:f>[^<]*", "<c:f>没有!A1"), CHART),
    ],
    ids=["cell", "colour", "check", "chart"],
)
def test_formulas_are_read_wherever_they_stand(plant: Plant, where: str) -> None:
    assert planted(plant) == [f"{where}: 没有!A1: no sheet 没有"]


def test_names_are_those_that_excel_takes() -> None:
    found = planted(in_names("1", *REFUSED, *TAKEN))
    assert found == [f"name {name} is none that Excel takes" for name in REFUSED]


def test_a_sheet_may_have_a_name_that_another_has() -> None:
    own = '<definedName name="x" localSheetId="{}" hidden="1">1</definedName>'
    assert planted(changed(BOOK, "<definedNames>", f"<definedNames>{own.format(0)}{own.format(1)}")) == []
