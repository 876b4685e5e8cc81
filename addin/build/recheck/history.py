"""历年结果 → who was last in each of the years before (R12; 四(二)5), for up to five 连续末位年数.

A department nobody knows is one that is gone: it may have been last and frees the others.
"""

from xlsxwriter import Workbook

from jixiao.sheets.inputs import HISTORY

from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area, last_row, problem, rows_of, text
from .departments import COUNT, NAMES, NUMBERS, owner
from .scratch import Scratch
from .settings import MOST_LAST_YEARS, setting
from .text import HOLE, IDLE, UNSURE, first_of, is_slash, number, quote

_YEAR, _WHO, _PLACE, _SCORE = "往_年度", "往_科室", "往_名次", "往_得分"

LAST_BEFORE = "算_往年末位"
UNREADABLE = "不可_历年"


def write_history(book: Workbook, style: Styles) -> None:
    """The hidden sheet of earlier years; LAST_BEFORE is 1 for departments last in all years asked for."""
    scratch = Scratch(book, style, "复核历年", "History")
    height = rows_of(HISTORY)
    written = f'SUBSTITUTE({text(HISTORY, "year")},"年","")'
    read = number(area(HISTORY, "year"), written)
    year = f'IF(({text(HISTORY, "year")}="")+({text(HISTORY, "department")}="")>0,"",{read})'
    scratch.column(_YEAR, year, height, last_row(HISTORY))
    scratch.column(_WHO, owner(text(HISTORY, "department")), height, last_row(HISTORY))
    for key, name, lowest in (("place", _PLACE, 1), ("score", _SCORE, 0)):
        scratch.column(name, _figure(key, lowest), height, last_row(HISTORY))
    back = [_write_year(scratch, before) for before in range(1, MOST_LAST_YEARS)]
    asked = [f"({setting('last_years')}>{before})" for before in range(1, MOST_LAST_YEARS)]
    judged = "*".join(f"IF({ask},{year}_可判,1)" for ask, year in zip(asked, back, strict=True))
    last = "*".join(f"IF({ask},{year}_末位,1)" for ask, year in zip(asked, back, strict=True))
    scratch.cell("往_可判", judged)
    scratch.column(LAST_BEFORE, f'IF({NAMES}="","",IF(往_可判=1,{last},0))', MOST_DEPARTMENTS)
    unclear = "+".join(
        f'{ask}*(COUNTIFS({_YEAR},{year}_年,{_PLACE},"{UNSURE}")+COUNTIFS({_YEAR},{year}_年,{_SCORE},"{UNSURE}"))'
        for ask, year in zip(asked, back, strict=True)
    )
    sheet = problem(HISTORY)
    reasons = first_of(
        (f'{sheet}<>""', sheet),
        (f"{setting('last_years')}>{MOST_LAST_YEARS}", quote(f"连续末位年数超过{MOST_LAST_YEARS}年")),
        (f'COUNTIF({_YEAR},"{UNSURE}")>0', quote("有年度认不出")),
        (f"{unclear}>0", quote("有名次或考核得分认不出")),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")


def _figure(key: str, lowest: int) -> str:
    """A place or score: a number, a slash, a hole, or unsure; a place that is none is a hole, as in the rules."""
    cell, written = area(HISTORY, key), text(HISTORY, key)
    read = number(cell, written)
    slash = IDLE if key == "place" else HOLE
    sound = f'IF(({read}<{lowest})+({read}<>INT({read}))>0,"{HOLE}",{read})' if key == "place" else read
    value = f'IF(ISNUMBER({read}),{sound},"{UNSURE}")'
    value = f'IF({written}="","{HOLE}",IF({is_slash(written)}>0,"{slash}",{value}))'
    return f'IF({_YEAR}="","",IFERROR({value},"{UNSURE}"))'


def _write_year(scratch: Scratch, before: int) -> str:
    """Whether one of the years before is complete, and who was last in it; gives the stem of the names."""
    stem = f"往{'一二三四五'[before - 1]}"
    year = scratch.cell(f"{stem}_年", f"{setting('year')}-{before}")
    own = f"{_YEAR},{year}"
    listed = f"COUNTIFS({own},{_WHO},{NUMBERS})"
    every = f'SUM(IF({NAMES}="",0,--({listed}<>1)))=0'
    blank = f'COUNTIFS({own},{_PLACE},"{HOLE}",{_SCORE},"{HOLE}")=0'
    by_place = f'COUNTIFS({own},{_PLACE},"{HOLE}")=0'
    by_score = f'COUNTIFS({own},{_SCORE},"{HOLE}")=COUNTIFS({own},{_SCORE},"{HOLE}",{_PLACE},"{IDLE}")'
    scratch.cell(f"{stem}_按名次", f"IF({by_place},1,2)")
    judged = f"AND(COUNTIFS({own})>0,{COUNT}>0,{every},{blank},OR({by_place},{by_score}))"
    scratch.cell(f"{stem}_可判", f"IF({judged},1,0)")
    ranked = f'({_YEAR}={year})*({_PLACE}<>"{IDLE}")'

    def ends(column: str) -> tuple[str, str]:
        figures = f"IF({ranked},IF(ISNUMBER({column}),{column}))"
        return f"MAX({figures})", f"MIN({figures})"

    high_place, low_place = ends(_PLACE)
    high_score, low_score = ends(_SCORE)
    worst = scratch.cell(f"{stem}_末位数", f"IF({stem}_按名次=1,{high_place},{low_score})")
    alike = scratch.cell(f"{stem}_都一样", f"IF({stem}_按名次=1,{high_place}={low_place},{high_score}={low_score})")
    place = f"COUNTIFS({own},{_WHO},{NUMBERS},{_PLACE},{worst})"
    score = f'COUNTIFS({own},{_WHO},{NUMBERS},{_SCORE},{worst},{_PLACE},"<>{IDLE}")'
    scratch.column(f"{stem}_末位", f"IF({alike},0,IF({stem}_按名次=1,{place},{score}))", MOST_DEPARTMENTS)
    return stem
