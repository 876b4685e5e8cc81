"""The workbook part: which sheets there are, defined names, the date system, and recalculation."""

from collections.abc import Iterator
from typing import NamedTuple

from jixiao.engines import identify, ooxml
from jixiao.engines.ooxml import Element, child, children
from jixiao.engines.parts import EditedParts
from jixiao.errors import WorkbookError

_BEFORE_CALCULATION = (
    "fileVersion",
    "fileSharing",
    "workbookPr",
    "workbookProtection",
    "bookViews",
    "sheets",
    "functionGroups",
    "externalReferences",
    "definedNames",
)
_MAX_NAME = 31
_TRUE = ("1", "true")
_SHEETS = "xl/worksheets/sheet{}.xml"
_EMPTY_SHEET = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
    b'<worksheet xmlns="%s" xmlns:r="%s"><dimension ref="A1"/><sheetData/></worksheet>'
)


class SheetEntry(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    sheet_id: str
    visible: bool


class WorkbookPart:
    """Reads and edits the workbook part of a package."""

    def __init__(self, parts: EditedParts) -> None:
        """Find and check the part (WorkbookError when the package holds no workbook, ValueError for bad numbers)."""
        self._parts = parts
        self._names: list[tuple[str, str]] | None = None
        package = parts.package
        office = [relation for relation in package.relations("") if relation.kind == "officeDocument"]
        if not office:
            raise WorkbookError(identify.archive(package.entries(), package.label))
        self.part = office[0].target
        if self.part.endswith(".bin"):
            raise WorkbookError(f"{package.label}是二进制工作簿（.xlsb），请在 Excel 中另存为 .xlsm 后再用。")
        root = parts.view(self.part)
        self._main = ooxml.namespace(root)
        if root.tag not in {f"{{{main}}}workbook" for main in ooxml.MAINS}:
            raise WorkbookError(identify.archive(package.entries(), package.label))
        self.strict = self._main == ooxml.STRICT_MAIN
        self._relations = {relation.id: relation for relation in package.relations(self.part)}
        for element, attribute in self._counted(root):
            int(element.get(attribute, "0"))
        properties = child(root, "workbookPr")
        self.date1904 = properties is not None and properties.get("date1904") in _TRUE
        self.worksheets = self._read_worksheets()
        if not self.worksheets:
            raise package.damaged("没有工作表")

    def related(self, kind: str) -> str | None:
        """The part of that kind the workbook points to, such as `styles`, if the package has it."""
        for relation in self._relations.values():
            if relation.kind == kind and self._parts.package.entry(relation.target):
                return relation.target
        return None

    def active_sheet(self) -> str:
        """The worksheet in front; the first one when something else is."""
        listed = [str(element.get("name")) for element in self._sheet_elements(self._parts.view(self.part))]
        view = self._view()
        index = 0 if view is None else int(view.get("activeTab", "0"))
        names = [entry.name for entry in self.worksheets]
        return listed[index] if index < len(listed) and listed[index] in names else names[0]

    def names(self) -> list[tuple[str, str]]:
        """Defined names: (`name`, or `sheet!name` for one of a sheet's own; `=reference`)."""
        if self._names is None:
            self._names = self._read_names()
        return self._names

    def _read_names(self) -> list[tuple[str, str]]:
        root = self._parts.view(self.part)
        listed = [str(element.get("name")) for element in self._sheet_elements(root)]
        group = child(root, "definedNames")
        found = []
        for element in () if group is None else children(group, "definedName"):
            name = str(element.get("name") or "")
            if (scope := element.get("localSheetId")) is not None and int(scope) < len(listed):
                name = f"{quoted(listed[int(scope)])}!{name}"
            found.append((name, f"={element.text or ''}"))
        return found

    @property
    def demands_calculation(self) -> bool:
        """Whether the spreadsheet program is to recalculate everything when it opens the file."""
        calculation = child(self._parts.view(self.part), "calcPr")
        return calculation is not None and calculation.get("fullCalcOnLoad") in _TRUE

    def demand_full_calculation(self) -> None:
        """Have the spreadsheet program recalculate everything when it opens the file."""
        if self.demands_calculation:
            return
        root = self._parts.edit(self.part)
        calculation = child(root, "calcPr")
        if calculation is None:
            calculation = root.makeelement(f"{{{self._main}}}calcPr")
            before = {f"{{{self._main}}}{local}" for local in _BEFORE_CALCULATION}
            place = max((index for index, element in enumerate(root) if element.tag in before), default=-1)
            root.insert(place + 1, calculation)
        calculation.set("fullCalcOnLoad", "1")

    def add_sheet(self, name: str, before: str | None) -> SheetEntry:
        """Add an empty worksheet before another one, or at the end."""
        root = self._parts.edit(self.part)
        elements = self._sheet_elements(root)
        if name.casefold() in {str(element.get("name")).casefold() for element in elements}:
            raise ValueError(f"a sheet named {name!r} exists already")
        if not name or len(name) > _MAX_NAME or set(name) & set("\\/?*[]:") or name[0] == "'" or name[-1] == "'":
            raise ValueError(f"not a sheet name: {name!r}")
        relations = ooxml.STRICT_RELATIONS if self.strict else ooxml.RELATIONS
        part = self._parts.free_name(_SHEETS)
        content = _EMPTY_SHEET % (self._main.encode(), relations.encode())
        self._parts.add(part, content, ooxml.WORKSHEET_TYPE)
        relation = self._parts.relate(self.part, f"{relations}/worksheet", part)
        sheet_id = str(max(int(element.get("sheetId") or 0) for element in elements) + 1)
        new = root.makeelement(f"{{{self._main}}}sheet")
        new.set("name", name)
        new.set("sheetId", sheet_id)
        new.set(f"{{{relations}}}id", relation)
        place = next((at for at, element in enumerate(elements) if element.get("name") == before), len(elements))
        if place < len(elements):
            elements[place].addprevious(new)
        else:
            elements[-1].addnext(new)
        self._shift_indexes(root, place)
        entry = SheetEntry(name, part, sheet_id, visible=True)
        at = next((at for at, sheet in enumerate(self.worksheets) if sheet.name == before), len(self.worksheets))
        self.worksheets.insert(at, entry)
        return entry

    def _read_worksheets(self) -> list[SheetEntry]:
        entries: list[SheetEntry] = []
        package = self._parts.package
        for element in self._sheet_elements(self._parts.view(self.part)):
            relation = self._relations.get(ooxml.relation_id(element))
            if relation is None:
                raise package.damaged(f"工作表“{element.get('name')}”没有内容")
            # Chart, dialog and macro sheets have no grid of cells and are passed over.
            if relation.kind != "worksheet":
                continue
            if package.entry(relation.target) is None:
                raise package.damaged(f"缺少“{relation.target}”")
            visible = element.get("state", "visible") == "visible"
            entry = SheetEntry(str(element.get("name")), relation.target, str(element.get("sheetId")), visible)
            if entry.name in {other.name for other in entries}:
                raise package.damaged(f"有两张工作表都叫“{entry.name}”")
            entries.append(entry)
        return entries

    def _sheet_elements(self, root: Element) -> list[Element]:
        group = child(root, "sheets")
        return [] if group is None else list(children(group, "sheet"))

    def _view(self) -> Element | None:
        views = child(self._parts.view(self.part), "bookViews")
        return None if views is None else child(views, "workbookView")

    def _shift_indexes(self, root: Element, place: int) -> None:
        """Names and views count sheets from the left: those from `place` on have moved by one."""
        self._names = None
        for element, attribute in self._counted(root):
            if attribute != "sheetId":
                _shift(element, attribute, place)

    def _counted(self, root: Element) -> Iterator[tuple[Element, str]]:
        """The elements that number sheets, and the attribute in which they do."""
        yield from ((element, "sheetId") for element in self._sheet_elements(root))
        if (names := child(root, "definedNames")) is not None:
            yield from ((element, "localSheetId") for element in children(names, "definedName"))
        if (views := child(root, "bookViews")) is not None:
            for element in children(views, "workbookView"):
                yield from ((element, attribute) for attribute in ("activeTab", "firstSheet"))


def quoted(sheet: str) -> str:
    """A sheet name as it stands in a reference."""
    if sheet.replace("_", "a").isalnum() and not sheet[0].isdigit():
        return sheet
    return "'" + sheet.replace("'", "''") + "'"


def _shift(element: Element, attribute: str, place: int) -> None:
    default = None if attribute == "localSheetId" else "0"
    text = element.get(attribute, default)
    if text is not None and int(text) >= place:
        element.set(attribute, str(int(text) + 1))
