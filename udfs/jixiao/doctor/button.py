"""The button: asks the program in front what only it knows, looks at everything, leaves the report on disk."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import xlwings as xw

from jixiao.clock import now
from jixiao.doctor import checks, report
from jixiao.doctor.facts import WORK_FOLDER, Excel, Facts, Surroundings
from jixiao.doctor.machine import Machine
from jixiao.log import log_path


def diagnose(book: xw.Book, pc: Surroundings | None = None) -> str:
    """自检 on the PC (or `pc`) and the place of `book`, whose cells are not read: what to say, after ! when wrong."""
    excel, workbook = asked(book)
    facts = Facts(pc or Machine(), excel, workbook)
    findings = list(checks.examine(facts))
    return report.message(findings, _saved(facts, report.text(findings, now())))


def asked(book: xw.Book) -> tuple[Excel, str | None]:
    """The program `book` is open in, and the book's full name as the program says it: a path or an address."""
    excel = Excel(
        name=_answer(lambda: book.app.api.Name),
        version=_answer(lambda: book.app.api.Version),
        build=_answer(lambda: book.app.api.Build),
        system=_answer(lambda: book.app.api.OperatingSystem),
        folder=_answer(lambda: book.app.api.Path),
    )
    # xlwings' own `fullname` turns an address into a path, or fails: here the address is the finding.
    return excel, _answer(lambda: book.api.FullName) or _answer(lambda: book.fullname)


def _answer(ask: Callable[[], object]) -> str | None:
    """One answer as text; None when the program has none. A whole number may come as a float."""
    try:
        found = ask()
    except Exception:  # noqa: BLE001 - any program, any failure: the report says that it did not answer
        return None
    if found is None:
        return None
    return str(int(found)) if isinstance(found, float) else str(found)


def _saved(facts: Facts, text: str) -> str | None:
    """Where the report now lies: beside the workbooks of the installer, else beside the log; None when nowhere."""
    folders = [log_path().parent]
    if facts.pc.windows:
        with suppress(OSError):
            remembered = facts.remembered
            folders.insert(0, Path(remembered) if remembered else Path(facts.documents) / WORK_FOLDER)
    for folder in folders:
        target = folder / report.REPORT_NAME
        with suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            report.write(target, text)
            return str(target)
    return None
