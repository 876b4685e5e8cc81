"""The sheet 得分说明: what is picked, what is listed, and that 来源 names the cells the arithmetic is made of."""

import re
from fractions import Fraction

import pytest
from openpyxl import Workbook, load_workbook

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from tests.checks.town import town
from tests.explain.evaluate import figure, numbers
from tests.workbooks import EXAMPLE, TEMPLATE, contents, fill_year, header_of

SHEET = "得分说明"
PICK = "B2"
MARKS = {"优秀": 100, "良好": 80, "一般": 60, "较差": 40}
POSTED = 15  # lines of a 科室 without rows of 加减分


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The scored example, read by another program."""
    target = tmp_path_factory.mktemp("example") / "scored.xlsm"
    assert main(["score", str(EXAMPLE), "-o", str(target)]) == 0
    return load_workbook(target)


def lines_of(book):
    """The lines of 得分说明 by header."""
    sheet = book[SHEET]
    top, columns = header_of(sheet, "科室", "算式")
    rows = sheet.iter_rows(min_row=top + 1, max_col=len(columns), values_only=True)
    return [dict(zip(columns, row, strict=True)) for row in rows if any(cell is not None for cell in row)]


def pressed(file, target, pick=None, button=buttons.score):
    """The file after a button, with a 科室 picked."""
    with open_book(file) as book:
        if pick is not None:
            book.sheets[SHEET].range(PICK).value = pick
        button(book)
        book.save(str(target))
    return load_workbook(target)


def test_every_line_of_the_example_gives_its_figure(example):
    lines = lines_of(example)
    told = [line for line in lines if isinstance(line["数值"], float | int) and line["算式"]]
    assert len(told) > 12 * (POSTED - 3)
    for line in told:
        assert float(figure(line["算式"])) == line["数值"], line


def test_every_department_of_the_example_is_listed_in_order_of_place(example):
    results = example["考核结果"]
    top, columns = header_of(results, "科室", "考核得分")
    posted = [
        [results.cell(row, columns[header]).value for header in ("科室", "考核得分", "等次")]
        for row in range(top + 1, top + 13)
    ]
    lines = lines_of(example)
    assert list(dict.fromkeys(line["科室"] for line in lines)) == [name for name, _, _ in posted]
    for name, score, grade in posted:
        mine = {line["项目"]: line["数值"] for line in lines if line["科室"] == name}
        assert (mine["考核得分"], mine["等次"]) == (score, grade)


def test_the_cells_of_a_source_hold_the_numbers_of_the_arithmetic(example):
    """Down to the cell: each number in the cells a line names stands in its arithmetic."""
    seen = dict.fromkeys(("任务台账", "科室", "履职测评", "加减分", "加减分标准", "考勤", "参数", "本表"), 0)
    for line in lines_of(example):
        if not line["算式"] or line["项目"] in {"名次", "等次"}:
            continue
        written = numbers(line["算式"])
        for sheet, values in cells_named(example, line["来源"] or ""):
            if sheet == "履职测评":  # the whole sheet: which ballots are meant is told to nobody
                assert len(values) == 420, line
            elif not (sheet == "参数" and line["项目"].endswith("评价")):  # the weights behind each ballot's score
                for value in (value for row in values for value in row):
                    assert value is not None or sheet == "任务台账", (line, sheet)  # an empty 任务权重 is 1
                    assert exact(value) is None or exact(value) in written, (line, sheet, value)
            seen[sheet] += 1
    assert min(seen.values()) > 0, seen


def test_each_source_is_a_link_to_its_first_cells(example):
    """The link says and leads where the source begins; a line without a source has none."""
    sheet = example[SHEET]
    top, columns = header_of(sheet, "来源", "转到")
    linked = 0
    for row in range(top + 1, sheet.max_row + 1):
        cell, source = sheet.cell(row, columns["转到"]), sheet.cell(row, columns["来源"]).value
        assert (cell.hyperlink is not None) == (cell.value is not None) == (source is not None)
        if source is None:
            continue
        name, _, address = cell.hyperlink.location.removeprefix("'").partition("'!")
        (first, values), *_ = cells_named(example, source)
        assert name == (SHEET if first == "本表" else first)
        assert cell.value == (f"本表{address}" if name == SHEET else f"{name}!{address}")
        cells = example[name][address]
        block = [[cell.value for cell in row] for row in cells] if isinstance(cells, tuple) else [[cells.value]]
        assert block == values[: len(block)]
        linked += 1
    assert linked > 12 * (POSTED - 2)


def cells_named(book, text):
    """What 来源 names: each sheet and the rows of values its cells hold."""
    for part in filter(None, text.replace("列第\n", "列第").split("\n")):
        name, _, places = part.partition("!") if "!" in part else (part[:2], "", part[2:])
        sheet = book[SHEET if name == "本表" else name]
        found = []
        for block in re.findall(r"[A-Z]+(?:至[A-Z]+)?列第[\d、至]+行|[A-Z]+\d+(?::[A-Z]+\d+)?", places):
            columns, _, rows = block.partition("列第")
            left, _, right = columns.partition("至")
            for stretch in rows.removesuffix("行").split("、") if rows else [block]:
                first, _, last = stretch.partition("至")
                area = f"{left}{first}:{right or left}{last or first}" if rows else block
                cells = sheet[area]
                found += [[cell.value for cell in row] for row in (cells if isinstance(cells, tuple) else ((cells,),))]
        yield name, found


def mark(cell):
    """A dimension's points on a ballot."""
    return Fraction(MARKS.get(cell, cell) if isinstance(cell, str) else f"{cell:.15g}")


