"""What a formula gives: numbers, texts or truth values, inferred from its tree, from names and from the cells named.

Excel and LibreOffice order them differently: FALSE>0 is true in Excel, where every truth value is greater than every
number, and false in LibreOffice, where it is 0.
"""

from collections.abc import Mapping

from pyopenvba.formula._parse import (  # no public part of it; its version is pinned
    ArrayLiteral,
    Binary,
    Call,
    Literal,
    NameNode,
    Reference,
    Unary,
)

from addin.lint.nodes import called
from addin.lint.places import tree

Kinds = frozenset[str]
TRUTH, NUMBER, TEXT = "truth", "number", "text"
UNKNOWN: Kinds = frozenset({"anything"})

COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_TRUTHS = frozenset({"AND", "OR", "NOT", "XOR", "EXACT", "TRUE", "FALSE"})
_TEXTS = frozenset(
    {"ADDRESS", "ASC", "CHAR", "CONCATENATE", "LEFT", "LOWER", "MID", "PROPER", "REPT", "RIGHT", "SUBSTITUTE", "T"}
    | {"TEXT", "TRIM", "UPPER", "REPLACE"}
)
_NUMBERS = frozenset(
    {"ABS", "AVERAGE", "AVERAGEIF", "AVERAGEIFS", "COLUMN", "COLUMNS", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF"}
    | {"COUNTIFS", "DATE", "DATEVALUE", "DAY", "FIND", "FREQUENCY", "INT", "LARGE", "LEN", "MATCH", "MAX", "MIN"}
    | {"MMULT", "MOD", "MONTH", "N", "RANK", "ROUND", "ROUNDDOWN", "ROUNDUP", "ROW", "ROWS", "SEARCH", "SMALL", "SUM"}
    | {"SUMIF", "SUMIFS", "SUMPRODUCT", "VALUE", "YEAR"}
)
# Which of their arguments functions hand on.
_HANDED_ON = {
    "IF": slice(1, 3),
    "IFERROR": slice(0, 2),
    "IFNA": slice(0, 2),
    "CHOOSE": slice(1, None),
    "INDEX": slice(0, 1),
    "TRANSPOSE": slice(0, 1),
    "LOOKUP": slice(2, 3),
}


class Inference:
    """The kinds of the formulas of one workbook."""

    def __init__(self, named: Mapping[str, str], cells: Mapping[tuple[str, str], str]) -> None:
        """Names by their formulas, and formulas by sheet and address."""
        self._named = named
        self._cells = cells
        self._known: dict[str, Kinds] = {}

    def of(self, node: object) -> Kinds:
        """All that the node may give."""
        match node:
            case Literal(value=value):
                return _constant(value)
            case ArrayLiteral(rows=rows):
                return frozenset().union(*(self.of(each) for row in rows for each in row))
            case Unary(op=op, operand=operand):
                return self.of(operand) if op == "+" else frozenset({NUMBER})
            case Binary(op=op):
                return self._joined(op)
            case Call():
                return self._called(node)
            case NameNode(name=name):
                return self._name(name)
            case Reference(text=text, sheet=sheet):
                return self._formula(self._cells.get((sheet.strip("'"), text.split(":")[0].replace("$", ""))))
        return UNKNOWN

    def area(self, node: Reference | NameNode) -> str:
        """The reference or name if it stands for more than one cell, else nothing."""
        if isinstance(node, Reference):
            first, _, last = node.text.replace("$", "").partition(":")
            return node.text if last and last != first else ""
        meant = tree(self._named.get(node.name, ""))
        several = isinstance(meant, Binary) and meant.op == ":"
        return node.name if several or (isinstance(meant, Reference) and self.area(meant)) else ""

    def _joined(self, op: str) -> Kinds:
        if op in COMPARISONS:
            return frozenset({TRUTH})
        if op in {":", ",", " "}:
            return UNKNOWN
        return frozenset({TEXT if op == "&" else NUMBER})

    def _called(self, call: Call) -> Kinds:
        name = called(call)
        if name in _TRUTHS or (name.startswith("IS") and name != "ISOWEEKNUM"):
            return frozenset({TRUTH})
        if name in _HANDED_ON:
            # IF without its third argument gives FALSE.
            open_end = {TRUTH} if name == "IF" and len(call.args) == 2 else ()
            return frozenset(open_end).union(*(self.of(each) for each in call.args[_HANDED_ON[name]]))
        return frozenset({NUMBER}) if name in _NUMBERS else frozenset({TEXT}) if name in _TEXTS else UNKNOWN

    def _name(self, name: str) -> Kinds:
        if name.upper() in {"TRUE", "FALSE"}:
            return frozenset({TRUTH})
        return self._formula(self._named.get(name))

    def _formula(self, formula: str | None) -> Kinds:
        if formula is None:
            return UNKNOWN
        if formula not in self._known:
            self._known[formula] = UNKNOWN  # a formula that leads back to itself says nothing of its own
            self._known[formula] = self.of(tree(formula))
        return self._known[formula]


def _constant(value: object) -> Kinds:
    if isinstance(value, bool):
        return frozenset({TRUTH})
    if isinstance(value, str):
        return frozenset({TEXT})
    return frozenset({NUMBER}) if isinstance(value, int | float) else UNKNOWN
