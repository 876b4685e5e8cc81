"""R6–R8 of the reference program against entries worked by hand."""

from fractions import Fraction
from typing import Any

import pytest

from .appraise import appraise
from .settings import read_standards
from .small import entry, even_year, small_year

POINT_CASES = {
    "highest level once": (
        [
            entry("表彰", level="县级", 同一事项编号="x"),
            entry("表彰", level="国家级", 同一事项编号="x"),
            entry("表彰", level="市级", 同一事项编号=None),
        ],
        ["重复", "计分", "计分"],
        (8, 0),
    ),
    "level before points, equal rows once": (
        [
            entry("典型推广", "5", "县级", 同一事项编号="x"),
            entry("典型推广", "2", "市级", 同一事项编号="x"),
            entry("典型推广", "2", "市级", 同一事项编号="x"),
        ],
        ["重复", "计分", "重复"],
        (2, 0),
    ),
    "the same work under two categories": (
        [entry("通报批评", level="县委、县政府", 同一事项编号="x"), entry("媒体曝光", 同一事项编号="x")],
        ["计分", "计分"],
        (0, 5),
    ),
    "news counts each time": (
        [entry("信息采用", 同一事项编号="x"), entry("信息采用", 同一事项编号="x")],
        ["计分", "计分"],
        (4, 0),
    ),
    "evidence and year": (
        [
            entry("典型推广", None, "市级", 认定依据=None),
            entry("表彰", level="市级", 日期="2023-12-31"),
            entry("招商项目", 日期=None),
            entry("信息采用", 日期="2025-01-01"),
        ],
        ["待认定", "不在年度", "计分", "计分"],
        (7, 0),
    ),
    "wrong bonus": ([entry("典型推广", "5.1", "市级"), entry("媒体曝光")], ["错误", "计分"], (None, 3)),
    "wrong penalty": ([entry("廉政违纪", "0"), entry("信息采用")], ["错误", "计分"], (2, None)),
    "unknown category": ([entry("节水先进", "1")], ["错误"], (None, None)),
    "unknown level without evidence": ([entry("表彰", level="校级", 认定依据=None)], ["错误"], (None, 0)),
    "somebody else": ([entry("信息采用", 科室="某办")], ["错误"], (0, 0)),
    "shared credit": (
        [entry("招商项目", 同一事项编号="x", 计分比例="0.5"), entry("招商项目", 同一事项编号="x", 计分比例="0.6")],
        ["重复", "计分"],
        (3, 0),
    ),
}


@pytest.mark.parametrize(("rows", "states", "totals"), POINT_CASES.values(), ids=POINT_CASES)
def test_points(rows: list[dict[str, Any]], states: list[str], totals: tuple[int | None, int | None]) -> None:
    year = small_year({"a": ["0.9"] * 4}) | {"加减分": rows}
    outcome = appraise(year)
    assert [row["状态"] for row in outcome["加减分"]] == states
    assert (outcome["结果"][0]["加分"], outcome["结果"][0]["减分"]) == totals


def test_taper_then_category_cap_then_total_cap() -> None:
    base = {"类别": "信息采用", "方向": "加", "计分方式": "固定", "分值": "2", "同一工作只计一次": "否"}
    year = small_year({"a": ["0.9"] * 4})
    year["加减分"] = [entry("信息采用", 计分比例="0.5"), *[entry("信息采用")] * 3, entry("招商项目")]
    year["加减分标准"] = [base | {"递减比例": "100%,50%,25%"}]
    outcome = appraise(year)
    assert [row["计分"] for row in outcome["加减分"]] == [Fraction(1, 4), 2, 1, Fraction(1, 2), 5]
    assert outcome["结果"][0]["加分"] == Fraction("8.75")
    year["加减分标准"] = [base | {"递减比例": "100%,50%,25%", "类别上限": "3"}]
    assert appraise(year)["结果"][0]["加分"] == 8
    year["参数"]["加分上限"] = "6"
    assert appraise(year)["结果"][0]["加分"] == 6


def test_standards_abolished_and_merged() -> None:
    row = {"类别": "表彰", "方向": "加", "级别": "市级", "计分方式": "固定", "分值": "3", "启用": "否"}
    levels = [row["级别"] for row in read_standards({"加减分标准": [row]}) if row["类别"] == "表彰"]
    assert levels == ["国家级", "市级", "县级"]
    year = small_year({"a": ["0.9"] * 4}) | {
        "加减分": [entry("表彰", level="市级", 认定依据=None)],
        "加减分标准": [row],
    }
    assert appraise(year)["加减分"] == [{"计分": 0, "状态": "停用"}]


def test_a_ceiling_holds_the_grade_and_frees_no_seat() -> None:
    row = {"类别": "廉政违纪", "方向": "减", "计分方式": "认定", "同一工作只计一次": "是", "等次封顶": "一般"}
    year = even_year(["95", "90", "85", "80"]) | {"加减分": [entry("廉政违纪", "0.5")], "加减分标准": [row]}
    assert [row["等次"] for row in appraise(year)["结果"]] == ["一般", "良好", "良好", "良好"]
