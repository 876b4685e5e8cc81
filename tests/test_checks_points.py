"""加减分: the worth of every 类别, the same-work rule, evidence, dates, and every cell that can be wrong (R6–R8)."""

from datetime import date, datetime

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from tests.checks.plant import ERROR, HINT, WARNING, Found, General, Plant, expect, lost_points, planted, points

S = "加减分"
COLUMNS = dict(zip(("科室", "类别", "事项", "编号", "级别", "分值", "日期", "依据", "比例"), "ABCDEFGHK", strict=True))


def entry(row: int, category: object, **cells: object) -> dict[str, object]:
    """A row of 综合办 that counts, unless a cell says otherwise."""
    line = {"科室": "综合办", "类别": category, "事项": f"事项{row}", "日期": date(2024, 6, 1), "依据": "会议纪要3号"}
    return {f"{S}!{COLUMNS[header]}{row}": value for header, value in (line | cells).items()}


def office(bonus: float, penalty: float = 0.0):
    """综合办 with other points; it has 2 − 0 in the town, and 89.40 without points."""
    return points("综合办", bonus, penalty, round(89.4 + bonus - penalty, 2))


def gain(value: float):
    return office(2.0 + value)


def loss(value: float):
    return office(2.0, value)


BONUS_LOST = lost_points("综合办", "加分")
PENALTY_LOST = lost_points("综合办", "减分")
LOST = lost_points("综合办", "加分", "减分")  # which side the row is on is unknown

WORTH = [
    Plant("招商项目-5", entry(10, "招商项目"), (), gain(5)),
    *(
        Plant(f"表彰-{level}", entry(10, "表彰", 级别=level), (), gain(v))
        for level, v in (("国家级", 5), ("市级", 3), ("县级", 2))
    ),
    *(
        Plant(f"典型推广-{level}-{value}", entry(10, "典型推广", 级别=level, 分值=value), (), gain(float(value)))
        for level, value in (("国家级", 2), ("市级", "3.5"), ("县级", 5))
    ),
    Plant("信息采用-2", entry(10, "信息采用"), (), gain(2)),
    Plant(
        "信息采用-any-level-will-do",
        entry(10, "信息采用", 级别="县级"),
        (Found(HINT, S, "E10", ("不分级别", "“县级”")),),
        gain(2),
    ),
    Plant("突出贡献-as-decided", entry(10, "突出贡献", 分值=0.25), (), gain(0.25)),
    Plant("其他加分-as-decided", entry(10, "其他加分", 分值="１．５"), (), gain(1.5)),
    *(
        Plant(f"通报批评-{level}", entry(10, "通报批评", 级别=level), (), loss(v))
        for level, v in (("中央、国家部委", 3), ("市委、市政府", 3), ("县委、县政府", 2))
    ),
    Plant("媒体曝光-3", entry(10, "媒体曝光"), (), loss(3)),
    *(
        Plant(f"{category}-as-decided", entry(10, category, 分值=1.25), (), loss(1.25))
        for category in ("廉政违纪", "安全生产事故", "重大工作失误")
    ),
    Plant("category-with-blanks", entry(10, " 招商 项目"), (), gain(5)),
    Plant("rounded-half-up", entry(10, "突出贡献", 分值=0.125), (), gain(0.13)),
]

ONCE = Found(HINT, S, "D11", ("10", "只计一次"))
FIRST_GIVES_WAY = Found(HINT, S, "D10", ("11", "只计一次"))


def two(category: str, first: dict, second: dict, **both: object) -> dict[str, object]:
    shared = {"编号": "K1"} | both
    return entry(10, category, **shared, **first) | entry(11, category, **shared, **second)


