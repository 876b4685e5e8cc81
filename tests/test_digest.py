"""The fingerprint of the entries: what moves it, what does not, and that it is the same everywhere."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from jixiao.engines.file import open_book
from jixiao.sheets.declare import Kind
from jixiao.sheets.digest import digest_of
from jixiao.sheets.inputs import ATTENDANCE, BALLOTS, INPUT_SHEETS, SETTINGS, TASKS
from jixiao.sheets.read import Entries, RawSheet, read_entries
from jixiao.text import Unreadable
from tests.checks.plant import town_file
from tests.workbooks import EXAMPLE, ROOT

# Of `mixed`, whatever the machine and process.
MIXED_DIGEST = "7D00-BCFA-97A6-6207"
COLUMNS = [(sheet, column) for sheet in INPUT_SHEETS for column in sheet.inputs]
NAMES = [f"{sheet.key}.{column.key}" for sheet, column in COLUMNS]


def entries_of(path):
    with open_book(path) as book:
        return read_entries(book)


@pytest.fixture(scope="module")
def example():
    return entries_of(EXAMPLE)


def with_cell(entries, sheet, column, value):
    """The entries with one cell typed over: in a sheet's first row, or in a first row of its own."""
    raw = entries.sheets[sheet.key]
    rows = raw.rows or (4,)
    cells = [value, *raw.column(column.key)[1:]]
    changed = replace(raw, rows=rows, cells=raw.cells | {column.key: cells})
    return entries._replace(sheets=entries.sheets | {sheet.key: changed})


def of_cells(*cells, rows=None, percent=(), column="rate_1"):
    """The fingerprint of one column of the ledger."""
    rows = rows or tuple(range(4, 4 + len(cells)))
    raw = RawSheet(TASKS, "任务台账", None, rows, {column: list(cells)}, {column: frozenset(percent)}, frozenset(), 9)
    return digest_of(Entries({TASKS.key: raw}, frozenset(), (), frozenset()))


def mixed():
    """A column with a cell of every kind."""
    cells = (95.0, "/", None, "９５", date(2024, 5, 6), Unreadable("#REF!"), 0.1, "完成\U0002070e")
    return of_cells(*cells, percent=(4, 5, 10))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_it_is_the_same_on_every_machine_and_in_every_process(seed):
    """Protects comparing with last week's print, or another PC's: nothing depends on hash seeds or byte order."""
    code = "from tests.test_digest import mixed; print(mixed())"
    settings = os.environ | {"PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == MIXED_DIGEST
    assert re.fullmatch(r"[0-9A-F]{4}(-[0-9A-F]{4}){3}", MIXED_DIGEST)


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=NAMES)
def test_every_declared_input_cell_counts(example, sheet, column):
    """Protects against entries that change unseen: the stamp would call other figures the same."""
    digests = {
        digest_of(with_cell(example, sheet, column, value)) for value in (None, 0.5, "甲", "乙", date(2024, 5, 6))
    }
    assert len(digests) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (["95"], [95.0]),
        ([95.0], [95.00000000000001]),
        (["甲乙", "丙"], ["甲", "乙丙"]),
        (["甲", None], [None, "甲"]),
        ([1.0, "甲", 2.0], [1.0, 2.0, "甲"]),
        (["#REF!"], [Unreadable("#REF!")]),
        (["a"], ["A"]),
        (["95"], ["９５"]),
    ],
)
def test_cells_that_differ(one, other):
    assert of_cells(*one) != of_cells(*other)


def test_the_row_counts_and_so_does_a_percent_format():
    """说明 names rows; a percent cell's 0.95 means something else than a plain 1.5."""
    assert of_cells(0.95, rows=(4,)) != of_cells(0.95, rows=(5,))
    assert of_cells(0.95, percent=(4,)) != of_cells(0.95)
    assert of_cells("/", percent=(4,)) == of_cells("/"), "on a text the format means nothing"
    assert of_cells(0.95, column="rate_1") != of_cells(0.95, column="rate_2")
    assert of_cells(0.0) == of_cells(-0.0)


def test_an_empty_column_or_sheet_is_as_good_as_none(example):
    """People may delete optional columns that hold nothing."""
    kept = {key: raw for key, raw in example.sheets.items() if raw.rows}
    assert len(kept) < len(example.sheets)
    blank = {sheet.key: RawSheet(sheet) for sheet in INPUT_SHEETS}
    assert digest_of(example._replace(sheets=blank | kept)) == digest_of(example)
    ledger = example.sheets[TASKS.key]
    empty = [column.key for column in TASKS.inputs if not any(ledger.column(column.key))]
    assert empty
    cells = {key: values for key, values in ledger.cells.items() if key not in empty}
    without = example._replace(sheets=example.sheets | {TASKS.key: replace(ledger, cells=cells)})
    assert digest_of(without) == digest_of(example)


def test_where_the_columns_and_sheets_stand_does_not_matter(tmp_path):
    """A real workbook whose columns were swapped, beside one of people's own, has the same entries."""
    before = digest_of(entries_of(town_file()))
    book = load_workbook(town_file(), keep_vba=True)
    sheet = book[ATTENDANCE.name]
    for row in sheet.iter_rows(min_row=3, max_row=20, max_col=2):
        row[0].value, row[1].value = row[1].value, row[0].value
    sheet["H3"], sheet["H4"] = "我的列", "随便写"
    book.move_sheet(BALLOTS.name, 3)
    book.save(tmp_path / "换列.xlsm")
    assert digest_of(entries_of(tmp_path / "换列.xlsm")) == before
    book[SETTINGS.name]["B20"] = "70%"
    book.save(tmp_path / "改数.xlsm")
    assert digest_of(entries_of(tmp_path / "改数.xlsm")) != before


def test_a_mark_shown_as_a_percentage(tmp_path):
    """Through the reader: the same number in a percent cell is another entry."""
    assert BALLOTS.by_key["mark_1"].kind is Kind.MARK
    digests = set()
    for shown in ("General", "0%"):
        book = load_workbook(town_file(), keep_vba=True)
        cell = book[BALLOTS.name]["E4"]
        cell.value, cell.number_format = 0.9, shown
        book.save(tmp_path / "票.xlsm")
        digests.add(digest_of(entries_of(tmp_path / "票.xlsm")))
    assert len(digests) == 2
