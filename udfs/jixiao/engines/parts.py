"""Changes to whole parts, kept aside until the file is saved."""

import io
import posixpath
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from jixiao.engines import ooxml
from jixiao.engines.ooxml import Element
from jixiao.engines.package import Package

CONTENT_TYPES_PART = "[Content_Types].xml"


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

    def add(self, part: str, content: bytes, content_type: str) -> None:
        """A new part with its content type."""
        self._added[part] = content
        types = self.edit(CONTENT_TYPES_PART)
        override = types.makeelement(f"{{{ooxml.CONTENT_TYPES}}}Override")
        override.set("PartName", f"/{part}")
        override.set("ContentType", content_type)
        types.append(override)

    def drop(self, part: str, owner: str) -> None:
        """Leave a part out, with its content type and the relationship its owner has to it."""
        self._dropped.add(part)
        types = self.edit(CONTENT_TYPES_PART)
        for override in list(types.iterchildren(f"{{{ooxml.CONTENT_TYPES}}}Override")):
            if (override.get("PartName") or "").lstrip("/").casefold() == part.casefold():
                types.remove(override)
        wanted = {relation.id for relation in self.package.relations(owner) if relation.target == part}
        relations = self.edit(self._relations_part(owner))
        for relation in list(relations.iterchildren(f"{{{ooxml.PACKAGE_RELATIONS}}}Relationship")):
            if relation.get("Id") in wanted:
                relations.remove(relation)

    def relate(self, owner: str, kind: str, target: str) -> str:
        """A new relationship from a part to another; returns its id."""
        relations = self.edit(self._relations_part(owner))
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

    def _relations_part(self, owner: str) -> str:
        folder, name = posixpath.split(owner)
        wanted = posixpath.join(folder, "_rels", f"{name}.rels")
        return self.package.entry(wanted) or wanted
