"""What keeps a button or a cell from Python, played one situation after the other: the promised words, and no call."""

import pytest

from tests.twin.make import ANSWER, ASKED, BROKEN, COUNT, FOLDER, FRONT, INSTALLED, MISSING, NOTHING, STATE
from tests.twin.steps import BUTTONS, CALLS, FUNCTIONS, WORDS, Play, Steps, press, put, shown, typed

WPS = r"C:\Users\li\AppData\Local\Kingsoft\WPS Office\12.1\office6"
STORE = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051.1\Office16"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16"
ON_DISC = [r"C:\绩效\考核.xlsm", r"\\server\share\考核.xlsm"]
UNSAVED = "工作簿1"
CLOUD = "https://d.docs.live.net/1a2b/考核.xlsm"
RESTART = ("JxRestart", "None")
DOCTOR = ("JxPress", "doctor")

# A situation; its message; the buttons it does not hold back. A restart works on this file, whatever is in front; the
# self-check is there to tell where the workbook lies.
SITUATIONS = {
    "WPS": (put(FOLDER, WPS), "message.wps", []),
    "protected view": (put(FRONT, NOTHING), "message.protected", [RESTART]),
    "not saved yet": (put(FRONT, UNSAVED), "message.unsaved", [RESTART, DOCTOR]),
    "in the cloud": (put(FRONT, CLOUD), "message.cloud", [RESTART, DOCTOR]),
    "Excel from the Store": (put(FOLDER, STORE), "message.store", []),
}


@pytest.mark.parametrize(("macro", "tag"), BUTTONS, ids=[tag for _, tag in BUTTONS])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_button_says_what_keeps_it_and_leaves_python_alone(play: Play, situation: str, macro: str, tag: str) -> None:
    """A click that cannot work ends in the one sentence that helps; nothing is asked of Python, nothing is written."""
    step, message, free = SITUATIONS[situation]
    *_, calls, sentence = play([step, put(ANSWER, "做好了。"), press(macro, tag), shown(COUNT), shown()])
    if (macro, tag) in free:
        assert int(calls) > 0
        assert sentence == (WORDS["message.restarted"] if (macro, tag) == RESTART else "做好了。")
        return
    assert calls == "0"
    head, *more = sentence.splitlines()
    assert head == f"!{WORDS[message]}"
    # Only the self-check has more to say: what it sees without Python.
    assert (WORDS["seen.send"] in more) == bool(more) == ((macro, tag) == DOCTOR)


@pytest.mark.parametrize("place", ON_DISC)
def test_a_saved_workbook_in_excel_is_kept_by_nothing(play: Play, place: str) -> None:
    """So it is the situation that held the buttons back; and what Python gets is the workbook in front."""
    *_, calls, sentence = play(
        [put(FOLDER, EXCEL), put(FRONT, place), put(ANSWER, "做好了。"), press("JxPress", "score"), CALLS, shown()]
    )
    assert calls[0] == ["jixiao.macros", "press", 1, "score", "考核.xlsm"]
    assert sentence == "做好了。"


@pytest.mark.parametrize(
    ("first", "later", "told"),
    [
        ([put(FOLDER, WPS)], [put(FRONT, NOTHING), put(INSTALLED, MISSING)], "message.wps"),
        ([put(FRONT, NOTHING)], [put(INSTALLED, MISSING)], "message.protected"),
        ([put(FRONT, UNSAVED)], [put(INSTALLED, MISSING)], "message.unsaved"),
    ],
    ids=["WPS", "protected view", "not saved yet"],
)
def test_of_two_obstacles_the_first_to_be_cleared_is_told(play: Play, first: Steps, later: Steps, told: str) -> None:
    """An installation would not help a person who has WPS."""
    *_, sentence = play([*first, *later, press("JxPress", "score"), shown()])
    assert sentence == f"!{WORDS[told]}"


@pytest.mark.parametrize(
    ("front", "line"), [(UNSAVED, "message.unsaved"), (CLOUD, "message.cloud"), (NOTHING, None), (ON_DISC[0], None)]
)
def test_the_self_check_without_python_tells_where_the_workbook_lies(play: Play, front: str, line: str | None) -> None:
    """That is the reason why the place does not hold it back; and it says nothing of a place where all is well."""
    *_, sentence = play([put(FRONT, front), put(INSTALLED, MISSING), press(*DOCTOR), shown()])
    places = {WORDS["message.unsaved"], WORDS["message.cloud"]}
    assert places.intersection(sentence.splitlines()) == ({WORDS[line]} if line else set())
    assert sentence.splitlines()[-1] == WORDS["seen.send"]


@pytest.mark.parametrize(("folder", "told"), [(WPS, "cell.wps"), (STORE, "cell.store")], ids=["WPS", "Store"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_in_such_a_program_says_so_in_the_cell(play: Play, name: str, folder: str, told: str) -> None:
    """Neither an installation nor a restart would help there, so the cell must not ask for one."""
    setting = [put(FOLDER, folder), put(STATE, BROKEN), put(INSTALLED, MISSING)]
    *_, answer, asked = play([*setting, put("A30", typed(name)), shown("A30"), shown(ASKED)])
    assert (answer, asked) == (WORDS[told], "0")


@pytest.mark.parametrize("folder", [r"D:\WPS Office\office6", r"d:\kingsoft\office6"])
def test_either_name_in_its_folder_gives_wps_away(play: Play, folder: str) -> None:
    """It calls itself Microsoft Excel, and a person may have chosen the folder."""
    formula = put("A30", typed("JIXIAO_RANK"))
    *_, sentence, _, _, answer = play(
        [put(FOLDER, folder), press("JxPress", "score"), shown(), put(STATE, BROKEN), formula, shown("A30")]
    )
    assert (sentence, answer) == (f"!{WORDS['message.wps']}", WORDS["cell.wps"])
