"""Whatever happens while saving, a whole file lies on disk, the old one or the new one, and the message says why."""

import errno
import os
import re
import stat
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from jixiao.engines.save import save_file, write_whole
from jixiao.errors import SaveError
from tests.engines.files import backups, leftovers


def nothing(_path: Path) -> None:
    pass


@pytest.fixture
def target(tmp_path):
    path = tmp_path / "绩效 考核'.xlsm"
    path.write_bytes(b"old")
    return path


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
