"""考核一览: its charts show the cells `score` writes, for any number of 科室, on one page of paper."""

import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl.utils.cell import range_boundaries  # type: ignore[import-untyped, unused-ignore]

from jixiao.cli import main
from jixiao.engines.file import open_book
from jixiao.policy.model import GRADES
from jixiao.sheets.declare import Sheet
from jixiao.sheets.outputs import OVERVIEW, RESULTS
from jixiao.sheets.overview import GRADES_BELOW, GRADES_COLUMN, NOTE_BELOW, SUMMARY_BELOW, ZONE
from jixiao.template import write_template

from .workbook_files import BOOK_IDS, BOOKS, EXAMPLE, FIRST, HEADER, TEMPLATE, load, place_of

LAST = FIRST + ZONE - 1
COUNTS = HEADER + GRADES_BELOW
FOLLOWING = {RESULTS.key: "公式复核：", OVERVIEW.key: "科室得分说明"}  # the titles of the sheets that come next
MOVES_AND_SIZES, MOVES = "twoCell", "oneCell"
DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
SPACES = {"c": f"{DRAWINGML}/chart", "x": f"{DRAWINGML}/spreadsheetDrawing", "a": f"{DRAWINGML}/main"}
Area = tuple[int, int, int, int]  # first row, first column, last row, last column, as in cell addresses


def part(book: Path, name: str) -> Any:
    """One XML part."""
    with zipfile.ZipFile(book) as file:
        return etree.fromstring(file.read(name))


def charts(book: Path) -> list[Any]:
    """The charts in the order they lie on the page: ranking, quarters, grades."""
    with zipfile.ZipFile(book) as file:
        found = sorted(name for name in file.namelist() if name.startswith("xl/charts/chart"))
    return [part(book, name) for name in found]


def texts(chart: Any, path: str) -> list[str]:
    """The texts of a chart's elements."""
    return [str(element.text) for element in chart.iterfind(path, SPACES)]


def area(reference: str) -> Area:
    """The cells a chart's formula names; they must be on the page."""
    sheet, _, cells = reference.rpartition("!")
    assert sheet.strip("'") == OVERVIEW.name
    left, top, right, bottom = range_boundaries(cells.replace("$", ""))
    return top, left, bottom, right


def column_area(key: str) -> Area:
    """The zone of a column."""
    place = [column.key for column in OVERVIEW.columns].index(key) + 1
    return FIRST, place, LAST, place


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize(
    ("number", "keys"),
    [(0, ("performance", "review", "net")), (1, ("quarter_1", "quarter_2", "quarter_3", "quarter_4"))],
    ids=["ranking", "quarters"],
)
def test_series_are_the_declared_columns(book: Path, number: int, keys: tuple[str, ...]) -> None:
    """Whoever moves a column in the declaration moves the charts: each series is its column, named by its header.

    The quarters' bars, distances from the mean, stand behind the ranking chart beside its names.
    """
    chart = charts(book)[number]
    behind = [(FIRST, GRADES_COLUMN + place, LAST, GRADES_COLUMN + place) for place in range(len(GRADES) + 1)]
    values = behind[1:] if number else [column_area(key) for key in keys]
    assert [area(text) for text in texts(chart, ".//c:ser/c:val//c:f")] == values
    assert {area(text) for text in texts(chart, ".//c:ser/c:cat//c:f")} == {
        column_area("department") if number else behind[0]
    }
    headers = [f"${place_of(OVERVIEW, key)}${HEADER}" for key in keys]
    assert [text.partition("!")[2] for text in texts(chart, ".//c:ser/c:tx//c:f")] == headers


