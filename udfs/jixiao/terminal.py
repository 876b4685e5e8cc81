"""Tables in a terminal, Chinese columns aligned: a Chinese character is two columns wide."""

import unicodedata
from collections.abc import Sequence

from jixiao.sheets.present import Line, Value
from jixiao.text import one_line

_WIDE = frozenset("WF")
_MOST = 120


def display_width(text: str) -> int:
    """How many terminal columns a text takes."""
    return sum(2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text)


def table(headers: Sequence[str], lines: Sequence[Line], formats: dict[str, str] | None = None) -> str:
    """Lines under their headers, numbers to the right; `formats` are number formats by header."""
    shown = [[_cell(line[header], (formats or {}).get(header, "")) for header in headers] for line in lines]
    numeric = [all(not isinstance(line[header], str) for line in lines) for header in headers]
    widths = [max(map(display_width, column)) for column in zip(headers, *shown, strict=True)]
    rows = [list(headers), ["-" * width for width in widths], *shown]
    return "\n".join(
        "  ".join(
            _padded(cell, width, right=right) for cell, width, right in zip(row, widths, numeric, strict=True)
        ).rstrip()
        for row in rows
    )


def _cell(value: Value, shape: str) -> str:
    if value is None:
        return ""
    return format(value, shape) if shape and not isinstance(value, str) else one_line(str(value), _MOST)


def _padded(text: str, width: int, *, right: bool) -> str:
    gap = " " * (width - display_width(text))
    return gap + text if right else text + gap
