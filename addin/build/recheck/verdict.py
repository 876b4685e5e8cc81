"""Recomputed against posted: figure by figure, department by department, and over all (sheet 复核过程).

Never a wrong red, never a wrong green: a figure that any doubt touches is not judged, and the first reason of each kind
stands among the conditions.
"""

from dataclasses import dataclass

from jixiao.policy.model import RATER_GROUPS
from jixiao.sheets.inputs import DEPARTMENTS, SETTINGS
from jixiao.sheets.outputs import FINDINGS, RESULTS

from . import ballots, history, ledger, points, standards, standing
from .areas import MOST_DEPARTMENTS, area, problem, row_numbers, rows_of, text, write_problems
from .departments import COUNT, NAMES
from .scratch import Scratch
from .text import IDLE, UNSURE, first_of, look_up, quote

AGREES, DIFFERS, OPEN, UNSCORED = "一致", "不一致", "无法复核", "尚未计算得分"
OVERALL, ADVICE, VERDICTS, DIFFERENCES = "复核_总评", "复核_说明", "复核_结论", "复核_差异"
LISTED = "公布_行数"
_WHOLE = "不可_全部"
_SPELLED_OUT = {"score"}
_MOST_QUOTED = 5
PRINTED_DEPARTMENTS = 24  # as many as one page holds


@dataclass(frozen=True)
class Condition:
    """What must hold for the check to be claimed; `reason` is the name of a cell, empty where it holds."""

    title: str
    reason: str


@dataclass(frozen=True)
class Figure:
    """A column of 考核结果 and the name of its recomputed values."""

    key: str
    computed: str

    @property
    def header(self) -> str:
        """The header on 考核结果."""
        return RESULTS.by_key[self.key].header

    @property
    def short(self) -> str:
        """What a person calls it."""
        return self.plain if self.key in _SPELLED_OUT else self.plain.replace("得分", "").replace("评价", "")

    @property
    def plain(self) -> str:
        """The header as names can hold it."""
        return self.header.replace("“", "").replace("”", "")

    @property
    def posted(self) -> str:
        """The name of what stands on 考核结果."""
        return f"公布_{self.plain}"

    @property
    def value(self) -> str:
        """The name of what comes out."""
        return f"得数_{self.plain}"

    @property
    def shown(self) -> str:
        """The name of what the page shows."""
        return f"复核值_{self.plain}"

    @property
    def flag(self) -> str:
        """The name of the comparison: 0 alike, 1 different, 2 not judged."""
        return f"复核旗_{self.plain}"


FIGURES = (
    Figure("place", standing.PLACE),
    *(Figure(f"quarter_{number + 1}", ledger.quarter(number)) for number in range(4)),
    Figure("performance", ledger.PERFORMANCE),
    *(
        Figure(key, ballots.group_mean(number))
        for number, key in zip(range(len(RATER_GROUPS)), ("leaders", "heads", "villages"), strict=True)
    ),
    Figure("review", ballots.REVIEW),
    Figure("bonus", points.BONUS),
    Figure("penalty", points.PENALTY),
    Figure("net", points.NET),
    Figure("score", standing.SCORE),
    Figure("grade", standing.GRADE),
)


def write_verdicts(scratch: Scratch) -> tuple[Condition, ...]:
    """The comparison, and the conditions under which it is claimed."""
    write_problems(scratch)
    listed = text(RESULTS, "department")
    scratch.cell(LISTED, f'IFERROR(SUM(--({listed}<>"")),0)')
    conditions = _write_conditions(scratch)
    scratch.column("公布_位", f'IF({NAMES}="",0,IFERROR(MATCH({NAMES},{listed},0),0))', MOST_DEPARTMENTS)
    for figure in FIGURES:
        _compare(scratch, figure)
    scratch.column(DIFFERENCES, _differences(), MOST_DEPARTMENTS)
    differ = "+".join(f"({figure.flag}=1)" for figure in FIGURES)
    open_ = "+".join(f"({figure.flag}=2)" for figure in FIGURES)
    verdict = f'IF({differ}>0,"{DIFFERS}",IF({open_}>0,"{OPEN}","{AGREES}"))'
    verdict = f'IF({_WHOLE}<>"","{OPEN}",IF(公布_位=0,"{DIFFERS}",{verdict}))'
    verdict = f'IF({LISTED}=0,"{UNSCORED}",IFERROR({verdict},"{OPEN}"))'
    scratch.column(VERDICTS, f'IF({NAMES}="","",{verdict})', MOST_DEPARTMENTS)
    others = scratch.cell("公布_对不上", f"{LISTED}<>{COUNT}")
    overall = first_of(
        (f"{LISTED}=0", quote(UNSCORED)),
        (f'{_WHOLE}<>""', quote(OPEN)),
        (f'(COUNTIF({VERDICTS},"{DIFFERS}")>0)+{others}>0', quote(DIFFERS)),
        (f'COUNTIF({VERDICTS},"{AGREES}")<{COUNT}', quote(OPEN)),
        ("TRUE", quote(AGREES)),
    )
    scratch.cell(OVERALL, f'IFERROR({overall},"{OPEN}")')
    scratch.cell(ADVICE, _advice(others))
    return conditions


