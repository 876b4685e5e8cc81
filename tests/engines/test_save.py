"""Whatever happens while saving, a whole file lies on disk, the old one or the new one, and the message says why."""

import errno
import os
import re
import signal
import stat
import subprocess
import sys
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from jixiao.engines import save
from jixiao.engines.file import open_book
from jixiao.engines.save import save_file, write_whole
from jixiao.errors import SaveError, WorkbookError
from tests.engines import files


def nothing(_path: Path) -> None:
    pass


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.tmp")]


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "绩效 考核'.xlsm"
    path.write_bytes(b"old")
    return path


def backups(target: Path) -> list[Path]:
    folder = target.parent / "备份"
    return sorted(folder.iterdir()) if folder.exists() else []


def test_the_old_file_goes_to_the_backup_folder(target):
    backup = save_file(target, b"new", verify=nothing, expected=b"old")
    assert target.read_bytes() == b"new"
    assert backup is not None
    assert backup.read_bytes() == b"old"
    assert backups(target) == [backup]
    assert re.fullmatch(r"绩效 考核'-\d{8}-\d{6}\.xlsm", backup.name)
    assert leftovers(target.parent) == []


def test_everything_is_on_disk_before_it_takes_a_name(target, monkeypatch):
    """What a power cut must not undo: content first, then the name, then the folder."""
    seen = []
    real_sync, real_replace, real_link = os.fsync, Path.replace, Path.hardlink_to

    def sync(descriptor):
        seen.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        return real_sync(descriptor)

    def replace(path, other):
        seen.append("rename")
        return real_replace(path, other)

    def link(path, other):
        seen.append("link")
        return real_link(path, other)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(Path, "hardlink_to", link)
    save_file(target, b"new", verify=nothing, expected=b"old")
    assert seen == ["file", "file", "link", "folder", "rename", "folder"]


def test_a_second_saver_is_turned_away(target):
    def second(_path):
        with pytest.raises(SaveError, match="另一个程序保存"):
            save_file(target, b"second", verify=nothing, expected=b"old")

    save_file(target, b"first", verify=second, expected=b"old")
    assert target.read_bytes() == b"first"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows 上不用文件锁")
@pytest.mark.parametrize("code", [errno.EBADF, errno.ENOLCK, errno.ENOTSUP])
def test_a_network_folder_without_locks_is_saved_to_all_the_same(target, monkeypatch, code):
    def refuse(_stream, _how):
        raise OSError(code, "no locks here")

    monkeypatch.setattr("fcntl.flock", refuse)
    save_file(target, b"new", verify=nothing, expected=b"old")
    assert target.read_bytes() == b"new"


def test_a_new_file_needs_no_backup(tmp_path):
    target = tmp_path / "新.xlsm"
    assert save_file(target, b"new", verify=nothing, expected=None) is None
    assert target.read_bytes() == b"new"
    assert not (tmp_path / "备份").exists()


def test_a_file_without_backup_is_replaced_whole_or_not_at_all(target, monkeypatch):
    """Who reads it meanwhile, or after a power cut, finds the old text or the new one."""
    with target.open("rb") as reader:
        write_whole(target, b"new")
        assert reader.read() == b"old"
    assert target.read_bytes() == b"new"

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="full"):
        write_whole(target, b"newer")
    assert target.read_bytes() == b"new"
    assert [path.name for path in target.parent.iterdir() if path.suffix != ""] == [target.name]


def test_a_file_without_backup_keeps_its_rights_and_the_link_to_it(target):
    target.chmod(0o640)
    link = target.with_name("链接.json")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    target.chmod(0o440)
    with pytest.raises(PermissionError):
        write_whole(link, b"newer")
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_a_pipe_is_written_to(tmp_path):
    pipe = tmp_path / "管道"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    write_whole(pipe, b"new")
    assert reader.communicate(timeout=30)[0] == b"new"
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_backups_of_one_second_get_numbers_and_ten_are_kept(target):
    folder = target.parent / "备份"
    folder.mkdir()
    strangers = [
        "别的-20240101-000000.xlsm",
        "绩效 考核'-20240101-000000.xlsx",
        "绩效 考核'-20240101.xlsm",
        "绩效 考核'-20240101-000000-留.xlsm",
        "绩效 考核'-总-20240101-000000.xlsm",
        "说明.txt",
    ]
    for name in strangers:
        (folder / name).write_bytes(b"x")
    contents = [f"{number}".encode() for number in range(15)]
    target.write_bytes(contents[0])
    for old, new in pairwise(contents):
        save_file(target, new, verify=nothing, expected=old)
    ours = [path for path in backups(target) if path.name not in strangers]
    assert sorted(int(path.read_bytes()) for path in ours) == list(range(4, 14))
    assert {path.name for path in backups(target)} >= set(strangers)