def exact(value):
    """A cell's number; a percentage written as text counts, other texts do not."""
    if isinstance(value, str):
        return Fraction(value.removesuffix("%")) / 100 if re.fullmatch(r"[\d.]+%", value) else None
    return None if value is None else Fraction(f"{value:.15g}")


@pytest.mark.parametrize(
    ("pick", "names"),
    [
        ("财政所", {"财政所"}),
        (" 财 政 所 ", {"财政所"}),
        ("全部", {"党建办", "综合办", "农业办", "民政办", "财政所"}),
        (None, {"党建办", "综合办", "农业办", "民政办", "财政所"}),
    ],
)
def test_one_department_or_all(tmp_path, pick, names):
    book = pressed(fill_year(tmp_path / "year.xlsm", town()), tmp_path / "scored.xlsm", pick)
    assert {line["科室"] for line in lines_of(book)} == names
    assert book[SHEET][PICK].value == pick, "the choice stays as it was made"


def test_an_old_name_picks_its_department(tmp_path):
    file = fill_year(tmp_path / "year.xlsm", town())
    book = load_workbook(file, keep_vba=True)
    sheet = book["科室"]
    top, columns = header_of(sheet, "科室", "曾用名")
    sheet.cell(top + 2, columns["曾用名"]).value = "组织办"
    book.save(file)
    lines = lines_of(pressed(file, tmp_path / "scored.xlsm", "组织办"))
    assert {line["科室"] for line in lines} == {"党建办"}


def test_an_unknown_name_is_told_in_one_line(tmp_path):
    book = pressed(fill_year(tmp_path / "year.xlsm", town()), tmp_path / "scored.xlsm", "=档案馆")
    (line,) = lines_of(book)
    assert line["算式"] == "“科室”表里没有“=档案馆”，请在上面的格子里重新选一个科室，再计算一次。"


@pytest.mark.parametrize(("count", "listed"), [(60, 60), (61, 0)])
def test_very_many_departments_wait_for_a_choice(tmp_path, count, listed):
    year = {**town(), "履职测评": [], "加减分": [], "考勤": [], "任务台账": []}
    year["科室"] = [{"科室": f"第{number}科", "评价系数": "1"} for number in range(count)]
    file = fill_year(tmp_path / "year.xlsm", year)
    lines = lines_of(pressed(file, tmp_path / "all.xlsm"))
    assert len({line["科室"] for line in lines} - {None}) == listed
    if not listed:
        assert [line["算式"] for line in lines] == ["共有 61 个科室，请在上面的格子里选一个科室，再计算一次。"]
    one = lines_of(pressed(file, tmp_path / "one.xlsm", "第7科"))
    assert {line["科室"] for line in one} == {"第7科"}


def test_a_shorter_list_leaves_nothing_behind(tmp_path):
    pressed(fill_year(tmp_path / "year.xlsm", town()), tmp_path / "all.xlsm")
    book = pressed(tmp_path / "all.xlsm", tmp_path / "one.xlsm", "财政所", buttons.explain)
    assert len(lines_of(book)) == POSTED + 1  # one row of 加减分


