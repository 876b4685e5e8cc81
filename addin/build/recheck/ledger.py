"""任务台账 → 季度得分 and 业绩评价得分 (R1–R3; 四(一), 四(二)1).

A number above 1 counts as it stands if its cell is shown as a percentage, else 95 means 95 %: CELL says which, for some
such cells. One that is an 错误 (R2) leaves a hole, as it does in the program.
"""

from xlsxwriter import Workbook

from jixiao.sheets.inputs import TASKS

from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area, last_row, problem, rows_of, text, whole_rows
from .departments import COEFFICIENTS, NAMES, NUMBERS, owner
from .formats import Formats
from .scratch import Scratch
from .settings import setting
from .text import HOLE, IDLE, UNSURE, first_of, half_up, is_slash, quote, share, without_digits

QUARTER_NAMES = ("一季度", "二季度", "三季度", "四季度")
_RATES = ("rate_1", "rate_2", "rate_3", "rate_4", "rate_year")
_NO_CAP = 10**9
_ASKED = 60  # cells that are asked whether they are shown as percentages
_HEAVIEST = 1000  # a larger weight is a date or a slip of the hand
_OWNER, _WEIGHT = "台账_归属", "台账_权重"


def quarter(number: int) -> str:
    """The name of the departments' scores of a quarter, 0 to 3."""
    return f"算_{QUARTER_NAMES[number]}得分"


PERFORMANCE = "算_业绩评价得分"
UNREADABLE, DOUBTS = "不可_台账", "存疑_台账"


def posted(value: str) -> str:
    """A figure posted on the way (R9): rounded unless only the last one is."""
    return f'IF({setting("rounding")}="逐步取整",{half_up(value, setting("places"))},{value})'


def write_ledger(book: Workbook, style: Styles) -> None:
    """The hidden sheet of tasks and what they make of the quarters."""
    scratch = Scratch(book, style, "复核台账", "Ledger")
    height = rows_of(TASKS)
    scratch.column(_OWNER, _owner(), height, last_row(TASKS))
    weight = share(area(TASKS, "weight"), text(TASKS, "weight"))
    weight = f'IF({text(TASKS, "weight")}="",1,{weight})'
    sensible = f'IF(ISNUMBER({weight}),IF(({weight}>0)*({weight}<={_HEAVIEST}),{weight},"{UNSURE}"),"{UNSURE}")'
    scratch.column(_WEIGHT, f'IF(ISNUMBER({_OWNER}),{sensible},"")', height, last_row(TASKS))
    year_end = f'{setting("fourth_source")}="年终完成率"'
    read = {
        key: scratch.column(
            f"读_{TASKS.by_key[key].header}", share(area(TASKS, key), text(TASKS, key)), height, last_row(TASKS)
        )
        for key in _RATES
    }
    formats = Formats(scratch, TASKS, {key: _doubtful(key, name, year_end) for key, name in read.items()}, _ASKED)
    for key, name in read.items():
        scratch.column(f"率_{TASKS.by_key[key].header}", _rate(key, name, formats), height, last_row(TASKS))
    fourth = scratch.column("率_第四季度", f"IF({year_end},率_年终完成率,率_四季度完成率)", height, last_row(TASKS))
    rates = [f"率_{TASKS.by_key[key].header}" for key in _RATES[:3]] + [fourth]
    _write_problems(scratch, rates, formats)
    scratch.column("任务数", f"COUNTIFS({_OWNER},{NUMBERS})", MOST_DEPARTMENTS)
    for number, rate in enumerate(rates):
        product = scratch.column(f"积_{QUARTER_NAMES[number]}", f"IFERROR({_WEIGHT}*{rate},0)", height, last_row(TASKS))
        _write_quarter(scratch, number, rate, product)
    scratch.column(PERFORMANCE, _performance(), MOST_DEPARTMENTS)


def _owner() -> str:
    """Whose a row is: a department's number, empty for a row that says nothing, unsure otherwise."""
    name = text(TASKS, "department")
    deciding = "+".join(f'({text(TASKS, key)}<>"")' for key in ("task", "weight", *_RATES))
    whole = whole_rows(TASKS)
    filled = f'MMULT(--({whole}<>""),TRANSPOSE(COLUMN({whole})^0))'
    alone = f'IF({filled}>1,"{UNSURE}","")'  # a goal without a rate: not a task nobody has begun, nor an empty row
    found = owner(name)
    known = f'IF({found}>0,{found},"{UNSURE}")'
    return f'IFERROR(IF({deciding}=0,{alone},{known}),"{UNSURE}")'


def _doubtful(key: str, read: str, year_end: str) -> str:
    """Whether a rate counts as it stands or as so many percent, only its cell's format tells; 0 where nobody asks."""
    top = f'IF({setting("rate_cap")}="",{_NO_CAP},100*{setting("rate_cap")})'
    doubt = f'({read}>1)*({read}<={top})*(RIGHT({text(TASKS, key)})<>"%")'
    asked = {"rate_4": f"IF({year_end},0,{doubt})", "rate_year": f"IF({year_end},{doubt},0)"}.get(key, doubt)
    return f"IF(ISNUMBER({read}),{asked})"


