"""What Excel needs behind the scenes: the words that VBA, being ASCII, cannot hold."""

import tomllib
from pathlib import Path

from xlsxwriter import Workbook

from .styles import Styles
from .udfs import function_help

TEXT_SHEET = "jixiao.texts"


def write_texts(book: Workbook, style: Styles) -> None:
    """Write the sheet, out of everybody's sight; the workbook must have another one in view."""
    texts = book.add_worksheet(TEXT_SHEET)
    texts.set_vba_name("shtTexts")
    texts.set_column(0, 1, 42, style.of(num_format="@"))
    for row, line in enumerate(text_lines()):
        for place, text in enumerate(line):
            texts.write_string(row, place, text)
    texts.very_hidden()


def text_lines() -> list[tuple[str, ...]]:
    """The rows of jixiao.texts: a key and its text; for a function, the texts of its arguments too."""
    words = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    lines: list[tuple[str, ...]] = [("title", words.pop("title"))]
    lines += [(f"{group}.{key}", text) for group, texts in words.items() for key, text in texts.items()]
    return lines + [(f"help.{name}", *texts) for name, texts in function_help().items()]
