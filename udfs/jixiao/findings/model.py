"""A finding points at one place in the entries and names a code of the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

LONGEST_QUOTE = 200  # characters of one param: lists of names may be long, a pasted page may not


class Severity(StrEnum):
    """How grave a finding is: only an 错误 keeps figures from being computed."""

    ERROR = "错误"
    WARNING = "警告"
    HINT = "提示"


@dataclass(frozen=True)
class Finding:
    """One line of 校验结果.

    `table` and `column` are the keys of the sheet's declaration; `row` is the row it was read from (1-based), None
    for the header row. `params` fill the catalogue's sentence.
    """

    code: str
    table: str
    row: int | None = None
    column: str | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    cell: str | None = None  # overrides row and column where a finding spans cells, such as A2:A5
    more: tuple[tuple[int, str | None], ...] = ()  # rows and columns of its further cells, all from one cause
    cause: tuple[object, ...] | None = None  # what several findings of one code share when their params differ
    fix: str | None = None  # what its cells should hold, as staff would type it, where only one value can be right

    @property
    def severity(self) -> Severity:
        """The catalogue's severity for this code."""
        return entry(self.code).severity

    @property
    def problem(self) -> str:
        """What is wrong, in one Chinese sentence."""
        return _told(entry(self.code).problem, self.params)

    @property
    def advice(self) -> str:
        """What to do, in one Chinese sentence."""
        return _told(entry(self.code).advice, self.params)


def _told(sentence: str, params: Mapping[str, object]) -> str:
    """A sentence with its params: what people typed may be empty, endless or full of invisible marks.

    Only what stands in quotes is shown as empty; any other part of a sentence may simply be missing.
    """
    readable = {name: _shown(value) if isinstance(value, str) else value for name, value in params.items()}
    return sentence.format_map(readable).replace("“”", "“（空）”")


def _shown(text: str) -> str:
    visible = "".join(mark if mark.isprintable() else " " for mark in text).strip()
    if len(visible) > LONGEST_QUOTE:
        visible = visible[:LONGEST_QUOTE] + "…"
    return visible


class Entry(NamedTuple):
    """The catalogue's words for one code; `{…}` stand for the finding's params."""

    severity: Severity
    problem: str
    advice: str


def entry(code: str) -> Entry:
    """The catalogue's entry of a code; KeyError is a developer's fault."""
    from jixiao.findings.catalogue import CATALOGUE  # noqa: PLC0415 - the catalogue is made of Entry

    return CATALOGUE[code]
