"""科室 and 任务台账: every cell that can be wrong, what is found there, and whose figures it costs (R1–R3)."""

from datetime import date

import pytest

from tests.checks.plant import (
    BASE_FINDING,
    ERROR,
    HINT,
    WARNING,
    Found,
    General,
    Plant,
    by_name,
    check_figures,
    expect,
    lost,
    planted,
    scored,
    town_file,
)
from tests.checks.town import PLACES

QUARTERS = ("一季度得分", "二季度得分", "三季度得分", "四季度得分", "业绩评价得分")
ALL_LOST = lost("党建办", *QUARTERS)
FIRST_LOST = lost("党建办", "一季度得分", "业绩评价得分")
OFFICE_LOST = lost("综合办", *QUARTERS)


def first_quarter(score: float | None, performance: float, total: float):
    """党建办 with another first quarter (D6 of the ledger, coefficient 1.05)."""
    return {"党建办": {"一季度得分": score, "业绩评价得分": performance, "考核得分": total}}


FAR_BELOW = Found(WARNING, "任务台账", "D6", "其他季度（最低 90%）")
ZERO = Found(WARNING, "任务台账", "D6", ("1 个完成率是 0", "“/”"))
AT_95 = first_quarter(99.75, 96.6, 95.47)  # 105 × .95; .4 × 99.75 + 56.7; 67.62 + 25.35 + 2.5
AT_100 = first_quarter(105.0, 97.3, 95.96)  # .4 × 101.5 + 56.7; 68.11 + 27.85
AT_1 = first_quarter(1.05, 83.44, 86.26)  # .4 × 66.85 + 56.7; 58.408 + 27.85
AT_2 = first_quarter(2.1, 83.58, 86.36)  # .4 × 67.2 + 56.7; 58.506 + 27.85
AT_2_01 = first_quarter(2.11, 83.58, 86.36)  # 2.1105; .4 × 67.203… + 56.7
AT_0 = first_quarter(0.0, 83.3, 86.16)  # .4 × 66.5 + 56.7; 58.31 + 27.85
IDLE = first_quarter(None, 96.6, 95.47)  # mean of the others 99.75


def test_the_valid_town_has_no_error_and_the_figures_of_the_plan():
    answer = scored(town_file())
    check_figures(answer, {})
    assert [(line["类型"], line["工作表"], line["单元格"]) for line in answer["校验"]] == [BASE_FINDING]
    lines = by_name(answer)
    assert {name: (lines[name]["名次"], lines[name]["等次"]) for name in lines} == PLACES
    assert answer["年度"] == 2024


DEPARTMENTS = [
    Plant(
        "twice-same-coefficient", {"科室!A9": "综合办", "科室!B9": 1}, (Found(ERROR, "科室", "A9", ("综合办", "4")),)
    ),
    Plant("twice-in-other-width", {"科室!A9": "综 合办 ", "科室!B9": 1}, (Found(ERROR, "科室", "A9", "综"),)),
    Plant(
        "twice-other-coefficient",
        {"科室!A9": "综合办", "科室!B9": 1.1},
        (Found(ERROR, "科室", "A9", "评价系数"),),
        OFFICE_LOST,
    ),
    Plant("no-name", {"科室!B9": 1}, (Found(ERROR, "科室", "A9", "科室名称"),)),
    *(
        Plant(
            f"coefficient-{value!r}",
            {"科室!B5": value},
            (Found(ERROR, "科室", "B5", ("评价系数", "大于 0")),),
            ALL_LOST,
        )
        for value in (0, -1, -0.5, "高", "1.05倍", "一")
    ),
    Plant("coefficient-error-cell", {"科室!B5": "#REF!"}, (Found(ERROR, "科室", "B5", "#REF!"),), ALL_LOST),
    Plant("coefficient-uncalculated", {"科室!B5": "=1+0.05"}, (Found(ERROR, "科室", "B5", "公式"),), ALL_LOST),
    *(Plant(f"coefficient-text-{text}", {"科室!B5": text}) for text in ("1.05", "１．０５", " 1.05 ", "1.050")),
    Plant("coefficient-empty-is-1", {"科室!B4": None}, (Found(HINT, "科室", "B4", ("综合办", "1")),)),
    Plant("vacant-head", {"科室!C7": "空缺", "科室!D7": "甲、乙，丙；丁;戊,己"}),
    Plant("former-name", {"科室!E4": "党政办、机关办", "任务台账!A4": "党政办", "履职测评!D4": "机关办"}),
    Plant(
        "without-tasks",
        {f"任务台账!{column}6": None for column in "ABCDEFG"},
        (Found(ERROR, "科室", "A5", ("党建办", "没有任务")),),
        ALL_LOST,
    ),
]

