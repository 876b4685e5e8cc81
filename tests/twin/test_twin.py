"""The shipped VBA run for real: every button and function reaches Python's door, every failure has its words."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.office.office import Office
from tests.twin.make import (
    ANSWER,
    ASKED,
    BROKEN,
    COMMAND,
    DYING,
    FAILED,
    HERE,
    INSTALLED,
    LOST,
    MISSING,
    STATE,
    make_twin,
)
from tests.twin.steps import BUTTONS, CALLS, FUNCTIONS, WORDS, Play, Steps, played, press, put, shown, typed
from tests.workbooks import ROOT

# What ThisWorkbook says stands in TwinBook.
SHIPPED = ["TwinBook", *sorted(path.stem for path in (ROOT / "addin" / "vba").glob("Jx*"))]


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
        assert [row[1] for row in calls] == ["stop", "press"]
        assert calls[1][3] == "warm"
        assert sentence == WORDS["message.restarted"]
    else:
        assert calls[0][:4] == ["jixiao.macros", "press", 1, tag]
        assert sentence == "做好了。"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_typed_into_a_cell_reaches_python(play: Play, name: str) -> None:
    *_, answer, calls = play([put(ANSWER, "答"), put("A30", typed(name)), shown("A30"), CALLS])
    assert answer == "答"
    assert calls[0][:3] == ["jixiao.functions", name, len(FUNCTIONS[name]) - 1]


def test_an_error_told_by_python_is_shown_as_such(play: Play) -> None:
    *_, sentence = play([put(ANSWER, "!“科室”表里没有科室，请先填写。"), press("JxPress", "score"), shown()])
    assert sentence == "!“科室”表里没有科室，请先填写。"


def test_a_restart_that_failed_is_no_success(play: Play) -> None:
    *_, sentence = play([put(ANSWER, "!程序内部出错。"), press("JxRestart", ""), shown()])
    assert sentence == "!程序内部出错。"


def test_a_fault_told_by_python_stands_in_the_cell(play: Play) -> None:
    formula = put("A30", "=JIXIAO_RANK(A20:A22)")
    *_, answer = play([put(ANSWER, "#绩效:第 2 个得分是空的"), formula, shown("A30")])
    assert answer == "#绩效:第 2 个得分是空的"


@pytest.mark.parametrize(
    ("setting", "obstacle"),
    [
        ([put(INSTALLED, MISSING)], "runtime"),
        ([put(INSTALLED, MISSING), put(STATE, BROKEN)], "runtime"),
        ([put(LOST, "xlwings64.dll")], "parts"),
        ([put(STATE, BROKEN)], "service"),
    ],
    ids=["nothing installed", "nothing installed, nothing starts", "no DLL", "nothing starts"],
)
def test_without_python_the_promised_words_are_shown(play: Play, setting: Steps, obstacle: str) -> None:
    formula = put("A30", "=JIXIAO_RANK(A20:A22)")
    *_, sentence, _, answer = play([*setting, press("JxPress", "score"), shown(), formula, shown("A30")])
    assert sentence == f"!{WORDS[f'message.{obstacle}']}"
    assert answer == WORDS[f"cell.{obstacle}"]


def test_python_is_started_by_one_command_from_every_file(play: Play) -> None:
    """No shell between and nothing of the workbook in it: all files share one server, and none slips words in."""
    *_, command = play([press("JxPress", "score"), shown(COMMAND)])
    assert command == rf'"{HERE}\python.exe" -B -m jixiao.serve $(CLSID)'


def test_a_python_that_does_not_start_is_tried_once_and_then_told_at_once(play: Play) -> None:
    """Each trial holds Excel up for seconds: not once for each cell and click."""
    formula = put("A30", "=JIXIAO_RANK(A20:A22)")
    score = press("JxPress", "score")
    *_, sentence, _, cell, asked = play(
        [put(STATE, BROKEN), score, score, shown(), formula, shown("A30"), shown(ASKED)]
    )
    assert (sentence, cell) == (f"!{WORDS['message.service']}", WORDS["cell.service"])
    assert asked == "1"


@pytest.mark.parametrize(("minutes", "asked"), [(-0.01, "0"), (1, "0"), (4.9, "0"), (5.1, "1"), (600, "1"), (-10, "1")])
def test_a_failure_is_remembered_for_some_minutes(play: Play, minutes: float, asked: str) -> None:
    """Written down for the person, so that all files know of it; rounded, it may lie ahead, but not far."""
    now = (datetime.now() - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001, DTZ005 - as Excel counts
    failed = put(FAILED, f"{now - minutes / 1440:.8f}")
    *_, count = play([failed, press("JxPress", "score"), shown(ASKED)])
    assert count == asked


def test_a_restart_tries_again_at_once(play: Play) -> None:
    """Who has put back what was missing need not wait."""
    score = press("JxPress", "score")
    *_, sentence = play(
        [put(STATE, BROKEN), score, put(STATE, ""), press("JxRestart", ""), put(ANSWER, "做好了。"), score, shown()]
    )
    assert sentence == "做好了。"


@pytest.mark.parametrize("first", [[], [("run", "Twin.TwinSwitchOff")]], ids=["as Excel starts", "by hand"])
def test_a_python_that_dies_at_work_leaves_excel_as_it_was(play: Play, first: Steps) -> None:
    """Nobody but VBA can switch calculation and events on again then, and what is half written must not be saved."""
    switches = ("run", "Twin.TwinSwitches")
    *_, before, _, _, after, sentence = play(
        [*first, switches, put(STATE, DYING), press("JxPress", "score"), switches, shown()]
    )
    assert after == before
    assert sentence == f"!{WORDS['message.stopped']}"


@pytest.mark.parametrize(
    ("changes", "first", "tells"),
    [
        ({INSTALLED: MISSING}, "message.runtime", {"runtime": "missing", "library": "missing"}),
        ({STATE: BROKEN}, "message.service", {"runtime": "there", "library": "there"}),
        ({LOST: "xlwings64.dll"}, "message.parts", {"runtime": "there", "library": "missing"}),
    ],
    ids=["no runtime", "no service", "no DLL"],
)
def test_the_self_check_without_python_tells_what_it_sees(
    play: Play, changes: dict[str, str], first: str, tells: dict[str, str]
) -> None:
    *_, sentence = play([*(put(cell, value) for cell, value in changes.items()), press("JxPress", "doctor"), shown()])
    head, program, *lines, last = sentence.splitlines()
    assert head == f"!{WORDS[first]}"
    assert program.startswith(WORDS["seen.program"])
    named = {"runtime": "", "library": "xlwings64.dll"}
    assert lines == [f"{WORDS[f'seen.{what}']}{named[what]}{WORDS[f'seen.{state}']}" for what, state in tells.items()]
    assert last == WORDS["seen.send"]


def test_a_path_the_code_page_does_not_have_is_told(play: Play) -> None:
    odd = put(INSTALLED, HERE.replace("here", "\U00020bb7"))
    *_, sentence = play([odd, put(STATE, BROKEN), press("JxPress", "doctor"), shown()])
    assert WORDS["seen.letters"] in sentence
    *_, sentence = play([put(STATE, BROKEN), press("JxPress", "doctor"), shown()])
    assert WORDS["seen.letters"] not in sentence


def test_the_others_tell_nothing_but_their_sentence(play: Play) -> None:
    *_, sentence = play([put(STATE, BROKEN), press("JxPress", "score"), shown()])
    assert sentence == f"!{WORDS['message.service']}"
