"""The stamp on 考核结果 and 考核一览: when, by which version, from which entries; and that it stands still."""

import re
import shutil
from datetime import datetime, timedelta, timezone

import pytest
from openpyxl import load_workbook

from jixiao import __version__, buttons, clock
from jixiao.cli import main
from jixiao.engines.file import open_book
from jixiao.sheets import stamp
from tests.workbooks import EXAMPLE

NEW_YEARS_EVE = datetime(2024, 12, 31, 16, 5, 59, tzinfo=timezone(timedelta(hours=8)))
STAMP = re.compile(r"计算时间 (\S+ \S+) · 程序版本 (\S+) · 数据指纹 ([0-9A-F]{4}(?:-[0-9A-F]{4}){3})$", re.MULTILINE)
STAMPED = ("季度得分", "考核结果", "考核一览")


@pytest.fixture
def at(monkeypatch):
    """Sets the clock so many minutes after the moment of the tests."""

    def set_clock(minutes):
        monkeypatch.setattr(clock, "now", lambda: NEW_YEARS_EVE + timedelta(minutes=minutes))

    set_clock(0)
    return set_clock


@pytest.fixture
def example(tmp_path, at):
    path = tmp_path / "示例.xlsm"
    shutil.copy(EXAMPLE, path)
    assert main(["score", str(path)]) == 0
    return path


def texts(block):
    return "\n".join(cell for row in block for cell in row if isinstance(cell, str))


def stamps(path):
    """Time, version and digest, sheet by sheet."""
    with open_book(path) as book:
        found = [STAMP.search(texts(book.sheets[name].used_range.value)) for name in STAMPED]
        return [stamped.groups() for stamped in found if stamped]


def typed(path, sheet, cell, value):
    with open_book(path) as book:
        book.sheets[sheet].range(cell).value = value
        book.save()


def test_it_says_when_by_which_version_and_from_what(example):
    one, *others = stamps(example)
    assert others == [one, one], "all that is posted or shown to the leaders carries the same stamp"
    assert one[:2] == ("2024-12-31 16:05", __version__)


def test_scoring_again_later_changes_no_byte(example, at):
    """Protects the ledger of what was posted when: a second click is no new calculation."""
    before = example.read_bytes()
    at(60)
    assert main(["score", str(example)]) == 0
    assert example.read_bytes() == before
    assert main(["check", str(example)]) == 0
    assert stamps(example)[0][0] == "2024-12-31 16:05"


def test_another_entry_gives_another_digest_and_time(example, at):
    before = stamps(example)[0]
    typed(example, "任务台账", "E4", 0.5)
    at(1)
    assert main(["score", str(example)]) == 0
    time, _, digest = stamps(example)[0]
    assert time == "2024-12-31 16:06"
    assert digest != before[2]
    typed(example, "任务台账", "B4", "另一个任务")  # no figure depends on it
    assert main(["score", str(example)]) == 0
    assert stamps(example)[0][2] not in {digest, before[2]}


def test_another_version_gives_another_time(example, at, monkeypatch):
    monkeypatch.setattr(stamp, "__version__", "9.9.9")
    at(1)
    assert main(["score", str(example)]) == 0
    assert stamps(example)[0][:2] == ("2024-12-31 16:06", "9.9.9")


@pytest.mark.parametrize(
    ("cell", "value"), [("O4", 99.99), ("P5", "较差"), ("A7", None), ("A2", "考核得分"), ("D99", 1.0), ("A3", "坏")]
)
def test_written_over_figures_are_written_anew_and_dated_so(example, at, cell, value):
    """Protects against an old time above figures that did not stand there since."""
    before = stamps(example)[0]
    typed(example, "考核结果", cell, value)
    at(1)
    assert main(["score", str(example)]) == 0
    assert stamps(example)[0] == ("2024-12-31 16:06", *before[1:])


@pytest.mark.parametrize("rows", [1, 2])
def test_without_room_above_the_header_scoring_again_still_changes_no_byte(example, at, rows):
    """Staff removed the title or the stamp of 考核结果: 考核一览 still knows the time."""
    book = load_workbook(example, keep_vba=True)
    sheet = book["考核结果"]
    for merged in list(sheet.merged_cells.ranges):  # Excel takes them away with their rows
        sheet.unmerge_cells(merged.coord)
    sheet.delete_rows(1, rows)
    book.save(example)
    assert main(["score", str(example)]) == 0
    before = example.read_bytes()
    at(1)
    assert main(["score", str(example)]) == 0
    assert example.read_bytes() == before
    typed(example, "考核结果", "O4", 1.0)
    assert main(["score", str(example)]) == 0
    with open_book(example) as scored:
        assert "2024-12-31 16:06" in texts(scored.sheets["考核一览"].used_range.value)


def test_only_the_stamp_depends_on_the_clock(at):
    """Two scorings of one file at two times differ in the stamp alone."""
    answers = []
    for minutes in (0, 10):
        at(minutes)
        with open_book(EXAMPLE) as book:
            buttons.score(book)
            answers.append({sheet.name: sheet.used_range.value for sheet in book.sheets})
    first, second = answers
    for name in STAMPED:
        places = [
            (row, column)
            for row, line in enumerate(first[name])
            for column, cell in enumerate(line)
            if isinstance(cell, str) and STAMP.search(cell)
        ]
        ((row, column),) = places
        assert first[name][row][column] != second[name][row][column]
        first[name][row][column] = second[name][row][column] = None
    assert first == second
