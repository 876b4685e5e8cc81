"""The made-up year 2024: CSV files that an office worker can read, turned into cell values."""

import csv
from datetime import datetime
from pathlib import Path

from jixiao.sheets.declare import Column, Kind, Sheet
from jixiao.sheets.inputs import INPUT_SHEETS, SETTINGS, STANDARDS

from .inputs import Row

FOLDER = Path(__file__).parent / "example"


class ExampleError(Exception):
    """A line of the example that does not fit the declarations."""


def load_example(folder: Path = FOLDER) -> dict[str, list[Row]]:
    """The rows of every input sheet but 加减分标准, which stays as the rules have it."""
    return {sheet.key: load_rows(folder, sheet) for sheet in INPUT_SHEETS if sheet not in (STANDARDS,)}


def load_rows(folder: Path, sheet: Sheet) -> list[Row]:
    """One CSV; its headers must be declared ones."""
    path = folder / f"{sheet.name}.csv"
    columns = {column.header: column for column in sheet.columns}
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        unknown = set(reader.fieldnames or ()) - set(columns)
        if unknown:
            raise ExampleError(f"{path.name}: {sorted(unknown)}")
        return [
            {columns[header].key: cell_value(columns[header], text) for header, text in line.items()} for line in reader
        ]


def cell_value(column: Column, text: str) -> object:
    """What a person would have in the cell: numbers as numbers, percentages as shares, codes as text."""
    if not text:
        return None
    match column.kind:
        case Kind.RATE | Kind.SHARE | Kind.SETTING if text.endswith("%"):
            return round(float(text[:-1]) / 100, 6)
        case Kind.RATE | Kind.SHARE | Kind.SETTING | Kind.NUMBER | Kind.MARK | Kind.YEAR if _is_number(text):
            return float(text) if "." in text else int(text)
        case Kind.DATE:
            return datetime.fromisoformat(text)
        case _:
            return text


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def setting_values(rows: list[Row]) -> dict[str, object]:
    """What the example's 参数 set, by name."""
    return {str(row[SETTINGS.columns[0].key]): row[SETTINGS.columns[1].key] for row in rows}
