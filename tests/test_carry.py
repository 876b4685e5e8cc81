"""年度结转: what the next year's workbook takes over, what it must not hold, and what is said on the way."""

import re
import subprocess
import zipfile

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from jixiao.errors import CallError, SaveError, WorkbookError
from tests.build.test_workbook_validator import validator
from tests.checks.plant import by_name, planted, scored
from tests.checks.town import NAMES, town
from tests.workbooks import EXAMPLE, TEMPLATE, Row, contents, fill, header_of, put_rows, set_values

SENTENCE = re.compile(r"[^\n]*[\u4e00-\u9fff][^\n]*。")
# 科室, 考核得分, 名次, 等次 of the small town's 2024, in the order of its 科室; see tests/checks/town.py.
TOWN_2024 = [
    ("综合办", 91.4, 2, "优秀"),
    ("党建办", 94.0, 1, "优秀"),
    ("民政办", 88.15, 4, "良好"),
    ("财政所", 55.23, 5, "较差"),
    ("农业办", 90.85, 3, "良好"),
]


@pytest.fixture(scope="module")
def last_year(tmp_path_factory):
    """The example, scored: the workbook of a year that is over."""
    target = tmp_path_factory.mktemp("last") / "绩效考核-2024.xlsm"
    assert main(["score", str(EXAMPLE), "-o", str(target)]) == 0
    return target


@pytest.fixture(scope="module")
def next_year(last_year):
    target = last_year.with_name("新的一年.xlsm")
    assert main(["template", "--from", str(last_year), "-o", str(target)]) == 0
    return target


def rows(path, name, *required):
    """The filled rows of a sheet below its header, by the header's columns."""
    sheet = load_workbook(path)[name]
    top, columns = header_of(sheet, *required)
    lines = sheet.iter_rows(min_row=top + 1, max_col=max(columns.values()), values_only=True)
    return [line for line in lines if any(cell is not None for cell in line)]


def carried(source, tmp_path, *options):
    """The new workbook's path, after a run that must be clean."""
    target = tmp_path / "新.xlsm"
    assert main(["template", "--from", str(source), "-o", str(target), *options]) == 0
    return target


def edited(source, target, edit):
    book = load_workbook(source, keep_vba=True)
    edit(book)
    book.save(target)
    return target


# -- what goes over


@pytest.mark.parametrize("name", ["科室", "加减分标准"])
def test_a_sheet_goes_over_cell_by_cell(last_year, next_year, name):
    required = ("科室", "评价系数") if name == "科室" else ("类别", "方向")
    assert rows(next_year, name, *required) == rows(last_year, name, *required)


def test_people_go_over(last_year, next_year):
    """Protects a list that seldom changes from being typed again; nobody is invented."""
    assert rows(next_year, "人员", "姓名", "科室") == rows(last_year, "人员", "姓名", "科室")
    assert len(rows(next_year, "人员", "姓名", "科室")) > 20


def test_tasks_go_over_on_request_without_their_rates(last_year, tmp_path, capsys):
    """Protects the new year from last year's rates: the tasks stand there whole, what was achieved does not."""
    target = carried(last_year, tmp_path, "--tasks")
    before, after = (rows(path, "任务台账", "科室", "任务") for path in (last_year, target))
    assert [line[:3] + line[7:] for line in after] == [line[:3] + line[7:] for line in before]
    assert {line[3:7] for line in after} == {(None,) * 4}
    assert {line["类型"] for line in scored(target)["校验"]} == {"提示"}
    assert main(["template", "-o", str(tmp_path / "白.xlsm"), "--tasks"]) == 2
    assert "--from" in capsys.readouterr().err


