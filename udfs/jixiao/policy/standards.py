"""Rows of 加减分标准 laid over the default rows (四(二)3): missing rows keep the default, empty cells too."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple, Protocol, TypeVar

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import GRADES, Standard
from jixiao.text import Unreadable, cell_text, is_blank, key, number, share, yes_or_no

Row = tuple[int | None, Mapping[str, object]]
Identity = tuple[str, str]

_HEADERS = {
    "category": "类别",
    "level": "级别",
    "direction": "方向",
    "method": "计分方式",
    "points": "分值",
    "minimum": "最低分",
    "maximum": "最高分",
    "once": "同一工作只计一次",
    "category_cap": "类别上限",
    "taper": "递减比例",
    "grade_ceiling": "等次封顶",
    "enabled": "启用",
}
_CLAUSE = "四(二)3"  # of a row that names none
CATEGORY_WIDE = ("direction", "once", "category_cap", "taper")
_WORDS: dict[str, dict[str, object]] = {
    "direction": {"加": "加", "减": "减", "加分": "加", "减分": "减"},
    "method": {"固定": "固定", "区间": "区间", "认定": "认定"},
    "once": {"是": True, "否": False},
    "enabled": {"是": True, "否": False},
    "grade_ceiling": dict(zip(GRADES, GRADES, strict=True)),
}


class Levelled(Protocol):
    """One level of a category, written the same way in all rows of it."""

    @property
    def category(self) -> str:
        """类别."""

    @property
    def level(self) -> str:
        """级别, '' for a category without levels."""


_Levelled = TypeVar("_Levelled", bound=Levelled)


class _Written(NamedTuple):
    """A filled cell of a column that belongs to the whole category."""

    row: int | None
    category: str
    name: str
    value: object


def resolve_standards(defaults: Sequence[Standard], rows: Sequence[Row]) -> tuple[tuple[Standard, ...], list[Finding]]:
    """The standards in force, level by level from high to low, and what was wrong with the rows."""
    findings: list[Finding] = []
    found: dict[Identity, Standard] = {}
    written: list[_Written] = []
    spellings: dict[str, str] = {}
    for row, typed in rows:
        cells = {
            **typed,
            "category": spellings.setdefault(key(typed.get("category")), cell_text(typed.get("category"))),
        }
        identity = key(cells.get("category")), key(cells.get("level"))
        if not identity[0] or isinstance(typed.get("category"), Unreadable):
            findings.append(_refusal(row, "category", "", "", "请填写类别，或清空这一行"))
            continue
        if identity in found:
            names = {"category": cell_text(cells.get("category")), "level": cell_text(cells.get("level"))}
            names["clause"] = found[identity].clause or _CLAUSE
            findings.append(Finding("S02" if identity[1] else "S05", "standards", row, "level", names))
            continue
        if isinstance(cells.get("level"), Unreadable):
            findings.append(_refusal(row, "level", cells.get("level"), "", "请直接填写，不用公式"))
            continue
        if _base(defaults, identity) is None:
            findings.append(Finding("S04", "standards", row, "category", {"category": cell_text(cells["category"])}))
        standard, problems = _standard(row, cells, defaults, identity)
        findings.extend(problems)
        if standard is not None:
            found[identity] = standard
            written.extend(
                _Written(row, standard.category, name, getattr(standard, name))
                for name in CATEGORY_WIDE
                if not is_blank(cells.get(name))
            )
    abolished = {item.category for item in found.values() if not item.enabled and not item.level}
    merged = [
        replace(item, enabled=False) if item.category in abolished else item
        for item in merge_levels(defaults, list(found.values()))
    ]
    return _agree(merged, defaults, written, findings), findings


def identities(standards: Sequence[Standard]) -> dict[Identity, Standard]:
    """Standards by category and level, as keys."""
    return {(key(item.category), key(item.level)): item for item in standards}


def _base(defaults: Sequence[Standard], identity: Identity) -> Standard | None:
    """The default row that an override's empty cells fall back on: its own, else one of its category."""
    same = identities(defaults).get(identity)
    return same or next((item for item in defaults if key(item.category) == identity[0]), None)


def standard_of(defaults: Sequence[Standard], cells: Mapping[str, object]) -> Standard | None:
    """What a row says by itself, its empty cells left to the defaults (四(二)3); None for one that is refused."""
    identity = key(cells.get("category")), key(cells.get("level"))
    return _standard(None, cells, defaults, identity)[0] if identity[0] else None


