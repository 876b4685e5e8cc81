"""The parts of a workbook file: reading them safely, following relationships, and putting changed ones back."""

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, NamedTuple
from urllib.parse import unquote

from jixiao.engines import guards, ooxml, zipwrite
from jixiao.errors import WorkbookError

_READ_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, struct.error)


class Relation(NamedTuple):
    """One relationship of a part: its id, the last word of its type, and the part it points to."""

    id: str
    kind: str
    target: str


class Package:
    """A workbook file held in memory; nothing stays open on disk."""

    def __init__(self, raw: bytes, label: str) -> None:
        """Check and index the zip `raw`; `label` names the file in messages (WorkbookError)."""
        self.raw = raw
        self.label = label
        self._archive = guards.open_zip(raw, label)
        self._names = {guards.part_key(info.filename): info.filename for info in self._archive.infolist()}

    @classmethod
    def load(cls, path: Path) -> "Package":
        """Read a file; WorkbookError when it cannot be read or is no workbook."""
        label = f"文件“{path.name}”"
        try:
            if path.stat().st_size > guards.MAX_FILE:
                raise WorkbookError(f"{label}大得不正常，已停止读取，请删去多余的内容后另存再用。")
            raw = path.read_bytes()
        except FileNotFoundError as error:
            raise WorkbookError(f"找不到{label}，请检查文件名和文件夹。") from error
        except IsADirectoryError as error:
            raise WorkbookError(f"“{path.name}”是文件夹，请指定一个工作簿文件。") from error
        except OSError as error:
            raise WorkbookError(f"{label}读不了，可能正被占用或没有权限，请关闭占用它的程序后再试。") from error
        return cls(raw, label)

    def entry(self, part: str) -> str | None:
        """The zip entry of a part, found without regard to case, or None."""
        return self._names.get(guards.part_key(part))

    def entries(self) -> set[str]:
        """The names of all entries of the zip."""
        return set(self._names.values())

    def read(self, part: str) -> bytes:
        """The whole content of a part (WorkbookError when it is missing or damaged)."""
        with self.stream(part) as stream:
            return stream.read()

    @contextmanager
    def stream(self, part: str) -> Iterator[IO[bytes]]:
        """A part's content as a stream; damage met while reading becomes WorkbookError."""
        name = self.entry(part)
        if name is None:
            raise self.damaged(f"缺少“{part}”")
        try:
            with self._archive.open(name) as stream:
                yield stream
        except _READ_ERRORS as error:
            raise self.damaged(f"“{part}”读不出来") from error

    def tree(self, part: str) -> ooxml.Element:
        """A part parsed as XML (WorkbookError when it is not well-formed or not allowed)."""
        try:
            content = self.read(part)
            if len(content) <= guards.MAX_TREE:
                return ooxml.parse(content)
        except ValueError as error:
            raise self.damaged(f"“{part}”不是合格的 XML") from error
        raise self.damaged(f"“{part}”大得不正常")

    def relations(self, part: str) -> list[Relation]:
        """The internal relationships of a part; '' stands for the package itself."""
        found = []
        for element in self._relationships(part):
            if element.get("TargetMode") == "External":
                continue
            target = resolve(part, str(element.get("Target") or ""))
            kind = str(element.get("Type") or "").rstrip("/").rsplit("/", 1)[-1]
            found.append(Relation(str(element.get("Id") or ""), kind, target))
        return found

    def outside(self, part: str, identifier: str) -> str:
        """Where a relationship of a part leads outside the package, such as a web address; '' when there is none."""
        found = (element for element in self._relationships(part) if element.get("Id") == identifier)
        return next((str(element.get("Target") or "") for element in found), "")

    def _relationships(self, part: str) -> list[ooxml.Element]:
        folder, name = posixpath.split(part)
        rels = self.entry(posixpath.join(folder, "_rels", f"{name}.rels"))
        if rels is None:
            return []
        return list(self.tree(rels).iterchildren(f"{{{ooxml.PACKAGE_RELATIONS}}}Relationship"))

    def check_all(self) -> None:
        """Read every entry and compare checksums (WorkbookError when one is damaged)."""
        for part in self._names.values():
            with self.stream(part) as stream:
                while stream.read(1 << 20):
                    pass

    def rebuilt(self, edits: Mapping[str, bytes | None]) -> bytes:
        """The file with changed parts put in (None leaves a part out), all others byte for byte."""
        try:
            return zipwrite.rebuild(self.raw, self._archive, edits)
        except _READ_ERRORS as error:
            raise self.damaged("有部件读不出来") from error

    def damaged(self, detail: str) -> WorkbookError:
        """The error that says this file is broken and where."""
        return WorkbookError(f"{self.label}已损坏（{detail}），请用备份，或在 Excel 或 WPS 中打开修复后另存再用。")


def resolve(source: str, target: str) -> str:
    """A relationship target as a part name, seen from the part that holds the relationship."""
    target = unquote(target.replace("\\", "/"))
    if target.startswith("/"):
        return posixpath.normpath(target.lstrip("/"))
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