def test_what_nobody_can_read_is_told_of_tasks_and_people(tmp_path, capsys):
    """Protects a task from coming over half: the cell is named, a rate that was unreadable is no loss."""
    cells = {"任务台账!B4": "#REF!", "任务台账!D5": "#REF!", "人员!A4": "张三", "人员!B4": "#N/A"}
    carried(planted(tmp_path / "town.xlsm", cells), tmp_path, "--tasks")
    said = capsys.readouterr().err
    assert "“任务台账”表 B4" in said
    assert "“人员”表 B4" in said
    assert "D5" not in said


def test_standards_go_over_as_they_stand(tmp_path):
    """Fewer rows than the template's, another order, levels of the town's own: none of the template's rows is left."""
    own: list[Row] = [
        {"类别": "通报批评", "方向": "减", "级别": "省级", "计分方式": "固定", "分值": 2.5, "等次封顶": "良好"},
        {"类别": "先进典型", "方向": "加", "计分方式": "认定", "递减比例": "100%,50%", "启用": "否"},
    ]
    source = planted(tmp_path / "town.xlsm", lambda book: put_rows(book, "加减分标准", own, "类别", "方向"))
    target = carried(source, tmp_path)
    assert len(rows(source, "加减分标准", "类别", "方向")) == 2
    assert rows(target, "加减分标准", "类别", "方向") == rows(source, "加减分标准", "类别", "方向")
    assert load_workbook(target)["加减分标准"].tables["tblStandards"].ref == "A3:M5"


def test_settings_go_over_and_the_year_moves_on(last_year, next_year):
    before = {name: value for name, value, *_ in rows(last_year, "参数", "项目", "值")}
    after = {name: value for name, value, *_ in rows(next_year, "参数", "项目", "值")}
    assert after == before | {"年度": 2025}
    assert after["单位名称"] == "云岭镇"


def test_this_years_results_join_the_history(tmp_path):
    """Hand-worked: the old rows as they stand, then this year's five in the order of 科室."""
    source = planted(tmp_path / "town.xlsm", {})
    history = rows(carried(source, tmp_path), "历年结果", "年度", "科室")
    assert [line[:5] for line in history[:5]] == [line[:5] for line in rows(source, "历年结果", "年度", "科室")]
    assert [line[:5] for line in history[5:]] == [(2024, *line) for line in TOWN_2024]


def test_attendance_lists_the_departments_and_the_tables_fit(next_year):
    book = load_workbook(next_year)
    names = [line[0] for line in rows(next_year, "科室", "科室", "评价系数")]
    assert rows(next_year, "考勤", "科室", "酌情扣分") == [(name, *[None] * 4) for name in names]
    last = {sheet.title: table.ref for sheet in book for table in sheet.tables.values()}
    assert last["科室"] == "A3:E15"
    assert last["考勤"] == "A3:E15"
    assert last["历年结果"] == f"A3:E{3 + 24 + 12}"
    assert last["加减分标准"] == f"A3:M{3 + len(rows(next_year, '加减分标准', '类别', '方向'))}"


def test_a_row_without_a_name_goes_over_but_nobody_attends_for_it(tmp_path):
    target = carried(planted(tmp_path / "town.xlsm", {"科室!B9": 1.2}), tmp_path)
    assert rows(target, "科室", "科室", "评价系数")[-1] == (None, 1.2, None, None, None)
    assert [line[0] for line in rows(target, "考勤", "科室", "酌情扣分")] == list(NAMES)


def test_more_departments_than_the_template_has_room_for(tmp_path):
    """Forty 科室 over fifty years of history: the tables grow with them."""

    def grow(book):
        for number in range(40):
            book["科室"].cell(9 + number, 1).value = f"第{number}科"
        for number in range(2000):
            book["历年结果"].cell(9 + number, 1).value = 1900 + number // 40
            book["历年结果"].cell(9 + number, 2).value = f"第{number % 40}科"

    target = carried(planted(tmp_path / "town.xlsm", grow), tmp_path)
    book = load_workbook(target)
    assert book["科室"].tables["tblDepartments"].ref == "A3:E48"
    assert book["考勤"].tables["tblAttendance"].ref == "A3:E48"
    assert book["历年结果"].tables["tblHistory"].ref == "A3:E2008"
    assert book["考勤"]["A48"].value == "第39科"


