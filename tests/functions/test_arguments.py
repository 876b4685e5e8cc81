"""What people select and type: any shape, numbers as text, holes; a fault is a short sentence, never a trace."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as running
from hypothesis import strategies as st

from jixiao.functions import JIXIAO_SCORE
from tests.functions.excel import MISSING, call, info, names

QUARTERS, GROUPS = (90.5, 91.0, 92.0, 93.0), (88.0, 90.0, 91.0)
WEIGHTS = (("班子成员权重", "0%"), ("部门负责人权重", "33.3%"), ("村一肩挑权重", "66.7%"))
HEADER = ("科室", "类别", "事项", "同一事项编号", "级别", "分值", "日期", "认定依据")


def entry(department, category, level=None, matter=None, points=None, evidence="云发1号"):
    return (department, category, f"{category}{level}", matter, level, points, None, evidence)


def upright(row):
    return tuple((cell,) for cell in row)


def test_a_row_a_column_and_text_numbers_are_one_department_alike():
    plain = call("JIXIAO_SCORE", QUARTERS, GROUPS, 1.5)
    assert plain == call("JIXIAO_SCORE", (QUARTERS,), (GROUPS,), ((1.5,),))
    assert plain == call("JIXIAO_SCORE", upright(QUARTERS), upright(GROUPS), "１．５")
    assert plain == call("JIXIAO_SCORE", ("90.5", "９１", " 92 ", "93.00"), ("88", "90", "91"), "1.5")
    # (90.5 + 91 + 92) ÷ 3 × 40 % + 93 × 60 % = 92.27; 44 + 27 + 18.2 = 89.2; 64.589 + 26.76 + 1.5
    assert plain == 92.85


def test_an_empty_net_is_none_and_a_left_out_one_too():
    without = call("JIXIAO_SCORE", QUARTERS, GROUPS)
    assert without == call("JIXIAO_SCORE", QUARTERS, GROUPS, None) == call("JIXIAO_SCORE", QUARTERS, GROUPS, 0.0)
    assert [[without]] * 2 == call("JIXIAO_SCORE", (QUARTERS,) * 2, (GROUPS,) * 2, ((None,), (0.0,)))


def test_a_faulty_row_spoils_no_other():
    rows = (QUARTERS, (90.0, None, 92.0, 93.0), (90.0, "/", 92.0, 93.0), (90.0, "完成", 92.0, 93.0))
    answers = [row[0] for row in call("JIXIAO_PERFORMANCE", rows)]
    assert answers[0] == 92.27
    assert answers[2] == 92.2  # (90 + 92) ÷ 2 × 40 % + 93 × 60 %
    assert [answers[1], answers[3]] == [
        "#绩效:二季度得分是空的，没有安排任务请填“/”",
        "#绩效:二季度得分“完成”不是数字",
    ]


scores = st.decimals(0, 120, places=3).map(float)
marks = st.decimals(0, 100, places=2).map(float)
nets = st.one_of(st.none(), st.decimals(-20, 20, places=2).map(float))
departments = st.tuples(st.tuples(*[scores] * 4), st.tuples(*[marks] * 3), nets)
odd = st.sampled_from(
    [
        (("/", 90.0, 91.0, 92.0), GROUPS, None),
        (("/", 80.0, "/", 92.5), GROUPS, "-1.5"),
        (("/", "/", "/", 92.0), GROUPS, None),
        ((90.0, 91.0, 92.0, "/"), GROUPS, None),
        (("90.125", "９１", "92", "93.00"), ("88", "90.5", 91.0), "3"),
        (QUARTERS, (None, 1.0, 2.0), 1.0),
        (QUARTERS, (1e-310, 1.0, 2.0), None),
    ]
)


@running(deadline=None)  # a busy machine proves nothing here
@given(st.lists(st.one_of(departments, odd), min_size=8, max_size=30))
def test_n_rows_are_n_departments(rows):
    """The quick road for columns gives to the last digit what every row gives alone."""
    quarters, groups, net = (tuple(row[part] for row in rows) for part in range(3))
    for settings in (
        MISSING,
        (("取整方式", "仅最后取整"), ("小数位数", 3.0)),
        (("前三季度权重", "37.5%"), ("第四季度权重", "62.5%")),
        (("无任务季度", "暂不计分"),),
        (
            ("班子成员权重", "0%"),
            ("部门负责人权重", "33.3%"),
            ("村一肩挑权重", "66.7%"),
            ("缺项处理", "按其余权重折算"),
        ),
    ):
        for name in ("JIXIAO_SCORE", "JIXIAO_EXPLAIN"):
            together = call(name, quarters, groups, upright(net), settings)
            assert together == [[call(name, *row, settings)] for row in rows]
        assert call("JIXIAO_REVIEW", groups, settings) == [[call("JIXIAO_REVIEW", row, settings)] for row in groups]
        alone = [[call("JIXIAO_PERFORMANCE", row, settings)] for row in quarters]
        assert call("JIXIAO_PERFORMANCE", quarters, settings) == alone


@pytest.mark.parametrize(
    ("cap", "rate", "score"),
    [
        ("120%", 1.2, 120.0),
        (1.2, 1.05, 105.0),
        ("120%", "120%", 120.0),
        ("120%", 120.0, 120.0),
        ("120%", 0.95, 95.0),
        ("150%", 2.0, 2.0),
        (None, 1.0, 100.0),
    ],
)
def test_a_quarter_above_100_percent_where_the_town_allows_it(cap, rate, score):
    """Protects towns whose 完成率上限 is not 100 %: a percent cell of 120 % reaches a function as 1.2."""
    assert call("JIXIAO_QUARTER", (rate,), MISSING, MISSING, (("完成率上限", cap),)) == score


@pytest.mark.parametrize(
    ("cap", "rate", "words"),
    [
        ("120%", 1.21, "请填 0% 到 120% 之间的数"),
        ("120%", "1.2", "“1.2”不对"),
        ("120%", 121.0, "请填 0% 到 120% 之间的数"),
        ("80%", 0.9, "请填 0% 到 80% 之间的数"),
        ("300%", 2.5, "分不清是 2.5% 还是 250%"),
        (None, 1.2, "请填 0% 到 100% 之间的数"),
    ],
)
def test_what_is_above_the_limit_or_could_be_two_rates_is_said(cap, rate, words):
    """Protects against a guess: the limit told is the town's, and 2.5 is neither taken for 2.5 % nor for 250 %."""
    assert words in call("JIXIAO_QUARTER", (rate,), MISSING, MISSING, (("完成率上限", cap),))


