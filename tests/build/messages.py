"""Every message that `addin/lint` can give, read out of its source."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from .workbook_files import ROOT

# Words, not the name of a setting or a mark between two values.
_WORDS = re.compile("[a-z] ?[a-z]")


@cache
def messages() -> dict[str, int]:
    """The pattern of each message with the letters it says itself; what is filled in may be anything.

    A text that only joins others (`where: fault`) says nothing of its own and is none.
    """
    found: dict[str, int] = {}
    for path in sorted((ROOT / "addin/lint").glob("*.py")):
        for pieces in _texts(ast.parse(path.read_text(encoding="utf-8"))):
            said = "".join(piece for piece in pieces if piece)
            if " " in said.strip() and _WORDS.search(said):
                found["".join(".+" if piece is None else re.escape(piece) for piece in pieces)] = len(said)
    return found


def given(finding: str) -> str | None:
    """The message that a finding is: of those that fit its end, the one that says most itself."""
    fitting = {pattern: said for pattern, said in messages().items() if re.search(f"{pattern}$", finding)}
    return max(fitting, key=lambda pattern: fitting[pattern], default=None)


def _texts(node: ast.AST) -> Iterator[list[str | None]]:
    """The texts below a node, None where something is filled in; no docstrings, no patterns."""
    if isinstance(node, ast.JoinedStr):
        yield [str(piece.value) if isinstance(piece, ast.Constant) else None for piece in node.values]
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield [node.value]
    elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) and not _is_pattern(node):
        for child in ast.iter_child_nodes(node):
            yield from _texts(child)


def _is_pattern(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
