"""The VBA modules read as 64-bit Excel would read them, and what the rules ask about them.

pyOpenVBA's reader fails where a block is not closed or a statement is none. What its trees are made of is no public
part of it, and its version is pinned: every look into them stands here.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from pyopenvba.exceptions import VBACompileError
from pyopenvba.interpreter import _ast as ast
from pyopenvba.interpreter import parse_module
from pyopenvba.interpreter._constants_data import EXCEL_CONSTANTS, OFFICE_CONSTANTS, VBA_CONSTANTS
from pyopenvba.interpreter._intrinsics import INTRINSICS
from pyopenvba.interpreter._inventory import members_of, type_known

# The reader stumbles over what stands behind a directive; a compiler does not.
_BEHIND_DIRECTIVE = re.compile(r"^([ \t]*#[a-z][^'\r\n]*)'[^\r\n]*", re.MULTILINE | re.IGNORECASE)
# It does not know that a variable may listen to events either.
_LISTENING = re.compile(r"^([ \t]*(?:Private|Public|Dim)[ \t]+)WithEvents[ \t]+", re.MULTILINE | re.IGNORECASE)
_SUFFIXES = "%&!#@$"  # say the type: Left$
_TABLES = (EXCEL_CONSTANTS, OFFICE_CONSTANTS, VBA_CONSTANTS)
_OBJECTS = frozenset(("application", "debug", "err", "me", "vba"))
_BUILT_IN = frozenset(name.lower() for table in _TABLES for name in table) | INTRINSICS.keys() | _OBJECTS
_NUMBERS = frozenset(("byte", "currency", "date", "double", "integer", "long", "longlong", "longptr", "single"))
_BUILT_IN_TYPES = _NUMBERS | {"any", "boolean", "object", "string", "variant"}


@dataclasses.dataclass(frozen=True)
class Parameter:
    """What a procedure is handed in one place."""

    name: str
    type_name: str
    by_value: bool
    is_list: bool


@dataclasses.dataclass(frozen=True)
class Procedure:
    """A procedure; names are in small letters, but for its own and those a message shows as they are written."""

    name: str
    kind: str  # sub, function or property
    public: bool
    parameters: list[Parameter]
    used: dict[str, tuple[str, int]]  # each name as it is written first, and in which line
    declared: list[str]
    resized: set[str]  # ReDim declares what nothing else has
    labels: list[str]
    jumps: set[str]  # as they are written
    left_as: set[str]  # what it takes itself for where it is left
    members: set[str]  # what it asks of objects


@dataclasses.dataclass(frozen=True)
class Module:
    """A module; names are in small letters, types as they are written."""

    explicit: bool
    procedures: list[Procedure]
    declared: set[str]
    shared: set[str]  # of these, what other modules see too
    types: set[str]  # that declarations and New name
    makes: set[str]  # types


Modules = Mapping[str, Module]


def read_modules(project: Mapping[str, str]) -> tuple[Modules, list[str]]:
    """Every module that can be read, and what keeps the others from it."""
    read, unread = {}, []
    for name, source in project.items():
        try:
            read[name] = _read(name, source)
        except VBACompileError as error:
            unread.append(f"{error}")
    return read, unread


def public(modules: Modules, documents: Iterable[str]) -> Iterator[tuple[str, Procedure]]:
    """Every procedure that other modules see by its name alone, with its module."""
    for name, module in modules.items():
        if name not in documents:
            yield from ((name, procedure) for procedure in module.procedures if procedure.public)


@cache
def is_built_in(name: str) -> bool:
    """Whether VBA or Excel brings this name along."""
    return name in _BUILT_IN or name in members_of("Global", "excel")


@cache
def is_built_in_type(name: str) -> bool:
    """Whether VBA or Excel brings this type along; Office's own would need a reference that the project has not."""
    return name in _BUILT_IN_TYPES or bool(type_known(name, "excel"))


@cache
def _read(name: str, source: str) -> Module:
    tree = parse_module(_LISTENING.sub(r"\1", _BEHIND_DIRECTIVE.sub(r"\1", source)), name=name)
    top = [*tree.variables, *tree.constants, *tree.enums]
    declares = {declare.name.lower() for declare in tree.declares}
    return Module(
        explicit=bool(tree.option_explicit),
        procedures=[_procedure(each) for each in tree.procedures],
        declared=declares.union(*map(_declared, top)),
        shared=declares.union(*(_declared(each) for each in top if each.scope == "public")),
        types={each for node in _below(tree) for each in _types(node)},
        makes={each.name.lower() for each in (*tree.types, *tree.enums)},
    )


def _procedure(tree: ast.Procedure) -> Procedure:
    nodes = list(_below(tree.body))
    used: dict[str, tuple[str, int]] = {}
    for node in nodes:
        if isinstance(node, ast.Name):
            used.setdefault(node.name.lower().rstrip(_SUFFIXES), (node.name, node.line))
    resizes = [node for node in nodes if isinstance(node, ast.ReDim)]
    return Procedure(
        name=tree.name,
        kind="property" if tree.is_property else tree.kind,
        public=tree.scope == "public",
        parameters=[
            Parameter(each.name, each.declared, each.by_val, each.is_array or each.param_array) for each in tree.params
        ],
        used=used,
        declared=[name for node in nodes for name in _declared(node)],
        resized={each.name.lower() for node in resizes for each in node.decls},
        labels=[node.name.lower() for node in nodes if isinstance(node, ast.Label)],
        jumps={label for node in nodes for label in _jumps(node) if label},
        left_as={node.what for node in nodes if isinstance(node, ast.ExitStmt)} - {"do", "for"},
        members={node.name.lower() for node in nodes if isinstance(node, ast.Member)},
    )


def _declared(node: object) -> list[str]:
    if isinstance(node, ast.Dim):
        return [each.name.lower() for each in node.decls]
    if isinstance(node, ast.ConstDecl):
        return [name.lower() for name, _, _ in node.names]
    if isinstance(node, ast.EnumDef):
        return [node.name.lower(), *(name.lower() for name, _ in node.members)]
    return []


def _types(node: object) -> list[str]:
    if isinstance(node, ast.VarDecl | ast.Param | ast.TypeField):
        return [node.declared]
    if isinstance(node, ast.NewExpr | ast.TypeOfIs):
        return [node.type_name]
    return [node.returns] if isinstance(node, ast.Procedure | ast.DeclareDef) else []


def _jumps(node: object) -> list[str]:
    if isinstance(node, ast.OnGoto):
        return list(node.labels)
    return [node.label] if isinstance(node, ast.GoTo | ast.OnError | ast.Resume) else []


def _below(node: object) -> Iterator[object]:
    """A node of the tree, or each of several, and everything below."""
    if isinstance(node, list | tuple):
        for each in node:
            yield from _below(each)
    elif dataclasses.is_dataclass(node):
        yield node
        for field in dataclasses.fields(node):
            yield from _below(getattr(node, field.name))