def test_a_list_that_could_not_be_made_leaves_no_links_behind(tmp_path):
    """Empty cells would still lead to where the last list's figures came from."""
    pressed(fill_year(tmp_path / "year.xlsm", town()), tmp_path / "all.xlsm")
    book = pressed(tmp_path / "all.xlsm", tmp_path / "none.xlsm", "档案馆", buttons.explain)
    assert not [cell.coordinate for row in book[SHEET] for cell in row if cell.hyperlink]


def test_explain_writes_its_own_sheet_alone(tmp_path):
    file = fill_year(tmp_path / "year.xlsm", town())
    before = load_workbook(file)
    after = pressed(file, tmp_path / "told.xlsm", "财政所", buttons.explain)
    for sheet in before:
        if sheet.title != SHEET:
            assert contents(after[sheet.title]) == contents(sheet), sheet.title
    assert len(lines_of(after)) == POSTED + 1


def test_twice_is_once(tmp_path):
    file = fill_year(tmp_path / "year.xlsm", town())
    pressed(file, tmp_path / "one.xlsm", "财政所", buttons.explain)
    pressed(tmp_path / "one.xlsm", tmp_path / "two.xlsm", None, buttons.explain)
    assert (tmp_path / "one.xlsm").read_bytes() == (tmp_path / "two.xlsm").read_bytes()


def test_what_is_missing_is_told_with_what_to_do(tmp_path):
    year = town()
    year["任务台账"][4]["完成率"][1] = None  # 财政所, row 8
    year["履职测评"] = [row for row in year["履职测评"] if (row["被评科室"], row["测评主体"]) != ("农业办", "班子成员")]
    year["加减分"][5]["类别"] = "不知道"  # 民政办, row 9
    lines = lines_of(pressed(fill_year(tmp_path / "year.xlsm", year), tmp_path / "scored.xlsm"))
    told = {(line["科室"], line["项目"]): line for line in lines if line["数值"] is None}
    assert told["财政所", "二季度得分"]["没有计入的和原因"] == "任务台账第 8 行还没有填完成率，请补填"
    assert "二季度有缺项" in told["财政所", "业绩评价得分"]["没有计入的和原因"]
    assert "有效票 0 张，不足 1 张" in told["农业办", "班子成员评价"]["没有计入的和原因"]
    assert "第 9 行填写有误" in told["民政办", "减分"]["没有计入的和原因"]
    assert told["党建办", "名次"]["没有计入的和原因"].startswith("民政办、财政所、农业办还没有考核得分")
    assert all(line["没有计入的和原因"] and not line["算式"] for line in told.values())


def test_sources_follow_moved_columns_and_renamed_sheets(tmp_path):
    """Columns in another order, header rows elsewhere, a sheet name with a blank: the cells named are the real ones."""
    book = Workbook()
    book.active.title = "科室"
    put(book["科室"], 1, [["评价系数", "科室"], [1.05, "甲"]])
    tasks = book.create_sheet("任务 台账")
    quarters = [f"{name}季度完成率" for name in "四三二一"]
    put(tasks, 4, [["备注", *quarters, "任务权重", "科室", "任务"], *[["x", 0.9, 0.8, 0.7, 0.6, 3, "甲", "修路"]] * 2])
    ballots = book.create_sheet("履职测评")
    marks = ["工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律"]
    groups = ("班子成员", "部门负责人", "村书记")
    rows = [[*reversed(range(80, 85)), str(place), group, "甲"] for place, group in enumerate(groups)]
    put(ballots, 2, [[*reversed(marks), "票号", "测评主体", "被评科室"], *rows])
    file = tmp_path / "moved.xlsx"
    book.save(file)
    lines = {line["项目"]: line for line in lines_of(pressed_plain(file, tmp_path / "scored.xlsx"))}
    assert lines["一季度得分"]["来源"] == "任务 台账!E5:E6、F5:F6\n科室!A2"
    assert lines["四季度得分"]["来源"] == "任务 台账!B5:B6、F5:F6\n科室!A2"
    assert lines["部门负责人评价"]["来源"] == "履职测评!A3:E5"


def pressed_plain(file, target):
    with open_book(file) as book:
        buttons.score(book)
        book.save(str(target))
    return load_workbook(target)


def put(sheet, top, rows):
    for number, row in enumerate(rows, start=top):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place).value = value


