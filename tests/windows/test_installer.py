"""The installer on a PC under Wine, with a small runtime in it: what it installs, replaces, leaves and takes away.

What this cannot see: Excel reading what was registered.
"""

import pytest

from tests.conftest import ROOT
from tests.windows.pc import EXCEL, OFFICE, RUNTIME, SETTINGS, UNINSTALL

TEMPLATE, EXAMPLE, ADDIN = "绩效考核.xlsm", "绩效考核-2024示例.xlsm", "绩效考核.xlam"
SHIPPED = {TEMPLATE: ROOT / "workbook" / TEMPLATE, EXAMPLE: ROOT / "workbook" / "示例" / EXAMPLE}
NOT_REGISTERED = 8
OTHERS = [r'"C:\别的\报表.xlam"', r'/A "C:\别的\计算.xll"']


@pytest.fixture
def own(pc):
    """How our add-in stands in Excel's list."""
    return rf'"{pc.local}\{ADDIN}"'


def test_what_is_installed_stands_where_excel_and_people_look(pc, setups, own):
    assert pc.setup(setups["old"]) == 0
    registry = pc.registry()
    assert pc.added_ins() == [own]
    assert pc.wine.path(rf"{pc.local}\{ADDIN}").read_bytes() == (ROOT / "addin" / ADDIN).read_bytes()
    trusted = {key.rsplit("\\")[-1]: values for key, values in registry.items() if "Trusted Locations\\" in key}
    assert {name: (values["Path"], values["AllowSubfolders"]) for name, values in trusted.items()} == {
        "Jixiao": (f"{pc.local}\\", 0),
        "JixiaoWorkbooks": (f"{pc.books}\\", 0),
    }
    assert registry[RUNTIME] == {"Folder": rf"{pc.local}\runtime"}
    assert registry["Environment"]["JIXIAO_RUNTIME"] == rf"{pc.local}\runtime"
    entry = registry[UNINSTALL]
    assert (entry["DisplayName"], entry["DisplayVersion"], entry["InstallLocation"]) == ("绩效考核", "1.0.0", pc.local)
    installed = sum(map(len, pc.files(pc.local).values()))
    assert installed / 1024 == pytest.approx(entry["EstimatedSize"], rel=0.02)
    for name, source in SHIPPED.items():
        assert pc.wine.path(rf"{pc.books}\{name}").read_bytes() == source.read_bytes()
    assert pc.wine.path(rf"{pc.books}\收到的").is_dir()
    menu = {file.stem for file in pc.wine.path(pc.menu).iterdir()}
    assert menu == {"绩效考核模板", "使用手册", "自检", "卸载"}
    assert "测评" in pc.wine.path(rf"{pc.local}\手册\用户手册.html").read_text("utf-8")
    assert {path.name for path in pc.wine.path(pc.local).iterdir()} == {
        "runtime",
        "模板",
        "手册",
        ADDIN,
        "uninstall.exe",
    }


def test_a_second_time_changes_nothing(pc, setups):
    assert pc.setup(setups["old"]) == 0
    before = pc.registry(), pc.files(pc.local, pc.books)
    assert pc.setup(setups["old"]) == 0
    assert (pc.registry(), pc.files(pc.local, pc.books)) == before


def test_other_peoples_add_ins_keep_their_places(pc, setups, own):
    options = rf"{EXCEL}\Options"
    pc.write_registry({options: {"OPEN": OTHERS[0], "OPEN1": OTHERS[1], "Font": "宋体,11"}})
    assert pc.setup(setups["old"]) == 0
    assert pc.added_ins() == [*OTHERS, own]
    # One more comes after ours; when ours goes, no gap may stay.
    pc.write_registry({options: {"OPEN3": r'"C:\新的.xlam"'}})
    pc.uninstall()
    assert pc.added_ins() == [*OTHERS, r'"C:\新的.xlam"']
    assert pc.registry()[options]["Font"] == "宋体,11"


