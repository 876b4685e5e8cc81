"""A full disk at every write, disks and folders that cannot be written: nothing lost, and the message says which."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests.checks.plant import town_file
from tests.hostile.warm import Warm, state

PAGE = 4096
NOBODY = 65534


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    """A small disk of its own; only root may have one."""
    folder.mkdir(parents=True, exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("no right to mount a disk: test_a_write_that_fails_anywhere stands in")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that other users can reach."""
    folder = Path(mkdtemp(prefix="jixiao-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)


def put_town(folder: Path) -> Path:
    path = folder / "年.xlsm"
    path.write_bytes(town_file().read_bytes())
    return path


def judge(answer, path: Path, old: bytes, new: bytes) -> bool:
    """Old or new, whole, nothing lying about; returns whether it was saved."""
    left = {found.name for found in path.parent.rglob("*") if found.is_file()} - {"ballast"}
    backups = [found.read_bytes() for found in (path.parent / "备份").glob("*")]
    if answer.code == 0:
        answer.done()
        assert path.read_bytes() == new
        assert backups == [old]
        return True
    answer.refused("磁盘空间不足", "年.xlsm")
    assert path.read_bytes() == old
    assert left == {path.name}, left
    return False


def test_a_full_disk_at_every_write(warm: Warm, tmp_path: Path, full: bool):
    """Protects the file when the disk has room for 0, 1, 2 … pages more: every write fails once."""
    old = town_file().read_bytes()
    saved = []
    with mounted(tmp_path / "盘", "size=2m"):
        folder = tmp_path / "盘"
        path = put_town(folder)
        warm.run("score", path).done()
        new = path.read_bytes()
        pages = 2 * (len(old) + len(new)) // PAGE
        for room in range(0, pages, 1 if full else 4):
            for found in [path for path in folder.rglob("*") if path.is_file()]:
                found.unlink()
            put_town(folder)
            disk = os.statvfs(folder)
            (folder / "ballast").write_bytes(bytes(max(0, disk.f_bfree - room) * PAGE))
            saved.append(judge(warm.run("score", path), path, old, new))
    assert {saved[0], saved[-1]} == {False, True}


def test_a_disk_that_takes_no_more_files(warm: Warm, tmp_path: Path):
    """Protects the file when it is not room but names that run out: folder, copy and backup each need one."""
    old = town_file().read_bytes()
    new = None
    saved = []
    with mounted(tmp_path / "盘", "size=2m,nr_inodes=40"):
        folder = tmp_path / "盘"
        for room in (20, 0, 1, 2, 3, 4, 5):
            for found in sorted(folder.rglob("*"), reverse=True):
                found.rmdir() if found.is_dir() else found.unlink()
            path = put_town(folder)
            for number in range(os.statvfs(folder).f_ffree - room):
                (folder / f"{number}.ballast").touch()
            answer = warm.run("score", path)
            for found in folder.glob("*.ballast"):
                found.unlink()
            new = new or path.read_bytes()
            saved.append(judge(answer, path, old, new))
    assert saved[0]
    assert not saved[1]


def test_a_full_backup_folder_is_named(warm: Warm, tmp_path: Path):
    """Protects against saving without a backup: where 备份 is full (a disk of its own), the message says so."""
    path = put_town(tmp_path)
    old = path.read_bytes()
    with mounted(tmp_path / "备份", "size=16k"):
        (tmp_path / "备份" / "别人的.txt").write_bytes(bytes(9000))
        warm.run("score", path).refused("磁盘空间不足", "备份")
        assert [found.name for found in (tmp_path / "备份").iterdir()] == ["别人的.txt"]
    assert path.read_bytes() == old


@pytest.mark.parametrize("where", ["", "备份"])
def test_a_disk_mounted_read_only(warm: Warm, tmp_path: Path, where):
    """Protects against a half word when the disk, or the one of 备份, is read-only: said so, nothing written."""
    folder = tmp_path / "盘" if where == "" else tmp_path
    with mounted(tmp_path / (where or "盘"), "size=2m"):
        path = put_town(folder)
        target = tmp_path / (where or "盘")
        subprocess.run(["mount", "-o", "remount,ro", str(target)], check=True)
        before = state(folder)
        warm.run("score", path).refused("只读", *([where] if where else []))
        assert state(folder) == before


LIMIT = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))"


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9, 0.999, 1.5])
@pytest.mark.parametrize("place", ["in", "out"])
def test_a_write_that_fails_anywhere(warm: Warm, town: Path, share, place):
    """Protects where no disk can be mounted: the system refuses a file longer than a limit, in the middle of it."""
    old = town.read_bytes()
    out = town.with_name("出.xlsm")
    options = ["-o", out] if place == "out" else []
    answer = warm.run("score", town, *options, setup=LIMIT.format(size=int(share * len(old))))
    if share > 1:
        answer.done()
        return
    answer.well_behaved()
    assert answer.code == 2
    assert town.read_bytes() == old
    assert [path.name for path in town.parent.rglob("*") if path.is_file()] == [town.name]


