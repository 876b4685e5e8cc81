"""The ribbon tab: every button's macro is there with the right parameters, ids and key tips are its own."""

import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from addin.lint.book import parse

PART = "customUI/customUI14.xml"
_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_ICONS = frozenset((Path(__file__).parent / "icons.txt").read_text("ascii").split())
_SUB = re.compile(r"^\s*Public\s+Sub\s+(\w+)\s*\(([^)]*)\)", re.MULTILINE | re.IGNORECASE)
# How many parameters Excel hands to the macro behind an attribute.
_PARAMETERS = {"onLoad": 1, "onAction": 1}
_GETTER = 2
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST = {"label": 32, "screentip": 1024, "supertip": 1024}


def ribbon_faults(parts: Mapping[str, bytes], project: Mapping[str, str]) -> list[str]:
    """Everything that would keep the tab from showing or a button from working."""
    if PART not in parts:
        return ["there is no ribbon"]
    root = parse(parts[PART])
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    found = [] if _RELATION.encode() in parts["_rels/.rels"] else ["no relation leads to the ribbon"]
    found += _repeated(elements, "id") + _repeated(elements, "keytip")
    found += [fault for element in elements for fault in (*_looks(element), *_macros(element, project))]
    return found


def _repeated(elements: list[etree._Element], attribute: str) -> list[str]:
    counted = Counter(str(element.get(attribute)) for element in elements if element.get(attribute))
    return [f"{attribute} {value} stands {times} times" for value, times in counted.items() if times > 1]


def _looks(element: etree._Element) -> list[str]:
    found = []
    name = str(element.get("id"))
    icon = element.get("imageMso")
    if icon is not None and str(icon) not in _ICONS:
        found.append(f"{name}: no icon {icon!s} in Excel 2013–2019")
    if element.get("label") is not None and element.get("getLabel") is not None:
        found.append(f"{name}: label and getLabel")
    for attribute, longest in _LONGEST.items():
        text = element.get(attribute)
        if text is not None and (not _CHINESE.search(str(text)) or len(text) > longest):
            found.append(f"{name}: {attribute} is not Chinese or too long")
    return found


def _macros(element: etree._Element, project: Mapping[str, str]) -> list[str]:
    known = {name: parameters for source in project.values() for name, parameters in _SUB.findall(source)}
    found = []
    for key, value in element.attrib.items():
        attribute, macro = str(key), str(value)
        if attribute not in _PARAMETERS and not attribute.startswith("get"):
            continue
        wanted = _PARAMETERS.get(attribute, _GETTER)
        if macro not in known:
            found.append(f"{element.get('id')!s}: no macro {macro} for {attribute}")
        elif len(known[macro].split(",")) != wanted:
            found.append(f"{element.get('id')!s}: {macro} must take {wanted} parameters")
    if etree.QName(element).localname == "button" and element.get("onAction") is None:
        found.append(f"{element.get('id')!s}: a button that does nothing")
    return found
