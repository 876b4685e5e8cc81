"""The extension built once, and a user who has installed it with a Calc running."""

from pathlib import Path

import pytest

from addin.build.oxt.carried import Target
from addin.build.oxt.package import make_extension
from tests.conftest import need
from tests.extension.installed import Calc, Typing, User
from tests.office.office import SYSTEM_PYTHON


@pytest.fixture(scope="session")
def extension(tmp_path_factory) -> Path:
    """The .oxt for the Python that LibreOffice runs here."""
    need(Path(SYSTEM_PYTHON).exists(), "the system's Python, which LibreOffice runs")
    return make_extension(tmp_path_factory.mktemp("oxt"), Target.of(SYSTEM_PYTHON))


@pytest.fixture(scope="session")
def user(extension, new_user) -> User:
    """An ordinary user with the extension installed."""
    somebody: User = new_user()
    somebody.unopkg("add", "--suppress-license", str(somebody.own(extension)))
    return somebody


@pytest.fixture(scope="session")
def new_user(soffice):
    """Makes users of this machine, who have a home for as long as the tests run."""
    users: list[User] = []

    def make() -> User:
        users.append(User())
        return users[-1]

    yield make
    for each in users:
        each.leave()


@pytest.fixture(scope="session")
def colleague(user, new_user) -> User:
    """Another user with the extension, whose profile no LibreOffice has open yet."""
    somebody: User = new_user()
    assert user.start("cp", "-a", str(user.profile), str(somebody.profile)).wait(60) == 0
    (somebody.profile / ".lock").unlink(missing_ok=True)
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
