"""Exact numbers: what a cell means as a rational, and rounding half up.

Spec R0: nothing is rounded before a place the rules name, so every figure here is a `Fraction`, or a vector of
integers on one common scale.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isfinite, lcm

import numpy as np
import numpy.typing as npt

_FAST_SCALES = (1, 10, 100, 1_000, 10_000)
_INT64_SAFE = 2**53


def from_float(value: float) -> Fraction:
    """The decimal a numeric cell means: 15 significant digits, as Excel shows it (R0)."""
    if not isfinite(value):
        raise ValueError("not a finite number")
    return Fraction(f"{value:.15g}")


def round_half_up(value: Fraction, places: int) -> Fraction:
    """`value` to `places` decimals, halves away from zero, as Excel's ROUND and a pocket calculator do (R0)."""
    unit: int = 10**places
    numerator, denominator = value.numerator, value.denominator
    magnitude = (2 * abs(numerator) * unit + denominator) // (2 * denominator)
    return Fraction(magnitude if numerator >= 0 else -magnitude, unit)


def plain(value: Fraction, places: int = 12) -> str:
    """`value` as a short decimal for a sentence: no trailing zeros, at most `places` decimals."""
    shown = round_half_up(value, places)
    text = f"{Decimal(shown.numerator) / Decimal(shown.denominator):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Fraction) -> str:
    """`value` as a percentage for a sentence: 2/5 gives 40%."""
    return plain(value * 100) + "%"


def fixed(value: Fraction, places: int) -> str:
    """`value` with exactly `places` decimals, rounded half up, as it is posted."""
    shown = round_half_up(value, places)
    return f"{Decimal(shown.numerator) / Decimal(shown.denominator):.{places}f}"


def total(values: Collection[Fraction]) -> Fraction:
    """The exact sum, on one common denominator: far cheaper than adding fractions one by one."""
    scale = lcm(*(value.denominator for value in values))
    return Fraction(sum(value.numerator * (scale // value.denominator) for value in values), scale)


def dot(values: Collection[Fraction], weights: Collection[Fraction]) -> Fraction:
    """The exact sum of products, on one common denominator."""
    pairs = list(zip(values, weights, strict=True))
    scale = lcm(*(value.denominator * weight.denominator for value, weight in pairs))
    parts = (
        value.numerator * weight.numerator * (scale // (value.denominator * weight.denominator))
        for value, weight in pairs
    )
    return Fraction(sum(parts), scale)


@dataclass(frozen=True)
class Scaled:
    """A vector of exact numbers: element i is `units[i] / scale`.

    `units` is int64, or Python integers in an object array where 64 bits could overflow.
    """

    units: npt.NDArray[np.int64] | npt.NDArray[np.object_]
    scale: int

    def __getitem__(self, index: int) -> Fraction:
        """Element `index` as a fraction."""
        return Fraction(int(self.units[index]), self.scale)


def scaled_floats(values: npt.NDArray[np.float64]) -> Scaled:
    """Exact decimals of a float vector (R0); NaN, meaning no number, becomes 0 and is the caller's to mask."""
    numbers = np.where(np.isnan(values), 0.0, values)
    if numbers.size == 0:
        return Scaled(np.zeros(0, dtype=np.int64), 1)
    largest = float(np.abs(numbers).max())
    for scale in _FAST_SCALES:
        if largest * scale >= _INT64_SAFE / 10:
            break
        # A decimal of at most 15 digits is the 15-digit reading of the double nearest to it.
        units = np.rint(numbers * scale)
        if bool((units / scale == numbers).all()):
            return Scaled(units.astype(np.int64), scale)
    distinct, where = np.unique(numbers, return_inverse=True)
    exact = scaled_fractions([from_float(float(number)) for number in distinct])
    return Scaled(exact.units[where], exact.scale)


def scaled_fractions(values: Iterable[Fraction]) -> Scaled:
    """The same numbers on their least common scale."""
    numbers = list(values)
    scale = lcm(*(number.denominator for number in numbers)) if numbers else 1
    units = [number.numerator * (scale // number.denominator) for number in numbers]
    if all(abs(unit) < _INT64_SAFE for unit in units):
        return Scaled(np.array(units, dtype=np.int64), scale)
    boxed = np.empty(len(units), dtype=object)
    boxed[:] = units
    return Scaled(boxed, scale)
