"""The faults of the entries while a setting is refused: nothing is computed, and yet all of them are told at once.

The rules are tried with the default in place of what was refused. What a doubtful setting decides is not told, nor is
any 提示: it waits until there are figures.
"""

from collections.abc import Iterable

from jixiao.findings import Finding, Severity
from jixiao.policy.doubts import Doubts
from jixiao.policy.model import Policy
from jixiao.rules.appraisal import appraise
from jixiao.rules.inputs import Inputs
from jixiao.rules.suspicions import suspicions
from jixiao.text import key

_SHORTAGE = frozenset(("fewest_ballots", "missing_group", "leaders_weight", "heads_weight", "villages_weight"))
# The settings that decide whether an 错误 or 警告 is one; those of 加减分标准 come on top.
DECIDING: dict[str, frozenset[str]] = {
    "T07": frozenset(("rate_cap",)),
    "T09": frozenset(("rate_cap",)),
    "T23": frozenset(("rate_cap", "fourth_source")),
    "T13": frozenset(("idle_quarter",)),
    "T16": frozenset(("fourth_source",)),
    "B11": _SHORTAGE,
    "B15": _SHORTAGE,
    "P09": frozenset(("year",)),
    "P10": frozenset(("year",)),
    "P12": frozenset(("year",)),
    "P29": frozenset(("year",)),
    "P30": frozenset(("decided_reminder",)),
    "P31": frozenset(("fourth_source", "idle_quarter")),
    "S07": frozenset(("year",)),
    "S08": frozenset(("year",)),
    "D08": frozenset(("coefficient_low", "coefficient_high")),
    "A08": frozenset(("attendance_reminder",)),
    "A11": frozenset(("decided_reminder",)),
    "H04": frozenset(("year", "last_years")),
    "H05": frozenset(("year", "last_years")),
}
# What is said of figures and places: while nothing is computed there are none.
_OF_RESULTS = frozenset(("R07", "H11", "H12", "H13"))
_FOURTH = frozenset(("rate_4", "rate_year"))
_WITHOUT_STANDARD = frozenset(("P01", "P19", "P23"))


def faults_despite(inputs: Inputs, policy: Policy, read: Iterable[Finding], doubts: Doubts) -> list[Finding]:
    """Every 错误 and 警告 of the entries that no doubtful setting decides.

    `policy` stands in for the one that was refused; `read` was found while the entries were read.
    """
    appraisal = appraise(inputs, policy)
    categories = dict(zip(inputs.points["row"].tolist(), map(key, inputs.points["category"]), strict=True))
    return [
        finding
        for finding in (*read, *appraisal.findings, *suspicions(inputs, appraisal))
        if finding.severity is not Severity.HINT and not _doubtful(finding, doubts, categories)
    ]


def _doubtful(finding: Finding, doubts: Doubts, categories: dict[int, str]) -> bool:
    if finding.code in _OF_RESULTS or not doubts.fields.isdisjoint(DECIDING.get(finding.code, ())):
        return True
    if finding.table == "tasks":
        return finding.column in _FOURTH and "fourth_source" in doubts.fields
    if finding.table != "points" or finding.code in _WITHOUT_STANDARD:
        return False
    unknown = finding.code == "P02" and doubts.about_categories()
    return unknown or doubts.about_category(categories.get(finding.row or 0, ""))
