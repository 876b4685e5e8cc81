"""Where people's workbooks go: a folder in which they can be computed, and the same one for good."""

import pytest

from tests.windows.pc import ACCOUNTS, EXCEL, FOLDERS, UNINSTALL
from tests.windows.test_installer import EXAMPLE, TEMPLATE

NOT_PLACED = 9
USUAL = r"%USERPROFILE%\Documents"


@pytest.fixture
def other(pc):
    """The folder that stands in for one below the documents."""
    return rf"{pc.home}\绩效考核"


def trusted(pc):
    return pc.registry()[rf"{EXCEL}\Security\Trusted Locations\JixiaoWorkbooks"]["Path"].rstrip("\\")


def names(pc, folder):
    place = pc.wine.path(folder)
    return {file.name for file in place.iterdir() if file.is_file()} if place.is_dir() else set()


def in_variable(pc, monkeypatch):
    monkeypatch.setitem(pc.wine.environment, "OneDrive", rf"{pc.home}\Documents")


def in_account(pc, monkeypatch):
    pc.write_registry({rf"{ACCOUNTS}\Business1": {"UserFolder": rf"{pc.home}\Documents"}})


@pytest.mark.parametrize("kept", [in_variable, in_account])
def test_a_folder_that_onedrive_keeps_gets_no_workbooks(pc, setups, monkeypatch, other, kept):
    kept(pc, monkeypatch)
    assert pc.setup(setups["old"]) == 0
    assert not pc.wine.path(pc.books).exists()
    assert names(pc, other) == {TEMPLATE, EXAMPLE}
    assert trusted(pc) == other


@pytest.mark.parametrize("documents", [r"\\server\home", r"N:\home"], ids=["a share", "a drive of the network"])
def test_documents_on_the_network_get_no_workbooks(pc, setups, other, documents):
    devices = pc.wine.path("C:\\").parent / "dosdevices"
    share = pc.wine.path(r"C:\elsewhere\home")
    share.mkdir(parents=True)
    (devices / "unc" / "server").mkdir(parents=True, exist_ok=True)
    links = {devices / "unc" / "server" / "home": share, devices / "n:": share.parent}
    for link, target in links.items():
        link.symlink_to(target)
    pc.write_registry({FOLDERS: {"Personal": documents}})
    pc.wine.run("reg", "add", r"HKLM\Software\Wine\Drives", "/v", "n:", "/d", "network", "/f")
    pc.wine.close()  # it looks for drives when it starts
    try:
        assert pc.setup(setups["old"]) == 0
        assert names(pc, other) == {TEMPLATE, EXAMPLE}
        assert trusted(pc) == other
        assert not list(share.iterdir())
    finally:
        for link in links:
            link.unlink()
        pc.write_registry({FOLDERS: {"Personal": USUAL}})


def test_an_upgrade_after_onedrive_came_stays_where_the_workbooks_are(pc, setups, monkeypatch, other):
    assert pc.setup(setups["old"]) == 0
    pc.wine.path(rf"{pc.books}\{TEMPLATE}").write_bytes(b"filled in")
    in_account(pc, monkeypatch)
    assert pc.setup(setups["new"]) == 0
    assert names(pc, pc.books) == {TEMPLATE, EXAMPLE, "绩效考核-1.1.0.xlsm"}
    assert not names(pc, other)
    assert trusted(pc) == pc.books


def test_uninstalling_after_onedrive_came_leaves_nothing(pc, setups, monkeypatch):
    before = pc.everything()
    assert pc.setup(setups["old"]) == 0
    in_variable(pc, monkeypatch)
    pc.uninstall()
    assert pc.everything() == before


def test_a_file_in_the_way_sends_the_workbooks_elsewhere(pc, setups, other):
    in_the_way = pc.wine.path(pc.books)
    in_the_way.write_bytes(b"theirs")
    try:
        assert pc.setup(setups["old"]) == 0
        assert names(pc, other) == {TEMPLATE, EXAMPLE}
        assert trusted(pc) == other
        assert pc.registry()[UNINSTALL]["Workbooks"] == other
        pc.uninstall()
        assert not pc.wine.path(other).exists()
        assert in_the_way.read_bytes() == b"theirs"
    finally:
        in_the_way.unlink()


def test_workbooks_that_can_go_nowhere_are_told_and_the_next_time_placed(pc, setups, other):
    in_the_way = [pc.wine.path(folder) for folder in (pc.books, other)]
    for file in in_the_way:
        file.write_bytes(b"theirs")
    try:
        assert pc.setup(setups["old"]) == NOT_PLACED
        assert [file.read_bytes() for file in in_the_way] == [b"theirs"] * 2
        assert len(pc.added_ins()) == 1, "the program itself is there all the same"
        assert names(pc, pc.menu) == {"使用手册.lnk", "自检.lnk", "卸载.lnk"}
    finally:
        for file in in_the_way:
            file.unlink()
    assert pc.setup(setups["old"]) == 0
    assert names(pc, pc.books) == {TEMPLATE, EXAMPLE}
