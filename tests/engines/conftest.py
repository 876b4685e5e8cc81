"""What the engine tests share."""

import os
from pathlib import Path

import pytest

from jixiao.engines import libreoffice
from jixiao.engines.file import open_book


@pytest.fixture
def kills(full):
    """How often a saving process is killed."""
    return 300 if full else 5


def corpus_folder() -> Path:
    """Where the hostile workbooks lie: JIXIAO_CORPUS, or beside the checkout."""
    given = os.environ.get("JIXIAO_CORPUS")
    return Path(given) if given else Path(__file__).parents[3] / "shared" / "corpus"


@pytest.fixture(params=["file", "libreoffice"])
def open_engine_book(request):
    """Opens a path with one engine after another; a driver for another program adds itself to the parameters."""
    if request.param == "libreoffice":
        request.getfixturevalue("calc")
        return libreoffice.open_book
    return open_book


@pytest.fixture(scope="session")
def calc(soffice):
    """A LibreOffice of the engine's own, stopped at the end."""
    yield
    libreoffice.quit_office()
