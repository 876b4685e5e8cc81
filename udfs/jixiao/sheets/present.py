"""Results as rows of the output sheets and as the JSON of the command line: one projection for both."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import NamedTuple

from jixiao.exact import round_half_up
from jixiao.explain.consequence import CLAUSE, matter_text, people_text
from jixiao.explain.note import entry_note, result_note
from jixiao.findings import Finding, Severity
from jixiao.findings.grouping import one_per_cause
from jixiao.policy.model import QUARTERS as QUARTER_NAMES
from jixiao.policy.model import Policy
from jixiao.rules.model import Appraisal, EntryState, Quarter, Result
from jixiao.rules.standing import figures
from jixiao.sheets.cellareas import cells_listed
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.locate import Layout, column_letters
from jixiao.sheets.outputs import CONSEQUENCES, FINDINGS, OUTPUT_SHEETS, QUARTERS, RESULTS

Value = float | int | str | None
Line = dict[str, Value]  # by header, in the sheet's order

RATE_PLACES = 4
_MOST_OF_A_KIND = 1000
_MORE = {Severity.ERROR: "F11", Severity.WARNING: "F12", Severity.HINT: "F13"}
_SHEETS: dict[str, Sheet] = {sheet.key: sheet for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS)}
_SEVERITIES = list(Severity)


def number(value: Fraction | None) -> float | None:
    """A figure as the nearest double, which shows the exact decimal again at 15 digits."""
    return None if value is None else float(value)


def result_line(result: Result, appraisal: Appraisal) -> Line:
    """One line of 考核结果."""
    standing = result.standing
    ordered: dict[str, Value] = {
        "名次": standing.printed if standing else None,
        "科室": result.name,
        **{header: number(value) for header, value in figures(result).items()},
        "等次": standing.grade if standing else None,
        "说明": result_note(result, appraisal.policy) or None,
    }
    return {column.header: ordered[column.header] for column in RESULTS.columns}


def quarter_line(place: int | None, name: str, quarter: Quarter) -> Line:
    """One line of 季度得分; 完成率 is shown to four places (R9)."""
    rate = None if quarter.rate is None else round_half_up(quarter.rate, RATE_PLACES)
    values: tuple[Value, ...] = (place, name, number(rate), number(quarter.coefficient), number(quarter.score))
    return {column.header: value for column, value in zip(QUARTERS.columns, values, strict=True)}


def consequence_lines(appraisal: Appraisal) -> list[Line]:
    """The lines of 结果运用."""
    return [
        dict(
            zip(
                (column.header for column in CONSEQUENCES.columns),
                (line.name, line.place, matter_text(line), people_text(line) or None, CLAUSE),
                strict=True,
            )
        )
        for line in appraisal.consequences
    ]


def finding_lines(findings: Iterable[Finding], layouts: Mapping[str, Layout]) -> list[Line]:
    """The lines of 校验结果, one for each cause, gravest first, then sheet by sheet and row by row.

    `layouts` say where the sheets' columns stand, by key.
    """
    order = list(_SHEETS)
    ranked = sorted(
        _bearable(one_per_cause(findings)),
        key=lambda item: (
            _SEVERITIES.index(item.severity),
            order.index(item.table),
            item.row or 0,
            _place(item, layouts),
            item.code,
        ),
    )
    headers = [column.header for column in FINDINGS.columns]
    return [
        dict(
            zip(
                headers,
                (
                    str(item.severity),
                    item.code,
                    _SHEETS[item.table].name,
                    cell_of(item, layouts),
                    _problem(item, layouts),
                    item.advice,
                ),
                strict=True,
            )
        )
        for item in ranked
    ]


def _problem(finding: Finding, layouts: Mapping[str, Layout]) -> str:
    """What is wrong, with the cells where they are several."""
    if not finding.more:
        return finding.problem
    places = [finding, *(replace(finding, row=row, column=column) for row, column in finding.more)]
    return finding.problem + cells_listed([(place.row or 0, _place(place, layouts) or 1) for place in places])


def _bearable(findings: Iterable[Finding]) -> list[Finding]:
    """At most a thousand findings of one kind on one sheet, and how many more there are: nobody reads 150,000."""
    kinds: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.table, finding.code), []).append(finding)
    kept: list[Finding] = []
    for (table, code), same in kinds.items():
        kept += same[:_MOST_OF_A_KIND]
        if len(same) > _MOST_OF_A_KIND:
            more = _MORE[same[0].severity]
            kept.append(Finding(more, table, None, None, {"code": code, "count": len(same) - _MOST_OF_A_KIND}))
    return kept


def cell_of(finding: Finding, layouts: Mapping[str, Layout]) -> str | None:
    """The cell a finding points at, such as F12; None where its sheet was not read."""
    if finding.cell is not None:
        return finding.cell
    layout = layouts.get(finding.table)
    if layout is None:
        return None
    row = finding.row or layout.header_row
    return f"{column_letters(_place(finding, layouts) or 1)}{row}"


def _place(finding: Finding, layouts: Mapping[str, Layout]) -> int:
    layout = layouts.get(finding.table)
    if layout is None:
        return 0
    place = layout.column(finding.column) if finding.column else None
    return place or min((places[0] for places in layout.places.values()), default=1)


def entry_outcomes(appraisal: Appraisal) -> dict[int, tuple[float | None, str]]:
    """计分 and 处理说明 by row of 加减分; a row with a fault has no 计分."""
    return {
        entry.row: (None if entry.state is EntryState.WRONG else number(entry.counted), entry_note(entry))
        for result in appraisal.results
        for entry in result.points.entries
    }


class Posted(NamedTuple):
    """Everything a scoring posts, as rows of the output sheets; the sheets, the JSON and the terminal print these.

    `entries` are 计分 and 处理说明 by row of 加减分.
    """

    policy: Policy
    quarters: dict[str, list[Line]]
    results: list[Line]
    consequences: list[Line]
    entries: dict[int, tuple[float | None, str]]


def posted(appraisal: Appraisal) -> Posted:
    """An appraisal as it is posted."""
    lists = ([quarter_line(line.place, line.name, line.quarter) for line in quarter] for quarter in appraisal.quarters)
    return Posted(
        appraisal.policy,
        dict(zip(QUARTER_NAMES, lists, strict=True)),
        [result_line(result, appraisal) for result in appraisal.results],
        consequence_lines(appraisal),
        entry_outcomes(appraisal),
    )


def begun_only(quarters: Mapping[str, Sequence[Line]]) -> dict[str, Sequence[Line]]:
    """The quarters as 季度得分 shows them: one in which nothing could be computed yet has no lines.

    Where there is no figure in any of them, all list the 科室.
    """
    begun = {
        name: any(line["完成率"] is not None or line["得分"] is not None for line in lines)
        for name, lines in quarters.items()
    }
    return {name: lines if begun[name] or not any(begun.values()) else [] for name, lines in quarters.items()}


def as_json(year: int, scored: Posted | None, lines: list[Line]) -> dict[str, object]:
    """The JSON of the command line: 年度, 季度, 结果, 校验; no figures where nothing was scored."""
    quarters: dict[str, list[Line]] = scored.quarters if scored else {name: [] for name in QUARTER_NAMES}
    return {
        "年度": year,
        "季度": {str(number): quarter for number, quarter in enumerate(quarters.values(), start=1)},
        "结果": scored.results if scored else [],
        "校验": lines,
    }
