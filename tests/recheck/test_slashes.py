"""Every way to say that there is nothing, in every column: the program and 公式复核 take it for the same."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import ATTENDANCE, BALLOTS, DEPARTMENTS, HISTORY, POINTS, SETTINGS, STANDARDS, TASKS
from tests.office.office import Cells, Office
from tests.recheck.sheet import AGREES, DIFFERS, Recheck, read_sheet
from tests.workbooks import EXAMPLE

WORDS = (
    *("/", "／", "//", "///", "-", "－", "---", "—", "——", "–", "―", "─"),
    *("无", "不涉及", "无任务", " / ", "“/”", "无 任务"),
)
SHEETS = (TASKS, BALLOTS, POINTS, ATTENDANCE, HISTORY, DEPARTMENTS, STANDARDS, SETTINGS)
FIRST_ROW, RESULTS_END = 4, 30
LETTERS = "ABCDEFGHIJKLMNOP"  # of 考核结果
COLUMNS = [(sheet, place) for sheet in SHEETS for place, column in enumerate(sheet.columns) if not column.output]


def name(sheet: Sheet, place: int) -> str:
    return f"{sheet.name} {sheet.columns[place].header}"


def typed(sheet: Sheet, place: int) -> Cells:
    """Every word below each other in a column."""
    letter = chr(ord("A") + place)
    return {f"{sheet.name}!{letter}{row}": word for row, word in enumerate(WORDS, FIRST_ROW)}


def posted(cells: Cells) -> dict[str, object]:
    """What the program then puts on 考核结果, by cell."""
    with open_book(EXAMPLE) as book:
        for place, word in cells.items():
            title, _, address = place.partition("!")
            book.sheets[title].range(address).value = word
        buttons.score(book)
        rows = enumerate(book.sheets["考核结果"].range(f"A{FIRST_ROW}:P{RESULTS_END}").value, FIRST_ROW)
        return {
            f"考核结果!{chr(ord('A') + column)}{row}": value for row, line in rows for column, value in enumerate(line)
        }


@pytest.fixture(scope="module")
def seen(office: Office, example: Path) -> Mapping[str, Recheck]:
    """What the sheet says of each column's words, with what the program posts for them."""
    stands = posted({}).items()
    variants = [{**cells, **dict(posted(cells).items() - stands)} for cells in (typed(*column) for column in COLUMNS)]
    pages = office.pages(example, variants)
    return {name(*column): read_sheet(rows) for column, rows in zip(COLUMNS, pages, strict=True)}


@pytest.mark.parametrize(("sheet", "place"), COLUMNS, ids=[name(*column) for column in COLUMNS])
def test_a_slash_is_never_taken_for_two_things(sheet: Sheet, place: int, seen: Mapping[str, Recheck]) -> None:
    found = seen[name(sheet, place)]
    assert found.verdict != DIFFERS, found.lines
    assert found.verdict == AGREES or found.reasons
