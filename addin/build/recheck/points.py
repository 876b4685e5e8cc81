"""加减分 and 考勤 → 加分, 减分 and 加减得分 (R6–R8; 四(二)3).

Up to 500 entries. An entry the rules surely refuse (no 分值, out of its range, a share above 100 %) blocks its side as
in the rules; one the formulas cannot place (an unknown 类别 or 级别, a date they cannot read) leaves the department
unjudged, and one of a 科室 nobody knows leaves all points unjudged.
"""

from xlsxwriter import Workbook

from jixiao.policy.model import GRADES
from jixiao.sheets.inputs import ATTENDANCE, POINTS

from ..styles import Styles
from . import standards
from .areas import MOST_DEPARTMENTS, area, last_row, problem, rows_of, text
from .ballots import WIDE_LETTERS
from .departments import NAMES, NUMBERS, owner
from .ledger import posted
from .scratch import Scratch
from .settings import setting
from .text import PASSED, UNSURE, WRONG, among, first_of, is_slash, look_up, number, quote, share, unquoted

_NOT_YET = ("", "待定", "待补", "待补充", "待认定", "暂无")
_OWNER, _STANDARD, _WORTH, _COUNTED, _SIDE = "项_科室", "项_标准", "项_应计", "项_计分", "项_方向"
_CATEGORY, _RANK, _WORK, _ORDER, _OVER = "项_类", "项_位次", "项_同事", "项_行", "项_超上限"
_CEILING, _KEPT = "项_封顶", "项_留下"
_TAKER, _TAKEN = "勤_科室", "勤_扣分"

BONUS, PENALTY, NET = "算_加分", "算_减分", "算_加减得分"
CEILING = "算_封顶"
UNREADABLE, DOUBTS = "不可_加减", "存疑_加减"


def write_points(book: Workbook, style: Styles) -> None:
    """The hidden sheet of entries and attendance and what they come to."""
    scratch = Scratch(book, style, "复核加减", "Points")
    height = rows_of(POINTS)
    for key in ("category", "level", "matter", "evidence", "points", "share", "date"):
        written = unquoted(text(POINTS, key))
        scratch.column(_cell(key), f'IF({is_slash(written)}>0,"",{written})', height, last_row(POINTS))
    scratch.column(_OWNER, _owner(), height, last_row(POINTS))
    scratch.column(_STANDARD, _standard(), height, last_row(POINTS))
    scratch.column(_SIDE, f'IFERROR({_of(standards.DIRECTION)},"")', height, last_row(POINTS))
    scratch.column(_CATEGORY, f"IFERROR({_of(standards.FIRST_ROW)},0)", height, last_row(POINTS))
    scratch.column(_RANK, f"IFERROR({_of(standards.LEVEL_RANK)},0)", height, last_row(POINTS))
    scratch.column(_WORTH, _worth(), height, last_row(POINTS))
    scratch.column(_ORDER, f"ROW({_WORTH})-1", height, last_row(POINTS))
    _write_same_work(scratch, height)
    _write_attendance(scratch)
    _write_problems(scratch)
    for side, name in (("加", BONUS), ("减", PENALTY)):
        scratch.column(name, _total(side), MOST_DEPARTMENTS)
    unclear = f'({BONUS}="{UNSURE}")+({PENALTY}="{UNSURE}")'
    missing = f'({BONUS}="")+({PENALTY}="")'
    net = f'IF({missing}>0,"",IF({unclear}>0,"{UNSURE}",ROUND({BONUS}-{PENALTY},10)))'
    scratch.column(NET, f'IF({NAMES}="","",{net})', MOST_DEPARTMENTS)
    held = "0"
    for place in range(1, len(GRADES) + 1):
        held = f"IF(COUNTIFS({_OWNER},{NUMBERS},{_CEILING},{place})>0,{place},{held})"
    scratch.column(CEILING, held, MOST_DEPARTMENTS)


def _cell(key: str) -> str:
    """The name of a column with slashes taken out, for a slash here means nothing stands there."""
    return f"项文_{POINTS.by_key[key].header}"


