"""The ribbon tab: every button says what it does, ids and key tips are its own, nothing is said twice."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from lxml import etree

from addin.lint.book import parse
from addin.lint.callbacks import callback_faults
from addin.lint.modules import Modules

PART = "customUI/customUI14.xml"
_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"
_ICONS = frozenset((Path(__file__).parent / "icons.txt").read_text("ascii").split())
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST = {"label": 32, "screentip": 1024, "supertip": 1024}
# What each kind of element must say, itself or through a macro.
_SAYS = {
    "tab": ("label", "keytip"),
    "group": ("label",),
    "button": ("label", "imageMso", "keytip", "screentip", "supertip"),
}


def ribbon_faults(parts: Mapping[str, bytes], modules: Modules, documents: set[str]) -> list[str]:
    """Everything that would keep the tab from showing or a button from working."""
    if PART not in parts:
        return ["there is no ribbon"]
    root = parse(parts[PART])
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    found = [] if _RELATION.encode() in parts["_rels/.rels"] else ["no relation leads to the ribbon"]
    found += _twice("id", (element.get("id") for element in elements))
    # A key leads to a tab, and then to something on it.
    tabs = [element for element in elements if _kind(element) == "tab"]
    for rivals in (tabs, *([each for each in tab.iter() if each is not tab] for tab in tabs)):
        found += _twice("keytip", (element.get("keytip", "").upper() for element in rivals))
    for element in elements:
        found += [*_looks(element), *callback_faults(element, modules, documents)]
    return found


def _kind(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _twice(attribute: str, values: Iterator[str | None]) -> list[str]:
    counted = Counter(value for value in values if value)
    return [f"{attribute} {value} stands {times} times" for value, times in counted.items() if times > 1]


def _looks(element: etree._Element) -> list[str]:
    name, attributes = str(element.get("id")), {str(key) for key in element.attrib}
    found = []
    icon = element.get("imageMso")
    if icon is not None and str(icon) not in _ICONS:
        found.append(f"{name}: no icon {icon!s} in Excel 2013–2019")
    asked = {_answer_of(getter): getter for getter in attributes if getter.startswith("get")}
    # Office refuses the whole tab where both are there.
    found += [f"{name}: {both} and {asked[both]}" for both in sorted(asked.keys() & attributes)]
    if "getImage" in attributes and "imageMso" in attributes:
        found.append(f"{name}: imageMso and getImage")
    said = attributes | asked.keys() | ({"imageMso"} if attributes & {"image", "getImage"} else set())
    found += [f"{name}: no {attribute}" for attribute in _SAYS.get(_kind(element), ()) if attribute not in said]
    for attribute, longest in _LONGEST.items():
        text = element.get(attribute)
        if text is not None and (not _CHINESE.search(str(text)) or len(text) > longest):
            found.append(f"{name}: {attribute} is not Chinese or too long")
    return found


def _answer_of(getter: str) -> str:
    """The attribute that a getter stands for: getLabel for label."""
    return getter[3:4].lower() + getter[4:]
