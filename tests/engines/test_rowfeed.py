"""Rows read without the XML parser hold exactly what the parser would have found, and most rows are read so.

`<sheetData >` says the same as `<sheetData>` but is not what the shortcut looks for: the parser then reads every row.
"""

import io
import zipfile
from unittest.mock import patch

import openpyxl  # type: ignore[import-untyped, unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jixiao.engines import rowfeed, sheetread, xmlstream
from jixiao.engines.package import Package
from jixiao.engines.parts import EditedParts
from jixiao.engines.rowshape import RowShapes
from jixiao.engines.sheetread import read_sheet
from jixiao.engines.strings import read_shared_strings
from jixiao.engines.workbook import WorkbookPart
from jixiao.errors import WorkbookError
from tests.conftest import ROOT
from tests.engines import files
from tests.engines.conftest import corpus_folder

STRINGS = ["零", "一", ""]


@pytest.fixture(autouse=True)
def patterns_are_learnt_early(monkeypatch):
    """Small sheets show what only large ones are worth in earnest."""
    monkeypatch.setattr(rowfeed, "_LEARN_FROM", 30)


def found(part: bytes, strings=lambda: STRINGS) -> object:
    """Everything a reading found, with exact types; 'refused' for a malformed part."""
    try:
        data = read_sheet(io.BytesIO(part), strings)
    except (ValueError, IndexError, KeyError, OverflowError):
        return "refused"
    return [
        [
            (number, row.columns, row.styles, [(type(value), repr(value)) for value in row.values])
            for number, row in data.rows.items()
        ],
        (
            data.row_styles,
            data.row_heights,
            data.hidden_rows,
            data.column_styles,
            data.column_widths,
            data.default_height,
        ),
        (data.formulas.plain, data.formulas.shared, data.formulas.masters, data.formulas.arrays),
        (data.merges, data.table_ids, data.disordered),
    ]


def judged(part: bytes, strings=lambda: STRINGS) -> object:
    """The same as the parser alone finds it."""
    return found(part.replace(b"<sheetData>", b"<sheetData >"), strings)


def share_parsed(part: bytes, strings=lambda: STRINGS) -> float:
    """How much of a part the parser got to see."""
    seen = 0

    def counted(parser, chunks):
        def counting():
            nonlocal seen
            for chunk in chunks:
                seen += len(chunk)
                yield chunk

        return feed(parser, counting())

    feed = xmlstream.feed_chunks
    with patch.object(sheetread, "feed_chunks", counted):
        found(part, strings)
    return seen / len(part)


def text(column: str, number: int, content: str, attributes: str = "") -> str:
    return f'<c r="{column}{number}" t="inlineStr"><is><t{attributes}>{content}</t></is></c>'


def plain_row(number: int) -> str:
    return f'<row r="{number}">{text("A", number, "甲")}<c r="B{number}"><v>{number}</v></c></row>'


def plain(rows: int = 400, last: str = "", **around: str) -> bytes:
    """A part of rows written alike, and then one more thing."""
    return files.sheet("".join(map(plain_row, range(1, rows + 1))) + last, **around).encode()


def by_xlsxwriter(path, **options):
    def build(book):
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.00%"})
        for row in range(400):
            sheet.write_row(row, 0, [f"文{row % 7}", None, row / 8, row % 2 == 0])
            sheet.write_number(row, 4, 0.25, percent)

    return files.make(path, build, **options)


def by_openpyxl(path):
    book = openpyxl.Workbook()
    for row in range(400):
        book.active.append([f"文{row % 7}", None, row / 8, row % 2 == 0, 0.25])
    book.save(path)
    return path


def in_the_manner_of(path, opening):
    rows = (
        f'<row r="{row}" {opening.format(3 + row // 16)}><c r="A{row}" s="1" t="s"><v>{row % 2}</v></c>'
        + f'<c r="B{row}" s="2"/>' * (row % 2)
        + f'<c r="C{row}" s="1"><v>{row / 8}</v></c></row>'
        for row in range(1, 401)
    )
    files.make(path, lambda book: book.add_worksheet().write_row(0, 0, ["零", "一"]))
    around = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" xmlns='
    return files.patch(path, {files.SHEET1: lambda _: files.sheet("".join(rows)).replace("xmlns=", around)})


