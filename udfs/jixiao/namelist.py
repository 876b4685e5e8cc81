"""A list of 科室 out of a text file, as people write them: in any usual encoding, numbered, headed, several on a line.

What can be read in one way only is read, and told; what could mean two things is refused with the line it stands on.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from jixiao.engines import identify
from jixiao.errors import CallError
from jixiao.text import key, number, one_line
from jixiao.textfile import decoded

_TITLES = frozenset(
    map(key, ("科室", "科室名称", "部门", "部门名称", "单位", "单位名称", "办公室", "站所", "名称", "被考核科室"))
)
_TITLE_ENDS = ("名单", "一览表", "花名册", "列表")
_DIGITS = "一二三四五六七八九十"
_NUMBERED = re.compile(
    r"(?:[(（]\s*(?P<a>\d{1,3}|[一二三四五六七八九十]{1,3})\s*[)）]\s*[、.．]?"
    r"|(?P<b>\d{1,3}|[一二三四五六七八九十]{1,3})\s*(?:[、．)）]|\.(?!\d))"
    r"|(?P<c>\d{1,3})\s(?=\s*\D)"
    r"|(?P<d>[\u2460-\u2473]))\s*(?=\S)"
)
_BULLET = re.compile(r"(?:[•●○◆◇■□▪►※]\s*|[*·-]\s+)(?=\S)")
_BREAKS = re.compile(r"[;；]")
_WITHIN = re.compile(r"[、，]")
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_LABEL = re.compile(r"\s*([^：:]{1,20})[：:]\s*(.*)")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计|共\s*\d+\s*[个家])")
_INVISIBLE = re.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]")
_LONGEST = 30
_SHOWN = 20


class Listed(NamedTuple):
    """The names in order, and what was left out or understood: sentences for whoever wrote the list."""

    names: list[str]
    notices: tuple[str, ...]


class _Entry(NamedTuple):
    line: int
    text: str


def read_names(path: Path) -> Listed:
    """The 科室 a text file lists.

    Raises CallError when it cannot be read, holds none, names one twice, or holds something that is doubtful.
    """
    name = one_line(path.name)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CallError(f"读不到科室名单“{name}”，请核对文件名。") from error
    if hidden := identify.hidden(data, f"科室名单“{name}”"):
        raise CallError(hidden)
    return _Reading(name, decoded(data, f"科室名单“{name}”")).listed()


class _Reading:
    """One list being read; `told` collects what the person should know."""

    def __init__(self, name: str, text: str) -> None:
        self._label = f"科室名单“{name}”"
        self._told: list[str] = []
        self._lines = [
            _Entry(number, line.strip())
            for number, line in enumerate(_INVISIBLE.sub("", text).splitlines(), start=1)
            if line.strip()
        ]

    def listed(self) -> Listed:
        entries = [self._named(entry) for entry in self._split(self._unnumbered(list(self._columns())))]
        if not entries:
            raise CallError(f"{self._label}里没有科室，请每行写一个科室。")
        keys = [key(entry.text) for entry in entries]
        for entry in entries:
            if keys.count(key(entry.text)) > 1:
                raise CallError(f"{self._label}里“{entry.text}”重复了，请删除多余的。")
        return Listed([entry.text for entry in entries], tuple(self._told))

    def _doubt(self, entry: _Entry, why: str) -> CallError:
        return CallError(f"{self._label}第 {entry.line} 行“{one_line(entry.text, _SHOWN)}”{why}。")

    def _columns(self) -> Iterator[_Entry]:
        """The lines without title; of lines in columns the one that holds the names."""
        lines = self._lines
        while lines and "\t" not in lines[0].text and "," not in lines[0].text and _is_title(lines[0].text):
            self._told.append(f"第 {lines[0].line} 行“{lines[0].text}”是标题，没有当作科室。")
            lines = lines[1:]
        for mark in "\t", ",":
            rows = [[cell.strip().strip('"') for cell in line.text.split(mark)] for line in lines]
            if any(len(row) > 1 for row in rows):
                yield from self._of_columns(lines, rows)
                return
        yield from lines

    def _of_columns(self, lines: list[_Entry], rows: list[list[str]]) -> Iterator[_Entry]:
        titles = [place for place, cell in enumerate(rows[0]) if key(cell) in _TITLES]
        if len(titles) == 1 and len(rows) > 1:
            self._told.append(f"第 {lines[0].line} 行是表头，只取了“{rows[0][titles[0]]}”一列。")
            for line, row in zip(lines[1:], rows[1:], strict=True):
                if titles[0] < len(row) and row[titles[0]]:
                    yield _Entry(line.line, row[titles[0]])
            return
        numbers = [cell for row in rows for cell in row if number(cell.rstrip("%")) is not None]
        for line, row in zip(lines, rows, strict=True):
            words = [cell for cell in row if cell and number(cell.rstrip("%")) is None]
            if len(words) > 1 and len(lines) > 1:
                raise self._doubt(line, "有几列文字，分不清哪一列是科室，请只留科室一列，每行一个")
            for word in words:
                yield _Entry(line.line, word)
        if numbers:
            shown = "、".join(numbers[:3])
            self._told.append(
                f"名单里的数（{shown}{'等' if len(numbers) > 3 else ''}）没有用，评价系数请填在“科室”表里。"
            )

    def _unnumbered(self, lines: list[_Entry]) -> list[_Entry]:
        """Without numbers before the names; numbers that do not run on from one may be part of a name."""
        parts = [
            _Entry(line.line, _BULLET.sub("", piece.strip(), count=1))
            for line in lines
            for piece in _BREAKS.split(line.text)
            if piece.strip()
        ]
        found = [_NUMBERED.match(part.text) for part in parts]
        if not any(found):
            return parts
        for place, (part, match) in enumerate(zip(parts, found, strict=True), start=1):
            if match is None or _value(match) != place:
                raise self._doubt(part, "前面的序号不连续，或有的行没有序号，请把序号都去掉")
        self._told.append(f"名单里的序号（1 到 {len(parts)}）去掉了。")
        return [
            _Entry(part.line, part.text[match.end() :].strip())
            for part, match in zip(parts, found, strict=True)
            if match is not None
        ]

    def _split(self, lines: list[_Entry]) -> Iterator[_Entry]:
        for line in lines:
            text = line.text
            if (label := _LABEL.fullmatch(text)) and _HAN.search(label[1]):
                if not _is_title(label[1]) or not label[2]:
                    raise self._doubt(line, "里有冒号，分不清是不是科室，请每行只写一个科室")
                text = label[2]
            for piece in _WITHIN.split(text.rstrip("。，、")):
                yield _Entry(line.line, piece.strip())

    def _named(self, entry: _Entry) -> _Entry:
        """The entry, when it is like a name."""
        text = entry.text
        if not any(char.isalpha() for char in text) or _TOTAL.match(text):
            raise self._doubt(entry, "不像科室名称，请改正或删去")
        if _is_title(text):
            raise self._doubt(entry, "像是标题，请改成科室名称或删去")
        if len(text) > _LONGEST:
            raise self._doubt(entry, f"太长（超过 {_LONGEST} 个字），请每行只写一个科室")
        if sum(len(_HAN.findall(part)) > 1 for part in text.split()) > 1:
            raise self._doubt(entry, "中间有空格，分不清是一个还是几个科室，请每行写一个科室")
        return entry


def _is_title(text: str) -> bool:
    words = key(text).rstrip(":")
    return words in _TITLES or words.endswith(_TITLE_ENDS)


def _value(match: re.Match[str]) -> int:
    """The number before a name."""
    text = next(part for part in match.groups() if part is not None)
    if text.isdecimal():
        return int(text)
    if len(text) == 1 and text not in _DIGITS:
        return ord(text) - 0x245F
    tens, ten, ones = text.rpartition("十")
    return (_digit(tens) if tens else 1) * 10 + _digit(ones) if ten else _digit(ones)


def _digit(text: str) -> int:
    return _DIGITS.index(text) + 1 if len(text) == 1 else 0
