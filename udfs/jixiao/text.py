"""What people type, made comparable: full and half width, blanks, quotes in any style."""

import re
import unicodedata
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from jixiao.exact import from_float

_QUOTES = dict.fromkeys(map(ord, "\"'“”‘’„‟‹›«»「」『』〝〞〟＂＇`´′″"))
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]+")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d*)?")
_SLASH = re.compile(r"/+|-+|—+|–+|―+|─+|无|不涉及|无任务")
_NAME_SEPARATORS = re.compile(r"[、,;\n]+")
# What a cell shows whose formula nothing has calculated yet.
NOT_CALCULATED = "未重算"

_TICKED = {"TRUE": "是", "FALSE": "否"}
_LONGEST_NUMBER = 40
_REMEMBERED = 64


class Unreadable(str):
    """What stood in a cell that means nothing to the rules; it is never taken for empty."""

    __slots__ = ()


def key(value: object) -> str:
    """The form in which texts are compared: NFKC, without blanks, invisible marks and quotes."""
    text = value.strip() if isinstance(value, str) else cell_text(value)
    return _key(text) if len(text) <= _REMEMBERED else _key.__wrapped__(text)


@lru_cache(maxsize=1 << 16)
def _key(text: str) -> str:
    """The same few names stand in thousands of cells."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text.translate(_QUOTES))).translate(_QUOTES)


def cell_text(value: object) -> str:
    """A cell's value as a person reads it; empty is ''. A whole number has no decimals."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "TRUE" if value else "FALSE"
        case float() | int() | Decimal():
            return f"{Decimal(f'{value:.15g}'):f}"
        case datetime() if value.time() == datetime.min.time():
            return value.date().isoformat()
        case _:
            return str(value)


def is_slash(value: object) -> bool:
    """Whether a cell says that there is nothing: a slash, a dash, 无 or 不涉及."""
    return isinstance(value, str) and bool(_SLASH.fullmatch(key(value)))


def yes_or_no(value: object) -> str:
    """A cell's text as a key, where 是 or 否 is asked for: Excel's check box in a cell shows TRUE or FALSE for them."""
    return _TICKED.get(key(value), key(value))


def one_line(text: str, longest: int | None = None) -> str:
    """Text fit for a terminal: no control characters, line ends, or marks that turn the reading direction.

    One longer than `longest` is cut short with ….
    """
    if longest is not None and len(text) > longest:
        text = f"{text[: longest - 1]}…"
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def is_blank(value: object) -> bool:
    """Whether a cell holds nothing a person could see."""
    return value is None or (isinstance(value, str) and not key(value))


def number(value: object) -> Fraction | None:
    """The exact number a cell or a numeric text means (R0), or None when it is not a number.

    Full-width digits and thousands commas are understood; a percent sign is not part of a number.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float | Decimal):  # Excel hands a currency cell over as a Decimal
        try:
            return from_float(value)
        except (ValueError, OverflowError):
            return None
    if not isinstance(value, str):
        return None
    text = key(value)
    # ² and ② would become plain digits: whoever typed them did not mean 2.
    if any(unicodedata.category(mark) == "No" for mark in value[:_LONGEST_NUMBER]):
        return None
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text) or not any(map(str.isdigit, text)):
        return None
    return Fraction(text.replace(",", ""))


def whole_number(value: object) -> int | None:
    """The whole number a cell means, or None."""
    found = number(value)
    return int(found) if found is not None and found.denominator == 1 else None


def year_number(value: object) -> int | None:
    """The year a cell means, written `2024`, `2024年` or `2024年度`, or None."""
    return whole_number(key(value).removesuffix("度").removesuffix("年"))


def percentage(value: object) -> Fraction | None:
    """The share that a text such as `95%` or `９５％` means, or None when it is not one."""
    if not isinstance(value, str):
        return None
    text = key(value)
    share = number(text[:-1]) if text.endswith("%") else None
    return None if share is None else share / 100


def share(value: object) -> Fraction | None:
    """A share written as `0.4`, as a percent cell or as the text `40%`."""
    written = percentage(value)
    return number(value) if written is None else written


def names(value: object) -> tuple[str, ...]:
    """Several names in one cell, split on 、，； ; 空缺 is a vacancy and names nobody."""
    parts = (part.strip() for part in _NAME_SEPARATORS.split(unicodedata.normalize("NFKC", cell_text(value))))
    return tuple(part for part in parts if part and key(part) != "空缺" and not is_slash(part))
