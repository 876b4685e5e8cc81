"""Arithmetic as a person reads it, and as a test can evaluate it again from the text alone.

One line of 算式 is

    line     = part { ；part }
    part     = [ words ： ] ( words | chain [ ，words ] )
    chain    = sum { relation sum }
    relation = ＝ equal | ≈ the left side rounded half up to the decimals the right side shows | ＞ ＜ ≤ ≥
    sum      = [ － ] product { ＋|－ product }
    product  = factor { ×|÷ factor }
    factor   = ( number | （ sum ） ) [ （ words without a digit ） ]
    number   = digits [ .digits ] [ /digits ] [ % ]

The figure a line explains is its last number. Each relation holds between its neighbours; behind ＞ stands the limit
that counts from there on, as in 10＞6（类别上限）. Names that staff typed stand in “…”, and mean nothing there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache, reduce
from math import gcd
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from jixiao.exact import Exact, Scaled, added, equal
from jixiao.policy.model import Policy

Texts = npt.NDArray[np.object_]
"""Texts one below the other; like one text they are put together with +."""
Text = TypeVar("Text", str, Texts)

_CHAIN, _SUM, _PRODUCT, _ATOM = range(4)
_MARKS = str.maketrans("“”；：，", "「」、、、")


def exact_text(value: Fraction) -> str:
    """`value` in full: a decimal where it has an end, else a fraction such as 1/3."""
    return _written(*value.as_integer_ratio())


def percent_text(value: Fraction) -> str:
    """`value` in full as a percentage: 2/5 gives 40%; what has no end as a decimal is a fraction."""
    above, below = value.as_integer_ratio()
    text = _written(above * 100, below)
    return _written(above, below) if "/" in text else f"{text}%"


def posted_text(value: Fraction, policy: Policy) -> str:
    """A figure as it is posted, to 小数位数; in full where it was not rounded to them."""
    return _written(*value.as_integer_ratio(), policy.places)


@lru_cache(maxsize=4096)
def _written(above: int, below: int, least: int = 0) -> str:
    """A ratio as a decimal of at least so many places, where it has an end."""
    common = gcd(above, below)
    above, below = above // common, below // common
    rest, places = below, 0
    for prime in (2, 5):
        power = 0
        while rest % prime == 0:
            rest //= prime
            power += 1
        places = max(places, power)
    if rest != 1:
        return f"{'－' if above < 0 else ''}{abs(above)}/{below}"
    return _decimal(above * 10**places // below, places, least)


def _decimal(units: int, places: int, least: int) -> str:
    """Whole `units` of 1 / 10**`places` with at least `least` decimals, and beyond those no zeros at the end."""
    digits = str(abs(units)).rjust(places + 1, "0")
    point = len(digits) - places
    decimals = digits[point:].rstrip("0").ljust(least, "0")
    sign = "－" if units < 0 else ""
    return f"{sign}{digits[:point]}.{decimals}" if decimals else sign + digits[:point]


def _posted_texts(column: Scaled, policy: Policy) -> Texts:
    """What `posted_text` gives for each number of a column; the same number is written once."""
    units, scale = list(map(int, column.units.tolist())), column.scale
    places = len(str(scale)) - 1
    if scale == 10**places:
        known = {unit: _decimal(unit, places, policy.places) for unit in set(units)}
    else:
        known = {unit: _written(unit, scale, policy.places) for unit in set(units)}
    texts: Texts = np.empty(len(units), dtype=object)
    texts[:] = [known[unit] for unit in units]
    return texts


def named(name: str) -> str:
    """A name that staff typed, for a line of arithmetic."""
    return f"“{name.translate(_MARKS)}”"


@dataclass(frozen=True)
class Written(Generic[Text, Exact]):
    """A piece of arithmetic: how it is written, what it comes to, and how tightly it holds together.

    It is about one number, or about a column of numbers in the same words: then text and value are columns.
    """

    text: Text
    value: Exact
    rank: int = _ATOM

    def within(self, rank: int) -> Text:
        """The text as a part of something that holds together as tightly as `rank`."""
        return self.text if self.rank >= rank else "（" + self.text + "）"


Term = Written[str, Fraction]


def number(value: Fraction | int) -> Term:
    """A number written in full."""
    exact = Fraction(value) if isinstance(value, int) else value
    return Written(exact_text(exact), exact, _rank_of(exact))


def share(value: Fraction) -> Term:
    """A share of 1 written as a percentage."""
    return Written(percent_text(value), value)


def figure(value: Fraction, policy: Policy) -> Term:
    """A posted figure."""
    return Written(posted_text(value, policy), value, _rank_of(value))


def _rank_of(value: Fraction) -> int:
    """A minus sign holds no tighter than a sum."""
    return _ATOM if value.numerator >= 0 else _SUM


def figures(column: Scaled, policy: Policy) -> Written[Texts, Scaled]:
    """A column of posted figures; a negative one among them puts brackets around all that stand in a product."""
    return Written(_posted_texts(column, policy), column, _ATOM if bool((column.units >= 0).all()) else _SUM)


def sum_of(terms: Collection[Written[Text, Exact]]) -> Written[Text, Exact]:
    """The sum of terms, at least one."""
    if len(terms) == 1:
        return next(iter(terms))
    return Written(joined("＋", [term.within(_PRODUCT) for term in terms]), added([term.value for term in terms]), _SUM)


def product(first: Written[Text, Exact], *factors: Term) -> Written[Text, Exact]:
    """The product of factors."""
    text, value = first.within(_PRODUCT), first.value
    for factor in factors:
        text, value = text + "×" + factor.within(_PRODUCT), value * factor.value
    return Written(text, value, _PRODUCT) if factors else first


def quotient(dividend: Written[Text, Exact], divisor: Term) -> Written[Text, Exact]:
    """One term by another."""
    text = dividend.within(_PRODUCT) + "÷" + divisor.within(_ATOM)
    return Written(text, dividend.value * (1 / divisor.value), _PRODUCT)


def difference(minuend: Written[Text, Exact], subtrahend: Written[Text, Exact]) -> Written[Text, Exact]:
    """One term less another."""
    return Written(minuend.text + "－" + subtrahend.within(_PRODUCT), minuend.value - subtrahend.value, _SUM)


def remark(term: Term, words: str) -> Term:
    """The same term with a word on what it is."""
    return Written(f"{term.within(_ATOM)}（{words}）", term.value)


def limited(term: Term, limit: Fraction, words: str) -> Term:
    """The limit that a term is above."""
    return Written(f"{term.text}＞{exact_text(limit)}（{words}）", limit, _CHAIN)


def leads_to(term: Written[Text, Exact], result: Written[Text, Exact]) -> Text:
    """The term and what it comes to, exactly or rounded."""
    exactly, rounded = term.text + "＝" + result.text, term.text + "≈" + result.text
    line = _either(equal(term.value, result.value), exactly, rounded)
    return _either(term.text == result.text, term.text, line)


def _either(first: object, one: Text, other: Text) -> Text:
    """The one text where `first` holds, else the other; of columns row by row."""
    if isinstance(one, str):
        return one if first else other
    chosen: Texts = np.where(np.asarray(first), one, other)
    return chosen


def joined(mark: str, texts: Collection[Text]) -> Text:
    """Texts with a mark between them."""
    return reduce(lambda left, right: left + mark + right, texts)
