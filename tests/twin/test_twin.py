"""The shipped VBA run for real: every button and function reaches Python's door, every failure has its words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from addin.build.service import SETTINGS, text_lines
from addin.build.udfs import function_help
from tests.office.office import Office
from tests.twin.make import (
    ANSWER,
    BROKEN,
    COUNT,
    DOOR_SHEET,
    DYING,
    HERE,
    INSTALLED,
    LOST,
    MISSING,
    SHOWN,
    STATE,
    make_twin,
)
from tests.workbooks import ROOT

RIBBON = etree.parse(ROOT / "addin" / "ribbon" / "customUI14.xml")
BUTTONS = [(str(button.get("onAction")), str(button.get("tag"))) for button in RIBBON.iter("{*}button")]
FUNCTIONS = function_help()
# xlwings.bas is the stub's; what ThisWorkbook says stands in TwinBook.
SHIPPED = ["TwinBook", *sorted(path.stem for path in (ROOT / "addin" / "vba").glob("*.bas"))]
WORDS = {line[0]: line[1] for line in text_lines()}

Steps = list[tuple[Any, ...]]
Play = Callable[[Steps], list[Any]]


@pytest.fixture
def play(office: Office, tmp_path: Path) -> Play:
    """Do steps in a fresh twin, once its canary has sung, and give what each step answers."""
    twin = make_twin(tmp_path / "twin.xlsm")
    return lambda steps: played(office, twin, steps)


def played(office: Office, twin: Path, steps: Steps) -> list[Any]:
    canary, *answers = office.play(twin, [("run", "xlwings.TwinCanary"), *steps])
    assert canary == "sings", "the VBA does not compile here, and then no call does anything"
    return answers


def put(cell: str, value: object) -> tuple[Any, ...]:
    return "put", f"{DOOR_SHEET}!{cell}", value


def shown(cell: str = SHOWN) -> tuple[Any, ...]:
    return "text", f"{DOOR_SHEET}!{cell}"


def press(macro: str, tag: str) -> tuple[Any, ...]:
    return "run", "xlwings.TwinPress", macro, tag


CALLS = ("rows", f"{DOOR_SHEET}!A1:D2")


@pytest.mark.parametrize("module", SHIPPED)
def test_the_canary_is_silent_when_a_module_does_not_compile(office: Office, tmp_path: Path, module: str) -> None:
    sick = make_twin(tmp_path / "sick.xlsm", {module: "Sub JxPlanted()\r\nIf True Then\r\nEnd Sub"})
    with pytest.raises(AssertionError, match="does not compile"):
        played(office, sick, [])


def test_the_canary_sings_while_every_module_compiles(office: Office, tmp_path: Path) -> None:
    """So what silences it is the fault, not the lines that are more."""
    sound = "Sub JxPlanted{}()\r\nIf True Then Beep\r\nEnd Sub"
    twin = make_twin(tmp_path / "sound.xlsm", {module: sound.format(module) for module in SHIPPED})
    assert played(office, twin, []) == []


@pytest.mark.parametrize(("macro", "tag"), BUTTONS, ids=[tag for _, tag in BUTTONS])
def test_a_button_reaches_python_with_its_action(play: Play, macro: str, tag: str) -> None:
    *_, calls, sentence = play([put(ANSWER, "做好了。"), press(macro, tag), CALLS, shown()])
    if macro == "JxRestart":
        assert [row[1] for row in calls] == ["KillPy", "press"]
        assert calls[1][3] == "warm"
        assert sentence == WORDS["message.restarted"]
    else:
        assert calls[0] == ["jixiao.macros", "press", 1, tag]
        assert sentence == "做好了。"


def test_the_other_callbacks_of_the_ribbon(play: Play) -> None:
    assert play([("run", "xlwings.TwinLoads"), ("run", "xlwings.TwinTabVisible")]) == ["loaded", True]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_typed_into_a_cell_reaches_python(play: Play, name: str) -> None:
    arguments = ";".join(["A20:D20"] * (len(FUNCTIONS[name]) - 1))
    formula = f"={name}({arguments})"
    *_, answer, calls = play([put(ANSWER, "答"), ("put", f"{DOOR_SHEET}!A30", formula), shown("A30"), CALLS])
    assert answer == "答"
    assert calls[0][:3] == ["jixiao.functions", name, len(FUNCTIONS[name]) - 1]


def test_an_error_told_by_python_is_shown_as_such(play: Play) -> None:
    *_, sentence = play([put(ANSWER, "!“科室”表里没有科室，请先填写。"), press("JxPress", "score"), shown()])
    assert sentence == "!“科室”表里没有科室，请先填写。"


def test_a_restart_that_failed_is_no_success(play: Play) -> None:
    *_, sentence = play([put(ANSWER, "!程序内部出错。"), press("JxRestart", ""), shown()])
    assert sentence == "!程序内部出错。"


def test_a_fault_told_by_python_stands_in_the_cell(play: Play) -> None:
    formula = ("put", f"{DOOR_SHEET}!A30", "=JIXIAO_RANK(A20:A22)")
    *_, answer = play([put(ANSWER, "#绩效:第 2 个得分是空的"), formula, shown("A30")])
    assert answer == "#绩效:第 2 个得分是空的"


@pytest.mark.parametrize(
    ("installed", "state", "message", "cell"),
    [
        (MISSING, "", "message.runtime", "cell.runtime"),
        (MISSING, BROKEN, "message.runtime", "cell.runtime"),
        (HERE, BROKEN, "message.service", "cell.service"),
    ],
)
def test_without_python_the_promised_words_are_shown(
    play: Play, installed: str, state: str, message: str, cell: str
) -> None:
    formula = ("put", f"{DOOR_SHEET}!A30", "=JIXIAO_RANK(A20:A22)")
    setting = [put(INSTALLED, installed), put(STATE, state or BROKEN)]
    *_, sentence, _, answer = play([*setting, press("JxPress", "score"), shown(), formula, shown("A30")])
    assert sentence == f"!{WORDS[message]}"
    assert answer == WORDS[cell]


@pytest.mark.parametrize("first", [[], [("run", "xlwings.TwinSwitchOff")]], ids=["as Excel starts", "by hand"])
def test_a_python_that_dies_at_work_leaves_excel_as_it_was(play: Play, first: Steps) -> None:
    """Nobody but VBA can switch calculation and events on again then, and what is half written must not be saved."""
    switches = ("run", "xlwings.TwinSwitches")
    *_, before, _, _, after, sentence = play(
        [*first, switches, put(STATE, DYING), press("JxPress", "score"), switches, shown()]
    )
    assert after == before
    assert sentence == f"!{WORDS['message.stopped']}"


def test_what_the_opening_put_off_is_taken_back_at_the_close(play: Play) -> None:
    """Otherwise Excel opens a workbook again that was closed within the second."""
    steps = [("run", "TwinBook.Workbook_Open"), ("run", "TwinBook.Workbook_BeforeClose", False)]
    *_, timers = play([*steps, ("rows", f"{DOOR_SHEET}!A1:C4")])
    put_off = [row[:2] for row in timers if row[2] == "set"]
    assert [name.rpartition("!")[2] for name, _ in put_off] == ["JxDescribeFunctions", "JxWarmUp"]
    assert [row[:2] for row in timers if row[2] == "taken back"] == put_off


@pytest.mark.parametrize(
    ("fault", "described"),
    [
        ([], len(FUNCTIONS)),
        ([("run", "xlwings.TwinLoseTexts")], 0),
        ([("run", "xlwings.TwinSpoilTexts")], len(FUNCTIONS)),
    ],
    ids=["as shipped", "no texts", "an error among the keys"],
)
def test_the_functions_are_described_as_far_as_there_are_texts(play: Play, fault: Steps, described: int) -> None:
    """And the opening comes to an end whatever happened to the texts: it passes over errors, and could for ever."""
    *_, count = play([*fault, ("run", "JxHelp.JxDescribeFunctions"), shown(COUNT)])
    assert count == str(described)


@pytest.mark.parametrize(
    ("changes", "first", "tells"),
    [
        ({INSTALLED: MISSING}, "message.runtime", ["interpreter:missing", "library:missing"]),
        ({STATE: BROKEN}, "message.service", ["interpreter:there", "library:there"]),
        ({STATE: BROKEN, LOST: "xlwings32-1.2.3.dll"}, "message.service", ["interpreter:there", "library:missing"]),
    ],
    ids=["no runtime", "no service", "no DLL"],
)
def test_the_self_check_without_python_tells_what_it_sees(
    play: Play, changes: dict[str, str], first: str, tells: list[str]
) -> None:
    *_, sentence = play([*(put(cell, value) for cell, value in changes.items()), press("JxPress", "doctor"), shown()])
    head, *lines = sentence.splitlines()
    assert head == f"!{WORDS[first]}"
    assert lines[0].startswith(WORDS["seen.program"])
    named = {"interpreter": dict(SETTINGS)["INTERPRETER_WIN"], "library": "xlwings32-1.2.3.dll"}
    for line, told in zip(lines[1:], tells, strict=False):
        what, state = told.split(":")
        assert line == WORDS[f"seen.{what}"] + named[what] + WORDS[f"seen.{state}"]
    assert lines[-1] == WORDS["seen.send"]


def test_a_path_the_code_page_does_not_have_is_told(play: Play) -> None:
    odd = put(INSTALLED, HERE.replace("here", "\U00020bb7"))
    *_, sentence = play([odd, put(STATE, BROKEN), press("JxPress", "doctor"), shown()])
    assert WORDS["seen.letters"] in sentence
    *_, sentence = play([put(STATE, BROKEN), press("JxPress", "doctor"), shown()])
    assert WORDS["seen.letters"] not in sentence


def test_the_others_tell_nothing_but_their_sentence(play: Play) -> None:
    *_, sentence = play([put(STATE, BROKEN), press("JxPress", "score"), shown()])
    assert sentence == f"!{WORDS['message.service']}"
