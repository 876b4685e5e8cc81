"""The departments in the order of 科室, their coefficients, and the names by which each is known (曾用名 included).

Up to 60 departments with up to four former names each; more, or names that cannot be told apart, and nothing is judged.
"""

from xlsxwriter import Workbook

from jixiao.sheets.inputs import DEPARTMENTS

from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area, row_numbers, rows_of, text
from .scratch import Scratch
from .text import UNSURE, among, first_of, look_up, narrow, quote, share

FORMER_NAMES = 4
_LONGEST = 100  # characters of 曾用名
_NONE = ("", "空缺", "/", "无")

NUMBERS = "序号"
NAMES = "科室名"
COUNT = "科室数"
COEFFICIENTS = "系数"
PLACES = "科室位"


def write_departments(book: Workbook, style: Styles) -> None:
    """The hidden sheet of departments and their names."""
    scratch = Scratch(book, style, "复核科室", "Departments")
    names, most = text(DEPARTMENTS, "name"), MOST_DEPARTMENTS
    scratch.stack(NUMBERS, [(list(range(1, most + 1)), most)])
    rows = row_numbers(DEPARTMENTS)
    scratch.column(PLACES, f'IFERROR(SMALL(IF({names}<>"",{rows}),{NUMBERS}),"")', most)
    scratch.cell(COUNT, f'SUM(--({names}<>""))')
    scratch.column(NAMES, f'IF({PLACES}="","",{look_up(PLACES, rows, names)})', most)
    written = area(DEPARTMENTS, "coefficient")
    read = scratch.column(
        "系数_读",
        f'IF({text(DEPARTMENTS, "coefficient")}="",1,{share(written, text(DEPARTMENTS, "coefficient"))})',
        rows_of(DEPARTMENTS),
    )
    value = look_up(PLACES, rows, read)
    sensible = f'IF(ISNUMBER({value}),IF(({value}>0)*({value}<=1000),{value},"{UNSURE}"),"{UNSURE}")'
    scratch.column(COEFFICIENTS, f'IF({PLACES}="","",{sensible})', most)
    _write_aliases(scratch)
    scratch.cell("问题_名称", _problem())


def owner(name: str) -> str:
    """The department a cleaned text names: its number, 0 for an empty text, -1 for one nobody knows."""
    # MATCH takes * and ? for wildcards and no notice of case, so what it finds is compared exactly.
    place = f"IFERROR(MATCH({name},别名,0),1)"
    known = f"EXACT({name},{look_up(place, '别名_号', '别名')})"
    return f'IF({name}="",0,IF({known},{look_up(place, "别名_号", "别名_科室")},-1))'


def _write_aliases(scratch: Scratch) -> None:
    """Every name with its department: the names now in use first, as they win over former ones."""
    former = area(DEPARTMENTS, "former")
    listed = narrow(f'SUBSTITUTE({former},CHAR(10),"、")')
    for mark in (",", ";", "，", "；"):
        listed = f'SUBSTITUTE({listed},"{mark}","、")'
    for blank in ('" "', '"\u3000"', '"\u00a0"'):
        listed = f'SUBSTITUTE({listed},{blank},"")'
    listed = scratch.column("曾用名_读", listed, rows_of(DEPARTMENTS))
    own = f'IF({PLACES}="","",{look_up(PLACES, row_numbers(DEPARTMENTS), listed)})'
    own = scratch.column("曾用名_列", own, MOST_DEPARTMENTS)
    width = _LONGEST + 1
    parts = []
    for number in range(FORMER_NAMES):
        part = f'TRIM(MID(SUBSTITUTE({own},"、",REPT(" ",{width})),{number * width + 1},{width}))'
        parts.append((f'IF({among(part, _NONE)}>0,"",{part})', MOST_DEPARTMENTS))
    most = MOST_DEPARTMENTS
    scratch.stack("别名", [([""], 1), (NAMES, most), *parts])
    total = 1 + most * (1 + FORMER_NAMES)
    scratch.stack("别名_号", [(list(range(1, total + 1)), total)])
    scratch.stack("别名_科室", [([-1, *list(range(1, most + 1)) * (1 + FORMER_NAMES)], total)])


def _problem() -> str:
    """Why the departments cannot be told apart, or be listed here at all."""
    repeated = f'SUM(--(IF({NAMES}="",{NUMBERS},MATCH({NAMES},{NAMES},0))<>{NUMBERS}))'
    now = MOST_DEPARTMENTS + 1  # 别名 starts with an empty one and the names now in use
    former = f"INDEX(别名,{now + 1}):INDEX(别名,{now + MOST_DEPARTMENTS * FORMER_NAMES})"
    passed = f'(别名="")+(别名_号<={now})>0'
    twice = f"SUM(--(IF({passed},别名_号,MATCH(别名,{former},0)+{now})<>别名_号))"
    marks = 'LEN(曾用名_列)-LEN(SUBSTITUTE(曾用名_列,"、",""))'
    many = f"SUM(--({marks}>{FORMER_NAMES - 1}))+SUM(--(LEN(曾用名_列)>{_LONGEST}))"
    wild = 'SUM(--ISNUMBER(FIND({"*","?","~"},别名)))'
    reasons = first_of(
        (f"{COUNT}=0", quote("科室表里没有科室")),
        (f"{COUNT}>{MOST_DEPARTMENTS}", quote(f"科室超过{MOST_DEPARTMENTS}个")),
        (f"{repeated}>0", quote("科室表里有重复的科室")),
        (f"{many}>0", quote(f"曾用名超过{FORMER_NAMES}个或太长")),
        (f"{twice}>0", quote("两个科室有相同的曾用名")),
        (f"{wild}>0", quote("科室名称里有 * ? ~")),
    )
    return f"IFERROR({reasons},{quote('科室表不能识别')})"
