"""Python's answers come as blocks: a column fills as many cells, and a block of one is one sentence."""

import pytest

from tests.functions.excel import call
from tests.twin.make import BLOCK, DOOR_SHEET
from tests.twin.steps import CALLS, FUNCTIONS, Play, Steps, press, put, shown, typed

SCORES = ((95.5,), (80,), (60,), (95.5,))
QUARTERS = ((95.5, 80, 90, 90), ("/", "/", "/", "/"), (1, 2, 3, 4))
# Numbers, words, a fault between numbers.
COLUMNS = {
    "JIXIAO_RANK": call("JIXIAO_RANK", SCORES),
    "JIXIAO_GRADE": call("JIXIAO_GRADE", SCORES),
    "JIXIAO_PERFORMANCE": call("JIXIAO_PERFORMANCE", QUARTERS),
}
TWO_COLUMNS = [[5.0, "计"], [0.0, "不计"], [-2.5, "计"]]


def answering(block: list[list[object]]) -> Steps:
    """Python answers this block."""
    cells = [put(f"{'MN'[place]}{row}", value) for row, line in enumerate(block, 1) for place, value in enumerate(line)]
    return [*cells, put(BLOCK, f"M1:{'MN'[len(block[0]) - 1]}{len(block)}")]


def shows(play: Play, name: str, block: list[list[object]]) -> None:
    """An array formula as large as the answer, typed once: the cells show the answer and the door was asked once."""
    place = f"A30:{'AB'[len(block[0]) - 1]}{29 + len(block)}"
    array = ("run", "Twin.TwinTypeArray", place, typed(name))
    *_, cells, calls = play([*answering(block), array, ("rows", f"{DOOR_SHEET}!{place}"), CALLS])
    assert cells == block
    assert [row[:2] for row in calls] == [["jixiao.functions", name], ["", ""]]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_column_for_n_rows_stands_in_n_cells(play: Play, name: str) -> None:
    """What the real function answers for a column passes through the shipped wrapper whole, not its first cell."""
    assert len(COLUMNS[name]) > 1
    shows(play, name, COLUMNS[name])


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_wrapper_cuts_a_block(play: Play, name: str) -> None:
    """Two columns, as JIXIAO_DEDUP answers; no wrapper knows how large its answer is."""
    shows(play, name, TWO_COLUMNS)


@pytest.mark.parametrize(("macro", "said"), [("JxPress", "做好了。"), ("JxRestart", "!程序内部出错。")])
def test_a_button_takes_its_sentence_out_of_a_block_of_one(play: Play, macro: str, said: str) -> None:
    """So Python may hand over a sentence bare or as a cell's value."""
    *_, sentence = play([*answering([[said]]), press(macro, "score"), shown()])
    assert sentence == said
