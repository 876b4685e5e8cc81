"""What the hostile tests share: a warm command line, and a small valid year with its known answer."""

from pathlib import Path

import pytest

from tests.checks.plant import check_figures, town_file
from tests.hostile.warm import Warm


@pytest.fixture(scope="session")
def warm():
    """Runs `jixiao` in a forked child."""
    service = Warm()
    yield service
    service.close()


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A small valid year in a folder of its own."""
    folder = tmp_path / "镇"
    folder.mkdir()
    path = folder / "年.xlsm"
    path.write_bytes(town_file().read_bytes())
    return path


def right(answer: dict) -> dict:
    """The JSON of a town whose figures are as worked by hand."""
    check_figures(answer, {})
    return answer