def _of(column: str) -> str:
    """What the standard of each entry says."""
    return look_up(_STANDARD, standards.NUMBER, column)


def _owner() -> str:
    keys = [column.key for column in POINTS.inputs if column.key != "department"]
    filled = "&".join(text(POINTS, key) for key in keys)
    found = owner(text(POINTS, "department"))
    return f'IFERROR(IF({filled}="","",IF({found}>0,{found},"{UNSURE}")),"{UNSURE}")'


def _standard() -> str:
    """The entry's row among the standards in force, 0 where it cannot be told."""
    category, level = _cell("category"), _cell("level")
    exact = f'IFERROR(MATCH({category}&"|"&{level},{standards.KEY},0),0)'
    first = f"IFERROR(MATCH({category},{standards.CATEGORY},0),0)"
    anyhow = f"IFERROR({look_up(first, standards.NUMBER, standards.ANY_LEVEL)},0)"
    return f'IF({category}="",0,IF({exact}>0,{exact},IF({anyhow}=1,{first},0)))'


def _worth() -> str:
    """What an entry is worth before the same-work rule; passed over, surely wrong, or unsure."""
    evidence = f"{among(_cell('evidence'), _NOT_YET)}>0"
    base = _base()
    part = share(area(POINTS, "share"), _cell("share"))
    inside = f'IF(ISNUMBER({part}),IF(({part}>0)*({part}<=1),{part},"{WRONG}"),"{UNSURE}")'
    portion = f'IF({_cell("share")}="",1,{inside})'
    both = f'IF(({base}="{WRONG}")+({portion}="{WRONG}")>0,"{WRONG}",IFERROR(ROUND({base}*{portion},10),"{UNSURE}"))'
    dated = _in_year()
    value = f'IF({dated}=2,"{PASSED}",IF({dated}=3,"{UNSURE}",{both}))'
    value = f'IF({_of(standards.ENABLED)}=2,"{PASSED}",IF({evidence},"{PASSED}",{value}))'
    value = f'IF({_STANDARD}=0,"{UNSURE}",IFERROR({value},"{UNSURE}"))'
    return f'IF({_OWNER}="","",IF(ISNUMBER({_OWNER}),{value},"{UNSURE}"))'


def _base() -> str:
    """The points by the standard's 计分方式."""
    written = number(area(POINTS, "points"), _cell("points"))
    method, low, high = _of(standards.METHOD), _of(standards.LOW), _of(standards.HIGH)
    outside = f'({written}<=0)+({method}="区间")*(({written}<{low})+({written}>{high}))'
    decided = f'IF(ISNUMBER({written}),IF({outside}>0,"{WRONG}",{written}),"{UNSURE}")'
    decided = f'IF({_cell("points")}="","{WRONG}",{decided})'
    return f'IF({method}="固定",{_of(standards.POINTS)},{decided})'


def _in_year() -> str:
    """1 where the date lets an entry count, 2 outside the year, 3 where the date cannot be read."""
    cell, written, year = area(POINTS, "date"), _cell("date"), setting("year")
    typed = written
    for mark in (".", "年", "月", "/"):
        typed = f'SUBSTITUTE({typed},"{mark}","-")'
    typed = f'SUBSTITUTE({typed},"日","")'
    # Only a text that starts with its year and names month and day: Excel would put the present year before 3月5日,
    # and the first of the month behind 2024年3月.
    dashes = f'(LEN({typed})-LEN(SUBSTITUTE({typed},"-",""))=2)*(MID({typed},5,1)="-")'
    year_alone = f'VALUE(LEFT({typed},4))&""=LEFT({typed},4)'
    read = f"IF({dashes}*({year_alone}),YEAR(DATEVALUE({typed})),NA())"
    compact = f"IF(({cell}>=20000101)*({cell}<=21001231),INT({cell}/10000),NA())"
    serial = f"IF(({cell}>=36000)*({cell}<=74000),YEAR({cell}),{compact})"
    dated = f"IF(ISNUMBER({cell}),{serial},{read})"
    known = f"IFERROR(IF({dated}={year},1,2),3)"
    return f'IF(({_of(standards.WITHIN_YEAR)}=2)+({written}="")>0,1,{known})'