def test_a_notice_as_long_as_the_town_says():
    """Protects a long 公示工作日 of 参数 from the limit meant for slips of the pen."""
    told = call("JIXIAO_NOTICE_END", "2004-1-5", MISSING, (("公示工作日", 400),))
    assert told.year == 2005
    assert "1 到 400" in call("JIXIAO_NOTICE_END", "2004-1-5", 401, (("公示工作日", 400),))
    assert "1 到 366" in call("JIXIAO_NOTICE_END", "2004-1-5", 400)


def test_quarter():
    rates, weights = ((0.95,), ("100%",), ("/",)), ((1.0,), (2.0,), (None,))
    assert call("JIXIAO_QUARTER", rates, weights, 1.02) == 100.3  # 102 × 2.95 ÷ 3
    assert call("JIXIAO_QUARTER", (95.0, "９５％", 0.95)) == 95.0
    assert call("JIXIAO_QUARTER", ("/", "无")) == "/"
    assert call("JIXIAO_QUARTER", (0.9, 1.0), ("50%", "150%"), "102%") == call(
        "JIXIAO_QUARTER", (0.9, 1.0), (0.5, 1.5), 1.02
    )


def test_places_and_grades_are_columns_whatever_the_direction():
    row = (90.0, 95.0, 95.0, 80.0)
    assert call("JIXIAO_RANK", row) == call("JIXIAO_RANK", upright(row)) == [[3.0], [1.0], [1.0], [4.0]]
    assert call("JIXIAO_RANK", row, (("并列名次", "连号"),)) == [[2.0], [1.0], [1.0], [3.0]]
    assert call("JIXIAO_GRADE", row) == [["良好"], ["优秀"], ["优秀"], ["良好"]]
    assert call("JIXIAO_RANK", tuple((str(score),) for score in row)) == call("JIXIAO_RANK", row)
    assert call("JIXIAO_RANK", ("９0", *row[1:])) == call("JIXIAO_RANK", row)
    assert call("JIXIAO_GRADE", row, ("否", "否", 0.0, "是")) == [["良好"], ["优秀"], ["优秀"], ["较差"]]
    assert call("JIXIAO_GRADE", row, (1.0, True, 3.0, False)) == call("JIXIAO_GRADE", row)
    assert call("JIXIAO_GRADE", (90.0, 59.99)) == [["优秀"], ["较差"]]
    assert call("JIXIAO_RANK", 90.0) == 1.0


