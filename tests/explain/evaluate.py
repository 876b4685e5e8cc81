"""Works out a printed 算式 from its text alone, by the grammar that jixiao.explain.arithmetic gives.

Shares no code with the program: what it accepts is what a person with a pocket calculator would.
"""

import re
from fractions import Fraction

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:/\d+)?%?)|(?P<sign>[＋－×÷（）＝≈＞＜≤≥]))")
_REMARK = re.compile(r"（[^（）\d]*）")
_NAME = re.compile("“[^”]*”")
_HOLDS = {
    "＝": lambda left, right: left == right,
    "＞": lambda left, right: left > right,
    "＜": lambda left, right: left < right,
    "≥": lambda left, right: left >= right,
    "≤": lambda left, right: left <= right,
}


class NotArithmeticError(AssertionError):
    """A line that the grammar does not know, or that does not hold."""


def figure(line: str) -> Fraction:
    """The figure a line explains: its last number. Every relation on the way is checked."""
    found = [number for _, number, _ in parts(line) if number is not None]
    if not found:
        raise NotArithmeticError(line)
    return found[-1]


def last_word(line: str) -> str:
    """The word a line ends with, such as a 等次."""
    return parts(line)[-1][2]


def parts(line: str) -> list[tuple[str, Fraction | None, str]]:
    """Label, last number and closing words of every part."""
    return [_part(part) for part in _NAME.sub("", line).split("；")]


def numbers(line: str) -> list[Fraction]:
    """Every number in the chains of a line, in order."""
    found = []
    for part in _NAME.sub("", line).split("；"):
        chain = part.rpartition("：")[2].partition("，")[0]
        found += [_value(text) for text in re.findall(r"\d+(?:\.\d+)?(?:/\d+)?%?", chain)]
    return found


def _part(part: str) -> tuple[str, Fraction | None, str]:
    label, _, rest = part.rpartition("：")
    chain, _, words = rest.partition("，")
    if not re.search(r"\d", chain):
        return label, None, words or chain
    return label, _Chain(chain).last(), words


class _Chain:
    """One chain of relations, read from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens: list[str] = []
        bare = _REMARK.sub("", text)
        at = 0
        while at < len(bare):
            found = _TOKEN.match(bare, at)
            if not found:
                raise NotArithmeticError(text)
            self._tokens.append(found[0].strip())
            at = found.end()

    def last(self) -> Fraction:
        left = self._sum()
        while self._tokens:
            relation = self._tokens.pop(0)
            decimals = len(self._tokens[-1].partition(".")[2]) if self._tokens else 0
            right = self._sum()
            holds = _rounded(left, decimals) == right if relation == "≈" else _HOLDS[relation](left, right)
            if not holds:
                raise NotArithmeticError(f"{self._text}: {left} {relation} {right}")
            left = right
        return left

    def _sum(self) -> Fraction:
        negative = self._next("－")
        value = -self._product() if negative else self._product()
        while self._tokens and self._tokens[0] in "＋－":
            value += self._product() if self._tokens.pop(0) == "＋" else -self._product()
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while self._tokens and self._tokens[0] in "×÷":
            value = value * self._factor() if self._tokens.pop(0) == "×" else value / self._factor()
        return value

    def _factor(self) -> Fraction:
        if self._next("（"):
            value = self._sum()
            if not self._next("）"):
                raise NotArithmeticError(self._text)
            return value
        if not self._tokens:
            raise NotArithmeticError(self._text)
        return _value(self._tokens.pop(0))

    def _next(self, sign: str) -> bool:
        if self._tokens[:1] == [sign]:
            del self._tokens[0]
            return True
        return False


def _value(text: str) -> Fraction:
    try:
        return Fraction(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
    except ValueError as error:
        raise NotArithmeticError(text) from error


def _rounded(value: Fraction, places: int) -> Fraction:
    """Half up, away from zero."""
    unit = 10**places
    whole = (abs(value) * unit * 2 + 1) // 2
    return Fraction(int(whole) * (1 if value >= 0 else -1), unit)
