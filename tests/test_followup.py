"""结果运用 with the persons of 人员 (R13; 四(三)), and 公示 with 节假日 (R14), as staff type them."""

import subprocess
import sys
from datetime import date

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from tests.checks.plant import ERROR, HINT, WARNING, Found, Plant, check_findings, expect, planted
from tests.checks.town import NAMES
from tests.test_settings import ROWS, settings
from tests.workbooks import EXAMPLE

P, J, G = "人员", "节假日", "公示"
FIRST, LAST = ("党建办", "综合办", "农业办"), "财政所"
UNNAMED = "本科室科级及以下人员"
LEADERS, STAFF, HEADS = "分管处级领导", "科级及以下人员", "科室负责人"


def rows(sheet, *lines):
    """Lines typed below a header, from row 4 on."""
    return {
        f"{sheet}!{'ABCDE'[place]}{row}": cell for row, line in enumerate(lines, 4) for place, cell in enumerate(line)
    }


def everybody(*more):
    """A leader, a head and a clerk for each 科室, then `more`; rows 4–18 and on."""
    lines = [
        line
        for name in NAMES
        for line in (
            (f"分管{name}", name, "副镇长", "副处级", None),
            (f"{name}长", name, "主任", "正科级", "是"),
            (f"{name}员", name, "干事", "科员", "否"),
        )
    ]
    return rows(P, *lines, *more)


def followed(file):
    """Who stands on 结果运用 for what, and 校验结果."""
    with open_book(file) as book:
        outcome = buttons.score(book)
    assert outcome.scored is not None
    lines = outcome.scored.consequences
    assert {line["对应条款"] for line in lines} <= {"四(三)"}
    places = {line["科室"]: line["名次"] for line in outcome.scored.results}
    assert all(line["名次"] == places[line["科室"]] for line in lines)
    assert all(("约谈" if line["科室"] == LAST else "优先") in str(line["事项"]) for line in lines)
    return {(line["科室"], str(line["事项"]).split("：")[0]): line["人员"] for line in lines}, outcome.lines


def usual(staff="{0}长、{0}员"):
    """What stands there when nothing is odd."""
    first = {(name, LEADERS): f"分管{name}" for name in FIRST} | {(name, STAFF): staff.format(name) for name in FIRST}
    return first | {(LAST, LEADERS): f"分管{LAST}", (LAST, HEADS): f"{LAST}长"}


def both(*says):
    return Found(HINT, "结果运用", None, says)


