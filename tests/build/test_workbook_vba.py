"""The VBA project: what is in the files is what stands in addin/vba, shaped as in workbooks that Excel opens."""

import re
import struct
import zipfile
from pathlib import Path

import pytest
import xlwings
from oletools.olevba import VBA_Parser
from pyopenvba.cfb import CFB
from pyopenvba.vba import CLASS_MODULE_CLSID, compress, decompress, parse_vba_project

from addin.build import udfs
from addin.build.udfs import WRAPPERS, make_wrappers
from addin.build.vba import make_project, module_sources
from jixiao import functions

from .workbook_files import ADDIN, BOOK_IDS, BOOKS, ROOT, TEMPLATE

SOURCES = ROOT / "addin/vba"
FILES, FILE_IDS = (*BOOKS, ADDIN), (*BOOK_IDS, "add-in")
KNOWN = tuple(sorted(Path(xlwings.__file__).parent.glob("quickstart*.xl?m")))
REFERENCES = {0x000D, 0x000E, 0x0016, 0x002F, 0x0030, 0x0033, 0x003E}


def body(source: str) -> str:
    """A module without what the editor does not show: its attributes, and how a class begins in a file."""
    lines = source.replace("\r\n", "\n").split("\n")
    lines = lines[lines.index("END") + 1 :] if lines[0].startswith("VERSION ") else lines
    return "\n".join(line for line in lines if not line.startswith("Attribute ")).strip()


@pytest.mark.parametrize("path", sorted(SOURCES.iterdir()), ids=lambda path: path.name)
def test_sources_are_ascii(path: Path) -> None:
    """Excel's code page would turn anything else into question marks without a word."""
    assert path.read_bytes().isascii()


def test_wrappers_are_current() -> None:
    """The committed wrappers are what is made of the functions today: python -m addin.build.udfs."""
    assert stale_wrappers() == []


