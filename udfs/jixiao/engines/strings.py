"""Text in cells: the shared string table and the `_xHHHH_` escapes of the format."""

import re
from typing import IO
from xml.parsers import expat

from jixiao.engines import ooxml
from jixiao.engines.xmlstream import feed, new_parser

MAX_TEXT = 32_767

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
# XML 1.0 has no place for these; a carriage return would be read back as a line feed.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def decode(text: str) -> str:
    """`_x000D_` and the like turned into the characters they stand for."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    # Two escapes may be the halves of one character beyond the basic plane.
    return decoded.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def encode(text: str) -> str:
    """Text made fit for XML: the inverse of `decode`."""
    if "_x" in text:
        text = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _FORBIDDEN.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def needs_preserve(text: str) -> bool:
    """Whether XML readers might trim or fold this text."""
    return text != text.strip() or "\n" in text or "\t" in text or "  " in text


def read_shared_strings(stream: IO[bytes]) -> list[str]:
    """The shared string table, runs joined and phonetic guides left out; ValueError when it is malformed."""
    strings: list[str] = []
    texts: list[str] = []
    parts: list[str] = []
    items = {f"{main}}}si" for main in ooxml.MAINS}
    runs = {f"{main}}}t" for main in ooxml.MAINS}
    phonetics = {f"{main}}}rPh" for main in ooxml.MAINS}
    silent = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal silent
        if name in runs:
            parts.clear()
        elif name in items:
            texts.clear()
        elif name in phonetics:
            silent = True

    def end(name: str) -> None:
        nonlocal silent
        if name in runs:
            if not silent:
                texts.append("".join(parts))
        elif name in items:
            strings.append(decode("".join(texts)))
        elif name in phonetics:
            silent = False

    parser: expat.XMLParserType = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = parts.append
    feed(parser, stream)
    return strings