@given(st.lists(st.decimals(0, 120, places=2).map(float), min_size=1, max_size=40), st.data())
def test_plain_scores_and_typed_ones_get_the_same_place_and_grade(row, data):
    """A list of numbers is judged at once, one with a full-width number cell by cell."""
    typed = (f"{row[0]:.2f}".replace("0", "０"), *row[1:])
    before = tuple(data.draw(st.sampled_from([None, 0.0, 1.0, "是", "否"])) for _ in row)
    for settings in ((("较差分数线", 60.5), ("小数位数", 1.0)), (("连续末位年数", 1.0), ("名额取整", "最大余数"))):
        assert call("JIXIAO_RANK", tuple(row), settings) == call("JIXIAO_RANK", typed, settings)
        assert call("JIXIAO_GRADE", tuple(row), before, settings) == call("JIXIAO_GRADE", typed, before, settings)


def test_points_of_a_range():
    entries = (HEADER, entry("党建办", "表彰", "县级", "甲"), entry("党建办", "表彰", "国家级", "甲"), (None,) * 8)
    more = (*entries, entry("财政所", "通报批评", "县委、县政府"))
    assert call("JIXIAO_POINTS", entries) == 5.0
    assert call("JIXIAO_POINTS", entries, "党建办", 0.5) == 4.5
    assert call("JIXIAO_POINTS", more, upright(("财政所", "党 建办", "企业办")), upright((None, 1.0, None))) == [
        [-2.0],
        [4.0],
        [0.0],
    ]
    assert call("JIXIAO_DEDUP", more) == [
        [0.0, "与第 3 行是同一工作，只计一次"],
        [5.0, "加 5 分"],
        ["", ""],
        [2.0, "减 2 分"],
    ]
    standards = (("类别", "方向", "级别", "计分方式", "分值"), ("表彰", "加", "国家级", "固定", 8.0))
    assert call("JIXIAO_POINTS", entries, MISSING, MISSING, standards) == 8.0


def test_a_hole_among_the_departments_is_no_department_without_points():
    entries = (HEADER, entry("党建办", "表彰", "县级"))
    assert call("JIXIAO_POINTS", entries, upright(("党建办", None, ""))) == [
        [2.0],
        ["#绩效:科室是空的"],
        ["#绩效:科室是空的"],
    ]
    assert call("JIXIAO_POINTS", (HEADER, (None,) * 8), MISSING, 0.5) == -0.5


def test_an_error_in_a_date_that_decides_nothing_spoils_no_figure():
    row = list(entry("党建办", "信息采用"))
    row[HEADER.index("日期")] = "#N/A"
    assert call("JIXIAO_POINTS", (HEADER, tuple(row)), "党建办") == 2.0


