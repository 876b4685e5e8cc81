"""What is said of an empty cell and of an unknown 科室: the words name what is missing and guess what was meant."""

import random

import pytest

from jixiao.findings import Finding
from jixiao.findings.catalogue import CATALOGUE
from jixiao.sheets.directory import read_directory
from jixiao.sheets.inputs import DEPARTMENTS
from jixiao.sheets.read import RawSheet
from tests.checks.plant import ERROR, HINT, WARNING, planted, scored, type_into
from tests.test_sentences import YEARS, history, points

P, B, T, H, S = "加减分", "履职测评", "任务台账", "历年结果", "加减分标准"
LINE = ("综合办", "表彰", "先进", None, "市级", None, "2024-6-1", "纪要", None, None)


def without(place: int) -> dict[str, object]:
    return points(10, tuple(None if at == place else cell for at, cell in enumerate(LINE)))


EMPTY: dict[str, tuple[dict[str, object], str, str, str, str, str]] = {
    "category": (without(1), ERROR, P, "B10", "没有填类别", "下拉列表"),
    "level": (without(4), ERROR, P, "E10", "“表彰”没有填级别，综合办", "国家级、市级、县级"),
    "history-department": (history(2022, 10, 1) | {f"{H}!B10": None}, ERROR, H, "B10", "没有填科室", "补填科室"),
    "history-year": (history(2022, 10, 1) | {f"{H}!A10": None}, ERROR, H, "A10", "没有填年度", "四位数字"),
    "rated": ({f"{B}!D4": None}, ERROR, B, "D4", "没有填被评科室，这张票作废", "被评科室"),
    "group": ({f"{B}!B4": None}, ERROR, B, "B4", "没有填测评主体，这张票作废", "班子成员"),
    "holiday": ({"节假日!A4": "2024-4-8"}, ERROR, "节假日", "B4", "没有填放假还是上班", "放假、上班"),
    "holiday-date": ({"节假日!B4": "放假"}, ERROR, "节假日", "A4", "没有填日期", "2024-10-1"),
    "setting-name": ({"参数!B60": 3}, WARNING, "参数", "A60", "没有填项目", "补填"),
    "standard-category": ({f"{S}!B21": "加", f"{S}!E21": 2}, ERROR, S, "A21", "没有填类别（四(二)3）", "请填写类别"),
    "standard-direction": ({f"{S}!A21": "竞赛"}, ERROR, S, "B21", "没有填方向（四(二)3）", "加"),
    "standard-points": (
        {f"{S}!A21": "竞赛", f"{S}!B21": "加", f"{S}!D21": "固定"},
        ERROR,
        S,
        "E21",
        "没有填分值（四(二)3）",
        "大于 0",
    ),
    "standard-twice-without-level": (
        {f"{S}!A21": "招商项目", f"{S}!B21": "加", f"{S}!D21": "固定", f"{S}!E21": 4},
        ERROR,
        S,
        "C21",
        "“招商项目”填了不止一行（四(二)3加①）",
        "只留一行",
    ),
    "attendance-without-consequence": ({"考勤!B4": "很多"}, ERROR, "考勤", "B4", "应出勤天数“很多”不是数", "数字"),
}


def at(lines: list[dict[str, object]], kind: str, sheet: str, cell: str) -> dict[str, str]:
    found = [line for line in lines if (line["类型"], line["工作表"], line["单元格"]) == (kind, sheet, cell)]
    assert len(found) == 1, [list(line.values()) for line in lines]
    return {header: str(text) for header, text in found[0].items()}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_cell_is_told_as_empty(name, tmp_path):
    cells, kind, sheet, cell, problem, advice = EMPTY[name]
    line = at(scored(planted(tmp_path / "town.xlsm", cells))["校验"], kind, sheet, cell)
    assert problem in line["问题"]
    assert advice in line["建议"]
    assert "空）" not in line["问题"] + line["建议"]


@pytest.mark.parametrize("seed", range(4))
def test_emptied_cells_never_lead_to_a_sentence_about_an_empty_word(seed, tmp_path):
    """Whatever cells of the fault-ridden years are emptied."""
    rng = random.Random(seed)
    faults = dict(rng.choice(list(YEARS.values())))

    def edit(book):
        type_into(book, faults)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(min_row=4, max_row=min(sheet.max_row, 60), max_col=12):
                for cell in row:
                    if cell.value is not None and rng.random() < 0.15:
                        cell.value = None

    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    assert [list(line.values()) for line in lines if "空）" in f"{line['问题']}{line['建议']}"] == []