HELD = "（{}不得评优，见最后一名科室）"
ODD = [
    pytest.param({}, usual(UNNAMED), (), id="nobody-listed"),
    pytest.param(everybody(), usual(), (), id="everybody-listed"),
    pytest.param(
        everybody(("分管财政所", "党建办", "副镇长", "处级", None)) | {"科室!D5": "分管党建办、分管财政所"},
        usual() | {("党建办", LEADERS): "分管党建办" + HELD.format("分管财政所")},
        (both("分管财政所", "前几名", "最后一名"),),
        id="leader-of-a-first-and-of-the-last",
    ),
    pytest.param(
        everybody((" 财政所 长", "农业办", None, "股级", None)),
        usual() | {("农业办", STAFF): "农业办长、农业办员" + HELD.format("财政所 长")},
        (both("财政所 长", "农业办", "最后一名", "同名"),),
        id="head-of-the-last-is-staff-of-a-first",
    ),
    pytest.param(
        {"科室!C4": "财政所长", "科室!D8": "分管 财政所"},
        usual(UNNAMED)
        | {("综合办", STAFF): UNNAMED + HELD.format("财政所长"), ("农业办", LEADERS): HELD.format("分管 财政所")},
        (both("财政所长", "综合办"), both("分管 财政所")),
        id="both-ends-by-科室-alone",
    ),
    pytest.param(
        everybody(("分管财政所", "党建办", None, "处级", None), ("分管财政所", "农业办", None, "科级", None))
        | {"科室!D5": "分管党建办、分管财政所"},
        usual()
        | {("党建办", LEADERS): "分管党建办" + HELD.format("分管财政所")}
        | {("农业办", STAFF): "农业办长、农业办员" + HELD.format("分管财政所")},
        (both("分管财政所", "前几名"),),
        id="held-back-as-leader-and-as-staff-is-said-once",
    ),
    pytest.param(
        everybody((" 党建办员", "党建办", None, "科员", None)) | {"科室!D7": "分管 财政所"},
        usual(),
        (Found(HINT, P, "A19", "第 9 行"),),
        id="one-name-spelt-two-ways",
    ),
    pytest.param({"科室!D5": "分管党建办、分管 党建办"}, usual(UNNAMED), (), id="one-leader-written-twice"),
    pytest.param(
        everybody(("某人", LAST, None, "科员", "√")), usual(), (Found(ERROR, P, "E19", "√"),), id="no-head-by-a-tick"
    ),
    pytest.param(
        everybody() | settings(优先评优名次=5),
        usual() | {("民政办", LEADERS): "分管民政办", ("民政办", STAFF): "民政办长、民政办员"},
        (both("财政所", "前几名"),),
        id="a-科室-first-and-last",
    ),
    pytest.param(
        everybody(("分管党建办", "党建办", None, "科级", None)),
        usual(),
        (Found(HINT, P, "A19", ("分管党建办", "第 7 行")),),
        id="on-both-lines-of-a-first",
    ),
    pytest.param(
        everybody() | {f"{P}!E13": "是", f"{P}!E14": "", "科室!C7": "分管财政所"},
        usual() | {(LAST, HEADS): "（分管财政所见上一行）"},
        (),
        id="leader-and-head-of-the-last",
    ),
    pytest.param(
        rows(P, ("分管党建办", "党建办", None, "正处级", None)),
        usual(UNNAMED),
        tuple(Found(HINT, P, "A3", (name, "科级及以下")) for name in FIRST),
        id="staff-not-listed",
    ),
    pytest.param(
        everybody(("李四", "财政所", None, "处级", None), ("王五", "财政所", None, "科级", "是")),
        usual() | {(LAST, LEADERS): "分管财政所、李四", (LAST, HEADS): "财政所长、王五"},
        (Found(HINT, "科室", "C7", ("财政所长、王五", "按“人员”")), Found(HINT, "科室", "D7", "分管财政所、李四")),
        id="人员-and-科室-differ",
    ),
    pytest.param(
        {"科室!C7": None, "科室!D7": None, "科室!D4": None, "科室!D8": "空缺"},
        usual(UNNAMED) | {(name, LEADERS): None for name in ("综合办", "农业办", LAST)} | {(LAST, HEADS): None},
        (
            Found(HINT, "科室", "D4", "分管领导"),
            Found(HINT, "科室", "C7", "负责人"),
            Found(HINT, "科室", "D7", "分管领导"),
        ),
        id="posts-not-filled-in",
    ),
    pytest.param(
        everybody() | {"科室!C7": None, "科室!D7": None, "科室!D8": None}, usual(), (), id="posts-filled-in-by-人员"
    ),
    pytest.param(
        everybody() | {"加减分!F8": 3.05},  # 农业办 91.40, as 综合办
        usual(),
        (Found(HINT, "考核结果", None, "并列"),),
        id="tied-places-are-all-listed",
    ),
    pytest.param(
        everybody() | settings(优先评优名次=2) | {"加减分!F8": 3.05},
        usual(),
        (Found(HINT, "考核结果", None, "并列"),),
        id="a-tie-on-the-line-is-not-split",
    ),
]


@pytest.mark.parametrize(("cells", "wanted", "found"), ODD)
def test_who_is_put_forward_and_who_is_called_in(cells, wanted, found, tmp_path):
    named, lines = followed(planted(tmp_path / "town.xlsm", cells))
    assert named == wanted
    check_findings(lines, found)


def test_all_who_share_the_last_place_are_called_in(tmp_path):
    """民政办 88.15, made 55.23 as 财政所: neither is the only one called in."""
    file = planted(tmp_path / "town.xlsm", everybody() | {"加减分!B9": "廉政违纪", "加减分!F9": 35.92})
    with open_book(file) as book:
        scored = buttons.score(book).scored
    assert scored is not None
    called = [(line["科室"], line["名次"], line["人员"]) for line in scored.consequences if "约谈" in str(line["事项"])]
    assert called == [(name, 4, who) for name in ("民政办", "财政所") for who in (f"分管{name}", f"{name}长")]


RANKS = [
    ("处级", True),
    ("正 处级", True),
    ("副处级", True),
    ("县处级副职", True),
    ("正科级", False),
    ("科员", False),
    ("股级", False),
    ("一级主任科员", False),
    ("办事员", False),
    ("科级及以下", False),
    ("九级职员", False),
    (None, False),
    ("四级调研员", None),
    ("办事处科员", None),
    ("不详", None),
]