def test_values_stay_what_people_typed(tmp_path):
    """Text stays text whatever it looks like, also a formula; a percentage keeps its percent sign."""

    def odd(book):
        sheet = book["科室"]
        sheet["E4"], sheet["D4"], sheet["B5"], sheet["E5"] = "001", "=1+1", " 1.05 ", "'老党办"
        sheet["D4"].data_type = "s"
        book["历年结果"]["A4"], book["历年结果"]["C4"] = "2023年", "93"
        set_values(book, {"业绩评价权重": 0.7, "优秀比例": "30%"})
        for line in book["参数"].iter_rows(min_row=4):
            if line[0].value == "业绩评价权重":
                line[1].number_format = "0.0%"

    book = load_workbook(carried(planted(tmp_path / "town.xlsm", odd), tmp_path))
    sheet = book["科室"]
    assert [(sheet[cell].value, sheet[cell].data_type) for cell in ("E4", "D4", "B5", "E5")] == [
        ("001", "s"),
        ("=1+1", "s"),
        (" 1.05 ", "s"),
        ("'老党办", "s"),
    ]
    assert (book["历年结果"]["A4"].value, book["历年结果"]["C4"].value) == ("2023年", "93")
    values = {line[0].value: line[1] for line in book["参数"].iter_rows(min_row=4)}
    assert (values["业绩评价权重"].value, values["业绩评价权重"].number_format) == (0.7, "0.0%")
    assert (values["优秀比例"].value, values["优秀比例"].number_format) == ("30%", "General")


# -- what must not go over


def test_nothing_of_last_year_is_left_in_the_file(last_year, next_year):
    """No task and no matter of last year stands in any part of the new package; the rest is blank."""
    texts = {
        str(cell)
        for name, places in (("任务台账", (1, 8, 9)), ("加减分", (2, 7)))
        for line in rows(last_year, name, "科室")
        for cell in (line[place] for place in places)
        if cell is not None
    }
    kept = {str(cell) for line in rows(next_year, "科室", "科室", "评价系数") for cell in line}
    kept |= {str(cell) for line in rows(next_year, "人员", "姓名", "科室") for cell in line}
    assert len(texts - kept) > 100
    with zipfile.ZipFile(next_year) as package:
        content = b"".join(package.read(part) for part in package.namelist())
    assert [text for text in texts - kept if text.encode() in content] == []
    blank, new = ({sheet.title: contents(sheet) for sheet in load_workbook(path)} for path in (TEMPLATE, next_year))
    assert {name for name in new if new[name] != blank[name]} == {"参数", "科室", "历年结果", "人员"}


