"""A workbook damaged at random, the same way for the same seed: its bytes, its zip entries, its XML."""

import io
import random
import re
import zipfile
from collections.abc import Callable

_TOKEN = re.compile(rb"<[^>]*>|[^<]+")
_ATTRIBUTE = re.compile(rb'([\w:.]+)="([^"]*)"')
_FAVOURED = re.compile(r"sheet\d+\.xml|workbook\.xml|\.rels|sharedStrings|styles|table\d|Content_Types")
_VALUES = (
    *(b"", b" ", b"0", b"1", b"-1", b"2", b"7", b"65536", b"2147483648", b"99999999999999999999", b"1e309", b"1e-320"),
    *(b"-0", b"NaN", b"INF", b"0x10", b"1_0", b"\xd9\xa1", b"\xef\xbc\x91", b"true", b"false", b"s", b"b", b"e", b"d"),
    *(b"str", b"inlineStr", b"array", b"shared", b"dataTable", b"n", b"2024-01-01", b"2024-13-45T99:00:00Z", b"#REF!"),
    *(b"A1", b"A0", b"a1", b"$A$1", b"XFD1048576", b"XFE1", b"A1048577", b"ZZZZZ99999999", b"A1:XFD1048576", b"B2:A1"),
    *(b"A1:A1:A1", b"1:1", b"A:A", b"rId1", b"rId3", b"../../../../etc/passwd", b"/xl/workbook.xml", b"worksheets/"),
    *(b"%2e%2e/x%00", b"file:///etc/passwd", b"External", b"hidden", b"veryHidden", b"=1+1", b"'", b"_x0000_"),
    *(b"_xD83D_", b"&#0;", b"&#xD800;", b"&#x202E;", b"&lt;", b"&amp;", b"&nosuch;", b"\xe2\x80\xae", b"\xff", b"\x00"),
    *("科室 任务台账 履职测评 加减分 参数 校验结果 考核结果 季度得分 一季度完成率 年度 是 95% ９５".encode().split()),
    *("/ √ 优秀 综合办 2024年3月5日 “” 班子成员 国家级 40% -5 1.5 100.5 认定 弃权 跳号 加减分标准".encode().split()),
    *(b"x" * 40_000, b"9" * 400, b"0." + b"3" * 300, "字".encode() * 11_000),
)
_TOKENS = (
    *(b"<a>", b"</a>", b"<a/>", b"<!-- -->", b"<![CDATA[x]]>", b"<?x y?>", b"<row/>", b'<row r="3">', b"</row>"),
    *(b'<c r="A1"/>', b"<v>1</v>", b"<v/>", b"<f>1+1</f>", b'<f t="shared" si="0"/>', b"<is><t>x</t></is>"),
    *(
        b'<f t="array" ref="A1:Z99">1</f>',
        b'<mergeCell ref="A1:XFD1048576"/>',
        b"<sheetData/>",
        b"</sheetData>",
        b"<!DOCTYPE x>",
    ),
)


def mutated(original: bytes, seed: int) -> tuple[bytes, str]:
    """The damaged workbook, and in words what was done to it."""
    chance = random.Random(seed)
    kind = chance.choices((_bytes, _entries, _xml), (2, 3, 15))[0]
    content, done = original, []
    for _ in range(chance.choices((1, 2, 5), (12, 4, 1))[0]):
        try:
            content, what = kind(content, chance)
        except (zipfile.BadZipFile, ValueError, IndexError):  # what was done before has left no zip, or nothing in it
            break
        done.append(what)
    return content, "; ".join(done)


