"""R0: exact numbers and the one way of rounding."""

from fractions import Fraction
from math import floor


def exact(value: object) -> Fraction:
    """R0: the decimal a value stands for; a float means its 15 significant digits, a per cent sign divides."""
    text = f"{value:.15g}" if isinstance(value, float) else str(value).strip()
    if text.endswith("%"):
        return Fraction(text[:-1]) / 100
    return Fraction(text)


def round_half_up(value: Fraction, places: int) -> Fraction:
    """R0: rounding half up, as floor(x·10^k + 1/2) ÷ 10^k."""
    scale = 10**places
    return Fraction(floor(value * scale + Fraction(1, 2)), scale)


def mean(values: list[Fraction]) -> Fraction:
    """The plain mean of a list that is not empty."""
    return sum(values, Fraction(0)) / len(values)


def is_empty(value: object) -> bool:
    """Nothing was filled in."""
    return value is None or str(value).strip() == ""