LEDGER_ROWS = [
    Plant(
        "unknown-科室",
        {"任务台账!A12": "文化站", "任务台账!B12": "演出", "任务台账!D12": 0.5},
        (Found(ERROR, "任务台账", "A12", "文化站"),),
    ),
    Plant("no-科室", {"任务台账!B12": "演出", "任务台账!D12": 0.5}, (Found(ERROR, "任务台账", "A12", "科室"),)),
    Plant("no-task-text", {"任务台账!B5": None}, (Found(WARNING, "任务台账", "B5", "任务"),)),
    Plant("name-with-blanks", {"任务台账!A4": " 综　合 办\n"}),
    *(
        Plant(
            f"weight-{value!r}",
            {"任务台账!C5": value},
            (Found(ERROR, "任务台账", "C5", ("任务权重", "大于 0")),),
            OFFICE_LOST,
        )
        for value in (0, -3, "-3", "重", "3分", "30%重")
    ),
    *(Plant(f"weight-text-{text}", {"任务台账!C5": text}) for text in ("3", "３", "3.0", " 3 ")),
    Plant("weight-thousands-commas", {"任务台账!C4": "1,000", "任务台账!C5": "３，０００"}),
    Plant(
        "weight-empty-is-1",
        {"任务台账!C5": None},  # 85 85 85 95 → 34 + 57 = 91; 63.7 + 27.35
        (),
        {"综合办": dict(zip((*QUARTERS, "考核得分"), (85.0, 85.0, 85.0, 95.0, 91.0, 91.05), strict=True))},
    ),
    Plant("weight-error-cell", {"任务台账!C5": "#N/A"}, (Found(ERROR, "任务台账", "C5", "#N/A"),), OFFICE_LOST),
]

