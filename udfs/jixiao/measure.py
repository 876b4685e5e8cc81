"""How much room a text takes where there is no screen to measure on."""

import unicodedata
from math import ceil

# Pixels at Excel's usual 96 to the inch, with its usual font.
_NOTE_WIDTH, _NOTE_LINE, _NOTE_MARGIN = 240, 16, 14
_NOTE_COLUMNS = 36


class _Widths(dict[str, int]):
    """Each mark is looked up once: a sheet of sentences is made of few different ones."""

    def __missing__(self, mark: str) -> int:
        self[mark] = width = 2 if unicodedata.east_asian_width(mark) in "WFA" else 1
        return width


_WIDTHS = _Widths()


def text_columns(text: str) -> int:
    """Width of a text in characters: a Chinese one takes two."""
    return sum(map(_WIDTHS.__getitem__, text))


def note_size(text: str) -> tuple[int, int]:
    """Width and height in pixels of the box a note needs for its text."""
    lines = sum(max(1, ceil(text_columns(line) / _NOTE_COLUMNS)) for line in text.split("\n"))
    return _NOTE_WIDTH, lines * _NOTE_LINE + _NOTE_MARGIN
