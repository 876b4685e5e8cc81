"""A fresh twin for every test."""

from pathlib import Path

import pytest

from tests.office.office import Office
from tests.twin.make import make_twin
from tests.twin.steps import Play, played


@pytest.fixture
def play(office: Office, tmp_path: Path) -> Play:
    """Do steps in a fresh twin and give what each step answers."""
    twin = make_twin(tmp_path / "twin.xlsm")
    return lambda steps: played(office, twin, steps)
