"""Puts a workbook together: guide, input sheets, output sheets, 模拟测算, drop-down lists, VBA."""

import io
from collections.abc import Sequence
from datetime import datetime

from xlsxwriter import Workbook

from jixiao.newrules import standard_cells
from jixiao.policy.book import rule_books
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS, INPUT_SHEETS, SETTINGS, STANDARDS
from jixiao.sheets.outputs import OUTPUT_SHEETS, RESULTS

from .customui import as_addin, with_ribbon
from .example import setting_values
from .front import write_front
from .guide import write_guide
from .inputs import Row, write_input
from .layout import ROW_PIXELS
from .lists import write_lists
from .marks import add_places
from .outputs import write_output
from .pack import repack
from .recheck import open_page, write_recheck
from .service import write_texts
from .settings import finish_settings, setting_rows
from .simulation import write_simulation
from .styles import DEFAULT_FORMAT, Styles
from .vba import BOOK_NAME, make_project

# The plan's twelve 科室, in its order (二).
DEPARTMENT_NAMES = (
    "综合办",
    "党建办",
    "民政办",
    "卫计办",
    "安监办",
    "企业办",
    "城建办",
    "农业办",
    "综治办",
    "财政所",
    "退役军人服务站",
    "纪委监委",
)
_CREATED = datetime(2024, 5, 6)  # noqa: DTZ001 - fixed, so that a rebuild gives the same bytes


def blank_rows() -> dict[str, list[Row]]:
    """What stands on the input sheets of a blank workbook."""
    return {
        DEPARTMENTS.key: [{"name": name} for name in DEPARTMENT_NAMES],
        ATTENDANCE.key: [{"department": name} for name in DEPARTMENT_NAMES],
    }


def make_book(filled: dict[str, list[Row]]) -> bytes:
    """The workbook file with these rows on its input sheets."""
    rules = rule_books()[-1]
    values = setting_values(filled.get(SETTINGS.key, []))
    standards = [standard_cells(each) for each in rules.standards]
    rows = filled | {SETTINGS.key: setting_rows(rules.settings, values), STANDARDS.key: standards}

    out = io.BytesIO()
    options = {"default_format_properties": DEFAULT_FORMAT, "default_row_height": ROW_PIXELS, "strings_to_urls": False}
    book = Workbook(out, {"in_memory": True, **options})
    book.set_properties({"title": "绩效考核", "created": _CREATED})
    book.set_size(1600, 930)
    book.set_tab_ratio(80)
    style = Styles(book)
    write_guide(book, style).activate()
    for sheet in INPUT_SHEETS:
        target = write_input(book, style, sheet, rows.get(sheet.key, []))
        if sheet is SETTINGS:
            finish_settings(target, style, rules.settings, rows[SETTINGS.key])
    for sheet in OUTPUT_SHEETS:
        write_output(book, style, sheet)
        if sheet is RESULTS:
            recheck = open_page(book)
    write_simulation(book, style, len(rules.settings))
    write_lists(book, standards)
    write_recheck(book, recheck, style)
    add_places(book)
    write_texts(book, style)
    _add_project(book)
    book.close()
    return repack(with_ribbon(out.getvalue()))


def make_addin() -> bytes:
    """The add-in file: ribbon and functions for people's own workbooks."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True, "default_format_properties": DEFAULT_FORMAT})
    book.set_properties({"title": "绩效考核", "created": _CREATED})
    style = Styles(book)
    write_front(book, style)
    write_texts(book, style)
    _add_project(book)
    book.close()
    return repack(as_addin(with_ribbon(out.getvalue())))


def _add_project(book: Workbook) -> None:
    names: Sequence[str] = [sheet.vba_codename for sheet in book.worksheets()]
    book.add_vba_project(io.BytesIO(make_project(names)), is_stream=True)
    book.set_vba_name(BOOK_NAME)
