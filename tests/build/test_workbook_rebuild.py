"""The committed files are what the sources build: nobody edited one by hand, and no build depends on the day."""

from pathlib import Path

import pytest

from .workbook_files import ADDIN, BOOK_IDS, BOOKS, PACKAGED, ROOT, build_into, fresh_build, parts

FILES, FILE_IDS = (*BOOKS, ADDIN), (*BOOK_IDS, "add-in")


@pytest.mark.parametrize("book", FILES, ids=FILE_IDS)
def test_committed_workbook_is_current(book: Path) -> None:
    """Same entry names in the same order with the same uncompressed bytes; run `python -m addin.build` if not."""
    committed, rebuilt = parts(book), parts(fresh_build() / book.relative_to(ROOT))
    assert [name for name, _ in committed] == [name for name, _ in rebuilt]
    assert [name for (name, old), (_, new) in zip(committed, rebuilt, strict=True) if old != new] == []


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_packaged_copy_is_the_same_file(book: Path) -> None:
    """What travels inside the wheel is what stands in workbook/."""
    assert PACKAGED[book].read_bytes() == book.read_bytes()


def test_two_builds_are_byte_identical(tmp_path: Path) -> None:
    """No time stamp, no random id, no set order gets into the files."""
    build_into(tmp_path)
    for book in FILES:
        name = book.relative_to(ROOT)
        assert (tmp_path / name).read_bytes() == (fresh_build() / name).read_bytes()
