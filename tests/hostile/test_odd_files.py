"""Odd, but a workbook all the same: the right figures, or one clear sentence; within memory either way."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from jixiao.engines.ooxml import PACKAGE_RELATIONS
from tests.checks.plant import planted, town_file
from tests.engines import files
from tests.hostile.conftest import right
from tests.hostile.warm import Answer, Warm

TASKS, POINTS, RESULTS = (f"xl/worksheets/sheet{number}.xml" for number in (5, 7, 12))


def patched(path: Path, edits: dict[str, Callable[[bytes], bytes]]) -> Path:
    """The town with parts edited as bytes."""
    contents = files.parts(town_file())
    for part, edit in edits.items():
        contents[part] = edit(contents.get(part, b""))
    return files.repack(contents, path)


def scored_right(warm: Warm, path: Path) -> Answer:
    """Scored in place: the figures are the town's, and the file can be read by somebody else."""
    answer = warm.run("score", path, "--json", "-")
    right(answer.done())
    assert load_workbook(path, read_only=True)["考核结果"]["B4"].value == "党建办"
    return answer


def right_or_refused(warm: Warm, path: Path) -> Answer:
    """Scored right, or refused in one sentence with the file as it was."""
    before = path.read_bytes()
    answer = warm.run("score", path, "--json", "-").well_behaved()
    if answer.code == 2:
        answer.refused()
        assert path.read_bytes() == before
        assert [found.name for found in path.parent.iterdir()] == [path.name]
    else:
        right(answer.done())
    return answer


NAMES = (
    *(
        "年 度 (1).xlsm",
        "'单引号'.xlsm",
        '"双引号".xlsm',
        "😀🏛️👨‍👩‍👧.xlsm",
        "-o.xlsm",
        "--json.xlsm",
        "$HOME `id` %PATH%.xlsm",
    ),
    *(
        "x" * 200 + ".xlsm",
        "绩" * 80 + ".xlsm",
        "年.XLSM",
        ".xlsm.xlsm",
        "a;b&c|d.xlsm",
        "绩效\u3000考核.xlsm",
        "[1].xlsm",
    ),
    *("年\u202emslx.xlsm", "é.xlsm", "*.xlsm", "~年.xlsm"),
)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("folder", ["", "文件 夹 😀/" + "长" * 60 + "/'x'"])
def test_names_and_paths(warm: Warm, tmp_path: Path, name, folder):
    """Protects whoever names files as people do: any name works, in place and with its backup."""
    place = tmp_path / folder
    place.mkdir(parents=True, exist_ok=True)
    path = place / name
    original = town_file().read_bytes()
    path.write_bytes(original)
    answer = warm.run("score", "--json", "-", "--", name, cwd=place)
    right(answer.done())
    (backup,) = (place / "备份").iterdir()
    assert backup.read_bytes() == original
    path.write_bytes(original[:-1])
    said = warm.run("check", "--", name, cwd=place).refused("损坏")
    assert said.strip().isprintable(), ascii(said)


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
@pytest.mark.parametrize("macros", [True, False])
def test_a_suffix_that_does_not_fit(warm: Warm, tmp_path: Path, suffix, macros):
    """Protects a file renamed by hand: what is in it counts, and it is written back as what it is."""
    path = tmp_path / f"年{suffix}"
    path.write_bytes(town_file().read_bytes())
    if not macros:
        load_workbook(path).save(path)
    types = files.parts(path)["[Content_Types].xml"]
    scored_right(warm, path)
    assert files.parts(path)["[Content_Types].xml"] == types


def test_dates_counted_from_1904(warm: Warm, tmp_path: Path):
    """Protects the year of 加减分: an old Mac's dates are those its cells show, in checks and in words."""

    def edit(book):
        book.epoch = CALENDAR_MAC_1904
        book["加减分"]["G7"].value = date(2023, 12, 31)

    path = planted(tmp_path / "年.xlsm", edit)
    assert b'date1904="1"' in files.parts(path)["xl/workbook.xml"]
    lines = warm.run("score", path, "--json", "-").done()["校验"]
    (said,) = (line["问题"] for line in lines if line["单元格"] == "G7")
    assert said == "财政所的这一项日期 2023-12-31 不在 2024 年内，仍然计分"
    assert not [line for line in lines if line["单元格"] in {"G4", "G5", "G6", "G8", "G9"}]


