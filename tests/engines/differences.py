"""Where a workbook in a running LibreOffice and the same workbook as a file differ, each shown by a try on a book.

`docs/engines.md` has the table; the words of the first column are the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import xlwings as xw

SHEET = "差别"


@dataclass(frozen=True)
class Difference:
    """What is tried, and what either engine answers."""

    what: str
    attempt: Callable[[xw.Sheet], Any]
    file: object
    libreoffice: object


def _formula(sheet: xw.Sheet) -> Any:
    sheet.range("A2").formula = "=1+1"
    return sheet.range("A2").value


def _empty_text(sheet: xw.Sheet) -> Any:
    return sheet.range("B1").value


def _truth_with_format(sheet: xw.Sheet) -> Any:
    return sheet.range("C1").value


def _table_reference(sheet: xw.Sheet) -> Any:
    return sheet.range("E1").formula


def _protection(sheet: xw.Sheet) -> Any:
    sheet.api.Protect()
    return sheet.api.ProtectContents


def _semiautomatic(sheet: xw.Sheet) -> Any:
    app = sheet.book.app
    app.calculation = "semiautomatic"
    answer = app.calculation
    app.calculation = "automatic"
    return answer


DIFFERENCES = (
    Difference("刚写入的公式", _formula, "未重算", 2.0),
    Difference("空文本常量", _empty_text, "", None),
    Difference("有数字格式的真假值", _truth_with_format, True, 1.0),
    Difference("表格引用", _table_reference, "=SUM(tbl[数])", "=SUM(#NAME?[数])"),
    Difference("工作表保护", _protection, False, True),
    Difference("半自动计算", _semiautomatic, "semiautomatic", "automatic"),
)
