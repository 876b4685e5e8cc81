"""What the worksheet functions do once xlwings has turned their arguments into plain values."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jixiao.formulas import notices, points, ranks, scores

__all__ = ["notices", "points", "ranks", "scores"]


def __getattr__(name: str) -> ModuleType:
    """A part is loaded when it is first asked for: Excel loads the functions while a workbook opens."""
    if name not in __all__:
        raise AttributeError(name)
    return import_module(f"{__name__}.{name}")
