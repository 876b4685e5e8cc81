"""What no schema sees: the shipped files are free of it, and each kind of fault, planted, is found."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from addin.build.vba import make_project, module_sources
from addin.lint import faults

from .workbook_files import ADDIN, EXAMPLE, TEMPLATE, parts

Parts = dict[str, bytes]


def packed(content: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize("path", [TEMPLATE, EXAMPLE, ADDIN], ids=["template", "example", "add-in"])
def test_what_is_shipped_has_no_fault(path: Path) -> None:
    assert faults(path.read_bytes()) == []


def changed(name: str, before: str, after: str) -> Callable[[Parts], None]:
    """One text of a part replaced by another."""

    def plant(content: Parts) -> None:
        assert before.encode() in content[name], before
        content[name] = content[name].replace(before.encode(), after.encode(), 1)

    return plant


def text(before: str, after: str) -> Callable[[Parts], None]:
    """One shared text replaced by another."""
    return changed("xl/sharedStrings.xml", f"<t>{before}</t>", f"<t>{after}</t>")


def in_sheet(code_name: str, before: str, after: str) -> Callable[[Parts], None]:
    """What a pattern finds first on the sheet with this code name replaced by something else."""

    def plant(content: Parts) -> None:
        name = next(name for name, part in content.items() if f'codeName="{code_name}"'.encode() in part)
        changed, count = re.subn(before.encode(), after.encode(), content[name], count=1)
        assert count, before
        content[name] = changed

    return plant


def with_module(name: str, source: str) -> Callable[[Parts], None]:
    """The project made again with this source in one module."""

    def plant(content: Parts) -> None:
        names = re.findall(r'<sheetPr codeName="(\w+)"', "".join(part.decode() for part in sheet_parts(content)))
        content["xl/vbaProject.bin"] = make_project(names, module_sources(names) | {name: source})

    return plant


def sheet_parts(content: Parts) -> list[bytes]:
    return [part for name, part in content.items() if name.startswith("xl/worksheets/sheet")]


def in_names(formula: str) -> Callable[[Parts], None]:
    """A defined name added to the workbook."""
    return changed("xl/workbook.xml", "<definedNames>", f'<definedNames><definedName name="x">{formula}</definedName>')


RIBBON, SHEET = "customUI/customUI14.xml", "xl/worksheets/sheet2.xml"
PLANTS: list[tuple[str, Callable[[Parts], object], str]] = [
    ("an unknown icon", changed(RIBBON, 'imageMso="Help"', 'imageMso="Halp"'), "no icon Halp"),
    ("a macro that is not there", changed(RIBBON, 'onAction="JxPress"', 'onAction="JxPres"'), "no macro JxPres"),
    ("a macro with other parameters", changed(RIBBON, 'onAction="JxPress"', 'onAction="JxTabVisible"'), "must take 1"),
    ("an id twice", changed(RIBBON, 'id="jxGuide"', 'id="jxCheck"'), "id jxCheck stands 2 times"),
    ("a key tip twice", changed(RIBBON, 'keytip="H"', 'keytip="C"'), "keytip C stands 2 times"),
    (
        "label and getLabel",
        changed(RIBBON, "label=", 'getLabel="JxTabVisible" label='),
        "label and getLabel",
    ),
    ("an English label", changed(RIBBON, 'label="使用说明"', 'label="Guide"'), "label is not Chinese"),
    ("a button without a macro", changed(RIBBON, ' keytip="H" onAction="JxPress"', ""), "does nothing"),
    ("no relation", changed("_rels/.rels", "/ui/extensibility", "/ui/other"), "no relation leads"),
    (
        "a tip too long",
        changed(RIBBON, 'supertip="', 'supertip="' + "长" * 1025),
        "supertip is not Chinese or too long",
    ),
    (
        "a code name twice",
        changed(SHEET, 'codeName="shtSettings"', 'codeName="ThisWorkbook"'),
        "stand twice",
    ),
    ("a macro that is not ASCII", with_module("JxRibbon", "' \xe9"), "module JxRibbon is not ASCII"),
    ("a text without end", in_names('"x&amp;1'), '"x&1'),
    ("no settings", changed("xl/workbook.xml", 'name="xlwings.conf"', 'name="xlwings.con"'), "no sheet xlwings.conf"),
    ("no texts", changed("xl/workbook.xml", 'name="jixiao.texts"', 'name="jixiao.text"'), "no sheet jixiao.texts"),
    (
        "a setting without a name",
        in_sheet("shtConf", '<row r="3".*?</row>', '<row r="3"/>'),
        "a gap among the settings",
    ),
    ("a gap among the settings", in_sheet("shtConf", '<row r="3".*?</row>', ""), "a gap among the settings"),
    (
        "an argument without help",
        in_sheet("shtTexts", r'<c r="E\d+" t="s"><v>\d+</v></c></row></sheetData>', "</row></sheetData>"),
        "explains 2 of 3",
    ),
    ("no ribbon", lambda content: content.pop(RIBBON), "there is no ribbon"),
    ("a garbage project", lambda content: content.update({"xl/vbaProject.bin": b"no project"}), "cannot be read"),
    (
        "a code name of nobody",
        changed(SHEET, 'codeName="sht', 'codeName="shx'),
        "without each other",
    ),
    ("a shared text too far", changed(SHEET, "<v>", "<v>99999"), "shows shared text 99999"),
    ("a name to a missing sheet", in_names("没有!$A$1"), "no sheet 没有"),
    ("a name to a missing name", in_names("没有这个名称+1"), "no name 没有这个名称"),
    ("a broken formula", in_names("SUM((1,2)"), "brackets do not match"),
    ("an unknown function", in_names("JIXAO_SCORE(1)"), "no function JIXAO_SCORE"),
    ("an error in a formula", in_names("#REF!+1"), "#REF!"),
    (
        "a setting twice",
        text("PYTHONPATH", "UDF MODULES"),
        "UDF MODULES must stand once",
    ),
    (
        "a text that is missing",
        text("message.wps", "message.wpt"),
        "no text for message.wps",
    ),
    (
        "a text nobody asks for",
        text("message.wps", "message.wpt"),
        "nobody asks for the text message.wpt",
    ),
    (
        "help that is missing",
        text("help.JIXIAO_RANK", "help.JIXIAO_RANG"),
        "no text for help.JIXIAO_RANK",
    ),
]


@pytest.mark.parametrize(("plant", "says"), [pytest.param(plant, says, id=name) for name, plant, says in PLANTS])
def test_a_planted_fault_is_found(plant: Callable[[Parts], object], says: str) -> None:
    content = dict(parts(TEMPLATE))
    plant(content)
    found = faults(packed(content))
    assert any(says in fault for fault in found), found