WRITERS = {
    "XlsxWriter": by_xlsxwriter,
    "XlsxWriter, inline": lambda path: by_xlsxwriter(path, constant_memory=True),
    "openpyxl": by_openpyxl,
    "Excel": lambda path: in_the_manner_of(path, 'spans="1:{}" x14ac:dyDescent="0.25"'),
    "LibreOffice": lambda path: in_the_manner_of(path, 'customFormat="false" ht="15" hidden="false"'),
    "hidden by a filter": lambda path: in_the_manner_of(path, 'ht="15" hidden="1"'),
}


@pytest.mark.parametrize("writer", WRITERS)
def test_most_rows_are_read_without_the_parser_and_alike_whoever_wrote_them(tmp_path, writer):
    parts = files.parts(WRITERS[writer](tmp_path / "表.xlsx"))
    shared = parts.get("xl/sharedStrings.xml")
    strings = read_shared_strings(io.BytesIO(shared)) if shared else []
    part = parts[files.SHEET1]
    assert share_parsed(part, lambda: strings) < 0.2
    assert found(part, lambda: strings) == judged(part, lambda: strings)


@pytest.mark.parametrize(
    "last",
    [
        "<!-- </row>" + plain_row(402) + " -->",
        '<row r="401"><!-- </row>' + plain_row(402) + "--></row>",
        "<![CDATA[</row>]]>",
        "<?x </row>?>",
        '<row r="401" s="3" customFormat="1"/>' + plain_row(402),
        "<row/><row><c><v>1</v></c></row>",
        '<row xmlns="urn:x"></row>' + plain_row(402),
        f'<y xmlns="urn:x"><row xmlns="{files.MAIN}" r="401"></row>{plain_row(402)}</y>',
        '<row r="401"><row r="402"></row></row>',
        f'<a:row xmlns:a="{files.MAIN}" r="401"><a:c><a:v>1</a:v></a:c></a:row>' + plain_row(402),
        plain_row(500) + plain_row(450),
        plain_row(3) + plain_row(2),
        "".join(f'<row r="{row}"><c r="B{row}"><v>-1</v></c></row>' for row in [*range(401, 441), 3]),
        plain_row(1_048_577),
        plain_row(401).replace("B401", "B402"),
        plain_row(401).replace('"401"', '"0401"'),
        plain_row(401).replace("</v></c>", "</v></c>" + text("A", 401, "又")),
        "</sheetData><sheetData>" + plain_row(401),
        "</sheetData></worksheet>" + plain_row(401),
        "<row r='401'>",
    ],
)
@pytest.mark.parametrize("window", [1 << 20, 700])
def test_odd_rows_among_plain_ones(last, window):
    part = plain(last=last, after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>')
    with patch.object(rowfeed, "_WINDOW", window):
        assert found(part) == judged(part)


def test_rows_that_come_twice_or_too_late():
    """Nothing may be written to such a sheet, so it must be noted; what the first one held is not lost."""
    late = plain(400, last=plain_row(450) + plain_row(430))
    assert read_sheet(io.BytesIO(late), list).disordered
    again = [*range(401, 441), 3]
    twice = plain(400, last="".join(f'<row r="{row}"><c r="B{row}"><v>-1</v></c></row>' for row in again))
    data = read_sheet(io.BytesIO(twice), list)
    assert data.disordered
    assert data.rows[3].values == ["甲", -1.0]
    assert not read_sheet(io.BytesIO(plain()), list).disordered


@pytest.mark.parametrize(
    "odd",
    [
        ("甲", "&lt;&gt;&amp;&quot;&apos;&#25991;&#x6587;&#10;&#13;&#9;&#128512;"),
        ("甲", "&amp;#10; &amp;lt;"),
        ("甲", "&#95;x0041_"),
        ("甲", "&nbsp;"),
        ("甲", "&#0;"),
        ("甲", "&#xD83D;"),
        ("甲", "&#xFFFE;"),
        ("甲", "&#1114112;"),
        ("甲", "&#X41;"),
        ("甲", "a & b"),
        ("甲", "]]&gt;"),
        ("甲", "_x000D__x005F_x0041_"),
        ("甲", "a\rb"),
        ("甲", "a\r\nb\tc "),
        ("甲", "]]>"),
        ("甲", "\x0b"),
        ("甲", "\ufffe"),
        ("<v>9</v>", "<v>9007199254740993</v>"),
        ("<v>9</v>", "<v>1e999</v>"),
        ("<v>9</v>", "<v>1e-999</v>"),
        ("<v>9</v>", "<v>-0</v>"),
        ("<v>9</v>", "<v> 9 </v>"),
        ("<v>9</v>", "<v>nan</v>"),
        ("<v>9</v>", "<v>1_0</v>"),
        ("<v>9</v>", "<v>٣</v>"),
        ("<v>9</v>", "<v></v>"),
        ("</v></c>", "</v></c>" + text("A", 9, "又")),
        ("<c r", '<c cm="1" r'),
        ('<c r="B9">', '<c r="B9" s="4">'),
        ('<c r="B9">', '<c r="B9" t="s">'),
        ('<c r="B9">', '<c r="B9" t="e">'),
        ('<row r="9">', '<row r="9" ht="31.5" s="2" customFormat="1">'),
        ('<row r="9">', '<row r="9" ht="x">'),
        ("<is>", "<is><r><t>x</t></r>"),
    ],
)
@pytest.mark.parametrize("times", [1, 50])
def test_odd_entries_in_rows_like_others(odd, times):
    """Once among plain rows, and often enough to be taken for the common way of writing a row."""
    old, new = odd
    rows = "".join(
        plain_row(9).replace(old, new).replace('"9"', f'"{row}"').replace('A9"', f'A{row}"').replace('B9"', f'B{row}"')
        for row in range(41, 41 + times)
    )
    part = plain(40, last=rows + plain_row(99)).decode().encode("utf-8", "surrogatepass")
    assert found(part) == judged(part)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings(encoding):
    content = plain().decode().replace("甲", "Ã©")  # two bytes in Latin-1, which are one letter in UTF-8
    declared = content.replace("UTF-8", encoding.removesuffix("-sig"))
    assert found(declared.encode(encoding)) == found(content.encode())


def test_bytes_that_are_no_text_are_refused():
    assert found(plain().replace("甲".encode(), b"\xff\xfe")) == "refused"
    assert found(plain(last=plain_row(401)).replace(b">401<", b">\xb2<")) == "refused"


@pytest.mark.parametrize("window", [70, 200, 333, 1000, 5000])
def test_wherever_the_part_is_cut(window):
    """Also when nothing is left of a piece at the moment the parser takes over."""
    for last in ("", "<x/>", "\n" + plain_row(99), '<row r="99"><row/></row>'):
        part = plain(60, last=last, after="<extLst><ext><row></row></ext></extLst>")
        for at in range(window, window + 40):
            with patch.object(rowfeed, "_WINDOW", at):
                assert found(part) == judged(part)


def test_a_sheet_of_odd_rows_is_left_to_the_parser():
    """Otherwise such a sheet is slower to read than without the shortcut."""
    odd = "".join(f'<row r="{row}"><c r="A{row}"><f>1+1</f><v>2</v></c></row>' for row in range(1, 31))
    part = files.sheet(odd + "".join(map(plain_row, range(31, 400)))).encode()
    assert share_parsed(part) < 0.3
    with patch.object(rowfeed, "_PATIENCE", 20):
        assert share_parsed(part) == 1
        assert found(part) == judged(part)


TEXTS = st.sampled_from(
    ["甲", "", " 乙 ", "_x000D_", "a&amp;b", "&#10;", "&", "x]]>y", "1\r2", "😀", "_xD83D__xDE00_", "<b/>"]
)
NUMBERS = st.one_of(
    st.floats(allow_nan=False).map(repr), st.integers().map(str), st.sampled_from(["", " 7 ", "1.", "x"])
)
CELLS = st.one_of(
    NUMBERS.map("><v>{}</v></c>".format),
    TEXTS.map(' t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>'.format),
    TEXTS.map(' t="str"><v>{}</v></c>'.format),
    st.sampled_from(["0", "2", "3", "-1"]).map(' t="s"><v>{}</v></c>'.format),
    st.sampled_from(["0", "1", "true"]).map(' t="b"><v>{}</v></c>'.format),
    st.sampled_from(["/>", "></c>", "><f>A1</f><v>1</v></c>", ' t="e"><v>#REF!</v></c>']),
)
OPENINGS = st.sampled_from(["", ' spans="1:4"', ' ht="20.5"', ' s="2" customFormat="1"'])
BETWEEN = st.sampled_from(["", "", "", "", "\n", "<!---->", '<row r="7"/>', "<row><c/></row>"])


@given(
    st.lists(st.tuples(OPENINGS, st.lists(CELLS, max_size=4), BETWEEN, st.integers(1, 4)), max_size=8),
    st.integers(100, 3000),
    st.integers(0, 10_000),
    st.sampled_from([b"", b"", b"<", b">", b'"', b"\x00", b"\xff", b"</row>", b"<row>", b"<!--"]),
)
@settings(max_examples=400)
def test_whatever_the_rows(rows, window, place, damage):
    pieces: list[str] = []
    number = 0
    for opening, cells, between, times in rows:
        for _ in range(times):
            number += 1
            line = "".join(f'<c r="{column}{number}"{cell}' for column, cell in zip("ABCD", cells, strict=False))
            pieces.append(f'<row r="{number}"{opening}>{line}</row>')
        pieces.append(between)
    part = files.sheet("".join(pieces)).encode()
    place %= len(part)
    part = part[:place] + damage + part[place:]
    with patch.multiple(rowfeed, _WINDOW=window, _LEARN_FROM=1):
        assert found(part) == judged(part)


def test_workbooks_of_many_writers(full):
    """The corpus and our own workbooks, sheet by sheet."""
    folder = corpus_folder()
    paths = [*(ROOT / "workbook").rglob("*.xls[mx]"), *(folder.glob("*.xls[mx]") if folder.is_dir() else ())]
    assert paths
    for path in sorted(paths)[:: 1 if full else 4]:
        try:
            parts = EditedParts(Package.load(path))
            workbook = WorkbookPart(parts)
            table = workbook.related("sharedStrings")
            strings = read_shared_strings(io.BytesIO(parts.content(table))) if table else []
            contents = [parts.content(entry.part) for entry in workbook.worksheets]
        except (WorkbookError, ValueError, zipfile.BadZipFile):
            continue
        for content in contents:
            assert found(content, lambda strings=strings: strings) == judged(
                content, lambda strings=strings: strings
            ), path


def test_no_number_of_ways_to_write_a_row_keeps_a_file_waiting():
    """A pattern is slow to make: hundreds of kinds of wide rows, each often enough to be learnt, take half a minute."""
    wide = [f"{first}{second}" for first in "ABCDEFGHIJKLMNO" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    rows = []
    for row in range(200):
        cells = "".join(f'<c r="{column}{row + 1}"><v>1</v></c>' for column in wide)
        rows.append(f'<row r="{row + 1}" ht="{row // 4}">{cells}</row>')
    part = files.sheet("".join(rows)).encode()
    learn = RowShapes.of
    with (
        patch.object(rowfeed, "_LEARN_FROM", 2),
        patch.object(RowShapes, "of", autospec=True, side_effect=learn) as learnt,
    ):
        assert found(part) == judged(part)
    assert 20 < learnt.call_count < 30
