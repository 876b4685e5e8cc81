"""One Wine, one bundle and one Excel for all tests here: each costs seconds."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from addin.installer.bundle import build_bundle
from addin.installer.package import MAKENSIS, make_installer
from tests.conftest import ROOT, need
from tests.windows import shims
from tests.windows.excel import RUNTIME, Excel
from tests.windows.pc import Pc, small_runtime
from tests.windows.standin import make_standin
from tests.windows.wine import RARE, USER, WINE, Wine


@pytest.fixture(scope="session")
def bundle(tmp_path_factory) -> Path:
    """The runtime folder, made by the builder's own steps from a stand-in for python.org's Python."""
    need(sys.version_info[:2] == (3, 11), "Python 3.11, for which the bundle is compiled")
    need(shims.is_installed(), "the compiler for Windows (gcc-mingw-w64-x86-64-win32)")
    python, pin = make_standin(ROOT / "build-out")
    out: Path = tmp_path_factory.mktemp("bundle") / "runtime"
    build_bundle(out, python, pin=pin)
    return out


@dataclass(frozen=True)
class Built:
    """What `python -m addin.installer` made and said."""

    installer: Path
    contents: Path
    said: str


@pytest.fixture(scope="session")
def whole_installer(tmp_path_factory) -> Iterator[Future[Built]]:
    """The installer as it ships, made by the command of a release while other tests run: a minute of compressing."""
    need(shutil.which(MAKENSIS), "makensis (nsis)")
    need(sys.version_info[:2] == (3, 11), "Python 3.11, for which the bundle is compiled")
    need(shims.is_installed(), "the compiler for Windows (gcc-mingw-w64-x86-64-win32)")
    out = tmp_path_factory.mktemp("whole")
    with ThreadPoolExecutor(1) as maker:
        yield maker.submit(_build, *make_standin(ROOT / "build-out"), out)


def _build(python: Path, pin: Path, out: Path) -> Built:
    command = ("-m", "addin.installer", "--python", str(python), "--pin", str(pin), "--out", str(out))
    done = subprocess.run([sys.executable, *command], check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    (installer,), (contents,) = out.glob("*.exe"), out.glob("*.csv")
    return Built(installer, contents, done.stdout)


@pytest.fixture(scope="session", autouse=True)
def _begin_early(request) -> None:
    """Where a test will ask for the whole installer, the first test here sets it going."""
    if any("whole_installer" in item.fixturenames for item in request.session.items):
        with suppress(pytest.skip.Exception):
            request.getfixturevalue("whole_installer")


@pytest.fixture(scope="session")
def wine(tmp_path_factory) -> Iterator[Wine]:
    """A PC without anything of ours."""
    need(WINE.exists() and shims.UCRT.exists(), "Wine (wine, wine64)")
    need(shims.is_installed(), "the compiler for Windows (gcc-mingw-w64-x86-64-win32)")
    need(shutil.which("localedef") and Path("/usr/share/i18n/locales/zh_CN").exists(), "locales")
    running = Wine(tmp_path_factory.mktemp("wine"))
    yield running
    running.close()


@pytest.fixture(scope="session")
def installed(wine: Wine, bundle: Path) -> Wine:
    """The PC with the bundle where the settings look for it."""
    shutil.copytree(bundle, wine.path(RUNTIME))
    return wine


@pytest.fixture(scope="session")
def excel(installed: Wine) -> Iterator[Excel]:
    """An Excel that has called nothing yet."""
    running = Excel(installed)
    yield running
    running.close()


@pytest.fixture(scope="session")
def standin() -> Path:
    """The stand-in for python.org's Python, as a zip."""
    need(shims.is_installed(), "the compiler for Windows (gcc-mingw-w64-x86-64-win32)")
    return make_standin(ROOT / "build-out")[0]


@pytest.fixture(scope="session")
def setups(standin, tmp_path_factory) -> dict[str, Path]:
    """Installers with a small runtime: an older version, a newer one, two that fail their own test, one but once."""
    need(shutil.which(MAKENSIS), "makensis (nsis)")
    work = tmp_path_factory.mktemp("setups")
    good = small_runtime(standin, work / "good")
    bad, slow = (small_runtime(standin, work / fault, fault) for fault in ("broken", "scanned"))
    wanted = {"old": (good, "1.0.0"), "new": (good, "1.1.0"), "broken": (bad, "1.2.0"), "scanned": (slow, "1.3.0")}
    with ThreadPoolExecutor() as maker:
        made = {
            name: maker.submit(make_installer, each, work, number=number) for name, (each, number) in wanted.items()
        }
    return {name: each.result() for name, each in made.items()}


@pytest.fixture(scope="session")
def staff_pc(standin, tmp_path_factory) -> Iterator[Pc]:
    """A PC for installing on, with nothing else going on."""
    need(WINE.exists() and shims.UCRT.exists(), "Wine (wine, wine64)")
    need(shutil.which("localedef") and Path("/usr/share/i18n/locales/zh_CN").exists(), "locales")
    running = Wine(tmp_path_factory.mktemp("staff"), runs_32_bit=True)  # the installer that ships is such a program
    yield Pc(running, standin, USER)
    running.close()


@pytest.fixture
def pc(staff_pc: Pc) -> Iterator[Pc]:
    """The same PC, with nothing left of the test before."""
    yield staff_pc
    staff_pc.clear()


@pytest.fixture(scope="session")
def _rare_staff_pc(standin, tmp_path_factory) -> Iterator[Pc]:
    need(WINE.exists() and shims.UCRT.exists(), "Wine (wine, wine64)")
    need(shutil.which("localedef") and Path("/usr/share/i18n/locales/zh_CN").exists(), "locales")
    running = Wine(tmp_path_factory.mktemp("rare"), user=RARE, runs_32_bit=True)
    yield Pc(running, standin, RARE)
    running.close()


@pytest.fixture
def rare_pc(_rare_staff_pc: Pc) -> Iterator[Pc]:
    """The PC of a person whose name the code page lacks: her own folder cannot hold the program."""
    yield _rare_staff_pc
    _rare_staff_pc.clear()
