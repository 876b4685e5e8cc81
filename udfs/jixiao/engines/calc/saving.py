"""Saving a document from where it was opened: an Excel file gets what changed, through the file driver."""

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from jixiao.engines.address import Area
from jixiao.engines.calc.carry import Carrier, Reader
from jixiao.engines.calc.snapshot import Snapshot, taken
from jixiao.engines.calc.unoapi import Uno, path_of, url_of
from jixiao.engines.filegrid import FileGrid
from jixiao.engines.package import Package
from jixiao.errors import SaveError, WorkbookError

if TYPE_CHECKING:
    from jixiao.engines.calc.grid import CalcGrid

EXCEL_FILES = (".xlsm", ".xlsx")

# Parts LibreOffice drops, or writes anew so that Excel does not take them as they were.
_NOT_STORED = {
    "xl/vbaProject.bin": "Excel 里的宏和工作表函数",
    "customUI/": "Excel 功能区的“绩效考核”按钮",
    "xl/tables/": "表格的样式和自动扩展",
}
_LOCK = ".~lock.{}#"
_SLACK_SECONDS = 2.0  # some disks keep times no finer


@dataclass
class Origin:
    """The Excel file a document was opened from; `base` is what LibreOffice read in it, once that is known.

    Without a digest it could not be read: gone, damaged, or under a password that LibreOffice was told.
    """

    path: Path
    digest: bytes | None
    uncalculated: bool
    changed_since: bool
    base: Snapshot | None = None

    @classmethod
    def of(cls, document: Uno) -> "Origin | None":
        """The file of a document; None for one that has none, or none of Excel's."""
        path = path_of(str(document.getURL()))
        if path is None or path.suffix.lower() not in EXCEL_FILES:
            return None
        try:
            raw = path.read_bytes()
            file = FileGrid(path)
        except (OSError, WorkbookError):
            return cls(path, None, uncalculated=False, changed_since=False)
        return cls(path, _digest(raw), file.uncalculated, _changed_since_opened(path))


def _changed_since_opened(path: Path) -> bool:
    lock = path.with_name(_LOCK.format(path.name))
    with suppress(OSError):
        # LibreOffice makes the lock when it opens the file.
        return path.stat().st_mtime > lock.stat().st_mtime + _SLACK_SECONDS
    return False


@dataclass
class Saving:
    """A save made ready. `losses` name, in Chinese, what of the document the file cannot be given."""

    losses: tuple[str, ...]
    _write: Callable[[Path | None], None] = field(repr=False)

    def write(self, target: Path | None = None) -> None:
        """Save in place, or to another path (SaveError, and nothing changed): the losses stay in LibreOffice."""
        self._write(target)


def stored_losses(document: Uno) -> list[str]:
    """What the file of a document has and LibreOffice would not write again, in Chinese; all of it if none can look."""
    path = path_of(str(document.getURL()))
    if path is None or path.suffix.lower() not in EXCEL_FILES:
        return []
    try:
        entries = Package.load(path).entries()
    except WorkbookError:
        return list(_NOT_STORED.values())
    return [what for part, what in _NOT_STORED.items() if any(entry.startswith(part) for entry in entries)]


def told_losses(losses: Sequence[str]) -> str:
    """One sentence about what cannot be saved."""
    return f"没有保存：{'、'.join(losses)}的改动写不进 Excel 工作簿，请撤销，或改在 Excel、WPS 里做。"


def prepared(grid: "CalcGrid", origin: Origin | None) -> Saving:
    """Make a save ready; SaveError when the document cannot be saved at all."""
    document = grid.document
    if origin is None:
        return Saving((), lambda target: _store(grid, target))
    if document.isReadonly():
        raise SaveError(f"“{origin.path.name}”是以只读方式打开的，没有保存，请关闭别处打开的它，重新打开再试。")
    raw = _unchanged(origin)
    now = taken(document, grid.told.sheets)
    base = origin.base
    if base is None or not base.covers(now):
        base = _read_again(grid, origin, raw, now)
    file = FileGrid(origin.path)
    file.owner_file = Path(origin.path.resolve()).with_name(_LOCK.format(origin.path.name))
    carrier = Carrier(grid.formats, file, grid.told)
    carrier.carry(base, now, _reader(grid))

    def write(target: Path | None) -> None:
        file.save(None if target is None else str(target))
        if target is None or target == origin.path:
            origin.digest, origin.base = _digest(origin.path.read_bytes()), now
            origin.uncalculated = origin.changed_since = False
            with grid.session.asking():
                _call_saved(document)
        else:
            grid.reopen(target)

    return Saving(tuple(carrier.losses), write)


def _unchanged(origin: Origin) -> bytes:
    """The file's content, when it is still the one that was opened; one that could not be read may be whole by now."""
    try:
        raw = origin.path.read_bytes()
    except FileNotFoundError as error:
        raise SaveError(f"“{origin.path.name}”已被移走或改名，没有保存，请先把它放回原处再保存。") from error
    except OSError as error:
        raise SaveError(f"“{origin.path.name}”读不了，没有保存，请关闭占用它的程序后再试。") from error
    if origin.digest is None:
        try:
            FileGrid(origin.path)
        except WorkbookError as error:
            raise SaveError(f"没有保存：{error}") from error
        origin.digest, origin.changed_since = _digest(raw), _changed_since_opened(origin.path)
    if origin.changed_since or _digest(raw) != origin.digest:
        raise SaveError(f"“{origin.path.name}”打开后又被别人改过，没有保存，请重新打开后再试。")
    return raw


def _read_again(grid: "CalcGrid", origin: Origin, raw: bytes, now: Snapshot) -> Snapshot:
    """What LibreOffice makes of the file as it lies on the disk."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder) / f"原文件{origin.path.suffix}"
        copy.write_bytes(raw)
        document = grid.session.open_document(copy, hidden=True)
        try:
            return taken(document, grid.told.sheets, now)
        finally:
            document.close(True)


def _call_saved(document: Uno) -> None:
    """Nothing in the document waits to be saved; a chart is a document of its own within it."""
    for sheet in document.Sheets:
        for at in range(sheet.Charts.getCount()):
            sheet.Charts.getByIndex(at).getEmbeddedObject().setModified(False)
    document.setModified(False)


def _reader(grid: "CalcGrid") -> Reader:
    return Reader(
        values=grid.read_values,
        raw=grid.read_raw,
        formula=grid.formulas.to_excel,
        height=lambda sheet, row: grid.row_height(sheet, Area(row, 1, row, 1)),
    )


def _store(grid: "CalcGrid", target: Path | None) -> None:
    """Save a document of LibreOffice's own kind."""
    document = grid.document
    if target is None and not document.hasLocation():
        raise SaveError("这个工作簿还没有保存在本机的文件夹里，请先保存再试。")
    if target is not None and target.suffix.lower() in EXCEL_FILES:
        raise SaveError("LibreOffice 的工作簿不能存成 Excel 工作簿，请从“绩效考核”模板新建一个，再把数据填进去。")
    try:
        if target is None:
            document.store()
        else:
            document.storeAsURL(url_of(target), ())
    except Exception as error:
        raise SaveError("LibreOffice 没有保存成功，请检查文件夹权限和磁盘空间，再试一次。") from error


def _digest(raw: bytes) -> bytes:
    return hashlib.sha256(raw).digest()
