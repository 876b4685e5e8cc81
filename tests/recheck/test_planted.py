"""Whatever is typed over after scoring turns the sheet red, at the department and figure concerned."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.office.office import Cells, Office
from tests.recheck.sheet import AGREES, DIFFERS, Recheck, read_sheet

EVERYBODY = ""


@dataclass(frozen=True)
class Planted:
    """Cells of the scored example typed over, and where the sheet must see it: department, figure, what comes out."""

    what: str
    cells: Cells
    name: str = EVERYBODY
    figure: str = ""
    value: float | str | None = None


PLANTED = (
    Planted("a posted score", {"考核结果!O4": 98.88}, "党建办", "考核得分", 97.62),
    Planted("a posted quarter", {"考核结果!C5": 91.79}, "民政办", "一季度得分", 91.78),
    Planted("a quarter where there was none", {"考核结果!C14": 88}, "退役军人服务站", "一季度得分", ""),
    Planted("a posted mean", {"考核结果!I7": 84.48}, "企业办", "部门负责人评价", 84.47),
    Planted("a performance score", {"考核结果!G6": 93.32}, "综合办", "业绩评价得分", 93.23),
    Planted("a review score", {"考核结果!K6": 88.82}, "综合办", "履职评价得分", 87.82),
    Planted("a bonus", {"考核结果!L7": 8}, "企业办", "加分", 5.0),
    Planted("a penalty deleted", {"考核结果!M15": None}, "卫计办", "减分", 3.0),
    Planted("net points", {"考核结果!N10": -2}, "综治办", "加减得分", 2.0),
    Planted("a place", {"考核结果!A7": 3}, "企业办", "名次", 4.0),
    Planted("a grade", {"考核结果!P15": "良好"}, "卫计办", "等次", "较差"),
    Planted("a name", {"考核结果!B9": "安监站"}, "安监办"),
    Planted("a rate", {"任务台账!D4": 0.5}, "综合办", "一季度得分"),
    Planted("a rate deleted", {"任务台账!G9": None}, "党建办", "四季度得分", ""),
    Planted("a slash for a rate", {"任务台账!E8": "/"}, "综合办", "二季度得分"),
    Planted("a rate above all", {"任务台账!D4": 1.1}, "综合办", "一季度得分", ""),
    Planted("a word for a rate", {"任务台账!D4": "已完成"}, "综合办", "一季度得分", ""),
    Planted("a word that is no mark", {"履职测评!E4": "好"}, "综合办", "班子成员评价"),
    Planted("a rate of less than nothing", {"任务台账!D4": -0.1}, "综合办", "一季度得分", ""),
    Planted("a mark of one", {"履职测评!E4": 1}, "综合办", "班子成员评价"),
    Planted("a task weight", {"任务台账!C9": 3}, "党建办", "一季度得分"),
    Planted("a coefficient", {"科室!B12": 1.01}, "综治办", "一季度得分"),
    Planted("a mark", {"履职测评!E4": 60}, "综合办", "班子成员评价"),
    Planted("a word for a mark", {"履职测评!E5": "较差"}, "党建办", "班子成员评价"),
    Planted("a ballot deleted", {"履职测评!A5:I5": None}, "党建办", "班子成员评价"),
    Planted("a ballot on the own department", {"履职测评!C112": "党建办"}, "党建办", "部门负责人评价"),
    Planted("a ballot given twice", {"履职测评!A17": "001"}, "党建办", "班子成员评价"),
    Planted("a ballot for another", {"履职测评!D4": "纪委监委"}, "综合办", "班子成员评价"),
    Planted("evidence removed", {"加减分!H10": None}, "党建办", "加分", 2.0),
    Planted("a level changed", {"加减分!E7": "国家级"}, "民政办", "加分", 5.0),
    Planted("a matter cut loose", {"加减分!D5": None}, "企业办", "加分", 10.0),
    Planted("points decided anew", {"加减分!F14": 3}, "综治办", "加分", 3.0),
    Planted("a date of another year", {"加减分!G8": 45000}, "党建办", "加分", 3.5),
    Planted("points without a figure", {"加减分!F15": None}, "安监办", "加分", ""),
    Planted("a deduction", {"考勤!D9": 2}, "企业办", "减分", 2.0),
    Planted("points of a standard", {"加减分标准!E6": 4}, "民政办", "加分", 4.0),
    Planted("a standard switched off", {"加减分标准!L4": "否"}, "企业办", "加分", 0.0),
    Planted("a pair of weights", {"参数!B8": 0.6, "参数!B9": 0.4}, "企业办", "考核得分"),
    Planted("decimals", {"参数!B36": 1}, "综合办", "考核得分"),
    Planted("shares of grades", {"参数!B39": 0.2, "参数!B40": 0.7}, "企业办", "等次", "良好"),
    Planted("a rounding", {"参数!B35": "仅最后取整"}, "综合办", "一季度得分"),
    Planted("a bonus limit", {"参数!B33": "4"}, "企业办", "加分", 4.0),
    Planted("trimming", {"参数!B26": 1}, "综合办", "班子成员评价"),
    Planted("a place in history", {"历年结果!D19": 1, "历年结果!D17": 12}, "卫计办", "等次", "一般"),
    Planted("a department more", {"科室!A16": "文化站"}, "文化站"),
    Planted("a department listed no more", {"考核结果!A11:P11": None}, "纪委监委"),
)


@pytest.fixture(scope="module")
def seen(office: Office, example: Path) -> dict[str, Recheck]:
    """What the sheet says of each planted change, and of the example as it was before and after them."""
    variants: list[Cells] = [{}, *(planted.cells for planted in PLANTED), {}]
    pages = [read_sheet(rows) for rows in office.pages(example, variants)]
    return dict(zip(("before", *(planted.what for planted in PLANTED), "after"), pages, strict=True))


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.what)
def test_a_change_after_scoring_shows(planted: Planted, seen: dict[str, Recheck]) -> None:
    found = seen[planted.what]
    assert found.verdict == DIFFERS
    if planted.name:
        assert found.verdict_of(planted.name) == DIFFERS
    if planted.figure:
        short = planted.figure.replace("评价得分", "").replace("评价", "")
        short = short if short == "考核得分" else short.replace("得分", "")
        assert short in found.differences(planted.name)
    if planted.value is not None:
        assert found.lines[planted.name][planted.figure] == planted.value


def test_nothing_planted_nothing_red(seen: dict[str, Recheck]) -> None:
    """The changes alone turned it red."""
    assert (seen["before"].verdict, seen["after"].verdict) == (AGREES, AGREES)
