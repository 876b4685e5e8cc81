"""Arguments as people give them: ranges of any shape, numbers as text, empty cells; and the settings laid over them."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import TypeVar

from jixiao.findings import Finding, Severity
from jixiao.formulas.cells import BUG, Answer, Cells, FormulaError, Value, fault_text
from jixiao.log import record_failure
from jixiao.policy.model import Policy
from jixiao.policy.resolve import resolve
from jixiao.policy.standards import Row
from jixiao.sheets.declare import Sheet
from jixiao.sheets.errorvalues import is_error_value, is_picture_call
from jixiao.sheets.inputs import SETTINGS, STANDARDS
from jixiao.sheets.locate import Layout, find_header, missing_headers
from jixiao.text import cell_text, is_blank, is_slash, key, number

T = TypeVar("T")
Kind = TypeVar("Kind", bound=Hashable)

_FEWEST = 8  # rows below which setting up columns costs more than it saves
_YES_NO = {"是": Fraction(1), "否": Fraction(0), "TRUE": Fraction(1), "FALSE": Fraction(0)}


def rows_of(cells: Cells, width: int, name: str) -> list[list[object]]:
    """The range as one row of `width` cells for each 科室; a single column of `width` cells is one 科室 too.

    Raises FormulaError for any other shape.
    """
    if len(cells) == width and width > 1 and all(len(row) == 1 for row in cells):
        return [[row[0] for row in cells]]
    if any(len(row) != width for row in cells):
        raise FormulaError(f"{name}每个科室要 {width} 个数并排，现在选了 {len(cells)} 行 {len(cells[0])} 列")
    return [list(row) for row in cells]


def list_of(cells: Cells, name: str) -> list[object]:
    """The cells of one column or one row; FormulaError for a block."""
    if all(len(row) == 1 for row in cells):
        return [row[0] for row in cells]
    if len(cells) == 1:
        return list(cells[0])
    raise FormulaError(f"{name}只能选一列或一行，现在选了 {len(cells)} 行 {len(cells[0])} 列")


def per_row(cells: Cells | None, count: int, name: str, each: str = "科室") -> list[object]:
    """An optional argument with one cell for `each` of `count`; all None when it is left out."""
    if cells is None:
        return [None] * count
    found = list_of(cells, name)
    if len(found) != count:
        raise FormulaError(f"{name}有 {len(found)} 个，与前面的 {count} 个{each}对不上")
    return found


def figure(cell: object, name: str) -> Fraction:
    """The exact number a cell means (R0); FormulaError for an empty cell or one that is no number."""
    if is_blank(cell):
        raise FormulaError(f"{name}是空的")
    found = number(cell)
    if found is None:
        if is_picture_call(cell):
            raise FormulaError(f"{name}是图片，请填数字")
        raise FormulaError(f"{name}“{short(cell)}”{'是错误值' if is_error_value(cell) else '不是数字'}")
    return found


def figure_or_slash(cell: object, name: str) -> Fraction | None:
    """A number, or None where a slash says that no work was planned; an empty cell is a fault, never zero."""
    if is_slash(cell):
        return None
    if is_blank(cell):
        raise FormulaError(f"{name}是空的，没有安排任务请填“/”")
    return figure(cell, name)


def yes_or_count(cell: object, name: str) -> Fraction:
    """A count of years; 是 and 否 stand for 1 and 0."""
    known = _YES_NO.get(key(cell))
    found = figure(cell, name) if known is None else known
    if found < 0 or found.denominator != 1:
        raise FormulaError(f"{name}要填 0 或正整数，或是、否")
    return found


def short(cell: object) -> str:
    """What stands in a cell, short enough for a message that must fit into one."""
    text = cell_text(cell)
    return text if len(text) <= 20 else f"{text[:20]}…"


def policy_of(settings: Cells | None, standards: Cells | None = None) -> Policy:
    """The rules of the settings' year with 参数 (项目, 值) and 加减分标准 laid over them.

    Raises FormulaError when a setting or a standard is impossible.
    """
    return _policy(_frozen(settings), _frozen(standards))


def _frozen(cells: Cells | None) -> tuple[tuple[object, ...], ...] | None:
    """The cells as a key of the cache, where TRUE must not pass for 1."""
    return None if cells is None else tuple(tuple(map(_told_apart, row)) for row in cells)


def _told_apart(cell: object) -> object:
    return cell_text(cell) if isinstance(cell, bool) else cell


@lru_cache(maxsize=64)
def _policy(
    settings: tuple[tuple[object, ...], ...] | None, standards: tuple[tuple[object, ...], ...] | None
) -> Policy:
    resolved = resolve(_setting_rows(settings or ()), _standard_rows(standards))
    # On a sheet an unknown 项目 is a warning beside the results; a function has no beside.
    for finding in resolved.findings:
        if finding.severity is Severity.ERROR or finding.code in {"C01", "C11"}:
            raise FormulaError(f"{_argument(finding)}第 {finding.row} 行：{finding.problem}")
    if resolved.policy is None:
        raise FormulaError("参数不能用，请核对")
    return resolved.policy


def _argument(finding: Finding) -> str:
    return "标准" if finding.table == STANDARDS.key else "参数"


def _setting_rows(cells: Cells) -> list[Row]:
    """项目 and 值 of every row: below their headers where these are in the range, else its first two columns."""
    layout = find_header(cells, SETTINGS)
    if layout is None and any(len(row) < 2 for row in cells):
        raise FormulaError("参数要选两列：项目和值")
    told_once(layout, SETTINGS, "参数")
    top, places = (layout.header_row, layout.places) if layout else (0, {"name": (1,), "value": (2,)})
    name, value = places["name"][0] - 1, places["value"][0] - 1
    return [(line, {"name": row[name], "value": row[value]}) for line, row in enumerate(cells[top:], start=top + 1)]


def told_once(layout: Layout | None, sheet: Sheet, name: str) -> None:
    """FormulaError where a header stands twice: which of the columns is meant cannot be known."""
    for column, places in layout.places.items() if layout else ():
        if len(places) > 1:
            raise FormulaError(f"{name}里“{sheet.by_key[column].header}”有 {len(places)} 列，请只留一列")


def _standard_rows(cells: Cells | None) -> list[Row]:
    if cells is None or all(is_blank(cell) for row in cells for cell in row):
        return []
    layout = find_header(cells, STANDARDS)
    if layout is None:
        raise FormulaError(f"标准要连表头一起选，缺：{'、'.join(missing_headers(cells, STANDARDS))}")
    told_once(layout, STANDARDS, "标准")
    rows: list[Row] = []
    for line, row in enumerate(cells[layout.header_row :], start=layout.header_row + 1):
        values = {name: row[places[0] - 1] for name, places in layout.places.items()}
        if not all(map(is_blank, values.values())):
            rows.append((line, {name: None if is_blank(value) else value for name, value in values.items()}))
    return rows


def answer(rows: Iterable[T], compute: Callable[[T], Value]) -> Answer:
    """One row's value alone, several as a column; a row with a fault gets its own text and spoils no other."""
    return as_column([_answer_row(row, compute) for row in rows])


