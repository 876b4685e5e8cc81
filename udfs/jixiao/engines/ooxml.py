"""Names of the OOXML format, and the one way this package parses XML into a tree."""

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
MAINS = (MAIN, STRICT_MAIN)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"

WORKSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def parse(data: bytes) -> Element:
    """Parse one XML part; ValueError when it is not XML, declares a DTD, or nests absurdly deep."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a DTD is not allowed")
    return root


def serialize(root: Element, original: bytes) -> bytes:
    """The tree as UTF-8, with the line end the original had after its XML declaration."""
    match = re.match(rb"<\?xml[^>]*\?>(\s*)", original)
    newline = match[1] if match else b"\n"
    declaration = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return declaration + newline + etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=False)


def namespace(element: Element) -> str:
    """The namespace of an element, '' for none."""
    tag = element.tag
    return tag[1 : tag.index("}")] if tag.startswith("{") else ""


def relation_id(element: Element) -> str:
    """The `r:id` of an element in either flavour of the format, '' for none."""
    return str(element.get(f"{{{RELATIONS}}}id") or element.get(f"{{{STRICT_RELATIONS}}}id") or "")


def children(element: Element, local: str) -> Iterator[Element]:
    """Direct children of that local name in the element's own namespace."""
    return element.iterchildren(f"{{{namespace(element)}}}{local}")


def child(element: Element, local: str) -> Element | None:
    """The first such child."""
    return next(children(element, local), None)
