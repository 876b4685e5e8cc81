"""The worksheet functions =JIXIAO_…(): what staff type, answered by the same rules as the buttons.

Each takes ranges as xlwings hands them over and answers with a value, a column, or a short text that begins with
#绩效: and says which argument is wrong. The docstrings are the help that Excel's function wizard shows.
"""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar, cast

import xlwings as xw

from jixiao import formulas
from jixiao.errors import JixiaoError
from jixiao.formulas.cells import BUG, Answer, Cells, FormulaError, cells_of, fault_text
from jixiao.log import record_failure

CATEGORY = "绩效考核"

Function = TypeVar("Function", bound=Callable[..., object])

_QUARTERS = "四个季度得分，并排四格，一行一个科室。没有安排任务的季度填“/”。"
_REVIEWS = "三类测评得分，并排三格：班子成员、部门负责人、村“一肩挑”；一行一个科室。"
_NET = "可以不填。加减得分，一个科室一格；空着就是没有加减分。"
_ENTRIES = "“加减分”表里的区域，要连表头一起选。"
_STANDARDS = "可以不填。“加减分标准”表里的区域，要连表头一起选；不填就按方案。"
_SETTINGS = "可以不填。两列的区域：项目、值；里面没有的项目按方案的默认值。"

_RANGE = {"ndim": 2, "err_to_str": True}


def _answered(function: Function) -> Function:
    """Faults as short texts in the cell; what nobody foresaw goes to the log, never as a trace into a cell."""

    @wraps(function)
    def call(*arguments: object, **named: object) -> object:
        try:
            return function(*map(cells_of, arguments), **{name: cells_of(value) for name, value in named.items()})
        except JixiaoError as fault:
            return fault_text(fault)
        except Exception:  # noqa: BLE001 - a cell must not show a trace
            record_failure(function.__name__)
            return fault_text(BUG)

    # xlwings would take the annotations for converters.
    call.__annotations__ = {}
    return cast("Function", call)


def _needed(cells: Cells | None, name: str) -> Cells:
    if cells is None:
        raise FormulaError(f"{name}是空的")
    return cells


@xw.func(category=CATEGORY)
@xw.arg("quarters", doc=_QUARTERS, **_RANGE)
@xw.arg("reviews", doc=_REVIEWS, **_RANGE)
@xw.arg("points", doc=_NET, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_SCORE(quarters: Cells, reviews: Cells, points: Cells | None = None, settings: Cells | None = None) -> Answer:
    """考核得分：由四个季度得分、三类测评得分和加减得分算出（方案四(二)4）。"""
    return formulas.scores.scores(_needed(quarters, "季度得分"), _needed(reviews, "履职评分"), points, settings)


@xw.func(category=CATEGORY)
@xw.arg("rates", doc="一个科室各项任务这个季度的完成率，一列或一行。没有安排任务的填“/”。", **_RANGE)
@xw.arg("weights", doc="可以不填。各项任务的任务权重，与完成率一样多；空着按 1。", **_RANGE)
@xw.arg("coefficient", doc="可以不填。这个科室的评价系数；空着按 1。", **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_QUARTER(
    rates: Cells, weights: Cells | None = None, coefficient: Cells | None = None, settings: Cells | None = None
) -> Answer:
    """季度得分：一个科室一个季度的得分（方案四(二)1）。全部任务都是“/”时仍是“/”。"""
    return formulas.scores.quarter(_needed(rates, "完成率"), weights, coefficient, settings)


@xw.func(category=CATEGORY)
@xw.arg("quarters", doc=_QUARTERS, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_PERFORMANCE(quarters: Cells, settings: Cells | None = None) -> Answer:
    """业绩评价得分：由四个季度得分算出（方案四(二)4）。"""
    return formulas.scores.performances(_needed(quarters, "季度得分"), settings)


@xw.func(category=CATEGORY)
@xw.arg("reviews", doc=_REVIEWS, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_REVIEW(reviews: Cells, settings: Cells | None = None) -> Answer:
    """履职评价得分：由三类测评得分算出（方案四(二)2）。"""
    return formulas.scores.reviews(_needed(reviews, "履职评分"), settings)


@xw.func(category=CATEGORY)
@xw.arg("entries", doc=_ENTRIES, **_RANGE)
@xw.arg("departments", doc="区域里只有一个科室时可以不填。要算的科室，一格或一列。", **_RANGE)
@xw.arg("attendance", doc="可以不填。考勤酌情扣分，一个科室一格，填正数。", **_RANGE)
@xw.arg("standards", doc=_STANDARDS, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_POINTS(
    entries: Cells,
    departments: Cells | None = None,
    attendance: Cells | None = None,
    standards: Cells | None = None,
    settings: Cells | None = None,
) -> Answer:
    """加减得分：同一工作只按最高级别计一次，加分减去减分（方案四(二)3）。"""
    needed = _needed(entries, "加减分区域")
    return formulas.points.net_points(needed, departments, attendance, standards, settings)


@xw.func(category=CATEGORY)
@xw.arg("entries", doc=_ENTRIES, **_RANGE)
@xw.arg("standards", doc=_STANDARDS, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_DEDUP(entries: Cells, standards: Cells | None = None, settings: Cells | None = None) -> Answer:
    """逐行判断加减分：左列是计分，右列是为什么计或不计（方案四(二)3）。"""
    return formulas.points.judged_rows(_needed(entries, "加减分区域"), standards, settings)


@xw.func(category=CATEGORY)
@xw.arg("scores", doc="全部科室的考核得分，一列或一行，不能有空格。", **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_RANK(scores: Cells, settings: Cells | None = None) -> Answer:
    """名次：得分从高到低，同分同名次（方案四(二)5）。"""
    return formulas.ranks.places(_needed(scores, "得分"), settings)


@xw.func(category=CATEGORY)
@xw.arg("scores", doc="全部科室的考核得分，一列或一行，不能有空格。", **_RANGE)
@xw.arg("last_before", doc="可以不填。每个科室此前已经连续几年末位；是、否当作 1、0。", **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_GRADE(scores: Cells, last_before: Cells | None = None, settings: Cells | None = None) -> Answer:
    """等次：优秀、良好、一般、较差（方案四(二)5）。"""
    return formulas.ranks.grades(_needed(scores, "得分"), last_before, settings)


@xw.func(category=CATEGORY)
@xw.arg("quarters", doc=_QUARTERS, **_RANGE)
@xw.arg("reviews", doc=_REVIEWS, **_RANGE)
@xw.arg("points", doc=_NET, **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_EXPLAIN(
    quarters: Cells, reviews: Cells, points: Cells | None = None, settings: Cells | None = None
) -> Answer:
    """用一行话写出考核得分是怎么算出来的（方案四(二)4）。"""
    needed = _needed(quarters, "季度得分"), _needed(reviews, "履职评分")
    return formulas.scores.explanations(*needed, points, settings)


@xw.func(category=CATEGORY)
@xw.arg("posted", doc="贴出公示的日期，一格或一列。", **_RANGE)
@xw.arg("days", doc="可以不填。公示几个工作日；不填按参数“公示工作日”。", **_RANGE)
@xw.arg("settings", doc=_SETTINGS, **_RANGE)
@_answered
def JIXIAO_NOTICE_END(posted: Cells, days: Cells | None = None, settings: Cells | None = None) -> Answer:
    """公示的最后一天：从发布第二天起数工作日，按国务院放假调休安排（方案四(二)1）。"""
    return formulas.notices.last_days(_needed(posted, "公示发布日期"), days, settings)
