"""Formulas, rules, checks and names: each can be read, and whatever it names is there."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE
from pyopenvba.formula import FormulaError
from pyopenvba.formula import parse as read_formula
from pyopenvba.formula._arity import takes  # no public part of it; its version is pinned
from pyopenvba.formula._parse import Call

from addin.lint.book import MAIN, parse, sheets

# Newer than openpyxl's list, but known to Excel 2010 and later.
_NEWER = {"_xlfn.STDEV.S", "_xlfn.PERCENTILE.INC", "AGGREGATE"}
_PLACE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}|\$?\d+|#REF!")
_FORMULAS = ("f", "formula", "formula1", "formula2")


def formula_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Everything a program would stumble over when it reads the formulas."""
    known = set(sheets(parts))
    book = parse(parts["xl/workbook.xml"])
    names = {str(name.get("name")) for name in book.iter(f"{MAIN}definedName")}
    read = [(where, *_read(formula)) for where, formula in _formulas(parts)]
    references = {reference for _, _, several in read for reference in several}
    missing = {reference: _missing(reference, known, names) for reference in references}
    return sorted(
        {
            f"{where}: {fault}"
            for where, faults, several in read
            for fault in (*faults, *(fault for reference in several for fault in missing[reference]))
        }
    )


def _formulas(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name in parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        yield f"name {name.get('name')!s}", name.text or ""
    for title, sheet in sheets(parts).items():
        for kind in _FORMULAS:
            for element in sheet.iter(f"{MAIN}{kind}"):
                if element.text and not (kind == "formula1" and element.text.startswith('"')):
                    yield title, element.text
    for path, content in parts.items():
        if path.startswith("xl/charts/chart"):
            yield from ((path, str(element.text)) for element in parse(content).iter("{*}f"))


@cache
def _read(formula: str) -> tuple[list[str], list[str]]:
    """What is wrong with a formula wherever it stands, and the references in it."""
    try:
        tokens = Tokenizer("=" + formula.removeprefix("=")).items
    except TokenizerError as error:
        return [f"{formula}: {error}"], []
    found, references = _unread(formula), []
    if _unbalanced(tokens):
        found.append(f"{formula}: brackets do not match")
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            # A4:INDEX( is a reference that ends in a function.
            start, _, name = token.value.rstrip("(").rpartition(":")
            references += [start] if start else []
            if name not in FORMULAE and name not in _NEWER and not name.startswith("JIXIAO_"):
                found.append(f"no function {name}")
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            references.append(str(token.value))
        elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
            found.append(f"{formula}: {token.value}")
    return found, references


def _unread(formula: str) -> list[str]:
    """What a reader with Excel's grammar stumbles over, and calls with too few or too many arguments."""
    try:
        tree = read_formula("=" + formula.removeprefix("="))
    except FormulaError as error:
        return [f"{formula} does not parse: {error}"]
    wrong = [call for call in _calls(tree) if not takes(call.name.upper().removeprefix("_XLFN."), len(call.args))]
    return [f"{formula}: {call.name} does not take {len(call.args)} arguments" for call in wrong]


def _calls(node: object) -> Iterator[Call]:
    """Every call of a function within a formula."""
    if isinstance(node, list):
        for each in node:
            yield from _calls(each)
    elif dataclasses.is_dataclass(node):
        if isinstance(node, Call):
            yield node
        for field in dataclasses.fields(node):
            yield from _calls(getattr(node, field.name))


def _unbalanced(tokens: list[Token]) -> bool:
    counted = Counter(str(token.subtype) for token in tokens)
    return counted[Token.OPEN] != counted[Token.CLOSE]


def _missing(reference: str, known: set[str], names: set[str]) -> list[str]:
    """A reference to a sheet or a name that is not there."""
    found = []
    for part in reference.split(":"):
        sheet, mark, place = part.rpartition("!")
        title = sheet.strip("'").replace("''", "'")
        if mark and title not in known:
            found.append(f"{reference}: no sheet {title}")
        if not _PLACE.fullmatch(place) and place not in names:
            found.append(f"{reference}: no name {place}")
    return found
