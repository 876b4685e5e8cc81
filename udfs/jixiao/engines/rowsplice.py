"""Changes to a worksheet part of any size: only the rows concerned become a tree, the others stay bytes.

A skeleton of the part is made in which each run of untouched rows is a processing instruction; the changes are
applied to the skeleton, and the runs are put back. So untouched rows keep their very bytes, and a sheet of 150,000
rows costs one pass of a streaming parser instead of a tree in memory.
"""

import io
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from jixiao.engines import ooxml
from jixiao.engines.guards import MAX_TREE
from jixiao.engines.sheetedit import Change, RowChange
from jixiao.engines.sheetwrite import apply_changes
from jixiao.engines.xmlstream import feed, new_parser

_MARK = b"jixiao-untouched-rows"
_RUN = re.compile(rb"<\?" + _MARK + rb" (\d+)\?>")
_PLAIN_START = re.compile(
    rb'(?:\xef\xbb\xbf)?(?:<\?xml version="1\.0"(?: encoding="(?i:utf-8)")?(?: standalone="(?:yes|no)")?\?>\s*)?'
    rb'<worksheet [^<>]*xmlns="([^"]*)"'
)
_PLAIN_ROW = re.compile(rb'<row r="([1-9][0-9]{0,6})"')


class TooLargeError(ValueError):
    """The rows concerned are more than a tree of them should hold."""


def changed_part(
    original: bytes,
    changes: Mapping[int, Mapping[int, Change]],
    row_changes: Mapping[int, RowChange] | None = None,
    others: Iterable[Callable[[ooxml.Element], None]] = (),
) -> bytes:
    """A worksheet part with changes by row and column, of whole rows, and what `others` do to all but its rows.

    ValueError when it is malformed or too much of it changes.
    """
    row_changes = row_changes or {}
    rows = _plain_rows(original) or _parsed_rows(original)
    if rows is not None and (_MARK in original or any(before >= after for before, after in pairwise(rows.numbers))):
        rows = None
    runs: list[bytes] = []
    if rows is None:
        skeleton = original
    else:
        skeleton, runs = _skeleton(original, rows, sorted(changes.keys() | row_changes.keys()))
    if len(skeleton) > MAX_TREE:
        raise TooLargeError("too large a part")
    root = ooxml.parse(skeleton)
    apply_changes(root, changes, row_changes)
    for change in others:
        change(root)
    return _RUN.sub(lambda match: runs[int(match[1])], ooxml.serialize(root, original))


@dataclass(slots=True)
class _Rows:
    """The rows of a part: their numbers, where each starts, and where the last one ends."""

    numbers: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    end: int = 0


def _plain_rows(original: bytes) -> _Rows | None:
    """The rows of a part written as Excel writes it, in half a parser's time; None for any other.

    Nothing but tags begins with `<` in a part without comments, sections and instructions.
    """
    start = _PLAIN_START.match(original)
    if start is None or start[1].decode() not in ooxml.MAINS:
        return None
    counts = [original.count(mark) for mark in (b"<sheetData>", b"</sheetData>", b"xmlns=", b"<!", b"<?")]
    if counts[:4] != [1, 1, 1, 0] or counts[4] > 1:
        return None
    first, last = original.index(b"<sheetData>"), original.index(b"</sheetData>")
    found = list(_PLAIN_ROW.finditer(original, first, last))
    if not found or len(found) != original.count(b"<row", first, last):
        return None
    return _Rows([int(row[1]) for row in found], [row.start() for row in found], last)


def _parsed_rows(original: bytes) -> _Rows | None:
    """The rows, or None when the part must be taken as a whole: no rows, rows without numbers, not UTF-8."""
    rows = _Rows()
    parser = new_parser()
    encodings: list[str] = []
    row_tags = {f"{main}}}row" for main in ooxml.MAINS}
    data_tags = {f"{main}}}sheetData" for main in ooxml.MAINS}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name in row_tags:
            rows.starts.append(parser.CurrentByteIndex)
            rows.numbers.append(int(attributes.get("r", "0")))

    def end(name: str) -> None:
        if name in data_tags:
            rows.end = parser.CurrentByteIndex

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.XmlDeclHandler = lambda _version, encoding, _standalone: encodings.append(str(encoding or "utf-8").lower())
    feed(parser, io.BytesIO(original))
    plain = not encodings or encodings == ["utf-8"]
    known = original.startswith((b"<", b"\xef\xbb\xbf<"))
    return rows if rows.starts and rows.numbers[0] > 0 and plain and known else None


def _skeleton(original: bytes, rows: _Rows, changed: list[int]) -> tuple[bytes, list[bytes]]:
    """The part with every run of untouched rows replaced by an instruction, and those runs.

    A changed row the part does not have yet is put in, empty, where it belongs.
    """
    prefix = original[rows.starts[0] + 1 : original.index(b"row", rows.starts[0])]
    pieces = [original[: rows.starts[0]]]
    runs: list[bytes] = []
    done = rows.starts[0]

    def keep(until: int) -> None:
        if until > done:
            pieces.append(b"<?%s %d?>" % (_MARK, len(runs)))
            runs.append(original[done:until])

    bounds = [*rows.starts, rows.end]
    for number in changed:
        at = bisect_left(rows.numbers, number)
        keep(bounds[at])
        done = bounds[at]
        if at < len(rows.numbers) and rows.numbers[at] == number:
            done = bounds[at + 1]
            pieces.append(original[bounds[at] : done])
        else:
            pieces.append(b'<%srow r="%d"/>' % (prefix, number))
    keep(rows.end)
    pieces.append(original[rows.end :])
    return b"".join(pieces), runs
