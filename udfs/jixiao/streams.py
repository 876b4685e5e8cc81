"""The screen: what is said there never decides what was done, be it closed, full, or read by nobody any more."""

import io
import os
import sys
from contextlib import suppress
from typing import TextIO


class _Nowhere(io.StringIO):
    """In place of a stream that was closed before the program began; it keeps nothing."""

    def write(self, text: str) -> int:
        """As if it had been shown."""
        return len(text)


def make_ready() -> None:
    """Let every text be written somewhere; call it before any file is opened.

    Python leaves None for a closed stream, `print` then takes the other one, and the first workbook opened would get
    its number, so that what any library writes to “the screen” would end in the workbook.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            with suppress(OSError):
                os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one
    sys.stdout = _usable(sys.stdout)
    sys.stderr = _usable(sys.stderr)


def show(text: str) -> None:
    """Say on stdout what was done; that nobody reads it undoes nothing."""
    _write(sys.stdout, f"{text}\n")


def tell(sentence: str) -> None:
    """Say a sentence on stderr, or to nobody."""
    _write(sys.stderr, f"{sentence}\n")


def hint(text: str) -> None:
    """A part of a line on stderr, such as progress."""
    _write(sys.stderr, text)


def deliver(data: bytes) -> None:
    """Write on stdout what somebody asked for, byte for byte; OSError or ValueError when it cannot get there."""
    if isinstance(sys.stdout, _Nowhere):
        raise OSError("stdout is closed")
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except (OSError, ValueError):
        _let_go(sys.stdout)
        raise


def finish() -> None:
    """Flush what is left; nothing is said about it."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()


def _usable(stream: TextIO | None) -> TextIO:
    if stream is None:
        return _Nowhere()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except (OSError, ValueError):
        _let_go(stream)


def _let_go(stream: TextIO) -> None:
    """What Python would still flush at exit goes nowhere, quietly."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
