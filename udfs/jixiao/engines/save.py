"""Putting a file on disk so that whatever happens, what lies there is whole: the old one or the new one."""

import errno
import hashlib
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import datetime, timedelta
from pathlib import Path

from jixiao.errors import SaveError

if sys.platform != "win32":
    import fcntl

BACKUP_FOLDER = "备份"
KEPT_BACKUPS = 10

# What Excel, WPS and LibreOffice leave beside a workbook while it is open.
_OWNER_FILES = ("~${}", ".~{}", ".~lock.{}#")
_MAX_RIVALS = 100
_MAX_NAME = 255
_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NO_LOCKS = (errno.EBADF, errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS)
_FULL = (errno.ENOSPC, errno.EDQUOT)
_LEFTOVER = re.compile(r"\.[0-9a-f]{16}\.jixiao\.tmp", re.ASCII)
_STALE_SECONDS = 86_400
_MOMENT = "%Y%m%d-%H%M%S"
_TICK = timedelta(hours=1)
_BEFORE: ContextVar[Callable[[], None]] = ContextVar("before a file is put in place", default=lambda: None)


def save_file(
    target: Path,
    content: bytes,
    *,
    verify: Callable[[Path], None],
    expected: bytes | None,
    ours: Path | None = None,
) -> Path | None:
    """Replace `target` by `content`, atomically; the old file goes to `备份/` beside it.

    `verify` is given the finished temporary file and raises if it does not read back as wanted. `expected` is what
    the file held when it was read: if it holds something else now, nothing is replaced (None: whatever is there).
    `ours` is an owner file that says what is known: the program that has the file open is the one that saves it.
    Returns the backup, None when there was no file. Every failure is a SaveError and leaves `target` as it was.
    """
    target = Path(os.path.realpath(target))
    with _said_in_words(target), _alone(target):
        _check_free(target, ours)
        old = _read_old(target, expected)
        temporary = _write_temporary(target, content)
        try:
            verify(temporary)
            backup = None if old is None else _back_up(target, old)
            if _read_old(target, expected) != old:
                raise _changed(target)
            _check_free(target, ours)
            _put_in_place(temporary, target, backup)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(target.parent)
    _sweep(target.parent)
    if backup is not None:
        _prune(target, keep=backup)
        _sweep(backup.parent)
    return backup


@contextmanager
def staged(target: Path, content: bytes) -> Iterator[Callable[[], None]]:
    """A file that needs no backup, written whole beside `target`; the callable puts it in place, atomically.

    Until then, and on any OSError, what was there stays as it was. What is no file, such as a pipe, is written to as
    it stands, when called.
    """
    if target.exists() and not target.is_file():
        yield lambda: _pour(target, content)
        return
    target = Path(os.path.realpath(target))
    if target.exists() and not target.stat().st_mode & _WRITABLE:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
    temporary = _write_temporary(target, content)

    def put() -> None:
        temporary.replace(target)
        _sync_folder(target.parent)
        _sweep(target.parent)

    try:
        yield put
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(target: Path, content: bytes) -> None:
    """Replace or make a file that needs no backup, atomically; OSError leaves what was there as it was."""
    with staged(target, content) as put:
        put()


