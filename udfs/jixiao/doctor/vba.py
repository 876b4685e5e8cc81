"""The text of macros, out of xl/vbaProject.bin: compressed streams (MS-OVBA) in a compound file (MS-CFB)."""

import re
import struct
from collections.abc import Iterator

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA  # this number of a sector and those above it are marks, and no sector
_ENTRY, _STREAM, _ROOT = 128, 2, 5
# Where a module's text begins: a compressed container whose first eight letters are these; a cache may stand before it.
_BEGIN = re.compile(rb"\x01..\x00Attribut", re.DOTALL)
_CHUNK = 4096


class ProjectError(Exception):
    """Not a project that can be read."""


def sources(project: bytes) -> list[bytes]:
    """The text of each module, in the code page it was written in.

    Raises:
        ProjectError: the bytes are no VBA project, or a damaged one.
    """
    try:
        streams = list(_streams(project))
        return [_expanded(stream[found.start() :]) for stream in streams if (found := _BEGIN.search(stream))]
    except (IndexError, struct.error) as error:
        raise ProjectError("a VBA project that ends too early") from error


def _streams(file: bytes) -> Iterator[bytes]:
    """What every stream of a compound file holds."""
    if not file.startswith(_MAGIC):
        raise ProjectError("no compound file")
    size, small = (1 << shift for shift in struct.unpack_from("<HH", file, 30))
    (directory,) = struct.unpack_from("<I", file, 48)
    cutoff, small_table, _, more, _ = struct.unpack_from("<5I", file, 56)
    sectors = [file[at : at + size] for at in range(size, len(file), size)]
    listed = list(struct.unpack_from("<109I", file, 76))
    while more < _LAST and len(listed) <= len(sectors) + 109:
        *numbers, more = _numbers(sectors[more])
        listed += numbers
    table = [number for place in listed if place < _LAST for number in _numbers(sectors[place])]
    entries = _joined(sectors, table, directory)
    found = [_entry(entries, at) for at in range(0, len(entries) - _ENTRY + 1, _ENTRY)]
    root = next((_joined(sectors, table, start) for kind, start, _ in found if kind == _ROOT), b"")
    pieces = [root[at : at + small] for at in range(0, len(root), small)]
    small_numbers = _numbers(_joined(sectors, table, small_table)) if small_table < _LAST else []
    for kind, start, length in found:
        if kind == _STREAM and length:
            whole = _joined(pieces, small_numbers, start) if length < cutoff else _joined(sectors, table, start)
            yield whole[:length]


def _entry(entries: bytes, at: int) -> tuple[int, int, int]:
    """What kind of thing an entry of the directory is, where it starts, how long it is."""
    start, length = struct.unpack_from("<II", entries, at + 116)
    return entries[at + 66], start, length


def _numbers(sector: bytes) -> list[int]:
    return [number for (number,) in struct.iter_unpack("<I", sector)]


def _joined(sectors: list[bytes], table: list[int], start: int) -> bytes:
    """A chain of sectors as one; a chain that bites its own tail is an error."""
    parts: list[bytes] = []
    while start < _LAST:
        if len(parts) > len(sectors):
            raise ProjectError("a chain without an end")
        parts.append(sectors[start])
        start = table[start]
    return b"".join(parts)


def _expanded(container: bytes) -> bytes:
    """A compressed container as text (MS-OVBA 2.4.1): as far as its chunks go."""
    text, at = bytearray(), 1
    while at + 2 <= len(container):
        (head,) = struct.unpack_from("<H", container, at)
        if head >> 12 & 7 != 3:
            break
        end = min(at + (head & 0xFFF) + 3, len(container))
        if head >> 15:
            _expand(container[at + 2 : end], text)
        else:
            text += container[at + 2 : at + 2 + _CHUNK]
        at = end
    return bytes(text)


def _expand(chunk: bytes, text: bytearray) -> None:
    """Add the text of one compressed chunk."""
    begin, at = len(text), 0
    while at < len(chunk):
        flags = chunk[at]
        at += 1
        for place in range(8):
            if at >= len(chunk):
                return
            if flags >> place & 1:
                (token,) = struct.unpack_from("<H", chunk, at)
                bits = max(4, (len(text) - begin - 1).bit_length())
                back, length = (token >> (16 - bits)) + 1, (token & (0xFFFF >> bits)) + 3
                for _ in range(length):
                    text.append(text[-back])
                at += 2
            else:
                text.append(chunk[at])
                at += 1
