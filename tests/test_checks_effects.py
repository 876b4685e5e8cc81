"""Every alternative setting, applied to the town of `checks/town.py`, with the arithmetic beside it."""

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from tests.checks.plant import ERROR, HINT, WARNING, Found, Plant, by_name, expect, lost, planted, points, scored
from tests.checks.town import NAMES
from tests.test_checks_ballots import ballot, marks
from tests.test_settings import settings

QUARTERS = ("一季度得分", "二季度得分", "三季度得分", "四季度得分")
ORDER = ("党建办", "综合办", "农业办", "民政办", "财政所")


def reviewed(**figures: tuple[float, float]):
    return {name: {"履职评价得分": review, "考核得分": total} for name, (review, total) in figures.items()}


FIGURES = [
    Plant(
        "业绩-and-履职-half-each",
        settings(业绩评价权重=0.5, 履职评价权重=0.5),
        (),
        {
            n: {"考核得分": t}
            for n, t in {"综合办": 90.0, "党建办": 92.0, "民政办": 86.25, "财政所": 54.45, "农业办": 89.75}.items()
        },
    ),
    Plant(
        "groups-40-40-20",
        settings(班子成员权重=0.4, 部门负责人权重=0.4),  # 34 + 36 + 15 = 85; 财政所 22 + 24 + 10 = 56
        (),
        reviewed(
            综合办=(85.0, 91.55), 党建办=(85.0, 94.15), 民政办=(85.0, 88.3), 财政所=(56.0, 55.38), 农业办=(85.0, 91.0)
        ),
    ),
    Plant(
        "one-dimension-alone",
        settings(工作业绩权重=1, 担当作为权重=0, 工作状态权重=0, 协同配合权重=0, 遵守纪律权重=0)
        | marks(4, [100, 0, 0, 0, 0]),
        (),
        {"综合办": {"班子成员评价": 90.0, "履职评价得分": 87.0, "考核得分": 92.15}},
    ),
    Plant(
        "良好-85",  # 村 77.5: 42.5 + 27 + 15.5 = 85
        settings(良好折算分=85),
        (),
        {
            n: {"村“一肩挑”评价": 77.5, "履职评价得分": 85.0, "考核得分": t}
            for n, t in {"综合办": 91.55, "党建办": 94.15, "民政办": 88.3, "农业办": 91.0}.items()
        },
    ),
    Plant(
        "优秀-90",  # 部门 85: 42.5 + 25.5 + 15 = 83
        settings(优秀折算分=90),
        (),
        {
            n: {"部门负责人评价": 85.0, "履职评价得分": 83.0, "考核得分": t}
            for n, t in {"综合办": 90.95, "党建办": 93.55, "民政办": 87.7, "农业办": 90.4}.items()
        },
    ),
    Plant("一般-70-较差-50", settings(一般折算分=70, 较差折算分="50")),  # nobody wrote these words
    Plant(
        "完成率上限-120%",
        settings(完成率上限="120%") | {"任务台账!D6": 1.2},
        (),
        {"党建办": {"一季度得分": 126.0, "业绩评价得分": 100.1, "考核得分": 97.92}},
    ),
    Plant(
        "季度得分上限-100",
        settings(季度得分上限=100),
        (),
        {"党建办": {"三季度得分": 100.0, "业绩评价得分": 93.83, "考核得分": 93.53}},
    ),
    Plant("季度得分上限-105-is-reached", settings(季度得分上限=105)),
    Plant(
        "无任务季度-暂不计分",
        settings(无任务季度="暂不计分") | {"任务台账!D6": "/"},
        (Found(ERROR, "任务台账", "D6", ("党建办", "一季度")),),
        lost("党建办", "一季度得分", "业绩评价得分"),
    ),
    Plant(
        "第四季度取数-年终完成率",
        settings(第四季度取数="年终完成率")
        | {f"任务台账!H{row}": rate for row, rate in enumerate((0.9, 1, 0.9, 0.9, 0.5, 0.9, 0.8, 1), start=4)}
        | {f"任务台账!G{row}": "不看" for row in range(4, 12)},
    ),
    Plant(
        "第四季度取数-hole-in-年终完成率",
        settings(第四季度取数="年终完成率")
        | {f"任务台账!H{row}": rate for row, rate in enumerate((0.9, 1, None, 0.9, 0.5, 0.9, 0.8, 1), start=4)},
        (Found(ERROR, "任务台账", "H6", "年终"),),
        lost("党建办", "四季度得分", "业绩评价得分"),
    ),
    Plant(
        "缺项处理-按其余权重折算",  # (42.5 + 27) ÷ .8 = 86.875; 66.05 + 26.064
        settings(缺项处理="按其余权重折算") | {f"履职测评!{c}{r}": None for r in (8, 9) for c in "ABCDEFGHI"},
        (Found(WARNING, "履职测评", "D4", ("综合办", "0 张", "折算")),),
        {"综合办": {"村“一肩挑”评价": None, "履职评价得分": 86.88, "考核得分": 92.11}},
    ),
    Plant("最少票数-2-is-met", settings(最少票数=2)),
    Plant(
        "最少票数-2-is-missed",
        settings(最少票数=2) | {"履职测评!E4": 101},
        (Found(ERROR, "履职测评", "E4", "101"), Found(ERROR, "履职测评", "D4", ("综合办", "1 张", "2 张"))),
        lost("综合办", "班子成员评价", "履职评价得分"),
    ),
    Plant(
        "加分上限-1",
        settings(加分上限=1),
        (),
        points("综合办", 1, 0, 90.4) | points("党建办", 1, 0.5, 92.0) | points("农业办", 1, 0, 89.35),
    ),
    Plant(
        "加分上限-0",
        settings(加分上限=0),
        (),
        points("综合办", 0, 0, 89.4) | points("党建办", 0, 0.5, 91.0) | points("农业办", 0, 0, 88.35),
    ),
    Plant(
        "减分上限-2.5", settings(减分上限=2.5), (), points("民政办", 0, 2.5, 88.65) | points("财政所", 0, 2.5, 55.73)
    ),
    Plant(
        "小数位数-1",
        settings(小数位数=1),  # 88.15 and 90.85 round up; 55.23 down
        (),
        {"民政办": {"考核得分": 88.2}, "财政所": {"考核得分": 55.2}, "农业办": {"考核得分": 90.9}},
    ),
]


