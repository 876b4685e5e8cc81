"""The log: enough for whoever mends the program, nothing of what people entered."""

from jixiao.errors import WorkbookError
from jixiao.log import record_failure


def test_places_stay_and_what_came_out_of_a_cell_does_not():
    cell, sentence = "九" + "成", "“张" + "三”的 87" + ".5 分\n李" + "四：60"  # no source line may show them
    try:
        try:
            float(cell)
        except ValueError as error:
            raise WorkbookError(sentence) from error
    except WorkbookError:
        place = record_failure("button score")
    assert place is not None
    text = place.read_text("utf-8")
    assert "button score" in text
    assert "ValueError: could not convert string to float: …" in text
    assert "jixiao.errors.WorkbookError" in text
    assert 'test_log.py", line' in text
    for secret in ("87.5", "李四", "“", "九成"):
        assert secret not in text, secret


def test_a_key_that_was_a_name_is_not_told():
    try:
        dict[str, int]()["王五"]
    except KeyError:
        place = record_failure("x")
    assert place is not None
    assert "KeyError: …" in place.read_text("utf-8")
