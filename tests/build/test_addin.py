"""The add-in as a file: whoever opens it by hand sees one sheet that says what it is, and nothing of its workings."""

import re

from addin.build.front import FRONT_SHEET
from addin.lint.book import in_front, rows_of_texts, shared_texts, sheets, states

from .workbook_files import ADDIN, SERVICE_SHEETS, parts


def test_only_the_sheet_that_explains_is_in_view() -> None:
    content = dict(parts(ADDIN))
    assert states(content) == {FRONT_SHEET: "visible", **dict.fromkeys(SERVICE_SHEETS, "veryHidden")}
    assert in_front(content) == 0


def test_the_sheet_says_in_chinese_what_the_file_is() -> None:
    content = dict(parts(ADDIN))
    lines = [line for row in rows_of_texts(sheets(content)[FRONT_SHEET], shared_texts(content)) for line in row]
    assert len(lines) == 4
    assert all(re.search("[\u4e00-\u9fff]", line) for line in lines)
    assert any("不用打开这个文件" in line for line in lines)