def _write_conditions(scratch: Scratch) -> tuple[Condition, ...]:
    """The reasons, one cell a condition; the first few hold the whole check up."""

    def either(*names: str) -> str:
        return first_of(*((f'{name}<>""', name) for name in names))

    listed = (
        ("考核结果已经写出", "写出", f'IF({LISTED}=0,{quote("请先点“计算得分”")},"")'),
        ("考核结果、校验结果可读", "结果", either(problem(RESULTS), problem(FINDINGS), "问题_看不见的")),
        ("参数都能识别", "参数", either(problem(SETTINGS), "问题_设置")),
        ("科室都能识别", "科室", either(problem(DEPARTMENTS), "问题_名称")),
        ("加减分标准都能识别", "标准", either(standards.UNREADABLE)),
        ("任务台账都能识别", "台账", either(ledger.UNREADABLE, ledger.DOUBTS)),
        ("履职测评都能识别", "测评", either(ballots.UNREADABLE, ballots.DOUBTS)),
        ("加减分、考勤都能识别", "加减", either(points.UNREADABLE, points.DOUBTS)),
        ("名次可以用公式排", "排序", either(standing.TIES)),
        ("历年结果都能识别", "历年", either(history.UNREADABLE)),
    )
    made = tuple(
        Condition(title, scratch.cell(f"条件_{name}", f"IFERROR({formula},{quote('不能识别')})"))
        for title, name, formula in listed
    )
    scratch.cell(_WHOLE, "&".join(condition.reason for condition in made[1:5]))
    return made


def _compare(scratch: Scratch, figure: Figure) -> None:
    mine = f'IF({_WHOLE}<>"","{UNSURE}",IF({figure.computed}="{IDLE}","",{figure.computed}))'
    column = area(RESULTS, figure.key)
    # In a column of their own first: not every program looks up in what IF gives.
    shown = scratch.column(f"公布列_{figure.plain}", f'IF({column}="","",{column})', rows_of(RESULTS))
    stood = look_up("公布_位", row_numbers(RESULTS), shown)
    stood = scratch.column(figure.posted, f'IFERROR({stood},"")', MOST_DEPARTMENTS)
    value = scratch.column(figure.value, f'IF({NAMES}="","",{mine})', MOST_DEPARTMENTS)
    # Both sides are at 小数位数, or exact but for the noise of doubles (仅最后取整).
    numbers = f"ISNUMBER({value})+ISNUMBER({stood})"
    texts = f'({value}&""={stood}&"")*({numbers}=0)=1'
    alike = f"IF({numbers}=2,ABS({value}-{stood})<0.000000001,{texts})"
    flag = f'IF({value}="{UNSURE}",2,IFERROR(IF({alike},0,1),1))'
    scratch.column(figure.flag, f'IF({NAMES}="",0,{flag})', MOST_DEPARTMENTS)
    scratch.column(figure.shown, f'IF({value}="{UNSURE}","—",{value})', MOST_DEPARTMENTS)


def _differences() -> str:
    """What differs, for a person: the figure, what is posted, what comes out; many are only named."""
    parts, names = [], []
    for figure in FIGURES:
        value = figure.value
        posted = f'IF({figure.posted}="","空",{figure.posted})'
        own = f'IF({value}="","空",IF(ISNUMBER({value}),ROUND(IF(ISNUMBER({value}),{value},0),6),{value}))'
        parts.append(f'IF({figure.flag}=1,"{figure.short}"&{posted}&"→"&{own}&"；","")')
        names.append(f'IF({figure.flag}=1,"{figure.short}、","")')
    many = "+".join(f"({figure.flag}=1)" for figure in FIGURES)
    several = f'IF({many}>{_MOST_QUOTED},{"&".join(names)}&"共"&({many})&"项",{"&".join(parts)})'
    missing = f'IF((公布_位=0)*({LISTED}>0)*({_WHOLE}=""),"考核结果里没有这个科室","")'
    return f'IF({NAMES}="","",IFERROR(IF(公布_位=0,{missing},{several}),""))'


def _advice(others: str) -> str:
    differing = f'COUNTIF({VERDICTS},"{DIFFERS}")'
    departments = f'IF({differing}>0,"有"&{differing}&"个科室的结果与重新算出的不同（红色），","")'
    listed = f'IF({others},"科室与考核结果对不上，","")'
    advice = first_of(
        (f'{OVERALL}="{AGREES}"', quote("考核结果的每个数，都与按各表用公式重新算出的相同。")),
        (f'{OVERALL}="{UNSCORED}"', quote("请先点“计算得分”，再看这里。")),
        (f'{OVERALL}="{DIFFERS}"', f'{departments}&{listed}&"请核对数据后重新点“计算得分”。"'),
        ("TRUE", quote("有些数不能用公式复核（显示“—”），原因见下；能复核的都相同。")),
    )
    printed = quote(f"（打印区域只含前{PRINTED_DEPARTMENTS}个科室，要全印请取消打印区域。）")
    return f'{advice}&IF({COUNT}>{PRINTED_DEPARTMENTS},{printed},"")'
