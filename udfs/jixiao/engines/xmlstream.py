"""Streaming XML for the big parts: memory stays flat however long the part is."""

from collections.abc import Iterable
from functools import partial
from typing import IO
from xml.parsers import expat

_CHUNK = 1 << 18


def new_parser() -> expat.XMLParserType:
    """A parser that names elements `namespace}local` and refuses any DTD (so no entity can be declared)."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    parser.StartDoctypeDeclHandler = _refuse_doctype
    return parser


def feed(parser: expat.XMLParserType, stream: IO[bytes]) -> None:
    """Run the parser over the stream; ValueError when the XML is malformed."""
    feed_chunks(parser, iter(partial(stream.read, _CHUNK), b""))


def feed_chunks(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Run the parser over chunks, taking each when the one before is parsed; ValueError when the XML is malformed."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError) as error:  # LookupError: an encoding nobody knows
        raise ValueError(str(error)) from error


def _refuse_doctype(*_declaration: object) -> None:
    raise ValueError("a DTD is not allowed")
