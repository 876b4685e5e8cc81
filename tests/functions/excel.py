"""A worksheet function called as Excel calls it: xlwings' own decorators and conversion, without COM."""

from typing import Any

from xlwings import conversion

from addin.build.udfs import load_functions
from jixiao.engines.file import register

MISSING = object()

register()
_FUNCTIONS = load_functions()


def call(name: str, *arguments: Any) -> Any:
    """What a cell with =name(arguments) gets: a value, or rows. MISSING is left out, tuples are ranges."""
    function = getattr(_FUNCTIONS, name)
    known = function.__xlfunc__
    values = [
        info.get("optional") if given is MISSING else conversion.read(None, given, info["options"], engine_name="file")
        for given, info in zip(arguments, known["args"], strict=False)
    ]
    block = conversion.write(function(*values), None, known["ret"]["options"], engine_name="file")
    return block[0][0] if len(block) == len(block[0]) == 1 else block


def names() -> list[str]:
    """Every function staff can type."""
    return sorted(name for name, value in vars(_FUNCTIONS).items() if hasattr(value, "__xlfunc__"))


def info(name: str) -> dict[str, Any]:
    """What xlwings knows of a function: its arguments with their help, its own help, its category."""
    known: dict[str, Any] = getattr(_FUNCTIONS, name).__xlfunc__
    return known
