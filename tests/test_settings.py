"""参数 and 加减分标准: an impossible setting stops everything; every other one does what the contract says, by hand."""

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from tests.checks.plant import ERROR, HINT, WARNING, Found, Plant, expect, planted, scored, town_file, type_into
from tests.checks.town import town

SHEET = load_workbook(town_file())["参数"]
ROWS = {SHEET.cell(row, 1).value: row for row in range(4, SHEET.max_row + 1)}
CLAUSES = {SHEET.cell(row, 1).value: SHEET.cell(row, 4).value for row in ROWS.values()}
S = "加减分标准"


def setting(name: str, value: object) -> dict[str, object]:
    return {f"参数!B{ROWS[name]}": value}


def settings(**values: object) -> dict[str, object]:
    return {f"参数!B{ROWS[name]}": value for name, value in values.items()}


IMPOSSIBLE: dict[str, tuple[object, ...]] = {
    "年度": ("今年", 24, 2024.5),
    **dict.fromkeys(("前三季度权重", "第四季度权重", "业绩评价权重", "履职评价权重"), ("四成", -0.1, "140%", 0.5)),
    **dict.fromkeys(("班子成员权重", "部门负责人权重", "村“一肩挑”权重"), (40, 0.35, "x")),
    **dict.fromkeys(
        ("工作业绩权重", "担当作为权重", "工作状态权重", "协同配合权重", "遵守纪律权重"), ("", 0.25, "-20%")[1:]
    ),
    **dict.fromkeys(("优秀折算分", "良好折算分", "一般折算分", "较差折算分"), (-1, "高")),
    "完成率上限": (0, -1, "不限"),
    "季度得分上限": (-1, "不封顶"),
    "无任务季度": ("平均",),
    "第四季度取数": ("第四季度",),
    "最高最低各去掉票数": (-1, 1.5, "一张"),
    "去掉最高最低起算票数": (-1, 0.5, "五"),
    "最少票数": (-1, 1.5, "两张"),
    **dict.fromkeys(("班子成员应测人数", "部门负责人应测人数", "村“一肩挑”应测人数"), (-1, 2.5, "若干")),
    "缺项处理": ("不管",),
    "加分上限": (-1, "十分"),
    "减分上限": (-1, "十分"),
    "取整方式": ("四舍五入",),
    "小数位数": (-1, 1.5, "两位"),
    "并列名次": ("并列",),
    "并列排序": ("人缘", "业绩评价得分、人缘"),
    **dict.fromkeys(("优秀比例", "良好比例", "一般比例"), (0.5, "三成", -0.1)),
    "名额取整": ("进一",),
    "较差分数线": (-1, "及格"),
    "连续末位年数": (0, -1, 1.5, "两年"),
    "优先评优名次": (-1, 1.5, "前三"),
    "公示工作日": (-1, 1.5, "三天"),
    **dict.fromkeys(("单项认定提醒线", "评价系数提醒下限", "评价系数提醒上限"), (-1, 101, "高")),
    "出勤率提醒线": ("九成", 1.5),
}
REFUSED = [pytest.param(name, value, id=f"{name}-{value}") for name, values in IMPOSSIBLE.items() for value in values]
SPOILT = [
    pytest.param(name, value, id=f"{name}-{value}")
    for name in ("完成率上限", "取整方式")
    for value in ("#REF!", "=1+1")
]


def test_every_setting_has_an_impossible_value_here():
    assert set(IMPOSSIBLE) | {"单位名称"} == set(ROWS)