def test_no_line_joins_two_departments() -> None:
    """Departments are no points in time, and bars that do not begin at 0 would mislead: there is neither."""
    for chart in charts(TEMPLATE):
        assert chart.find(".//c:lineChart", SPACES) is None
        assert chart.find(".//c:valAx/c:scaling/c:max", SPACES) is None
        assert {each.get("val") for each in chart.iterfind(".//c:valAx/c:scaling/c:min", SPACES)} <= {"0"}


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_grades_are_counted_where_score_writes_them(book: Path) -> None:
    """科室数 and 名额 of the four grades."""
    chart = charts(book)[2]
    left, right = GRADES_COLUMN + 1, GRADES_COLUMN + len(GRADES)
    assert [area(text) for text in texts(chart, ".//c:val//c:f")] == [
        (COUNTS + 1, left, COUNTS + 1, right),
        (COUNTS + 2, left, COUNTS + 2, right),
    ]
    assert {area(text) for text in texts(chart, ".//c:cat//c:f")} == {(COUNTS, left, COUNTS, right)}
    assert texts(chart, ".//c:ser/c:tx/c:v") == ["科室数", "名额"]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_chart_leaves_hidden_rows_out_and_is_chinese(number: int) -> None:
    """Else 48 blank lines would stand below the twelve."""
    chart = charts(TEMPLATE)[number]
    assert [element.get("val") for element in chart.iterfind(".//c:plotVisOnly", SPACES)] == ["1"]
    assert len(texts(chart, ".//c:title//a:t")) == 1
    for text in [*texts(chart, ".//a:t"), *texts(chart, ".//c:tx//c:v")]:
        assert re.search(r"[\u4e00-\u9fff]", text)
        assert not re.search(r"[A-Za-z]", text)
    fonts = {element.get("typeface") for element in chart.iterfind(".//a:latin", SPACES)}
    assert fonts <= {"宋体", "黑体"}
    assert fonts


def test_best_is_on_top() -> None:
    """A bar chart runs upwards unless told otherwise."""
    orientation = [element.get("val") for element in charts(TEMPLATE)[0].iterfind(".//c:catAx//c:orientation", SPACES)]
    assert orientation == ["maxMin"]


def test_charts_are_not_squashed_by_hidden_rows() -> None:
    """The ranking spans the whole zone and sizes with it; the others stand in rows that are never hidden."""
    drawing = part(TEMPLATE, "xl/drawings/drawing1.xml")
    rows = [
        tuple(int(anchor.findtext(f"x:{end}/x:row", namespaces=SPACES)) + 1 for end in ("from", "to"))
        for anchor in drawing.iterfind("x:twoCellAnchor", SPACES)
    ]
    assert [anchor.get("editAs", MOVES_AND_SIZES) for anchor in drawing] == [MOVES_AND_SIZES, MOVES, MOVES]
    (first, last), *others = rows
    assert first == HEADER
    assert last > LAST
    assert all(top > LAST for top, _ in others)
    assert all(re.search(r"[\u4e00-\u9fff]", each.get("name")) for each in drawing.iterfind(".//x:cNvPr", SPACES))


def test_charts_end_on_the_printed_page_and_cover_no_cell_that_is_written() -> None:
    """Nothing is cut off, no figure hides behind a chart."""
    worksheet = load(TEMPLATE)[OVERVIEW.name]
    left, top, right, bottom = range_boundaries(worksheet.print_area.rpartition("!")[2].replace("$", ""))
    width = len(OVERVIEW.columns)
    below = (HEADER + SUMMARY_BELOW, 1, HEADER + NOTE_BELOW, width)
    boxes = [(1, 1, LAST, width), below, (COUNTS, GRADES_COLUMN, COUNTS + 2, GRADES_COLUMN + len(GRADES))]
    for anchor in part(TEMPLATE, "xl/drawings/drawing1.xml").iterfind("x:twoCellAnchor", SPACES):
        ends = [
            int(str(anchor.findtext(f"x:{end}/x:{name}", namespaces=SPACES)))
            for end in ("from", "to")
            for name in ("row", "col", "rowOff", "colOff")
        ]
        assert ends[6:] == [0, 0], "ends with a cell, so that wider columns and higher rows move the end along"
        boxes.append((ends[0] + 1, ends[1] + 1, ends[4], ends[5]))
    assert (left, top) == (1, 1)
    assert all(box[2] < bottom and box[3] < right for box in boxes)
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
            assert apart, (one, other)


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_a_blank_page_shows_as_many_rows_as_the_plan_has_departments(book: Path) -> None:
    """And every row past the zone."""
    rows = load(book)[OVERVIEW.name].row_dimensions
    assert [row for row in range(1, 200) if rows[row].hidden] == list(range(FIRST + 12, LAST + 1))


