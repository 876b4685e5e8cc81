"""Implicit intersection: a formula that takes one cell of an area without saying which.

Excel takes the one in its own row or column, a newer Excel may spill the whole area instead, and others take the first.
In array formulas and names all cells are meant.
"""

from pyopenvba.formula._parse import Binary, Call, NameNode, Reference, Unary  # no public part; its version is pinned

from addin.lint.kinds import Inference
from addin.lint.nodes import called

# Which arguments take a whole area; None for all of them.
_WHOLE: dict[str, set[int] | None] = {
    "ROW": None,
    "COLUMN": None,
    "ROWS": None,
    "COLUMNS": None,
    "CELL": {1},
    "INDEX": {0},
    "MATCH": {1},
    "LOOKUP": {1, 2},
    "VLOOKUP": {1},
    "HLOOKUP": {1},
    "COUNTIF": {0},
    "SUMIF": {0, 2},
    "AVERAGEIF": {0, 2},
    "RANK": {1},
    "RANK.EQ": {1},
    "SMALL": {0},
    "LARGE": {0},
    "PERCENTILE.INC": {0},
    "AGGREGATE": {2},
    "OFFSET": {0},
}
_TOTALS = frozenset(
    {"SUM", "MIN", "MAX", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "AND", "OR", "STDEV.S", "MEDIAN", "SUBTOTAL"}
)
# Every second argument is a range, from the first or (SUMIFS) from the second on.
_PAIRED = {"COUNTIFS": 0, "SUMIFS": 1, "AVERAGEIFS": 1}
# These work on arrays whatever stands in them.
_ARRAYS = frozenset({"SUMPRODUCT", "MMULT", "FREQUENCY", "TRANSPOSE"})


def intersected(node: object, inference: Inference) -> str:
    """The area of which one cell is taken; empty where none is."""
    match node:
        case Reference() | NameNode():
            return inference.area(node)
        case Unary(operand=operand):
            return intersected(operand, inference)
        case Binary(op=":"):
            return "…:…"
        case Binary(left=left, right=right):
            return intersected(left, inference) or intersected(right, inference)
        case Call(args=args):
            name = called(node)
            if name in _ARRAYS:
                return ""
            single = (each for place, each in enumerate(args) if not _takes_all(name, place, each))
            return next(filter(None, (intersected(each, inference) for each in single)), "")
    return ""


def _takes_all(name: str, place: int, argument: object) -> bool:
    """Whether the function takes a whole area there; a total takes one that stands there alone."""
    if name.startswith("JIXIAO_"):
        return True
    if name in _TOTALS:
        return isinstance(argument, Reference | NameNode) or (isinstance(argument, Binary) and argument.op == ":")
    if name in _PAIRED:
        return place < _PAIRED[name] or (place - _PAIRED[name]) % 2 == 0
    places = _WHOLE.get(name, set())
    return places is None or place in places
