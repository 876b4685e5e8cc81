"""The sheet 得分说明: one 科室 picked in its cell, or all of them, each figure with its arithmetic and its cells."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import xlwings as xw

from jixiao.explain.record import Step, rows_text, sentences, settings
from jixiao.explain.whole import explain
from jixiao.rules.inputs import MARK_COLUMNS, Inputs
from jixiao.rules.model import Appraisal, Result
from jixiao.sheets.addresses import Addresses, Link
from jixiao.sheets.directory import Directory
from jixiao.sheets.links import link_cells
from jixiao.sheets.outputs import EXPLANATION
from jixiao.sheets.present import Line, number
from jixiao.sheets.read import Entries
from jixiao.sheets.write import output_layout, write_blocks
from jixiao.text import cell_text, is_blank, key, one_line

PICK_LABEL = "选科室："
EVERYBODY = "全部"
PAGE_LINES = 20  # of a 科室; the template breaks the page after as many, so that each begins on a new one
MOST_DEPARTMENTS = 60
_LONGEST_NAME = 40
_BLANK: Line = dict.fromkeys(column.header for column in EXPLANATION.columns)
_WORD_FIELDS = ("excellent_mark", "good_mark", "fair_mark", "poor_mark")  # in the order of the grades


class Told(NamedTuple):
    """What a scoring knows that 得分说明 prints from."""

    entries: Entries
    inputs: Inputs
    directory: Directory
    appraisal: Appraisal


def write_explanation(book: xw.Book, title: str, told: Told) -> None:
    """Rewrite 得分说明 for the 科室 that its cell picks; the cell itself is left alone."""
    target, layout = output_layout(book, EXPLANATION)
    picked = _picked(target, layout.header_row)
    results, advice = _choose(picked, told)
    addresses = Addresses(told.appraisal.policy.year, told.entries.sheets, target.name, layout)
    lines: list[Line] = [_advice_line(advice)] if advice else []
    links: dict[int, Link] = {}
    cells = _Cells(told)
    for explained in explain(results, told.inputs, told.appraisal):
        steps = [cells.told(step) for step in explained]
        lines += [_BLANK] * (-len(lines) % PAGE_LINES)
        top = layout.header_row + 1 + len(lines)
        rows = {step.figure: top + offset for offset, step in enumerate(steps)}
        for row, step in enumerate(steps, start=top):
            described = addresses.describe(step.sources, rows)
            if described is None:
                lines.append(_line(step, None, None))
                continue
            text, link = described
            links[row] = link
            lines.append(_line(step, text, addresses.shown(*link)))
    places = {"value": told.appraisal.policy.places}
    write_blocks(book, EXPLANATION, title, {PICK_LABEL: lines}, places)
    link_cells(target, layout.header_row, layout.places["link"][0], links)


class _Cells:
    """What a step does not know, for it counts numbers: which of its cells are empty, or hold a word."""

    def __init__(self, told: Told) -> None:
        """Find the tasks without 任务权重, and which of 优秀, 良好, 一般, 较差 the ballots use."""
        tasks, ballots = (told.entries.sheets[name] for name in ("tasks", "ballots"))
        weights = zip(tasks.rows, tasks.column("weight"), strict=True) if tasks.layout else ()
        self._unweighted = frozenset(row for row, weight in weights if is_blank(weight))
        fields: dict[str, str] = dict(zip(told.appraisal.policy.word_marks, _WORD_FIELDS, strict=True))
        marks = (ballots.column(column) for column in MARK_COLUMNS if ballots.layout)
        used = {fields.get(key(cell)) for cells in marks for cell in cells if isinstance(cell, str)}
        self._words = [field for field in _WORD_FIELDS if field in used]

    def told(self, step: Step) -> Step:
        """The step with 没有填权重 said, and with the settings the words stand for among its sources.

        Of ballots those of all words on the sheet: which of a department's ballots has one is nobody's business.
        """
        of_ballots = any(source.table == "ballots" for source in step.sources)
        rows = [
            row
            for source in step.sources
            if source.table == "tasks" and source.columns == ("weight",)
            for row in source.rows
            if row in self._unweighted
        ]
        words = (settings(*self._words),) if of_ballots and self._words else ()
        if not words and not rows:
            return step
        blank = f"任务台账{rows_text(rows)}没有填权重，按 1" if rows else ""
        return step._replace(sources=step.sources + words, excluded=sentences([step.excluded, blank]))


def _picked(target: xw.Sheet, header_row: int) -> str:
    """What stands beside the label above the header: a 科室, 全部 or nothing."""
    if header_row < 2:
        return ""
    block = target.range((1, 1), (header_row - 1, len(EXPLANATION.columns))).options(ndim=2, err_to_str=True).value
    for row in block:
        for label, cell in pairwise(row):
            if isinstance(label, str) and key(label) == key(PICK_LABEL):
                return cell_text(cell)
    return ""


def _choose(picked: str, told: Told) -> tuple[Sequence[Result], str]:
    """The results to list, or one sentence on why there are none."""
    results = told.appraisal.results
    if key(picked) not in {"", EVERYBODY}:
        position = told.directory.position(picked)
        if position is None:
            return (
                (),
                f"“科室”表里没有“{one_line(picked, _LONGEST_NAME)}”，请在上面的格子里重新选一个科室，再计算一次。",
            )
        return [result for result in results if result.department == position], ""
    if len(results) > MOST_DEPARTMENTS:
        return (), f"共有 {len(results)} 个科室，请在上面的格子里选一个科室，再计算一次。"
    return results, ""


def _line(step: Step, sources: str | None, link: str | None) -> Line:
    value = step.value if isinstance(step.value, str) else number(step.value)
    formula, excluded = step.formula or None, step.excluded or None
    cells = (step.department, step.figure, value, formula, sources, link, step.clause, excluded)
    return {column.header: cell for column, cell in zip(EXPLANATION.columns, cells, strict=True)}


def _advice_line(sentence: str) -> Line:
    return _BLANK | {"项目": "提示", "算式": sentence}
