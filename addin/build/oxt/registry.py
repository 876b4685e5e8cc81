"""The parts of the extension that list what there is: functions with their interface and help, buttons, files."""

from collections.abc import Iterator, Mapping
from typing import cast

from lxml import etree

from addin.build.oxt.sources import WORDS, button_groups, functions

IDENTIFIER = "cn.jixiao.calc"
FUNCTIONS_SERVICE = f"{IDENTIFIER}.Functions"
BUTTON = f"{IDENTIFIER}.button:"

_REGISTRY = "http://openoffice.org/2001/registry"
_MANIFEST = "http://openoffice.org/2001/manifest"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_MEDIA = {
    ".idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",
    ".components": "application/vnd.sun.star.uno-components",
    ".xcu": "application/vnd.sun.star.configuration-data",
}

Tree = Mapping[str, object]


def interface() -> bytes:
    """The functions as a UNO interface, in the language LibreOffice itself reads.

    Only `any` may be left out, and only it takes values, ranges and arrays alike. 加减分区域 is cells of a sheet and
    nothing else: only there can errors and dates be told apart.
    """
    methods = []
    for function in functions():
        declared = ["[in] com::sun::star::beans::XPropertySet caller"] if function.needs_caller else []
        for place, argument in enumerate(function.arguments):
            kind = "com::sun::star::table::XCellRange" if argument.name == WORDS["argument"]["entries"] else "any"
            declared.append(f"[in] {kind} argument{place}")
        methods.append(f"    sequence<sequence<any> > {function.name}({', '.join(declared)});\n")
    return f"module jixiaocalc {{\n  interface XFunctions {{\n{''.join(methods)}  }};\n}};\n".encode()


def calc_addins() -> bytes:
    """The functions with their help, for the function wizard."""
    listed = {
        f"+{function.name}": {
            "DisplayName": _Told(function.name),
            "CompatibilityName": _Told(function.name),
            "Description": _Told(function.help),
            "Category": "Add-In",
            "Parameters": {
                f"+argument{place}": {"DisplayName": _Told(argument.name), "Description": _Told(argument.help)}
                for place, argument in enumerate(function.arguments)
            },
        }
        for function in functions()
    }
    return _configuration("CalcAddIns", {"AddInInfo": {f"+{FUNCTIONS_SERVICE}": {"AddInFunctions": listed}}})


def addons() -> bytes:
    """The menu and the toolbar, with the ribbon's buttons in the ribbon's order, then saving."""
    items = {f"+m{place:02}": item for place, item in enumerate(_items())}
    menu = {"Context": _CALC, "Title": _Told(WORDS["name"]), "Submenu": items}
    surface = {"OfficeMenuBar": {f"+{IDENTIFIER}": menu}, "OfficeToolBar": {f"+{IDENTIFIER}": items}}
    return _configuration("Addons", {"AddonUI": surface})


def _items() -> Iterator[Tree]:
    for number, group in enumerate(button_groups()):
        if number:
            yield {"URL": "private:separator", "Context": _CALC}
        for button in group:
            title = {"Title": _Told(button.label), "Target": "_self"}
            yield {"URL": f"{BUTTON}{button.action}", "Context": _CALC, **title}


def manifest(names: list[str]) -> bytes:
    """What LibreOffice has to look into, of the files in the extension."""
    root = etree.Element(f"{{{_MANIFEST}}}manifest", nsmap={"manifest": _MANIFEST})
    for ending, media in _MEDIA.items():  # the interface before the component that implements it
        for name in names:
            if name.endswith(ending):
                entry = etree.SubElement(root, f"{{{_MANIFEST}}}file-entry")
                entry.set(f"{{{_MANIFEST}}}media-type", media)
                entry.set(f"{{{_MANIFEST}}}full-path", name)
    return _document(root)


class _Told(str):
    """A text that is told for a language: LibreOffice falls back to en-US, and staff read Chinese there too."""

    __slots__ = ()


def _configuration(name: str, tree: Tree) -> bytes:
    root = etree.Element(f"{{{_REGISTRY}}}component-data", nsmap={"oor": _REGISTRY})
    root.set(f"{{{_REGISTRY}}}package", "org.openoffice.Office")
    root.set(f"{{{_REGISTRY}}}name", name)
    _fill(root, tree)
    return _document(root)


def _fill(parent: etree._Element, tree: Tree) -> None:
    """Nodes and properties below a node; a name with + is a new member of a set."""
    for name, value in tree.items():
        child = etree.SubElement(parent, "node" if isinstance(value, Mapping) else "prop")
        child.set(f"{{{_REGISTRY}}}name", name.removeprefix("+"))
        if name.startswith("+"):
            child.set(f"{{{_REGISTRY}}}op", "replace")
        if isinstance(value, Mapping):
            _fill(child, cast("Tree", value))
            continue
        told = etree.SubElement(child, "value")
        told.text = str(value)
        if isinstance(value, _Told):
            told.set(_LANGUAGE, "en-US")


def _document(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