def test_an_add_in_that_was_unticked_comes_back_and_goes_for_good(pc, setups, own):
    manager = rf"{EXCEL}\Add-in Manager"
    pc.write_registry({manager: {rf"{pc.local}\{ADDIN}": "", r"C:\别的.xlam": ""}})
    assert pc.setup(setups["old"]) == 0
    assert pc.added_ins() == [own]
    assert list(pc.registry()[manager]) == [r"C:\别的.xlam"]


def test_an_older_excel_gets_it_too_when_there_is_one(pc, setups, own):
    pc.write_registry({rf"{OFFICE}\14.0\Excel\Options": {}})
    assert pc.setup(setups["old"]) == 0
    registry = pc.registry()
    assert registry[rf"{OFFICE}\14.0\Excel\Options"] == {"OPEN": own}
    assert rf"{OFFICE}\14.0\Excel\Security\Trusted Locations\JixiaoWorkbooks" in registry
    assert not any(rf"{OFFICE}\15.0" in key for key in registry)
    pc.uninstall()
    assert pc.registry()[rf"{OFFICE}\14.0\Excel\Options"] == {}


@pytest.mark.parametrize("closed", [EXCEL, rf"{EXCEL}\Security"])
def test_what_cannot_be_registered_in_excel_is_told(pc, setups, closed):
    """Not as a success: without its place in the list Excel shows no ribbon, without the trust it runs no macro."""
    pc.write_registry({closed.rpartition("\\")[0]: {}})
    with pc.closed_registry(closed):
        assert pc.setup(setups["old"]) == NOT_REGISTERED
    registry = pc.registry()
    assert not any(key.startswith(f"{closed}\\") for key in registry)
    assert registry[UNINSTALL]["DisplayVersion"] == "1.0.0", "the program itself is there all the same"


@pytest.mark.parametrize("closed", [SETTINGS, rf"{SETTINGS}\Jixiao"])
def test_a_place_that_cannot_be_written_down_for_the_macros_is_told(pc, setups, closed):
    """Without it every button would say that nothing is installed."""
    pc.write_registry({closed.rpartition("\\")[0]: {}})
    with pc.closed_registry(closed):
        assert pc.setup(setups["old"]) == NOT_REGISTERED
    registry = pc.registry()
    assert RUNTIME not in registry
    assert registry["Environment"]["JIXIAO_RUNTIME"] == rf"{pc.local}\runtime", "the rest is there all the same"


def test_what_did_not_start_may_start_again(pc, setups):
    """The macros write down when Python failed and do not try again for minutes: repaired, it is tried at once."""
    assert pc.setup(setups["old"]) == 0
    pc.write_registry({RUNTIME: {"Failed": "45000"}})
    assert pc.setup(setups["new"]) == 0
    assert pc.registry()[RUNTIME] == {"Folder": rf"{pc.local}\runtime"}
    pc.write_registry({RUNTIME: {"Failed": "45000"}})
    pc.uninstall()
    assert RUNTIME not in pc.registry()


def test_a_version_that_wrote_less_down_is_upgraded(pc, setups):
    """The one before this had no place for the macros and trusted the folders below too."""
    assert pc.setup(setups["old"]) == 0
    pc.forget_registry(SETTINGS)
    location = rf"{EXCEL}\Security\Trusted Locations\JixiaoWorkbooks"
    pc.write_registry({location: {"AllowSubfolders": 1}})
    assert pc.setup(setups["new"]) == 0
    registry = pc.registry()
    assert registry[RUNTIME] == {"Folder": rf"{pc.local}\runtime"}
    assert registry[location]["AllowSubfolders"] == 0


def test_other_programs_settings_of_vba_stay(pc, setups):
    pc.write_registry({rf"{SETTINGS}\别的\窗口": {"左": "3"}, rf"{SETTINGS}\Jixiao\别的": {"x": "y"}})
    before = pc.registry()
    assert pc.setup(setups["old"]) == 0
    pc.uninstall()
    assert pc.registry() == before


