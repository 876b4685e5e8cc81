"""A county's entries: many departments, tasks and ballots, plausible and the same for the same seed."""

import random
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from jixiao.policy.model import RATER_GROUPS
from jixiao.sheets.inputs import BALLOTS, DEPARTMENTS, TASKS

LEADERS, HEADS = 0.25, 0.35  # the rest of the raters are villages


@dataclass(frozen=True)
class Task:
    """One line of the ledger; rates are fractions of 1."""

    department: str
    weight: float
    rates: tuple[float, ...]


@dataclass(frozen=True)
class Ballot:
    """One rater's marks for one department."""

    number: str
    group: str
    rater: str | None
    department: str
    marks: tuple[int, ...]


@dataclass(frozen=True)
class County:
    """Entries of `departments` departments; tasks and ballots are spread evenly over them."""

    names: list[str]
    coefficients: list[float]
    tasks: list[Task]
    ballots: list[Ballot]


def make_county(departments: int, tasks: int, ballots: int) -> County:
    """`tasks` and `ballots` are totals; every department gets at least one ballot of each group."""
    chance = random.Random(20241231)
    names = [f"第{number:04d}科" for number in range(1, departments + 1)]
    raters = max(len(RATER_GROUPS), ballots // departments)
    rows = []
    for rater in range(raters):
        group = 0 if rater < raters * LEADERS else 1 if rater < raters * (LEADERS + HEADS) else 2
        for place, name in enumerate(names):
            own = names[(place + rater + 1) % departments] if group == 1 and departments > 1 else None
            marks = tuple(chance.randint(60, 100) for _ in range(5))
            rows.append(Ballot(f"{rater + 1:04d}", RATER_GROUPS[group], own, name, marks))
    return County(
        names,
        [chance.randint(95, 108) / 100 for _ in names],
        [
            Task(
                names[row % departments],
                chance.randint(8, 15) / 10,
                tuple(chance.randint(600, 1000) / 1000 for _ in range(4)),
            )
            for row in range(tasks)
        ],
        rows,
    )


def write_county(path: Path, departments: int = 1000, tasks: int = 20_000, ballots: int = 150_000) -> Path:
    """Write the three essential sheets of such a county as a workbook."""
    county = make_county(departments, tasks, ballots)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    percent = book.add_format({"num_format": "0.00%"})

    sheet = book.add_worksheet(DEPARTMENTS.name)
    sheet.write_row(0, 0, [column.header for column in DEPARTMENTS.columns])
    for row, (name, coefficient) in enumerate(zip(county.names, county.coefficients, strict=True), start=1):
        sheet.write_row(row, 0, [name, coefficient])

    sheet = book.add_worksheet(TASKS.name)
    sheet.write_row(0, 0, [column.header for column in TASKS.columns[:7]])
    for row, task in enumerate(county.tasks, start=1):
        sheet.write_row(row, 0, [task.department, f"任务{row}", task.weight])
        sheet.write_row(row, 3, task.rates, percent)

    sheet = book.add_worksheet(BALLOTS.name)
    sheet.write_row(0, 0, [column.header for column in BALLOTS.columns])
    for row, ballot in enumerate(county.ballots, start=1):
        sheet.write_row(row, 0, [ballot.number, ballot.group, ballot.rater, ballot.department, *ballot.marks])
    book.close()
    return path