def test_a_part_of_a_sentence_may_be_empty():
    """Only what stands in quotes was typed by somebody."""
    params = {"header": "应出勤天数", "value": "很多", "consequence": ""}
    assert Finding("A03", "attendance", 4, "due", params).problem == "应出勤天数“很多”不是数"


def unknown(name: str) -> dict[str, tuple[dict[str, object], str, str, str]]:
    return {
        T: ({f"{T}!A12": name, f"{T}!B12": "办会", f"{T}!D12": 0.9}, ERROR, T, "A12"),
        B: ({f"{B}!D4": name}, ERROR, B, "D4"),
        f"{B}-rater": ({f"{B}!C6": name}, ERROR, B, "C6"),
        f"{B}-other-rater": ({f"{B}!C4": name}, HINT, B, "C4"),
        P: (points(10, (name, *LINE[1:])), ERROR, P, "A10"),
        "考勤": ({"考勤!A10": name, "考勤!D10": 1}, ERROR, "考勤", "A10"),
        "人员": ({"人员!A4": "某人", "人员!B4": name}, ERROR, "人员", "B4"),
    }


@pytest.mark.parametrize("sheet", unknown(""))
def test_an_unknown_name_is_compared_with_the_known(sheet, tmp_path):
    cells, *place = unknown("民整办")[sheet]
    assert "是不是“民政办”？" in at(scored(planted(tmp_path / "a.xlsm", cells))["校验"], *place)["建议"]
    cells, *place = unknown("食堂")[sheet]
    assert "是不是" not in at(scored(planted(tmp_path / "b.xlsm", cells))["校验"], *place)["建议"]


TWELVE = (
    *("综合办", "党建办", "民政办", "卫计办", "安监办", "企业办", "城建办", "农业办", "综治办", "财政所"),
    *("退役军人服务站", "纪委监委"),
)


def directory():
    return read_directory(RawSheet(DEPARTMENTS, rows=tuple(range(4, 16)), cells={"name": list(TWELVE)}))


@pytest.mark.parametrize(
    ("typed", "guess"),
    [
        ("企业半", "是不是“企业办”？"),
        ("纪委", "是不是“纪委监委”？"),
        ("退役军人事务站", "是不是“退役军人服务站”？"),
        ("农 业 班", "是不是“农业办”？"),
        ("综和办", "是不是“综合办”或“综治办”？"),  # as near to both
        ("机关办", ""),
        ("办公室", ""),
        ("长" * 500, ""),
        (12.0, ""),
    ],
)
def test_the_nearest_name(typed, guess):
    assert directory().guess(typed) == guess


def test_a_former_name_is_guessed_by_the_name_of_today(tmp_path):
    cells = {"科室!E4": "党政办公室", f"{T}!A4": "党政办公事"}
    line = at(scored(planted(tmp_path / "town.xlsm", cells))["校验"], ERROR, T, "A4")
    assert "是不是“综合办”？" in line["建议"]


def test_guessing_costs_little_however_many_names_are_unknown():
    """Each different name once, and not for ever: a column of dates in the wrong place must not take minutes."""
    known = directory()
    guesses = [known.guess(f"企业{number}") for number in range(20_000)]
    assert guesses[0]
    assert not guesses[-1]


TYPO = {"科室!A6": "民政半"}  # 民政办 everywhere else


