"""A county-size workbook of plausible entries: many departments, tasks and ballots, the same for the same seed."""

import random
from pathlib import Path

import xlsxwriter

from jixiao.policy.model import RATER_GROUPS
from jixiao.sheets.inputs import BALLOTS, DEPARTMENTS, TASKS

LEADERS, HEADS = 0.25, 0.35  # the rest of the raters are villages


def write_county(path: Path, departments: int = 1000, tasks: int = 20_000, ballots: int = 150_000) -> Path:
    """Write the three essential sheets; every department has the same number of tasks and ballots."""
    chance = random.Random(20241231)
    names = [f"第{number:04d}科" for number in range(1, departments + 1)]
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    percent = book.add_format({"num_format": "0.00%"})

    sheet = book.add_worksheet(DEPARTMENTS.name)
    sheet.write_row(0, 0, [column.header for column in DEPARTMENTS.columns])
    for row, name in enumerate(names, start=1):
        sheet.write_row(row, 0, [name, chance.randint(95, 108) / 100])

    sheet = book.add_worksheet(TASKS.name)
    sheet.write_row(0, 0, [column.header for column in TASKS.columns[:7]])
    for row in range(1, tasks + 1):
        sheet.write_row(row, 0, [names[row % departments], f"任务{row}", chance.randint(8, 15) / 10])
        for quarter in range(4):
            sheet.write_number(row, 3 + quarter, chance.randint(600, 1000) / 1000, percent)

    sheet = book.add_worksheet(BALLOTS.name)
    sheet.write_row(0, 0, [column.header for column in BALLOTS.columns])
    raters = max(1, ballots // departments)
    row = 0
    for rater in range(raters):
        group = 0 if rater < raters * LEADERS else 1 if rater < raters * (LEADERS + HEADS) else 2
        for place, name in enumerate(names):
            own = names[(place + rater + 1) % departments] if group == 1 and departments > 1 else None
            row += 1
            marks = [chance.randint(60, 100) for _ in range(5)]
            sheet.write_row(row, 0, [f"{rater + 1:04d}", RATER_GROUPS[group], own, name, *marks])
    book.close()
    return path
