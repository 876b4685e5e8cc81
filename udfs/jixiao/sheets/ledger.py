"""任务台账 as records for the rules, with what is wrong in its cells (R1, R2)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction

import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import RATE_COLUMNS, Rate
from jixiao.sheets.cells import Note, parse_rate
from jixiao.sheets.directory import Directory
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, percentage, share

_RATES = (*RATE_COLUMNS, "rate_year")
_TEXTS = ("task", "origin", "focus")


def read_tasks(raw: RawSheet, directory: Directory, policy: Policy) -> tuple[pd.DataFrame, list[Finding]]:
    """The tasks that belong to a department; a row that belongs to nobody is reported and left out."""
    findings: list[Finding] = []
    rows: list[int] = []
    positions: list[int] = []
    weights: list[Fraction | None] = []
    kept: list[int] = []
    columns = raw.column("department"), raw.column("task"), raw.column("weight")
    others = [raw.column(column.key) for column in raw.sheet.inputs if column.key != "department"]
    bare = [all(cell is None for cell in row) for row in zip(*others, strict=True)]
    for index, (row, department, task, weight) in enumerate(zip(raw.rows, *columns, strict=True)):
        position = directory.position(department)
        if department is None:
            findings.append(Finding("T02", "tasks", row, "department"))
        elif position is None:
            findings.append(
                Finding(
                    "T01", "tasks", row, "department", directory.stranger(department), fix=directory.meant(department)
                )
            )
        elif bare[index]:
            findings.append(Finding("F07", "tasks", row, "department"))
        else:
            if task is None:
                findings.append(Finding("T14", "tasks", row, "task"))
            rows.append(row)
            positions.append(position)
            weights.append(None if row in raw.merged else _weight(row, weight, findings))
            kept.append(index)
    findings += _mixed_weights(raw, kept, positions, directory)
    frame = {
        "row": pd.Series(rows, dtype="int64"),
        "department": pd.Series(positions, dtype="int64"),
        "weight": pd.Series(weights, dtype=object),
    }
    if policy.fourth_source == "年终完成率" and "rate_year" not in raw.cells and raw.rows:
        findings.append(Finding("T16", "tasks", None, "rate_4", {"clause": "四(二)1"}))
    for column in _RATES:
        frame[column] = pd.Series(_rates(raw, column, kept, policy, findings), dtype=object)
    for column in _TEXTS:
        cells = raw.column(column)
        frame[column] = pd.Series([cell_text(cells[index]) for index in kept], dtype=object)
    return pd.DataFrame(frame), findings


def _weight(row: int, value: object, findings: list[Finding]) -> Fraction | None:
    """任务权重 (> 0, default 1), or None with the fault said."""
    weight = Fraction(1) if value is None else share(value)
    if weight is None or weight <= 0:
        findings.append(Finding("T03", "tasks", row, "weight", {"value": cell_text(value)}))
        return None
    return weight


def _mixed_weights(
    raw: RawSheet, kept: Sequence[int], positions: Sequence[int], directory: Directory
) -> Iterator[Finding]:
    """任务权重 in per cent beside plain numbers or empty cells of one department (R0): 20% beside 30 is 1 : 150."""
    weights, shown = raw.column("weight"), raw.percent.get("weight", frozenset())
    forms: dict[int, dict[bool, list[int]]] = defaultdict(lambda: {True: [], False: []})
    for index, position in zip(kept, positions, strict=True):
        row, weight = raw.rows[index], weights[index]
        if not isinstance(weight, Unreadable):
            forms[position][row in shown or percentage(weight) is not None].append(row)
    for position, lots in forms.items():
        if lots[True] and lots[False]:
            fewer = min(lots.values(), key=len)
            more = tuple((row, "weight") for row in fewer[1:])
            params = {"name": directory.names[position]}
            yield Finding("T25", "tasks", fewer[0], "weight", params, more=more)


def _rates(raw: RawSheet, column: str, kept: list[int], policy: Policy, findings: list[Finding]) -> list[Rate]:
    """A quarter's cells; 年终完成率 is looked at only where 第四季度取数 asks for it."""
    unused = "rate_year" if policy.fourth_source == "四季度完成率" else "rate_4"
    if column == unused:
        return [None] * len(kept)
    cells, percent = raw.column(column), raw.percent.get(column, frozenset())
    rates = []
    known: dict[tuple[object, bool], tuple[Rate, Note | None]] = {}
    for index in kept:
        row = raw.rows[index]
        cell = cells[index], row in percent
        if cell not in known:
            known[cell] = parse_rate(cell[0], is_percent=cell[1], cap=policy.rate_cap)
        rate, note = known[cell]
        if note is not None:
            cause = (column,) if note.code == "T06" else None
            findings.append(Finding(note.code, "tasks", row, column, note.params, cause=cause))
        rates.append(rate)
    return rates
