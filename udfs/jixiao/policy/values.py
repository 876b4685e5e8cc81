"""A cell of 参数 turned into the value of its kind, or refused with what to write instead."""

from collections.abc import Callable
from fractions import Fraction

from jixiao.policy.book import Setting
from jixiao.text import Unreadable, cell_text, is_blank, key, names, number, share, whole_number, year_number, yes_or_no

YEARS = range(2000, 2101)
MOST_PLACES = 6
MOST_COUNT = 10_000


class RefusedValueError(ValueError):
    """The cell makes no sense for its setting; the text says what to write."""


def parse(setting: Setting, cell: object) -> object:
    """The value of `setting` written in `cell`; an empty cell means the default.

    Raises RefusedValueError with the advice for staff.
    """
    if isinstance(cell, Unreadable):
        raise RefusedValueError("请直接填写，不用公式")
    written = setting.default if is_blank(cell) else cell
    if is_blank(written):
        return _EMPTY.get(setting.kind)
    return _PARSERS[setting.kind](setting, written)


def _year(_: Setting, cell: object) -> int:
    year = year_number(cell)
    if year is None or year not in YEARS:
        raise RefusedValueError(f"请填四位数字的年度，例如 2024（{YEARS.start} 到 {YEARS.stop - 1}）")
    return year


def _text(_: Setting, cell: object) -> str:
    return cell_text(cell)


def _share(_: Setting, cell: object) -> Fraction:
    value = share(cell)
    if value is None or not 0 <= value <= 1:
        raise RefusedValueError("请填 0% 到 100% 之间的比例，例如 40% 或 0.4")
    return value


def _cap_share(_: Setting, cell: object) -> Fraction:
    value = share(cell)
    if value is None or not 0 < value <= 10:
        raise RefusedValueError("请填大于 0% 的比例，例如 100% 或 120%")
    return value


def _mark(_: Setting, cell: object) -> Fraction:
    value = number(cell)
    if value is None or not 0 <= value <= 100:
        raise RefusedValueError("请填 0 到 100 之间的数")
    return value


def _cap(_: Setting, cell: object) -> Fraction:
    value = number(cell)
    if value is None or value < 0:
        raise RefusedValueError("请填不小于 0 的分数；不封顶就空着")
    return value


def _integer(low: int, high: int) -> Callable[[Setting, object], int]:
    def parse_integer(_: Setting, cell: object) -> int:
        value = whole_number(cell)
        if value is None or not low <= value <= high:
            raise RefusedValueError(f"请填 {low} 到 {high} 之间的整数")
        return value

    return parse_integer


def _choice(setting: Setting, cell: object) -> str:
    found = next((choice for choice in setting.choices if key(choice) == yes_or_no(cell)), None)
    if found is None:
        raise RefusedValueError("只能填：" + "、".join(setting.choices))
    return found


def _order(setting: Setting, cell: object) -> tuple[str, ...]:
    known = {key(choice): choice for choice in setting.choices}
    wanted = [key(name) for name in names(cell)]
    if not all(name in known for name in wanted) or len(set(wanted)) != len(wanted):
        raise RefusedValueError("用顿号隔开，不重复，只能从这些里选：" + "、".join(setting.choices))
    return tuple(known[name] for name in wanted)


_EMPTY: dict[str, object] = {"order": (), "text": ""}
_PARSERS: dict[str, Callable[[Setting, object], object]] = {
    "year": _year,
    "text": _text,
    "share": _share,
    "cap_share": _cap_share,
    "mark": _mark,
    "cap": _cap,
    "count": _integer(0, MOST_COUNT),
    "positive": _integer(1, MOST_COUNT),
    "headcount": _integer(1, MOST_COUNT),
    "places": _integer(0, MOST_PLACES),
    "choice": _choice,
    "order": _order,
}
