"""加减分标准 of another town: points, levels, limits, tapers, ceilings, by hand on the town of `checks/town.py`."""

import pytest

from tests.checks.plant import HINT, WARNING, Found, Plant, by_name, expect, planted, points, scored
from tests.test_checks_points import entry
from tests.test_settings import S

OFF = Found(WARNING, "加减分", "B6", "停用")
UPSIDE_DOWN = Found(WARNING, S, "C21", ("“县级”排在“省级”前面", "从高到低"))
NEW_LEVEL = dict(
    zip((f"{S}!{column}21" for column in "ABCDEHL"), ("表彰", "加", "省级", "固定", 4, "是", "是"), strict=True)
)


def bonus(value: float):
    return points("综合办", value, 0.0, round(89.4 + value, 2))


STANDARDS = [
    Plant("分值-8", {f"{S}!E4": 8} | entry(10, "招商项目"), (), bonus(10)),
    Plant("启用-否", {f"{S}!L11": "否"}, (OFF,), bonus(0)),
    Plant(
        "a-missing-row-is-the-default",
        {f"{S}!{c}4": None for c in "ABCDEFGHIJKLM"} | entry(10, "招商项目"),
        (),
        bonus(7),
    ),
    Plant("empty-分值-is-the-default", {f"{S}!E4": None} | entry(10, "招商项目"), (), bonus(7)),
    Plant("empty-最低分-最高分-are-the-default", {f"{S}!{c}{r}": None for c in "FG" for r in (8, 9, 10)}),
    Plant("extra-level", NEW_LEVEL | entry(10, "表彰", 级别="省级"), (UPSIDE_DOWN,), bonus(6)),
    Plant(
        "extra-level-stands-where-its-row-stands",
        NEW_LEVEL | entry(10, "表彰", 级别="省级", 编号="K") | entry(11, "表彰", 级别="县级", 编号="K"),
        (Found(HINT, "加减分", "D10", "11"), UPSIDE_DOWN),
        bonus(4),
    ),
    Plant(
        "extra-类别-of-the-name-考勤",  # 党建办 has 0.5 on the sheet 考勤 as well
        dict(zip((f"{S}!{column}21" for column in "ABDE"), ("考勤", "减", "固定", 1), strict=True))
        | entry(10, "考勤", 科室="党建办"),
        (Found(HINT, S, "A21", "考勤"),),
        points("党建办", 3.0, 1.5, 93.0),
    ),
    Plant(
        "extra-类别",
        dict(zip((f"{S}!{column}21" for column in "ABDE"), ("志愿服务", "减", "固定", "１．５"), strict=True))
        | entry(10, "志愿服务"),
        (Found(HINT, S, "A21", "志愿服务"),),
        points("综合办", 2.0, 1.5, 89.9),
    ),
    Plant(
        "同一工作只计一次-否",
        {f"{S}!H4": "否"} | entry(10, "招商项目", 编号="K") | entry(11, "招商项目", 编号="K"),
        (),
        bonus(12),
    ),
    Plant("类别上限-3", {f"{S}!I11": 3} | entry(10, "信息采用") | entry(11, "信息采用"), (), bonus(3)),
    Plant("类别上限-leaves-other-类别", {f"{S}!I11": 1} | entry(10, "突出贡献", 分值=4), (), bonus(5)),
    Plant("递减比例", {f"{S}!J11": "100%,50%,25%"} | entry(10, "信息采用") | entry(11, "信息采用"), (), bonus(3.5)),
    Plant(
        "递减比例-best-first",
        {f"{S}!J12": "100%，50%"} | entry(10, "突出贡献", 分值=1) | entry(11, "突出贡献", 分值=4),
        (),
        bonus(6.5),
    ),
    Plant(
        "计分比例-shares-the-credit",
        entry(10, "招商项目", 比例="60%") | entry(11, "招商项目", 科室="农业办", 比例=0.4),
        (),
        bonus(5) | points("农业办", 4.5, 0, 92.85),
    ),
]


@pytest.mark.parametrize("plant", STANDARDS, ids=lambda plant: plant.name)
def test_standards_of_another_town(plant, tmp_path):
    expect(plant, tmp_path)


CEILINGS = [
    pytest.param({f"{S}!K11": "良好"}, "综合办", "良好", id="holds-优秀-at-良好"),
    pytest.param({f"{S}!K10": "一般"}, "农业办", "一般", id="holds-良好-at-一般"),
    pytest.param(
        {f"{S}!K12": "良好"} | entry(10, "突出贡献", 分值=0.5), "综合办", "良好", id="holds-by-half-a-point-as-well"
    ),
    pytest.param({f"{S}!K7": "良好"}, "党建办", "优秀", id="a-row-not-counted-holds-nothing"),
    pytest.param({f"{S}!K11": "优秀"}, "综合办", "优秀", id="no-lower-than-it-is"),
    pytest.param({f"{S}!K16": "良好"}, "财政所", "较差", id="never-lifts"),
]


@pytest.mark.parametrize(("cells", "name", "grade"), CEILINGS)
def test_a_grade_ceiling_holds_the_grade(cells, name, grade, tmp_path):
    assert by_name(scored(planted(tmp_path / "town.xlsm", cells)))[name]["等次"] == grade


@pytest.mark.parametrize(("limit", "told"), [(4, False), (3.99, True)])
def test_a_limit_just_reached_cuts_nothing_off(limit, told, tmp_path):
    """Of 综合办's 信息采用, 2 points twice: the note says 封顶 only where points were lost."""
    results = scored(planted(tmp_path / "town.xlsm", {f"{S}!I11": limit} | entry(10, "信息采用")))["结果"]
    (line,) = (line for line in results if line["科室"] == "综合办")
    assert (line["加分"], "封顶" in line["说明"]) == (limit, told)
