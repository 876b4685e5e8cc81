"""The settings in force: what stands on 参数, else the default of the newest rules, each with whether it makes sense.

The defaults are put in at build time; the column 默认值 is only shown to staff. A year older than the newest rules is
scored by older ones and cannot be checked here.
"""

from itertools import pairwise

from xlsxwriter import Workbook

from jixiao.policy.book import RuleBook, Setting, rule_books
from jixiao.policy.values import MOST_COUNT, MOST_PLACES, YEARS, parse
from jixiao.sheets.inputs import SETTINGS
from jixiao.text import key as comparable

from ..styles import Styles
from .areas import area, rows_of, text
from .scratch import Scratch
from .text import among, first_of, number, quote, share, unquoted

MOST_LAST_YEARS = 5
_RANGES = {
    "share": (0, 1),
    "mark": (0, 100),
    "count": (0, MOST_COUNT),
    "positive": (1, MOST_COUNT),
    "headcount": (1, MOST_COUNT),
    "places": (0, MOST_PLACES),
    "year": (YEARS.start, YEARS.stop - 1),
    "cap": (0, 10**9),
    "cap_share": (0, 10),
}
_WHOLE = {"count", "positive", "headcount", "places", "year"}
_WORDS = {"choice", "order", "text"}


def setting(field: str) -> str:
    """The name of the cell with a setting's value."""
    return "设_" + comparable(rule_books()[-1].named(field).name)


def write_settings(book: Workbook, style: Styles) -> None:
    """The hidden sheet of settings, and the cell 问题_设置 that says which of them make no sense."""
    rules = rule_books()[-1]
    scratch = Scratch(book, style, "复核参数", "Settings")
    size = len(rules.settings)
    listed = scratch.column("参数_项文", unquoted(text(SETTINGS, "name")), rows_of(SETTINGS))
    names = [comparable(each.name) for each in rules.settings]
    scratch.stack("参数_项", [([each.name for each in rules.settings], size)])
    place = scratch.stack("参数_位", [(f"IFERROR(MATCH({quote(name)},{listed},0),0)", 1) for name in names])
    times = scratch.stack("参数_次", [(f"SUM(--({listed}={quote(name)}))", 1) for name in names])
    value = area(SETTINGS, "value")
    scratch.column("参数_值文", text(SETTINGS, "value"), rows_of(SETTINGS))
    raw = scratch.stack("参数_填", [([_raw(f"INDEX({place},{row})", value) for row in range(1, size + 1)], size)])
    plain = scratch.stack("参数_文", [([_plain(f"INDEX({place},{row})") for row in range(1, size + 1)], size)])
    values = [
        "=" + _value(each, f"INDEX({raw},{row})", f"INDEX({plain},{row})")
        for row, each in enumerate(rules.settings, start=1)
    ]
    found = scratch.stack("参数_用", [(values, size)])
    valid = [
        f"=IF(AND(INDEX({times},{row})<=1,{_valid(each, f'INDEX({found},{row})')}),1,2)"
        for row, each in enumerate(rules.settings, start=1)
    ]
    good = scratch.stack("参数_可", [(valid, size)])
    for row, each in enumerate(rules.settings, start=1):
        scratch.cell(setting(each.field), f"INDEX({found},{row})")
    scratch.cell("问题_设置", _problem(rules, good))


def separated(value: str) -> str:
    """A list of names with 、 between them, without quotes."""
    return f'SUBSTITUTE(SUBSTITUTE({unquoted(value)},",","、"),";","、")'


def _raw(place: str, column: str) -> str:
    cell = f"INDEX({column},{place})"
    return f'=IF({place}=0,"",IF({cell}&""="","",{cell}))'


def _plain(place: str) -> str:
    return f'=IF({place}=0,"",INDEX(参数_值文,{place}))'


def _value(each: Setting, raw: str, plain: str) -> str:
    default = _constant(parse(each, None), each.kind)
    if each.kind in _WORDS:
        return f'IF({plain}="",{default},{plain})'
    if each.kind == "year":
        year = f'SUBSTITUTE({plain},"年","")'
        return f'IF({plain}="",{default},{number(raw, year)})'
    read = share if each.kind in {"share", "cap_share"} else number
    return f'IF({plain}="",{default},{read(raw, plain)})'


def _constant(value: object, kind: str) -> str:
    if value is None or value in ((), ""):
        return '""'
    if kind in _WORDS:
        return quote(comparable(value))
    return f"{float(value):.15g}"  # type: ignore[arg-type]  # a Fraction or int by its kind


def _valid(each: Setting, value: str) -> str:
    if each.kind == "choice":
        return f"{among(value, map(comparable, each.choices))}>0"
    if each.kind == "order":
        listed = f'"、"&{separated(value)}&"、"'
        found = "+".join(f"ISNUMBER(FIND({quote(f'、{comparable(word)}、')},{listed}))" for word in each.choices)
        return f'IF({value}="",TRUE,{found}=LEN({listed})-LEN(SUBSTITUTE({listed},"、",""))-1)'
    if each.kind in _WORDS:
        return "TRUE"
    low, high = _RANGES[each.kind]
    inside = f"AND(ISNUMBER({value}),{value}>={low},{value}<={high})"
    if each.kind in _WHOLE:
        inside = f"IF(ISNUMBER({value}),AND({inside},{value}=INT({value})),FALSE)"
    if each.kind == "cap_share":
        inside = f"AND({inside},{value}<>0)"
    return f'IF({value}="",TRUE,{inside})' if each.kind in {"cap", "headcount"} else inside


def _problem(rules: RuleBook, good: str) -> str:
    """The first thing wrong with the settings, in words."""
    bad = f"INDEX(参数_项,MATCH(2,{good},0))"
    reasons = [(f"ISNUMBER(MATCH(2,{good},0))", f'"参数“"&{bad}&"”的值不能识别或重复"')]
    for fields in rules.totals:
        total = "+".join(setting(field) for field in fields)
        names = "、".join(rules.named(field).name for field in fields)
        reasons.append((f"ROUND({total},12)<>1", quote(f"{names}相加不是100%")))
    marks = [setting(field) for field in ("excellent_mark", "good_mark", "fair_mark", "poor_mark")]
    falling = "+".join(f"({high}<{low})" for high, low in pairwise(marks))
    reasons.append((f"{falling}>0", quote("折算分不是从高到低")))
    reasons.append((f"2*{setting('trim')}>{setting('trim_above')}", quote("去掉的票数太多")))
    if len(rule_books()) > 1:
        reasons.append((f"{setting('year')}<{rules.year}", quote(f"{rules.year}年以前的规则这里没有")))
    return f"IFERROR({first_of(*reasons)},{quote('参数的值不能识别')})"