SAME_WORK = [
    Plant("highest-level-once", two("表彰", {"级别": "国家级"}, {"级别": "县级"}), (ONCE,), gain(5)),
    Plant(
        "highest-level-once-lower-first", two("表彰", {"级别": "县级"}, {"级别": "国家级"}), (FIRST_GIVES_WAY,), gain(5)
    ),
    Plant(
        "level-before-points",
        two("典型推广", {"级别": "市级", "分值": 2}, {"级别": "县级", "分值": 5}),
        (ONCE,),
        gain(2),
    ),
    Plant(
        "then-most-points",
        two("典型推广", {"级别": "市级", "分值": 2}, {"级别": "市级", "分值": 4}),
        (FIRST_GIVES_WAY,),
        gain(4),
    ),
    Plant("equal-rows-once", two("招商项目", {}, {}), (ONCE,), gain(5)),
    Plant("penalty-once", two("通报批评", {"级别": "市委、市政府"}, {"级别": "县委、县政府"}), (ONCE,), loss(3)),
    Plant("as-decided-penalty-once", two("廉政违纪", {"分值": 1}, {"分值": 2}), (FIRST_GIVES_WAY,), loss(2)),
    Plant("number-is-the-text", entry(10, "招商项目", 编号=1) | entry(11, "招商项目", 编号="１"), (ONCE,), gain(5)),
    Plant("编号-with-blanks", entry(10, "招商项目", 编号="K 1") | entry(11, "招商项目", 编号="Ｋ1 "), (ONCE,), gain(5)),
    *(
        Plant(f"{category}-counts-every-time", two(category, cells, cells), (), gain(2 * value))
        for category, cells, value in (("信息采用", {}, 2), ("突出贡献", {"分值": 1}, 1), ("其他加分", {"分值": 1}, 1))
    ),
    Plant(
        "other-类别-is-other-work",
        entry(10, "招商项目", 编号="K1") | entry(11, "表彰", 级别="县级", 编号="K1"),
        (),
        gain(7),
    ),
    Plant("other-科室-is-other-work", entry(10, "表彰", 级别="市级", 编号="SX1"), (), gain(3)),
    Plant(
        "one-matter-under-two-penalties",
        entry(10, "媒体曝光", 编号="K1") | entry(11, "通报批评", 级别="县委、县政府", 编号="K1"),
        (Found(HINT, S, "D11", ("K1", "媒体曝光")),),
        loss(5),
    ),
    Plant("no-编号-stands-alone", entry(10, "招商项目") | entry(11, "招商项目"), (), gain(10)),
    Plant(
        "no-编号-but-same-事项",
        entry(10, "招商项目", 事项="光伏 项目") | entry(11, "招商项目", 事项="光伏项目"),
        (Found(WARNING, S, "C11", ("10", "同一事项编号")),),
        gain(10),
    ),
    Plant(
        "evidence-missing-at-the-higher-level",
        two("表彰", {"级别": "国家级", "依据": None}, {"级别": "县级"}),
        (Found(WARNING, S, "H10", "认定"),),
        gain(2),
    ),
    Plant(
        "higher-level-outside-the-year",
        two("表彰", {"级别": "国家级", "日期": date(2023, 6, 1)}, {"级别": "县级"}),
        (Found(WARNING, S, "G10", "2024"),),
        gain(2),
    ),
]

INSIDE = (
    *(
        date(2024, 1, 1),
        date(2024, 12, 31),
        datetime.fromisoformat("2024-12-31T23:59"),
        "2024-3-5",
        "2024-03-05",
        "2024.3.5",
    ),
    *("2024/3/5", "2024年3月5日", "２０２４年３月５日", "20240305", 20240305, "3月5日", "2024年 3月 5日", "2024－3－5"),
)

EVIDENCE_AND_DATES = [
    *(
        Plant(
            f"{category}-without-evidence",
            entry(10, category, 依据=blank, 级别=level, 分值=value),
            (Found(WARNING, S, "H10", "文号"),),
        )
        for category, level, value, blank in (
            ("招商项目", None, None, None),
            ("表彰", "市级", None, "　"),
            ("突出贡献", None, 3, None),
            ("媒体曝光", None, None, " "),
            ("廉政违纪", None, 2, None),
        )
    ),
    *(Plant(f"inside-{when!r}", entry(10, "招商项目", 日期=when), (), gain(5)) for when in INSIDE),
    *(
        Plant(
            f"{category}-outside-{when!r}",
            entry(10, category, 日期=when, 级别=level),
            (Found(WARNING, S, "G10", "2024"),),
        )
        for category, level in (("招商项目", None), ("表彰", "国家级"))
        for when in (date(2023, 12, 31), date(2025, 1, 1), "2023.12.31", "20250101")
    ),
    Plant(
        "信息采用-outside-counts",
        entry(10, "信息采用", 日期="2023年12月" + "31日"),
        (Found(WARNING, S, "G10", "2023"),),
        gain(2),
    ),
    Plant(
        "媒体曝光-outside-counts",
        entry(10, "媒体曝光", 日期=date(2025, 1, 1)),
        (Found(WARNING, S, "G10", "2025"),),
        loss(3),
    ),
    Plant(
        "典型推广-outside-counts",
        entry(10, "典型推广", 级别="县级", 分值=2, 日期="2023-1-1"),
        (Found(WARNING, S, "G10", "2023"),),
        gain(2),
    ),
    Plant("招商项目-without-date-counts", entry(10, "招商项目", 日期=None), (Found(HINT, S, "G10", "日期"),), gain(5)),
    Plant(
        "通报批评-without-date-counts",
        entry(10, "通报批评", 级别="县委、县政府", 日期=None),
        (Found(HINT, S, "G10", "日期"),),
        loss(2),
    ),
    *(
        Plant(
            f"招商项目-no-date-{when}",
            entry(10, "招商项目", 日期=when),
            (Found(ERROR, S, "G10", (when, "2024-3-5")),),
            BONUS_LOST,
        )
        for when in ("五月初", "2024-13-1", "2024-2-30", "3.5")
    ),
]

