"""What cannot be known of the rules while a setting is refused, so that nobody is corrected because of it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jixiao.findings import Finding, Severity
from jixiao.policy.book import RuleBook, rule_books
from jixiao.policy.standards import Row
from jixiao.text import Unreadable, key


class Doubts(NamedTuple):
    """Fields of `Policy` and categories of 加减分标准 (as keys, '' for a row that names none) that are not certain."""

    fields: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    all_categories: bool = False

    def about_category(self, category: str) -> bool:
        """Whether the standard of a category, as a key, is in doubt."""
        return self.all_categories or category in self.categories

    def about_categories(self) -> bool:
        """Whether there may be categories nobody knows."""
        return self.all_categories or "" in self.categories


def doubts_of(
    book: RuleBook, settings: Sequence[Row], standards: Sequence[Row], listed: Iterable[str], findings: list[Finding]
) -> Doubts:
    """What `findings` leave uncertain; `listed` are the fields that have a row on 参数."""
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    names = [str(finding.params.get("names", finding.params.get("name", ""))) for finding in errors]
    refused = {found.field for text in names for name in text.split("、") if (found := book.setting(name))}
    if any(isinstance(cells.get("name"), Unreadable) for _, cells in settings):  # it may be any that is not there
        refused |= {setting.field for setting in book.settings} - set(listed)
    if "year" in refused and len(rule_books()) > 1:
        return everything(book)
    rows = {finding.row for finding in errors if finding.table == "standards"}
    cells = [cells.get("category") for row, cells in standards if row in rows]
    categories = {"" if isinstance(cell, Unreadable) else key(cell) for cell in cells}
    return Doubts(frozenset(refused), frozenset(categories))


def everything(book: RuleBook) -> Doubts:
    """Nothing is certain: 参数 could not be read, or not even the year is known."""
    return Doubts(frozenset(setting.field for setting in book.settings), all_categories=True)
