"""Putting a file on disk so that whatever happens, what lies there is whole: the old one or the new one."""

import errno
import os
import re
import secrets
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from jixiao.errors import SaveError

if sys.platform != "win32":
    import fcntl

BACKUP_FOLDER = "备份"
KEPT_BACKUPS = 10

# What Excel, WPS and LibreOffice leave beside a workbook while it is open.
_OWNER_FILES = ("~${}", ".~{}", ".~lock.{}#")
_MAX_RIVALS = 100
_FULL = (errno.ENOSPC, errno.EDQUOT)


def save_file(
    target: Path,
    content: bytes,
    *,
    verify: Callable[[Path], None],
    expected: bytes | None,
) -> Path | None:
    """Replace `target` by `content`, atomically; the old file goes to `备份/` beside it.

    `verify` is given the finished temporary file and raises if it does not read back as wanted. `expected` is what
    the file held when it was read: if it holds something else now, nothing is replaced (None: whatever is there).
    Returns the backup, None when there was no file. Every failure is a SaveError and leaves `target` as it was.
    """
    target = Path(os.path.realpath(target))
    with _said_in_words(target), _alone(target):
        _check_free(target)
        old = _read_old(target, expected)
        temporary = _write_temporary(target, content)
        try:
            verify(temporary)
            backup = None if old is None else _back_up(target, old)
            _read_old(target, expected)
            _check_free(target)
            _put_in_place(temporary, target, backup)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    if backup is not None:
        _prune(target, keep=backup)
    return backup


@contextmanager
def _said_in_words(target: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError as error:
        raise SaveError(
            f"没有权限写入“{target.name}”，或它正被别的程序占用，请关闭该文件、检查文件夹权限后再试。",
        ) from error
    except OSError as error:
        if error.errno in _FULL:
            raise SaveError(f"磁盘空间不足，“{target.name}”没有保存，原文件未动，请清理磁盘后再试。") from error
        if error.errno == errno.EROFS:
            raise SaveError(f"“{target.name}”所在的磁盘是只读的，请换一个可以写入的文件夹。") from error
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            raise SaveError(f"要保存“{target.name}”的文件夹不存在，请先建好文件夹。") from error
        raise SaveError(f"保存“{target.name}”时磁盘出错，原文件未动，请换一个文件夹后再试。") from error


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep a second run of this program from saving the same file between our check and our replacing it.

    The lock is on the file that gets replaced: who waits for it finds another file in its place and stops. Windows
    needs none, it does not replace a file that is open.
    """
    if sys.platform == "win32" or not target.is_file():
        yield
        return
    with target.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SaveError(f"“{target.name}”正由另一个程序保存，没有保存，请稍后重新打开再试。") from error
        yield


def _check_free(target: Path) -> None:
    for pattern in _OWNER_FILES:
        owner = target.with_name(pattern.format(target.name))
        if owner.exists():
            raise SaveError(
                f"“{target.name}”正在 Excel、WPS 或别的程序中打开，请先关闭再试"
                f"（如确认没有打开，请删除同一文件夹里的“{owner.name}”）。",
            )


def _read_old(target: Path, expected: bytes | None) -> bytes | None:
    if target.is_dir():
        raise SaveError(f"“{target.name}”是文件夹，请换一个文件名。")
    try:
        old = target.read_bytes()
        mode = target.stat().st_mode
    except FileNotFoundError as error:
        if expected is None:
            return None
        raise SaveError(f"“{target.name}”已被移走或改名，没有保存，请找回后重新打开再试。") from error
    if expected is not None and old != expected:
        raise SaveError(f"“{target.name}”打开后又被别人改过，没有保存，请重新打开后再试。")
    # The owner may replace a read-only file all the same, and root anything: respect the mark.
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise SaveError(f"“{target.name}”是只读文件，没有保存，请取消只读或另存为别的文件名。")
    return old


def _write_temporary(target: Path, content: bytes) -> Path:
    temporary = target.with_name(f".{secrets.token_hex(8)}.jixiao.tmp")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        _write_new(temporary, content)
        if mode is not None:
            temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _put_in_place(temporary: Path, target: Path, backup: Path | None) -> None:
    try:
        temporary.replace(target)
    except OSError:
        # Nothing was replaced, so the old file needs no copy.
        if backup is not None:
            backup.unlink(missing_ok=True)
        raise


def _back_up(target: Path, old: bytes) -> Path:
    folder = target.parent / BACKUP_FOLDER
    folder.mkdir(exist_ok=True)
    temporary = folder / f".{secrets.token_hex(8)}.jixiao.tmp"
    try:
        _write_new(temporary, old)
        with suppress(OSError):  # the time of the backup is a nicety
            times = target.stat()
            os.utime(temporary, ns=(times.st_atime_ns, times.st_mtime_ns))
        backup = _reserve(target, folder)
        _put_in_place(temporary, backup, backup)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(folder)
    return backup


def _reserve(target: Path, folder: Path) -> Path:
    """A backup name nobody has, made ours by creating it."""
    moment = datetime.now().strftime("%Y%m%d-%H%M%S")  # noqa: DTZ005 - staff read the local time in the name
    # After the highest number of this second, never in a gap that pruning left: numbers tell the order.
    first = max((number for found, number, _ in _backups(target, folder) if found == moment), default=0) + 1
    for number in range(first, first + _MAX_RIVALS):
        tail = "" if number == 1 else f"-{number}"
        backup = folder / f"{target.stem}-{moment}{tail}{target.suffix}"
        with suppress(FileExistsError):
            backup.open("xb").close()
            return backup
    raise SaveError(f"“{BACKUP_FOLDER}”文件夹里同名的备份太多，没有保存，请稍后再试。")


def _prune(target: Path, *, keep: Path) -> None:
    """Leave the newest backups of this workbook; nothing whose name is not exactly ours is touched."""
    # The file itself is saved by now: a backup that cannot be listed or deleted is no failure.
    with suppress(OSError):
        others = [found for found in _backups(target, keep.parent) if found[2] != keep]
        for _, _, path in sorted(others, reverse=True)[KEPT_BACKUPS - 1 :]:
            path.unlink()


def _backups(target: Path, folder: Path) -> list[tuple[str, int, Path]]:
    """This workbook's backups: moment, number within the second, path."""
    pattern = re.compile(rf"{re.escape(target.stem)}-(\d{{8}}-\d{{6}})(?:-(\d+))?{re.escape(target.suffix)}", re.ASCII)
    found = []
    for path in folder.iterdir():
        match = pattern.fullmatch(path.name)
        if match and path.is_file():
            found.append((match[1], int(match[2] or 1), path))
    return found


def _sync_folder(folder: Path) -> None:
    """Make a rename durable where the system can (Windows cannot open folders)."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