RATES = [
    *(
        Plant(f"95-as-{value!r}", {"任务台账!D6": General(value)}, (), AT_95)
        for value in (0.95, "0.95", "０．９５", "95%", "９５％", " 95 % ", "95.0%", ".95")
    ),
    Plant("percent-cell-0.95", {"任务台账!D6": 0.95}, (), AT_95),
    Plant("percent-cell-text-95%", {"任务台账!D6": "95%"}, (), AT_95),
    *(
        Plant(
            f"95-per-cent-as-{value!r}", {"任务台账!D6": General(value)}, (Found(HINT, "任务台账", "D6", "95%"),), AT_95
        )
        for value in (95, "95", "９５", "95.00")
    ),
    Plant("1-is-100%", {"任务台账!D6": General(1)}, (), AT_100),
    Plant("100-is-100%", {"任务台账!D6": General(100)}, (Found(HINT, "任务台账", "D6", "100%"),), AT_100),
    Plant("2-is-2%", {"任务台账!D6": General(2)}, (Found(HINT, "任务台账", "D6", "2%"), FAR_BELOW), AT_2),
    Plant("0-is-0", {"任务台账!D6": General(0)}, (ZERO,), AT_0),
    Plant("percent-cell-0", {"任务台账!D6": 0}, (ZERO,), AT_0),
    *(
        Plant(
            f"between-1-and-2-{value!r}",
            {"任务台账!D6": General(value)},
            (Found(ERROR, "任务台账", "D6", "百分"),),
            FIRST_LOST,
        )
        for value in (1.5, "1.5", 1.01, 1.99, "１．５")
    ),
    *(
        Plant(
            f"above-cap-{value!r}",
            {"任务台账!D6": General(value)},
            (Found(ERROR, "任务台账", "D6", ("上限", "100%")),),
            FIRST_LOST,
        )
        for value in (120, "120%", "１２０％", 100.5, "100.01%", "1,000")
    ),
    Plant(
        "percent-cell-above-cap", {"任务台账!D6": 1.2}, (Found(ERROR, "任务台账", "D6", ("120%", "上限")),), FIRST_LOST
    ),
    Plant("percent-cell-9500%", {"任务台账!D6": 95}, (Found(ERROR, "任务台账", "D6", "上限"),), FIRST_LOST),
    Plant("percent-cell-1%", {"任务台账!D6": 0.01}, (Found(WARNING, "任务台账", "D6", ("1%", "100%")),), AT_1),
    Plant("percent-cell-2%", {"任务台账!D6": 0.02}, (Found(WARNING, "任务台账", "D6", "2%"),), AT_2),
    Plant("percent-cell-above-2%", {"任务台账!D6": 0.0201}, (FAR_BELOW,), AT_2_01),
    Plant("fraction-0.02-elsewhere", {"任务台账!D6": General(0.02)}, (FAR_BELOW,), AT_2),
    *(
        Plant(f"negative-{value!r}", {"任务台账!D6": value}, (Found(ERROR, "任务台账", "D6", "负数"),), FIRST_LOST)
        for value in (General(-0.5), General(-95), General("-5%"), -0.1)
    ),
    *(
        Plant(f"no-work-{text}", {"任务台账!D6": text}, (Found(HINT, "任务台账", "D6", ("党建办", "一季度")),), IDLE)
        for text in ("/", "／", "—", "－", "-", "——", "无", "不涉及", " / ")
    ),
    Plant(
        "no-work-in-one-task",
        {"任务台账!D4": "/"},  # 80 82.5 82.5 97.5: .4 × 81.666… + 58.5 = 91.1666…; 63.819 + 27.35
        (),
        {"综合办": {"一季度得分": 80.0, "业绩评价得分": 91.17, "考核得分": 91.17}},
    ),
    Plant(
        "hole-in-begun-quarter", {"任务台账!D6": None}, (Found(ERROR, "任务台账", "D6", ("一季度", "“/”")),), FIRST_LOST
    ),
    Plant("blank-is-a-hole", {"任务台账!D6": "　 "}, (Found(ERROR, "任务台账", "D6", "没有填写"),), FIRST_LOST),
    Plant(
        "two-holes-of-one-科室",
        {"任务台账!D4": None, "任务台账!D5": None},
        (Found(ERROR, "任务台账", "D4", "综合办"), Found(ERROR, "任务台账", "D5", "综合办")),
        lost("综合办", "一季度得分", "业绩评价得分"),
    ),
    *(
        Plant(f"done-{text}", {"任务台账!D6": text}, (Found(ERROR, "任务台账", "D6", (text, "100%")),), FIRST_LOST)
        for text in ("已完成", "完成", "√", "全部完成")
    ),
    Plant("not-done", {"任务台账!D6": "未完成"}, (Found(ERROR, "任务台账", "D6", ("未完成", "0%")),), FIRST_LOST),
    *(
        Plant(f"words-{text}", {"任务台账!D6": text}, (Found(ERROR, "任务台账", "D6", (text, "95%")),), FIRST_LOST)
        for text in ("基本完成", "九成", "约95%", "95%左右", "95分", "9.5成")
    ),
    Plant("date-in-a-rate", {"任务台账!D6": date(2024, 3, 5)}, (Found(ERROR, "任务台账", "D6", "日期"),), FIRST_LOST),
    Plant("boolean-in-a-rate", {"任务台账!D6": True}, (Found(ERROR, "任务台账", "D6", "TRUE"),), FIRST_LOST),
    Plant("rate-error-cell", {"任务台账!D6": "#REF!"}, (Found(ERROR, "任务台账", "D6", "#REF!"),), FIRST_LOST),
    Plant(
        "rate-newer-error-cell", {"任务台账!D6": "#FIELD!"}, (Found(ERROR, "任务台账", "D6", "#FIELD!"),), FIRST_LOST
    ),
    Plant("rate-uncalculated", {"任务台账!D6": "=4/5"}, (Found(ERROR, "任务台账", "D6", "公式"),), FIRST_LOST),
    Plant("年终完成率-is-not-asked-for", {"任务台账!H6": "不清楚"}),
]

