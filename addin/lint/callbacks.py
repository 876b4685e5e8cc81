"""The macros behind the ribbon: each is there, takes what Excel hands it, and leads to an action of Python's."""

from lxml import etree

from addin.lint.modules import Modules, Procedure, public
from jixiao.macros import ACTIONS

# What Excel hands to the macro behind an attribute, by its type. The types of Office's library would need a reference
# that the project does not have.
_HANDED, _ANSWER = "Object", "Variant"
_ACTS = {("customUI", "onLoad"), ("button", "onAction")}


def callback_faults(element: etree._Element, modules: Modules, documents: set[str]) -> list[str]:
    """What is wrong with the macros that an element of the ribbon calls."""
    name, kind = str(element.get("id")), etree.QName(element).localname
    known = {each.name: each for _, each in public(modules, documents)}
    found = []
    for key, value in element.attrib.items():
        attribute, macro = str(key), str(value)
        if not attribute.startswith(("get", "on")) and attribute != "loadImage":
            continue
        asks = attribute.startswith("get")
        if not asks and (kind, attribute) not in _ACTS:
            found.append(f"{name}: what Excel hands to {attribute} of a {kind} is not known here")
        elif macro not in known:
            found.append(f"{name}: no macro {macro} for {attribute}")
        else:
            wanted = (_HANDED, _ANSWER) if asks else (_HANDED,)
            found += [f"{name}: {macro} {fault}" for fault in _signature(known[macro], wanted)]
            found += [f"{name}: {fault}" for fault in _tag(element, known[macro])] if attribute == "onAction" else []
    if kind == "button" and element.get("onAction") is None:
        found.append(f"{name}: a button that does nothing")
    return found


def _signature(macro: Procedure, wanted: tuple[str, ...]) -> list[str]:
    """Excel says nothing when a macro takes something else: it just does not call it."""
    if macro.kind != "sub":
        return ["must be a Sub"]
    if len(macro.parameters) != len(wanted):
        return [f"must take {len(wanted)} parameters"]
    found = []
    for parameter, type_name in zip(macro.parameters, wanted, strict=True):
        if parameter.type_name != type_name or parameter.is_list:
            found.append(f"must take {parameter.name} as {type_name}")
        if type_name == _ANSWER and parameter.by_value:
            found.append(f"must take {parameter.name} ByRef: that is its answer")
    return found


def _tag(element: etree._Element, macro: Procedure) -> list[str]:
    """A macro that reads its button's tag needs one, and Python must know what to do."""
    if "tag" not in macro.members:
        return []
    tag = element.get("tag")
    if tag is None:
        return [f"no tag for {macro.name} to read"]
    return [] if str(tag) in ACTIONS else [f"jixiao.macros has no action {tag!s}"]
