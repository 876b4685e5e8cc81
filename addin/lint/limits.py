"""How long and how deep: what Excel refuses to load or cuts off."""

from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree
from pyopenvba.formula._parse import Call, Literal, Node  # no public part of it; its version is pinned

from addin.lint.book import MAIN, sheets
from addin.lint.nodes import below, nodes
from addin.lint.places import Stand, formulas, tree

LONGEST, ALARM = 8192, 7500
DEEPEST = 64
LONGEST_TEXT = 255  # of a text constant, of a check's formula or list, of the message of a check
LONGEST_TITLE = 32
_MESSAGES = {"promptTitle": LONGEST_TITLE, "prompt": LONGEST_TEXT, "errorTitle": LONGEST_TITLE, "error": LONGEST_TEXT}


def limit_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Formulas, checks and their messages beyond Excel's limits, or near enough to be alarmed."""
    found = set()
    for formula in formulas(parts):
        found |= {f"{formula.where}: {formula.text[:40]}…: {fault}" for fault in _long(formula.text)}
        if formula.stand is Stand.CHECK and len(formula.text) > LONGEST_TEXT:
            found.add(f"{formula.where}: {formula.text[:40]}…: {len(formula.text)} characters in a check's formula")
    for title, sheet in sheets(parts).items():
        for check in sheet.iter(f"{MAIN}dataValidation"):
            found |= {f"{title}: {check.get('sqref')}: {fault}" for fault in _check(check)}
    return sorted(found)


@cache
def _long(text: str) -> tuple[str, ...]:
    return tuple(_beyond(text))


def _beyond(text: str) -> Iterator[str]:
    if len(text) > LONGEST:
        yield f"{len(text)} characters, more than Excel takes"
    elif len(text) > ALARM:
        yield f"{len(text)} characters, close to the most that Excel takes"
    root = tree(text)
    depth = _depth(root) if isinstance(root, Node) else 0
    if depth > DEEPEST:
        yield f"functions are nested {depth} deep"
    for node in nodes(root):
        if isinstance(node, Literal) and isinstance(node.value, str) and len(node.value) > LONGEST_TEXT:
            yield f"a text constant of {len(node.value)} characters"


def _depth(node: Node) -> int:
    """How many calls stand within each other."""
    # A sum of thousands is as deep a tree: a function that calls itself would not get to its bottom.
    deepest, waiting = 0, [(node, 0)]
    while waiting:
        each, above = waiting.pop()
        depth = above + isinstance(each, Call)
        deepest = max(deepest, depth)
        waiting += [(inner, depth) for inner in below(each)]
    return deepest


def _check(check: etree._Element) -> Iterator[str]:
    for attribute, most in _MESSAGES.items():
        length = len(check.get(attribute) or "")
        if length > most:
            yield f"{length} characters in its {attribute}, at most {most}"
    listed = check.findtext(f"{MAIN}formula1") or ""
    if listed.startswith('"') and len(listed) - 2 > LONGEST_TEXT:
        yield f"a list of {len(listed) - 2} characters"
