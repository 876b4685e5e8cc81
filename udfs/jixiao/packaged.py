"""The workbooks that travel inside the package."""

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

TEMPLATE, EXAMPLE = "template.xlsm", "example.xlsm"


def packaged(name: str) -> AbstractContextManager[Path]:
    """A packaged workbook as a file for as long as the context lasts; it is never to be written."""
    return as_file(files("jixiao").joinpath("data", name))
