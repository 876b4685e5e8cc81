"""The installer as it ships, with everything in it: its size, and that what it installs computes where it stands."""

import csv
import re
import shutil

import pytest

from addin.installer.contents import total as contents_total
from addin.installer.package import version
from addin.installer.wheels import pinned
from tests.conftest import ROOT
from tests.functions.excel import MISSING
from tests.windows.command import library
from tests.windows.excel import Excel
from tests.windows.pc import RUNTIME, UNINSTALL

MIB = 1024 * 1024


@pytest.fixture
def built(whole_installer):
    return whole_installer.result()


@pytest.fixture
def installer(built):
    return built.installer


def test_it_is_small_enough_to_hand_round(installer):
    assert installer.stat().st_size <= 40 * MIB


def test_the_command_lists_what_is_in_it(built):
    """The table beside it, which it also prints, and one line with the sizes."""
    table = built.contents.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    *listed, last = built.said.splitlines()
    assert listed == table.splitlines()
    *parts, total = csv.DictReader(table.splitlines())
    ours = {"jixiao", "加载项", "工作簿", "手册"}
    assert {part["组件"] for part in parts} == {"python", "nsis", *ours, *pinned()}
    assert {part["版本"] for part in parts if part["组件"] in ours} == {version()}
    for part in parts:
        assert int(part["大小（字节）"]) > 0, part
        assert re.search(r"MIT|BSD|PSF|Apache|0BSD|Zlib|CC0", part["许可"]), part
    measured = f"{built.installer.stat().st_size / MIB:.1f} MiB, installed {int(total['大小（字节）']) / MIB:.1f} MiB"
    assert last == f"{built.installer}: {measured}"


PUBLISHED = {
    "docs/windows.md": (r"The installer has (\d+) MiB", r"installed it takes (\d+) MiB"),
    "docs/部署手册.md": (r"安装程序约 (\d+) MB", r"装好约 (\d+) MB"),
}


@pytest.mark.parametrize("page", PUBLISHED)
def test_the_sizes_that_are_published_are_these(built, page):
    text = (ROOT / page).read_text("utf-8")
    said = [int(figure) for pattern in PUBLISHED[page] for figure in re.findall(pattern, text)]
    assert said == [
        pytest.approx(built.installer.stat().st_size / MIB, abs=1.5),
        pytest.approx(contents_total(built.contents) / MIB, abs=2.5),
    ]


def computed(pc, folder):
    """One score, asked for as Excel asks, from what is installed in a folder."""
    excel = Excel(pc.wine, rf"{folder}\runtime")
    try:
        return excel.formula("JIXIAO_SCORE", (90, 92, 94, 96), (85, 88, 91), 3, MISSING)
    finally:
        excel.close()


def until_gone(pc):
    """Until the service has ended, as it does a moment after its Excel."""
    pc.wait(lambda: not pc.wine.processes("runtime"), "the service goes on running")


# 业绩 92 × 40 % + 96 × 60 % = 94.40, 履职 42.5 + 26.4 + 18.2 = 87.10, and 3 points more.
SCORE = pytest.approx(95.21)


def test_it_installs_computes_upgrades_computes_and_leaves_nothing(installer, pc):
    before = pc.registry(), pc.everything()
    assert pc.setup(installer) == 0
    macros_look = pc.wine.path(pc.registry()[RUNTIME]["Folder"])
    assert all((macros_look / name).exists() for name in ("python.exe", "xlwings32.dll", "xlwings64.dll"))
    assert computed(pc, pc.local) == SCORE
    until_gone(pc)
    filled = pc.wine.path(rf"{pc.books}\绩效考核.xlsm")
    filled.write_bytes(filled.read_bytes() + b"filled in")
    kept = filled.read_bytes()
    pc.write_registry({UNINSTALL: {"DisplayVersion": "0.0.9"}})
    assert pc.setup(installer) == 0
    assert pc.registry()[UNINSTALL]["DisplayVersion"] == version()
    assert computed(pc, pc.local) == SCORE
    until_gone(pc)
    pc.uninstall()
    assert pc.files(pc.books) == {str(filled): kept}
    shutil.rmtree(pc.wine.path(pc.books))
    assert (pc.registry(), pc.everything()) == before


def test_it_installs_and_computes_for_a_person_whose_name_the_code_page_lacks(installer, rare_pc):
    before = rare_pc.everything()
    assert rare_pc.setup(installer) == 0
    runtime = rare_pc.registry()["Environment"]["JIXIAO_RUNTIME"]
    folder = runtime.rpartition("\\")[0]
    assert sum(map(len, rare_pc.files(folder).values())) <= 200 * MIB
    assert rare_pc.wine.path(rf"{runtime}\{library()}").exists()
    assert computed(rare_pc, folder) == SCORE
    until_gone(rare_pc)
    rare_pc.uninstall(folder)
    assert rare_pc.everything() == before
