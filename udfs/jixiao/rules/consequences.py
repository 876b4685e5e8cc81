"""结果运用: who is put forward and who is called in (R13; 四(三))."""

from collections.abc import Iterable, Sequence

import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.model import Consequence, Matter, Result
from jixiao.rules.persons import Persons, persons_of
from jixiao.text import key

_HEADERS = {"leaders": "分管领导", "heads": "负责人"}


def apply_results(
    ordered: Sequence[Result], departments: pd.DataFrame, people: pd.DataFrame, policy: Policy
) -> tuple[list[Consequence], list[Finding]]:
    """The lines of 结果运用 from results in order of place; none while there are no places.

    All ties are listed. Who belongs to both ends is barred, which is said; a department that is 较差, or that 等次封顶
    holds down, is never put forward.
    """
    persons = persons_of(departments, people)
    placed = [(result, result.standing) for result in ordered if result.standing is not None]
    last = [result for result, standing in placed if standing.last]
    first = [result for result, standing in placed if standing.place <= policy.priority_places]
    both = [result for result in first if result in last]
    ends = [persons[result.department] for result in last]
    barred = {key(name) for own in ends for name in (*(own.leaders or ()), *(own.heads or ()))}
    lines: list[Consequence] = []
    findings: list[Finding] = []
    for result in first:
        if result in both or _held_down(result):
            continue
        own = persons[result.department]
        lines += _put_forward(result, own, barred)
        findings += _gaps(result, own, ("leaders",))
        if own.staff is None and len(people):
            findings.append(Finding("R05", "people", None, "name", {"name": result.name}))
    for result in last:
        own = persons[result.department]
        lines += _call_in(result, own)
        findings += _gaps(result, own, ("leaders", "heads"))
    return lines, [*findings, *_at_both_ends(both, lines)]


def _held_down(result: Result) -> bool:
    standing = result.standing
    return standing is not None and (standing.grade == "较差" or standing.ceiling is not None)


def _put_forward(result: Result, own: Persons, barred: set[str]) -> list[Consequence]:
    """分管处级领导, then 科级 and below; who is barred by the last place is held back, nobody is named twice."""
    leaders = own.leaders or ()
    # Without names of the staff, the heads are those of them who are known.
    staff = _without(own.heads or () if own.staff is None else own.staff, set(map(key, leaders)))
    willing = None if own.staff is None else _without(staff, barred)
    return [
        Consequence(result.name, _place(result), matter, people, tuple(name for name in group if key(name) in barred))
        for matter, people, group in (
            (Matter.LEADERS_FIRST, _without(leaders, barred), leaders),
            (Matter.STAFF_FIRST, willing, staff),
        )
    ]


def _call_in(result: Result, own: Persons) -> list[Consequence]:
    """分管处级领导, then 负责人; one who is both is named once."""
    leaders, heads = own.leaders or (), own.heads or ()
    led = set(map(key, leaders))
    above = tuple(name for name in heads if key(name) in led)
    return [
        Consequence(result.name, _place(result), Matter.LEADERS_BARRED, leaders),
        Consequence(result.name, _place(result), Matter.HEADS_BARRED, _without(heads, led), above=above),
    ]


def _place(result: Result) -> int:
    return result.standing.printed if result.standing else 0


def _without(names: Iterable[str], keys: set[str]) -> tuple[str, ...]:
    return tuple(name for name in names if key(name) not in keys)


def _at_both_ends(departments: Iterable[Result], lines: Iterable[Consequence]) -> list[Finding]:
    """Each department, leader and other person that the bar keeps from being put forward, once.

    A leader answers for several departments; of anybody else the name alone says that it is the same person.
    """
    leaders = {result.name: None for result in departments}
    others: dict[str, str] = {}
    for line in lines:
        if line.matter is Matter.LEADERS_FIRST:
            leaders |= dict.fromkeys(line.held_back)
    for line in lines:
        if line.matter is Matter.STAFF_FIRST:
            others |= {person: line.name for person in line.held_back if person not in leaders}
    return [
        *(Finding("R02", "consequences", None, "person", {"person": person}) for person in leaders),
        *(
            Finding("R04", "consequences", None, "person", {"person": person, "name": name})
            for person, name in others.items()
        ),
    ]


def _gaps(result: Result, own: Persons, posts: Sequence[str]) -> list[Finding]:
    """A post for which nobody is named, and one for which the two sheets name different people."""
    named = {"leaders": own.leaders, "heads": own.heads}
    found = []
    for post in posts:
        params: dict[str, object] = {"name": result.name, "header": _HEADERS[post]}
        if named[post] is None:
            found.append(Finding("R03", "departments", own.row, post, params))
        if post in own.differing:
            people, listed = own.differing[post]
            params |= {"people": "、".join(people), "listed": "、".join(listed)}
            found.append(Finding("R06", "departments", own.row, post, params))
    return found