def _pour(target: Path, content: bytes) -> None:
    target.write_bytes(content)


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

    The lock is on the file that gets replaced. Windows needs none, it does not replace a file that is open; a network
    folder may offer none, there the file is compared once more before it is replaced.
    """
    if sys.platform == "win32" or not target.is_file():
        yield
        return
    with target.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SaveError(f"“{target.name}”正由另一个程序保存，没有保存，请稍后重新打开再试。") from error
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
        yield


def _check_free(target: Path, ours: Path | None) -> None:
    for pattern in _OWNER_FILES:
        owner = target.with_name(pattern.format(target.name))
        found = False
        with suppress(OSError):  # a name too long to exist
            found = owner.exists()
        if found and owner != ours:
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
        raise _changed(target)
    # The owner may replace a read-only file all the same, and root anything: respect the mark.
    if not mode & _WRITABLE:
        raise SaveError(f"“{target.name}”是只读文件，没有保存，请取消只读或另存为别的文件名。")
    return old


def _changed(target: Path) -> SaveError:
    return SaveError(f"“{target.name}”打开后又被别人改过，没有保存，请重新打开后再试。")


def _write_temporary(target: Path, content: bytes) -> Path:
    temporary = _temporary_in(target.parent)
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        _write_new(temporary, content)
        if mode is not None:
            temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _temporary_in(folder: Path) -> Path:
    return folder / f".{secrets.token_hex(8)}.jixiao.tmp"


def _write_new(path: Path, content: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


@contextmanager
def saved_last(act: Callable[[], None]) -> Iterator[None]:
    """What is saved inside gets its name after `act`, whose failure leaves everything as it was.

    Where nothing had to be saved, `act` comes at the end.
    """
    done = False

    def once() -> None:
        nonlocal done
        if not done:
            done = True
            act()

    token = _BEFORE.set(once)
    try:
        yield
    finally:
        _BEFORE.reset(token)
    once()


def _put_in_place(temporary: Path, target: Path, backup: Path | None) -> None:
    try:
        _BEFORE.get()()
        temporary.replace(target)
    except (OSError, SaveError):
        # Nothing was replaced, so the old file needs no copy.
        if backup is not None:
            backup.unlink(missing_ok=True)
        raise


def _back_up(target: Path, old: bytes) -> Path:
    folder = target.parent / BACKUP_FOLDER
    with _backup_said_in_words(target):
        folder.mkdir(exist_ok=True)
        temporary = _temporary_in(folder)
        try:
            _write_new(temporary, old)
            with suppress(OSError):  # the time of the backup is a nicety
                times = target.stat()
                os.utime(temporary, ns=(times.st_atime_ns, times.st_mtime_ns))
            backup = _name_backup(target, temporary)
        finally:
            temporary.unlink(missing_ok=True)
        _sync_folder(folder)
    return backup


@contextmanager
def _backup_said_in_words(target: Path) -> Iterator[None]:
    """What is in the way is the folder of the backups, not the workbook."""
    kept = f"“{target.name}”没有保存，原文件未动"
    try:
        yield
    except FileExistsError as error:
        raise SaveError(f"“{BACKUP_FOLDER}”应当是文件夹，现在是一个文件，{kept}，请把它改名后再试。") from error
    except PermissionError as error:
        raise SaveError(f"没有权限写入“{BACKUP_FOLDER}”文件夹，{kept}，请检查这个文件夹的权限后再试。") from error
    except OSError as error:
        if error.errno in _FULL:
            raise SaveError(f"磁盘空间不足，“{BACKUP_FOLDER}”放不下旧文件，{kept}，请清理磁盘后再试。") from error
        if error.errno == errno.EROFS:
            raise SaveError(f"“{BACKUP_FOLDER}”文件夹是只读的，{kept}，请换一个可以写入的文件夹。") from error
        raise SaveError(f"写“{BACKUP_FOLDER}”文件夹时磁盘出错，{kept}，请换一个文件夹后再试。") from error


def _name_backup(target: Path, temporary: Path) -> Path:
    """Give a finished backup a name nobody has: a second name is refused where one is taken, so nothing is lost."""
    folder = temporary.parent
    now = datetime.now()  # noqa: DTZ005 - staff read the local time in the name
    others = _backups(target, folder)
    # Names tell the order: a clock that ticks to and fro makes no name earlier than the last one.
    near = [moment for moment, _, _ in others if moment <= f"{now + _TICK:{_MOMENT}}"]
    moment = max([f"{now:{_MOMENT}}", *near])
    # After the highest number of this second, never in a gap that pruning left.
    first = max((number for found, number, _ in others if found == moment), default=0) + 1
    for number in range(first, first + _MAX_RIVALS):
        tail = "" if number == 1 else f"-{number}"
        backup = folder / f"{_backup_stem(target)}-{moment}{tail}{target.suffix}"
        with suppress(FileExistsError):
            _take_name(temporary, backup)
            return backup
    raise SaveError(f"“{BACKUP_FOLDER}”文件夹里同名的备份太多，没有保存，请稍后再试。")


def _take_name(temporary: Path, backup: Path) -> None:
    try:
        backup.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:  # a disk without second names: make the name ours by creating it
        backup.open("xb").close()
        _put_in_place(temporary, backup, backup)


def _backup_stem(target: Path) -> str:
    """The workbook's name in its backups' names, cut where these would become longer than a name can be."""
    room = _MAX_NAME - len(os.fsencode(f"-00000000-000000-000{target.suffix}"))
    whole = os.fsencode(target.stem)
    if len(whole) <= room:
        return target.stem
    mark = hashlib.sha256(os.fsencode(target.name)).hexdigest()[:8]
    return f"{whole[: room - len(mark) - 1].decode(errors='ignore')}~{mark}"


def _prune(target: Path, *, keep: Path) -> None:
    """Leave the newest backups of this workbook; nothing whose name is not exactly ours is touched."""
    # The file itself is saved by now: a backup that cannot be listed or deleted is no failure.
    with suppress(OSError):
        found = _backups(target, keep.parent)
        made = next((moment for moment, _, path in found if path == keep), "")
        # A name later than that of the newest: the clock has been set back since, and what bears it is older.
        order = sorted(found, key=lambda item: (item[2] == keep, item[0] <= made, *item[:2]), reverse=True)
        for _, _, path in order[KEPT_BACKUPS:]:
            path.unlink()


def _sweep(folder: Path) -> None:
    """Delete what killed runs left behind, once it is a day old; nothing whose name is not exactly ours."""
    with suppress(OSError):
        for path in folder.iterdir():
            if _LEFTOVER.fullmatch(path.name) and path.is_file() and not path.is_symlink():
                times = path.stat()
                # A backup under way bears the time of the file it is of: its own is the later of the two.
                if time.time() - max(times.st_mtime, times.st_ctime) > _STALE_SECONDS:
                    path.unlink()


def _backups(target: Path, folder: Path) -> list[tuple[str, int, Path]]:
    """This workbook's backups: moment, number within the second, path."""
    stem, suffix = re.escape(_backup_stem(target)), re.escape(target.suffix)
    pattern = re.compile(rf"{stem}-(\d{{8}}-\d{{6}})(?:-(\d+))?{suffix}", re.ASCII)
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