ENTRIES = (HEADER, entry("党建办", "表彰", "县级"), entry("财政所", "信息采用"))
FAULTS = [
    ("JIXIAO_SCORE", (None, GROUPS), "季度得分是空的"),
    ("JIXIAO_SCORE", (QUARTERS, None), "履职评分是空的"),
    ("JIXIAO_SCORE", ((1.0, 2.0), GROUPS), "季度得分每个科室要 4 个数"),
    ("JIXIAO_SCORE", ((QUARTERS,) * 3, (GROUPS,) * 2), "季度得分有 3 行，履职评分有 2 行"),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, (1.0, 2.0)), "加减分有 2 个"),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, "三分"), "加减分“三分”不是数字"),
    ("JIXIAO_SCORE", ((90.0, 91.0, 92.0, "#REF!"), GROUPS), "四季度得分“#REF!”是错误值"),
    ("JIXIAO_SCORE", ((90.0, 91.0, 92.0, -1.0), GROUPS), "四季度得分是负数"),
    ("JIXIAO_SCORE", ((90.0, 91.0, 92.0, "/"), GROUPS), "第四季度没有任务"),
    ("JIXIAO_SCORE", (("/", "/", "/", 90.0), GROUPS), "前三个季度都没有任务"),
    ("JIXIAO_SCORE", (("/", 90.0, 90.0, 90.0), GROUPS, None, (("无任务季度", "暂不计分"),)), "暂不计分"),
    ("JIXIAO_REVIEW", ((None, 90.0, 90.0),), "履职评分缺班子成员"),
    ("JIXIAO_REVIEW", ((101.0, 90.0, 90.0),), "履职评分的班子成员不在 0 到 100 之间"),
    (
        "JIXIAO_SCORE",
        (QUARTERS, GROUPS, None, (("业绩评价权重", 0.8),)),
        "参数第 1 行：业绩评价权重、履职评价权重相加是 110%",
    ),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, None, (("食堂权重", 0.8),)), "参数第 1 行：没有“食堂权重”这个参数"),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, None, ("取整方式",)), "参数要选两列"),
    ("JIXIAO_QUARTER", ((0.9, None),), "第 2 个完成率是空的"),
    ("JIXIAO_QUARTER", ((0.9, 1.5),), "第 2 个完成率“1.5”不对"),
    ("JIXIAO_QUARTER", ((0.9, 0.8), (1.0, 0.0)), "第 2 个任务权重要大于 0"),
    ("JIXIAO_QUARTER", ((0.9, 0.8), MISSING, "高"), "评价系数“高”不是数字"),
    ("JIXIAO_QUARTER", (((0.9, 0.8), (0.9, 0.8)),), "完成率只能选一列或一行"),
    ("JIXIAO_RANK", ((90.0, None),), "第 2 个得分是空的"),
    ("JIXIAO_RANK", ((90.0, 91.0), (("并列排序", "业绩评价得分"),)), "并列排序"),
    ("JIXIAO_GRADE", ((90.0, 91.0), ("是", "也许")), "第 2 个此前连续末位年数“也许”不是数字"),
    ("JIXIAO_POINTS", (ENTRIES,), "加减分区域里有 2 个科室"),
    ("JIXIAO_POINTS", (ENTRIES[1:],), "加减分区域要连表头一起选，缺：科室"),
    ("JIXIAO_POINTS", ((HEADER, entry("党建办", "表彰", "省级")),), "加减分区域第 2 行：级别“省级”"),
    ("JIXIAO_POINTS", (ENTRIES, "党建办", -1.0), "考勤扣分要填正数"),
    ("JIXIAO_POINTS", (ENTRIES, "党建办", MISSING, (("类别", "方向"),)), "标准要连表头一起选"),
    ("JIXIAO_DEDUP", (None,), "加减分区域是空的"),
    ("JIXIAO_QUARTER", ((0.9, 0.8), 1.0), "任务权重有 1 个，与前面的 2 个完成率对不上"),
    ("JIXIAO_POINTS", ((HEADER, entry("党建办", "#N/A")), "党建办"), "加减分区域第 2 行：类别“#N/A”是错误值"),
    ("JIXIAO_POINTS", ((HEADER, entry("#REF!", "表彰", "县级")), "党建办"), "第 2 行：科室“#REF!”是错误值"),
    ("JIXIAO_POINTS", (((*HEADER, "认定依据"), (*entry("党建办", "表彰", "县级"), "云发")),), "“认定依据”有 2 列"),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, None, (("项目", "值", "值"), ("小数位数", 1.0, 2.0))), "参数里“值”有 2 列"),
]