def test_a_clock_set_back_does_not_cost_the_newest_backup(target):
    folder = target.parent / "备份"
    folder.mkdir()
    for day in range(1, 13):
        (folder / f"{target.stem}-209901{day:02}-000000.xlsm").write_bytes(b"future")
    backup = save_file(target, b"new", verify=nothing, expected=b"old")
    assert backup is not None
    assert backup.read_bytes() == b"old"
    assert len(backups(target)) == 10


def test_mode_and_links_are_kept(target):
    target.chmod(0o640)
    link = target.with_name("链接.xlsm")
    link.symlink_to(target)
    save_file(link, b"new", verify=nothing, expected=b"old")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


@pytest.mark.parametrize("owner", ["~${}", ".~{}", ".~lock.{}#"])
def test_a_file_open_elsewhere_is_left_alone(target, owner):
    target.with_name(owner.format(target.name)).write_bytes(b"")
    with pytest.raises(SaveError, match="正在 Excel、WPS 或别的程序中打开"):
        save_file(target, b"new", verify=nothing, expected=b"old")
    unchanged(target)


def test_a_file_changed_since_it_was_read_is_left_alone(target):
    with pytest.raises(SaveError, match="又被别人改过"):
        save_file(target, b"new", verify=nothing, expected=b"other")
    unchanged(target)


def test_a_file_changed_while_saving_is_left_alone(target):
    with pytest.raises(SaveError, match="又被别人改过"):
        save_file(target, b"new", verify=lambda _: target.write_bytes(b"theirs"), expected=b"old")
    assert target.read_bytes() == b"theirs"
    assert leftovers(target.parent) == []


def test_a_file_moved_away_is_said_so(target):
    target.unlink()
    with pytest.raises(SaveError, match="移走或改名"):
        save_file(target, b"new", verify=nothing, expected=b"old")
    assert list(target.parent.iterdir()) == []


def test_a_read_only_file_is_left_alone(target):
    target.chmod(0o444)
    with pytest.raises(SaveError, match="只读文件"):
        save_file(target, b"new", verify=nothing, expected=b"old")
    unchanged(target)


def test_what_does_not_verify_is_not_put_in_place(target):
    def doubt(_path):
        raise SaveError("不符")

    with pytest.raises(SaveError, match="不符"):
        save_file(target, b"new", verify=doubt, expected=b"old")
    unchanged(target)


def test_folders_that_cannot_take_the_file(tmp_path, target):
    with pytest.raises(SaveError, match="文件夹不存在"):
        save_file(tmp_path / "没有" / "x.xlsm", b"new", verify=nothing, expected=None)
    with pytest.raises(SaveError, match="文件夹不存在"):
        save_file(target / "x.xlsm", b"new", verify=nothing, expected=None)
    (tmp_path / "夹.xlsm").mkdir()
    with pytest.raises(SaveError, match="是文件夹"):
        save_file(tmp_path / "夹.xlsm", b"new", verify=nothing, expected=None)
    (tmp_path / "备份").write_bytes(b"a file in its place")
    with pytest.raises(SaveError):
        save_file(target, b"new", verify=nothing, expected=b"old")
    assert target.read_bytes() == b"old"


FAULTS = [
    (errno.ENOSPC, "磁盘空间不足"),
    (errno.EACCES, "没有权限写入"),
    (errno.EROFS, "只读"),
    (errno.EIO, "磁盘出错"),
]


@pytest.mark.parametrize(("code", "words"), FAULTS)
@pytest.mark.parametrize(
    ("call", "nth"),
    [(call, nth) for call in ("os.fsync", "pathlib.Path.open") for nth in (1, 2, 3)]
    + [("pathlib.Path.replace", 1), ("pathlib.Path.mkdir", 1)],
)
def test_a_failing_disk_leaves_the_old_file(target, monkeypatch, code, words, call, nth):
    """The nth use of a file operation fails: old or new file whole, nothing left lying about."""
    owner, name = (os, "fsync") if call == "os.fsync" else (Path, call.rsplit(".", 1)[1])
    real, count = getattr(owner, name), 0

    def failing(*args, **kwargs):
        nonlocal count
        count += 1
        if count == nth:
            raise OSError(code, os.strerror(code))
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, failing)
    said = None
    try:
        save_file(target, b"new", verify=nothing, expected=b"old")
    except SaveError as error:
        said = str(error)
    monkeypatch.undo()
    assert count >= nth
    assert target.read_bytes() == (b"new" if said is None else b"old")
    assert [path.read_bytes() for path in backups(target)] == ([b"old"] if said is None else [])
    assert said is None or words in said
    assert leftovers(target.parent) == []


def unchanged(target: Path) -> None:
    assert target.read_bytes() == b"old"
    assert leftovers(target.parent) == []
    assert backups(target) == []


# -- through the engine


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
