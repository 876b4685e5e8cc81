"""模拟测算: the year computed again with changed settings, beside the year as it is (四(二)).

Only 参数 can be tried; 加减分标准 stays as it stands. Nothing here writes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import NamedTuple

from jixiao.exact import percent
from jixiao.findings import Finding, Severity
from jixiao.policy.book import RuleBook, Setting, rule_book
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.model import Appraisal, Result
from jixiao.sheets.checked import check_entries
from jixiao.sheets.present import Value, cell_of, number
from jixiao.sheets.read import Entries, RawSheet
from jixiao.sheets.simulation import Cells, SimulationSheet
from jixiao.text import cell_text, key

_SAME = "—"


class RefusedSimulationError(ValueError):
    """What was typed cannot be tried; the text is the sentence for staff."""


class Change(NamedTuple):
    """A setting to try: the row it was typed in, and the cell's value as it stands on the sheet."""

    row: int
    name: str
    value: object


@dataclass(frozen=True)
class Simulation:
    """What the sheet is to show: one sentence, the present values by row, the comparison line by line."""

    message: str
    now: Mapping[int, Value] = field(default_factory=dict)
    lines: tuple[Cells, ...] = ()
    places: int = 0


def wanted(sheet: SimulationSheet) -> list[Change]:
    """The changes typed into the sheet, none when it is empty; RefusedSimulationError for cells nobody can use."""
    for finding in sheet.findings:
        if finding.severity is Severity.ERROR:
            cell = cell_of(finding, {sheet.raw.sheet.key: sheet.layout})
            raise RefusedSimulationError(f"没有测算：{cell} {finding.problem}，{finding.advice}。")
    changes: dict[str, Change] = {}
    for row, name, value in zip(sheet.raw.rows, sheet.raw.column("name"), sheet.raw.column("value"), strict=True):
        if name is None:
            raise RefusedSimulationError(f"没有测算：第 {row} 行填了模拟值，没有选项目，请从下拉列表里选。")
        if key(name) in changes:
            first = changes[key(name)].row
            raise RefusedSimulationError(
                f"没有测算：“{cell_text(name)}”填了不止一行（第 {first}、{row} 行），请只留一行。"
            )
        changes[key(name)] = Change(row, cell_text(name), value)
    return list(changes.values())


def simulated(entries: Entries, present: Appraisal, changes: list[Change]) -> Simulation:
    """The year as it is beside the year with `changes` laid over 参数, both computed by the same rules.

    `present` is the year as it is, computed from `entries`. Raises RefusedSimulationError when a setting does not exist
    or makes no sense.
    """
    policy = present.policy
    rules = rule_book(policy.year)
    settings = [_setting(rules, change) for change in changes]
    checked = check_entries(entries._replace(sheets={**entries.sheets, "settings": _laid_over(entries, changes)}))
    if checked.policy is None or checked.inputs is None:
        raise RefusedSimulationError(_refusal(checked.findings))
    new = appraise(checked.inputs, checked.policy)
    after = {result.department: result for result in new.results}
    pairs = [(result, after[result.department]) for result in present.results]
    now = {change.row: _shown(policy, setting) for change, setting in zip(changes, settings, strict=True)}
    return Simulation(
        f"{policy.unit_name}{policy.year}年度：{_summary(len(changes), pairs)}",
        now,
        tuple(_line(before, then) for before, then in pairs),
        max(policy.places, checked.policy.places),
    )


def _setting(rules: RuleBook, change: Change) -> Setting:
    setting = rules.setting(change.name)
    if setting is None:
        raise RefusedSimulationError(f"没有测算：没有“{change.name}”这个参数（第 {change.row} 行），请从下拉列表里选。")
    return setting


def _laid_over(entries: Entries, changes: list[Change]) -> RawSheet:
    """The rows of 参数 with the changed values in their places; a line 参数 does not have is added below."""
    raw = entries.sheets["settings"]
    cells = {column.key: list(raw.column(column.key)) for column in raw.sheet.inputs}
    places = {key(name): at for at, name in enumerate(cells["name"])}
    rows = list(raw.rows)
    for change in changes:
        at = places.get(key(change.name))
        if at is None:
            rows.append(max(rows, default=0) + 1)
            for name, column in cells.items():
                column.append(change.name if name == "name" else None)
            at = -1
        cells["value"][at] = change.value
    return replace(raw, rows=tuple(rows), cells=cells)


def _refusal(findings: tuple[Finding, ...]) -> str:
    """The first of the faults the changed settings have; the present ones have none."""
    rules = {"settings", "standards"}
    errors = [finding for finding in findings if finding.severity is Severity.ERROR and finding.table in rules]
    more = f"（共 {len(errors)} 处不对）" if len(errors) > 1 else ""
    return f"没有测算：{errors[0].problem}，{errors[0].advice}{more}。"


def _shown(policy: Policy, setting: Setting) -> Value:
    """A setting in force as staff write it."""
    value = getattr(policy, setting.field)
    if isinstance(value, Fraction):
        return percent(value) if setting.kind in {"share", "cap_share"} else number(value)
    if isinstance(value, tuple):
        value = "、".join(value)
    if value is None or value == "":
        return "不设"
    return value if isinstance(value, int) else str(value)


def _line(before: Result, then: Result) -> Cells:
    """One department before and after; a figure that cannot be computed is empty, and so is its change."""
    scores = before.score, then.score
    old, new = before.standing, then.standing
    return {
        "department": before.name,
        "score": number(before.score),
        "new_score": number(then.score),
        "difference": None if scores[0] is None or scores[1] is None else number(scores[1] - scores[0]),
        "place": old.printed if old else None,
        "new_place": new.printed if new else None,
        "move": _move(old.printed - new.printed) if old and new else None,
        "grade": old.grade if old else None,
        "new_grade": new.grade if new else None,
    }


def _move(up: int) -> str:
    """How many places up or down."""
    return f"↑{up}" if up > 0 else f"↓{-up}" if up < 0 else _SAME


def _summary(count: int, pairs: list[tuple[Result, Result]]) -> str:
    lines = [_line(before, then) for before, then in pairs]
    moved = {
        "得分": sum(line["score"] != line["new_score"] for line in lines),
        "名次": sum(line["place"] != line["new_place"] for line in lines),
        "等次": sum(line["grade"] != line["new_grade"] for line in lines),
    }
    changed = "、".join(f"{number} 个科室的{figure}" for figure, number in moved.items() if number)
    said = f"会改变 {changed}" if changed else "得分、名次、等次都不变"
    incomplete = "；有的科室还没有考核得分，名次和等次先空着" if any(line["place"] is None for line in lines) else ""
    return f"按左边 {count} 项改动测算，{said}{incomplete}。其他各表都没有改动。"
