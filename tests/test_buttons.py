"""Buttons on any book: how often they ask the spreadsheet program, and in what state they leave it."""

import ast
from collections import Counter
from pathlib import Path

import pytest

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.engines.filegrid import FileGrid
from jixiao.errors import WorkbookError
from jixiao.sheets.inputs import INPUT_SHEETS
from tests.workbooks import EXAMPLE

STATE = ("screen_updating", "enable_events", "calculation", "status_bar")
SOURCE = Path(buttons.__file__).parent


@pytest.fixture
def book():
    with open_book(EXAMPLE) as opened:
        yield opened


def state_of(book):
    return [getattr(book.app, name) for name in STATE]


@pytest.mark.parametrize("button", [buttons.score, buttons.check])
def test_the_program_is_left_as_it_was(book, button):
    with book.app.properties(calculation="semiautomatic", status_bar="别人的话"):
        before = state_of(book)
        button(book)
        assert state_of(book) == before


def test_the_program_is_left_as_it_was_after_a_failure(book, monkeypatch):
    before = state_of(book)
    during = []

    def fail(*_):
        during.extend(state_of(book))
        raise WorkbookError("坏了。")

    monkeypatch.setattr(buttons, "appraise", fail)
    with pytest.raises(WorkbookError):
        buttons.score(book)
    assert state_of(book) == before
    assert during[:3] == [False, False, "manual"], "while at work the screen rests"
    assert "计算得分" in during[3], "the status bar says what is going on"


def test_a_switch_that_is_refused_keeps_no_other_from_being_set_back(book, monkeypatch):
    def refuse(app, name, value):
        if name == "screen_updating" and value is True:
            raise RuntimeError("not now")
        object.__setattr__(app, name, value)

    book.app.status_bar = "别人的话"
    monkeypatch.setattr(type(book.app.impl), "__setattr__", refuse)
    buttons.check(book)
    assert state_of(book)[1:] == [True, "automatic", "别人的话"]


@pytest.mark.parametrize(("mode", "times"), [("automatic", 0), ("manual", 1)])
def test_where_nothing_recalculates_by_itself_the_button_does(book, monkeypatch, mode, times):
    """Else 公式复核 would go on showing what it found before."""
    calls = []
    monkeypatch.setattr(FileGrid, "calculate", lambda _: calls.append(1))
    with book.app.properties(calculation=mode):
        buttons.score(book)
    assert len(calls) == times


def test_progress_goes_to_the_hook_instead(book):
    steps: list[str] = []
    buttons.score(book, steps.append)
    assert steps == ["正在读取各表", "正在核对数据", "正在计算得分", "正在写入结果"]


def test_one_block_in_and_at_most_one_more_for_formulas(book, monkeypatch):
    """COM calls are slow: a sheet is asked once for its values and once for the formulas behind its gaps."""
    asked: Counter[tuple[str, str]] = Counter()

    def counting(name):
        whole = getattr(FileGrid, name)

        def call(self, sheet, *arguments):
            asked[name, sheet] += 1
            return whole(self, sheet, *arguments)

        monkeypatch.setattr(FileGrid, name, call)

    for name in ("read_values", "read_formulas", "write_values"):
        counting(name)
    buttons.check(book)
    for sheet in INPUT_SHEETS:
        assert asked["read_values", sheet.name] == 1
        assert asked["read_formulas", sheet.name] <= 1
        assert asked["write_values", sheet.name] == 0


def test_the_rules_know_nothing_of_sheets_and_buttons_nothing_of_platforms():
    """Data goes one way: who is below never imports who is above."""
    forbidden = {
        "rules": {"xlwings", "jixiao.sheets", "jixiao.engines", "jixiao.buttons", "jixiao.explain"},
        "policy": {"xlwings", "jixiao.rules", "jixiao.sheets", "jixiao.engines"},
        "engines": {"jixiao.rules", "jixiao.sheets", "jixiao.policy", "jixiao.buttons"},
        "explain": {"xlwings", "jixiao.sheets", "jixiao.engines"},
        "sheets": {"jixiao.buttons", "jixiao.engines", "jixiao.commands"},
        "buttons.py": {"jixiao.engines", "sys", "os", "platform"},
    }
    for place, banned in forbidden.items():
        files = [SOURCE / place] if place.endswith(".py") else list((SOURCE / place).rglob("*.py"))
        assert files
        for file in files:
            for name in imported(file):
                assert not any(name == item or name.startswith(f"{item}.") for item in banned), f"{file.name}: {name}"


def imported(file):
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
