"""What Excel and LibreOffice answer differently: forms that must not stand in a formula at all."""

from collections.abc import Iterator, Mapping
from functools import cache

from pyopenvba.formula._parse import Binary, Call, Literal, Node, is_volatile  # no public part; its version is pinned

from addin.lint.intersect import intersected
from addin.lint.kinds import COMPARISONS, NUMBER, TEXT, TRUTH, Inference
from addin.lint.nodes import called, calls, nodes
from addin.lint.places import Formula, Stand, cells, formulas, names, tree

# Which arguments are criteria, in which * ? ~ are no letters.
_CRITERIA = {
    "COUNTIF": slice(1, 2),
    "SUMIF": slice(1, 2),
    "AVERAGEIF": slice(1, 2),
    "COUNTIFS": slice(1, None, 2),
    "SUMIFS": slice(2, None, 2),
    "AVERAGEIFS": slice(2, None, 2),
    "MATCH": slice(0, 1),
    "VLOOKUP": slice(0, 1),
    "HLOOKUP": slice(0, 1),
    "SEARCH": slice(0, 1),
}
_PLACED = frozenset({"INDEX", "OFFSET", "INDIRECT"})
_POSITIONS = frozenset({"ROW", "COLUMN"})
# What makes one number of an array of one.
_SINGLE = frozenset({"SUM", "MIN", "MAX", "SUMPRODUCT", "MATCH", "COUNT", "COUNTA", "COUNTIF", "N", "ROWS", "COLUMNS"})
# These pass over truth values in an array in Excel and count them in LibreOffice.
_TOTALS = frozenset({"SUM", "MIN", "MAX", "AVERAGE", "COUNT", "SUMPRODUCT", "LARGE", "SMALL"})
# CELL alone tells how a cell is shown; how many cells may ask it.
_ASKING, MOST_ASKING = "CELL", 90
_LONGEST_SHOWN = 60


def answer_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Every form that two programs answer differently, or that is worked out anew at every change."""
    inference = Inference(names(parts), cells(parts))
    listed = list(formulas(parts))
    found = {
        f"{formula.where}: {_shown(formula)}: {fault}" for formula in listed for fault in _faults(formula, inference)
    }
    asking = sum(_ASKING in _functions(formula.text) for formula in listed)
    if asking > MOST_ASKING:
        found.add(f"{asking} formulas with CELL are worked out at every change, at most {MOST_ASKING} may be")
    return sorted(found)


def _shown(formula: Formula) -> str:
    return formula.text if len(formula.text) <= _LONGEST_SHOWN else f"{formula.text[:_LONGEST_SHOWN]}…"


def _faults(formula: Formula, inference: Inference) -> Iterator[str]:
    yield from _forms(formula.text)
    for node in _typed(formula.text):
        if isinstance(node, Binary):
            yield from _compared(node, inference)
        elif any(inference.of(each) == {TRUTH} for each in node.args):
            yield f"{called(node)} of truth values"
    single = formula.stand in {Stand.CELL, Stand.RULE, Stand.CHECK}
    if single and (area := intersected(tree(formula.text), inference)):
        yield f"of {area} one cell is taken, and not the same one by all programs"


@cache
def _functions(text: str) -> frozenset[str]:
    return frozenset(called(call) for call in calls(tree(text)))


@cache
def _typed(text: str) -> tuple[Binary | Call, ...]:
    """The comparisons and totals of a formula: what they are given decides."""
    return tuple(
        node
        for node in nodes(tree(text))
        if (isinstance(node, Binary) and node.op in COMPARISONS) or (isinstance(node, Call) and called(node) in _TOTALS)
    )


def _compared(node: Binary, inference: Inference) -> Iterator[str]:
    left, right = inference.of(node.left), inference.of(node.right)
    for one, other in ((left, right), (right, left)):
        if TRUTH in one and other & {NUMBER, TEXT}:
            yield f"a truth value is compared with a {min(other & {NUMBER, TEXT})}"
            return


@cache
def _forms(text: str) -> tuple[str, ...]:
    """What is wrong with a formula whatever its names and cells give."""
    root = tree(text)
    return tuple(fault for call in calls(root) for fault in _called(call, root))


def _called(call: Call, root: object) -> Iterator[str]:
    name = called(call)
    if name in {"VALUE", "DATEVALUE"} and not _is_spelled(call, root):
        yield f"{name} of a text whose spelling is not checked"
    for criterion in call.args[_CRITERIA.get(name, slice(0, 0))]:
        if any(isinstance(each, Literal) and _is_wild(each.value) for each in nodes(criterion)):
            yield f"a wildcard in a criterion of {name}"
    if name in _PLACED and any(_positions(each) for each in call.args[name != "INDIRECT" :]):
        yield f"bare ROW or COLUMN within {name}"
    if name != _ASKING and is_volatile(Call(name=name)):
        yield f"{name} is worked out at every change"


def _is_spelled(call: Call, root: object) -> bool:
    """Whether the formula compares the text with its own number spelled out, or counts its dashes; or only asks.

    A check of an entry may ask whether a text reads as a number at all: what it lets pass, the program reads itself.
    """
    text = call.args[0]
    for node in nodes(root):
        if isinstance(node, Binary) and node.op == "=":
            sides = (node.left, node.right)
            if text in sides and any(call == each for side in sides for each in nodes(side)):
                return True
            if called(call) == "DATEVALUE" and _dashes(sides, text):
                return True
        elif isinstance(node, Call) and called(node) == "ISERROR" and node.args == [call]:
            return True
    return False


def _dashes(sides: tuple[Node | None, Node | None], text: Node) -> bool:
    """LEN(text)-LEN(SUBSTITUTE(text,"-",""))=2."""
    counted = (side for side in sides if isinstance(side, Binary) and side.op == "-")
    return Literal(value=2.0) in sides and any(Call(name="LEN", args=[text]) == each.left for each in counted)


def _is_wild(value: object) -> bool:
    return isinstance(value, str) and any(mark in value for mark in "*?~")


def _positions(node: object) -> bool:
    """Whether ROW or COLUMN stands here without anything that makes one number of it."""
    if isinstance(node, Call):
        name = called(node)
        return name in _POSITIONS or (name not in _SINGLE and any(map(_positions, node.args)))
    if isinstance(node, Binary):
        return node.op != ":" and (_positions(node.left) or _positions(node.right))
    return False
