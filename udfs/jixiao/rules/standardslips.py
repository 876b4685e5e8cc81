"""加减分标准 beside the built-in rows whose clause a row still names: what was changed there may be a slip (R7)."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import Standard
from jixiao.rules.issuers import level_rank
from jixiao.text import key

_TIMES = 2  # a value more than so many times the built-in one

Places = Mapping[tuple[str, str], int]


def odd_standards(standards: Sequence[Standard], defaults: Sequence[Standard], rows: Places) -> Iterator[Finding]:
    """Rows worth more than double, or turned from bonus to penalty, under the plan's own clause; levels upside down.

    `rows` are those of the sheet by category and level, as keys; what the sheet does not list is not told.
    """
    built_in = {_identity(item): item for item in defaults}
    for item in standards:
        base, row = built_in.get(_identity(item)), rows.get(_identity(item))
        if base is None or row is None or not item.enabled or key(item.clause) != key(base.clause):
            continue
        params: dict[str, object] = {"category": item.category, "level": item.level, "clause": base.clause}
        if item.direction != base.direction:
            yield Finding("S08", "standards", row, "direction", {**params, "value": item.direction})
        now, before = _highest(item), _highest(base)
        if now and before and now > _TIMES * before:
            column = "points" if item.method == "固定" else "maximum"
            yield Finding("S07", "standards", row, column, {**params, "value": plain(now), "meant": plain(before)})
    yield from _upside_down(standards, rows)


def _identity(item: Standard) -> tuple[str, str]:
    return key(item.category), key(item.level)


def _highest(item: Standard) -> Fraction | None:
    """The most a row may give: its 分值, or the upper end of its range."""
    return {"固定": item.points, "区间": item.maximum}.get(item.method)


def _upside_down(standards: Sequence[Standard], rows: Places) -> Iterator[Finding]:
    """Levels whose words name their order, listed in another: the first of a category that stands below a lower one."""
    for category in dict.fromkeys(item.category for item in standards):
        levels = [item for item in standards if item.category == category and item.enabled]
        ranked = [(item, rank) for item in levels if (rank := level_rank(item.level)) is not None]
        for (above, upper), (below, lower) in pairwise(ranked):
            row = rows.get(_identity(below), rows.get(_identity(above)))
            if upper < lower and row is not None:
                params = {"category": category, "value": above.level, "other": below.level}
                yield Finding("S09", "standards", row, "level", params)
                break