@pytest.mark.parametrize(("rank", "leads"), RANKS)
def test_what_a_rank_says(rank, leads, tmp_path):
    """One whose rank nobody can tell is on neither line, and that is said."""
    cells = everybody(("某人", "党建办", None, rank, "否")) | {"科室!D5": "分管党建办、某人" if leads else "分管党建办"}
    named, lines = followed(planted(tmp_path / "town.xlsm", cells))
    assert ("某人" in named["党建办", LEADERS], "某人" in named["党建办", STAFF]) == (leads is True, leads is False)
    unclear = [line["单元格"] for line in lines if line["工作表"] == P]
    assert unclear == (["D19"] if leads is None or rank is None else [])


FAULTS = [
    Plant("no-name", everybody((None, "党建办", None, "科员", None)), (Found(ERROR, P, "A19", "姓名"),)),
    Plant("unknown-科室", everybody(("某人", "文化站", None, "科员", None)), (Found(ERROR, P, "B19", "文化站"),)),
    Plant("no-科室", everybody(("某人", None, None, "科员", None)), (Found(ERROR, P, "B19", "某人"),)),
    Plant("a-leader-of-none", everybody(("镇长", None, "镇长", "正处级", None)), (Found(HINT, P, "B19", "镇长"),)),
    Plant(
        "head-of-two", everybody(("党建办长", "民政办", None, "科级", "是")), (Found(HINT, P, "E19", "党建办、民政办"),)
    ),
    Plant("twice", everybody(("党建办员", "党建办", None, "科员", None)), (Found(HINT, P, "A19", "第 9 行"),)),
    Plant("head-slash", everybody(("某人", "民政办", None, "科员", "/"))),
    Plant("error-cell", everybody(("#REF!", "民政办", None, "科员", None)), (Found(ERROR, P, "A19", "#REF!"),)),
    Plant(
        "two-without-职级",
        everybody(("某甲", "民政办", None, None, None), ("某乙", "民政办", None, None, None)),
        (Found(HINT, P, "D19", ("2 人", "19、20")),),
    ),
    Plant("day-in-words", rows(J, ("国庆", "放假")), (Found(ERROR, J, "A4", "国庆"),)),
    Plant("day-without-a-year", rows(J, ("10月8日", "放假")), (Found(ERROR, J, "A4", "10月8日"),)),
    Plant("day-missing", rows(J, (None, "放假")), (Found(ERROR, J, "A4"),)),
    Plant("neither-off-nor-at-work", rows(J, ("2024-10-8", "补休")), (Found(ERROR, J, "B4", "补休"),)),
    Plant("kind-missing", rows(J, ("2024-10-8",)), (Found(ERROR, J, "B4"),)),
    Plant("a-day-both-ways", rows(J, ("2024-10-8", "放假"), ("20241008", "上班")), (Found(ERROR, J, "B5", "第 4 行"),)),
    Plant("a-day-twice-alike", rows(J, ("2024-10-8", "放假"), ("2024/10/8", "放假"))),
    Plant("posted-in-words", rows(G, ("一季度排名", "四月")), (Found(ERROR, G, "B4", "四月"),)),
    Plant("posted-without-a-year", rows(G, ("四季度排名", "1月8日")), (Found(ERROR, G, "B4", "1月8日"),)),
    Plant("posted-in-1900", rows(G, ("一季度排名", date(1900, 1, 8))), (Found(ERROR, G, "B4", "1900"),)),
    Plant("a-quarter-of-another-year", rows(G, ("一季度排名", "2025-4-8")), (Found(HINT, G, "B4", "2024"),)),
    Plant("the-year-posted-after-it", rows(G, ("年度考核结果", "2025-1-24"), ("四季度排名", "2025-1-14"))),
    Plant("the-year-posted-late", rows(G, ("年度考核结果", "2026-1-26")), (Found(HINT, G, "B4", "2024"),)),
    Plant(
        "posted-twice",
        rows(G, ("一季度排名", "2024-4-8"), ("一季度 排名", "2024-4-15")),
        (Found(HINT, G, "A5", "第 4 行"),),
    ),
    Plant("nothing-said-of-what", rows(G, (None, "2024-4-8")), (Found(HINT, G, "A4"),)),
    Plant("not-yet-posted", rows(G, ("一季度排名", None))),
    Plant(
        "a-year-nobody-knows",
        rows(G, ("一季度排名", "2099-3-2")),
        (Found(WARNING, G, "B4", ("2099-03-03", "节假日")), Found(HINT, G, "B4", "2024")),
    ),
    Plant(
        "fewer-days-than-the-plan",
        settings(公示工作日=2),
        (Found(HINT, "参数", f"B{ROWS['公示工作日']}", ("2 个", "3 个")),),
    ),
    Plant("more-days-than-the-plan", settings(公示工作日=5)),
]