def _rate(key: str, read: str, formats: Formats) -> str:
    """A quarter's cell: the rate, a slash, a hole, or unsure; empty in rows that are nobody's."""
    written = text(TASKS, key)
    meant = f"IF({formats.is_plain(key)}>0,IF({read}<2,-1,{read}/100),{read})"
    inside = f'IF(({meant}>=0)*({meant}<={setting("rate_cap")}),{meant},"{HOLE}")'
    number = f'IF(ISNUMBER({read}),{inside},IF({without_digits(written)},"{HOLE}","{UNSURE}"))'
    meaning = f'IF({written}="","{HOLE}",IF({is_slash(written)}>0,"{IDLE}",{number}))'
    return f'IF(ISNUMBER({_OWNER}),{meaning},"")'


def _write_problems(scratch: Scratch, rates: list[str], formats: Formats) -> None:
    """Why no quarter can be judged, and which cells keep a department's from being judged."""
    sheet, top = problem(TASKS), f"MIN(ROW({area(TASKS, 'department')}))-1"
    stranger = f'MATCH("{UNSURE}",{_OWNER},0)'
    reasons = first_of(
        (f'{sheet}<>""', sheet),
        (f"ISNUMBER({stranger})", f'"第"&({top}+{stranger})&"行的科室认不出"'),
        (formats.too_many, quote(f"大于1的完成率超过{_ASKED}个，请改成百分数")),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")
    columns = (_WEIGHT, *rates)
    unclear = "+".join(f'COUNTIF({name},"{UNSURE}")' for name in columns)
    first = "MIN(" + ",".join(f'IFERROR(MATCH("{UNSURE}",{name},0),9999)' for name in columns) + ")"
    doubts = first_of(
        (f"{unclear}>0", f'"有"&({unclear})&"个权重或完成率认不出（第"&({top}+{first})&"行起）"'),
        (f'COUNTIF({COEFFICIENTS},"{UNSURE}")>0', quote("有评价系数认不出")),
    )
    scratch.cell(DOUBTS, f'IFERROR({doubts},"")')


def _write_quarter(scratch: Scratch, number: int, rate: str, product: str) -> None:
    begun = scratch.cell(
        f"已开始_{QUARTER_NAMES[number]}",
        f'(COUNT({rate})+COUNTIF({rate},"{UNSURE}")>0)+(COUNTIF({rate},"{HOLE}")=0)>0',
    )
    own = f"COUNTIFS({_OWNER},{NUMBERS},{rate},"
    unclear = f'{own}"{UNSURE}")+COUNTIFS({_OWNER},{NUMBERS},{_WEIGHT},"{UNSURE}")'
    ratio = f'SUMIFS({product},{_OWNER},{NUMBERS})/SUMIFS({_WEIGHT},{_OWNER},{NUMBERS},{rate},">=0")'
    raw = f"100*{COEFFICIENTS}*{ratio}"
    cap = setting("quarter_cap")
    capped = f'IF({cap}="",{raw},IF({raw}>{cap},{cap},{raw}))'
    scored = f'IF(({unclear}>0)+ISTEXT({COEFFICIENTS})>0,"{UNSURE}",{posted(capped)})'
    figure = f'IF({own}"{HOLE}")>0,"",{scored})'
    figure = f'IF({own}"{IDLE}")=任务数,"{IDLE}",IF({begun},{figure},""))'
    figure = f'IF({UNREADABLE}<>"","{UNSURE}",IF(任务数=0,"",{figure}))'
    scratch.column(quarter(number), f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))', MOST_DEPARTMENTS)


def _performance() -> str:
    """业绩评价得分: the mean of the first three quarters with work, and the fourth, by their weights."""
    quarters = [quarter(number) for number in range(4)]

    def any_is(mark: str, names: list[str]) -> str:
        return "(" + "+".join(f'({name}="{mark}")' for name in names) + ")"

    early = "+".join(f"IF(ISNUMBER({name}),{name},0)" for name in quarters[:3])
    counted = "(" + "+".join(f"ISNUMBER({name})" for name in quarters[:3]) + ")"
    value = f"({early})/{counted}*{setting('first_three_weight')}+{quarters[3]}*{setting('fourth_weight')}"
    idle = any_is(IDLE, quarters[:3])
    blocked = f'({quarters[3]}="{IDLE}")+({idle}=3)+({idle}>0)*({setting("idle_quarter")}="暂不计分")'
    figure = f'IF({blocked}>0,"",{posted(value)})'
    figure = f'IF({any_is("", quarters)}>0,"",IF({any_is(UNSURE, quarters)}>0,"{UNSURE}",{figure}))'
    return f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))'