def _bytes(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    raw = bytearray(content)
    # The directory at the end decides what is read: half the damage goes there.
    at = chance.randrange(len(raw)) if chance.random() < 0.5 else len(raw) - 1 - chance.randrange(min(4000, len(raw)))
    size = chance.choice((1, 1, 2, 4, 16, 100))
    kind = chance.randrange(5)
    if kind == 0:
        raw[at] ^= 1 << chance.randrange(8)
    elif kind == 1:
        raw[at : at + size] = bytes([chance.choice((0, 255, 0x50, 0x7F))]) * size
    elif kind == 2:
        del raw[at : at + size]
    elif kind == 3:
        raw[at:at] = raw[at : at + size]
    else:
        del raw[at:]
    return bytes(raw), f"bytes: kind {kind} at {at}, {size}"


def _entries(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = [(name, archive.read(name)) for name in archive.namelist()]
    at, other = chance.randrange(len(entries)), chance.randrange(len(entries))
    name, data = entries[at]
    kind = chance.randrange(8)
    if kind == 0:
        del entries[at]
    elif kind == 1:
        entries[at] = chance.choice((name.upper(), "/" + name, name.replace("/", "\\"), f"../{name}", name[:-1])), data
    elif kind == 2:
        entries.append((chance.choice((name, name.upper(), "/" + name)), entries[other][1]))
    elif kind == 3:
        entries[at] = name, entries[other][1]
    elif kind == 4:
        entries[at] = name, data[: chance.randrange(len(data) + 1)]
    elif kind == 5:
        entries[at] = name, b""
    elif kind == 6:
        chance.shuffle(entries)
    else:
        entries[at] = name, _recoded(data, chance)
    return _zipped(entries), f"entries: kind {kind}, {name}, {entries[other][0] if other < len(entries) else ''}"


def _recoded(data: bytes, chance: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    encoding = chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "gb18030", "utf-7"))
    return text.replace("UTF-8", encoding.upper()).encode(encoding, "replace")


def _xml(content: bytes, chance: random.Random) -> tuple[bytes, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    parts = [name for name in entries if name.endswith((".xml", ".rels"))]
    favoured = [name for name in parts if _FAVOURED.search(name)] or parts
    name = chance.choice(favoured if chance.random() < 0.9 else parts)
    tokens = _TOKEN.findall(entries[name])
    edits: tuple[Callable[[list[bytes], random.Random], str], ...] = (_token, _attribute, _attribute, _attribute, _text)
    what = chance.choice(edits)(tokens, chance)
    entries[name] = b"".join(tokens)
    return _zipped(list(entries.items())), f"xml: {name}: {what}"


def _token(tokens: list[bytes], chance: random.Random) -> str:
    at, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    before = tokens[at][:80]
    kind = chance.randrange(7)
    if kind == 0:
        del tokens[at]
    elif kind == 1:
        tokens.insert(at, tokens[at])
    elif kind == 2:
        tokens[at], tokens[other] = tokens[other], tokens[at]
    elif kind == 3:
        tokens.insert(at, chance.choice(_TOKENS))
    elif kind == 4:
        del tokens[min(at, other) : max(at, other)]
    elif kind == 5:
        tokens[at:at] = tokens[at : at + chance.choice((2, 8, 60, 400))] * chance.choice((1, 1, 30))
    else:
        name = chance.choice((b"x", b"c", b"row", b"f"))
        tokens[at] = re.sub(rb"^<(/?)[\w:]+", rb"<\1" + name, tokens[at])
    return f"token kind {kind} at {at}: {before!r}"


def _attribute(tokens: list[bytes], chance: random.Random) -> str:
    places = [at for at, token in enumerate(tokens) if b"=" in token and token.startswith(b"<")]
    at = chance.choice(places)
    pairs = list(_ATTRIBUTE.finditer(tokens[at]))
    pair = chance.choice(pairs)
    kind = chance.randrange(8)
    new = b'%s="%s"' % (pair[1], chance.choice(_VALUES))
    if kind == 0:
        new = b""
    elif kind == 1:
        new = pair[0] + b" " + pair[0]
    elif kind == 2:
        new = b'%s="%s"' % (chance.choice((b"r", b"t", b"s", b"ref", b"x:y", b"count", b"id", b"si")), pair[2])
    elif kind == 3:
        other = _ATTRIBUTE.findall(tokens[chance.choice(places)])
        new = b'%s="%s"' % (pair[1], chance.choice(other)[1] if other else b"")
    old = tokens[at]
    tokens[at] = old[: pair.start()] + new + old[pair.end() :]
    return f"attribute at {at}: {old[:80]!r} → {new[:80]!r}"


def _text(tokens: list[bytes], chance: random.Random) -> str:
    places = [at for at, token in enumerate(tokens) if not token.startswith(b"<") and token.strip()]
    at = chance.choice(places)
    old = tokens[at]
    tokens[at] = chance.choice(_VALUES) if chance.random() < 0.8 else tokens[chance.choice(places)]
    return f"text at {at}: {old[:40]!r} → {tokens[at][:40]!r}"


def _zipped(entries: list[tuple[str, bytes]]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
