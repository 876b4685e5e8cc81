"""Saving an open workbook: in place or elsewhere, again after a failure, checked after writing, whole when killed."""

import os
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from jixiao.engines import save
from jixiao.engines.file import open_book
from jixiao.errors import SaveError, WorkbookError
from tests.engines import files
from tests.engines.files import backups, leftovers


def book_file(path: Path) -> Path:
    return files.make(path, lambda book: book.add_worksheet("表").write("A1", 1))


def test_saving_in_place_backs_up_and_goes_on(tmp_path):
    path = book_file(tmp_path / "年.xlsx")
    original = path.read_bytes()
    with open_book(path) as book:
        for number in (2, 3):
            book.sheets["表"].range("A1").value = number
            book.save()
        book.save()
    assert len(backups(path)) == 2
    assert original in [backup.read_bytes() for backup in backups(path)]
    with open_book(path) as book:
        assert book.sheets["表"].range("A1").value == 3


def test_a_workbook_somebody_else_saved_meanwhile_is_left_alone(tmp_path):
    path = book_file(tmp_path / "年.xlsx")
    with open_book(path) as ours, open_book(path) as theirs:
        theirs.sheets["表"].range("A1").value = "他"
        theirs.save()
        ours.sheets["表"].range("A1").value = "我"
        with pytest.raises(SaveError, match="又被别人改过"):
            ours.save()
        ours.save(tmp_path / "另存.xlsx")
    with open_book(path) as book:
        assert book.sheets["表"].range("A1").value == "他"


def test_a_source_that_was_bad_all_along_is_named(tmp_path):
    path = book_file(tmp_path / "年.xlsx")
    raw = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        raw[archive.getinfo("docProps/app.xml").header_offset + 60] ^= 1
    path.write_bytes(bytes(raw))
    with open_book(path) as book:
        book.sheets["表"].range("A1").value = 2
        with pytest.raises(WorkbookError, match=r"docProps/app\.xml"):
            book.save()
    assert path.read_bytes() == raw


def test_saving_to_another_path_leaves_the_source(tmp_path):
    path, other = book_file(tmp_path / "年.xlsx"), tmp_path / "出.xlsx"
    original = path.read_bytes()
    with open_book(path) as book:
        book.save(other)
        assert other.read_bytes() == original
        assert book.fullname == str(other)
    with open_book(path) as book:
        book.sheets["表"].range("A1").value = 2
        book.save(str(other))
    assert path.read_bytes() == original
    assert [backup.read_bytes() for backup in backups(other)] == [original]
    with open_book(other) as book:
        assert book.sheets["表"].range("A1").value == 2


def test_saving_to_ones_own_path_by_another_name_is_in_place(tmp_path):
    path = book_file(tmp_path / "年.xlsx")
    with open_book(path) as book:
        book.save(tmp_path / ".." / tmp_path.name / "年.xlsx")
    assert backups(path) == []


def test_another_suffix_is_refused(tmp_path):
    with open_book(book_file(tmp_path / "年.xlsx")) as book, pytest.raises(SaveError, match=r"\.xlsx 结尾"):
        book.save(tmp_path / "年.xlsm")


def test_a_book_whose_save_failed_can_be_saved_later(tmp_path):
    path = book_file(tmp_path / "年.xlsx")
    owner = path.with_name("~$年.xlsx")
    with open_book(path) as book:
        book.sheets["表"].range("A1").value = 2
        owner.write_bytes(b"")
        with pytest.raises(SaveError):
            book.save()
        owner.unlink()
        book.save()
    with open_book(path) as book:
        assert book.sheets["表"].range("A1").value == 2


@pytest.mark.parametrize("damage", ["lose a part", "change a cell", "cut", "flip a bit"])
def test_a_badly_written_file_is_noticed(tmp_path, monkeypatch, damage):
    """The check after writing sees what a faulty writer or disk would do."""
    path = book_file(tmp_path / "年.xlsx")
    original = path.read_bytes()
    real = save._write_new

    def faulty(temporary, content):
        if temporary.parent == path.parent:
            temporary.write_bytes(content)
            if damage == "cut":
                temporary.write_bytes(content[:-30])
            elif damage == "flip a bit":
                with zipfile.ZipFile(temporary) as archive:
                    at = archive.getinfo("docProps/app.xml").header_offset + 60
                temporary.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            elif damage == "lose a part":
                files.patch(temporary, {"docProps/core.xml": None})
            else:
                files.patch(temporary, {files.SHEET1: lambda xml: xml.replace("<v>2</v>", "<v>3</v>")})
        else:
            real(temporary, content)

    monkeypatch.setattr(save, "_write_new", faulty)
    with open_book(path) as book:
        book.sheets["表"].range("A1").value = 2
        with pytest.raises(SaveError, match="没有通过核对"):
            book.save()
    assert path.read_bytes() == original
    assert leftovers(tmp_path) == []


SAVER = """
import sys
from jixiao.engines.file import open_book
for number in range(10_000):
    with open_book(sys.argv[1]) as book:
        book.sheets["表"].range("A1:T50").value = [[number * 1000 + at for at in range(20)]] * 50
        print(number, flush=True)
        book.save()
"""


def test_killed_at_any_moment_the_file_is_whole(tmp_path, kills):
    path = book_file(tmp_path / "年.xlsx")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    for attempt in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-c", SAVER, str(path)],
            stdout=subprocess.PIPE,
            env=environment,
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.0007 * (attempt % 97))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        with open_book(path) as book:
            values = {value for row in book.sheets["表"].range("A1:T50").value for value in row}
            assert len({value // 1000 for value in values if value is not None}) == 1
        for leftover in tmp_path.rglob("*.tmp"):
            leftover.unlink()
