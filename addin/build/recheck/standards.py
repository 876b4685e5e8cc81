"""加减分标准 in force: the sheet's rows laid over the default ones, as `jixiao.policy.standards` does (R6, R7).

Empty cells fall back on the default row, rows that are missing join their 类别; 方向, 同一工作只计一次, 类别上限 and
递减比例 belong to the whole 类别. A 递减比例 of more than eight steps is not judged.
"""

from collections.abc import Callable, Sequence

from xlsxwriter import Workbook

from jixiao.policy.book import rule_books
from jixiao.policy.model import GRADES, Standard
from jixiao.sheets.inputs import METHODS, STANDARDS
from jixiao.text import key as comparable

from ..styles import Styles
from .areas import area, problem, rows_of, text
from .scratch import Scratch
from .text import among, first_of, look_up, number, quote

KEY, CATEGORY, NUMBER = "准_键", "准_类别", "准_号"
DIRECTION, METHOD, POINTS, LOW, HIGH = "准_方向", "准_方式", "准_分值", "准_最低", "准_最高"
ONCE, CAP, TAPER, CEILING, ENABLED, WITHIN_YEAR = "准_一次", "准_上限", "准_递减", "准_封顶", "准_启用", "准_年内"
LEVEL_RANK, FIRST_ROW, ANY_LEVEL = "准_位次", "准_首行", "准_不论级"
UNREADABLE = "问题_标准"
_MOST_RATIOS = 8
_ROWS = rows_of(STANDARDS)


class DefaultsError(Exception):
    """Default standards with something the formulas do not say."""


def write_standards(book: Workbook, style: Styles) -> None:
    """The hidden sheet of the standards in force."""
    defaults = rule_books()[-1].standards
    if any(item.taper or item.category_cap is not None or item.grade_ceiling for item in defaults):
        raise DefaultsError("递减比例, 类别上限 or 等次封顶 among the defaults")
    scratch = Scratch(book, style, "复核标准", "Standards")
    _write_defaults(scratch, defaults)
    scratch.column("标_类别", text(STANDARDS, "category"), _ROWS)
    scratch.column("标_级别", text(STANDARDS, "level"), _ROWS)
    scratch.column("标_键", 'IF(标_类别="","",标_类别&"|"&标_级别)', _ROWS)
    scratch.column("标_同行", "IFERROR(MATCH(标_键,默_键,0),0)", _ROWS)
    scratch.column("标_同类", "IFERROR(MATCH(标_类别,默_类别,0),0)", _ROWS)
    for key, name in (("direction", "方向"), ("once", "一次")):
        scratch.column(f"标_{name}", f"LEFT({text(STANDARDS, key)})", _ROWS)
    read = number(area(STANDARDS, "category_cap"), text(STANDARDS, "category_cap"))
    scratch.column("标_上限", f'IF({text(STANDARDS, "category_cap")}="","",{read})', _ROWS)
    listed = f'SUBSTITUTE(SUBSTITUTE({text(STANDARDS, "taper")},"、",","),";",",")'
    scratch.column("标_递减", listed, _ROWS)
    scratch.column("标_停用", f'IF({text(STANDARDS, "enabled")}="否",标_键,"")', _ROWS)
    _write_merged(scratch, defaults)
    _write_problems(scratch)


def ratio_count(taper: str) -> str:
    """How many ratios a 递减比例 lists."""
    return f'(LEN({taper})-LEN(SUBSTITUTE({taper},",",""))+1)'


def ratio(taper: str, place: str) -> str:
    """The ratio at a place of a 递减比例, not a number where it means none."""
    part = f'TRIM(MID(SUBSTITUTE({taper},",",REPT(" ",99)),({place}-1)*99+1,99))'
    bare = f'SUBSTITUTE({part},"%","")'
    value = f'IF(VALUE({bare})&""={bare},VALUE({bare})/IF(RIGHT({part})="%",100,1),NA())'
    return f"IF(({value}>=0)*({value}<=1),{value},NA())"


