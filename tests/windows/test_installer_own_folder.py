"""A person whose name the code page lacks: the program goes into a folder of her own where everybody may put things."""

import os
from contextlib import suppress

import pytest

from addin.installer.package import make_installer
from tests.conftest import need
from tests.windows.display import is_installed
from tests.windows.pc import UNINSTALL
from tests.windows.test_installer import TEMPLATE

PLACE, SELF_TEST = 3, 5
SEEN = "amd64-unicode"  # the same program for 64 bits: Wine shows no windows of 32-bit ones
CANCEL = 2
NUMBER = "1000"  # the last part of the number by which Wine knows the only person it knows
FOLDER = rf"C:\ProgramData\Jixiao-{NUMBER}"


@pytest.fixture
def folder(rare_pc):
    """Where her folder stands outside."""
    return rare_pc.wine.path(FOLDER)


def test_she_gets_a_folder_that_works(rare_pc, setups):
    before = rare_pc.registry(), rare_pc.everything()
    assert rare_pc.setup(setups["old"]) == 0
    registry = rare_pc.registry()
    assert registry["Environment"]["JIXIAO_RUNTIME"] == rf"{FOLDER}\runtime"
    assert rare_pc.wine.path(rf"{FOLDER}\runtime\python.exe").exists()
    assert rare_pc.wine.path(rf"{rare_pc.books}\{TEMPLATE}").exists()
    assert not rare_pc.wine.path(rare_pc.local).exists()
    assert rare_pc.setup(setups["new"]) == 0, "an upgrade does not find its way back"
    rare_pc.uninstall(registry[UNINSTALL]["InstallLocation"])
    assert (rare_pc.registry(), rare_pc.everything()) == before


def test_who_cancels_leaves_nothing_and_can_install_later(rare_pc, setups, tmp_path):
    need(is_installed(), "a display (xvfb)")
    shown = make_installer(setups["old"].parent / "good", tmp_path, number="1.0.0", target=SEEN)
    before = rare_pc.everything()
    with rare_pc.seen():
        waiting = rare_pc.wine.start([str(shown)])
        rare_pc.press("绩效考核 安装", CANCEL)
        assert waiting.wait(timeout=60) == 1
        assert rare_pc.everything() == before
    assert rare_pc.setup(setups["old"]) == 0


def test_a_first_version_that_fails_leaves_nothing(rare_pc, setups):
    before = rare_pc.everything()
    assert rare_pc.setup(setups["broken"]) == SELF_TEST
    assert rare_pc.everything() == before


def test_what_a_killed_installation_left_is_in_nobodys_way(rare_pc, setups, folder):
    half = folder / "new" / "runtime" / "half.dll"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"MZ")
    assert rare_pc.setup(setups["old"]) == 0
    assert not half.exists()


def test_an_empty_folder_of_her_own_is_taken(rare_pc, setups, folder):
    folder.mkdir()
    assert rare_pc.setup(setups["old"]) == 0


def test_a_folder_with_something_else_in_it_is_refused_and_left(rare_pc, setups, folder):
    kept = folder / "theirs.txt"
    folder.mkdir()
    kept.write_text("theirs")
    before = rare_pc.everything()
    assert rare_pc.setup(setups["old"]) == PLACE
    assert rare_pc.everything() == before


def test_a_folder_of_somebody_else_is_refused_and_left(rare_pc, setups, folder):
    """Only root can plant one; Wine then says that it is nobody's she knows."""
    folder.mkdir()
    with suppress(PermissionError):
        os.chown(folder, 54321, -1)
        assert rare_pc.setup(setups["old"]) == PLACE
        assert folder.exists()