def add_sheet(kind: str, name: str) -> dict[str, Callable[[bytes], bytes]]:
    """A sheet of another kind, first among the tabs and in front."""
    folder, root, relation, content = {
        "macro": ("macrosheets", "xm:macrosheet", "xlMacrosheet", "vnd.ms-excel.macrosheet+xml"),
        "dialog": (
            *("dialogsheets", "dialogsheet", "dialogsheet"),
            "vnd.openxmlformats-officedocument.spreadsheetml.dialogsheet+xml",
        ),
        "chart": (
            *("chartsheets", "chartsheet", "chartsheet"),
            "vnd.openxmlformats-officedocument.spreadsheetml.chartsheet+xml",
        ),
    }[kind]
    owner = "schemas.microsoft.com/office/2006" if kind == "macro" else "schemas.openxmlformats.org/officeDocument/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    part = f"xl/{folder}/sheet1.xml"
    body = (
        f'<{root} xmlns="{files.MAIN}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        f"<sheetData><row r='1'><c r='A1'><f>EXEC(&quot;calc&quot;)</f></c></row></sheetData></{root}>"
    )
    rels = f'<Relationships xmlns="{PACKAGE_RELATIONS}"/>'
    sheet = f'<sheet xmlns:r="{office}" name="{name}" sheetId="99" r:id="rId99"/>'
    link = f'<Relationship Id="rId99" Type="http://{owner}/relationships/{relation}" Target="{folder}/sheet1.xml"/>'
    override = f'<Override PartName="/{part}" ContentType="application/{content}"/>'
    return {
        part: lambda _: body.encode(),
        f"xl/{folder}/_rels/sheet1.xml.rels": lambda _: rels.encode(),
        "xl/workbook.xml": lambda xml: xml.replace(b"<sheets>", b"<sheets>" + sheet.encode()),
        "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", link.encode() + b"</Relationships>"),
        "[Content_Types].xml": lambda xml: xml.replace(b"</Types>", override.encode() + b"</Types>"),
    }


@pytest.mark.parametrize("kind", ["macro", "dialog", "chart"])
def test_sheets_of_other_kinds(warm: Warm, tmp_path: Path, kind):
    """Protects a workbook with charts, dialogs or old macros among its tabs: passed over, and kept byte for byte."""
    path = patched(tmp_path / "年.xlsm", edits := add_sheet(kind, "图表"))
    part = next(iter(edits))
    before = files.parts(path)[part]
    scored_right(warm, path)
    assert files.parts(path)[part] == before


@pytest.mark.parametrize("kind", ["macro", "dialog", "chart"])
@pytest.mark.parametrize("name", ["校验结果", "科室"])
def test_a_chart_with_the_name_of_a_sheet(warm: Warm, tmp_path: Path, kind, name):
    """Protects against a crash, or a second tab of one name, where a chart took the name we need."""
    edits = add_sheet(kind, name)
    rename = edits["xl/workbook.xml"]
    edits["xl/workbook.xml"] = lambda xml: rename(xml.replace(f'name="{name}"'.encode(), 'name="旧的"'.encode()))
    path = patched(tmp_path / "年.xlsm", edits)
    before = path.read_bytes()
    warm.run("score", path).refused(name)
    assert path.read_bytes() == before


