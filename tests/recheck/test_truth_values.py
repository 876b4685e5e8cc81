"""TRUE and FALSE where figures belong: 1 and 0 to LibreOffice, neither to Excel; no figure is called wrong."""

import pytest
from openpyxl import load_workbook

from tests.office.office import Office
from tests.recheck.second import Second
from tests.recheck.sheet import AGREES, OPEN, Recheck, recheck, score
from tests.workbooks import EXAMPLE

TYPED = {"任务台账!D4": True, "任务台账!C5": True, "履职测评!E4": True, "履职测评!F5": False, "考勤!D9": True}


@pytest.fixture(scope="module")
def seen(office: Office, tmp_path_factory: pytest.TempPathFactory) -> list[Recheck]:
    """What the sheet says in LibreOffice and in the second engine."""
    file = tmp_path_factory.mktemp("真假值") / "绩效考核.xlsm"
    book = load_workbook(EXAMPLE, keep_vba=True)
    for place, value in TYPED.items():
        sheet, cell = place.split("!")
        book[sheet][cell] = value
    book.save(file)
    score(file)
    with Second(file) as second:
        return [recheck(office, file), second.recheck()]


@pytest.mark.parametrize("engine", [0, 1], ids=["LibreOffice", "as Excel"])
def test_the_sheet_leaves_it_open_and_says_why(engine: int, seen: list[Recheck]) -> None:
    found = seen[engine]
    assert found.verdict == OPEN
    assert "TRUE或FALSE" in found.reasons["考核结果、校验结果可读"]
    assert all(line["复核结论"] in {AGREES, OPEN} for line in found.lines.values())