def test_no_room_for_the_json(warm: Warm, town: Path, tmp_path: Path):
    """Protects against half a job: exit 2 means that nothing was written, the workbook neither."""
    before = town.read_bytes()
    with mounted(tmp_path / "盘", "size=4k"):
        (tmp_path / "盘" / "ballast").write_bytes(bytes(PAGE))
        answer = warm.run("score", town, "--json", tmp_path / "盘" / "果.json").well_behaved()
    assert answer.code == 2
    assert "工作簿没有改动" in answer.err
    assert town.read_bytes() == before
    assert not (town.parent / "备份").exists()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody with fewer rights")
class TestRights:
    """Somebody who may not write there."""

    @pytest.mark.parametrize("place", ["in", "out"])
    def test_a_folder_nobody_may_write(self, warm: Warm, open_folder: Path, place):
        """Protects against leftovers and a false "done" in a read-only folder."""
        path = put_town(open_folder)
        path.chmod(0o666)
        before = state(open_folder)
        options = ["-o", open_folder / "出.xlsm"] if place == "out" else []
        warm.run("score", path, *options, user=NOBODY).refused(
            "没有权限写入", "年.xlsm" if place == "in" else "出.xlsm"
        )
        assert state(open_folder) == before

    def test_a_file_nobody_may_read(self, warm: Warm, open_folder: Path):
        """Protects against a trace where the file may not even be read."""
        path = put_town(open_folder)
        path.chmod(0o600)
        warm.run("score", path, user=NOBODY).refused("读不了")

    def test_a_backup_folder_nobody_may_write(self, warm: Warm, open_folder: Path):
        """Protects the rule that nothing is replaced without a backup: the message names 备份."""
        path = put_town(open_folder)
        path.chmod(0o666)
        open_folder.chmod(0o777)
        (open_folder / "备份").mkdir(mode=0o755)
        before = state(open_folder)
        warm.run("score", path, user=NOBODY).refused("没有权限写入“备份”文件夹")
        assert state(open_folder) == before


def test_a_read_only_file(warm: Warm, town: Path):
    """Protects a file its owner marked read-only, even from root; another name is still possible."""
    town.chmod(0o444)
    before = state(town.parent)
    warm.run("score", town).refused("只读文件")
    assert state(town.parent) == before
    warm.run("score", town, "-o", town.with_name("出.xlsm")).done()


def test_a_file_in_the_place_of_the_backups(warm: Warm, town: Path):
    """Protects somebody's file called 备份, and the workbook: the message says what is in the way."""
    (town.parent / "备份").write_bytes("别人的".encode())
    before = state(town.parent)
    warm.run("score", town).refused("备份", "一个文件")
    assert state(town.parent) == before