def _write_same_work(scratch: Scratch, height: int) -> None:
    """R6: of the entries on one work the highest level counts, then the most points, then the first.

    What is left of a 类别 is tapered, best first (递减比例), and its excess over 类别上限 noted.
    """
    once = f'ISNUMBER({_WORTH})*({_cell("matter")}<>"")*({_of(standards.ONCE)}="是")'
    scratch.column(
        "项_事键",
        f'IFERROR(IF({once}=1,{_OWNER}&"|"&{_CATEGORY}&"|"&{_cell("matter")},""),"")',
        height,
        last_row(POINTS),
    )
    scratch.column(_WORK, 'IF(项_事键="",0,MATCH(项_事键,项_事键,0))', height, last_row(POINTS))
    better = "+".join(
        (
            f'COUNTIFS({_WORK},{_WORK},{_RANK},"<"&{_RANK})',
            f'COUNTIFS({_WORK},{_WORK},{_RANK},{_RANK},{_WORTH},">"&{_WORTH})',
            f'COUNTIFS({_WORK},{_WORK},{_RANK},{_RANK},{_WORTH},{_WORTH},{_ORDER},"<"&{_ORDER})',
        )
    )
    kept = f'IF({_WORK}=0,{_WORTH},IF({better}>0,"",{_WORTH}))'
    scratch.column(_KEPT, f'IF(ISNUMBER({_WORTH}),{kept},"")', height, last_row(POINTS))
    key = f'IF(ISNUMBER({_OWNER})*({_CATEGORY}>0)=1,{_OWNER}*1000+{_CATEGORY},"")'
    scratch.column("项_类键", key, height, last_row(POINTS))
    more = f'COUNTIFS(项_类键,项_类键,{_KEPT},">"&{_KEPT})'
    alike = f'COUNTIFS(项_类键,项_类键,{_KEPT},{_KEPT},{_ORDER},"<"&{_ORDER})'
    taper = scratch.column("项_递减", f'IFERROR({_of(standards.TAPER)},"")', height, last_row(POINTS))
    scratch.column("项_第几", f'IF(ISNUMBER({_KEPT})*({taper}<>"")=1,{more}+{alike}+1,0)', height, last_row(POINTS))
    steps = standards.ratio_count(taper)
    place = scratch.column("项_档", f"IF(项_第几>{steps},{steps},项_第几)", height, last_row(POINTS))
    tapered = f'IF({taper}="",{_KEPT},ROUND({_KEPT}*{standards.ratio(taper, place)},10))'
    scratch.column(_COUNTED, f"IF(ISNUMBER({_KEPT}),{tapered},0)", height, last_row(POINTS))
    together = f"SUMIFS({_COUNTED},{_OWNER},{_OWNER},{_CATEGORY},{_CATEGORY})"
    cap = _of(standards.CAP)
    # The excess of a department's 类别 is put down once, at its first entry.
    first = "IFERROR(MATCH(项_类键,项_类键,0),0)=ROW(项_类键)-1"
    over = f"IF(ISNUMBER({cap}),IF({together}>{cap},{together}-{cap},0),0)"
    scratch.column(_OVER, f'IFERROR(IF(项_类键="",0,IF({first},{over},0)),0)', height, last_row(POINTS))
    scratch.column(_CEILING, f"IFERROR(IF({_COUNTED}>0,{_of(standards.CEILING)},0),0)", height, last_row(POINTS))


