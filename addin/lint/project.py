"""The VBA project: there, readable, pure ASCII, and on terms with the sheets."""

from collections.abc import Mapping
from functools import cache

from pyopenvba.cfb import CFB
from pyopenvba.exceptions import PyOpenVBAError
from pyopenvba.vba import CLASS_MODULE_CLSID, VBAModule, VBAModuleKind, parse_vba_project

from addin.lint.book import MAIN, parse, shared_texts, sheets

PART = "xl/vbaProject.bin"


def project_of(parts: Mapping[str, bytes]) -> dict[str, str] | None:
    """The source of every module by its name; None when there is no project or it cannot be read."""
    try:
        modules = _read(parts[PART])
    except (KeyError, ValueError, PyOpenVBAError):
        return None
    return {name: source for name, (source, _) in modules.items()}


def documents(parts: Mapping[str, bytes]) -> set[str]:
    """The project's modules that belong to the workbook or a sheet."""
    return _of_kind(parts, "document")


def standard(parts: Mapping[str, bytes]) -> set[str]:
    """The project's modules whose public names the whole of Excel sees."""
    return _of_kind(parts, "standard")


def _of_kind(parts: Mapping[str, bytes], wanted: str) -> set[str]:
    return {name for name, (_, kind) in _read(parts[PART]).items() if kind == wanted}


@cache
def _read(raw: bytes) -> dict[str, tuple[str, str]]:
    """Every module's source, and whether it is a standard module, a class or a document's."""
    project = parse_vba_project(CFB.from_bytes(raw))
    return {module.name: (module.source, _kind(module)) for module in project.modules}


def _kind(module: VBAModule) -> str:
    if module.kind is VBAModuleKind.standard:
        return "standard"
    return "class" if CLASS_MODULE_CLSID in module.attribute_header else "document"


def project_faults(parts: Mapping[str, bytes], project: Mapping[str, str] | None) -> list[str]:
    """Sheets and modules that do not know each other, shared texts out of range, modules that are not ASCII."""
    found = _text_faults(parts)
    if project is None:
        return [*found, "the VBA project is missing or cannot be read"]
    named = [_code_name(parse(parts["xl/workbook.xml"]), "workbookPr")]
    named += [_code_name(sheet, "sheetPr") for sheet in sheets(parts).values()]
    if len(set(named)) < len(named) or "" in named:
        found.append(f"code names are missing or stand twice: {named}")
    lost = set(named) ^ documents(parts)
    if lost:
        found.append(f"sheets and modules without each other: {sorted(lost)}")
    return found + [f"module {name} is not ASCII" for name, source in project.items() if not source.isascii()]


def _code_name(root: object, element: str) -> str:
    found = root.find(f"{MAIN}{element}")  # type: ignore[attr-defined]
    return "" if found is None else str(found.get("codeName") or "")


def _text_faults(parts: Mapping[str, bytes]) -> list[str]:
    count = len(shared_texts(parts))
    return [
        f"{name}!{cell.get('r')} shows shared text {value} of {count}"
        for name, sheet in sheets(parts).items()
        for cell in sheet.iter(f"{MAIN}c")
        if cell.get("t") == "s"
        for value in [cell.findtext(f"{MAIN}v")]
        if value is None or not 0 <= int(value) < count
    ]
