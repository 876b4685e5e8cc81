"""Walking over the tree of a formula."""

import dataclasses
from collections.abc import Iterator

from pyopenvba.formula._parse import Call, Node  # no public part of it; its version is pinned


def below(node: Node) -> Iterator[Node]:
    """The nodes right below one."""
    waiting = [getattr(node, field.name) for field in dataclasses.fields(node)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += each
        elif isinstance(each, Node):
            yield each


def nodes(tree: object) -> Iterator[Node]:
    """Every node of a formula."""
    waiting = [tree] if isinstance(tree, Node) else []
    while waiting:
        node = waiting.pop()
        yield node
        waiting += below(node)


def calls(tree: object) -> Iterator[Call]:
    """Every call of a function within a formula."""
    return (node for node in nodes(tree) if isinstance(node, Call))


def called(call: Call) -> str:
    """The function's name as people write it."""
    return str(call.name).upper().removeprefix("_XLFN.")
