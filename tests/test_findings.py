"""The catalogue of findings: complete, without leftovers, and every line of it can be acted on."""

import re
from pathlib import Path
from string import Formatter

import pytest

from jixiao.findings import Finding
from jixiao.findings.catalogue import CATALOGUE
from jixiao.findings.model import LONGEST_QUOTE
from jixiao.sheets.present import finding_lines

SOURCE = Path(__file__).parents[1] / "udfs" / "jixiao"
CODE = re.compile(r'"([A-Z]\d\d)"')


def used_codes():
    files = [path for path in SOURCE.rglob("*.py") if not path.name.startswith("catalogue")]
    return {code for path in files for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_in_use_is_listed_and_every_listed_code_is_in_use():
    assert used_codes() == CATALOGUE.keys()


@pytest.mark.parametrize("code", CATALOGUE)
def test_a_line_says_what_is_wrong_and_what_to_do(code):
    entry = CATALOGUE[code]
    assert re.search("[\u4e00-\u9fff]", entry.problem)
    assert re.search("[\u4e00-\u9fff]", entry.advice) or entry.advice == "{advice}"
    assert not entry.problem.endswith(("。", "！")), "a cell is no paragraph"


def test_what_people_typed_is_shown_safely():
    """Empty, endless or invisible texts must not make a sentence unreadable."""
    fields = {name: "" for entry in CATALOGUE.values() for _, name, _, _ in Formatter().parse(entry.problem) if name}
    assert "（空）" in Finding("T01", "tasks", 4, "department", fields).problem
    long = Finding("T01", "tasks", 4, "department", {"value": "长" * 10_000}).problem
    assert len(long) < LONGEST_QUOTE + 60
    assert "…" in long
    hidden = Finding("T01", "tasks", 4, "department", {"value": "a\u202eb\x07c"}).problem
    assert hidden.isprintable()


def test_a_flood_of_one_kind_is_cut_and_counted():
    """Thousands of misspelt names in a county's ballots must not give 150,000 lines."""
    flood = [Finding("T01", "tasks", row, "department", {"value": f"综{row}办", "guess": ""}) for row in range(4, 5004)]
    lines = finding_lines([*flood, Finding("D05", "departments", None, "name")], {})
    assert len(lines) == 1002
    assert [line["问题"] for line in lines if line["代码"] == "F11"] == ["还有 4000 处同样的问题（代码 T01）没有列出"]