def _write_defaults(scratch: Scratch, defaults: Sequence[Standard]) -> None:
    size = len(defaults)

    def column(name: str, value: Callable[[Standard], object]) -> None:
        scratch.stack(f"默_{name}", [([value(item) for item in defaults], size)])

    scratch.stack("默_号", [(list(range(1, size + 1)), size)])
    column("键", lambda item: f"{comparable(item.category)}|{comparable(item.level)}")
    column("类别", lambda item: comparable(item.category))
    column("方向", lambda item: item.direction)
    column("方式", lambda item: item.method)
    column("分值", lambda item: "" if item.points is None else float(item.points))
    column("最低", lambda item: "" if item.minimum is None else float(item.minimum))
    column("最高", lambda item: "" if item.maximum is None else float(item.maximum))
    column("一次", lambda item: "是" if item.once else "否")
    column("年内", lambda item: 1 if item.within_year else 2)


def _write_merged(scratch: Scratch, defaults: Sequence[Standard]) -> None:
    """The rows of the sheet and, below them, the default rows it lacks."""
    size = len(defaults)
    total = _ROWS + size
    scratch.stack(NUMBER, [(list(range(1, total + 1)), total)])
    lacks = "ISNUMBER(MATCH(默_键,标_键,0))"
    scratch.stack(KEY, [("标_键", _ROWS), (f'IF({lacks},"",默_键)', size)])
    scratch.stack(CATEGORY, [("标_类别", _ROWS), (f'IF({lacks},"",默_类别)', size)])

    def own_or_default(name: str, written: str, default: str) -> None:
        fallback = look_up("IF(标_同行>0,标_同行,1)", "默_号", default)
        own = f'IF(标_同行=0,"",IF({fallback}="","",{fallback}))'
        scratch.stack(name, [(f'IF({written}="",{own},{written})', _ROWS), (default, size)])

    method = text(STANDARDS, "method")
    of_category = look_up("IF(标_同行>0,标_同行,标_同类)", "默_号", "默_方式")
    scratch.stack(METHOD, [(f'IF({method}="",IFERROR({of_category},""),{method})', _ROWS), ("默_方式", size)])
    for key, name, default in (
        ("points", POINTS, "默_分值"),
        ("minimum", LOW, "默_最低"),
        ("maximum", HIGH, "默_最高"),
    ):
        written = text(STANDARDS, key)
        own_or_default(name, f'IF({written}="","",{number(area(STANDARDS, key), written)})', default)
    for name, column in ((DIRECTION, "方向"), (ONCE, "一次"), (CAP, "上限"), (TAPER, "递减")):
        default = '""' if name in {CAP, TAPER} else look_up("{place}", "默_号", f"默_{column}")
        pieces = []
        for category, place, height in (("标_类别", "标_同类", _ROWS), ("默_类别", "默_号", size)):
            filled = f'MATCH({category},IF(标_{column}<>"",标_类别,""),0)'
            fallback = f'IFERROR({default.replace("{place}", place)},"")'
            written = look_up(filled, f"ROW(标_{column})-1", f"标_{column}")
            pieces.append((f"IFERROR({written},{fallback})", height))
        scratch.stack(name, pieces)
    ceiling = "+".join(
        f"{place}*({text(STANDARDS, 'grade_ceiling')}={quote(grade)})" for place, grade in enumerate(GRADES, start=1)
    )
    scratch.stack(CEILING, [(ceiling, _ROWS), ("0*默_号", size)])
    abolished = f'ISNUMBER(MATCH({CATEGORY}&"|",标_停用,0))'
    own = f'IF({text(STANDARDS, "enabled")}="否",2,1)'
    scratch.stack("准_本行启用", [(own, _ROWS), ([1] * size, size)])
    scratch.column(ENABLED, f"IF({abolished},2,准_本行启用)", total)
    within = f"IFERROR({look_up('标_同类', '默_号', '默_年内')},2)"
    scratch.stack(WITHIN_YEAR, [(within, _ROWS), ("默_年内", size)])
    _write_ranks(scratch, defaults)
    scratch.column(FIRST_ROW, f'IF({CATEGORY}="","",MATCH({CATEGORY},{CATEGORY},0))', total)
    scratch.column("准_有级", f'IF({CATEGORY}="",0,IF(RIGHT({KEY})="|",0,1))', total)
    scratch.column("准_在用", f'IF({CATEGORY}="",0,2-{ENABLED})', total)
    levels = f"SUMIFS(准_有级,{FIRST_ROW},{FIRST_ROW})"
    in_use = f"SUMIFS(准_在用,{FIRST_ROW},{FIRST_ROW})"
    scratch.column(ANY_LEVEL, f'IF({CATEGORY}="",0,IF(({levels}=0)+({in_use}=0)>0,1,0))', total)


