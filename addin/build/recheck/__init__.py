"""The sheet 公式复核: a second opinion on 考核结果 in native formulas, without Python (Excel 2016, LibreOffice 7.4).

Hidden sheets hold the workings, one topic each: settings, standards, departments, ledger, ballots, points, history,
and the standing with the comparison. A cell the formulas cannot surely read is 疑, and so is every figure it enters:
such a figure is shown as — and not judged, with the reason among the conditions. What cannot be said at all: more than
60 科室, 1,000 tasks, 5,000 ballots or 500 entries, and merged cells (which are taken from 校验结果).

No function newer than Excel 2010; array formulas are entered as such, so no dynamic arrays are needed.
"""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..styles import Styles
from .areas import define_areas
from .ballots import write_ballots
from .departments import write_departments
from .history import write_history
from .ledger import write_ledger
from .page import open_page, write_page
from .points import write_points
from .settings import write_settings
from .standards import write_standards
from .standing import write_standing
from .verdict import write_verdicts

__all__ = ["open_page", "write_recheck"]


def write_recheck(book: Workbook, page: Worksheet, style: Styles) -> None:
    """The workings on hidden sheets, and the page that shows them."""
    define_areas(book)
    write_settings(book, style)
    write_standards(book, style)
    write_departments(book, style)
    write_ledger(book, style)
    write_ballots(book, style)
    write_points(book, style)
    write_history(book, style)
    conditions = write_verdicts(write_standing(book, style))
    write_page(book, page, style, conditions)