@pytest.mark.parametrize("plant", FAULTS, ids=lambda plant: plant.name)
def test_faults_are_said_and_change_no_figure(plant, tmp_path):
    expect(plant, tmp_path)


def notice_rows(file, count):
    """截止日期 and 算法说明 of the first rows, and the date's format."""
    sheet = load_workbook(file)[G]
    lines = list(sheet.iter_rows(min_row=4, max_row=3 + count, min_col=3, max_col=4))
    assert {until.number_format for until, _ in lines} == {"yyyy-mm-dd"}
    return [(until.value and until.value.date().isoformat(), note.value) for until, note in lines]


def test_score_writes_the_last_day_and_how_it_was_counted(tmp_path):
    cells = rows(
        *(G, ("一季度排名", date(2024, 4, 3)), ("二季度排名", "2024年7月10日"), ("三季度排名", "十月")),
        *(("四季度排名", None), ("年度考核结果", "2099-1-1"), (None, "20241010")),
    )
    file = planted(tmp_path / "town.xlsm", cells | rows(J, ("2024-7-11", "放假"), ("2024-7-13", "上班")))
    assert main(["score", str(file)]) == 1, "十月 is an 错误"
    assert notice_rows(file, 7) == [
        ("2024-04-09", "4月7日（周日调休上班）、8日、9日，共 3 个工作日；4月4日至6日放假，不算"),
        (
            "2024-07-15",
            "7月12日、13日（节假日表：上班）、15日，共 3 个工作日；7月11日（节假日表：放假）、7月14日周末，不算",
        ),
        (None, "没有计算，见校验结果"),
        (None, None),
        (None, "没有计算：1月2日是否上班不知道，见校验结果"),
        ("2024-10-14", "10月11日、12日（周六调休上班）、14日，共 3 个工作日；10月13日周末，不算"),
        (None, None),
    ]
    before = file.read_bytes()
    main(["score", str(file)])
    assert file.read_bytes() == before, "scored twice, nothing changes"


def test_a_later_scoring_follows_what_was_changed(tmp_path):
    """公示工作日 counts, 校验数据 writes nothing here, and a notice taken off leaves no date behind."""
    file = planted(tmp_path / "town.xlsm", rows(G, ("一季度排名", "2024-4-8")) | settings(公示工作日=5))
    main(["check", str(file)])
    assert notice_rows(file, 1) == [(None, None)]
    main(["score", str(file)])
    assert notice_rows(file, 1)[0][0] == "2024-04-15"
    book = load_workbook(file, keep_vba=True)
    book[G]["A4"] = book[G]["B4"] = None
    book.save(file)
    main(["score", str(file)])
    assert notice_rows(file, 1) == [(None, None)]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        (rows(J, ("2024-4-10", "放假"), ("2024-4-10", "上班")), "4月10日在“节假日”表里填得不清楚"),
        (rows(J, ("2024-4-10", "补休")), "4月10日在“节假日”表里填得不清楚"),
        (rows(J, ("2024-4-10", "放假")) | {f"{J}!A3": "哪天"}, "见校验结果"),
    ],
    ids=["both-ways", "unknown-word", "no-header"],
)
def test_no_last_day_while_the_holidays_are_not_clear(cells, says, tmp_path):
    file = planted(tmp_path / "town.xlsm", rows(G, ("一季度排名", "2024-4-8")) | cells)
    assert main(["score", str(file)]) == 1
    ((until, note),) = notice_rows(file, 1)
    assert until is None
    assert note.startswith("没有计算")
    assert says in note


@pytest.mark.parametrize("posted", [None, "2024-4-8"])
def test_the_calendar_is_loaded_for_a_notice_alone(posted, tmp_path):
    """Every other start would pay for it."""
    file = planted(tmp_path / "town.xlsm", rows(G, ("一季度排名", posted)))
    code = "import sys; from jixiao.cli import main; main(sys.argv[1:]); print('chinese_calendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, "check", str(file)], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == str(posted is not None)


def test_the_example_lists_its_people_and_posts_its_results():
    """No finding on these sheets, the sheets agree about the posts, and every notice has its last day."""
    with open_book(EXAMPLE) as book:
        outcome = buttons.score(book)
        ends = book.sheets[G].range("C4:C8").value
    assert not {line["工作表"] for line in outcome.lines} & {P, J, G, "科室"}
    assert outcome.scored is not None
    assert all(line["人员"] not in {None, UNNAMED} for line in outcome.scored.consequences)
    assert [end.date().isoformat() for end in ends] == [
        *("2024-04-08", "2024-07-15", "2024-10-09", "2025-01-17", "2025-02-05")
    ]