@pytest.mark.parametrize("plant", FIGURES, ids=lambda plant: plant.name)
def test_a_setting_changes_the_figures_it_names(plant, tmp_path):
    expect(plant, tmp_path)


TRIMMED = [
    pytest.param(1, 2, [10], 80.0, id="3-ballots-more-than-2-lose-90-and-10"),
    pytest.param(1, 3, [10], 60.0, id="3-ballots-not-more-than-3"),
    pytest.param(2, 4, [10, 100, 0], 80.0, id="5-ballots-lose-two-at-each-end"),
    pytest.param(2, 3, [10, 100], 70.0, id="4-ballots-are-not-all-taken"),
    pytest.param(1, 4, [10, 100, 30], 66.67, id="5-ballots-90-80-30-stay"),
    pytest.param(0, 2, [10], 60.0, id="none-dropped-by-default"),
    pytest.param(1, 2, [80], 80.0, id="equal-ballots-lose-one-each-end"),
]


@pytest.mark.parametrize(("trim", "above", "more", "mean"), TRIMMED)
def test_highest_and_lowest_ballots_are_dropped_once_there_are_more_than(trim, above, more, mean, tmp_path):
    cells = settings(最高最低各去掉票数=trim, 去掉最高最低起算票数=above)
    for row, mark in enumerate(more, start=34):
        cells |= ballot(row, row, "班子成员", None, "综合办", mark)
    assert by_name(scored(planted(tmp_path / "town.xlsm", cells)))["综合办"]["班子成员评价"] == mean


def test_rounding_mode_rounds_each_posted_figure_or_only_the_last(tmp_path):
    """At 0 places 综合办 steps 83 83 83 98 → 92; 85 90 75 → 85; 64.4 + 25.5 + 2 = 91.9 → 92, but 91.4 → 91 at once."""
    stepwise = by_name(scored(planted(tmp_path / "a.xlsm", settings(小数位数=0))))["综合办"]
    assert [stepwise[name] for name in (*QUARTERS, "业绩评价得分", "履职评价得分", "考核得分")] == [
        83,
        83,
        83,
        98,
        92,
        85,
        92,
    ]
    last = by_name(scored(planted(tmp_path / "b.xlsm", settings(小数位数=0, 取整方式="仅最后取整"))))["综合办"]
    assert [last[name] for name in (*QUARTERS, "业绩评价得分", "履职评价得分", "考核得分")] == [
        82.5,
        82.5,
        82.5,
        97.5,
        91.5,
        84.5,
        91,
    ]


TIE = {"加减分!F8": 3.05}  # 农业办 91.40, as 综合办
ON_LINE = Found(HINT, "考核结果", None, ("综合办", "农业办", "优秀"))
RANKED = [
    pytest.param({}, (), (1, 2, 2, 4, 5), "优优优良差", id="跳号"),
    pytest.param({"并列名次": "连号"}, (), (1, 2, 2, 3, 4), "优优优良差", id="连号-only-prints-otherwise"),
    pytest.param({"并列名次": "连号", "较差分数线": 50}, (), (1, 2, 2, 3, 4), "优优优良一", id="连号-seats-by-跳号"),
    pytest.param({"并列排序": "业绩评价得分"}, (), (1, 2, 3, 4, 5), "优优良良差", id="并列排序"),
    pytest.param({"并列排序": "履职评价得分、加分"}, (), (1, 3, 2, 4, 5), "优良优良差", id="并列排序-second-breaker"),
    pytest.param({"并列排序": "履职评价得分"}, (), (1, 2, 2, 4, 5), "优优优良差", id="并列排序-equal-too"),
]


