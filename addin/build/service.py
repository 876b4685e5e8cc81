"""What Excel needs behind the scenes: the settings of xlwings, and the words that VBA, being ASCII, cannot hold."""

import tomllib
from pathlib import Path

from xlsxwriter import Workbook

from .styles import Styles
from .udfs import function_help

CONF_SHEET, TEXT_SHEET = "xlwings.conf", "jixiao.texts"

# Every setting stands here, so that none is looked for in a file of somebody else's. JIXIAO_RUNTIME is the installer's:
# the usual folder cannot serve a person whose name the code page does not hold.
SETTINGS = (
    ("INTERPRETER_WIN", r"%JIXIAO_RUNTIME%\python.exe"),
    ("INTERPRETER_MAC", ""),
    ("PYTHONPATH", ""),
    ("UDF MODULES", "jixiao.functions"),
    ("USE UDF SERVER", "True"),
    ("SHOW CONSOLE", "False"),
    ("DEBUG UDFS", "False"),
    ("ADD_WORKBOOK_TO_PYTHONPATH", "false"),
    ("CONDA PATH", ""),
    ("CONDA ENV", ""),
    ("ONEDRIVE_CONSUMER_WIN", ""),
    ("ONEDRIVE_COMMERCIAL_WIN", ""),
    ("SHAREPOINT_WIN", ""),
    ("LICENSE_KEY", ""),
    ("SHOW_ERROR_POPUPS", "True"),
)


def write_service_sheets(book: Workbook, style: Styles) -> None:
    """Write both sheets, hidden; the workbook must have another one in view."""
    conf = book.add_worksheet(CONF_SHEET)
    conf.set_vba_name("shtConf")
    conf.set_column(0, 1, 42, style.of(num_format="@"))
    for row, (name, value) in enumerate(SETTINGS):
        conf.write_string(row, 0, name)
        conf.write_string(row, 1, value)
    texts = book.add_worksheet(TEXT_SHEET)
    texts.set_vba_name("shtTexts")
    texts.set_column(0, 1, 42, style.of(num_format="@"))
    for row, line in enumerate(text_lines()):
        for place, text in enumerate(line):
            texts.write_string(row, place, text)
    for sheet in (conf, texts):
        sheet.hide()


def text_lines() -> list[tuple[str, ...]]:
    """The rows of jixiao.texts: a key and its text; for a function, the texts of its arguments too."""
    words = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
    lines: list[tuple[str, ...]] = [("title", words.pop("title"))]
    lines += [(f"{group}.{key}", text) for group, texts in words.items() for key, text in texts.items()]
    return lines + [(f"help.{name}", *texts) for name, texts in function_help().items()]