def _write_ranks(scratch: Scratch, defaults: Sequence[Standard]) -> None:
    """Which level is higher: the sheet's order, each missing default row just before its next default neighbour."""
    size = len(defaults)
    ranks = []
    for index, item in enumerate(defaults):
        present = f"MATCH(INDEX(默_键,{index + 1}),标_键,0)"
        follower = index + 1
        if follower < size and defaults[follower].category == item.category:
            missing = f"ROUND({scratch.here(_ROWS + follower + 1)}-0.001,3)"
        else:
            missing = str(1000 + index)
        ranks.append(f"=IFERROR({present},{missing})")
    scratch.stack(LEVEL_RANK, [("ROW(标_键)-1", _ROWS), (ranks, size)])


def _write_problems(scratch: Scratch) -> None:
    """Why the program refuses these standards, and what in them the formulas cannot say."""
    sheet = problem(STANDARDS)
    rest = "&".join(
        text(STANDARDS, column.key) for column in STANDARDS.columns if column.key not in {"category", "clause"}
    )
    nameless = f'SUM((标_类别="")*({rest}<>""))'
    repeated = f'SUM(--(IF({KEY}="",{NUMBER},MATCH({KEY},{KEY},0))<>{NUMBER}))'
    allowed = {
        "direction": ("加", "减", "加分", "减分"),
        "method": METHODS,
        "once": ("是", "否"),
        "enabled": ("是", "否"),
        "grade_ceiling": GRADES,
    }
    words = "+".join(
        f'SUM(({text(STANDARDS, key)}<>"")*({among(text(STANDARDS, key), choices)}=0))'
        for key, choices in allowed.items()
    )
    figures = "+".join(
        f'SUM(IF({text(STANDARDS, key)}="",0,1-ISNUMBER({area(STANDARDS, key)})*({area(STANDARDS, key)}>=0)))'
        for key in ("points", "minimum", "maximum", "category_cap")
    )
    # A row that is switched off needs nothing but a direction; the columns' first rows are the sheet's.
    own = f"LOOKUP(ROW(标_键)-1,{NUMBER},准_本行启用)"
    gaps = (
        f'({METHOD}="")+({METHOD}="固定")*(IF(ISNUMBER({POINTS}),{POINTS},0)<=0)+({METHOD}="区间")*'
        f"IF(ISNUMBER({LOW})*ISNUMBER({HIGH}),({LOW}>{HIGH})+({HIGH}<=0),1)"
    )
    for name in (METHOD, POINTS, LOW, HIGH):
        gaps = gaps.replace(name, f"LOOKUP(ROW(标_键)-1,{NUMBER},{name})")
    undirected = '(标_方向="")*(标_同类=0)'
    gaps = f'SUM((标_键<>"")*({undirected}+({own}=1)*(({gaps})>0)>0))'
    torn = "+".join(
        f'SUM(IF(标_{name}="",0,--(标_{name}<>LOOKUP(ROW(标_{name})-1,{NUMBER},{merged}))))'
        for name, merged in (("方向", DIRECTION), ("一次", ONCE), ("上限", CAP), ("递减", TAPER))
    )
    wild = 'SUM(--ISNUMBER(FIND({"*","?","~"},标_键)))'
    places = "{" + ",".join(map(str, range(1, _MOST_RATIOS + 1))) + "}"
    ratios = f'SUM((标_递减<>"")*({places}<={ratio_count("标_递减")})*(1-ISNUMBER({ratio("标_递减", places)})))'
    long = f"SUM(--({ratio_count('标_递减')}>{_MOST_RATIOS}))"
    reasons = first_of(
        (f'{sheet}<>""', sheet),
        (f"{ratios}+{long}>0", quote(f"递减比例不能识别或超过{_MOST_RATIOS}档")),
        (f"{nameless}>0", quote("有一行没有类别")),
        (f"{repeated}>0", quote("同一类别和级别有两行")),
        (f"{words}+{figures}>0", quote("有文字或分数不能识别")),
        (f"{gaps}>0", quote("有一行缺方向、计分方式或分值")),
        (f"{torn}>0", quote("同一类别各行的方向、只计一次或上限不一致")),
        (f"{wild}>0", quote("类别或级别里有 * ? ~")),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")
