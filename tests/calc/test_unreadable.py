"""LibreOffice is asked to open what is no workbook: the sentence is about the file, as on the command line."""

from pathlib import Path

import pytest

from jixiao.engines.calc.office import _cannot_open


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%TSD-Header-###%" + bytes(range(256)) * 9, "文件加密软件"),
        (bytes(9_000), "全是空字节"),
        (b"<html><table></table></html>", "网页"),
    ],
)
def test_a_file_that_is_none_is_told_as_what_it_is(tmp_path: Path, content, words):
    """Protects staff from looking for a fault of LibreOffice's where the file never was a workbook."""
    path = tmp_path / "绩效考核.xlsm"
    path.write_bytes(content)
    assert words in str(_cannot_open(path))


def test_what_looks_sound_is_said_as_before(tmp_path: Path):
    """Protects the plain answer where nobody can tell more: the file is gone."""
    assert str(_cannot_open(tmp_path / "没有.xlsm")).startswith("LibreOffice 打不开“没有.xlsm”")
