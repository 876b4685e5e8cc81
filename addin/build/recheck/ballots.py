"""履职测评 → the three group means and 履职评价得分 (R4, R5; 四(二)2).

Up to 5,000 ballots. A mark above 0 and up to 1 may be a percentage typed by mistake, which its format alone tells: CELL
is asked for some such cells. A rater nobody knows is a stranger among 部门负责人 (not judged) and taken for
somebody outside the 科室 in the other groups, as the rules do.
"""

from xlsxwriter import Workbook

from jixiao.policy.model import RATER_GROUPS
from jixiao.sheets.cells import ABSTENTION, MARK_WORDS
from jixiao.sheets.inputs import BALLOTS

from ..styles import Styles
from .areas import MOST_DEPARTMENTS, area, last_row, problem, rows_of, text
from .departments import NAMES, NUMBERS, owner
from .formats import Formats
from .ledger import posted
from .scratch import Scratch
from .settings import setting
from .text import HOLE, UNSURE, VOID, among, first_of, quote, unquoted, without_digits

_MARKS = ("mark_1", "mark_2", "mark_3", "mark_4", "mark_5")
_WEIGHTS = ("achievement_weight", "initiative_weight", "attitude_weight", "cooperation_weight", "discipline_weight")
_ASKED = 20  # cells that are asked whether they are shown as percentages
_GROUP_WEIGHTS = ("leaders_weight", "heads_weight", "villages_weight")
_WORD_MARKS = {"优秀": "excellent_mark", "良好": "good_mark", "一般": "fair_mark", "较差": "poor_mark"}
_GROUP_NAMES = (("班子成员",), ("部门负责人", "科室负责人"), ("村一肩挑", "村书记"))
WIDE_LETTERS = (
    "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
)
_WIDER = 0xFEE0  # from a letter to the same one full-width
_STATION, _TICKET, _FIRST, _SCORE, _ORDER, _KEPT = "票_归属", "票_键", "票_首次", "票_得分", "票_次序", "票_计入"

REVIEW = "算_履职评价得分"
UNREADABLE, DOUBTS = "不可_测评", "存疑_测评"


def group_mean(number: int) -> str:
    """The name of the departments' means of a group, 0 to 2."""
    return "算_" + RATER_GROUPS[number].replace("“", "").replace("”", "") + "评价"


def write_ballots(book: Workbook, style: Styles) -> None:
    """The hidden sheet of ballots and what they make of the groups."""
    scratch = Scratch(book, style, "复核测评", "Ballots")
    height = rows_of(BALLOTS)
    scratch.column("票_科室", owner(text(BALLOTS, "department")), height, last_row(BALLOTS))
    scratch.column("票_评人", owner(text(BALLOTS, "rater")), height, last_row(BALLOTS))
    scratch.column(_STATION, _station(), height, last_row(BALLOTS))
    scratch.column(
        _TICKET, f'IF(ISNUMBER({_STATION}),{_STATION}&"|"&{text(BALLOTS, "ballot")},"")', height, last_row(BALLOTS)
    )
    scratch.column(_FIRST, f'IF({_TICKET}="","",MATCH({_TICKET},{_TICKET},0))', height, last_row(BALLOTS))
    formats = Formats(scratch, BALLOTS, {key: _doubtful(area(BALLOTS, key)) for key in _MARKS}, _ASKED)
    for key in _MARKS:
        scratch.column(_mark(key), _points(key, formats), height, last_row(BALLOTS))
    scratch.column(_SCORE, _score(), height, last_row(BALLOTS))
    scratch.column(_ORDER, f"IF({setting('trim')}=0,0,ROW({_SCORE}))", height, last_row(BALLOTS))
    scratch.column(_KEPT, _kept(), height, last_row(BALLOTS))
    _write_problems(scratch)
    for number in range(len(RATER_GROUPS)):
        scratch.column(group_mean(number), _mean(number), MOST_DEPARTMENTS)
    scratch.column(REVIEW, _review(), MOST_DEPARTMENTS)


def _station() -> str:
    """Department and group of a ballot as one number; empty for an empty row, unsure where either is not known."""
    group = unquoted(text(BALLOTS, "group"))
    place = "+".join(f"{number}*{among(group, names)}" for number, names in enumerate(_GROUP_NAMES, start=1))
    filled = "&".join(text(BALLOTS, key) for key in ("ballot", "group", "rater", "department", *_MARKS))
    known = f'(票_科室>0)*(({place})>0)*({text(BALLOTS, "ballot")}<>"")'
    stranger = f"(票_评人<0)*(({place})=2)"
    found = f'IF({stranger}=1,"{UNSURE}",票_科室*10+{place})'
    return f'IFERROR(IF({filled}="","",IF({known}=1,{found},"{UNSURE}")),"{UNSURE}")'


def _score() -> str:
    """A valid ballot's weighted mean, void, or unsure; empty where there is no ballot."""
    marks = [_mark(key) for key in _MARKS]
    void = "+".join(f'({mark}="{HOLE}")+({mark}="{VOID}")' for mark in marks)
    total = "+".join(f"{setting(weight)}*{mark}" for mark, weight in zip(marks, _WEIGHTS, strict=True))
    number = f"ROW({_TICKET})-1"
    twice = f"({_FIRST}<>{number})+(FREQUENCY({_FIRST},{number})>1)"
    value = f'IFERROR(ROUND({total},10),"{UNSURE}")'
    ballot = f'IF((票_评人=票_科室)+{twice}+{void}>0,"{VOID}",{value})'
    return f'IF({_STATION}="","",IF(ISNUMBER({_STATION}),{ballot},"{UNSURE}"))'


def _mark(key: str) -> str:
    """The name of a column of marks as points."""
    return f"分_{BALLOTS.by_key[key].header}"