def test_a_name_misspelt_on_the_departments_sheet_is_told_there(tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", TYPO))["校验"]
    line = at(lines, WARNING, "科室", "A6")
    assert line["问题"] == "科室表里的“民政半”在任务台账里没有任务，而“民政办”用了 11 次，是不是写错了"
    assert "曾用名" in line["建议"]
    task = at(lines, ERROR, T, "A7")
    assert "科室表里的“民政半”是不是写错了？" in task["建议"]


def test_a_name_used_a_few_times_is_not_thought_right(tmp_path):
    cells = {"科室!A9": "文化站", "科室!B9": 1, **{f"{B}!D{row}": "文化占" for row in range(4, 8)}}
    lines = scored(planted(tmp_path / "town.xlsm", cells))["校验"]
    assert not [line for line in lines if line["代码"] == "D09"]
    assert "是不是“文化站”？" in at(lines, ERROR, B, "D4")["建议"]
    more = scored(planted(tmp_path / "town.xlsm", cells | {f"{B}!D8": "文化占"}))["校验"]
    assert "“文化占”用了 5 次" in at(more, WARNING, "科室", "A9")["问题"]


def test_a_department_with_tasks_is_not_thought_misspelt(tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", {f"{B}!D{row}": "综合版" for row in range(4, 10)}))["校验"]
    assert not [line for line in lines if line["代码"] == "D09"]


def test_a_former_name_that_another_department_has_now_is_told(tmp_path):
    """Protects those who swap names: nobody guesses whom the old name means, and nothing is dropped unsaid."""
    path = planted(tmp_path / "town.xlsm", {"科室!E5": "民政办、党群办、党建办"})
    lines = scored(path)["校验"]
    (line,) = (line for line in lines if line["工作表"] == "科室" and line["类型"] != "提示")
    assert (line["类型"], line["代码"], line["单元格"]) == (WARNING, "D10", "E5")
    assert line["问题"] == "党建办的曾用名“民政办”也是现在的科室（第 6 行），各表里的“民政办”都算在现在的“民政办”名下"


NAMED = {
    "P08": points(10, (*LINE[:7], None, None, None)),
    "P09": points(10, (*LINE[:6], "2023-6-1", *LINE[7:])),
    "P10": points(10, ("综合办", "信息采用", "快讯", None, None, None, "2023-6-1", "纪要", None, None)),
    "P11": points(10, (*LINE[:6], None, *LINE[7:])),
    "P12": points(10, (*LINE[:6], "去年", *LINE[7:])),
    "P13": points(10, ("综合办", "表彰", "先进", "K9", "市级", None, "2024-6-1", "纪要", None, None))
    | points(11, ("综合办", "表彰", "先进", "K9", "县级", None, "2024-6-1", "纪要", None, None)),
    "P14": points(10, LINE, LINE),
    "P15": points(
        10,
        ("综合办", "廉政违纪", "查处", "K7", None, 1, "2024-6-1", "纪要", None, None),
        ("综合办", "安全生产事故", "查处", "K7", None, 1, "2024-6-1", "纪要", None, None),
    ),
    "P16": points(10, LINE) | {f"{S}!L6": "否"},
    "P17": points(10, (*LINE[:5], 9, *LINE[6:])),
    "P20": points(10, *[("综合办", "信息采用", "快讯", None, None, None, "2024-6-1", "纪要", None, None)] * 2),
    "P21": points(
        10,
        *[
            ("综合办", "招商项目", f"引进农产品冷链项目{end}", None, None, None, "2024-6-1", "纪要", None, None)
            for end in ("", "了")
        ],
    ),
    "P22": points(10, (*LINE[:8], "云川县人民政府", None)),
    "P25": points(10, ("综合办", "媒体曝光", "曝光", None, "县级", None, "2024-6-1", "纪要", None, None)),
}


@pytest.mark.parametrize("code", NAMED)
def test_a_sentence_about_points_names_the_department(code, tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", NAMED[code]))["校验"]
    told = [line["问题"] for line in lines if line["代码"] == code and not str(line["单元格"]).endswith(("4", "5"))]
    assert told
    assert all("综合办" in text for text in told), told


def test_a_level_where_there_are_none_is_told(tmp_path):
    lines = scored(planted(tmp_path / "town.xlsm", NAMED["P25"]))["校验"]
    line = at(lines, HINT, P, "E10")
    assert "“媒体曝光”不分级别" in line["问题"]
    assert "“县级”" in line["问题"]


def test_a_department_new_this_year_is_told_what_to_write(tmp_path):
    """It alone is missing last year and no other year knows it."""
    new = {"科室!A9": "文化站", "科室!B9": 1, f"{T}!A12": "文化站", f"{T}!B12": "演出"}
    lines = scored(planted(tmp_path / "town.xlsm", new))["校验"]
    line = at(lines, HINT, H, "A4")
    assert "2023 年的结果里没有文化站" in line["问题"]
    assert "今年新设的科室" in line["建议"]
    assert "“/”" in line["建议"]
    known = new | history(2022, 9, 1) | {f"{H}!B9": "文化站"}
    lines = scored(planted(tmp_path / "known.xlsm", known))["校验"]
    assert "今年新设" not in at(lines, HINT, H, "A4")["建议"]


def test_every_sentence_about_an_unknown_department_may_guess():
    told = {code for code, entry in CATALOGUE.items() if "不是科室表里的科室" in entry.problem}
    assert told == {code for code, entry in CATALOGUE.items() if "{guess}" in entry.advice}
