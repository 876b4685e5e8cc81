"""Notes on cells (the older kind of comments): the list of one sheet, and the part that holds their texts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.engines.address import cell_name, parse_cell
from jixiao.engines.grid import Note
from jixiao.engines.ooxml import Element, child, children, namespace
from jixiao.engines.strings import MAX_TEXT, decode, encode, needs_preserve
from jixiao.errors import WorkbookError

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
AUTHOR = "绩效考核"

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_EMPTY = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="{}"><authors></authors><commentList></commentList></comments>'
)

Cell = tuple[int, int]


@dataclass(slots=True)
class SheetNotes:
    """The notes of one sheet as they are to be (`now`) and as the file has them.

    `label` names the sheet in messages. `part` and `drawing` are the parts of their texts and boxes, None where there
    is none yet. `closed`: the sheet holds what we do not understand well enough to add to it.
    """

    filed: dict[Cell, Note] = field(default_factory=dict)
    label: str = ""
    part: str | None = None
    drawing: str | None = None
    closed: bool = False
    now: dict[Cell, Note] = field(init=False)

    def __post_init__(self) -> None:
        """Start from what the file has."""
        self.now = dict(self.filed)

    @property
    def changed(self) -> bool:
        """Whether the file has others."""
        return self.now != self.filed

    @property
    def gone(self) -> set[Cell]:
        """The cells whose note of the file has to go."""
        return {cell for cell, note in self.filed.items() if self.now.get(cell) != note}

    @property
    def new(self) -> dict[Cell, str]:
        """The texts the file lacks, by cell."""
        return {cell: note.text for cell, note in sorted(self.now.items()) if self.filed.get(cell) != note}

    def put(self, cell: Cell, text: str | None) -> None:
        """Give a cell a note of ours, or none (WorkbookError where notes cannot be added)."""
        if text is None:
            self.now.pop(cell, None)
            return
        if self.closed:
            raise WorkbookError(f"{self.label}里有新式批注或特殊图形，程序不在这里添加批注，请在 Excel 里添加。")
        if len(text) > MAX_TEXT:
            raise WorkbookError(f"{self.label}的单元格 {cell_name(*cell)} 的批注太长，请缩短后再试。")
        self.now[cell] = Note(text, AUTHOR)

    def saved(self) -> None:
        """The file has them now."""
        self.filed = dict(self.now)


def empty_part(main: str) -> bytes:
    """A part without notes, in that flavour of the format."""
    return _EMPTY.format(main).encode()


def read_notes(root: Element) -> dict[Cell, Note]:
    """The notes of a part by cell; ValueError or IndexError when it is malformed."""
    people = child(root, "authors")
    authors = [] if people is None else [author.text or "" for author in children(people, "author")]
    listed = child(root, "commentList")
    found = {}
    for element in () if listed is None else children(listed, "comment"):
        author = authors[int(element.get("authorId") or 0)]
        found[parse_cell(element.get("ref") or "")] = Note(_text_of(element), author)
    return found


def _text_of(element: Element) -> str:
    """All runs joined, phonetic guides left out."""
    main = namespace(element)
    texts = (
        run.text or ""
        for run in element.iter(f"{{{main}}}t")
        if (parent := run.getparent()) is not None and parent.tag != f"{{{main}}}rPh"
    )
    return decode("".join(texts))


def change_part(root: Element, gone: set[Cell], new: Mapping[Cell, str]) -> bool:
    """Take notes out of a part and put others in, each of the rest as it was; True when none is left."""
    listed = _group(root, "commentList")
    names = {cell_name(*cell) for cell in gone | new.keys()}
    for element in list(children(listed, "comment")):
        if (element.get("ref") or "").replace("$", "").upper() in names:
            listed.remove(element)
    main = namespace(root)
    author = _author(root, wanted=bool(new))
    for cell, text in new.items():
        comment = listed.makeelement(f"{{{main}}}comment")
        comment.set("ref", cell_name(*cell))
        comment.set("authorId", str(author))
        body = comment.makeelement(f"{{{main}}}t")
        body.text = encode(text)
        if needs_preserve(text):
            body.set(_SPACE, "preserve")
        frame = comment.makeelement(f"{{{main}}}text")
        frame.append(body)
        comment.append(frame)
        listed.append(comment)
    return child(listed, "comment") is None


def _author(root: Element, *, wanted: bool) -> int:
    """Our place among the authors; our name goes when it is the last one and no note needs it any more."""
    people = _group(root, "authors")
    authors = list(children(people, "author"))
    at = next((at for at, author in enumerate(authors) if author.text == AUTHOR), len(authors))
    if wanted and at == len(authors):
        author = people.makeelement(f"{{{namespace(root)}}}author")
        author.text = AUTHOR
        people.append(author)
    used = {element.get("authorId") for element in children(_group(root, "commentList"), "comment")}
    if not wanted and at == len(authors) - 1 and str(at) not in used:
        people.remove(authors[at])
    return at


def _group(root: Element, local: str) -> Element:
    group = child(root, local)
    if group is None:
        raise ValueError(f"notes without {local}")
    return group
