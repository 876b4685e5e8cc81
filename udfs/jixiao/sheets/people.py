"""人员 as records for the rules, with what is wrong in its cells (R13)."""

import re
from typing import Any

import pandas as pd

from jixiao.findings import Finding
from jixiao.rules.inputs import PEOPLE_COLUMNS, Rank, records
from jixiao.sheets.directory import Directory
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, is_slash, key, yes_or_no

_DIVISION = re.compile("处")
_SECTION = re.compile("科|股|办事员|职员|技术|工勤|工人|聘")
_HEAD = {"是": True, "否": False, "": False}


def read_people(raw: RawSheet, directory: Directory) -> tuple[pd.DataFrame, list[Finding]]:
    """The persons with a name and a known 科室; without 职级 somebody counts as 科级 and below, which is said."""
    findings: list[Finding] = []
    people: list[dict[str, object]] = []
    columns = [raw.column(name) for name in ("name", "department", "rank", "head")]
    for row, name, department, rank_cell, head_cell in zip(raw.rows, *columns, strict=True):
        rank = _rank(rank_cell)
        head = _HEAD.get("" if is_slash(head_cell) else yes_or_no(head_cell))
        if head is None:
            findings.append(Finding("E07", "people", row, "head", {"value": cell_text(head_cell)}))
        if rank is None:
            findings.append(Finding("E06", "people", row, "rank", {"value": cell_text(rank_cell)}))
        if name is None or isinstance(name, Unreadable):
            findings.append(Finding("E01", "people", row, "name"))
            continue
        position = directory.position(department)
        if position is None:
            findings.append(_nowhere(row, name, department, rank, directory))
            continue
        known = {"name": cell_text(name), "department": position, "rank": rank, "head": bool(head)}
        people.append({"row": row, **known, "unranked": rank_cell is None})
    columns_kept = (*PEOPLE_COLUMNS, "unranked")
    frame = pd.DataFrame({name: pd.Series([one[name] for one in people], dtype=object) for name in columns_kept})
    lines = records(frame)
    findings += [*_unranked(lines), *_repeated(lines), *_heads_of_several(lines, directory)]
    return frame[list(PEOPLE_COLUMNS)], findings


def _rank(cell: object) -> Rank | None:
    """What 职级 says; None where it says neither or both."""
    if cell is None:
        return Rank.SECTION
    text = key(cell)
    above, below = bool(_DIVISION.search(text)), bool(_SECTION.search(text))
    return None if above == below else Rank.DIVISION if above else Rank.SECTION


def _nowhere(row: int, name: object, department: object, rank: Rank | None, directory: Directory) -> Finding:
    """A person of no known 科室; a leader may well have none."""
    if department is not None and not is_slash(department):
        return Finding(
            "E02", "people", row, "department", directory.stranger(department), fix=directory.meant(department)
        )
    code = "E04" if rank is Rank.DIVISION else "E03"
    return Finding(code, "people", row, "department", {"name": cell_text(name)})


def _unranked(people: list[dict[str, Any]]) -> list[Finding]:
    rows = [person["row"] for person in people if person["unranked"]]
    params = {"count": len(rows), "rows": "、".join(map(str, rows))}
    return [Finding("E08", "people", rows[0], "rank", params)] if rows else []


def _repeated(people: list[dict[str, Any]]) -> list[Finding]:
    """The same name in the same 科室 once more."""
    first: dict[tuple[str, int], int] = {}
    findings = []
    for person in people:
        row = first.setdefault((key(person["name"]), person["department"]), person["row"])
        if row != person["row"]:
            params = {"name": person["name"], "first": row}
            findings.append(Finding("E05", "people", person["row"], "name", params))
    return findings


def _heads_of_several(people: list[dict[str, Any]], directory: Directory) -> list[Finding]:
    """One who is 负责人 of several 科室, at the last of those rows."""
    headed: dict[str, dict[int, dict[str, Any]]] = {}
    for person in people:
        if person["head"]:
            headed.setdefault(key(person["name"]), {})[person["department"]] = person
    findings = []
    for departments in headed.values():
        if len(departments) > 1:
            person = list(departments.values())[-1]
            names = "、".join(directory.names[position] for position in departments)
            params = {"name": person["name"], "names": names}
            findings.append(Finding("E09", "people", person["row"], "head", params))
    return findings
