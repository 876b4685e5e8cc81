"""The same year as native formulas: what a spreadsheet program would have to recalculate for the same figures."""

from pathlib import Path

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from benchmarks.county import County
from jixiao.policy.model import RATER_GROUPS

QUARTERS = 4
SCORE_COLUMN = 11  # 考核得分 on the sheet 结果, zero-based


def write_formulas_book(path: Path, county: County) -> Path:
    """Entries with helper columns, and a sheet 结果 whose formulas give every figure of 考核结果 and the place."""
    book = xlsxwriter.Workbook(str(path))
    results = book.add_worksheet("结果")
    tasks = book.add_worksheet("台账")
    ballots = book.add_worksheet("测评")
    for row, task in enumerate(county.tasks):
        tasks.write_row(row, 0, [task.department, task.weight, *task.rates])
        for quarter in range(QUARTERS):
            product = f"=B{row + 1}*{xl_rowcol_to_cell(row, 2 + quarter)}"
            tasks.write_formula(row, 2 + QUARTERS + quarter, product)
    for row, ballot in enumerate(county.ballots):
        ballots.write_row(row, 0, [ballot.group, ballot.department, *ballot.marks])
        ballots.write_formula(row, 7, f"=AVERAGE(C{row + 1}:G{row + 1})")
    _write_results(results, county)
    book.close()
    return path


def _write_results(sheet: xlsxwriter.worksheet.Worksheet, county: County) -> None:
    last_task, last_ballot, last = len(county.tasks), len(county.ballots), len(county.names)
    names, weights = f"台账!$A$1:$A${last_task}", f"台账!$B$1:$B${last_task}"
    groups, rated = f"测评!$A$1:$A${last_ballot}", f"测评!$B$1:$B${last_ballot}"
    means = f"测评!$H$1:$H${last_ballot}"
    for row, (name, coefficient) in enumerate(zip(county.names, county.coefficients, strict=True)):
        at = row + 1
        sheet.write_row(row, 0, [name, coefficient])
        for quarter in range(QUARTERS):
            column = "GHIJ"[quarter]
            products = f"台账!${column}$1:${column}${last_task}"
            rate = f"SUMIFS({products},{names},$A{at})/SUMIFS({weights},{names},$A{at})"
            sheet.write_formula(row, 2 + quarter, f"=ROUND(100*$B{at}*{rate},2)")
        for place, group in enumerate(RATER_GROUPS):
            mean = f'AVERAGEIFS({means},{rated},$A{at},{groups},"{group}")'
            sheet.write_formula(row, 7 + place, f"=ROUND({mean},2)")
        sheet.write_formula(row, 6, f"=ROUND(AVERAGE(C{at}:E{at})*0.4+F{at}*0.6,2)")
        sheet.write_formula(row, 10, f"=ROUND(H{at}*0.5+I{at}*0.3+J{at}*0.2,2)")
        sheet.write_formula(row, SCORE_COLUMN, f"=ROUND(G{at}*0.7+K{at}*0.3,2)")
        sheet.write_formula(row, 12, f"=RANK(L{at},$L$1:$L${last})")
