"""The built-in rules as dated data: settings with their clause and default, and the default 加减分标准."""

import tomllib
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from jixiao.policy.model import Standard
from jixiao.text import key

FOLDER = files("jixiao.policy").joinpath("data")


class Setting(NamedTuple):
    """One line of 参数: `field` is its name in `Policy`, `default` is written as staff would write it."""

    name: str
    field: str
    kind: str
    default: str
    clause: str
    help: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class RuleBook:
    """The rules as they stand from `year` on. `totals` lists the fields whose shares must add up to 100 %."""

    year: int
    settings: tuple[Setting, ...]
    totals: tuple[tuple[str, ...], ...]
    standards: tuple[Standard, ...]

    def setting(self, name: object) -> Setting | None:
        """The setting of a name as people write it, or None."""
        return self._by_name.get(key(name))

    @cached_property
    def _by_name(self) -> dict[str, Setting]:
        return {key(setting.name): setting for setting in self.settings}

    def named(self, field: str) -> Setting:
        """The setting behind a field of `Policy`."""
        return next(setting for setting in self.settings if setting.field == field)


@cache
def rule_books() -> tuple[RuleBook, ...]:
    """All rule books in `FOLDER`, oldest first."""
    texts = (item.read_text("utf-8") for item in FOLDER.iterdir() if item.name.endswith(".toml"))
    return tuple(sorted(map(_rule_book, texts), key=lambda book: book.year))


def rule_book(year: int) -> RuleBook:
    """The rules in force in `year`: the newest that are not younger, or the oldest there are."""
    books = rule_books()
    return max((book for book in books if book.year <= year), key=lambda book: book.year, default=books[0])


def _rule_book(text: str) -> RuleBook:
    data = tomllib.loads(text)
    return RuleBook(
        year=data["year"],
        settings=tuple(Setting(**{**item, "choices": tuple(item.get("choices", ()))}) for item in data["settings"]),
        totals=tuple(tuple(item["fields"]) for item in data["totals"]),
        standards=tuple(_standard(item) for item in data["standards"]),
    )


def _standard(item: dict[str, Any]) -> Standard:
    numbers: dict[str, Any] = {name: Fraction(item[name]) for name in ("points", "minimum", "maximum") if name in item}
    return Standard(**(item | numbers))
