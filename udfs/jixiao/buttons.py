"""What a click runs, on any book xlwings can hold: nothing here knows where it runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import xlwings as xw

from jixiao.findings import Severity
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.model import Appraisal
from jixiao.sheets.checked import Checked, check_entries, without_spoilt
from jixiao.sheets.declare import Kind
from jixiao.sheets.inputs import POINTS
from jixiao.sheets.locate import Layout
from jixiao.sheets.outputs import CONSEQUENCES, FINDINGS, QUARTERS, RESULTS
from jixiao.sheets.present import Line, Posted, Value, finding_lines, posted
from jixiao.sheets.read import Entries, read_entries
from jixiao.sheets.recheck import reset_verdicts
from jixiao.sheets.write import write_blocks, write_columns, write_lines

_SCORE_COLUMNS = frozenset(
    column.key for sheet in (QUARTERS, RESULTS) for column in sheet.columns if column.kind is Kind.NUMBER
) - {"place", "coefficient"}

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Outcome:
    """What a button found and wrote.

    `lines` are those of 校验结果. `scored` are the figures it wrote: None after `check`, and when nothing could be
    computed because a setting is impossible or there is no department.
    """

    year: int
    lines: list[Line]
    scored: Posted | None = None

    @property
    def errors(self) -> int:
        """How many 错误 there are."""
        return sum(line["类型"] == Severity.ERROR for line in self.lines)


def score(book: xw.Book, progress: Progress | None = None) -> Outcome:
    """计算得分: check the entries, compute what is complete, rewrite every output sheet and output column.

    Raises WorkbookError, with nothing written, when an essential sheet or its headers are missing.
    """
    with _at_work(book, progress) as say:
        assessed = _assess(book, say)
        say("正在写入结果")
        _write_findings(book, assessed.outcome)
        _write_results(book, assessed)
        reset_verdicts(book)
        return assessed.outcome


def check(book: xw.Book, progress: Progress | None = None) -> Outcome:
    """校验数据: the same checks as `score`, writing 校验结果 alone.

    Raises WorkbookError, with nothing written, when an essential sheet or its headers are missing.
    """
    with _at_work(book, progress) as say:
        outcome = _assess(book, say).outcome
        _write_findings(book, outcome)
        reset_verdicts(book)
        return replace(outcome, scored=None)


@dataclass(frozen=True)
class _Assessed:
    """What a button knows once it has computed; `appraisal` is None when nothing could be computed."""

    entries: Entries
    checked: Checked
    appraisal: Appraisal | None
    outcome: Outcome


def _assess(book: xw.Book, say: Progress) -> _Assessed:
    say("正在读取各表")
    entries = read_entries(book)
    say("正在核对数据")
    checked = check_entries(entries)
    findings = list(checked.findings)
    appraisal: Appraisal | None = None
    if checked.inputs is not None and checked.policy is not None:
        say("正在计算得分")
        appraisal = appraise(checked.inputs, checked.policy)
        findings += appraisal.findings
    everything = (*entries.findings, *without_spoilt(entries, findings))
    lines = finding_lines(everything, _layouts(entries))
    scored = None if appraisal is None else posted(appraisal)
    return _Assessed(entries, checked, appraisal, Outcome(checked.year, lines, scored))


def _layouts(entries: Entries) -> dict[str, Layout]:
    return {name: raw.layout for name, raw in entries.sheets.items() if raw.layout is not None}


def _write_findings(book: xw.Book, outcome: Outcome) -> None:
    write_lines(book, FINDINGS, FINDINGS.name, outcome.lines)


def _write_results(book: xw.Book, assessed: _Assessed) -> None:
    """Every output sheet and column but 校验结果; what was posted before stays while nothing can be computed."""
    entries, scored = assessed.entries, assessed.outcome.scored
    if scored is None:
        return
    policy = scored.policy
    places = dict.fromkeys(_SCORE_COLUMNS, policy.places)
    write_blocks(book, QUARTERS, _title(policy, "科室季度得分"), scored.quarters, places)
    write_lines(book, RESULTS, _title(policy, "科室绩效考核结果"), scored.results, places)
    write_lines(book, CONSEQUENCES, _title(policy, "考核结果运用"), scored.consequences)
    points = entries.sheets[POINTS.key]
    if points.name is not None and points.layout is not None:
        values: dict[int, dict[str, Value]] = {}
        for row in points.rows:
            counted, treatment = scored.entries.get(row, (None, "没有计入，见校验结果"))
            values[row] = {"counted": counted, "treatment": treatment}
        write_columns(book.sheets[points.name], POINTS, points.layout, points.last_row, values)


def _title(policy: Policy, subject: str) -> str:
    return f"{policy.unit_name}{policy.year}年度{subject}"


@contextmanager
def _at_work(book: xw.Book, progress: Progress | None) -> Iterator[Progress]:
    """Screen, events and calculation at rest while a button works, and as they were afterwards.

    Steps are told to `progress`, or shown in the status bar.
    """
    app = book.app
    before = app.screen_updating, app.enable_events, app.calculation, app.status_bar

    def status_bar(step: str) -> None:
        app.status_bar = f"绩效考核：{step}…"

    app.screen_updating, app.enable_events, app.calculation = False, False, "manual"
    try:
        yield progress or status_bar
    finally:
        app.screen_updating, app.enable_events, app.calculation, app.status_bar = before
