"""What the workbook does by itself: timers, Python started early, functions described, its tab beside the add-in's."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.functions.excel import info
from tests.office.office import Office
from tests.twin.make import (
    ASKED,
    BROKEN,
    COUNT,
    DOOR_SHEET,
    FOLDER,
    INSTALLED,
    IS_ADDIN,
    MISSING,
    STATE,
    make_twin,
)
from tests.twin.steps import CALLS, FUNCTIONS, WORDS, Play, Steps, played, put, shown

ADDIN = WORDS["file.addin"]
# Category, description, every argument, as xlwings has them from jixiao.functions.
HELP = {name: (info(name)["category"], *texts) for name, texts in FUNCTIONS.items()}
DESCRIBE = ("run", "Twin.TwinDescribe")
WARM_UP = ("run", "Twin.TwinWarmUp")
TAB = ("run", "Twin.TwinTabVisible")

PlayAs = Callable[[str, Steps], list[Any]]


@pytest.fixture
def play_as(office: Office, tmp_path: Path) -> PlayAs:
    """Play in a twin of this name. One with the add-in's name finds itself when it asks whether the add-in is open."""
    return lambda name, steps: played(office, make_twin(tmp_path / name), steps)


def test_what_the_opening_put_off_is_taken_back_at_the_close(play: Play) -> None:
    """Otherwise Excel opens a workbook again that was closed within the second."""
    steps = [("run", "TwinBook.Workbook_Open"), ("run", "TwinBook.Workbook_BeforeClose", False)]
    *_, timers = play([*steps, ("rows", f"{DOOR_SHEET}!A1:C4")])
    put_off = [row[:2] for row in timers if row[2] == "set"]
    assert [name for name, _ in put_off] == ["'twin.xlsm'!JxDescribe", "'twin.xlsm'!JxWarmUp"]
    assert [row[:2] for row in timers if row[2] == "taken back"] == put_off


def test_the_warm_up_starts_python_and_nothing_more(play: Play) -> None:
    """One call, with the workbook itself, and not a word to the person, who has not asked for anything."""
    ended, calls, count, sentence = play([WARM_UP, CALLS, shown(COUNT), shown()])
    assert calls[0] == ["jixiao.macros", "press", 1, "warm", "twin.xlsm"]
    assert (ended, count, sentence) == ("quiet", "1", "")


@pytest.mark.parametrize(
    ("setting", "asked"),
    [(put(FOLDER, r"C:\WPS Office\office6"), "0"), (put(INSTALLED, MISSING), "0"), (put(STATE, BROKEN), "1")],
    ids=["WPS", "no runtime", "no service"],
)
def test_a_warm_up_that_cannot_work_keeps_quiet(play: Play, setting: tuple[object, ...], asked: str) -> None:
    """A failure shows at the first real call: a box at every opening would not help anybody."""
    _, ended, count, dll, sentence = play([setting, WARM_UP, shown(COUNT), shown(ASKED), shown()])
    assert (ended, count, dll, sentence) == ("quiet", "0", asked, "")


def test_the_add_in_opens_with_every_excel_and_starts_nothing(play: Play) -> None:
    """Who opens a price list waits for no Python; the functions are described, and that is all."""
    steps = [put(IS_ADDIN, 1), ("run", "TwinBook.Workbook_Open")]
    *_, timers, dll = play([*steps, ("rows", f"{DOOR_SHEET}!A1:C4"), shown(ASKED)])
    assert [row[0] for row in timers if row[2] == "set"] == ["'twin.xlsm'!JxDescribe"]
    assert dll == "0"


OTHERS = r"C:\Users\li\AppData\Local\Jixiao\绩效考核.xlam"
UNLIKE = [r"C:\x\我的绩效考核.xlam", r"C:\x\绩效考核.xlam.xlsx", r"C:\x\绩效考核.xlsm", "https://x/绩效考核.xlam"]


@pytest.mark.parametrize("link", [OTHERS, OTHERS.upper()])
def test_a_workbook_of_another_pc_is_turned_to_the_add_in_that_is_open(play: Play, link: str) -> None:
    """Otherwise =JIXIAO_…() in people's own workbooks is #NAME? on every PC but the first."""
    *_, turned, again = play([("run", "Twin.TwinTurns", link), ("run", "Twin.TwinTurns", "")])
    assert turned.endswith("twin.xlsm")
    assert again == ""


@pytest.mark.parametrize("link", UNLIKE)
def test_links_to_anything_else_stay(play: Play, link: str) -> None:
    """Only what ends in our add-in's own name is ours to turn."""
    assert play([("run", "Twin.TwinTurns", link)]) == [link]


def test_the_tab_is_asked_again_when_the_workbook_comes_to_the_front(play: Play) -> None:
    """The add-in may have come or gone meanwhile."""
    front = ("run", "TwinBook.Workbook_Activate")
    assert play([("run", "Twin.TwinLoads"), TAB, front, shown(COUNT)]) == ["loaded", True, None, "1"]


def test_the_tab_steps_back_while_the_add_in_is_open(play_as: PlayAs) -> None:
    """The add-in shows the same tab: two of them, and nobody knows which to press."""
    assert play_as(ADDIN, [TAB]) == [False]


@pytest.mark.parametrize("name", ["twin.xlsm", "Li's.xlsm"])
def test_every_function_is_described_as_python_says(play_as: PlayAs, name: str) -> None:
    """The wizard shows what the docstrings say, argument by argument, under the category of the functions."""
    *_, heads, helps = play_as(name, [DESCRIBE, *read_descriptions()])
    macro = "'" + name.replace("'", "''") + "'!"
    assert described(heads, helps) == [(macro + key, *texts) for key, texts in HELP.items()]


def test_while_the_add_in_is_open_the_workbook_describes_nothing(play_as: PlayAs) -> None:
    """Otherwise the wizard would list every function twice."""
    *_, count = play_as(ADDIN, [DESCRIBE, shown(COUNT)])
    assert count == "0"


def test_the_add_in_describes_its_own_and_hides_again(play_as: PlayAs) -> None:
    """It must come out of hiding for it, and be an add-in again afterwards: its sheets are not for people."""
    *_, heads, helps, hidden = play_as(ADDIN, [put(IS_ADDIN, 1), DESCRIBE, *read_descriptions(), shown(IS_ADDIN)])
    assert described(heads, helps) == [(f"'{ADDIN}'!{key}", *texts) for key, texts in HELP.items()]
    assert hidden == "1"


@pytest.mark.parametrize(
    ("fault", "count"),
    [("Twin.TwinLoseTexts", 0), ("Twin.TwinSpoilTexts", len(FUNCTIONS))],
    ids=["no texts", "an error among the keys"],
)
def test_the_functions_are_described_as_far_as_there_are_texts(play: Play, fault: str, count: int) -> None:
    """And the opening comes to an end whatever happened to the texts: it passes over errors, and could for ever."""
    *_, told = play([("run", fault), DESCRIBE, shown(COUNT)])
    assert told == str(count)


def read_descriptions() -> Steps:
    """Macro, description and category; beside the door's own cells, the arguments."""
    more = len(FUNCTIONS) + 1
    return [("rows", f"{DOOR_SHEET}!A1:C{more}"), ("rows", f"{DOOR_SHEET}!J1:P{more}")]


def described(heads: list[list[str]], helps: list[list[str]]) -> list[tuple[str, ...]]:
    """What was told of each macro: its name, category, description, and every argument."""
    lines = zip(heads, helps, strict=True)
    return [(head[0], head[2], head[1], *filter(None, texts)) for head, texts in lines if any(head)]
