"""Changes to whole parts, kept aside until the file is saved."""

import io
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from jixiao.engines import ooxml
from jixiao.engines.ooxml import Element
from jixiao.engines.package import Package, resolve

CONTENT_TYPES_PART = "[Content_Types].xml"

_NO_RELATIONS = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="%s"/>'
    % ooxml.PACKAGE_RELATIONS.encode()
)


class EditedParts:
    """XML parts of a package that may be edited as trees, added or dropped; `edits` says what changed."""

    def __init__(self, package: Package) -> None:
        """Nothing is edited at first."""
        self.package = package
        self._trees: dict[str, Element] = {}
        self._changed: set[str] = set()
        self._added: dict[str, bytes] = {}
        self._dropped: set[str] = set()

    def view(self, part: str) -> Element:
        """The current tree of a part; change it only through `edit`."""
        if part not in self._trees:
            self._trees[part] = ooxml.parse(self._added[part]) if part in self._added else self.package.tree(part)
        return self._trees[part]

    def edit(self, part: str) -> Element:
        """The tree of a part, noted as changed."""
        self._changed.add(part)
        return self.view(part)

    def content(self, part: str) -> bytes:
        """The bytes of a part that is not edited as a tree."""
        return self._added[part] if part in self._added else self.package.read(part)

    @contextmanager
    def stream(self, part: str) -> Iterator[IO[bytes]]:
        """The same as a stream."""
        if part in self._added:
            yield io.BytesIO(self._added[part])
        else:
            with self.package.stream(part) as stream:
                yield stream

    def put(self, part: str, content: bytes) -> None:
        """Other bytes for a part that is not edited as a tree."""
        self._added[part] = content

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """A new part with its content type: that of its extension, or for XML one of its own."""
        self._added[part] = content
        types = self.edit(CONTENT_TYPES_PART)
        extension = part.rpartition(".")[2]
        if extension == "xml":
            override = types.makeelement(f"{{{ooxml.CONTENT_TYPES}}}Override")
            override.set("PartName", f"/{part}")
            override.set("ContentType", content_type)
            types.append(override)
        elif not self._defaults(extension):
            default = types.makeelement(f"{{{ooxml.CONTENT_TYPES}}}Default")
            default.set("Extension", extension)
            default.set("ContentType", content_type)
            types.insert(0, default)

    def drop(self, part: str, owner: str) -> None:
        """Leave a part out, with its content type and the relationship its owner has to it."""
        self._forget(part)
        types = self.edit(CONTENT_TYPES_PART)
        for override in list(types.iterchildren(f"{{{ooxml.CONTENT_TYPES}}}Override")):
            if (override.get("PartName") or "").lstrip("/").casefold() == part.casefold():
                types.remove(override)
        extension = part.rpartition(".")[2]
        if extension != "xml" and not any(name.endswith(f".{extension}") for name in self._names()):
            for default in self._defaults(extension):
                types.remove(default)
        relations_part = self._relations_part(owner)
        relations = self.edit(relations_part)
        for relation in list(relations.iterchildren(f"{{{ooxml.PACKAGE_RELATIONS}}}Relationship")):
            internal = relation.get("TargetMode") != "External"
            if internal and resolve(owner, relation.get("Target") or "") == part:
                relations.remove(relation)
        if not len(relations):
            self._forget(relations_part)

    def relate(self, owner: str, kind: str, target: str) -> str:
        """A new relationship from a part to another; returns its id."""
        part = self._relations_part(owner)
        if part in self._dropped or not (part in self._added or self.package.entry(part)):
            self._dropped.discard(part)
            self._added[part] = _NO_RELATIONS
        relations = self.edit(part)
        taken = {element.get("Id") for element in relations.iterchildren("{*}*")}
        number = len(taken) + 1
        while f"rId{number}" in taken:
            number += 1
        element = relations.makeelement(f"{{{ooxml.PACKAGE_RELATIONS}}}Relationship")
        element.set("Id", f"rId{number}")
        element.set("Type", kind)
        element.set("Target", f"/{target}")
        relations.append(element)
        return f"rId{number}"

    def free_name(self, pattern: str) -> str:
        """The first part name, such as `xl/worksheets/sheet{}.xml`, that nothing has yet."""
        number = 1
        while pattern.format(number) in self._added or self.package.entry(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def edits(self) -> dict[str, bytes | None]:
        """New contents by part, None for a dropped one."""
        result: dict[str, bytes | None] = dict(self._added)
        for part in self._changed:
            original = self._added.get(part) or self.package.read(part)
            result[part] = ooxml.serialize(self._trees[part], original)
        result.update(dict.fromkeys(self._dropped))
        return result

    def saved(self, package: Package) -> None:
        """Go on from the package that holds the edits."""
        self.package = package
        self._changed.clear()
        self._added.clear()
        self._dropped.clear()

    def _forget(self, part: str) -> None:
        self._changed.discard(part)
        self._trees.pop(part, None)
        self._added.pop(part, None)
        if self.package.entry(part):
            self._dropped.add(part)

    def _names(self) -> set[str]:
        return {name.casefold() for name in (self.package.entries() | self._added.keys()) - self._dropped}

    def _defaults(self, extension: str) -> list[Element]:
        types = self.view(CONTENT_TYPES_PART)
        listed = types.iterchildren(f"{{{ooxml.CONTENT_TYPES}}}Default")
        return [default for default in listed if (default.get("Extension") or "").casefold() == extension]

    def _relations_part(self, owner: str) -> str:
        folder, name = posixpath.split(owner)
        wanted = posixpath.join(folder, "_rels", f"{name}.rels")
        return self.package.entry(wanted) or wanted
