"""The log: enough for whoever mends the program, nothing of what people entered."""

from pathlib import Path

import pytest

from jixiao import commands
from jixiao.cli import main
from jixiao.errors import WorkbookError
from jixiao.log import record_failure
from jixiao.macros import told


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


@pytest.fixture(params=["full disk", "no folder"])
def no_log(request, tmp_path, monkeypatch):
    """A log that can be opened but not written, and one that cannot be made."""
    (tmp_path / "file").touch()
    place = Path("/dev/full") if request.param == "full disk" else tmp_path / "file" / "jixiao.log"
    if request.param == "full disk" and not place.exists():
        pytest.skip("这台电脑没有 /dev/full，写满的磁盘试不了")
    monkeypatch.setenv("JIXIAO_LOG", str(place))


def _broken(*_: object) -> str:
    raise RuntimeError("boom")


def test_a_failure_is_one_sentence_even_where_no_log_can_be_written(no_log, monkeypatch, capsys, tmp_path):
    assert told("score", _broken) == ("!程序内部出错，没有做完，请不要保存，关闭后重新打开再试；还不行就联系维护人员。")
    monkeypatch.setattr(commands, "score", _broken)
    assert main(["score", str(tmp_path / "年.xlsm")]) == 2
    assert capsys.readouterr() == ("", "程序内部出错，没有算完，工作簿文件没有损坏，请联系维护人员。\n")
