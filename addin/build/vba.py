"""The VBA project, made from the plain text in addin/vba.

Excel's code page would silently turn Chinese in VBA into question marks, so the sources are pure ASCII.
"""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAModuleKind, compress, decompress
from xlsxwriter import Workbook

BOOK_NAME = "ThisWorkbook"
SOURCES = Path(__file__).resolve().parents[1] / "vba"
_CLASS = "VERSION "  # how a class begins where it is a file

# MS-OVBA 2.3.4.1: no performance cache, so Excel compiles from the source whatever its version.
_NO_CACHE = bytes.fromhex("CC61FFFF000000")
# MS-OVBA 2.3.4.2: the record that ends the directory, and its four empty bytes.
_TERMINATOR = bytes.fromhex("100000000000")


class SourceError(Exception):
    """A VBA source that must not go into the workbook."""


def read_source(path: Path) -> str:
    """The text of a VBA source with the line ends VBA wants; refuses anything but ASCII."""
    raw = path.read_bytes()
    if not raw.isascii():
        raise SourceError(f"{path.name}: VBA must be pure ASCII (use ChrW, or let the text come from Python)")
    return raw.decode("ascii").replace("\r\n", "\n").replace("\n", "\r\n")


def module_sources(code_names: Sequence[str]) -> dict[str, str]:
    """The source of every module of ours: the workbook's, classes, standard modules. Those of sheets stay empty."""
    return {path.stem: read_source(path) for path in sorted(SOURCES.iterdir())} | dict.fromkeys(code_names, "")


def make_project(code_names: Sequence[str], sources: Mapping[str, str] | None = None) -> bytes:
    """vbaProject.bin for a workbook whose sheets have these code names, in order; `sources` in place of our own."""
    sources = module_sources(code_names) if sources is None else sources
    with tempfile.TemporaryDirectory() as folder:
        bare, made = Path(folder) / "bare.xlsm", Path(folder) / "made.xlsm"
        book = Workbook(bare)
        book.set_vba_name(BOOK_NAME)
        for name in code_names:
            book.add_worksheet().set_vba_name(name)
        book.close()
        with ExcelFile(bare) as file:
            project = file.add_vba_project()
            present = set(project.module_names())
            for name, source in sources.items():
                if name in present:
                    file.set_module(name, source)
                else:
                    kind = VBAModuleKind.other if source.startswith(_CLASS) else VBAModuleKind.standard
                    project.add_module(name, source, kind=kind)
            file.save(made)
        with ExcelFile(made) as file:
            container = CFB.from_bytes(file.vba_project_bytes())
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    _end_directory(container)
    project_file: bytes = container.to_bytes()
    return project_file


def _end_directory(container: CFB) -> None:
    """The directory ends with its last record, as Excel writes it; pyOpenVBA leaves four bytes more."""
    raw = decompress(container.get_stream_in_storage("VBA", "dir"))
    last = raw.rindex(_TERMINATOR)
    container.write_stream_in_storage("VBA", "dir", compress(raw[: last + len(_TERMINATOR)]))
