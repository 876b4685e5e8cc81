"""考核得分, 名次 and 等次 (R9–R12; 四(二)4, 四(二)5).

Up to six figures of 并列排序 are compared one after the other; with more, places and grades are not judged where scores
are equal.
"""

from xlsxwriter import Workbook

from jixiao.policy.model import GRADES

from ..styles import Styles
from . import ballots, history, ledger, points
from .areas import MOST_DEPARTMENTS
from .departments import COUNT, NAMES
from .scratch import Scratch
from .settings import separated, setting
from .text import UNSURE, first_of, half_up, quote

SCORE, PLACE, GRADE = "算_考核得分", "算_名次", "算_等次"
UNREADABLE, TIES = "不可_名次", "不可_并列"
_MOST_BREAKERS = 6
_WIDTH = 99
_RANK, _STEP = "算_跳号名次", "算_连号名次"
_SHARES = ("excellent_share", "good_share", "fair_share")


def write_standing(book: Workbook, style: Styles) -> Scratch:
    """The hidden sheet of scores, places and grades; the comparison goes on the same sheet."""
    scratch = Scratch(book, style, "复核过程", "Standing")
    most = MOST_DEPARTMENTS
    parts = (ledger.PERFORMANCE, ballots.REVIEW, points.NET)
    missing = "+".join(f'({part}="")' for part in parts)
    unclear = "+".join(f'({part}="{UNSURE}")' for part in parts)
    value = f"{parts[0]}*{setting('performance_weight')}+{parts[1]}*{setting('review_weight')}+{parts[2]}"
    figure = f'IF({missing}>0,"",IF({unclear}>0,"{UNSURE}",{half_up(value, setting("places"))}))'
    scratch.column(SCORE, f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))', most)
    scratch.cell("齐_得分", f"COUNT({SCORE})")
    scratch.cell("疑_得分", f'COUNTIF({SCORE},"{UNSURE}")')
    scratch.cell("缺_得分", f"{COUNT}-齐_得分-疑_得分")
    _write_ranks(scratch)
    scratch.column(
        "首次_名次", f'IF(ISNUMBER({_RANK}),IF(MATCH({_RANK},{_RANK},0)=ROW({_RANK})-1,{_RANK},""),"")', most
    )
    scratch.column(_STEP, f'IF(ISNUMBER({_RANK}),COUNTIF(首次_名次,"<="&{_RANK}),"")', most)
    reasons = first_of(
        (f'{TIES}<>""', TIES),
        (f'{history.UNREADABLE}<>""', f'"历年结果："&{history.UNREADABLE}'),
    )
    scratch.cell(UNREADABLE, f"IFERROR({reasons},{quote('不能识别')})")
    _write_seats(scratch)
    place = f'IF({setting("tie_places")}="连号",{_STEP},{_RANK})'
    scratch.column(PLACE, _when_complete(f'IF({TIES}<>"","{UNSURE}",{place})'), most)
    scratch.column(GRADE, _when_complete(f'IF({UNREADABLE}<>"","{UNSURE}",{_grade(scratch)})'), most)
    return scratch


