"""The extension built once, and a user who has installed it with a Calc running."""

from pathlib import Path

import pytest

from addin.build.oxt.carried import Target
from addin.build.oxt.package import make_extension
from tests.calc.installed import Calc, Typing, User
from tests.conftest import need
from tests.office.office import SYSTEM_PYTHON


@pytest.fixture(scope="session")
def extension(tmp_path_factory) -> Path:
    """The .oxt for the Python that LibreOffice runs here."""
    need(Path(SYSTEM_PYTHON).exists(), "the system's Python, which LibreOffice runs")
    return make_extension(tmp_path_factory.mktemp("oxt"), Target.of(SYSTEM_PYTHON))


@pytest.fixture(scope="session")
def user(extension, soffice, tmp_path_factory) -> User:
    """An ordinary user with the extension installed."""
    somebody = User(tmp_path_factory.mktemp("user") / "home")
    somebody.unopkg("add", "--suppress-license", str(somebody.own(extension)))
    return somebody


@pytest.fixture(scope="session")
def calc(user):
    """The user's LibreOffice, running without a window."""
    running = Calc(user)
    yield running
    running.close()


@pytest.fixture
def typing(calc):
    """A new sheet to type into."""
    sheet = Typing(calc)
    yield sheet
    sheet.document.close(True)