@pytest.mark.parametrize(("name", "value"), [*REFUSED, *SPOILT])
def test_an_impossible_setting_is_an_error_at_its_cell_and_nothing_is_computed(name, value, tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", setting(name, value)))
    errors = [line for line in answer["校验"] if line["类型"] == ERROR]
    assert [(line["工作表"], line["单元格"]) for line in errors] == [("参数", f"B{ROWS[name]}")]
    assert name in errors[0]["问题"]
    assert CLAUSES[name] in errors[0]["问题"]
    assert errors[0]["建议"]
    assert answer["结果"] == []
    assert not any(answer["季度"].values())


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(setting("取整方式", "随便"), id="word"),
        pytest.param(setting("优秀比例", 0.5), id="total"),
        pytest.param({f"{S}!B4": "增"}, id="standard"),
    ],
)
def test_an_impossible_setting_leaves_the_results_of_last_time_as_they_were(cells, tmp_path, capsys):
    file = planted(tmp_path / "town.xlsm", {})
    assert main(["score", str(file)]) == 0
    kept = ("季度得分", "考核结果", "结果运用", "加减分")
    before = load_workbook(file, keep_vba=True)
    shown = {name: [[cell.value for cell in row] for row in before[name]] for name in kept}
    assert shown["考核结果"][3][1] == "党建办"
    type_into(before, cells)
    before.save(file)
    capsys.readouterr()
    assert main(["score", str(file)]) == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    after = load_workbook(file)
    assert {name: [[cell.value for cell in row] for row in after[name]] for name in kept} == shown
    assert after["校验结果"]["A4"].value == ERROR