@pytest.mark.parametrize(("name", "arguments", "says"), FAULTS, ids=[f"{name}-{says}" for name, _, says in FAULTS])
def test_a_fault_is_told_in_the_cell(name, arguments, says):
    text = call(name, *arguments)
    assert isinstance(text, str), text
    assert text.startswith("#绩效:")
    assert says in text
    assert len(text) <= 255
    assert not re.search("[A-Za-z]{4,}", text)


def test_a_bug_is_told_shortly_and_logged(monkeypatch, tmp_path):
    monkeypatch.setenv("JIXIAO_LOG", str(tmp_path / "log.txt"))
    monkeypatch.setattr("jixiao.formulas.scores.performance", lambda *_: 1 / 0)
    assert call("JIXIAO_PERFORMANCE", QUARTERS).startswith("#绩效:程序出错")
    assert "ZeroDivisionError" in (tmp_path / "log.txt").read_text("utf-8")


@pytest.mark.parametrize("name", names())
def test_the_wizard_has_chinese_help_for_function_and_arguments(name):
    known = info(name)
    assert known["category"] == "绩效考核"
    assert not known["volatile"]
    for text in (known["ret"]["doc"], *(argument["doc"] for argument in known["args"])):
        assert re.search("[\u4e00-\u9fff]", text)
        assert len(text) <= 255
    assert all(argument["name"].isascii() for argument in known["args"])
    assert [argument["name"] for argument in known["args"]][-1] == "settings"


def test_explain_puts_the_numbers_in():
    line = call("JIXIAO_EXPLAIN", (90.0, "/", 92.0, 93.0), (90.0, 90.0, 91.0), -3.0)
    assert line == (
        "业绩评价得分：（90.00＋92.00）÷2×40%＋93.00×60%＝92.20；"
        "履职评价得分：90.00×50%＋90.00×30%＋91.00×20%＝90.20；"
        "考核得分：92.20×70%＋90.20×30%＋0.00－3.00＝88.60"
    )
    assert call("JIXIAO_EXPLAIN", (QUARTERS,) * 2, (GROUPS, (1.0, None, 2.0)))[1] == ["#绩效:履职评分缺部门负责人"]


@pytest.mark.parametrize("posted", ["2024-4-30", "2024年4月30日", 45412.0, datetime.fromisoformat("2024-04-30")])
def test_the_last_day_of_a_notice(posted):
    """Labour Day: 1 to 5 May off, 11 May worked."""
    assert call("JIXIAO_NOTICE_END", posted).date() == date(2024, 5, 8)
    assert call("JIXIAO_NOTICE_END", posted, 6.0).date() == date(2024, 5, 11)
    assert call("JIXIAO_NOTICE_END", posted, MISSING, (("公示工作日", 5.0),)).date() == date(2024, 5, 10)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((None,), "公示发布日期是空的"),
        (("下周",), "公示发布日期“下周”无法识别"),
        (("4月30日",), "无法识别"),
        (("2024-4-30", 0.0), "工作日要填 1 到 366 的整数"),
        (("2024-4-30", 1.5), "工作日要填 1 到 366 的整数"),
        (("2099-4-30",), "没有 2099-05-01 前后的放假安排"),
    ],
)
def test_a_notice_that_cannot_be_counted(arguments, says):
    text = call("JIXIAO_NOTICE_END", *arguments)
    assert text.startswith("#绩效:")
    assert says in text


