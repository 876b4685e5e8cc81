"""A zip rebuilt around changed entries: every other entry keeps its very bytes, its order, name and time."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import NamedTuple

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_HAS_DESCRIPTOR = 0x08
_UTF8_NAME = 0x800
_DESCRIPTOR_SIZES = (12, 16, 20, 24)
_ZIP64 = 0xFFFFFFFF
_DOS_DATE_1980 = 0x21


class _Packed(NamedTuple):
    """An entry ready to be written: what stands before its data, and its directory record without the offset."""

    local: bytes
    record: bytes


def rebuild(raw: bytes, archive: zipfile.ZipFile, edits: Mapping[str, bytes | None]) -> bytes:
    """The zip `raw` (opened as `archive`) with `edits` applied: new content by entry name, or None to leave it out.

    Entries that are not edited are copied as they are; names the zip does not have are appended.
    """
    infos = archive.infolist()
    records = _directory_records(raw, archive.start_dir, len(infos))
    ends = _entry_limits(infos, archive.start_dir)
    packed: list[_Packed] = []
    for info, record in zip(infos, records, strict=True):
        # zipfile cuts names at a NUL and turns separators; orig_filename is what the directory says.
        name = info.filename
        if name not in edits:
            verbatim = _verbatim(raw, info, record, ends[info.header_offset])
            packed.append(verbatim or _repacked(record, archive.read(info)))
        elif (content := edits[name]) is not None:
            packed.append(_repacked(record, content))
    known = {info.filename for info in infos}
    for name, content in edits.items():
        if name not in known and content is not None:
            packed.append(_repacked(_new_record(name), content))
    return _assemble(packed, archive.comment)


def _directory_records(raw: bytes, start: int, count: int) -> list[bytes]:
    records = []
    for _ in range(count):
        fields = _CENTRAL.unpack_from(raw, start)
        end = start + _CENTRAL.size + fields[10] + fields[11] + fields[12]
        records.append(raw[start:end])
        start = end
    return records


def _entry_limits(infos: list[zipfile.ZipInfo], directory: int) -> dict[int, int]:
    """Where the next entry (or the directory) starts, by an entry's own offset."""
    offsets = sorted({info.header_offset for info in infos})
    return dict(zip(offsets, [*offsets[1:], directory], strict=True))


def _verbatim(raw: bytes, info: zipfile.ZipInfo, record: bytes, limit: int) -> _Packed | None:
    """The entry's own bytes, or None when they cannot be told apart with certainty."""
    fields = _CENTRAL.unpack_from(record)
    if _ZIP64 in (fields[8], fields[9], fields[16]):
        return None
    local = _LOCAL.unpack_from(raw, info.header_offset)
    end = info.header_offset + _LOCAL.size + local[9] + local[10] + info.compress_size
    if info.flag_bits & _HAS_DESCRIPTOR:
        if limit - end not in _DESCRIPTOR_SIZES:
            return None
        end = limit
    return _Packed(raw[info.header_offset : end], record) if end <= limit else None


def _repacked(record: bytes, content: bytes) -> _Packed:
    fields = list(_CENTRAL.unpack_from(record))
    name_size, extra_size = fields[10], fields[11]
    name = record[_CENTRAL.size : _CENTRAL.size + name_size]
    comment = record[_CENTRAL.size + name_size + extra_size :]
    method, data = fields[4], content
    if method == zipfile.ZIP_DEFLATED:
        deflater = zlib.compressobj(6, zlib.DEFLATED, -15)
        data = deflater.compress(content) + deflater.flush()
    fields[2] = 20
    fields[3] &= ~_HAS_DESCRIPTOR
    fields[7:10] = [zlib.crc32(content), len(data), len(content)]
    fields[11] = 0
    local = _LOCAL.pack(_LOCAL_MARK, *fields[2:10], name_size, 0)
    return _Packed(local + name + data, _CENTRAL.pack(*fields) + name + comment)


def _new_record(name: str) -> bytes:
    encoded = name.encode()
    flags = 0 if name.isascii() else _UTF8_NAME
    header = (20, 20, flags, zipfile.ZIP_DEFLATED, 0, _DOS_DATE_1980, 0, 0, 0, len(encoded), 0, 0, 0, 0, 0, 0)
    return _CENTRAL.pack(_CENTRAL_MARK, *header) + encoded


def _assemble(entries: list[_Packed], comment: bytes) -> bytes:
    body = bytearray()
    directory = bytearray()
    for entry in entries:
        fields = list(_CENTRAL.unpack_from(entry.record))
        fields[16] = len(body)
        directory += _CENTRAL.pack(*fields) + entry.record[_CENTRAL.size :]
        body += entry.local
    start = len(body)
    end = _END.pack(_END_MARK, 0, 0, len(entries), len(entries), len(directory), start, len(comment))
    return bytes(body + directory + end + comment)
