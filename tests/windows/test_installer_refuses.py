"""What keeps the installer from going on: it says so by its exit code, and what was there works as before."""

import shutil

import pytest

from addin.installer.package import make_installer
from tests.conftest import need
from tests.windows.display import is_installed
from tests.windows.pc import UNINSTALL, small_runtime
from tests.windows.test_installer import ADDIN, TEMPLATE
from tests.windows.test_installer_own_folder import FOLDER, SEEN
from tests.windows.wine import RARE

PLACE, IN_USE, SELF_TEST, WINDOWS, PROCESSOR = 3, 4, 5, 7, 10
TITLE, ON, YES, NO = "绩效考核 安装", 1, 6, 7  # its windows, and the numbers of buttons in them
PARTS = ("runtime", "模板", "手册", ADDIN, "uninstall.exe")  # in the order in which they change places


@pytest.fixture
def unchanged(pc, setups):
    """An older version stands there; afterwards it must stand there byte for byte."""
    assert pc.setup(setups["old"]) == 0
    pc.wine.path(rf"{pc.books}\{TEMPLATE}").write_bytes(b"filled in")
    before = pc.registry(), pc.files(pc.local, pc.books), pc.everything()
    yield
    assert (pc.registry(), pc.files(pc.local, pc.books), pc.everything()) == before


@pytest.mark.usefixtures("unchanged")
def test_a_version_that_fails_its_own_test_is_not_installed(pc, setups):
    assert pc.setup(setups["broken"]) == SELF_TEST


def test_a_first_version_that_fails_its_own_test_leaves_nothing(pc, setups):
    before = pc.registry(), pc.everything()
    assert pc.setup(setups["broken"]) == SELF_TEST
    assert (pc.registry(), pc.everything()) == before


@pytest.mark.usefixtures("unchanged")
def test_a_processor_that_is_too_old_is_told_apart(pc, standin, tmp_path):
    """Not as a version that fails: another one would not help."""
    runtime = small_runtime(standin, tmp_path / "runtime", "refused")
    assert pc.setup(make_installer(runtime, tmp_path, number="1.4.0")) == PROCESSOR


def test_an_older_windows_is_refused(pc, setups):
    before = pc.registry(), pc.everything()
    pc.wine.run("winecfg", "-v", "win81")
    try:
        assert pc.setup(setups["old"]) == WINDOWS
    finally:
        pc.wine.run("winecfg", "-v", "win10")
    assert (pc.registry(), pc.everything()) == before


def test_a_virus_scanner_at_work_is_waited_for(pc, setups):
    assert pc.setup(setups["scanned"]) == 0
    assert pc.registry()[UNINSTALL]["DisplayVersion"] == "1.3.0"


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("file", "sharing"),
    [
        pytest.param(ADDIN, "reading", id="Excel has the add-in open"),
        pytest.param(r"runtime\xlwings64-0.0.dll", "reading", id="Excel has the DLL loaded"),
        pytest.param("uninstall.exe", "writing", id="something else, noticed only at the swap"),
    ],
)
def test_nothing_is_replaced_while_it_is_in_use(pc, setups, file, sharing):
    with pc.held(rf"{pc.local}\{file}", sharing):
        assert pc.setup(setups["new"]) == IN_USE


@pytest.mark.usefixtures("unchanged")
def test_nothing_is_replaced_while_the_service_runs(pc, setups):
    server = (rf"{pc.local}\runtime\python.exe", "-c", "print('open', flush=True); input()")
    with pc.running(*server):
        assert pc.setup(setups["new"]) == IN_USE


@pytest.mark.usefixtures("unchanged")
def test_nothing_is_uninstalled_while_it_is_in_use(pc):
    with pc.held(rf"{pc.local}\{ADDIN}", "reading"):
        # `_?=` keeps the uninstaller where it is, so that it can be waited for.
        assert pc.silently(rf"{pc.local}\uninstall.exe", "/S", rf"_?={pc.local}") == IN_USE


@pytest.mark.parametrize(
    ("taken", "brought"),
    [
        pytest.param(1, 0, id="the first part taken away"),
        pytest.param(5, 0, id="all taken away"),
        pytest.param(5, 1, id="the first part brought in"),
        pytest.param(5, 4, id="all but the last brought in"),
        pytest.param(5, 5, id="all brought in"),
    ],
)
def test_an_installation_that_was_cut_off_is_undone(pc, setups, taken, brought):
    """Whole, and never a mix: the next installation may fail too, and then the older version must work."""
    assert pc.setup(setups["old"]) == 0
    before = pc.files(pc.local)
    place = pc.wine.path(pc.local)
    shutil.copytree(place, place / "new")
    (place / "new" / "runtime" / "newer.dll").write_bytes(b"MZ")
    (place / "old").mkdir()
    for part in PARTS[:taken]:
        (place / part).rename(place / "old" / part)
    for part in PARTS[:brought]:
        (place / "new" / part).rename(place / part)  # the power failed after this
    assert pc.setup(setups["broken"]) == SELF_TEST
    assert pc.files(pc.local) == before
    assert not {"old", "new"} & {path.name for path in place.iterdir()}


def test_a_first_installation_that_was_cut_off_leaves_nothing_when_the_next_fails(pc, setups):
    assert pc.setup(setups["old"]) == 0
    place = pc.wine.path(pc.local)
    for folder in ("old", "new"):
        (place / folder).mkdir()
    for part in PARTS[1:]:
        (place / part).rename(place / "new" / part)
    pc.forget_registry()
    assert pc.setup(setups["broken"]) == SELF_TEST
    assert not place.exists()


