"""From raw entries to checked records: the policy of the workbook's year and the inputs of the rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from jixiao.findings import Finding, Severity
from jixiao.policy.book import rule_book
from jixiao.policy.doubts import Doubts, everything
from jixiao.policy.model import Policy
from jixiao.policy.resolve import Resolved, resolve
from jixiao.policy.standards import Row
from jixiao.rules.inputs import Inputs
from jixiao.rules.notice import Notices
from jixiao.rules.refused import faults_despite
from jixiao.rules.standardslips import odd_standards
from jixiao.sheets.ballots import read_ballots
from jixiao.sheets.directory import Directory, read_directory, suspect_spelling
from jixiao.sheets.extras import read_attendance, read_history, read_points
from jixiao.sheets.followup import HOLIDAYS
from jixiao.sheets.inputs import STANDARDS
from jixiao.sheets.ledger import read_tasks
from jixiao.sheets.notices import read_notices
from jixiao.sheets.people import read_people
from jixiao.sheets.read import Entries, RawSheet
from jixiao.text import key

_SPOILT_CELL = frozenset(("F04", "F05", "F33"))
# Sheets and columns that name departments, beside the ledger; 历年结果 may well name one that is gone.
_NAMING = (
    *(("ballots", "department"), ("ballots", "rater"), ("points", "department")),
    *(("attendance", "department"), ("people", "department")),
)
_REFUSALS = frozenset(("C02", "S01"))


@dataclass(frozen=True)
class Checked:
    """What the rules can take, with all that was found on the way.

    `inputs` is None when a setting is impossible or there is no department: then nothing can be computed. `notices`
    are empty while 节假日 holds entries that could not be read.
    """

    year: int
    policy: Policy | None
    inputs: Inputs | None
    findings: tuple[Finding, ...]
    notices: Notices = field(default_factory=Notices)
    directory: Directory | None = None


def check_entries(entries: Entries) -> Checked:
    """Parse every sheet.

    With an impossible setting nothing can be computed; the other sheets' faults are told all the same, so that the
    clerk need not come back for each. What the setting decides is not among them.
    """
    sheets = entries.sheets
    settings = _rows(sheets["settings"])
    deciding = {"settings": {"name", "value"}, "standards": {column.key for column in STANDARDS.columns} - {"clause"}}
    resolved = resolve(settings, _rows(sheets["standards"]))
    settings_lost = bool(entries.unreadable & {"settings", "standards"}) or any(
        column in deciding.get(table, ()) for table, _, column in entries.spoilt
    )
    refused = resolved.policy is None or settings_lost
    policy = resolved.stand_in
    directory = read_directory(sheets["departments"])
    if not directory.names:
        found = (*resolved.findings, *directory.findings)
        return Checked(resolved.year, None if refused else policy, None, found)
    named = [(sheets[name], column) for name, column in _NAMING]
    directory = suspect_spelling(directory, sheets["tasks"], named)
    tasks, task_findings = read_tasks(sheets["tasks"], directory, policy)
    ballots, ballot_findings = read_ballots(sheets["ballots"], directory, policy)
    points, point_findings = read_points(sheets["points"], directory, policy)
    attendance, attendance_findings = read_attendance(sheets["attendance"], directory)
    history, history_findings = read_history(sheets["history"], directory)
    people, people_findings = read_people(sheets["people"], directory)
    notices, notice_findings = read_notices(sheets["notices"], sheets["holidays"], policy)
    read = (
        *directory.findings,
        *task_findings,
        *ballot_findings,
        *point_findings,
        *attendance_findings,
        *history_findings,
        *people_findings,
        *notice_findings,
    )
    kept = {"tasks": len(tasks), "ballots": len(ballots)}
    rejected = frozenset(name for name, count in kept.items() if count < len(sheets[name].rows))
    inputs = Inputs(directory.frame, tasks, ballots, points, attendance, history, entries.unreadable, rejected, people)
    read = (*read, *_odd_standards(sheets["standards"], resolved))
    if refused:
        doubts = _doubts(resolved, entries.unreadable)
        return Checked(resolved.year, None, None, (*resolved.findings, *faults_despite(inputs, policy, read, doubts)))
    known = Notices() if HOLIDAYS.key in entries.unreadable else notices
    return Checked(resolved.year, policy, inputs, (*resolved.findings, *read), known, directory)


def _odd_standards(raw: RawSheet, resolved: Resolved) -> Iterator[Finding]:
    """What looks like a slip in 加减分标准; nothing while a row of it is refused."""
    rows: dict[tuple[str, str], int] = {}
    for row, category, level in zip(raw.rows, raw.column("category"), raw.column("level"), strict=True):
        rows.setdefault((key(category), key(level)), row)
    if not any(finding.table == "standards" and finding.severity is Severity.ERROR for finding in resolved.findings):
        yield from odd_standards(resolved.stand_in.standards, rule_book(resolved.year).standards, rows)


def _doubts(resolved: Resolved, unreadable: frozenset[str]) -> Doubts:
    """What is uncertain of the rules; a sheet without its headers leaves all of its settings so."""
    doubts = resolved.doubts
    if "settings" in unreadable:
        doubts = everything(rule_book(resolved.year))
    return doubts._replace(all_categories=doubts.all_categories or "standards" in unreadable)


def all_findings(entries: Entries, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The reader's findings and the others, each spoilt cell told once.

    The reader speaks for it, but where the cell is a setting: its refusal names the setting and its clause. Of a rate
    for which a better one is proposed it is not said besides that it is low.
    """
    findings = list(findings)
    proposed = {_place(finding) for finding in findings if finding.code == "T09"}
    findings = [finding for finding in findings if finding.code != "T23" or _place(finding) not in proposed]
    spoilt = {_place(finding) for finding in entries.findings if finding.code in _SPOILT_CELL}
    refused = {_place(finding) for finding in findings if finding.code in _REFUSALS} & spoilt
    return (
        *(finding for finding in entries.findings if _place(finding) not in refused),
        *(finding for finding in findings if _place(finding) in refused or _place(finding) not in entries.spoilt),
    )


def _place(finding: Finding) -> tuple[str, int, str]:
    return finding.table, finding.row or 0, finding.column or ""


def _rows(raw: RawSheet) -> list[Row]:
    """A small sheet row by row."""
    columns = {column.key: raw.column(column.key) for column in raw.sheet.inputs}
    return [(row, {name: cells[index] for name, cells in columns.items()}) for index, row in enumerate(raw.rows)]
