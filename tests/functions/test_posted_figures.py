"""The functions over a posted table give the posted figures: one implementation, whoever asks."""

import json
import random

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from tests.functions.excel import MISSING, call
from tests.reference.years import random_year
from tests.workbooks import EXAMPLE, fill_year

QUARTERS = ("一季度得分", "二季度得分", "三季度得分", "四季度得分")
GROUPS = ("班子成员评价", "部门负责人评价", "村“一肩挑”评价")


def scored(file, tmp_path):
    answer = tmp_path / f"{file.stem}.json"
    target = tmp_path / f"{file.stem}-算.xlsm"
    assert main(["score", str(file), "-o", str(target), "--json", str(answer)]) in {0, 1}
    return target, json.loads(answer.read_text("utf-8"))["结果"]


def block(lines, headers, empty=None):
    return tuple(tuple(empty if line[header] is None else line[header] for header in headers) for line in lines)


def column(lines, header):
    return [[line[header]] for line in lines]


def sheet_range(file, name):
    """A whole sheet, title and all, so that the rows it counts are the sheet's."""
    return tuple(load_workbook(file, data_only=True)[name].iter_rows(values_only=True))


def below_header(rows, *required):
    """The rows under the header as mappings by header."""
    top = next(at for at, row in enumerate(rows) if set(required) <= set(row))
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    return scored(EXAMPLE, tmp_path_factory.mktemp("functions"))


def test_the_example(example):
    target, lines = example
    check_table(lines)
    history = below_header(sheet_range(target, "历年结果"), "年度", "科室")
    places = {row["科室"]: row["名次"] for row in history if row["年度"] == 2023}
    was_last = tuple(("是" if places[line["科室"]] == max(places.values()) else "否",) for line in lines)
    assert call("JIXIAO_GRADE", block(lines, ["考核得分"]), was_last) == column(lines, "等次")

    entries = sheet_range(target, "加减分")
    attendance = {row["科室"]: row["酌情扣分"] for row in below_header(sheet_range(target, "考勤"), "科室", "酌情扣分")}
    names = tuple((line["科室"],) for line in lines)
    deductions = tuple((attendance.get(name),) for (name,) in names)
    assert call("JIXIAO_POINTS", entries, names, deductions) == column(lines, "加减得分")
    shown = [
        [row["计分"] if row["计分"] is not None else "", row["处理说明"] or ""]
        for row in below_header(entries, "科室", "类别")
    ]
    assert call("JIXIAO_DEDUP", entries) == shown


def test_random_years_with_random_settings(full, tmp_path):
    tables = 0
    for seed in range(40 if full else 6):
        year = random_year(random.Random(seed), settings=True)
        _, lines = scored(fill_year(tmp_path / f"{seed}.xlsm", year), tmp_path)
        if year["参数"].get("并列排序") or any(line["考核得分"] is None for line in lines):
            continue
        tables += 1
        settings = tuple((name, value) for name, value in year["参数"].items())
        exact_on_the_way = year["参数"].get("取整方式") == "仅最后取整"
        if not exact_on_the_way:
            check_table(lines, settings)
        assert call("JIXIAO_RANK", block(lines, ["考核得分"]), settings) == column(lines, "名次")
    assert tables


def check_table(lines, settings=MISSING):
    """Quarters, reviews, scores and places of a posted table; a quarter without a score had no work."""
    quarters, groups, net = block(lines, QUARTERS, "/"), block(lines, GROUPS), block(lines, ["加减得分"])
    assert call("JIXIAO_PERFORMANCE", quarters, settings) == column(lines, "业绩评价得分")
    assert call("JIXIAO_REVIEW", groups, settings) == column(lines, "履职评价得分")
    assert call("JIXIAO_SCORE", quarters, groups, net, settings) == column(lines, "考核得分")
