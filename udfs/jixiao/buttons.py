"""What a click runs, on any book xlwings can hold: nothing here knows where it runs."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import xlwings as xw

from jixiao.calendars import is_working_day
from jixiao.findings import Severity
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.model import Appraisal
from jixiao.rules.notice import Notice, close_notices
from jixiao.rules.suspicions import suspicions
from jixiao.sheets.access import refuse_closed
from jixiao.sheets.checked import Checked, all_findings, check_entries
from jixiao.sheets.declare import Kind
from jixiao.sheets.explanation import Told, write_explanation
from jixiao.sheets.followup import NOTICES
from jixiao.sheets.foot import write_foot
from jixiao.sheets.hiddenrows import say_hidden
from jixiao.sheets.inputs import POINTS
from jixiao.sheets.locate import Layout
from jixiao.sheets.marks import mark_findings
from jixiao.sheets.notices import notice_columns
from jixiao.sheets.outputs import CONSEQUENCES, EXPLANATION, FINDINGS, OUTPUT_SHEETS, QUARTERS, RESULTS
from jixiao.sheets.overview import write_overview
from jixiao.sheets.present import Line, Posted, begun_only, finding_lines, posted
from jixiao.sheets.read import Entries, RawSheet, read_entries
from jixiao.sheets.recheck import reset_verdicts
from jixiao.sheets.stamp import scoring_stamp
from jixiao.sheets.write import Cell, refuse_merges, write_blocks, write_columns, write_lines

if TYPE_CHECKING:
    from jixiao.carry import Carried
    from jixiao.sheets.simulation import SimulationSheet
    from jixiao.simulation import Simulation

_SCORE_COLUMNS = frozenset(
    column.key for sheet in (QUARTERS, RESULTS) for column in sheet.columns if column.kind is Kind.NUMBER
) - {"place", "coefficient"}

_MANUAL = "manual"
_SWITCHES = ("screen_updating", "enable_events", "calculation", "status_bar")

Progress = Callable[[str], None]


class Outcome(NamedTuple):
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

    @property
    def ranked(self) -> list[str]:
        """The quarters whose 科室 have their places."""
        quarters = {} if self.scored is None else self.scored.quarters
        return [name for name, lines in quarters.items() if any(line["名次"] is not None for line in lines)]

    @property
    def waiting(self) -> bool:
        """Whether nothing is wrong and yet somebody has no 考核得分: the year is not over."""
        results = [] if self.scored is None else self.scored.results
        return not self.errors and any(line["考核得分"] is None for line in results)


def score(book: xw.Book, progress: Progress | None = None) -> Outcome:
    """计算得分: check the entries, compute what is complete, rewrite every output sheet and output column.

    Raises WorkbookError, with nothing written, when an essential sheet or its headers are missing.
    """
    with _at_work(book, progress) as say:
        refuse_closed(book, (*OUTPUT_SHEETS, POINTS, NOTICES))
        refuse_merges(book, OUTPUT_SHEETS)
        assessed = _assess(book, say)
        say("正在写入结果")
        _write_findings(book, assessed.outcome)
        _write_results(book, assessed)
        _write_explanation(book, assessed)
        reset_verdicts(book)
        return assessed.outcome


def check(book: xw.Book, progress: Progress | None = None) -> Outcome:
    """校验数据: the same checks as `score`, writing 校验结果 and its marks alone.

    Raises WorkbookError, with nothing written, when an essential sheet or its headers are missing.
    """
    with _at_work(book, progress) as say:
        refuse_closed(book, (FINDINGS,))
        refuse_merges(book, (FINDINGS,))
        outcome = _assess(book, say).outcome
        _write_findings(book, outcome)
        reset_verdicts(book)
        return outcome._replace(scored=None)


def explain(book: xw.Book, progress: Progress | None = None) -> Outcome:
    """得分说明: compute as `score` does and rewrite 得分说明 alone, for the 科室 its cell picks.

    Raises WorkbookError, with nothing written, when an essential sheet or its headers are missing.
    """
    with _at_work(book, progress) as say:
        refuse_closed(book, (EXPLANATION,))
        assessed = _assess(book, say)
        say("正在写得分说明")
        _write_explanation(book, assessed)
        return assessed.outcome


class NextYear(NamedTuple):
    """The workbook 年度结转 made, left open, and `notices`: sentences about what was not taken over."""

    year: int
    path: Path
    notices: tuple[str, ...]


def next_year(book: xw.Book, progress: Progress | None = None) -> NextYear:
    """年度结转: a new workbook for the year after `book`'s, beside it; `book` itself is not changed.

    Raises WorkbookError when `book` cannot be used, its year is not known, or the new file is there already.
    """
    from jixiao.carry import open_next_year  # noqa: PLC0415 - once a year, and every start would pay for it

    with _at_work(book, progress) as say:
        carried = _take_over(book, say)
        say("正在生成新一年的工作簿")
        made, year = open_next_year(book, carried)
        return NextYear(year, Path(made.fullname), carried.notices)


def carried_from(book: xw.Book, progress: Progress | None = None, *, tasks: bool = False) -> "Carried":
    """What the year after `book`'s takes over from it, with its `tasks` or without; nothing is written.

    Raises as `next_year` does.
    """
    with _at_work(book, progress) as say:
        return _take_over(book, say, tasks=tasks)


def simulate(book: xw.Book, progress: Progress | None = None) -> "Simulation":
    """模拟测算: scores, places and grades with the changed settings of that sheet, beside the present ones.

    Writes that sheet alone; what cannot be tried is refused in one sentence there. Raises WorkbookError, with nothing
    written, when the sheet, or an essential one, is missing.
    """
    from jixiao.sheets.simulation import (  # noqa: PLC0415 - scoring needs none of it
        SIMULATION,
        read_simulation,
        write_simulation,
    )

    with _at_work(book, progress) as say:
        refuse_closed(book, (SIMULATION,))
        sheet = read_simulation(book)
        outcome = _simulate(book, sheet, say)
        say("正在写入结果")
        write_simulation(sheet, outcome.message, outcome.now, outcome.lines, outcome.places)
        return outcome


def _simulate(book: xw.Book, sheet: "SimulationSheet", say: Progress) -> "Simulation":
    from jixiao.simulation import RefusedSimulationError, Simulation, simulated, wanted  # noqa: PLC0415 - as above

    try:
        changes = wanted(sheet)
        if not changes:
            return Simulation("还没有要模拟的改动：请在左边选项目、填模拟值，再点“模拟测算”。")
        assessed = _assess(book, say)
        if assessed.appraisal is None:
            return Simulation("没有测算：现在的数据还算不了得分，请先点“校验数据”，按“校验结果”表改正。")
        say("正在模拟测算")
        return simulated(assessed.entries, assessed.appraisal, changes)
    except RefusedSimulationError as refused:
        return Simulation(str(refused))


def _take_over(book: xw.Book, say: Progress, *, tasks: bool = False) -> "Carried":
    from jixiao.carry import take_over  # noqa: PLC0415 - as above

    assessed = _assess(book, say)
    return take_over(book, assessed.entries, assessed.appraisal, assessed.outcome.errors, tasks=tasks)


class _Assessed(NamedTuple):
    """What a button knows once it has computed; `appraisal` is None when nothing could be computed.

    `notices` are by row of 公示.
    """

    entries: Entries
    checked: Checked
    appraisal: Appraisal | None
    notices: dict[int, Notice]
    outcome: Outcome


def _assess(book: xw.Book, say: Progress) -> _Assessed:
    say("正在读取各表")
    entries = read_entries(book)
    say("正在核对数据")
    checked = check_entries(entries)
    findings = list(checked.findings)
    appraisal: Appraisal | None = None
    notices: dict[int, Notice] = {}
    if checked.inputs is not None and checked.policy is not None:
        say("正在计算得分")
        appraisal = appraise(checked.inputs, checked.policy)
        notices, notice_findings = close_notices(checked.notices, checked.policy, is_working_day)
        findings += [*appraisal.findings, *suspicions(checked.inputs, appraisal), *notice_findings]
    lines = finding_lines(all_findings(entries, findings), _layouts(entries))
    lines = say_hidden(book, lines, {raw.sheet.name: raw.name for raw in entries.sheets.values() if raw.name})
    scored = None if appraisal is None else posted(appraisal)
    return _Assessed(entries, checked, appraisal, notices, Outcome(checked.year, lines, scored))


def _layouts(entries: Entries) -> dict[str, Layout]:
    return {name: raw.layout for name, raw in entries.sheets.items() if raw.layout is not None}


def _write_findings(book: xw.Book, outcome: Outcome) -> None:
    layout = write_lines(book, FINDINGS, FINDINGS.name, outcome.lines)
    mark_findings(book, layout, outcome.lines)


def _write_results(book: xw.Book, assessed: _Assessed) -> None:
    """Every output sheet and column but 校验结果; what was posted before stays while nothing can be computed."""
    entries, scored, appraisal = assessed.entries, assessed.outcome.scored, assessed.appraisal
    inputs = assessed.checked.inputs
    if scored is None or appraisal is None or inputs is None:
        return
    stamp = scoring_stamp(book, entries, scored.results)
    policy = scored.policy
    places = dict.fromkeys(_SCORE_COLUMNS, policy.places)
    quarters = begun_only(scored.quarters)
    layout = write_blocks(book, QUARTERS, _title(policy, "科室季度得分"), quarters, places)
    write_foot(book, QUARTERS, layout, max(map(len, quarters.values())), stamp)
    caption = f"{RESULTS.purpose}　{stamp}"
    write_blocks(book, RESULTS, _title(policy, "科室绩效考核结果"), {caption: scored.results}, places)
    write_overview(book, appraisal, inputs.history, _title(policy, "绩效考核一览"), stamp)
    write_lines(book, CONSEQUENCES, _title(policy, "考核结果运用"), scored.consequences)
    points, notices = entries.sheets[POINTS.key], entries.sheets[NOTICES.key]
    outcomes = {row: scored.entries.get(row, (None, "没有计入，见校验结果")) for row in points.rows}
    _write_back(
        book, points, {row: {"counted": counted, "treatment": note} for row, (counted, note) in outcomes.items()}
    )
    _write_back(book, notices, notice_columns(notices, assessed.notices, assessed.checked.notices))


def _write_back(book: xw.Book, raw: RawSheet, values: Mapping[int, Mapping[str, Cell]]) -> None:
    """The output columns of an input sheet, where the workbook has that sheet."""
    if raw.name is not None and raw.layout is not None:
        write_columns(book.sheets[raw.name], raw.sheet, raw.layout, raw.last_row, values, raw.totals)


def _write_explanation(book: xw.Book, assessed: _Assessed) -> None:
    """得分说明; what stood there before stays while nothing can be computed."""
    inputs, directory, appraisal = assessed.checked.inputs, assessed.checked.directory, assessed.appraisal
    if inputs is None or directory is None or appraisal is None:
        return
    told = Told(assessed.entries, inputs, directory, appraisal)
    write_explanation(book, _title(appraisal.policy, "科室得分说明"), told)


def _title(policy: Policy, subject: str) -> str:
    return f"{policy.unit_name}{policy.year}年度{subject}"


@contextmanager
def _at_work(book: xw.Book, progress: Progress | None) -> Iterator[Progress]:
    """Screen, events and calculation at rest while a button works, and as they were afterwards.

    Steps are told to `progress`, or shown in the status bar.
    """
    app = book.app
    before = [getattr(app, switch) for switch in _SWITCHES]

    def status_bar(step: str) -> None:
        app.status_bar = f"绩效考核：{step}…"

    try:
        app.screen_updating, app.enable_events, app.calculation = False, False, _MANUAL
        yield progress or status_bar
        if before[_SWITCHES.index("calculation")] == _MANUAL:
            app.calculate()  # nobody else would, and 公式复核 must not compare what was with what is
    finally:
        for switch, state in zip(_SWITCHES, before, strict=True):
            with suppress(Exception):  # one that Excel refuses keeps none of the others from being set back
                setattr(app, switch, state)
