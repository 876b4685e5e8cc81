"""Formula text, composed: what a cell means, written in functions that Excel 2016 and LibreOffice 7.4 both know.

Every function takes and gives pieces of formula text that work on one cell or on a whole column inside an array
formula. Only forms that surely mean what the rules say become a value; whatever else stands in a cell becomes
`UNSURE`, and the figures it would enter are not judged.

Not understood here though the rules understand it: full-width letters, quotes inside numbers, thousands commas, signs
in numeric text. Such a cell is never taken for something else.
"""

from collections.abc import Iterable

UNSURE = "疑"  # the formulas cannot say what this means
IDLE = "无"  # a slash: no work planned, nobody took part
HOLE = "缺"  # empty where a figure is due
WRONG = "错"  # surely a fault: the program posts no figure
VOID = "废"  # a ballot that does not count
PASSED = "不计"  # an entry that scores nothing

BLANKS = ('" "', '"\u3000"', '"\u00a0"', "CHAR(10)")
_QUOTES = "“”‘’'"
_UNSEEN = "\u200b\u200e\ufeff"
NARROW = dict(zip("０１２３４５６７８９％．／－，；（）", "0123456789%./-,;()", strict=True))
_STROKES, _NOTHING = "/-—–―─", ("无", "不涉及", "无任务")


def quote(text: str) -> str:
    """A text constant."""
    return '"' + text.replace('"', '""') + '"'


def clean(cell: str) -> str:
    """The text of a cell without blanks; empty for an empty cell."""
    for blank in BLANKS:
        cell = f'SUBSTITUTE({cell},{blank},"")'
    return cell


def unquoted(cell: str) -> str:
    """A text without quotes in any style."""
    for mark in _QUOTES:
        cell = f'SUBSTITUTE({cell},"{mark}","")'
    return f'SUBSTITUTE({cell},CHAR(34),"")'


def narrow(cell: str) -> str:
    """A text with full-width digits and signs made half-width."""
    for wide, half in NARROW.items():
        cell = f'SUBSTITUTE({cell},"{wide}","{half}")'
    return cell


def strange(joined: str) -> str:
    """Whether any of the texts holds a blank or a full-width sign: only then is cleaning worth its time."""
    marks = ",".join(quote(mark) for mark in (" ", "\u3000", "\u00a0", *NARROW))
    return f"SUM(--ISNUMBER(FIND({{{marks}}},{joined})))+SUM(--ISNUMBER(FIND(CHAR(10),{joined})))>0"


def among(text: str, words: Iterable[str]) -> str:
    """Whether a text is one of the words, as a count."""
    return "(" + "+".join(f"({text}={quote(word)})" for word in words) + ")"


def is_slash(text: str) -> str:
    """Whether a cleaned text says that there is nothing, as a count: a word for it, or one stroke however often."""
    strokes = "+".join(f'(SUBSTITUTE({text},"{stroke}","")="")' for stroke in _STROKES)
    return f'(({text}<>"")*({strokes}+{among(text, _NOTHING)}))'


def without_digits(text: str) -> str:
    """Of every text of a column, whether it has no digit: whatever it says, it is no number.

    Nor a quote or a mark nobody sees, for between those a slash may stand.
    """
    marks = [*map(str, range(10)), *_QUOTES, '"', *_UNSEEN]
    listed, ones = ",".join(map(quote, marks)), ";".join("1" * len(marks))
    return f"(MMULT(--ISNUMBER(FIND({{{listed}}},{text})),{{{ones}}})=0)"


def number(cell: str, text: str) -> str:
    """The number of a cell, numeric text included; `text` is the cell cleaned and narrow.

    A text counts only when it is spelled as its number is, so that no date or fraction is taken for one.
    """
    spelled = f'({text}=VALUE({text})&"")+({text}=TEXT(VALUE({text}),"0.0"))+({text}=TEXT(VALUE({text}),"0.00"))'
    return f'IFERROR(IF(ISNUMBER({cell}),{cell},IF({spelled}>0,VALUE({text}),"{UNSURE}")),"{UNSURE}")'


def share(cell: str, text: str) -> str:
    """The number of a cell, also one written with a percent sign."""
    bare = f'SUBSTITUTE({text},"%","")'
    percent = f'(RIGHT({text})="%")*(LEN({bare})=LEN({text})-1)'
    spelled = f'IFERROR(VALUE({bare})&""={bare},FALSE)'
    return f'IF({percent}=1,IF({spelled},VALUE({bare})/100,"{UNSURE}"),{number(cell, text)})'


def half_up(value: str, places: str) -> str:
    """A value rounded half up; rounding to ten places first takes the noise of doubles off a tie."""
    return f"ROUND(ROUND({value},10),{places})"


def first_of(*reasons: tuple[str, str]) -> str:
    """The text of the first condition that holds, else empty: pairs of condition and text expression."""
    chain = '""'
    for condition, text in reversed(reasons):
        chain = f"IF({condition},{text},{chain})"
    return chain


def look_up(place: str, numbers: str, column: str) -> str:
    """Elements of a column by their numbers, also for a whole column of numbers (INDEX takes one at a time)."""
    return f"LOOKUP({place},{numbers},{column})"
