"""Exact numbers: what a cell means as a rational, and rounding half up.

Spec R0: nothing is rounded before a place the rules name, so every figure here is a `Fraction`, or a vector of
integers on one common scale.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, isfinite, lcm
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

EXACT_IN_FLOATS = 2**53
_FAST_SCALES = (10, 100, 1_000, 10_000)
_FIFTEEN_DIGITS = 10**15


@dataclass(frozen=True)
class Scaled:
    """A vector of exact numbers: element i is `units[i] / scale`.

    `units` are whole numbers: floats while all stay below 2**53, where floats are exact, else Python integers in an
    object array. Sums, and products with a fraction, are exact too, so that a rule written for one number serves a
    column of them.
    """

    units: npt.NDArray[np.float64] | npt.NDArray[np.object_]
    scale: int

    def __getitem__(self, index: int) -> Fraction:
        """Element `index` as a fraction."""
        return Fraction(int(self.units[index]), self.scale)

    def __mul__(self, factor: Fraction) -> "Scaled":
        """Every element times `factor`."""
        return Scaled(_enlarged(self.units, factor.numerator), self.scale * factor.denominator)

    def __add__(self, other: "Scaled") -> "Scaled":
        """Element by element, the sums."""
        scale = lcm(self.scale, other.scale)
        left, right = _enlarged(self.units, scale // self.scale), _enlarged(other.units, scale // other.scale)
        if left.dtype == right.dtype == np.float64 and _largest_unit(left) + _largest_unit(right) < EXACT_IN_FLOATS:
            return Scaled(left + right, scale)
        return Scaled(as_integers(left) + as_integers(right), scale)

    def __sub__(self, other: "Scaled") -> "Scaled":
        """Element by element, the differences."""
        return self + other * Fraction(-1)

    def below(self, limit: Fraction) -> npt.NDArray[np.bool_]:
        """Which elements are less than `limit`."""
        under: npt.NDArray[np.bool_] = self.units < ceil(limit * self.scale)
        return under

    def at_least_zero(self) -> "Scaled":
        """Every element, or 0 where it is less."""
        return Scaled(np.maximum(self.units, 0), self.scale)

    def rounded(self, unit: int) -> "Scaled":
        """Every element to the nearest 1 / `unit`, halves away from zero."""
        if (2 * _largest_unit(self.units) + 1) * unit + self.scale < EXACT_IN_FLOATS:
            whole: npt.NDArray[Any] = self.units.astype(np.int64)
        else:
            whole = as_integers(self.units)
        magnitude = (2 * np.abs(whole) * unit + self.scale) // (2 * self.scale)
        return Scaled(_enlarged(np.where(whole < 0, -magnitude, magnitude), 1), unit)

    def as_floats(self) -> list[float]:
        """Every element as the double nearest to it."""
        if self.units.dtype == np.float64 and self.scale < EXACT_IN_FLOATS:
            floats: list[float] = (self.units / self.scale).tolist()
            return floats
        return [float(Fraction(int(unit), self.scale)) for unit in self.units]


Exact = TypeVar("Exact", Fraction, Scaled)


def from_float(value: float | Decimal) -> Fraction:
    """The decimal a numeric cell means: 15 significant digits, as Excel shows it (R0)."""
    if not isfinite(value):
        raise ValueError("not a finite number")
    return Fraction(f"{value:.15g}")


def round_half_up(value: Exact, places: int) -> Exact:
    """`value` to `places` decimals, halves away from zero, as Excel's ROUND and a pocket calculator do (R0)."""
    unit: int = 10**places
    if isinstance(value, Scaled):
        return value.rounded(unit)
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
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*{below for _, below in ratios})
    return Fraction(sum(above * (scale // below) for above, below in ratios), scale)


def added(values: Sequence[Exact]) -> Exact:
    """The exact sum of numbers, or of vectors element by element; at least one."""
    if isinstance(values[0], Scaled):
        return sum(values[1:], start=values[0])
    return total(values)


def dot(pairs: Collection[tuple[Fraction, Fraction]]) -> Fraction:
    """The exact sum of products, on one common denominator."""
    ratios = [(*first.as_integer_ratio(), *second.as_integer_ratio()) for first, second in pairs]
    scale = lcm(*{below * under for _, below, _, under in ratios})
    return Fraction(sum(above * over * (scale // (below * under)) for above, below, over, under in ratios), scale)


def scaled_floats(values: npt.NDArray[np.float64]) -> Scaled:
    """Exact decimals of a float vector without NaN (R0)."""
    if bool((np.rint(values) == values).all()) and _below(values, _FIFTEEN_DIGITS):
        return Scaled(values, 1)
    for scale in _FAST_SCALES:
        if not _below(values, _FIFTEEN_DIGITS / scale):
            break
        # A decimal of at most 15 digits is the 15-digit reading of the double nearest to it.
        units = np.rint(values * scale)
        if bool((units / scale == values).all()):
            return Scaled(units, scale)
    distinct, where = np.unique(values, return_inverse=True)
    decimals = list(map(_digits, distinct.tolist()))
    places = max(0, -min(exponent for _, exponent in decimals))
    exact = _scaled_units([digits * 10 ** (exponent + places) for digits, exponent in decimals], 10**places)
    return Scaled(exact.units[where], exact.scale)


def _digits(value: float) -> tuple[int, int]:
    """The decimal a numeric cell means (R0) as whole digits, none of them a needless 0, and a power of ten."""
    if not value:
        return 0, 0
    mantissa, exponent = f"{value:.14e}".rsplit("e")
    whole, decimals = mantissa.split(".")
    decimals = decimals.rstrip("0")
    return int(whole + decimals), int(exponent) - len(decimals)


def scaled_fractions(values: Iterable[Fraction]) -> Scaled:
    """The same numbers on their least common scale."""
    ratios = [value.as_integer_ratio() for value in values]
    scale = lcm(*{below for _, below in ratios})
    return _scaled_units([above * (scale // below) for above, below in ratios], scale)


def _scaled_units(units: Sequence[int], scale: int) -> Scaled:
    """Whole numbers of 1 / `scale`, as floats while these are exact."""
    if max(map(abs, units), default=0) < EXACT_IN_FLOATS:
        return Scaled(np.array(units, dtype=np.float64), scale)
    boxed = np.empty(len(units), dtype=object)
    boxed[:] = units
    return Scaled(boxed, scale)


def times(one: Scaled, other: Scaled) -> Scaled:
    """Element by element, the exact products."""
    left, right = one.units, other.units
    if left.dtype.hasobject or right.dtype.hasobject or _largest_unit(left) * _largest_unit(right) >= EXACT_IN_FLOATS:
        left, right = as_integers(left), as_integers(right)
    return Scaled(left * right, one.scale * other.scale)


def equal(one: Exact, other: Exact) -> bool | npt.NDArray[np.bool_]:
    """Whether two numbers are the same, element by element for vectors."""
    if isinstance(one, Scaled):
        same: npt.NDArray[np.bool_] = (one - other).units == 0
        return same
    return one == other


def sum_by(vector: Scaled, where: npt.NDArray[np.int64], count: int) -> Scaled:
    """Exact sums of the elements by the place, 0 to `count` − 1, that `where` gives each."""
    units = vector.units
    if units.dtype != object and _largest_unit(units) * max(len(units), 1) < EXACT_IN_FLOATS:
        sums = np.bincount(where, weights=units.astype(np.float64, copy=False), minlength=count)
        return Scaled(sums.astype(np.float64, copy=False), vector.scale)
    totals = np.zeros(count, dtype=object)
    np.add.at(totals, where, as_integers(units))
    return Scaled(totals, vector.scale)


def _enlarged(units: npt.NDArray[Any], factor: int) -> npt.NDArray[np.float64] | npt.NDArray[np.object_]:
    """Whole numbers times a whole number, as floats while these are exact."""
    if units.dtype != object and max(_largest_unit(units), 1) * abs(factor) < EXACT_IN_FLOATS:
        enlarged: npt.NDArray[np.float64] = units.astype(np.float64, copy=False) * factor
        return enlarged
    boxed: npt.NDArray[np.object_] = as_integers(units) * factor
    return boxed


def as_integers(units: npt.NDArray[Any]) -> npt.NDArray[np.object_]:
    """Whole numbers as Python integers, which never overflow."""
    boxed = np.empty(units.shape, dtype=object)
    boxed.ravel()[:] = [int(unit) for unit in units.ravel()]
    return boxed


def _below(values: npt.NDArray[np.float64], limit: float) -> bool:
    return not values.size or max(abs(float(values.max())), abs(float(values.min()))) < limit


def _largest_unit(units: npt.NDArray[np.float64] | npt.NDArray[np.object_]) -> int:
    """The greatest magnitude of whole numbers, which may be beyond any double; 0 for an empty vector."""
    return max(abs(int(units.max())), abs(int(units.min()))) if units.size else 0