def _write_ranks(scratch: Scratch) -> None:
    """跳号 places by score, then by each figure of 并列排序 among those that share a place so far (R10).

    A figure that is not there ranks below every figure that is; less 减分 is better.
    """
    listed = scratch.cell("并列_列", separated(setting("tie_breakers")))
    rank = scratch.column("并列_0", f'IF(ISNUMBER({SCORE}),COUNTIF({SCORE},">"&{SCORE})+1,"")', MOST_DEPARTMENTS)
    unclear = []
    for step in range(1, _MOST_BREAKERS + 1):
        part = f'TRIM(MID(SUBSTITUTE({listed},"、",REPT(" ",{_WIDTH})),{(step - 1) * _WIDTH + 1},{_WIDTH}))'
        name = scratch.cell(f"并列_{step}_名", part)
        figure = quote(UNSURE)
        for header, computed in _breakers().items():
            sign = "-" if header == "减分" else ""
            value = f'IF(ISNUMBER({computed}),{sign}ROUND({computed},10),IF({computed}="{UNSURE}","{UNSURE}",-1000000))'
            figure = f"IF({name}={quote(header)},{value},{figure})"
        value = scratch.column(f"并列_{step}_值", f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))', MOST_DEPARTMENTS)
        finer = f'IF({name}="",{rank},{rank}+COUNTIFS({rank},{rank},{value},">"&{value}))'
        rank = scratch.column(f"并列_{step}", f'IF(ISNUMBER({rank}),{finer},"")', MOST_DEPARTMENTS)
        unclear.append(f'({name}<>"")*COUNTIF({value},"{UNSURE}")')
    scratch.column(_RANK, rank, MOST_DEPARTMENTS)
    many = f'LEN({listed})-LEN(SUBSTITUTE({listed},"、",""))>={_MOST_BREAKERS}'
    reasons = first_of(
        (f'{listed}=""', '""'),
        (many, quote(f"并列排序超过{_MOST_BREAKERS}项")),
        (f"{'+'.join(unclear)}>0", quote("并列排序要比的数不能复核")),
    )
    scratch.cell(TIES, f"IFERROR({reasons},{quote('不能识别')})")


def _breakers() -> dict[str, str]:
    """The figures that may break a tie, by their header without quotes, and the names of their values."""
    quarters = {f"{name}得分": ledger.quarter(number) for number, name in enumerate(ledger.QUARTER_NAMES)}
    groups = {ballots.group_mean(number)[2:]: ballots.group_mean(number) for number in range(3)}
    others = {"业绩评价得分": ledger.PERFORMANCE, "履职评价得分": ballots.REVIEW}
    return quarters | others | groups | {"加分": points.BONUS, "减分": points.PENALTY, "加减得分": points.NET}


def _when_complete(figure: str) -> str:
    """Nobody has a place while a score is missing (R10)."""
    figure = f'IF(缺_得分>0,"",IF(疑_得分>0,"{UNSURE}",{figure}))'
    return f'IF({NAMES}="","",IFERROR({figure},"{UNSURE}"))'


def _write_seats(scratch: Scratch) -> None:
    """Seats of 优秀 and 一般 by 名额取整 (R11)."""
    names = []
    for grade, field in zip(GRADES, _SHARES, strict=False):
        share = scratch.cell(f"名额_{grade}_应得", f"ROUND({COUNT}*{setting(field)},9)")
        names.append((grade, share, scratch.cell(f"名额_{grade}_整数", f"INT({share})")))
    left = COUNT + "".join(f"-{whole}" for _, _, whole in names)
    scratch.cell("名额_剩余", left)
    rests = [f"ROUND({share}-{whole},9)" for _, share, whole in names]
    for index, (grade, share, whole) in enumerate(names):
        before = "+".join(
            f"({rest}{'>=' if other < index else '>'}{rests[index]})"
            for other, rest in enumerate(rests)
            if other != index
        )
        by_rest = f"{whole}+IF({before}<名额_剩余,1,0)"
        rounding = setting("seat_rounding")
        scratch.cell(
            f"名额_{grade}", f'IF({rounding}="四舍五入",ROUND({share},0),IF({rounding}="最大余数",{by_rest},{whole}))'
        )


def _grade(scratch: Scratch) -> str:
    """等次 by seats, then 等次封顶, then 较差 (R11, R12), as the number of the grade from the best on."""
    by_seat = f"IF({_RANK}<=名额_优秀,1,IF({_RANK}>{COUNT}-名额_一般,3,2))"
    held = f"IF({points.CEILING}>{by_seat},{points.CEILING},{by_seat})"
    last = f"({SCORE}=MIN({SCORE}))*(MAX({SCORE})>MIN({SCORE}))*({history.LAST_BEFORE}=1)"
    poor = f"({SCORE}<{setting('poor_line')})+{last}"
    number = scratch.column("算_等次号", f"IF(ISNUMBER({SCORE}),IFERROR(IF({poor}>0,4,{held}),0),0)", MOST_DEPARTMENTS)
    words = '""'
    for place, grade in enumerate(GRADES, start=1):
        words = f"IF({number}={place},{quote(grade)},{words})"
    return words
