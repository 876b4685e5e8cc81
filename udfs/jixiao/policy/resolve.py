"""A workbook's own cells laid over the rules of its year: the `Policy` everything is computed with."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from jixiao.exact import percent, plain
from jixiao.findings import Finding, Severity
from jixiao.policy.book import RuleBook, Setting, rule_book, rule_books
from jixiao.policy.doubts import Doubts, doubts_of
from jixiao.policy.model import GRADES, Policy
from jixiao.policy.standards import Row, resolve_standards
from jixiao.policy.values import RefusedValueError, parse
from jixiao.text import cell_text, is_blank, key

_PLACEHOLDER = "XX"  # how a default begins that stands for a name only the town knows


class Resolved(NamedTuple):
    """The policy, or None when a setting is impossible; then `findings` holds the reason.

    `stand_in` is the policy with the year's default in place of whatever was refused, `doubts` is what that was: good
    for looking at the other sheets, never for a figure.
    """

    year: int
    policy: Policy | None
    findings: tuple[Finding, ...]
    stand_in: Policy
    doubts: Doubts


@dataclass
class _Overrides:
    """What stands on 参数: parsed values and their rows by field, and whether the cell was filled."""

    values: dict[str, Any]
    rows: dict[str, int | None]
    filled: set[str]


def resolve(settings: Sequence[Row], standards: Sequence[Row]) -> Resolved:
    """The policy of a workbook.

    `settings` are rows of 参数 (name, value), `standards` rows of 加减分标准, each with the row it came from. An
    empty value or a missing line means the default of the year's rules.
    """
    findings: list[Finding] = []
    year, row = _year(settings, findings)
    book = rule_book(year)
    if year < book.year:
        findings.append(Finding("C06", "settings", row, "value", {"year": year, "used": book.year}))
    overrides = _parse_settings(book, settings, findings)
    findings.extend(_impossible_totals(book, overrides))
    findings.extend(_impossible_orders(book, overrides))
    findings.extend(_short_notice(book, overrides))
    findings.extend(_nameless_unit(book, overrides))
    merged, standard_findings = resolve_standards(book.standards, standards)
    findings.extend(standard_findings)
    doubts = doubts_of(book, settings, standards, overrides.rows, findings)
    certain = {field: value for field, value in overrides.values.items() if field not in doubts.fields}
    for field in doubts.fields:
        certain[field] = parse(book.named(field), None)
    policy = Policy(**certain, standards=merged)
    refused = any(finding.severity is Severity.ERROR for finding in findings)
    return Resolved(year, None if refused else policy, tuple(findings), policy, doubts)


def default_policy(year: int | None = None) -> Policy:
    """The policy of a year whose workbook overrides nothing."""
    rows: list[Row] = [] if year is None else [(None, {"name": "年度", "value": year})]
    resolved = resolve(rows, [])
    if resolved.policy is None:
        raise ValueError(f"no policy for {year}")
    return resolved.policy


def _year(settings: Sequence[Row], findings: list[Finding]) -> tuple[int, int | None]:
    """The appraisal year and its row, needed before the rest: it picks the rule book."""
    newest = rule_books()[-1]
    setting = newest.named("year")
    for row, cells in settings:
        if key(cells.get("name")) == key(setting.name):
            if is_blank(cells.get("value")):
                findings.append(Finding("C05", "settings", row, "value", {"year": setting.default}))
            try:
                return int(str(parse(setting, cells.get("value")))), row
            except RefusedValueError:
                break  # reported with the other settings
    else:
        findings.append(Finding("C05", "settings", None, "value", {"year": setting.default}))
    return int(setting.default), None


def _parse_settings(book: RuleBook, rows: Sequence[Row], findings: list[Finding]) -> _Overrides:
    overrides = _Overrides({}, {}, set())
    for row, cells in rows:
        name, value = cells.get("name"), cells.get("value")
        setting = book.setting(name)
        if setting is None:
            if not is_blank(name):
                findings.append(Finding("C01", "settings", row, "name", {"name": cell_text(name)}))
            elif not is_blank(value):
                findings.append(Finding("C11", "settings", row, "name"))
            continue
        if setting.field in overrides.rows:
            findings.append(Finding("C03", "settings", row, "name", {"name": setting.name, "clause": setting.clause}))
            continue
        overrides.rows[setting.field] = row
        if not is_blank(value):
            overrides.filled.add(setting.field)
        try:
            overrides.values[setting.field] = parse(setting, value)
        except RefusedValueError as refused:
            findings.append(_refusal(setting, row, value, str(refused)))
    for setting in book.settings:
        if setting.field not in overrides.rows:
            overrides.values[setting.field] = parse(setting, None)
    return overrides


def _refusal(setting: Setting, row: int | None, value: object, advice: str) -> Finding:
    params = {"name": setting.name, "value": cell_text(value), "clause": setting.clause, "advice": advice}
    return Finding("C02", "settings", row, "value", params)


def _impossible_totals(book: RuleBook, overrides: _Overrides) -> list[Finding]:
    """Shares that belong together must add up to 100 %."""
    findings = []
    for fields in book.totals:
        shares = [overrides.values.get(field) for field in fields]
        numbers = [share for share in shares if isinstance(share, Fraction)]
        if len(numbers) < len(fields) or sum(numbers) == 1:
            continue
        settings = [book.named(field) for field in fields]
        changed = [item for item in settings if overrides.values[item.field] != parse(item, None)]
        suspect = next((item for item in changed if item.field in overrides.filled), settings[0])
        params = {
            "names": "、".join(item.name for item in settings),
            "total": percent(sum(numbers, Fraction(0))),
            "clause": suspect.clause,
        }
        findings.append(Finding("C04", "settings", overrides.rows.get(suspect.field), "value", params))
    return findings


def _impossible_orders(book: RuleBook, overrides: _Overrides) -> list[Finding]:
    """Better words are worth no less; a trim that could leave no ballot is said."""
    findings = []
    marks = [book.named(field) for field in ("excellent_mark", "good_mark", "fair_mark", "poor_mark")]
    for better, worse, grade in zip(marks, marks[1:], GRADES, strict=False):
        high, low = overrides.values.get(better.field), overrides.values.get(worse.field)
        if isinstance(high, Fraction) and isinstance(low, Fraction) and low > high:
            suspect = worse if worse.field in overrides.filled else better
            advice = f"“{grade}”的折算分不能低于下一档"
            shown = plain(low if suspect is worse else high)
            findings.append(_refusal(suspect, overrides.rows.get(suspect.field), shown, advice))
    trim, above = overrides.values.get("trim"), overrides.values.get("trim_above")
    if isinstance(trim, int) and isinstance(above, int) and 2 * trim > above:
        field = "trim" if "trim" in overrides.filled else "trim_above"
        params = {"trim": trim, "above": above, "clause": book.named(field).clause}
        findings.append(Finding("C07", "settings", overrides.rows.get(field), "value", params))
    return findings


def _nameless_unit(book: RuleBook, overrides: _Overrides) -> list[Finding]:
    """A title that would say XX镇 is said before it hangs on the wall."""
    setting = book.named("unit_name")
    name = overrides.values.get(setting.field)
    if name != setting.default or not setting.default.startswith(_PLACEHOLDER):
        return []
    return [Finding("C10", "settings", overrides.rows.get(setting.field), "value", {"value": setting.default})]


def _short_notice(book: RuleBook, overrides: _Overrides) -> list[Finding]:
    """A notice shorter than the plan asks for (四(二)1) is said."""
    setting = book.named("notice_days")
    days, least = overrides.values.get(setting.field), int(setting.default)
    if not isinstance(days, int) or days >= least:
        return []
    params = {"days": days, "least": least, "clause": setting.clause}
    return [Finding("C09", "settings", overrides.rows.get(setting.field), "value", params)]
