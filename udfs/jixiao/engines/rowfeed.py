"""What of a worksheet part the XML parser must see: all but the plain rows, which are read here.

The parser is the judge throughout: it gets everything before the first row and after the last, and every row that is
not written like some it has read before. Rows are kept from it only where it stands between two rows of a plain
`<sheetData>` and has nothing else open; where that is not certain, it gets all the rest.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import IO

from jixiao.engines.rowcollect import RowCollector
from jixiao.engines.rowshape import RowShape, RowShapes, likeness

_WINDOW = 1 << 20
_OPEN, _CLOSE = b"<sheetData>", b"</row>"
# Up to the first row that is not empty; nothing but blanks and empty rows may come before it.
_ROW_BEGINS = re.compile(rb'\s*(?:<row(?:\s+[\w:]+="[^"<]*")*\s*/>\s*)*+<row[ >]')
# A pattern costs as much to make as the parser takes for some twenty rows; one second is enough for all of them.
_LEARN_FROM = 1000  # compiling a pattern costs as much as parsing that many cells
_MAX_LEARNT = 1 << 18  # bytes
_MAX_KINDS = 1024
# Rows the parser got before a sheet of which it gets most is left to it.
_PATIENCE = 5000


@dataclass(slots=True)
class Progress:
    """What the parser's handlers tell: where in its input the last row ended, and what encoding that is in."""

    row_end: int = -1
    utf8: bool = True

    def declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        """The XML declaration; without one, or without a word on it, the encoding is UTF-8."""
        self.utf8 = encoding is None or encoding.lower() == "utf-8"


class RowFeed:
    """Reads plain rows on the parser's behalf."""

    def __init__(self, progress: Progress, rows: RowCollector, shared_strings: Callable[[], list[str]]) -> None:
        """`rows` takes the rows read here; the parser's handlers keep `progress` and give it theirs."""
        self._progress = progress
        self._rows = rows
        self._shapes = RowShapes(shared_strings)
        self._known: dict[tuple[bytes, ...], RowShape | None] = {}
        self._seen: dict[tuple[bytes, ...], int] = {}
        self._learnt = 0

    def chunks(self, stream: IO[bytes]) -> Iterator[bytes]:
        """The bytes for the parser, which must have parsed one piece when it asks for the next."""
        window = stream.read(_WINDOW)
        start = window.find(_OPEN)
        # Of a small sheet no kind of row can become known.
        small = len(window) < _WINDOW and window.count(_CLOSE) < _LEARN_FROM
        if start >= 0 and not small:
            head = start + len(_OPEN)
            yield window[:head]
            window = window[head:]
            if self._progress.utf8:
                window = yield from self._between_rows(window, stream, head)
        yield window
        while window := stream.read(_WINDOW):
            yield window

    def _between_rows(self, window: bytes, stream: IO[bytes], given: int) -> Generator[bytes, None, bytes]:
        """Read plain rows and yield the others; returns what follows. `given` counts the bytes the parser got.

        The first row always goes to the parser, which so tells that there are rows at all and not, say, a comment.
        """
        shape: RowShape | None = None
        at = others = 0
        while True:
            if shape is not None:
                at = self._take_run(shape, window, at)
            close = window.find(_CLOSE, at)
            if close < 0:
                more = b"" if len(window) - at > _WINDOW else stream.read(_WINDOW)
                window, at = window[at:] + more, 0
                if not more:
                    return window
                continue
            row = window[at : close + len(_CLOSE)]
            kind = likeness(row)
            shape = self._known.get(kind)
            if shape is not None and (end := self._take_run(shape, window, at)) > at:
                at = end
                continue
            yield row
            at += len(row)
            given += len(row)
            others += 1
            between = self._progress.row_end == given - len(_CLOSE) and _is_one_row(row)
            if not between or (others > _PATIENCE and 2 * others > len(self._rows.data.rows)):
                return window[at:]
            self._learn(kind, row)

    def _take_run(self, shape: RowShape, window: bytes, at: int) -> int:
        """Read the rows of this shape that start there, one upon the other; returns where the last of them ends."""
        matched, values, add = shape.pattern.match, shape.values, self._rows.add_like
        while match := matched(window, at):
            number, *cells = match.groups()
            try:
                row = [known[raw] for known, raw in zip(values, cells, strict=True)]
            except (ValueError, IndexError):  # the parser will say what is wrong with it, if anything is
                break
            add(int(number), shape, row)
            at = match.end()
        return at

    def _learn(self, kind: tuple[bytes, ...], row: bytes) -> None:
        seen = self._seen.get(kind, 0) + 1
        if seen == _LEARN_FROM and self._learnt < _MAX_LEARNT:
            self._learnt += len(row)
            self._known[kind] = self._shapes.of(row)
        if seen > 1 or len(self._seen) < _MAX_KINDS:
            self._seen[kind] = seen


def _is_one_row(piece: bytes) -> bool:
    """Whether what ends with the end of a row holds one row that is not empty, and starts with it or with empty ones.

    If so, and the parser stood between rows before it, it stands between rows again.
    """
    begins = _ROW_BEGINS.match(piece)
    return begins is not None and b"<row" not in piece[begins.end() :]