def test_a_column_of_notices_is_counted_one_by_one():
    posted = (("2024-4-30",), (None,), (45412.0,))
    answers = [row[0] for row in call("JIXIAO_NOTICE_END", posted, 6.0)]
    assert [answers[0].date(), answers[1], answers[2].date()] == [
        date(2024, 5, 11),
        "#绩效:公示发布日期是空的",
        date(2024, 5, 11),
    ]
    answers = [row[0] for row in call("JIXIAO_NOTICE_END", posted[::2], upright((None, 6.0)))]
    assert [answer.date() for answer in answers] == [date(2024, 5, 8), date(2024, 5, 11)]
    assert "工作日有 2 个" in call("JIXIAO_NOTICE_END", posted, (3.0, 4.0))


def test_settings_are_read_below_their_headers_wherever_these_stand():
    """The whole sheet 参数, title and all, and columns in another order."""
    sheet = (
        ("绩效考核·参数",) + (None,) * 4,
        ("项目", "默认值", "值", "对应条款", "说明"),
        ("小数位数", 2.0, "１", None, None),
        (None,) * 5,
        ("取整方式", "逐步取整", None, None, None),
    )
    for settings in (sheet, sheet[1:], tuple((row[0], row[2]) for row in sheet[2:])):
        assert call("JIXIAO_SCORE", QUARTERS, GROUPS, None, settings) == 91.4
    refused = call("JIXIAO_SCORE", QUARTERS, GROUPS, None, (*sheet, ("小数点", None, 1.0, None, None)))
    assert "参数第 6 行" in refused


def test_true_is_no_number_even_after_one_was_a_setting():
    """TRUE equals 1 in Python; what one call remembered must not answer another."""
    assert call("JIXIAO_SCORE", QUARTERS, GROUPS, None, (("小数位数", 1.0),)) == 91.4
    assert "不能是“TRUE”" in call("JIXIAO_SCORE", QUARTERS, GROUPS, None, (("小数位数", True),))


def test_what_nobody_foresaw_in_one_row_spoils_no_other():
    assert call(
        "JIXIAO_NOTICE_END", ((datetime.fromisoformat("2024-05-06"),), (datetime.fromisoformat("9999-12-31"),))
    )[0] == [datetime.fromisoformat("2024-05-09")]
    assert call("JIXIAO_REVIEW", (GROUPS,) * 9 + ((1e-310, 90.0, 90.0),))[9] == [45.0]


def test_a_currency_cell_is_a_number():
    """Excel hands it over as a Decimal."""
    assert call("JIXIAO_SCORE", (Decimal("90.5"), *QUARTERS[1:]), GROUPS, Decimal("1.5")) == 92.85
    assert call("JIXIAO_RANK", (Decimal("90.5"), 91.0)) == [[2.0], [1.0]]


def test_of_several_faults_in_a_row_the_one_that_decides_is_told():
    row = ("党建办", "典型推广", "经验", None, "县级", 6.0, "不知道", "1号")
    ((_, told),) = call("JIXIAO_DEDUP", (HEADER, row))
    assert told.startswith("#绩效:加减分区域这一行：分值 6 不在")


def test_an_optional_range_that_is_empty_is_one_left_out():
    rows = (HEADER, entry("党建办", "表彰", "县级"))
    assert call("JIXIAO_DEDUP", rows, ((None,) * 13,) * 2) == call("JIXIAO_DEDUP", rows)


def test_numbers_no_score_reaches_are_the_same_in_a_column():
    rows = ((1e308,) * 4,) * 9
    assert call("JIXIAO_PERFORMANCE", rows) == [[call("JIXIAO_PERFORMANCE", rows[0])]] * 9


def test_python_may_call_with_names_arrays_and_tables():
    score: Any = JIXIAO_SCORE
    plain = score(QUARTERS, GROUPS, 1.5)
    assert plain == score(quarters=list(QUARTERS), reviews=GROUPS, points=1.5)
    assert plain == score(np.array(QUARTERS), pd.Series(GROUPS), np.float64(1.5))
    tables = pd.DataFrame([QUARTERS] * 2), pd.DataFrame([GROUPS] * 2)
    assert score(*tables, np.array([[1.5], [1.5]])) == [[plain]] * 2
    assert score(*tables, pd.Series([1.5, float("nan")]))[1] == [score(QUARTERS, GROUPS)]
