"""算式 of the case files, such as `82.5×30%＋97.5×70%＝93` or `281.5÷3≈93.83`, worked out in fractions.

A case that states a wrong sum fails before the program is asked. `＝` is exact, `≈` rounds half up to the decimals
written after it.
"""

import re
from fractions import Fraction

from tests.reference.exact import round_half_up

_SIGNS = re.compile("([＝≈])")
_TOKENS = re.compile(r"\d+(?:\.\d+)?%?|[＋－×÷（）]")
_NUMBER = re.compile(r"[－-]?\d+(?:\.\d+)?%?")


class WrongSumError(AssertionError):
    """The 算式 does not give what it says."""


def is_sum(text: str) -> bool:
    """Whether a text is an 算式 or a number, not a word."""
    return bool(_SIGNS.search(text) or _NUMBER.fullmatch(text))


def result_of(text: str) -> Fraction:
    """The last figure of an 算式, after each of its steps has been worked out again."""
    first, *steps = _SIGNS.split(text)
    value = _worked_out(first)
    for sign, part in zip(steps[::2], steps[1::2], strict=True):
        stated = _worked_out(part)
        reached = round_half_up(value, len(part.partition(".")[2])) if sign == "≈" else value
        if stated != reached:
            raise WrongSumError(f"{text}: {float(value)} is not {part}")
        value = stated
    return value


def _worked_out(text: str) -> Fraction:
    tokens = _TOKENS.findall(text.replace("-", "－"))
    if "".join(tokens) != text.replace("-", "－").replace(" ", ""):
        raise WrongSumError(f"no 算式: {text!r}")
    value = _added(tokens)
    if tokens:
        raise WrongSumError(f"no 算式: {text!r}")
    return value


def _added(tokens: list[str]) -> Fraction:
    negative = bool(tokens) and tokens[0] == "－" and bool(tokens.pop(0))
    value = -_multiplied(tokens) if negative else _multiplied(tokens)
    while tokens and tokens[0] in "＋－":
        sign = tokens.pop(0)
        value += _multiplied(tokens) if sign == "＋" else -_multiplied(tokens)
    return value


def _multiplied(tokens: list[str]) -> Fraction:
    value = _single(tokens)
    while tokens and tokens[0] in "×÷":
        sign = tokens.pop(0)
        value = value * _single(tokens) if sign == "×" else value / _single(tokens)
    return value


def _single(tokens: list[str]) -> Fraction:
    token = tokens.pop(0) if tokens else ""
    if token == "（":
        value = _added(tokens)
        if not tokens or tokens.pop(0) != "）":
            raise WrongSumError("a bracket is not closed")
        return value
    if not token or token in "＋－×÷）":
        raise WrongSumError("a number is missing")
    return Fraction(token[:-1]) / 100 if token.endswith("%") else Fraction(token)
