"""The reference program against the golden case and against years worked by hand."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from .appraise import appraise, to_json
from .ballots import ballot_score, trimmed
from .defaults import QUARTERS, RESULT_KEYS
from .exact import exact, round_half_up
from .golden import golden_year
from .places import places, printed_places, seats
from .settings import SettingsError, read_settings
from .small import by_name, entry, even_year, history, small_year
from .years import random_year

DEFAULTS = read_settings({})


def test_golden_case_to_the_last_digit(golden: dict[str, Any]) -> None:
    year = golden_year(golden)
    results = to_json(appraise(year), year)["结果"]
    assert [row["科室"] for row in results] == [row["科室"] for row in golden["期望"]]
    for row, expected in zip(results, golden["期望"], strict=True):
        assert [row[label + "得分"] for label in QUARTERS] == expected["季度"]
        assert {key: row[key] for key in expected if key != "季度"} == {
            k: v for k, v in expected.items() if k != "季度"
        }


@pytest.mark.parametrize(
    ("value", "digits", "rounded"),
    [("2.675", 2, "2.68"), ("2.6749999", 2, "2.67"), ("-0.5", 0, "0"), ("0.5", 0, "1"), ("1/3", 4, "0.3333")],
)
def test_rounding_is_half_up(value: str, digits: int, rounded: str) -> None:
    assert round_half_up(Fraction(value), digits) == Fraction(rounded)


def test_a_float_means_its_15_digits() -> None:
    assert exact(0.1 + 0.2) == Fraction(3, 10)
    assert exact("95%") == Fraction(19, 20)


def test_one_score_by_hand() -> None:
    year = small_year({"a": ["0.95", "0.9", "0.85", "0.8"]})
    year["科室"][0]["评价系数"] = "1.05"
    result = by_name(year)["a"]
    assert [result[label + "得分"] for label in QUARTERS] == [99.75, 94.5, 89.25, 84.0]
    assert (result["业绩评价得分"], result["履职评价得分"], result["考核得分"]) == (88.2, 80.0, 85.74)


@pytest.mark.parametrize(("mode", "score"), [("逐步取整", 80.0), ("仅最后取整", 80.01)])
def test_rounding_modes_differ(mode: str, score: float) -> None:
    year = small_year({"a": ["0.80004"] * 4}, "80.004", 取整方式=mode)
    year["加减分"] = [entry("其他加分", "0.004")]
    assert by_name(year)["a"]["考核得分"] == score


def test_weights_count_only_where_there_is_work() -> None:
    year = small_year({"a": ["0.9", "0.9", "0.9", "0.9"]})
    year["任务台账"][0]["任务权重"] = "0.333"
    year["任务台账"].append({"科室": "a", "任务": "乙", "任务权重": "0.667", "完成率": ["0.6", "/", "/", "/"]})
    quarters = to_json(appraise(year), year)["季度"]
    assert [quarters[str(q)][0]["得分"] for q in (1, 2)] == [69.99, 90.0]
    assert quarters["1"][0]["完成率"] == 0.6999


def test_idle_quarters() -> None:
    rates: dict[str, list[Any]] = {
        "a": ["/", "0.8", "0.9", "1"],
        "b": ["1", "1", "1", "/"],
        "c": ["/"] * 3 + ["1"],
    }
    result = by_name(small_year(rates))
    assert [result[name]["业绩评价得分"] for name in "abc"] == [94.0, None, None]
    assert by_name(small_year(rates, 无任务季度="暂不计分"))["a"]["业绩评价得分"] is None
    assert result["a"]["名次"] is None


def test_a_hole_blocks_one_and_a_quarter_not_begun_blocks_all() -> None:
    year = small_year({"a": ["0.9", None, None, None], "b": ["0.8", "0.7", None, None], "c": ["1", "/", "/", None]})
    quarters = appraise(year)["季度"]
    shown = {q: [(row["科室"], row["名次"], row["得分"]) for row in rows] for q, rows in quarters.items()}
    assert shown["1"] == [("c", 1, 100), ("a", 2, 90), ("b", 3, 80)]
    assert shown["2"] == [("a", None, None), ("b", None, 70), ("c", None, None)]
    assert shown["3"] == [("a", None, None), ("b", None, None), ("c", None, None)]


def test_the_fourth_quarter_from_the_year_end_column() -> None:
    year = small_year({"a": ["0.9", "0.9", "0.9", None]}, 第四季度取数="年终完成率", 季度得分上限="95")
    year["任务台账"][0]["年终完成率"] = "0.98"
    assert by_name(year)["a"]["四季度得分"] == 95.0
    assert by_name(year)["a"]["业绩评价得分"] == 93.0


@pytest.mark.parametrize(
    ("marks", "score"),
    [
        (["100", "90", "80", "70", "60"], 80),
        (["优", "B", "一般", "D", "75.5"], Fraction("71.1")),
        ([None] * 5, None),
        (["弃权", None, None, None, None], None),
        (["弃权", "90", "90", "90", "90"], None),
        (["90", "90", None, "90", "90"], None),
        (["90", "90", "100.5", "90", "90"], None),
        (["0", "0", "0", "0", "100"], 20),
    ],
)
def test_ballots(marks: list[str | None], score: Fraction | None) -> None:
    assert ballot_score({"分": marks}, DEFAULTS) == score


def test_own_and_repeated_ballots_are_void() -> None:
    year = small_year({"a": ["0.9"] * 4, "b": ["0.9"] * 4})
    template = year["履职测评"][1] | {"测评主体": "部门负责人", "被评科室": "a"}
    year["履职测评"] += [
        template | {"票号": "D1", "测评人科室": "a", "分": ["10"] * 5},
        template | {"票号": "D2", "测评人科室": "b", "分": ["20"] * 5},
        template | {"票号": "D2", "测评人科室": "b", "分": [None] * 5},
        template | {"票号": "D3", "测评人科室": "b", "分": ["90"] * 5},
    ]
    assert by_name(year)["a"]["部门负责人评价"] == 85.0


@pytest.mark.parametrize(("count", "kept"), [(5, [1, 2, 3, 4, 5]), (6, [2, 3, 4, 5])])
def test_trimming_starts_above_the_limit(count: int, kept: list[int]) -> None:
    settings = read_settings({"参数": {"最高最低各去掉票数": "1"}})
    assert trimmed([Fraction(n) for n in range(1, count + 1)], settings) == kept


def test_trimming_leaves_something() -> None:
    settings = read_settings({"参数": {"最高最低各去掉票数": "3"}})
    assert len(trimmed([Fraction(n) for n in range(6)], settings)) == 6


def test_a_missing_group() -> None:
    year = small_year({"a": ["0.9"] * 4}, 缺项处理="按其余权重折算")
    year["履职测评"] = year["履职测评"][:2]
    year["履职测评"][0]["分"] = ["90"] * 5
    assert by_name(year)["a"]["履职评价得分"] == 86.25  # (90 × 5 + 80 × 3) ÷ 8
    year["参数"]["缺项处理"] = "暂不计分"
    assert by_name(year)["a"]["考核得分"] is None


@pytest.mark.parametrize(
    ("count", "mode", "expected"),
    [
        (12, "四舍五入", (4, 1)),
        (12, "以内", (3, 1)),
        (12, "最大余数", (4, 1)),
        (5, "四舍五入", (2, 1)),
        (5, "最大余数", (2, 0)),
        (4, "四舍五入", (1, 0)),
    ],
)
def test_seats(count: int, mode: str, expected: tuple[int, int]) -> None:
    assert seats(count, read_settings({"参数": {"名额取整": mode}})) == expected


def test_places_are_shared() -> None:
    assert places([90, 95, 90, 80]) == [2, 1, 2, 4]
    assert printed_places([90, 95, 90, 80], read_settings({"参数": {"并列名次": "连号"}})) == [2, 1, 2, 3]


def test_a_tie_is_broken_in_order() -> None:
    year = even_year(["90", "90", "80"], 并列排序="减分")
    year["加减分"] = [entry("突出贡献", "1"), entry("重大工作失误", "1")]
    assert [row["科室"] for row in appraise(year)["结果"]] == ["b", "a", "c"]
    year["参数"]["并列排序"] = "加分、减分"
    assert [row["名次"] for row in appraise(year)["结果"]] == [1, 2, 3]
    assert appraise(year)["结果"][0]["科室"] == "a"


@pytest.mark.parametrize(
    ("values", "grades"),
    [
        (["99", "98", "97", "96", "95", "94", "93", "92", "91", "90"], "优优优良良良良良良一"),
        (["99", "98", "97", "97", "95", "94", "93", "92", "90", "90"], "优优优优良良良良良良"),
        (["99", "98", "97", "96", "95", "94", "93", "92", "60", "59.99"], "优优优良良良良良良较"),
    ],
)
def test_grades(values: list[str], grades: str) -> None:
    assert "".join(row["等次"][0] for row in appraise(even_year(values))["结果"]) == grades


@pytest.mark.parametrize(
    ("rows", "years", "grade"),
    [
        (history(2023, ["1", "2", "3"], [None] * 3), "2", "较差"),
        (history(2023, ["1", "3", "2"], [None] * 3), "2", "良好"),
        (history(2023, ["1", "1", "1"], ["90", "80", "70"]), "2", "良好"),
        (history(2023, ["1", None, "2"], ["90", "80", "70"]), "2", "较差"),
        (history(2023, ["1", None, "3"], ["90", None, "70"]), "2", "良好"),
        (history(2023, ["1", "2"], ["90", "80"]), "2", "良好"),
        (history(2022, ["1", "2", "3"], [None] * 3), "2", "良好"),
        (history(2023, ["1", "2", "3"], [None] * 3), "3", "良好"),
        (history(2023, ["1", "2", "3"], [None] * 3) + history(2022, ["1", "2", "3"], [None] * 3), "3", "较差"),
        ([], "1", "较差"),
    ],
)
def test_last_again(rows: list[dict[str, Any]], years: str, grade: str) -> None:
    year = even_year(["90", "85", "80"], 连续末位年数=years) | {"历年结果": rows}
    assert by_name(year)["c"]["等次"] == grade


def test_nobody_is_last_when_all_are_equal() -> None:
    year = even_year(["80", "80", "80"], 连续末位年数="1")
    assert {row["等次"] for row in appraise(year)["结果"]} == {"优秀"}


@pytest.mark.parametrize(
    "settings", [{"优秀比例": "0.4"}, {"取整方式": "随意"}, {"小数位数": "1.5"}, {"无此项": "1"}, {"并列排序": "身高"}]
)
def test_senseless_settings_are_refused(settings: dict[str, str]) -> None:
    with pytest.raises(SettingsError):
        read_settings({"参数": settings})


@pytest.mark.parametrize("settings", [False, True])
def test_random_years(settings: bool) -> None:
    ranked = 0
    for seed in range(60):
        year = random_year(Random(seed), settings)
        assert year == random_year(Random(seed), settings)
        outcome = to_json(appraise(year), year)
        assert all(list(row) == RESULT_KEYS for row in outcome["结果"])
        ranked += all(row["名次"] for row in outcome["结果"])
    assert ranked >= 36
