"""Where the details go that staff need not read: a log file in the user's folder. It never holds entries or ballots."""

import logging
import os
import re
import sys
from contextlib import closing
from pathlib import Path
from types import TracebackType

_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# What of an exception's message may come out of a cell: what it quotes, numbers, anything but English.
_OUT_OF_A_CELL = re.compile(r"""'[^']*'|"[^"]*"|[^\x00-\x7f]+|\d+""")

Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _Formatter(logging.Formatter):
    """Traces with their places, but without what their messages quote."""

    def format(self, record: logging.LogRecord) -> str:
        """Another handler may have left its own text of the trace."""
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: Failure) -> str:  # noqa: N802 - the base's name
        """The places are indented, the messages are not."""
        lines = super().formatException(ei).splitlines()
        kept = (line if line.startswith("  ") else _OUT_OF_A_CELL.sub("…", line) for line in lines)
        return "\n".join(kept)


def log_path() -> Path:
    """The log's place: JIXIAO_LOG, else the user's own folder."""
    chosen = os.environ.get("JIXIAO_LOG")
    if chosen:
        return Path(chosen)
    local = os.environ.get("LOCALAPPDATA")
    return (Path(local) / "jixiao" if local else Path.home() / ".jixiao") / "jixiao.log"


def record_failure(what: str) -> Path | None:
    """Write the exception being handled, with its trace, to the log; None when no log can be written."""
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - brings sockets along; few runs fail

    class Strict(RotatingFileHandler):
        def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the base's name, and it prints
            raise OSError(f"not logged: {record.name}") from sys.exception()

    path = log_path()
    record = logging.getLogger("jixiao").makeRecord("jixiao", logging.ERROR, __file__, 0, what, (), sys.exc_info())
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(Strict(path, maxBytes=_BYTES, backupCount=1, encoding="utf-8")) as handler:
            handler.setFormatter(_Formatter(_FORMAT))
            handler.handle(record)
    except OSError:
        return None
    return path


def whom_to_ask(path: Path | None) -> str:
    """Whom staff turn to with what `record_failure` gave: half a sentence."""
    return f"把日志“{path}”发给维护人员" if path else "联系维护人员"
