"""What a workbook's macros ask for is read as it stands there, from any project, and damage is no crash."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from oletools.olevba import VBA_Parser

from addin.build.vba import make_project
from jixiao.doctor import vba
from jixiao.doctor.book import libraries
from jixiao.doctor.facts import Verdict
from tests.conftest import ROOT
from tests.workbooks import EXAMPLE

from .pc import RUNTIME, WORKBOOK, facts, workbook

FILES = [EXAMPLE, ROOT / "addin" / "绩效考核.xlam"]
# As xlwings' own module of 0.37.8 writes it, which older workbooks carry.
OLD = 'Attribute VB_Name = "Old"\r\nDeclare PtrSafe Function Activate Lib "xlwings64-0.37.8.dll" () As Long\r\n'
NEW = 'Attribute VB_Name = "New"\r\nDeclare PtrSafe Function Activate Lib "xlwings64.dll" () As Long\r\n'
NO_MACROS = 'Attribute VB_Name = "{}"\r\n'


def project(*modules: str) -> bytes:
    """A project with these modules, long enough for several chunks."""
    padding = "".join(f"' line {line} says {line * 7919}\r\n" for line in range(400))
    named = {f"Module{place}": module + padding for place, module in enumerate(modules)}
    own = {name: NO_MACROS.format(name) for name in ("ThisWorkbook", "Sheet1")}
    return make_project(["Sheet1"], own | named)


def asked(*modules: str, **changes: Any) -> Any:
    return libraries(facts(files={WORKBOOK: workbook(**{"xl/vbaProject.bin": project(*modules)})} | changes))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.suffix)
def test_every_module_is_read_as_olevba_reads_it(file: Path) -> None:
    with zipfile.ZipFile(file) as archive:
        read = vba.sources(archive.read("xl/vbaProject.bin"))
    expected = [text for _, _, _, text in VBA_Parser(str(file)).extract_macros()]
    assert sorted(text.decode("gbk") for text in read) == sorted(expected)


def test_a_name_of_an_older_version_is_looked_for() -> None:
    assert asked(OLD) == (Verdict.FINE, "xlwings64-0.37.8.dll", "")
    gone = asked(OLD, NEW, **{rf"{RUNTIME}\xlwings64-0.37.8.dll": None})
    assert gone.verdict is Verdict.WRONG
    assert "xlwings64-0.37.8.dll" in gone.found


def test_a_name_without_a_version_is_looked_for() -> None:
    assert asked(NEW) == (Verdict.FINE, "xlwings64.dll", "")


def test_macros_that_ask_for_none() -> None:
    assert asked(NO_MACROS) == (Verdict.FINE, "不用接口文件", "")


@pytest.mark.parametrize("part", range(20))
def test_a_damaged_project_is_an_error_of_its_own_or_less_text(part: int) -> None:
    whole = project(OLD)
    at = len(whole) * part // 20
    for damaged in (
        whole[:at],
        whole[:at] + bytes(64) + whole[at + 64 :],
        whole[:at] + b"\xf0" * 64 + whole[at + 64 :],
    ):
        try:
            vba.sources(damaged)
        except vba.ProjectError:
            continue