def recoded(encoding: str) -> Callable[[bytes], bytes]:
    def edit(xml: bytes) -> bytes:
        text = re.sub(r"^<\?xml[^>]*\?>", "", xml.decode())
        return f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'.encode(encoding)

    return edit


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize(
    "part", [TASKS, POINTS, RESULTS, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels"]
)
def test_parts_in_other_encodings(warm: Warm, tmp_path: Path, part, encoding):
    """Protects what other programs write: a BOM and UTF-16 are XML, too; what nobody can read is said to be so."""
    path = patched(tmp_path / "年.xlsm", {part: recoded(encoding)})
    if encoding == "gb18030":
        right_or_refused(warm, path)
    else:
        scored_right(warm, path)


def test_blanks_that_must_be_kept(warm: Warm, tmp_path: Path):
    """Protects names typed with blanks around them, and texts of which every blank counts."""

    def edit(book):
        book["科室"]["A4"].value = " 综合办\u3000"
        book["任务台账"]["A4"].value = "\u00a0综合办 "
        book["任务台账"]["B4"].value = "  缩进\n 两行  "

    path = planted(tmp_path / "年.xlsm", edit)
    assert warm.run("score", path).done() is None
    assert load_workbook(path)["任务台账"]["B4"].value == "  缩进\n 两行  "
    assert load_workbook(path)["考核结果"]["B5"].value == "综合办"


def stray(cell: str, *, styled: bool) -> Callable[[bytes], bytes]:
    """A cell far away, with a value or only with a style."""
    row = int("".join(filter(str.isdigit, cell)))
    content = f'<c r="{cell}" s="1"/>' if styled else f'<c r="{cell}"><v>1</v></c>'

    def edit(xml: bytes) -> bytes:
        if row > 1:
            return xml.replace(b"</sheetData>", f'<row r="{row}">{content}</row></sheetData>'.encode())
        first = xml.index(b"</row>")
        return xml[:first] + content.encode() + xml[first:]

    return edit


@pytest.mark.parametrize("cell", ["XFD1", "A1048576", "XFD1048576", "AZ50000"])
@pytest.mark.parametrize("part", [TASKS, POINTS, RESULTS], ids=["tasks", "points", "results"])
@pytest.mark.parametrize("styled", [True, False])
def test_a_stray_cell_at_the_edge(warm: Warm, tmp_path: Path, full: bool, cell, part, styled):
    """Protects the machine from one forgotten cell; one that only has a style is no entry at all."""
    if cell == "A1048576" and not styled and not full:
        cell = "A200000"  # seconds less, the same way
    path = patched(tmp_path / "年.xlsm", {part: stray(cell, styled=styled)})
    if styled or (part == RESULTS and cell == "XFD1"):
        scored_right(warm, path)
    else:
        warm.run("score", path).well_behaved()


@pytest.mark.parametrize("part", [TASKS, POINTS, RESULTS], ids=["tasks", "points", "results"])
def test_a_million_empty_styled_rows(warm: Warm, tmp_path: Path, full: bool, part):
    """Protects a sheet somebody formatted to its end: no entry is there, and the figures are right."""
    cells = '<c r="A{0}" s="1"/><c r="B{0}" s="2"/>'
    size = 1_000_000 if full or part == TASKS else 100_000
    rows = "".join(f'<row r="{row}">{cells.format(row)}</row>' for row in range(1_000, 1_000 + size)).encode()
    path = patched(tmp_path / "年.xlsm", {part: lambda xml: xml.replace(b"</sheetData>", rows + b"</sheetData>")})
    right_or_refused(warm, path)


@pytest.mark.parametrize("area", ["R{0}:S{0}", "A{0}:B{0}", "A{0}:A{1}"], ids=["beside", "across", "down"])
@pytest.mark.parametrize("filled", [False, True])
def test_57000_merges(warm: Warm, tmp_path: Path, area, filled):
    """Protects time where a sheet was merged line by line, beside the entries or in the middle of them."""
    merges = "".join(f'<mergeCell ref="{area.format(row, row + 1)}"/>' for row in range(100, 114_100, 2))
    cell = '<row r="{0}"><c r="' + area[0] + '{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = "".join(cell.format(row) for row in range(100, 114_100, 2)) if filled else ""

    def edit(xml: bytes) -> bytes:
        before = rb"(?=<phoneticPr|<conditionalFormatting|<dataValidations|<pageMargins)"
        xml = xml.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
        return re.sub(before, f"<mergeCells>{merges}</mergeCells>".encode(), xml, count=1)

    path = patched(tmp_path / "年.xlsm", {TASKS: edit})
    if filled and area[0] == "A":
        warm.run("score", path).refused("任务台账", "合并单元格")
    else:
        scored_right(warm, path)


@pytest.mark.parametrize("area", ["A4:M114000", "A1:XFD1048576", "A2:A114000", "A4:A1048576"])
def test_one_merge_over_everything(warm: Warm, tmp_path: Path, area):
    """Protects time and memory from a single merged cell as large as the sheet."""
    far = '<row r="114000"><c r="A114000" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    merges = f'<mergeCells><mergeCell ref="{area}"/></mergeCells>'.encode()

    def edit(xml: bytes) -> bytes:
        before = rb"(?=<phoneticPr|<conditionalFormatting|<dataValidations|<pageMargins)"
        return re.sub(before, merges, xml.replace(b"</sheetData>", far.encode()), count=1)

    warm.run("score", patched(tmp_path / "年.xlsm", {TASKS: edit})).refused("任务台账", "合并单元格")


@pytest.mark.parametrize("size", [10_000, 32_767])
def test_very_long_texts(warm: Warm, tmp_path: Path, size):
    """Protects against a cell that holds a whole document, in every place people write."""

    def edit(book):
        for place in ("任务台账!B4", "加减分!C4", "加减分!H4", "科室!C4"):
            name, _, cell = place.partition("!")
            book[name][cell].value = "长" * size

    path = planted(tmp_path / "年.xlsm", edit)
    right_or_refused(warm, path)
