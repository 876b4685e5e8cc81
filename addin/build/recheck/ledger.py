"""任务台账 → 季度得分 and 业绩评价得分 (R1–R3; 四(一), 四(二)1).

A rate between 1 and 完成率上限 counts as it stands if its cell is shown as a percentage, which CELL says for up to 20
such cells a column. A number of 2 or more (95 meaning 95 %) depends on the cell's format in a way that is not said
here: the quarter of that department is not judged.
"""

from xlsxwriter import Workbook

from jixiao.sheets.inputs import TASKS

from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area, last_row, problem, row_numbers, rows_of, text, whole_rows
from .departments import COEFFICIENTS, NAMES, NUMBERS, owner
from .scratch import Scratch
from .settings import setting
from .text import HOLE, IDLE, UNSURE, first_of, half_up, is_slash, quote, share

QUARTER_NAMES = ("一季度", "二季度", "三季度", "四季度")
_RATES = ("rate_1", "rate_2", "rate_3", "rate_4", "rate_year")
_CHECKED_FORMATS = 20
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
    for key in _RATES:
        read = scratch.column(
            f"读_{TASKS.by_key[key].header}", share(area(TASKS, key), text(TASKS, key)), height, last_row(TASKS)
        )
        scratch.column(f"率_{TASKS.by_key[key].header}", _rate(key, read), height, last_row(TASKS))
        _check_formats(scratch, key, read)
    year_end = f'{setting("fourth_source")}="年终完成率"'
    fourth = scratch.column("率_第四季度", f"IF({year_end},率_年终完成率,率_四季度完成率)", height, last_row(TASKS))
    rates = [f"率_{TASKS.by_key[key].header}" for key in _RATES[:3]] + [fourth]
    _write_problems(scratch, rates, year_end)
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


def _rate(key: str, read: str) -> str:
    """A quarter's cell: the rate, a slash, a hole, or unsure; empty in rows that are nobody's."""
    written = text(TASKS, key)
    inside = f'IF(({read}>=0)*({read}<={setting("rate_cap")})*({read}<2),{read},"{UNSURE}")'
    number = f'IF(ISNUMBER({read}),{inside},"{UNSURE}")'
    meaning = f'IF({written}="","{HOLE}",IF({is_slash(written)}>0,"{IDLE}",{number}))'
    return f'IF(ISNUMBER({_OWNER}),{meaning},"")'


def _check_formats(scratch: Scratch, key: str, read: str) -> None:
    """The rows whose rate is above 1, and whether their cells are shown as percentages."""
    header = TASKS.by_key[key].header
    doubtful = f'({read}>1)*({read}<={setting("rate_cap")})*(RIGHT({text(TASKS, key)})<>"%")'
    above = f"IF(ISNUMBER({read}),IF({doubtful},{row_numbers(TASKS)}))"
    slots = scratch.stack(f"超_{header}_号", [(list(range(1, _CHECKED_FORMATS + 2)), _CHECKED_FORMATS + 1)])
    rows = scratch.column(f"超_{header}", f'IFERROR(SMALL({above},{slots}),"")', _CHECKED_FORMATS + 1)
    cells = [f"INDEX({rows},{slot})" for slot in range(1, _CHECKED_FORMATS + 1)]
    formats = [f'=IF({cell}="",0,IF(LEFT(CELL("format",INDEX({area(TASKS, key)},{cell})))="P",0,1))' for cell in cells]
    plain = scratch.stack(f"格式_{header}", [(formats, _CHECKED_FORMATS)])
    many = f'(INDEX({rows},{_CHECKED_FORMATS + 1})<>"")'
    scratch.cell(f"格式疑_{header}", f"SUM({plain})+{many}")


def _write_problems(scratch: Scratch, rates: list[str], year_end: str) -> None:
    """Why no quarter can be judged, and which cells keep a department's from being judged."""
    plain = "+".join(f"格式疑_{TASKS.by_key[key].header}" for key in _RATES[:3])
    plain += f"+IF({year_end},格式疑_年终完成率,格式疑_四季度完成率)"
    sheet, top = problem(TASKS), f"MIN(ROW({area(TASKS, 'department')}))-1"
    stranger = f'MATCH("{UNSURE}",{_OWNER},0)'
    reasons = first_of(
        (f'{sheet}<>""', sheet),
        (f"ISNUMBER({stranger})", f'"第"&({top}+{stranger})&"行的科室认不出"'),
        (f"{plain}>0", quote("大于100%的完成率没有用百分比格式")),
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
