"""A year of logical values typed into the template cell by cell, as somebody types who has it on paper."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.extension.desk import Desk
from tests.workbooks import DIMENSIONS, QUARTERS

HEADERS = 3  # the row of headers on the sheets people fill in
LAST = 60  # a row well below what the template holds of its own


def type_year(desk: Desk, year: Mapping[str, Any]) -> None:
    """Type a whole year; the departments the template brings are deleted first."""
    for sheet in ("科室", "考勤"):
        desk.wipe(sheet, f"A{HEADERS + 1}:E{LAST}")
    places = {line["项目"]: row for row, line in enumerate(desk.rows("参数", HEADERS), HEADERS + 1)}
    for name, value in year["参数"].items():
        desk.type("参数", f"B{places[name]}", _text(value))
    for sheet, lines in _lines(year).items():
        columns = desk.columns(sheet, HEADERS)
        for row, line in enumerate(lines, HEADERS + 1):
            for header, value in line.items():
                if value not in {None, ""}:
                    desk.type(sheet, f"{columns[header]}{row}", _text(value))


def _lines(year: Mapping[str, Any]) -> dict[str, Sequence[Mapping[str, Any]]]:
    tasks = [
        _without(task, "完成率") | dict(zip(QUARTERS, map(_percent, task["完成率"]), strict=True))
        for task in year["任务台账"]
    ]
    ballots = [_without(ballot, "分") | dict(zip(DIMENSIONS, ballot["分"], strict=True)) for ballot in year["履职测评"]]
    as_they_are = {name: year[name] for name in ("科室", "加减分", "考勤", "历年结果")}
    return {**as_they_are, "任务台账": tasks, "履职测评": ballots}


def _without(line: Mapping[str, Any], header: str) -> dict[str, Any]:
    return {name: value for name, value in line.items() if name != header}


def _percent(rate: Any) -> str:
    return f"{rate * 100:g}%" if isinstance(rate, float) else str(rate)


def _text(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