def year_of(path: Path, count: int) -> Path:
    """A blank workbook of `count` 科室 with one task each, so that quarters and 业绩 have scores."""
    names = [f"第{number}工作站" for number in range(1, count + 1)]
    write_template(path, 2024, names)
    with open_book(path) as book:
        rates = [1 - number / 100 for number in range(count)]
        book.sheets["科室"].range("B4").options(transpose=True).value = [1] * count
        book.sheets["任务台账"].range("A4").value = [
            [name, "重点任务", 1, *[rate] * 4] for name, rate in zip(names, rates, strict=True)
        ]
        book.save()
    return path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory, soffice: str) -> dict[int, list[str]]:
    """The pages of workbooks of 7, 12 (the example) and 25 科室, scored and printed by LibreOffice; each one's text."""
    folder = tmp_path_factory.mktemp("printed")
    books = {count: year_of(folder / f"{count}.xlsm", count) for count in (7, 25)}
    books[12] = folder / "12.xlsm"
    books[12].write_bytes(EXAMPLE.read_bytes())
    for book in books.values():
        assert main(["score", str(book)]) in {0, 1}
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*convert, *map(str, books.values())], check=True, capture_output=True, timeout=300)
    return {count: pages(folder / f"{count}.pdf") for count in books}


def pages(pdf: Path) -> list[str]:
    """The text of each page."""
    done = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], check=True, capture_output=True, text=True)
    return done.stdout.split("\f")


@pytest.mark.parametrize(
    ("sheet", "title", "count"),
    [
        (RESULTS, "科室绩效考核结果", 7),
        (RESULTS, "科室绩效考核结果", 12),
        (OVERVIEW, "绩效考核一览", 7),
        (OVERVIEW, "绩效考核一览", 12),
        (OVERVIEW, "绩效考核一览", 25),
    ],
)
def test_each_is_one_page_to_sign(printed: dict[int, list[str]], sheet: Sheet, title: str, count: int) -> None:
    """One A4 page each: the next page is another sheet's. It is stamped, and signed at the foot."""
    numbers = [number for number, page in enumerate(printed[count]) if title in page]
    assert len(numbers) == 1
    page, after = printed[count][numbers[0]], printed[count][numbers[0] + 1]
    # Long headers wrap, and the PDF then gives them in pieces.
    assert {"名次", "科室", "等次"} <= set(page.split())
    assert FOLLOWING[sheet.key] in after[:400], "the header stands on every page of a sheet, its title on the first"
    assert "计算时间" in page
    assert "数据指纹" in page
    foot = page.rstrip().splitlines()[-3:]
    assert any(all(word in line for word in ("制表", "审核", "组长", "日期")) for line in foot)


@pytest.mark.parametrize("count", [7, 12, 25])
def test_libreoffice_draws_every_department(printed: dict[int, list[str]], count: int) -> None:
    """Protects against charts of stale caches or hidden rows: each 科室 is in the table and on both charts' axes."""
    (page,) = [page for page in printed[count] if "绩效考核一览" in page]
    tight = re.sub(r"\s", "", page)
    names = ["党建办", "卫计办", "财政所"] if count == 12 else [f"第{number}工作站" for number in range(1, count + 1)]
    for name in names:
        # Names written aslant along an axis come out of the PDF in pieces.
        assert tight.count(name) >= (2 if count == 25 else 3), name
    assert "考核得分构成" in tight
    assert "各季度得分" in tight
    assert "等次分布" in tight
    assert not re.search(r"#N/A|#REF|###|Row \d|Column", page)
