"""A fingerprint of everything people entered: equal entries give the same, any changed cell another."""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import cast

import numpy as np

from jixiao.sheets.read import Entries, RawSheet

_GROUPS, _GROUP = 4, 4


def digest_of(entries: Entries) -> str:
    """The entries' fingerprint, such as 3F2A-91BC-07DE-5510.

    It covers every cell of a declared input column: sheet, column, row, what is in it and whether it is shown as a
    percentage where that counts. Where a column stands does not matter, nor whether an empty one is there at all.
    The same on every machine.
    """
    whole = hashlib.sha256()
    for key in sorted(entries.sheets):
        for part in _sheet_parts(entries.sheets[key]):
            whole.update(len(part).to_bytes(8, "big"))
            whole.update(part)
    digits = whole.hexdigest()[: _GROUPS * _GROUP].upper()
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def _sheet_parts(raw: RawSheet) -> Iterator[bytes]:
    """A sheet's content as byte strings, column by column in the order of their keys; empty columns give none."""
    yield raw.sheet.key.encode()
    yield _numbers(raw.rows)
    for name in sorted(raw.cells):
        values = raw.cells[name]
        kinds = set(map(type, values))
        if kinds <= {type(None)}:
            continue
        yield name.encode()
        for kind in sorted(kinds - {type(None)}, key=lambda each: each.__name__):
            yield kind.__name__.encode()
            yield from _cells(kind, values, everywhere=len(kinds) == 1)
        if percent := raw.percent.get(name):
            rows = zip(raw.rows, values, strict=True)
            shown = [row for row, value in rows if row in percent and type(value) is float]
            yield from (b"%", _numbers(shown)) if shown else ()


def _cells(kind: type, values: Sequence[object], *, everywhere: bool) -> Iterator[bytes]:
    """A column's cells of one kind: in which places, none being named when in all, and what stands there."""
    places = [] if everywhere else [place for place, value in enumerate(values) if type(value) is kind]
    yield _numbers(places)
    if not everywhere:
        values = [values[place] for place in places]
    if kind is float:
        # A negative zero is a zero.
        yield (np.array(values, dtype=np.float64) + 0.0).astype("<f8").tobytes()
    elif issubclass(kind, str):
        yield from _texts(cast(Sequence[str], values))
    else:
        yield from _texts([value.isoformat() if isinstance(value, date) else str(value) for value in values])


def _texts(texts: Sequence[str]) -> Iterator[bytes]:
    """Texts one after the other and how long each is, so that no two columns read alike."""
    yield _numbers(list(map(len, texts)))
    yield "".join(texts).encode("utf-8", "surrogatepass")


def _numbers(values: Sequence[int]) -> bytes:
    return np.array(values, dtype="<i8").tobytes()
