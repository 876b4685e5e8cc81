"""One LibreOffice for all tests here, and the example scored once."""

import shutil
from pathlib import Path

import pytest

from tests.recheck.sheet import score
from tests.workbooks import EXAMPLE


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as the program scores it."""
    file = tmp_path_factory.mktemp("示例") / "绩效考核.xlsm"
    shutil.copy(EXAMPLE, file)
    return score(file)
