"""Rows nobody writes to keep their very bytes, and the result is what a whole tree would have given."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from jixiao.engines import ooxml, rowsplice
from jixiao.engines.file import open_book
from jixiao.engines.rowsplice import changed_part
from jixiao.engines.sheetedit import Change
from jixiao.engines.sheetwrite import apply_changes
from jixiao.errors import WorkbookError
from tests.engines import files

ODD_ROWS = {
    2: "<row r='2'  ht=\"15\" ><c r='A2'   t=\"str\"><v>&#x7EE9;&gt;></v ></c></row>\n  ",
    3: '<!-- 注释 <row r="9"> --><row r="3"><c r="A3" t="str"><v><![CDATA[<x>]]></v></c></row>',
    7: '<row r="7"/>\n',
    8: '<row r="8" spans="1:2"><c r="A8"><v>8</v></c><c r="B8"><v>9</v></c></row>',
}


def part(rows: dict[int, str]) -> bytes:
    return files.sheet("\n".join(rows.values()), before='<dimension ref="A1"/>').encode()


@pytest.mark.parametrize("row", [1, 2, 3, 4, 7, 8, 9])
def test_other_rows_keep_their_very_bytes(row):
    original = part(ODD_ROWS)
    after = changed_part(original, {row: {3: Change(0, "新", None)}})
    for number, text in ODD_ROWS.items():
        kept = text.strip().removeprefix('<!-- 注释 <row r="9"> -->')
        assert (kept.encode() in after) == (number != row)
    assert re.findall(rb'<row r=["\'](\d+)', re.sub(rb"<!--.*?-->", b"", after)) == [
        str(number).encode() for number in sorted({*ODD_ROWS, row})
    ]


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.sets(st.integers(1, 12), min_size=1),
    st.dictionaries(st.integers(1, 14), st.dictionaries(st.integers(1, 4), st.integers(), min_size=1), min_size=1),
    st.sampled_from(["", "x:"]),
    st.booleans(),
)
def test_same_as_a_whole_tree(present, wanted, prefix, byte_order_mark):
    rows = "".join(
        f'<{prefix}row r="{row}"><{prefix}c r="B{row}"><{prefix}v>{row}</{prefix}v></{prefix}c></{prefix}row>'
        for row in sorted(present)
    )
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    xml = f'<{prefix}worksheet {name}="{files.MAIN}"><{prefix}sheetData>{rows}</{prefix}sheetData></{prefix}worksheet>'
    original = (b"\xef\xbb\xbf" if byte_order_mark else b"") + xml.encode()
    changes = {
        row: {column: Change(0, value, None) for column, value in cells.items()} for row, cells in wanted.items()
    }
    whole = ooxml.parse(original)
    apply_changes(whole, changes, {})
    spliced = etree.fromstring(changed_part(original, changes))
    assert etree.tostring(spliced, method="c14n") == etree.tostring(whole, method="c14n")


PLAIN = files.sheet('<row r="1"><c r="A1"/></row><row r="3" ht="9"/>', after="<rowBreaks/>")


@pytest.mark.parametrize(
    ("old", "new", "plain"),
    [
        ("<sheetData>", "<sheetData>", True),
        ("UTF-8", "utf-8", True),
        ("<?xml", "\ufeff<?xml", True),
        ("<sheetData>", '<!-- <row r="9"> --><sheetData>', False),
        ("<rowBreaks/>", "<rowBreaks><![CDATA[</sheetData>]]></rowBreaks>", False),
        ("<c r=", '<?x <row r="2"?><c r=', False),
        ('<row r="3"', '<row ht="9" r="3"', False),
        ('<row r="3" ht="9"/>', '<row/><row r="3"/>', False),
        ('<row r="3"', '<row xmlns="urn:x" r="3"', False),
        (f'xmlns="{files.MAIN}"', 'xmlns="urn:x"', False),
        ("<rowBreaks/>", '<x><sheetData><row r="7"/></sheetData></x>', False),
    ],
)
def test_rows_found_fast_are_those_the_parser_tells(old, new, plain):
    """Protects the short way of finding rows: it is taken only where it cannot be wrong."""
    assert old in PLAIN
    original = PLAIN.replace(old, new, 1).encode()
    found = rowsplice._plain_rows(original)
    assert (found is not None) == plain
    assert found is None or found == rowsplice._parsed_rows(original)


@pytest.mark.parametrize(
    "original",
    [
        files.sheet("").encode(),
        files.sheet("").replace("<sheetData></sheetData>", "<sheetData/>").encode(),
        files.sheet("<row><c><v>1</v></c></row><row><c><v>2</v></c></row>").encode(),
        files.sheet('<row r="1"/>').replace("UTF-8", "UTF-16").encode("utf-16"),
        files.sheet('<row r="1"/><!--jixiao-untouched-rows-->').encode(),
    ],
)
def test_parts_that_must_be_taken_whole(original):
    after = etree.fromstring(changed_part(original, {2: {1: Change(0, 5, None)}}))
    assert [value.text for value in after.iter(f"{{{files.MAIN}}}v")][-1] == "5"


def test_too_many_rows_at_once_are_refused(tmp_path, monkeypatch):
    path = files.make(tmp_path / "大.xlsx", lambda book: book.add_worksheet("表").write_column(0, 0, range(5000)))
    before = path.read_bytes()
    monkeypatch.setattr(rowsplice, "MAX_TREE", 50_000)
    with open_book(path) as book:
        book.sheets["表"].range("B1:B10").value = "x"
        book.save()
        book.sheets["表"].range("B1:B5000").value = "y"
        with pytest.raises(WorkbookError, match="工作表“表”要写入的行太多"):
            book.save()
    assert path.read_bytes() != before
    with open_book(path) as book:
        assert book.sheets["表"].range("B10:B11").value == ["x", None]
