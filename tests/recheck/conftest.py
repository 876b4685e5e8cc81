"""One LibreOffice for all tests here, and the example scored once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import need
from tests.recheck.office import Office
from tests.recheck.sheet import score
from tests.workbooks import EXAMPLE


@pytest.fixture(scope="session")
def office(soffice: str) -> Iterator[Office]:
    """A running LibreOffice, stopped at the end."""
    need(shutil.which("/usr/bin/python3"), "the system's Python with uno")
    running = Office(soffice)
    yield running
    running.close()


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as the program scores it."""
    file = tmp_path_factory.mktemp("示例") / "绩效考核.xlsm"
    shutil.copy(EXAMPLE, file)
    return score(file)
