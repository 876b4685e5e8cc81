"""Who leads a department, who heads it and who works there (四(三))."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from jixiao.rules.inputs import Rank, records
from jixiao.text import key


class Persons(NamedTuple):
    """The people of one department; None where nothing says who they are, empty where a post is vacant.

    `row` is the department's. `differing` are the posts for which 人员 names others than 科室 does, each with the
    names of both sheets.
    """

    row: int
    leaders: tuple[str, ...] | None
    heads: tuple[str, ...] | None
    staff: tuple[str, ...] | None
    differing: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]


def persons_of(departments: pd.DataFrame, people: pd.DataFrame) -> list[Persons]:
    """Each department's people: 人员 where it names somebody for a post, else 负责人 and 分管领导 of 科室."""
    listed: dict[int, list[dict[str, Any]]] = {}
    for person in records(people):
        listed.setdefault(person["department"], []).append(person)
    return [_persons(line, listed.get(position, [])) for position, line in enumerate(records(departments))]


def _persons(line: Mapping[str, Any], listed: list[dict[str, Any]]) -> Persons:
    posts = {
        "leaders": distinct(person["name"] for person in listed if person["rank"] is Rank.DIVISION),
        "heads": distinct(person["name"] for person in listed if person["head"]),
    }
    staff = distinct(person["name"] for person in listed if person["rank"] is Rank.SECTION)
    written = {post: None if line[post] is None else distinct(line[post]) for post in posts}
    known = {post: named or written[post] for post, named in posts.items()}
    differing = {
        post: (named, other)
        for post, named in posts.items()
        if named and (other := written[post]) and set(map(key, named)) != set(map(key, other))
    }
    return Persons(line["row"], known["leaders"], known["heads"], staff or None, differing)


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Names in their order, one written twice only once."""
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(key(name), name)
    return tuple(first.values())
