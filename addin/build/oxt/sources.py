"""What the extension shows: functions and their help as Excel's wizard has them, buttons as the ribbon has them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from addin.build.customui import SOURCE as RIBBON
from addin.build.udfs import load_functions
from jixiao.calc.functions import needs_caller

FOLDER = Path(__file__).resolve().parents[2] / "libreoffice"
WORDS: dict[str, Any] = tomllib.loads((FOLDER / "words.toml").read_text("utf-8"))
RESTART = "restart"  # the one button Excel answers without Python
SAVE = "save"  # the one button Excel has no need of


@dataclass(frozen=True)
class Argument:
    """An argument: its Chinese name and its help."""

    name: str
    help: str


@dataclass(frozen=True)
class Function:
    """A worksheet function; `needs_caller` when it must be told the document its formula stands in."""

    name: str
    help: str
    arguments: tuple[Argument, ...]
    needs_caller: bool


@dataclass(frozen=True)
class Button:
    """A button; `action` is what `jixiao.macros` calls it, RESTART or SAVE."""

    action: str
    label: str


def functions() -> list[Function]:
    """Every worksheet function, in the order of `jixiao.functions`."""
    known = [value.__xlfunc__ for value in vars(load_functions()).values() if hasattr(value, "__xlfunc__")]
    return [
        Function(
            info["name"],
            info["ret"]["doc"],
            tuple(Argument(WORDS["argument"][argument["name"]], argument["doc"]) for argument in info["args"]),
            needs_caller(info["name"]),
        )
        for info in known
    ]


def button_groups() -> list[list[Button]]:
    """The ribbon's buttons, group by group, and saving as the last."""
    groups = etree.parse(RIBBON).iter("{*}group")
    ribbon = [
        [Button(button.get("tag", RESTART), button.get("label", "")) for button in group.iter("{*}button")]
        for group in groups
    ]
    return [*ribbon, [Button(SAVE, WORDS["save"])]]