NOBODY_FOURTH = {f"任务台账!G{row}": None for row in range(4, 12)}
EVERYBODY = ("综合办", "党建办", "民政办", "财政所", "农业办")


def all_lost(*headers: str):
    return {name: lost(name, *headers)[name] for name in EVERYBODY}


QUARTERS_CASES = [
    Plant(
        "fourth-not-begun",
        NOBODY_FOURTH,
        (Found(HINT, "任务台账", "G3", ("四季度", "暂不计算")),),
        all_lost("四季度得分", "业绩评价得分"),
    ),
    Plant(
        "one-slash-in-a-fourth-quarter-not-begun",
        NOBODY_FOURTH | {"任务台账!G6": "/"},
        (Found(HINT, "任务台账", "G3", ("四季度", "暂不计算")),),
        all_lost("四季度得分", "业绩评价得分"),
    ),
    Plant(
        "slashes-alone-do-not-begin-a-quarter",
        {f"任务台账!D{row}": None for row in range(4, 11)},  # D11 keeps its /
        (Found(HINT, "任务台账", "D3", "一季度"),),
        all_lost("一季度得分", "业绩评价得分"),
    ),
    Plant(
        "no-work-in-fourth",
        {"任务台账!G6": "/"},
        (Found(ERROR, "任务台账", "G6", ("党建办", "四季度")),),
        lost("党建办", "四季度得分", "业绩评价得分"),
    ),
    Plant(
        "no-work-in-two-quarters",
        {"任务台账!D6": "/", "任务台账!E6": "/"},  # mean 105: 42 + 56.7 = 98.7; 69.09 + 27.85
        (Found(HINT, "任务台账", "D6", "一季度"), Found(HINT, "任务台账", "E6", "二季度")),
        {"党建办": {"一季度得分": None, "二季度得分": None, "业绩评价得分": 98.7, "考核得分": 96.94}},
    ),
    Plant(
        "no-work-in-first-three",
        {"任务台账!D6": "/", "任务台账!E6": "/", "任务台账!F6": "/"},
        tuple(Found(ERROR, "任务台账", f"{column}6", "党建办") for column in "DEF"),
        lost("党建办", *QUARTERS[:3], "业绩评价得分"),
    ),
]


@pytest.mark.parametrize("plant", DEPARTMENTS, ids=lambda plant: plant.name)
def test_a_cell_of_the_departments_sheet(plant, tmp_path):
    expect(plant, tmp_path)


def test_a_former_name_of_two_departments_is_not_given_to_one_of_them(tmp_path):
    """A task under it belongs to nobody for sure: it must not move silently from 综合办 to 党建办."""
    cells = {"科室!E4": "老办", "科室!E5": "老办", "任务台账!A4": "老办"}
    answer = scored(planted(tmp_path / "town.xlsm", cells))
    assert any(line["类型"] in {ERROR, WARNING} for line in answer["校验"])


@pytest.mark.parametrize("plant", LEDGER_ROWS, ids=lambda plant: plant.name)
def test_a_row_of_the_ledger(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", RATES, ids=lambda plant: plant.name)
def test_a_rate_of_the_ledger(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", QUARTERS_CASES, ids=lambda plant: plant.name)
def test_quarters_without_work_or_not_begun(plant, tmp_path):
    expect(plant, tmp_path)