def _standard(
    row: int | None, cells: Mapping[str, object], defaults: Sequence[Standard], identity: Identity
) -> tuple[Standard | None, list[Finding]]:
    base = _base(defaults, identity)
    values: dict[str, Any] = dict(vars(base)) if base else {"once": False}
    if identity not in identities(defaults):
        # Another level of a known category has its own points; the rest it shares with the category.
        values |= {"points": None, "minimum": None, "maximum": None}
    clause = cell_text(cells.get("clause")) or values.get("clause", "")
    values |= {"category": cell_text(cells["category"]), "level": cell_text(cells.get("level")), "clause": clause}
    if base:
        values["category"] = base.category
    problems: list[Finding] = []
    for name in _HEADERS:
        cell = cells.get(name)
        if name in {"category", "level"} or is_blank(cell):
            continue
        try:
            values[name] = _parse(name, cell)
        except ValueError as refused:
            problems.append(_refusal(row, name, cell, clause, str(refused)))
    if not problems:
        problems = [_refusal(row, name, values.get(name), clause, advice) for name, advice in _gaps(values)]
    # A new category that is not in force needs no 计分方式: nothing is ever reckoned by it.
    return (None if problems else Standard(**{"method": "认定"} | values)), problems


def _parse(name: str, cell: object) -> object:
    if isinstance(cell, Unreadable):
        raise ValueError("请直接填写，不用公式")  # noqa: TRY004 - the clerk's value, not the developer's type
    if name in _WORDS:
        word = yes_or_no(cell)
        if word not in _WORDS[name]:
            raise ValueError("只能填：" + "、".join(_WORDS[name]))
        return _WORDS[name][word]
    if name == "taper":
        parts = key(cell).replace("、", ",").replace(";", ",").split(",") if isinstance(cell, str) else [cell]
        ratios = [share(part) for part in parts]
        if any(ratio is None or not 0 <= ratio <= 1 for ratio in ratios):
            raise ValueError("请用逗号隔开，例如 100%,50%,25%")
        return tuple(ratios)
    value = number(cell)
    if value is None or value < 0:
        raise ValueError("请填不小于 0 的数字")
    return value


def _gaps(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a row still lacks, as (column, advice)."""
    if values.get("enabled") is False and values.get("direction"):
        return []
    if values.get("direction") is None:
        return [("direction", "请填“加”或“减”")]
    method, points = values.get("method"), values.get("points")
    low, high = values.get("minimum"), values.get("maximum")
    if method is None:
        return [("method", "请填：固定、区间、认定")]
    if method == "固定" and not points:
        return [("points", "固定计分要填大于 0 的分值")]
    if method == "区间" and (low is None or high is None or low > high or high <= 0):
        return [("minimum", "区间计分要填最低分和最高分，最低分不能大于最高分")]
    return []


def merge_levels(defaults: Sequence[_Levelled], found: Sequence[_Levelled]) -> list[_Levelled]:
    """Category by category: the sheet's order, each missing default row before its next default neighbour."""
    categories = list(dict.fromkeys([item.category for item in defaults] + [item.category for item in found]))
    merged: list[_Levelled] = []
    for category in categories:
        levels = [item for item in found if item.category == category]
        present = {key(item.level) for item in levels}
        follower: str | None = None
        for item in reversed([item for item in defaults if item.category == category]):
            if key(item.level) not in present:
                places = [index for index, level in enumerate(levels) if key(level.level) == follower]
                levels.insert(places[0] if places else len(levels), item)
            follower = key(item.level)
        merged.extend(levels)
    return merged


def _agree(
    merged: Sequence[Standard], defaults: Sequence[Standard], written: Sequence[_Written], findings: list[Finding]
) -> tuple[Standard, ...]:
    """What belongs to a whole category is the same in each of its rows: one filled cell speaks for all."""
    agreed: list[Standard] = []
    for category in dict.fromkeys(item.category for item in merged):
        wide: dict[str, Any] = {}
        for name in CATEGORY_WIDE:
            default = next((getattr(item, name) for item in defaults if item.category == category), None)
            cells = [cell for cell in written if (cell.category, cell.name) == (category, name)]
            if len({cell.value for cell in cells}) > 1:
                suspect = next(cell for cell in cells if cell.value != default)
                clause = next((item.clause for item in merged if item.category == category and item.clause), _CLAUSE)
                params = {"category": category, "header": _HEADERS[name], "clause": clause}
                findings.append(Finding("S03", "standards", suspect.row, name, params))
            if cells:
                wide[name] = cells[0].value
        agreed.extend(replace(item, **wide) for item in merged if item.category == category)
    return tuple(agreed)


def _refusal(row: int | None, name: str, value: object, clause: str, advice: str) -> Finding:
    written = plain(value) if isinstance(value, Fraction) else cell_text(value)
    params = {"header": _HEADERS[name], "value": written, "clause": clause or _CLAUSE, "advice": advice}
    return Finding("S01" if written else "S06", "standards", row, name, params)
