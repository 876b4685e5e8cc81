"""docs/rules.md: every rule, its clause, settings, defaults and an example.

Defaults, clauses and meanings come from the rule book, the words of each rule from `docs_rules.toml`.
"""

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jixiao.exact import plain
from jixiao.policy.book import RuleBook, Setting, rule_books
from jixiao.policy.model import Direction, Standard
from jixiao.policy.values import MOST_PLACES, YEARS
from jixiao.sheets.declare import Column
from jixiao.sheets.inputs import POINTS, STANDARDS

from .__main__ import ROOT

WORDS = Path(__file__).parent / "docs_rules.toml"
CASES = "../tests/cases"
_NOTHING = "–"
_UNWRITTEN = "方案没有写，由程序约定"
_ALLOWED = {
    "year": f"{YEARS.start} 到 {YEARS.stop - 1}",
    "text": "文字",
    "share": "0% 到 100%",
    "cap_share": "大于 0%",
    "mark": "0 到 100",
    "cap": "不小于 0",
    "count": "0 以上的整数",
    "positive": "1 以上的整数",
    "headcount": "1 以上的整数",
    "places": f"0 到 {MOST_PLACES}",
}


def rules_page() -> str:
    """The page's text; KeyError for a setting the rule book does not have."""
    words = tomllib.loads(WORDS.read_text("utf-8"))
    book = rule_books()[-1]
    parts = ["# 规则说明", *words["lead"], f"以下是 {book.year} 年起的规则。"]
    for rule in words["rule"]:
        parts += _section(rule, book)
    parts += ["## 加减分标准可以改什么", _columns(), _towns()]
    return "\n\n".join(parts) + "\n"


def _section(rule: dict[str, Any], book: RuleBook) -> list[str]:
    parts = [f"## {rule['title']}", f"条款：{rule['clause'] or _UNWRITTEN}", rule["text"]]
    if "example" in rule:
        formula = f"`{rule['sum']}`" if "sum" in rule else ""
        link = f"（{_link('算例', rule['case'])}）" if "case" in rule else ""
        parts.append(f"例：{rule['example']}{formula}{link}")
    if "readings" in rule:
        parts.append(
            _table(
                ("填的是", "意思"), [(f"`{cell}`" if cell else "（空着）", means) for cell, means in rule["readings"]]
            )
        )
    if "direction" in rule:
        parts.append(_standards(book, rule["direction"]))
    if rule["settings"]:
        parts.append(_settings([_setting(book, name) for name in rule["settings"]]))
    return parts


def _setting(book: RuleBook, name: str) -> Setting:
    setting = book.setting(name)
    if setting is None:
        raise KeyError(name)
    return setting


def _settings(settings: list[Setting]) -> str:
    rows = [
        (
            item.name,
            item.default or "（空着）",
            "、".join(item.choices) or _ALLOWED[item.kind],
            item.clause,
            item.help,
            _link("算例", f"settings/{item.name}"),
        )
        for item in settings
    ]
    return _table(("参数", "默认", "可以填", "条款", "管什么", "算例"), rows)


def _standards(book: RuleBook, direction: Direction) -> str:
    """The default rows of 加减分标准 of one direction."""
    rows = [
        (
            item.category,
            item.level or _NOTHING,
            item.method,
            _points(item),
            "是" if item.once else "否",
            "是" if item.within_year else "否",
            item.clause,
        )
        for item in book.standards
        if item.direction == direction
    ]
    return _table(("类别", "级别", "计分方式", "分值", "同一工作只计一次", "只计年度内", "条款"), rows)


def _points(item: Standard) -> str:
    if item.points is not None:
        return plain(item.points)
    if item.minimum is not None and item.maximum is not None:
        return f"{plain(item.minimum)} 到 {plain(item.maximum)}"
    return _NOTHING


def _columns() -> str:
    """What each column of 加减分标准, and 计分比例 on 加减分, is for."""
    columns: list[tuple[str, Column]] = [(STANDARDS.name, column) for column in STANDARDS.columns]
    columns += [(POINTS.name, column) for column in POINTS.columns if column.key == "share"]
    rows = [
        (sheet, column.header, column.help, _link("算例", f"standards/{column.header}")) for sheet, column in columns
    ]
    return _table(("工作表", "列", "管什么", "算例"), rows)


def _towns() -> str:
    folder = ROOT / "tests" / "cases" / "towns"
    links = "、".join(_link(path.stem, f"towns/{path.stem}") for path in sorted(folder.glob("*.toml")))
    return f"只改“参数”和“加减分标准”两张表，就能换成别的镇的办法：{links}，每个数都有算式。"


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headers, ("---",) * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _link(text: str, case: str) -> str:
    return f"[{text}](<{CASES}/{case}.toml>)"