def answer_in_columns(
    rows: Sequence[T],
    compute: Callable[[T], Value],
    alike: Callable[[T], Kind | None],
    columns: Callable[[list[T], Kind], Sequence[Value]],
) -> Answer:
    """As `answer`, with rows of one kind computed together by `columns`: the same values, far sooner.

    `alike` says of which kind a row is; None for one that has to be looked at by itself.
    """
    kinds: dict[Kind, list[int]] = {}
    for at, row in enumerate(rows if len(rows) >= _FEWEST else ()):
        kind = alike(row)
        if kind is not None:
            kinds.setdefault(kind, []).append(at)
    values: list[Value | None] = [None] * len(rows)
    for kind, together in kinds.items():
        for at, value in zip(together, columns([rows[at] for at in together], kind), strict=True):
            values[at] = value
    return as_column(
        [_answer_row(row, compute) if value is None else value for row, value in zip(rows, values, strict=True)]
    )


def _answer_row(row: T, compute: Callable[[T], Value]) -> Value:
    try:
        return compute(row)
    except FormulaError as fault:
        return fault_text(fault)
    except Exception:  # noqa: BLE001 - what nobody foresaw in one row spoils no other
        record_failure("one row of a function")
        return fault_text(BUG)


def as_column(values: Sequence[Value]) -> Answer:
    """Several values one below the other, as a range takes them; one alone as it is."""
    return values[0] if len(values) == 1 else [[value] for value in values]
