"""The VBA as Excel's compiler would take it, and Excel only compiles when somebody presses a button."""

from collections import Counter
from collections.abc import Iterable

from addin.lint.modules import Module, Modules, Procedure, is_built_in, is_built_in_type, public

# The reader takes these for names where they open or close nothing.
_STRAY = frozenset(("sub", "function", "property", "else", "elseif", "case", "loop", "next", "wend"))


def vba_faults(modules: Modules, documents: set[str]) -> list[str]:
    """What Excel's compiler would stop at; `documents` are the modules of the workbook and its sheets."""
    found = _twice(modules, documents)
    shared, kinds = _shared_names(modules, documents), _own_types(modules)
    for name, module in modules.items():
        if not module.explicit and module.procedures:
            found.append(f"module {name} lacks Option Explicit")
        unknown = {each for each in module.types if not is_built_in_type(each.lower())}
        found += [f"{name}: {each} is no type known here" for each in sorted(unknown) if each.lower() not in kinds]
        for procedure in module.procedures:
            found += [f"{name}.{procedure.name} {fault}" for fault in _in_procedure(procedure, module, shared)]
    return found


def _twice(modules: Modules, documents: set[str]) -> list[str]:
    """Procedures whose name says no longer which one is meant."""
    found = []
    for name, module in modules.items():
        own = [each.name.lower() for each in module.procedures if each.kind != "property"]
        found += [f"{procedure} stands {times} times in {name}" for procedure, times in _more_than_once(own)]
    homes: dict[str, set[str]] = {}
    for name, procedure in public(modules, documents):
        homes.setdefault(procedure.name.lower(), set()).add(name)
    more = {procedure: sorted(names) for procedure, names in homes.items() if len(names) > 1}
    return found + [f"{procedure} is defined in {' and '.join(names)}" for procedure, names in more.items()]


def _more_than_once(names: Iterable[str]) -> list[tuple[str, int]]:
    return [(name, times) for name, times in Counter(names).items() if times > 1]


def _shared_names(modules: Modules, documents: set[str]) -> set[str]:
    """What every module can name: the modules themselves, and what is public in them."""
    names = {name.lower() for name in modules}
    names |= {procedure.name.lower() for _, procedure in public(modules, documents)}
    for name, module in modules.items():
        if name not in documents:
            names |= module.shared
    return names


def _own_types(modules: Modules) -> set[str]:
    """The types that the project itself makes: its classes, what Type and Enum say."""
    return {name.lower() for name in modules}.union(*(module.makes for module in modules.values()))


def _in_procedure(procedure: Procedure, module: Module, shared: set[str]) -> list[str]:
    inside = [*(each.name.lower() for each in procedure.parameters), *procedure.declared]
    known = {*inside, *(each.name.lower() for each in module.procedures)} | procedure.resized | module.declared | shared
    found = [f"declares {name} {times} times" for name, times in _more_than_once(inside)]
    for name, (written, line) in procedure.used.items():
        if name in _STRAY:
            found.append(f"line {line}: {written} stands outside its block")
        elif name not in known and not is_built_in(name):
            found.append(f"line {line}: {written} is not declared")
    found += [f"has label {name} {times} times" for name, times in _more_than_once(procedure.labels)]
    lost = sorted(label for label in procedure.jumps if label.lower() not in procedure.labels)
    found += [f"has no label {label}" for label in lost]
    return found + [f"is left by Exit {what}" for what in sorted(procedure.left_as - {procedure.kind})]