def _write_attendance(scratch: Scratch) -> None:
    """酌情扣分: a department in two rows, a negative or meaningless figure block its 减分."""
    height = rows_of(ATTENDANCE)
    found = owner(text(ATTENDANCE, "department"))
    figures = "&".join(text(ATTENDANCE, key) for key in ("due", "present", "deduction"))
    nobody = f'IF({figures}="","","{UNSURE}")'
    scratch.column(_TAKER, f'IFERROR(IF({found}>0,{found},{nobody}),"{UNSURE}")', height, last_row(ATTENDANCE))
    written = text(ATTENDANCE, "deduction")
    read = number(area(ATTENDANCE, "deduction"), written)
    figure = f'IF(ISNUMBER({read}),IF({read}<0,"{WRONG}",{read}),"{UNSURE}")'
    figure = f'IF({written}="",0,IF({is_slash(written)}>0,"{WRONG}",{figure}))'
    scratch.column(_TAKEN, f'IF(ISNUMBER({_TAKER}),{figure},"")', height, last_row(ATTENDANCE))


def _total(side: str) -> str:
    """加分 or 减分 of every department."""
    counted = f'SUMIFS({_COUNTED},{_OWNER},{NUMBERS},{_SIDE},"{side}")'
    over = f'SUMIFS({_OVER},{_OWNER},{NUMBERS},{_SIDE},"{side}")'
    wrong = f'COUNTIFS({_OWNER},{NUMBERS},{_WORTH},"{WRONG}",{_SIDE},"{side}")'
    unclear = f'COUNTIFS({_OWNER},{NUMBERS},{_WORTH},"{UNSURE}")'
    total = f"{counted}-{over}"
    cap = setting("bonus_cap")
    if side == "减":
        own = f"{_TAKER},{NUMBERS}"
        total += f"+SUMIFS({_TAKEN},{own})"
        wrong += f'+COUNTIFS({own},{_TAKEN},"{WRONG}")+(COUNTIFS({own})>1)'
        unclear += f'+COUNTIFS({own},{_TAKEN},"{UNSURE}")'
        cap = setting("penalty_cap")
    capped = f'IF({cap}="",{total},IF(ROUND({total},10)>{cap},{cap},{total}))'
    figure = f'IF({wrong}>0,"",IF({unclear}>0,"{UNSURE}",{posted(capped)}))'
    return f'IF({NAMES}="","",IF({UNREADABLE}<>"","{UNSURE}",IFERROR({figure},"{UNSURE}")))'


def _write_problems(scratch: Scratch) -> None:
    """Why no points can be judged, and which entries keep a department's from being judged."""
    top = f"MIN(ROW({area(POINTS, 'department')}))-1"
    stranger, absent = f'MATCH("{UNSURE}",{_OWNER},0)', f'MATCH("{UNSURE}",{_TAKER},0)'
    letters = "{" + ",".join(map(quote, WIDE_LETTERS)) + "}"
    odd = "+".join(
        (
            f"SUM(--ISNUMBER(FIND({letters},项_事键)))",
            f'SUM(--ISNUMBER(FIND({{"*","?","~"}},项_事键&{_cell("category")}&{_cell("level")})))',
            f"SUM(IF({_WORK}=0,0,1-EXACT(项_事键,LOOKUP(IF({_WORK}=0,1,{_WORK}),{_ORDER},项_事键))))",
        )
    )
    points, attendance = problem(POINTS), problem(ATTENDANCE)
    reasons = first_of(
        (f'{points}<>""', f'"加减分："&{points}'),
        (f'{attendance}<>""', f'"考勤："&{attendance}'),
        (f"ISNUMBER({stranger})", f'"加减分第"&({top}+{stranger})&"行的科室认不出"'),
        (f"ISNUMBER({absent})", quote("考勤里有认不出的科室")),
        (f"{odd}>0", quote("同一事项编号里有全角字母、* ? ~ 或大小写不同的编号")),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")
    unclear = f'(COUNTIF({_WORTH},"{UNSURE}")+COUNTIF({_TAKEN},"{UNSURE}"))'
    row = f'IFERROR("（加减分第"&({top}+MATCH("{UNSURE}",{_WORTH},0))&"行起）","")'
    doubts = first_of((f"{unclear}>0", f'"有"&{unclear}&"条的类别、级别、日期或分值认不出"&{row}'))
    scratch.cell(DOUBTS, f'IFERROR({doubts},"")')