def test_weights_out_of_balance_say_which_and_how_much(tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", settings(前三季度权重="50%", 优秀比例=0.2)))
    problems = {line["单元格"]: line["问题"] for line in answer["校验"] if line["类型"] == ERROR}
    assert problems.keys() == {f"B{ROWS['前三季度权重']}", f"B{ROWS['优秀比例']}"}
    assert "110%（四(二)1）" in problems[f"B{ROWS['前三季度权重']}"]
    assert "90%（四(二)5）" in problems[f"B{ROWS['优秀比例']}"]


def test_words_worth_more_than_better_ones_are_refused_as_they_were_typed(tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", settings(良好折算分="62.5", 一般折算分=75)))
    errors = {line["单元格"]: line["问题"] for line in answer["校验"] if line["类型"] == ERROR}
    assert errors == {f"B{ROWS['一般折算分']}": "参数“一般折算分”（四(二)2）不能是“75”"}
    answer = scored(planted(tmp_path / "town.xlsm", settings(良好折算分="37.5", 较差折算分=30)))
    errors = {line["单元格"]: line["问题"] for line in answer["校验"] if line["类型"] == ERROR}
    assert errors == {f"B{ROWS['良好折算分']}": "参数“良好折算分”（四(二)2）不能是“37.5”"}


HALVES = {"综合办": {"业绩评价得分": 93.0, "考核得分": 92.45}}  # .3 × 82.5 + .7 × 97.5; 65.1 + 27.35
OTHERS_AT_30 = {
    "党建办": {},  # 94.5 either way
    "民政办": {"业绩评价得分": 93.0, "考核得分": 87.45},  # 30 + 63
    "财政所": {"业绩评价得分": 60.3, "考核得分": 55.86},  # 16.2 + 44.1; 42.21 + 16.65 − 3
    "农业办": {},  # 90 either way
}

WRITTEN = [
    *(
        Plant(f"30%-as-{low!r}-and-{high!r}", settings(前三季度权重=low, 第四季度权重=high), (), HALVES | OTHERS_AT_30)
        for low, high in (
            (0.3, 0.7),
            ("30%", "70%"),
            ("３０％", "７０％"),
            ("0.3", "0.7"),
            (" 30 %", "０．７"),
            (0.3, "70%"),
        )
    ),
    *(Plant(f"line-{value!r}", setting("较差分数线", value)) for value in (60, "60", "６０", "60.0", None)),
    Plant("default-written-out", settings(前三季度权重="40%", 第四季度权重=0.6, 名额取整=" 四舍 五入", 小数位数="２")),
    Plant(
        "a-line-missing",
        {f"参数!{column}{ROWS[name]}": None for name in ("最少票数", "取整方式") for column in "ABCDE"},
    ),
    Plant(
        "a-name-in-other-quotes",
        {f"参数!A{ROWS['村“一肩挑”权重']}": '村"一肩挑" 权重'} | settings(**{"村“一肩挑”权重": 0.2}),
    ),
    Plant(
        "an-unknown-name",
        {"参数!A60": "食堂评价权重", "参数!B60": 0.1},
        (Found(WARNING, "参数", "A60", "食堂评价权重"),),
    ),
    Plant("year-as-text", setting("年度", "2024年")),
    Plant("no-year", setting("年度", None), (Found(HINT, "参数", f"B{ROWS['年度']}", "2024"),)),
]


@pytest.mark.parametrize("plant", WRITTEN, ids=lambda plant: plant.name)
def test_how_a_setting_is_written(plant, tmp_path):
    expect(plant, tmp_path)


def test_a_setting_listed_twice_is_an_error(tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", {"参数!A60": "取整方式", "参数!B60": "仅最后取整"}))
    errors = [line for line in answer["校验"] if line["类型"] == ERROR]
    assert [(line["工作表"], line["单元格"]) for line in errors] == [("参数", "A60")]
    assert CLAUSES["取整方式"] in errors[0]["问题"]
    assert answer["结果"] == []


def test_a_year_before_the_first_rules_is_said_at_its_cell(tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", setting("年度", 2019)))
    warnings = [line["单元格"] for line in answer["校验"] if line["类型"] == WARNING and line["工作表"] == "参数"]
    assert warnings == [f"B{ROWS['年度']}"]


BAD_STANDARDS = [
    *(pytest.param({f"{S}!B4": value}, "B4", id=f"方向-{value}") for value in ("增", 1)),
    pytest.param({f"{S}!D4": "看情况"}, "D4", id="计分方式"),
    *(pytest.param({f"{S}!E4": value}, "E4", id=f"分值-{value}") for value in ("五分", -5, 0)),
    pytest.param({f"{S}!F8": 6}, "F8", id="最低分-above-最高分"),
    pytest.param({f"{S}!G8": "高"}, "G8", id="最高分"),
    pytest.param({f"{S}!H4": "或许"}, "H4", id="同一工作只计一次"),
    *(pytest.param({f"{S}!I11": value}, "I11", id=f"类别上限-{value}") for value in (-1, "不限")),
    *(pytest.param({f"{S}!J11": value}, "J11", id=f"递减比例-{value}") for value in ("减半", "100%,150%", "100%,-50%")),
    pytest.param({f"{S}!K11": "中等"}, "K11", id="等次封顶"),
    pytest.param({f"{S}!L4": "停"}, "L4", id="启用"),
    pytest.param({f"{S}!E4": "#REF!"}, "E4", id="分值-error-cell"),
    pytest.param({f"{S}!E4": "=2+3"}, "E4", id="分值-uncalculated"),
    pytest.param({f"{S}!A21": "新类别", f"{S}!B21": "加", f"{S}!D21": "固定"}, "E21", id="new-without-分值"),
    pytest.param({f"{S}!B21": "加", f"{S}!D21": "固定", f"{S}!E21": 2}, "A21", id="no-类别"),
    pytest.param(
        {f"{S}!A21": "表彰", f"{S}!B21": "加", f"{S}!C21": "市 级", f"{S}!D21": "固定", f"{S}!E21": 4},
        "C21",
        id="level-twice",
    ),
]


@pytest.mark.parametrize(("cells", "cell"), BAD_STANDARDS)
def test_an_impossible_standard_is_an_error_at_its_cell_and_nothing_is_computed(cells, cell, tmp_path):
    answer = scored(planted(tmp_path / "town.xlsm", cells))
    errors = [line for line in answer["校验"] if line["类型"] == ERROR]
    assert [(line["工作表"], line["单元格"]) for line in errors] == [(S, cell)]
    assert "四(二)3" in errors[0]["问题"]
    assert answer["结果"] == []


def test_the_town_uses_the_defaults_alone():
    assert set(town()["参数"]) == {"年度", "单位名称"}