def _doubtful(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),({cell}>0)*({cell}<=1))"


def _points(key: str, formats: Formats) -> str:
    """One mark: points, a hole (also 弃权), void when out of range, or unsure.

    A numeric text out of range may be one the rules read otherwise: unsure. A number up to 1 shown as a percentage is
    void.
    """
    cell, written = area(BALLOTS, key), text(BALLOTS, key)
    known = f'IF({formats.is_plain(key)}>0,{cell},"{VOID}")'
    small = f'IF({formats.too_many},"{UNSURE}",{known})'
    number = f'IF(({cell}<0)+({cell}>100)>0,"{VOID}",IF(({cell}>0)*({cell}<=1),{small},{cell}))'
    value = (
        f'IF(VALUE({written})&""={written},IF((VALUE({written})>1)*(VALUE({written})<=100),VALUE({written}),NA()),NA())'
    )
    for grade, field in reversed(_WORD_MARKS.items()):
        words = [alias for alias, meant in MARK_WORDS.items() if meant == grade and not alias.islower()]
        words += [chr(ord(alias) + _WIDER) for alias in words if alias.isascii()]
        value = f"IF({among(written, words)}>0,{setting(field)},{value})"
    unread = f'IF({without_digits(written)},"{VOID}","{UNSURE}")'
    word = f'IF({among(written, ("", ABSTENTION))}>0,"{HOLE}",IFERROR({value},{unread}))'
    return f"IF(ISNUMBER({cell}),{number},{word})"


def _kept() -> str:
    """The scores left once the highest and lowest are dropped (最高最低各去掉票数), by rank within the group."""
    trim = setting("trim")
    lower = (
        f'COUNTIFS({_STATION},{_STATION},{_SCORE},"<"&{_SCORE})'
        f'+COUNTIFS({_STATION},{_STATION},{_SCORE},{_SCORE},{_ORDER},"<"&{_ORDER})'
    )
    valid = f'COUNTIFS({_STATION},{_STATION},{_SCORE},">=0")'
    applies = f"({valid}>{setting('trim_above')})*({valid}>2*{trim})"
    outer = f"({lower}<{trim})+({lower}>={valid}-{trim})"
    trimmed = f'IF(ISNUMBER({_SCORE}),IF({applies}*(({outer})>0)=1,"去",{_SCORE}),{_SCORE})'
    return f"IF({trim}=0,{_SCORE},{trimmed})"


def _mean(number: int) -> str:
    station = f"({NUMBERS}*10+{number + 1})"
    valid = f'COUNTIFS({_STATION},{station},{_SCORE},">=0")'
    unclear = f'COUNTIFS({_STATION},{station},{_SCORE},"{UNSURE}")'
    total = f"SUMIFS({_KEPT},{_STATION},{station})"
    left = f'COUNTIFS({_STATION},{station},{_KEPT},">=0")'
    figure = f'IF({valid}<{setting("fewest_ballots")},"",{posted(f"{total}/{left}")})'
    figure = f'IF({UNREADABLE}<>"","{UNSURE}",IF({unclear}>0,"{UNSURE}",{figure}))'
    return f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))'


def _review() -> str:
    """履职评价得分: the group means by their weights; a missing one blocks it or hands its weight on (缺项处理)."""
    means = [group_mean(number) for number in range(len(RATER_GROUPS))]
    pairs = list(zip(means, map(setting, _GROUP_WEIGHTS), strict=True))
    total = "+".join(f"IF(ISNUMBER({mean}),{mean}*{weight},0)" for mean, weight in pairs)
    weights = "(" + "+".join(f"IF(ISNUMBER({mean}),{weight},0)" for mean, weight in pairs) + ")"
    missing = "+".join(f'({mean}="")*({weight}>0)' for mean, weight in pairs)
    unclear = "+".join(f'({mean}="{UNSURE}")*({weight}>0)' for mean, weight in pairs)
    blocked = f'(({missing})>0)*({setting("missing_group")}="暂不计分")+(ROUND({weights},12)=0)'
    figure = f'IF({unclear}>0,"{UNSURE}",IF({blocked}>0,"",{posted(f"({total})/{weights}")}))'
    return f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))'


def _write_problems(scratch: Scratch) -> None:
    """Why no review can be judged, and which ballots keep a department's from being judged."""
    sheet, top = problem(BALLOTS), f"MIN(ROW({area(BALLOTS, 'ballot')}))-1"
    stranger = f'MATCH("{UNSURE}",{_STATION},0)'
    letters = "{" + ",".join(map(quote, WIDE_LETTERS)) + "}"
    wide = f"SUM(--ISNUMBER(FIND({letters},{_TICKET})))"
    wild = f'SUM(--ISNUMBER(FIND({{"*","?","~"}},{_TICKET})))'
    # MATCH takes no notice of case; two ballots a1 and A1 are two.
    cased = f'SUM(IF({_TICKET}="",0,1-EXACT({_TICKET},LOOKUP(IF({_TICKET}="",1,{_FIRST}),ROW({_TICKET})-1,{_TICKET}))))'
    reasons = first_of(
        (f'{sheet}<>""', sheet),
        (f"ISNUMBER({stranger})", f'"第"&({top}+{stranger})&"行的票号、测评主体或科室认不出"'),
        (f"{wide}+{wild}+{cased}>0", quote("票号里有全角字母、* ? ~ 或大小写不同的编号")),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")
    unclear = f'COUNTIF({_SCORE},"{UNSURE}")'
    first = f'({top}+MATCH("{UNSURE}",{_SCORE},0))'
    doubts = first_of((f"{unclear}>0", f'"有"&{unclear}&"张票的分数认不出（第"&{first}&"行起）"'))
    scratch.cell(DOUBTS, f'IFERROR({doubts},"")')