@pytest.mark.parametrize(("values", "_found", "places", "grades"), RANKED)
def test_places_of_equal_scores(values, _found, places, grades, tmp_path):
    lines = by_name(scored(planted(tmp_path / "town.xlsm", TIE | settings(**values))))
    assert tuple(lines[name]["名次"] for name in ORDER) == places
    short = {"优秀": "优", "良好": "良", "一般": "一", "较差": "差"}
    assert "".join(short[lines[name]["等次"]] for name in ORDER) == grades


GRADED = [
    pytest.param({"较差分数线": 50}, "优优良良一", id="四舍五入-1.5-and-0.5-up"),
    pytest.param({"较差分数线": 50, "名额取整": "以内"}, "优良良良良", id="以内-1-and-0"),
    pytest.param({"较差分数线": 50, "名额取整": "最大余数"}, "优优良良良", id="最大余数-better-first"),
    pytest.param({"较差分数线": 50, "优秀比例": 0.2, "良好比例": 0.6, "一般比例": 0.2}, "优良良良一", id="20-60-20"),
    pytest.param({"较差分数线": 50, "优秀比例": 0, "良好比例": 1, "一般比例": 0}, "良良良良良", id="everybody-良好"),
    pytest.param({"较差分数线": 55.23}, "优优良良一", id="较差分数线-is-not-below-itself"),
    pytest.param({"较差分数线": "55.24"}, "优优良良差", id="较差分数线-just-above"),
    pytest.param({"较差分数线": 90}, "优优良差差", id="较差-frees-no-seat"),
    pytest.param({"较差分数线": 92}, "优差差差差", id="较差-overrides-优秀"),
    pytest.param({"较差分数线": 50, "连续末位年数": 1}, "优优良良差", id="末位-this-year-alone"),
]


@pytest.mark.parametrize(("values", "grades"), GRADED)
def test_grades_by_seats_and_by_the_line(values, grades, tmp_path):
    lines = by_name(scored(planted(tmp_path / "town.xlsm", settings(**values))))
    short = {"优秀": "优", "良好": "良", "一般": "一", "较差": "差"}
    assert "".join(short[lines[name]["等次"]] for name in ORDER) == grades


def test_last_this_year_and_last_year_but_another_before_is_not_three_times_last(tmp_path):
    """2022 ended with 农业办 last, so that of 财政所's years only two are in a row."""
    cells = settings(较差分数线=50, 连续末位年数=3)
    places = [(2022, (2, 1, 3, 4, 5)), (2023, (2, 1, 3, 5, 4))]
    rows = [(year, name, None, place) for year, order in places for name, place in zip(NAMES, order, strict=True)]
    for row, line in enumerate(rows, start=4):
        cells |= {f"历年结果!{column}{row}": value for column, value in zip("ABCD", line, strict=True)}
    assert by_name(scored(planted(tmp_path / "town.xlsm", cells)))["财政所"]["等次"] == "一般"


@pytest.mark.parametrize(("years", "last"), [((2023,), "一般"), ((2023, 2022), "较差"), ((2022, 2021), "一般")])
def test_three_years_last_needs_two_years_before(years, last, tmp_path):
    cells = settings(较差分数线=50, 连续末位年数=3)
    for row in range(4, 9):
        cells[f"历年结果!A{row}"] = None
    row = 4
    for year in years:
        for name, place in zip(NAMES, (2, 1, 3, 5, 4), strict=True):
            line = zip("ABCD", (year, name, None, place), strict=True)
            cells |= {f"历年结果!{column}{row}": value for column, value in line}
            row += 1
    if row == 9:
        cells |= {f"历年结果!B{row}": None}
    lines = scored(planted(tmp_path / "town.xlsm", cells))
    assert by_name(lines)["财政所"]["等次"] == last
    unjudged = last == "一般"
    assert any(line["工作表"] == "历年结果" and line["类型"] == WARNING for line in lines["校验"]) == unjudged


@pytest.mark.parametrize(("places", "wanted"), [(1, {"党建办"}), (3, {"党建办", "综合办", "农业办"}), (0, set())])
def test_priority_places_says_how_many_are_put_forward(places, wanted, tmp_path):
    file = planted(tmp_path / "town.xlsm", settings(优先评优名次=places))
    assert main(["score", str(file)]) == 0
    rows = list(load_workbook(file)["结果运用"].iter_rows(min_row=4, values_only=True))
    assert {row[0] for row in rows if row[1] is not None and row[1] < 5} == wanted
    assert {row[0] for row in rows if row[1] == 5} == {"财政所"}


def test_another_year_judges_dates_by_it(tmp_path):
    """In 2025 表彰 of 2024 scores nothing, 信息采用 of 2024 still counts; 2023 is then no longer the year before."""
    answer = scored(planted(tmp_path / "town.xlsm", settings(年度=2025)))
    assert answer["年度"] == 2025
    lines = by_name(answer)
    assert (lines["党建办"]["加分"], lines["综合办"]["加分"]) == (0.0, 2.0)
    assert (WARNING, "G4") in {(line["类型"], line["单元格"]) for line in answer["校验"]}
    assert (WARNING, "G6") in {(line["类型"], line["单元格"]) for line in answer["校验"]}
