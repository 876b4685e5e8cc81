"""What a test does in the twin, step by step, and what it reads there."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from addin.build.service import text_lines
from addin.build.udfs import function_help
from tests.office.office import Office
from tests.twin.make import DOOR_SHEET, SHOWN
from tests.workbooks import ROOT

RIBBON = etree.parse(ROOT / "addin" / "ribbon" / "customUI14.xml")
BUTTONS = [(str(button.get("onAction")), str(button.get("tag"))) for button in RIBBON.iter("{*}button")]
FUNCTIONS = function_help()
WORDS = {line[0]: line[1] for line in text_lines()}

Steps = list[tuple[Any, ...]]
Play = Callable[[Steps], list[Any]]

# Module, name, how many arguments, the argument when it is one, the workbook handed over: a row for each call.
CALLS = ("rows", f"{DOOR_SHEET}!A1:E2")


def played(office: Office, twin: Path, steps: Steps) -> list[Any]:
    """What each step answers, once the canary has sung."""
    canary, *answers = office.play(twin, [("run", "Twin.TwinCanary"), *steps])
    assert canary == "sings", "the VBA does not compile here, and then no call does anything"
    return answers


def put(cell: str, value: object) -> tuple[Any, ...]:
    """Type into a cell of the door's sheet."""
    return "put", f"{DOOR_SHEET}!{cell}", value


def shown(cell: str = SHOWN) -> tuple[Any, ...]:
    """Read a cell of the door's sheet; without a name, what was said to the person."""
    return "text", f"{DOOR_SHEET}!{cell}"


def press(macro: str, tag: str) -> tuple[Any, ...]:
    """Click a button of the ribbon."""
    return "run", "Twin.TwinPress", macro, tag


def typed(name: str) -> str:
    """A formula with every argument of the function."""
    return f"={name}({';'.join(['A20:D20'] * (len(FUNCTIONS[name]) - 1))})"