def test_a_new_version_that_is_in_place_stays_though_the_old_was_half_removed(pc, setups):
    assert pc.setup(setups["new"]) == 0
    before = pc.files(pc.local)
    left = pc.wine.path(pc.local) / "old" / "runtime" / "left.dll"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"MZ")
    assert pc.setup(setups["broken"]) == SELF_TEST
    assert pc.files(pc.local) == before


def test_what_cannot_be_put_back_now_is_kept_until_it_can(pc, setups):
    """Somebody has it open: neither it nor what says that it is needed is removed."""
    assert pc.setup(setups["old"]) == 0
    before = pc.files(pc.local)
    place = pc.wine.path(pc.local)
    shutil.copytree(place, place / "new")
    (place / "old").mkdir()
    (place / ADDIN).rename(place / "old" / ADDIN)
    (place / "new" / ADDIN).rename(place / ADDIN)
    (place / ADDIN).write_bytes(b"of the newer version")
    with pc.held(rf"{pc.local}\old\{ADDIN}", "reading"):
        assert pc.setup(setups["new"]) == IN_USE
    assert (place / "old" / ADDIN).exists()
    assert pc.setup(setups["broken"]) == SELF_TEST
    assert pc.files(pc.local) == before


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param(rf"C:\{RARE}", id="a character outside the code page"),
        pytest.param(r"C:\elsewhere\100%\x", id="a percent sign"),
        pytest.param(r"elsewhere\jixiao", id="no full path"),
        pytest.param(r"C:\elsewhere\有 空格", id="in quotes, which Wine puts round a space and NSIS does not read"),
        pytest.param("C:\\elsewhere\\" + "很长" * 110, id="too long for Windows"),
    ],
)
def test_a_folder_that_cannot_work_is_refused(pc, setups, folder):
    before = pc.registry(), pc.everything()
    assert pc.setup(setups["old"], f"/D={folder}") == PLACE
    assert (pc.registry(), pc.everything()) == before
    assert not pc.wine.path(rf"C:\{RARE}").exists()


@pytest.mark.parametrize(("answer", "taken"), [(YES, True), (NO, False)], ids=["yes", "no"])
def test_who_sits_there_is_offered_another_folder(pc, setups, tmp_path, answer, taken):
    """The box asks; with yes the pages go on and everything goes to the other folder, with no nothing has happened."""
    need(is_installed(), "a display (xvfb)")
    before = pc.everything()
    shown = make_installer(setups["old"].parent / "good", tmp_path, number="1.0.0", target=SEEN)
    with pc.seen():
        setup = pc.wine.start([str(shown), r"/D=C:\elsewhere\100%\x"])
        pc.press(TITLE, answer)
        if taken:
            pc.press(TITLE, ON, ON)
            pc.wait(pc.wine.path(rf"{pc.menu}\卸载.lnk").exists, "it was not installed")
            assert pc.registry()["Environment"]["JIXIAO_RUNTIME"] == rf"{FOLDER}\runtime"
            setup.kill()
        else:
            assert setup.wait(timeout=60) == PLACE
            assert pc.everything() == before


def test_somebody_elses_folder_is_refused(pc, setups):
    kept = pc.wine.path(r"C:\elsewhere\runtime\theirs.txt")
    kept.parent.mkdir(parents=True)
    kept.write_text("theirs")
    assert pc.setup(setups["old"], r"/D=C:\elsewhere") == PLACE
    assert kept.read_text() == "theirs"


@pytest.mark.parametrize("sign", ["uninstall.exe", r"new\runtime\python.exe"])
def test_a_folder_of_another_program_is_refused_and_left(pc, setups, sign):
    """Many a program brings an uninstaller of that name, and folders of these names too."""
    files = [pc.wine.path(rf"C:\elsewhere\{name}") for name in (sign, r"runtime\theirs.dll", "theirs.exe")]
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"MZ theirs")
    assert pc.setup(setups["old"], r"/D=C:\elsewhere") == PLACE
    assert [file.read_bytes() for file in files] == [b"MZ theirs"] * 3
    assert len(pc.files(r"C:\elsewhere")) == 3


@pytest.mark.parametrize("cut", ["as it stands", "its parts in old", "half unpacked"])
def test_a_chosen_folder_of_ours_is_known_without_the_registry(pc, setups, cut):
    """A profile that moves from PC to PC may have lost what was written down, and the power may have failed."""
    chosen = r"C:\elsewhere\绩效考核"
    place = pc.wine.path(chosen)
    if cut == "half unpacked":
        (place / "new" / "runtime").mkdir(parents=True)
        (place / "new" / "runtime" / "python.exe").write_bytes(b"MZ")
    else:
        assert pc.setup(setups["old"], rf"/D={chosen}") == 0
        (place / "theirs.txt").write_text("put there by somebody")
        pc.forget_registry()
    if cut == "its parts in old":
        shutil.copytree(place, place / "new", ignore=shutil.ignore_patterns("theirs.txt"))
        (place / "old").mkdir()
        for part in PARTS:
            (place / part).rename(place / "old" / part)
    assert pc.setup(setups["new"], rf"/D={chosen}") == 0
    assert not {"old", "new"} & {path.name for path in place.iterdir()}


def test_the_same_parts_give_the_same_installer(standin, setups, tmp_path):
    again = tmp_path / "again"
    # Another folder, and copied, so that the disk lists the files in another order.
    runtime = shutil.copytree(setups["old"].parent / "good", tmp_path / "copied")
    assert make_installer(runtime, again, number="1.0.0").read_bytes() == setups["old"].read_bytes()