CELLS = [
    Plant("unknown-科室", entry(10, "招商项目", 科室="文化站"), (Found(ERROR, S, "A10", "文化站"),)),
    Plant("no-科室", entry(10, "招商项目", 科室=None), (Found(ERROR, S, "A10", "科室"),)),
    Plant("unknown-类别", entry(10, "扶贫工作"), (Found(ERROR, S, "B10", ("扶贫工作", "类别")),), LOST),
    Plant("no-类别", entry(10, None), (Found(ERROR, S, "B10", "类别"),), LOST),
    Plant(
        "unknown-级别",
        entry(10, "表彰", 级别="省级"),
        (Found(ERROR, S, "E10", ("省级", "国家级", "县级")),),
        BONUS_LOST,
    ),
    Plant("no-级别", entry(10, "表彰"), (Found(ERROR, S, "E10", ("级别", "国家级")),), BONUS_LOST),
    Plant("no-分值-in-区间", entry(10, "典型推广", 级别="县级"), (Found(ERROR, S, "F10", "分值"),), BONUS_LOST),
    *(
        Plant(
            f"range-{value}",
            entry(10, "典型推广", 级别="县级", 分值=value),
            (Found(ERROR, S, "F10", ("2", "5")),),
            BONUS_LOST,
        )
        for value in (1.9, 5.1, "6", 1.999999)
    ),
    Plant("no-分值-in-认定", entry(10, "突出贡献"), (Found(ERROR, S, "F10", "分值"),), BONUS_LOST),
    *(
        Plant(
            f"{category}-{value!r}",
            entry(10, category, 分值=value),
            (Found(ERROR, S, "F10", ("不大于 0", "正数")),),
            side,
        )
        for category, value, side in (
            ("突出贡献", 0, BONUS_LOST),
            ("其他加分", -1, BONUS_LOST),
            ("廉政违纪", -2, PENALTY_LOST),
            ("重大工作失误", "-0.5", PENALTY_LOST),
            ("安全生产事故", 0, PENALTY_LOST),
        )
    ),
    *(
        Plant(f"not-a-number-{value}", entry(10, "突出贡献", 分值=value), (Found(ERROR, S, "F10", value),), BONUS_LOST)
        for value in ("两分", "2分", "2-5", "+-1")
    ),
    Plant("分值-error-cell", entry(10, "突出贡献", 分值="#VALUE!"), (Found(ERROR, S, "F10", "#VALUE!"),), BONUS_LOST),
    Plant("分值-uncalculated", entry(10, "突出贡献", 分值="=1+1"), (Found(ERROR, S, "F10", "公式"),), BONUS_LOST),
    Plant("固定-with-other-分值", entry(10, "招商项目", 分值=8), (Found(WARNING, S, "F10", ("5", "8")),), gain(5)),
    Plant("固定-with-its-own-分值", entry(10, "招商项目", 分值="5.0"), (), gain(5)),
    *(
        Plant(f"half-share-{value!r}", entry(10, "招商项目", 比例=value), (), gain(2.5))
        for value in (0.5, "50%", "５０％", General(0.5), "0.5")
    ),
    *(
        Plant(f"share-{value!r}", entry(10, "招商项目", 比例=value), (Found(ERROR, S, "K10", "计分比例"),), BONUS_LOST)
        for value in (1.5, -0.5, "150%", "一半")
    ),
    Plant(
        "计分比例-error-cell", entry(10, "招商项目", 比例="#DIV/0!"), (Found(ERROR, S, "K10", "#DIV/0!"),), BONUS_LOST
    ),
    Plant(
        "a-fault-on-either-side",
        entry(10, "突出贡献") | entry(11, "廉政违纪"),
        (Found(ERROR, S, "F10", "分值"), Found(ERROR, S, "F11", "分值")),
        LOST,
    ),
    Plant("计分比例-uncalculated", entry(10, "招商项目", 比例="=1/2"), (Found(ERROR, S, "K10", "公式"),), BONUS_LOST),
]


@pytest.mark.parametrize("plant", WORTH, ids=lambda plant: plant.name)
def test_what_a_row_is_worth(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", SAME_WORK, ids=lambda plant: plant.name)
def test_the_same_work_counts_once(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", EVIDENCE_AND_DATES, ids=lambda plant: plant.name)
def test_evidence_and_dates(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", CELLS, ids=lambda plant: plant.name)
def test_a_wrong_cell_of_points(plant, tmp_path):
    expect(plant, tmp_path)


def test_the_output_columns_of_points_say_what_became_of_each_row(tmp_path):
    cells = (
        entry(10, "表彰", 级别="市级", 依据=None)
        | entry(11, "招商项目", 日期="2023-5-1")
        | entry(12, "突出贡献", 分值=0)
    )
    file = planted(tmp_path / "town.xlsm", cells | entry(13, "信息采用", 科室="文化站"))
    assert main(["score", str(file)]) == 1
    sheet = load_workbook(file)[S]
    assert [sheet.cell(row, 12).value for row in range(4, 14)] == [3, 0, 2, 2, 2.5, 3, 0, 0, None, None]
    notes = {row: str(sheet.cell(row, 13).value) for row in range(4, 14)}
    assert "同一工作" in notes[5]
    assert "待认定" in notes[10]
    assert "年" in notes[11]
    assert all(notes[row] not in {"", "None"} for row in (5, 10, 11, 12, 13)), notes
