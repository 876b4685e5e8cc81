"""结果运用: who is put forward and who is called in (R13; 四(三))."""

from collections.abc import Sequence

import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.inputs import records
from jixiao.rules.model import Consequence, Result
from jixiao.text import key

_CLAUSE = "四(三)"
_LEADERS_FIRST = "分管处级领导：平时考核和年终考核优先评为优秀"
_STAFF_FIRST = "科级及以下人员：平时考核和年终考核优先评为优秀"
_LEADERS_BARRED = "分管处级领导：由镇党委、纪委负责人约谈，年终考核不得评为优秀"
_HEADS_BARRED = "科室负责人：由镇党委、纪委负责人约谈，年终考核不得评为优秀"


def apply_results(
    ordered: Sequence[Result], departments: pd.DataFrame, policy: Policy
) -> tuple[list[Consequence], list[Finding]]:
    """The lines of 结果运用 from results in order of place; none while there are no places.

    All ties are listed. Who belongs to both ends is barred, which is said.
    """
    people = dict(enumerate(records(departments)))

    def named(result: Result, column: str) -> tuple[str, ...]:
        names: tuple[str, ...] | None = people[result.department][column]
        return names or ()

    placed = [(result, result.standing) for result in ordered if result.standing is not None]
    last = [result for result, standing in placed if standing.last]
    first = [result for result, standing in placed if standing.place <= policy.priority_places]
    findings: list[Finding] = []
    both_ends: dict[str, None] = {}
    barred = {key(person) for result in last for person in (*named(result, "leaders"), *named(result, "heads"))}
    lines: list[Consequence] = []

    def add(result: Result, matter: str, person: str) -> None:
        place = result.standing.printed if result.standing else 0
        lines.append(Consequence(result.name, place, matter, person, _CLAUSE))

    for result in first:
        if result in last:
            both_ends[result.name] = None
            continue
        leaders = named(result, "leaders")
        both_ends |= dict.fromkeys(person for person in leaders if key(person) in barred)
        put_forward = [person for person in leaders if key(person) not in barred]
        held_back = [person for person in leaders if key(person) in barred]
        note = f"（{'、'.join(held_back)}不得评优，见最后一名科室）" if held_back else ""
        add(result, _LEADERS_FIRST, "、".join(put_forward) + note)
        add(result, _STAFF_FIRST, "本科室科级及以下人员")
        findings.extend(_vacancy(result, people[result.department], ("leaders",)))
    for result in last:
        add(result, _LEADERS_BARRED, "、".join(named(result, "leaders")))
        add(result, _HEADS_BARRED, "、".join(named(result, "heads")))
        findings.extend(_vacancy(result, people[result.department], ("leaders", "heads")))
    barred_anyway = [Finding("R02", "consequences", None, "person", {"person": person}) for person in both_ends]
    return lines, [*findings, *barred_anyway]


def _vacancy(result: Result, person: dict[str, object], columns: Sequence[str]) -> list[Finding]:
    headers = {"leaders": "分管领导", "heads": "负责人"}
    return [
        Finding("R03", "departments", int(str(person["row"])), column, {"name": result.name, "header": headers[column]})
        for column in columns
        if person[column] is None
    ]