def test_the_template_offers_the_departments_in_an_unlocked_cell():
    sheet = load_workbook(TEMPLATE)[SHEET]
    assert sheet.protection.sheet
    assert not sheet[PICK].protection.locked
    (check,) = [check for check in sheet.data_validations.dataValidation if PICK in check.sqref]
    assert (check.type, check.formula1) == ("list", "科室名单")
    assert not check.showErrorMessage, "全部 and old names are for the program to judge"


def test_of_very_many_ballots_the_sum_is_told(tmp_path):
    year = {**town(), "加减分": [], "考勤": [], "历年结果": []}
    ballot = {"测评主体": "班子成员", "分": ["80"] * 5}
    pairs = [(number, item["科室"]) for number in range(200) for item in year["科室"]]
    year["履职测评"] = [{**ballot, "票号": f"A{number}", "被评科室": name} for number, name in pairs]
    book = pressed(fill_year(tmp_path / "year.xlsm", year), tmp_path / "scored.xlsm", "财政所")
    (line,) = [line for line in lines_of(book) if line["项目"] == "班子成员评价"]
    assert line["来源"].startswith(f"履职测评!E4:I{3 + len(pairs)}\n")
    assert line["算式"] == "200 张有效票的平均（最高 80 分，最低 80 分）：16000÷200＝80.00"


def test_nobody_is_named_for_a_ballot(example):
    """Only counts: neither who cast a ballot nor where it stands is ever told, of one that did not count as little."""
    for line in lines_of(example):
        assert "票号" not in str(line["没有计入的和原因"]).replace("票号重复", "")
        if line["项目"].endswith("评价"):
            assert not re.search(r"第[\s\d、]+行", f"{line['来源']}{line['没有计入的和原因']}"), line


def test_a_line_says_what_stands_for_a_word_and_for_an_empty_cell(example):
    """折算分 of the words used is among the sources; a task without 任务权重 is named."""
    ballots, ledger, settings = (example[name] for name in ("履职测评", "任务台账", "参数"))
    points = {settings.cell(row, 1).value: f"C{row}" for row in range(4, settings.max_row + 1)}
    worded = blank = 0
    for line in lines_of(example):
        if line["项目"].endswith("评价"):
            cells = [cell for sheet, rows in cells_named(example, line["来源"]) if sheet == "履职测评" for cell in rows]
            words = {cell for row in cells for cell in row if isinstance(cell, str)}
            named = dict(part.split("!", 1) for part in line["来源"].split("\n") if "!" in part)["参数"]
            for word in words & {"优秀", "良好"}:
                assert points[f"{word}折算分"] in expanded(named), line
            worded += bool(words)
        if line["项目"] == "一季度得分":
            rows = [row for row in rows_named(line["来源"]) if ledger.cell(row, 3).value is None]
            said = f"任务台账第 {'、'.join(map(str, rows))} 行没有填权重，按 1"
            assert (said in (line["没有计入的和原因"] or "")) is bool(rows), line
            blank += bool(rows)
    assert ballots.max_row > 100
    assert worded
    assert blank


def rows_named(source):
    """The rows of 任务台账 whose weight a source names."""
    cells = source.split("\n")
    text = "".join(cells).replace("任务台账!", "")
    spans = re.findall(r"C(\d+)(?::C(\d+))?", text.split("科室!")[0])
    return [row for first, last in spans for row in range(int(first), int(last or first) + 1)]


def expanded(text):
    """Every cell of a list of areas in one column."""
    found = set()
    for column, first, last in re.findall(r"([A-Z]+)(\d+)(?::[A-Z]+(\d+))?", text):
        found |= {f"{column}{row}" for row in range(int(first), int(last or first) + 1)}
    return found


def test_a_row_of_points_names_what_it_was_for(tmp_path):
    """事项 and 认定依据; the level only where the standard has levels."""
    year = town()
    for row in year["加减分"]:
        if row["类别"] == "信息采用":
            row["级别"] = "县级"
    lines = lines_of(pressed(fill_year(tmp_path / "year.xlsm", year), tmp_path / "scored.xlsm"))
    told = {line["项目"]: line["算式"] for line in lines if line["项目"].startswith(("加分·", "减分·"))}
    assert told["加分·表彰（市级）"] == "“党建办表彰市级”，依据“云发〔2024〕1号”：3"
    assert "加分·信息采用" in told