def test_the_new_workbook_has_nothing_wrong_in_it(next_year, tmp_path):
    """`check` says only that the year has not begun; the validator of the file format says nothing."""
    lines = scored(next_year)["校验"]
    assert {line["类型"] for line in lines} == {"提示"}
    assert {line["工作表"] for line in lines} <= {"任务台账", "履职测评"}
    command = validator()
    if command is not None:
        done = subprocess.run([command, str(next_year)], capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_the_history_is_used_when_the_new_year_is_scored(tmp_path):
    """财政所, last in 2024, is last in 2025 with 76.65 points: 90 × 70 % + 55.5 × 30 % − 3; 较差, as last two years."""
    target = carried(planted(tmp_path / "town.xlsm", {}), tmp_path)
    year = town()
    year["参数"]["年度"] = 2025
    year["任务台账"] = [task | ({"完成率": ["1"] * 4} if task["科室"] == "财政所" else {}) for task in year["任务台账"]]
    headers = ("年度", "科室", "考核得分", "名次", "等次")
    year["历年结果"] = [dict(zip(headers, line, strict=True)) for line in rows(target, "历年结果", "年度", "科室")]
    answer = by_name(scored(edited(target, target, lambda book: fill(book, year))))
    assert answer["财政所"]["考核得分"] == 76.65
    assert answer["财政所"]["等次"] == "较差"
    assert "连续 2 年" in answer["财政所"]["说明"]
    assert [answer[name]["等次"] for name in NAMES if name != "财政所"] == ["优秀", "优秀", "良好", "良好"]


# -- what is said


def test_a_clean_year_is_carried_without_a_word(last_year, tmp_path, capsys):
    carried(last_year, tmp_path)
    captured = capsys.readouterr()
    assert captured.err == ""
    assert re.fullmatch(r"已生成 2025 年度工作簿：.*新\.xlsm\n", captured.out)


def outdate(book):
    book["考核结果"]["O4"].value = 99.99


def own_year(book):
    for place, value in enumerate((2024, "综合办", 91.0, 2, "优秀"), start=1):
        book["历年结果"].cell(9, place).value = value


def strange_settings(book):
    set_values(book, {"名额取整": "四舍五入"})
    sheet = book["参数"]
    sheet["A50"], sheet["B50"], sheet["A51"], sheet["B51"] = "早餐费", 5, "名额取整", "以内"


def no_headers(book):
    book["历年结果"]["A3"].value = "哪年"


def no_history(book):
    book.remove(book["历年结果"])


def never_scored(book):
    book.remove(book["考核结果"])


def broken_name(book):
    book["科室"]["D5"].value = "#REF!"
    book["科室"]["D5"].data_type = "e"


@pytest.mark.parametrize(
    ("edit", "says", "history"),
    [
        ({"任务台账!D4": None}, [("2024 年的结果还不完整",), ("考核结果", "综合办", "重新算出")], 5),
        ({"参数!B8": "一半"}, [("2024 年的结果还不完整",)], 5),
        (outdate, [("考核结果", "党建办", "重新算出")], 10),
        (own_year, [("原有的 2024 年的行",)], 10),
        (strange_settings, [("2024 年的结果还不完整",), ("参数早餐费、名额取整", "没有结转")], 5),
        ({"加减分!A10": "没有的科室", "加减分!B10": "表彰"}, [("还有 1 处错误",)], 10),
        (broken_name, [("还有 1 处错误",), ("“科室”表 D5", "没有结转")], 10),
        (no_headers, [("还有 1 处错误",), ("历年结果", "找不到表头")], 5),
        (no_history, [], 5),
        (never_scored, [], 10),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_is_not_carried_is_said_and_the_workbook_made(edit, says, history, tmp_path, capsys):
    """Exit 0 all the same; each sentence on a line of its own."""
    source = tmp_path / "scored.xlsm"
    assert main(["score", str(planted(tmp_path / "town.xlsm", {})), "-o", str(source)]) == 0
    if callable(edit):
        edited(source, source, edit)
    else:
        edited(source, source, lambda book: [_put(book, place, value) for place, value in edit.items()])
    capsys.readouterr()
    target = carried(source, tmp_path)
    lines = capsys.readouterr().err.splitlines()
    assert all(SENTENCE.fullmatch(line) for line in lines)
    found = [line for parts in says for line in lines if all(part in line for part in parts)]
    assert len(lines) == len(says)
    assert sorted(found) == sorted(lines), (says, lines)
    assert "#REF!" not in {cell for line in rows(target, "科室", "科室", "评价系数") for cell in line}
    assert len(rows(target, "历年结果", "年度", "科室")) == history


def _put(book, place, value):
    name, _, address = place.rpartition("!")
    book[name][address].value = value


@pytest.mark.parametrize(
    ("edit", "options", "says"),
    [
        ({"参数!B4": None}, (), "年度没有填"),
        ({"参数!B4": "去年"}, (), "年度没有填"),
        ({"参数!B4": 2100}, (), "2101"),
        ({}, ("--year", "2024"), "2024 年度"),
        ({}, ("--year", "1999"), "1999"),
        ({}, ("--departments", "名单.txt"), "--departments"),
        (lambda book: book.remove(book["任务台账"]), (), "任务台账"),
    ],
)
def test_what_cannot_be_carried_is_refused_with_nothing_written(edit, options, says, tmp_path, capsys):
    source = planted(tmp_path / "town.xlsm", edit)
    target = tmp_path / "新.xlsm"
    assert main(["template", "--from", str(source), "-o", str(target), *options]) == 2
    captured = capsys.readouterr()
    assert SENTENCE.fullmatch(captured.err.rstrip("\n"))
    assert says in captured.err
    assert captured.out == ""
    assert [path.name for path in tmp_path.iterdir()] == ["town.xlsm"]


@pytest.mark.parametrize("source", ["没有.xlsm", "pyproject.toml"])
def test_an_unusable_file_is_refused(source, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("text", "utf-8")
    assert main(["template", "--from", source, "-o", "新.xlsm"]) == 2
    assert SENTENCE.fullmatch(capsys.readouterr().err.rstrip("\n"))
    assert [path.name for path in tmp_path.iterdir()] == ["pyproject.toml"]


def test_last_year_is_never_written_over(last_year, capsys):
    before = last_year.read_bytes()
    assert main(["template", "--from", str(last_year), "-o", str(last_year)]) == 2
    assert "换一个文件名" in capsys.readouterr().err
    assert last_year.read_bytes() == before


def test_another_year_may_be_asked_for(last_year, tmp_path):
    target = carried(last_year, tmp_path, "--year", "2027")
    assert dict(line[:2] for line in rows(target, "参数", "项目", "值"))["年度"] == 2027
    assert rows(target, "历年结果", "年度", "科室")[-1][0] == 2024


# -- the button


@pytest.fixture
def town_book(tmp_path):
    with open_book(planted(tmp_path / "town.xlsm", {})) as book:
        yield book


def test_the_button_makes_the_same_workbook_beside_the_old_one(town_book, tmp_path):
    before = (tmp_path / "town.xlsm").read_bytes()
    made = buttons.next_year(town_book)
    assert (made.year, made.path, made.notices) == (2025, tmp_path / "绩效考核-2025.xlsm", ())
    assert town_book.app.books.active.fullname == str(made.path), "it stays open"
    assert (tmp_path / "town.xlsm").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["town.xlsm", "绩效考核-2025.xlsm"]
    assert made.path.read_bytes() == carried(tmp_path / "town.xlsm", tmp_path).read_bytes()
    town_book.app.books.active.close()


def test_the_button_never_overwrites(town_book, tmp_path):
    target = tmp_path / "绩效考核-2025.xlsm"
    target.write_bytes(b"mine")
    with pytest.raises(WorkbookError, match=r"绩效考核-2025.xlsm.*没有覆盖"):
        buttons.next_year(town_book)
    assert target.read_bytes() == b"mine"


def test_the_button_knows_no_year_after_the_last(tmp_path):
    with open_book(planted(tmp_path / "town.xlsm", {"参数!B4": 2100})) as book, pytest.raises(CallError, match="2101"):
        buttons.next_year(book)


def test_the_button_wants_a_workbook_on_disk(town_book, tmp_path):
    (tmp_path / "town.xlsm").unlink()
    with pytest.raises(SaveError, match="请先保存"):
        buttons.next_year(town_book)


def test_a_failing_button_leaves_no_file_and_no_open_book(town_book, tmp_path, monkeypatch):
    def fail(*_):
        raise CallError("坏了。")

    monkeypatch.setattr("jixiao.carry.fill_next_year", fail)
    with pytest.raises(CallError):
        buttons.next_year(town_book)
    assert [path.name for path in tmp_path.iterdir()] == ["town.xlsm"]
    assert len(town_book.app.books) == 1
