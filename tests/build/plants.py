"""Faults to plant into the template's parts, one change each."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache

import pytest
from pyopenvba.cfb import CFB
from pyopenvba.vba import compress, normalize_class_source

from addin.build.vba import module_sources
from addin.lint import faults

from .workbook_files import TEMPLATE, parts

Parts = dict[str, bytes]
Plant = Callable[[Parts], object]
# Each fault's name, the plant, and what the lint must say about it.
Plants = Sequence[tuple[str, Plant, str]]

RIBBON, SHEET, BOOK = "customUI/customUI14.xml", "xl/worksheets/sheet2.xml", "xl/workbook.xml"
PROJECT = "xl/vbaProject.bin"


@cache
def planted(plant: Plant) -> list[str]:
    """What the lint finds in a template with this fault."""
    content = dict(_template())
    plant(content)
    return faults(_packed(content))


@cache
def _template() -> Mapping[str, bytes]:
    return dict(parts(TEMPLATE))


def each_of(plants: Plants) -> pytest.MarkDecorator:
    """A test for each fault."""
    return pytest.mark.parametrize(
        ("plant", "says"), [pytest.param(plant, says, id=name) for name, plant, says in plants]
    )


def _packed(content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


def changed(name: str, before: str, after: str) -> Plant:
    """One text of a part replaced by another."""

    def plant(content: Parts) -> None:
        assert before.encode() in content[name], before
        content[name] = content[name].replace(before.encode(), after.encode(), 1)

    return plant


def matched(name: str, pattern: str, after: str, count: int = 1) -> Plant:
    """What a pattern finds in a part replaced by something else, the first time or (`count` 0) always."""

    def plant(content: Parts) -> None:
        content[name], found = re.subn(pattern.encode(), after.encode(), content[name], count=count)
        assert found, pattern

    return plant


def text(before: str, after: str) -> Plant:
    """One shared text replaced by another."""
    return changed("xl/sharedStrings.xml", f"<t>{before}</t>", f"<t>{after}</t>")


def in_sheet(code_name: str, pattern: str, after: str) -> Plant:
    """What a pattern finds first on the sheet with this code name replaced by something else."""

    def plant(content: Parts) -> None:
        name = next(name for name, part in content.items() if f'codeName="{code_name}"'.encode() in part)
        matched(name, pattern, after)(content)

    return plant


def without(attribute: str) -> Plant:
    """The first button without one of its attributes."""
    return matched(RIBBON, rf'(<button [^>]*?)\s{attribute}="[^"]*"', r"\1")


def in_names(formula: str, *names: str) -> Plant:
    """A defined name, or several, added to the workbook."""
    added = "".join(f'<definedName name="{name}" hidden="1">{formula}</definedName>' for name in names or ("x",))
    return changed(BOOK, "<definedNames>", f"<definedNames>{added}")


def with_module(name: str, source: str) -> Plant:
    """This source in place of a module's."""

    def plant(content: Parts) -> None:
        project = CFB.from_bytes(content[PROJECT])
        project.write_stream_in_storage("VBA", name, compress(normalize_class_source(source).encode("cp1252")))
        content[PROJECT] = project.to_bytes()

    return plant


def in_module(name: str, before: str, after: str) -> Plant:
    """One text of a module replaced by another."""
    source = module_sources([])[name]
    old, new = before.replace("\n", "\r\n"), after.replace("\n", "\r\n")
    assert old in source, before
    return with_module(name, source.replace(old, new, 1))


def below_module(name: str, *lines: str) -> Plant:
    """Lines added to a module."""
    return with_module(name, "\r\n".join((module_sources([])[name], *lines, "")))


def in_sub(*lines: str) -> Plant:
    """A macro with these lines added to a module."""
    return below_module("JxService", "Public Sub JxPlanted()", *lines, "End Sub")