def test_an_upgrade_keeps_what_people_filled_in(pc, setups):
    assert pc.setup(setups["old"]) == 0
    filled = pc.wine.path(rf"{pc.books}\{TEMPLATE}")
    filled.write_bytes(b"filled in")
    pc.wine.path(rf"{pc.books}\本镇 2025.xlsm").write_bytes(b"another")
    assert pc.setup(setups["new"]) == 0
    assert filled.read_bytes() == b"filled in"
    names = {path.name for path in pc.wine.path(pc.books).iterdir()}
    assert names == {TEMPLATE, "绩效考核-1.1.0.xlsm", EXAMPLE, "本镇 2025.xlsm", "收到的"}
    assert pc.registry()[UNINSTALL]["DisplayVersion"] == "1.1.0"
    # Once more: the new one has been filled in by then, and nothing is put over it either.
    pc.wine.path(rf"{pc.books}\绩效考核-1.1.0.xlsm").write_bytes(b"filled in too")
    assert pc.setup(setups["new"]) == 0
    assert pc.wine.path(rf"{pc.books}\绩效考核-1.1.0.xlsm").read_bytes() == b"filled in too"


def test_an_upgrade_replaces_a_template_nobody_touched(pc, setups):
    assert pc.setup(setups["old"]) == 0
    for folder in (rf"{pc.local}\模板", pc.books):  # as if the older version had brought another template
        pc.wine.path(rf"{folder}\{TEMPLATE}").write_bytes(b"of the older version")
    assert pc.setup(setups["new"]) == 0
    assert pc.files(pc.books) == {
        str(pc.wine.path(rf"{pc.books}\{name}")): file.read_bytes() for name, file in SHIPPED.items()
    }


def test_going_back_is_installing_the_older_version(pc, setups):
    assert pc.setup(setups["new"]) == 0
    assert pc.setup(setups["old"]) == 0
    assert pc.registry()[UNINSTALL]["DisplayVersion"] == "1.0.0"


def test_uninstalling_leaves_nothing_of_ours(pc, setups):
    before = pc.registry(), pc.everything()
    assert pc.setup(setups["old"]) == 0
    pc.wine.path(rf"{pc.local}\jixiao.log").write_text("a fault was logged")
    pc.wine.path(rf"{pc.books}\自检报告.txt").write_text("what the self-check found")
    pc.uninstall()
    assert (pc.registry(), pc.everything()) == before


def test_uninstalling_leaves_peoples_workbooks(pc, setups):
    assert pc.setup(setups["old"]) == 0
    filled = pc.wine.path(rf"{pc.books}\{TEMPLATE}")
    filled.write_bytes(b"filled in")
    received = filled.with_name("收到的") / "党建办.xlsx"
    received.write_bytes(b"sent in")
    pc.uninstall()
    assert pc.files(pc.books) == {str(filled): b"filled in", str(received): b"sent in"}


def test_a_chosen_folder_is_where_excel_then_looks(pc, setups):
    assert pc.setup(setups["old"]) == 0
    chosen = r"C:\elsewhere\绩效考核"
    assert pc.setup(setups["new"], rf"/D={chosen}") == 0
    registry = pc.registry()
    assert registry["Environment"]["JIXIAO_RUNTIME"] == rf"{chosen}\runtime"
    assert registry[RUNTIME] == {"Folder": rf"{chosen}\runtime"}
    assert pc.added_ins() == [rf'"{chosen}\{ADDIN}"']
    assert not pc.wine.path(pc.local).exists(), "the version in the usual folder is still there"
    # The next upgrade stays where the program is.
    assert pc.setup(setups["new"]) == 0
    assert pc.registry()[UNINSTALL]["InstallLocation"] == chosen
    pc.uninstall(chosen)
    assert pc.added_ins() == []