@pytest.mark.parametrize(
    ("before", "after", "stale"),
    [
        ("REVIEW(reviews: Cells, ", "REVIEW(reviews: Cells, years: Cells, ", ["JIXIAO_REVIEW"]),
        ("REVIEW(reviews: Cells, ", "REVIEW(reviews: Cells | None = None, ", ["JIXIAO_REVIEW"]),
        ("JIXIAO_RANK(", "JIXIAO_RANKS(", ["JIXIAO_RANK", "JIXIAO_RANKS"]),
        ('"""', '"""Said otherwise: ', []),
    ],
    ids=["an argument more", "an argument no longer needed", "another name", "another docstring"],
)
def test_wrappers_of_other_functions_are_stale(
    before: str, after: str, stale: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = Path(functions.__file__).read_text(encoding="utf-8").replace(before, after, 1)
    assert after in changed
    (tmp_path / "functions_changed.py").write_text(changed, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.syspath_prepend(tmp_path)
        patched.setattr(udfs, "MODULE", "functions_changed")
        others = udfs.load_functions()
    monkeypatch.setattr(udfs, "load_functions", lambda: others)
    assert stale_wrappers() == stale


def stale_wrappers() -> list[str]:
    """The functions whose committed wrapper is not what the generator makes; "" for what stands above them."""
    committed, made = wrappers(WRAPPERS.read_text(encoding="ascii")), wrappers(make_wrappers())
    return sorted(name for name in committed.keys() | made.keys() if committed.get(name) != made.get(name))


def wrappers(source: str) -> dict[str, str]:
    head, *found = re.split("^(?=Public Function )", source, flags=re.MULTILINE)
    return {"": head} | {wrapper.removeprefix("Public Function ").partition("(")[0]: wrapper for wrapper in found}


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_modules_are_the_sources(book: Path) -> None:
    """What a virus scanner reads out of the file is, module by module, what stands in the repository."""
    assert strange_modules(book.name, book.read_bytes()) == []


def test_a_module_that_is_not_its_source_is_found() -> None:
    names = ["shtFront", "shtTexts"]
    sources = module_sources(names)
    planted = make_project(names, sources | {"JxRibbon": sources["JxRibbon"] + "' one line more\r\n"})
    assert strange_modules("vbaProject.bin", planted) == ["JxRibbon"]
    more = make_project(names, sources | {"JxMore": 'Attribute VB_Name = "JxMore"\r\n'})
    assert strange_modules("vbaProject.bin", more) == ["JxMore"]


def strange_modules(name: str, raw: bytes) -> list[str]:
    """The modules that differ from their source, or have none; those that are missing too."""
    parser = VBA_Parser(name, data=raw)
    try:
        found = {name.rpartition(".")[0]: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()
    ours = {path.stem: body(path.read_text(encoding="ascii")) for path in SOURCES.iterdir()}
    strange = sorted(ours.keys() - found.keys())
    for module, code in found.items():
        # A sheet's module is there because Excel wants one, and empty.
        if body(code) != ours.get(module, "" if module.startswith("sht") else None):
            strange.append(module)
    return strange


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_excel_compiles_from_source(book: Path) -> None:
    """No compiled code of some other Excel version: the cache says so (MS-OVBA 2.3.4.1)."""
    assert container(book).get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("CC61FFFF000000")


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_streams_have_the_shape_excel_knows(book: Path) -> None:
    """Record by record, the directory is built as in workbooks that Excel wrote (they travel with xlwings)."""
    assert shape_faults(container(book)) == []


def test_a_stream_of_another_shape_is_found() -> None:
    def planted(storage: str | None, stream: str, before: bytes, after: bytes) -> list[str]:
        project = container(TEMPLATE)
        if storage is None:
            raw = project.get_stream(stream)
            project.write_stream(stream, raw.replace(before, after, 1))
        else:
            raw = decompress(project.get_stream_in_storage(storage, stream))
            project.write_stream_in_storage(storage, stream, compress(raw.replace(before, after, 1)))
        assert before in raw
        return shape_faults(project)

    language = struct.pack("<HII", 0x0002, 4, 0x0409)
    assert planted("VBA", "dir", language, b"") == ["before the modules"]
    assert planted("VBA", "dir", struct.pack("<HI", 0x002B, 0), struct.pack("<HIHI", 0x0028, 0, 0x002B, 0)) == [
        "a module"
    ]
    assert planted("VBA", "dir", struct.pack("<HI", 0x0010, 0), b"") == ["after the modules"]
    assert planted(None, "PROJECT", b"HelpContextID=", b"HelpMaybe=") == ["properties"]


def shape_faults(project: CFB) -> list[str]:
    """Which parts of the directory and the PROJECT stream look like those of no workbook that Excel wrote."""
    ours, known = directory(project), [directory(CFB.from_bytes(vba_part(path))) for path in KNOWN]
    shapes = [properties(CFB.from_bytes(vba_part(path))) for path in KNOWN]
    as_known = {
        "before the modules": ours.head in [each.head for each in known],
        "a module": set(ours.modules) <= {shape for each in known for shape in each.modules},
        "after the modules": ours.tail in [each.tail for each in known],
        "properties": properties(project) <= set.union(*shapes),
    }
    return [part for part, same in as_known.items() if not same]


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_a_class_has_the_attributes_that_excel_gives_one(book: Path) -> None:
    """Without the right base Excel stops at the first `New`; a class that Excel wrote travels with xlwings."""
    known = next(each for path in KNOWN for each in classes(path).values())
    ours = classes(book)
    assert sorted(ours) == sorted(path.stem for path in SOURCES.glob("Jx*.cls"))
    told = "VB_Description"  # what its author says of it
    others = {"VB_Exposed"}  # whether other projects see it: ours need not
    for name, attributes in ours.items():
        assert attributes.keys() == known.keys() - {told}, name
        assert {key for key in attributes if attributes[key] != known[key]} <= {"VB_Name", *others}, name


def classes(book: Path) -> dict[str, dict[str, str]]:
    """The attributes of every class module, as they stand in the project."""
    modules = parse_vba_project(container(book)).modules
    found = [module for module in modules if CLASS_MODULE_CLSID in module.attribute_header]
    lines = {
        module.name: re.findall(r"^Attribute (\w+) = (.*?)\r?$", module.attribute_header, re.MULTILINE)
        for module in found
    }
    return {name: dict(attributes) for name, attributes in lines.items()}


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_only_the_workbooks_tab_steps_back(book: Path) -> None:
    """With both files open Excel may ask either one's macro: the add-in's tab must not hang on the answer."""
    with zipfile.ZipFile(book) as archive:
        ribbon = archive.read("customUI/customUI14.xml").decode("utf-8")
    assert ('getVisible="JxTabVisible"' in ribbon) is (book != ADDIN)


class Directory:
    """The records of a dir stream by their numbers: before, of, and after the modules."""

    def __init__(self, raw: bytes) -> None:
        """Read the records one after the other (MS-OVBA 2.3.4.2)."""
        records: list[int] = []
        at = 0
        while at < len(raw):
            number, size = struct.unpack_from("<HI", raw, at)
            records.append(number)
            # PROJECTVERSION says 4 but holds 6 bytes.
            at += 6 + (6 if number == 0x0009 else size)
        first = records.index(0x0019)
        self.head = tuple(number for number in records[:first] if number not in REFERENCES)
        self.modules = tuple(self._split(records[first:]))
        self.tail = tuple(records[max(at for at, number in enumerate(records) if number == 0x002B) + 1 :])

    @staticmethod
    def _split(records: list[int]) -> list[tuple[int, ...]]:
        starts = [at for at, number in enumerate(records) if number == 0x0019]
        ends = [at + 1 for at, number in enumerate(records) if number == 0x002B]
        return [tuple(records[start:end]) for start, end in zip(starts, ends, strict=True)]


def directory(project: CFB) -> Directory:
    return Directory(decompress(project.get_stream_in_storage("VBA", "dir")))


def container(book: Path) -> CFB:
    return CFB.from_bytes(vba_part(book))


def vba_part(book: Path) -> bytes:
    with zipfile.ZipFile(book) as archive:
        return archive.read("xl/vbaProject.bin")


def properties(project: CFB) -> set[str]:
    """The properties of the PROJECT stream; below the first bracket stand the windows of the modules."""
    text: str = project.get_stream("PROJECT").decode("cp1252")
    return {line.partition("=")[0] for line in text.partition("[")[0].split()}
