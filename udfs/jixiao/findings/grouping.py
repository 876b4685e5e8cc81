"""One finding for each cause: a wrong name pasted into forty rows is one slip, told once with all its cells."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from jixiao.findings.model import Finding

FEWEST_ALIKE = 3  # cells of one column of which the same is to be said, from which on they are told together
_MOST_VALUES = 5  # different values quoted in one sentence


def one_per_cause(findings: Iterable[Finding]) -> list[Finding]:
    """The findings, those of one cause put together at the first of their cells, in their order.

    One cause is what a finding names as its own, else three times the same sentence about the same column: two cells
    may well be two slips.
    """
    causes: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        causes.setdefault(_cause(finding), []).append(finding)
    grouped: list[Finding] = []
    for same in causes.values():
        pasted = len(same) >= FEWEST_ALIKE or (len(same) > 1 and same[0].cause is not None)
        grouped += [_together(same)] if pasted else same
    return grouped


def _cause(finding: Finding) -> tuple[object, ...]:
    if finding.row is None or finding.cell is not None:  # about a header, or about a range of its own
        return (id(finding),)
    own = finding.cause
    said = (finding.column, *sorted((name, str(value)) for name, value in finding.params.items()))
    return finding.code, finding.table, own is None, *(said if own is None else own)


def _together(same: Sequence[Finding]) -> Finding:
    places = {(item.row or 0, item.column): None for item in same}
    for item in same:
        places |= dict.fromkeys(item.more)
    first, *others = places
    params = {name: _quoted([item.params.get(name, "") for item in same]) for name in same[0].params}
    return replace(same[0], row=first[0], column=first[1], params=params, more=tuple(others))


def _quoted(values: Sequence[object]) -> object:
    """What the findings of one cause say of a param: the same, or each in turn, the first of many."""
    distinct = list(dict.fromkeys(values))
    if len(distinct) == 1:
        return distinct[0]
    return "、".join(map(str, distinct[:_MOST_VALUES])) + (" 等" if len(distinct) > _MOST_VALUES else "")
