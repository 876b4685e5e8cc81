"""Where the details go that staff need not read: a log file in the user's folder. It never holds entries or ballots."""

import logging
import os
from pathlib import Path

_BYTES = 1_000_000
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


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

    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=1, encoding="utf-8")
    except OSError:
        return None
    logger = logging.getLogger("jixiao")
    logger.propagate = False
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger.addHandler(handler)
    try:
        logger.exception(what)
    finally:
        logger.removeHandler(handler)
        handler.close()
    return path
