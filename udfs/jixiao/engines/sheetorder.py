"""The order in which the format wants the elements of a worksheet."""

from jixiao.engines.ooxml import Element, namespace

_ORDER = (
    "sheetPr",
    "dimension",
    "sheetViews",
    "sheetFormatPr",
    "cols",
    "sheetData",
    "sheetCalcPr",
    "sheetProtection",
    "protectedRanges",
    "scenarios",
    "autoFilter",
    "sortState",
    "dataConsolidate",
    "customSheetViews",
    "mergeCells",
    "phoneticPr",
    "conditionalFormatting",
    "dataValidations",
    "hyperlinks",
    "printOptions",
    "pageMargins",
    "pageSetup",
    "headerFooter",
    "rowBreaks",
    "colBreaks",
    "customProperties",
    "cellWatches",
    "ignoredErrors",
    "smartTags",
    "drawing",
    "legacyDrawing",
)


def placed(root: Element, local: str) -> Element:
    """A new element of a worksheet, put where it belongs."""
    main = namespace(root)
    before = {f"{{{main}}}{name}" for name in _ORDER[: _ORDER.index(local)]}
    # Anything unknown among them, such as a choice between two flavours, stays behind what it follows.
    place = max((at for at, element in enumerate(root) if element.tag in before), default=-1)
    element = root.makeelement(f"{{{main}}}{local}")
    root.insert(place + 1, element)
    return element
