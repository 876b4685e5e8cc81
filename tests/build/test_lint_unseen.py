"""Helper sheets and the names of formulas are out of sight, and what staff use is not."""

import re
from pathlib import Path

import pytest

from .plants import BOOK, Plant, Plants, changed, each_of, matched, planted
from .workbook_files import ADDIN, EXAMPLE, TEMPLATE, parts

NEW = '<definedName name="我的">科室!$A$4</definedName>'
PLANTS: Plants = (
    (
        "helper sheet two clicks away",
        matched(BOOK, r'(<sheet name="复核台账"[^>]*?)veryHidden', r"\1hidden"),
        "sheet 复核台账 is hidden, not very hidden",
    ),
    (
        "name of a formula",
        matched(BOOK, r'(<definedName name="末行_任务台账") hidden="1"', r"\1"),
        "name 末行_任务台账 is in everybody's name box",
    ),
    ("a new name", changed(BOOK, "<definedNames>", f"<definedNames>{NEW}"), "name 我的 is in everybody's name box"),
    (
        "a list staff use",
        matched(BOOK, r'<definedName name="科室名单"', r'\g<0> hidden="1"'),
        "name 科室名单 is hidden from staff who use it",
    ),
    (
        "a print area",
        matched(BOOK, r'<definedName name="_xlnm.Print_Area"', r'\g<0> hidden="1"'),
        "name _xlnm.Print_Area is hidden from staff who use it",
    ),
)


@each_of(PLANTS)
def test_planted(plant: Plant, says: str) -> None:
    assert says in planted(plant)


@pytest.mark.parametrize(
    ("path", "helpers"), [(TEMPLATE, 9), (EXAMPLE, 9), (ADDIN, 1)], ids=["template", "example", "add-in"]
)
def test_no_sheet_is_hidden_the_usual_way(path: Path, helpers: int) -> None:
    """Protects the workings from whoever unhides sheets: at least so many are very hidden, none is merely hidden."""
    book = dict(parts(path))[BOOK].decode()
    assert 'state="hidden"' not in book
    assert book.count('state="veryHidden"') >= helpers


def test_the_name_box_lists_what_staff_use() -> None:
    """Protects the three lists people put behind drop-downs of their own from drowning among 500 names."""
    names = re.findall(r'<definedName name="([^"]+)"(?![^>]*hidden="1")', dict(parts(TEMPLATE))[BOOK].decode())
    assert sorted(name for name in names if not name.startswith("_xlnm.")) == ["科室名单", "类别名单", "级别名单"]
