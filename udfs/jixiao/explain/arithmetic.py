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
from functools import lru_cache
from math import gcd, prod

from jixiao.exact import total
from jixiao.policy.model import Policy

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
    above, below = value.as_integer_ratio()
    return _written(above, below) if 10**policy.places % below else _written(above, below, policy.places)


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
    sign = "－" if above < 0 else ""
    if rest != 1:
        return f"{sign}{abs(above)}/{below}"
    places = max(places, least)
    digits = str(abs(above) * 10**places // below).rjust(places + 1, "0")
    return f"{sign}{digits[: len(digits) - places]}.{digits[len(digits) - places :]}" if places else sign + digits


def named(name: str) -> str:
    """A name that staff typed, for a line of arithmetic."""
    return f"“{name.translate(_MARKS)}”"


@dataclass(frozen=True)
class Term:
    """A piece of arithmetic: how it is written, what it comes to, and how tightly it holds together."""

    text: str
    value: Fraction
    rank: int = _ATOM

    def within(self, rank: int) -> str:
        """The text as a part of something that holds together as tightly as `rank`."""
        return self.text if self.rank >= rank else f"（{self.text}）"


def number(value: Fraction | int) -> Term:
    """A number written in full."""
    exact = Fraction(value) if isinstance(value, int) else value
    return Term(exact_text(exact), exact, _rank_of(exact))


def share(value: Fraction) -> Term:
    """A share of 1 written as a percentage."""
    return Term(percent_text(value), value)


def figure(value: Fraction, policy: Policy) -> Term:
    """A posted figure."""
    return Term(posted_text(value, policy), value, _rank_of(value))


def _rank_of(value: Fraction) -> int:
    """A minus sign holds no tighter than a sum."""
    return _ATOM if value.numerator >= 0 else _SUM


def sum_of(terms: Collection[Term]) -> Term:
    """The sum of terms, at least one."""
    if len(terms) == 1:
        return next(iter(terms))
    text = "＋".join(term.within(_PRODUCT) for term in terms)
    return Term(text, total([term.value for term in terms]), _SUM)


def product(*factors: Term) -> Term:
    """The product of factors."""
    if len(factors) == 1:
        return factors[0]
    value = prod((item.value for item in factors[1:]), start=factors[0].value)
    return Term("×".join(item.within(_PRODUCT) for item in factors), value, _PRODUCT)


def quotient(dividend: Term, divisor: Term) -> Term:
    """One term by another."""
    return Term(f"{dividend.within(_PRODUCT)}÷{divisor.within(_ATOM)}", dividend.value / divisor.value, _PRODUCT)


def difference(minuend: Term, subtrahend: Term) -> Term:
    """One term less another."""
    return Term(f"{minuend.text}－{subtrahend.within(_PRODUCT)}", minuend.value - subtrahend.value, _SUM)


def remark(term: Term, words: str) -> Term:
    """The same term with a word on what it is."""
    return Term(f"{term.within(_ATOM)}（{words}）", term.value)


def limited(term: Term, limit: Fraction, words: str) -> Term:
    """The limit that a term is above."""
    return Term(f"{term.text}＞{exact_text(limit)}（{words}）", limit, _CHAIN)


def leads_to(term: Term, result: Term) -> str:
    """The term and what it comes to, exactly or rounded."""
    if term.text == result.text:
        return term.text
    return f"{term.text}{'＝' if term.value == result.value else '≈'}{result.text}"
