"""The example's figures by four roads: scored in its file, by the button in Calc, by formulas, by 公式复核.

The formulas are those a person types into an own sheet: the worksheet functions from the input sheets up, and Calc's
own where there is none (means of ballots, sums of points by direction, who was last the year before).
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any

from jixiao.cli import main
from jixiao.engines.file import open_book
from tests.checks.town import FIGURES
from tests.recheck.sheet import read_sheet

HEADERS = (*FIGURES, "名次", "等次")
WAYS = {
    **dict.fromkeys(FIGURES[:4], "`JIXIAO_QUARTER`"),
    "业绩评价得分": "`JIXIAO_PERFORMANCE`",
    **dict.fromkeys(FIGURES[5:8], "`AVERAGEIFS`"),
    "履职评价得分": "`JIXIAO_REVIEW`",
    **dict.fromkeys(FIGURES[9:11], "`JIXIAO_DEDUP`"),
    "加减得分": "`JIXIAO_POINTS`",
    "考核得分": "`JIXIAO_SCORE`",
    "名次": "`JIXIAO_RANK`",
    "等次": "`JIXIAO_GRADE`",
}

Figures = dict[str, dict[str, Decimal | str]]

_TOP = 4  # the first row of entries on every sheet
_OWN = "自己算"
_SETTINGS = "$参数.$A$4:$B$46"
_STANDARDS = "$加减分标准.$A$3:$M$20"
_WORDS = {"优秀": 100, "良好": 80, "一般": 60, "较差": 40}
_GROUPS = ("班子成员", "部门负责人", "村“一肩挑”")


def _means(value: Any) -> Decimal | str:
    """What a cell's value means: a number is its decimal at 15 significant digits; a quarter without work has none.

    Such a quarter is an empty cell on 考核结果, and / where a function gives it.
    """
    if value is None or value == "/":
        return ""
    return value if isinstance(value, str) else Decimal(f"{value:.15g}")


def _by_department(headers: Sequence[Any], rows: Sequence[Sequence[Any]]) -> Figures:
    lines = [dict(zip(headers, row, strict=True)) for row in rows]
    return {line["科室"]: {header: _means(line[header]) for header in HEADERS} for line in lines if line["科室"]}


def scored_file(path: Path) -> Figures:
    """The workbook at `path` scored by the command, read by the file engine."""
    assert main(["score", str(path)]) == 0
    with open_book(path) as book:
        headers, *rows = book.sheets["考核结果"].range("A3").expand().value
    return _by_department(headers, rows)


def pressed(calc: Any, document: Any) -> Figures:
    """What 考核结果 shows in Calc when 计算得分 was pressed."""
    calc.press(document, "score")
    headers, *rows = document.getSheets().getByName("考核结果").getCellRangeByName("A3:Q15").getDataArray()
    return _by_department(headers, rows)


def rechecked(document: Any) -> Figures:
    """What 公式复核 computes of a scored workbook once Calc has recalculated every formula of it."""
    document.calculateAll()
    sheet = document.getSheets().getByName("公式复核")
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.getRangeAddress()
    rows = sheet.getCellRangeByPosition(0, 0, last.EndColumn, last.EndRow).getDataArray()
    lines = read_sheet(rows).lines
    return {name: {header: _means(line[header]) for header in HEADERS} for name, line in lines.items()}


def typed(document: Any) -> Figures:
    """What the formulas in an own sheet give."""
    sheets = document.getSheets()
    sheets.insertNewByName(_OWN, 0)
    own = sheets.getByName(_OWN)
    names = _column(sheets.getByName("科室"), "A")
    last = _TOP + len(names) - 1
    formulas = _per_department(names, _blocks(sheets.getByName("任务台账")))
    _workings(own, sheets)
    for row, line in enumerate(formulas, _TOP):
        for column, formula in line.items():
            own.getCellRangeByName(f"{column}{row}").setFormula(formula)
    for column, formula in {
        "M": f"=JIXIAO_POINTS($加减分.$A$3:$M$23;A{_TOP}:A{last};$考勤.D{_TOP}:D{last};{_STANDARDS};{_SETTINGS})",
        "N": f"=JIXIAO_SCORE(B{_TOP}:E{last};G{_TOP}:I{last};M{_TOP}:M{last};{_SETTINGS})",
        "O": f"=JIXIAO_RANK(N{_TOP}:N{last};{_SETTINGS})",
        "P": f"=JIXIAO_GRADE(N{_TOP}:N{last};Q{_TOP}:Q{last};{_SETTINGS})",
    }.items():
        own.getCellRangeByName(f"{column}{_TOP}:{column}{last}").setArrayFormula(formula)
    rows = own.getCellRangeByName(f"A{_TOP}:P{last}").getDataArray()
    return _by_department(("科室", *FIGURES, "名次", "等次"), rows)


def _column(sheet: Any, letter: str) -> list[str]:
    """The entries of a column of texts, down to the first empty cell."""
    cells = sheet.getCellRangeByName(f"{letter}{_TOP}:{letter}500").getDataArray()
    entries = [str(cell) for (cell,) in cells]
    return entries[: entries.index("")]


def _blocks(ledger: Any) -> dict[str, tuple[int, int]]:
    """The first and last row of each department's tasks, which stand together in the example."""
    blocks: dict[str, tuple[int, int]] = {}
    for name, rows in groupby(enumerate(_column(ledger, "A"), _TOP), lambda pair: pair[1]):
        assert name not in blocks
        numbers = [row for row, _ in rows]
        blocks[name] = numbers[0], numbers[-1]
    return blocks


def _per_department(names: Sequence[str], tasks: Mapping[str, tuple[int, int]]) -> list[dict[str, str]]:
    lines = []
    for row, name in enumerate(names, _TOP):
        first, last = tasks[name]
        line = {"A": f"=$科室.A{row}"}
        for own, rates in zip("BCDE", "DEFG", strict=True):
            line[own] = (
                f"=JIXIAO_QUARTER($任务台账.{rates}{first}:{rates}{last};$任务台账.$C{first}:$C{last};"
                f"$科室.$B{row};{_SETTINGS})"
            )
        line["F"] = f"=JIXIAO_PERFORMANCE(B{row}:E{row};{_SETTINGS})"
        for own, group in zip("GHI", _GROUPS, strict=True):
            line[own] = (
                f'=ROUND(AVERAGEIFS($S$4:$S$426;$履职测评.$B$4:$B$426;"{group}";$履职测评.$D$4:$D$426;$A{row})/5;2)'
            )
        line["J"] = f"=JIXIAO_REVIEW(G{row}:I{row};{_SETTINGS})"
        line["K"] = f'=ROUND(SUMIFS($T$4:$T$23;$加减分.$A$4:$A$23;$A{row};$V$4:$V$23;"加");2)'
        line["L"] = (
            f'=ROUND(SUMIFS($T$4:$T$23;$加减分.$A$4:$A$23;$A{row};$V$4:$V$23;"减")'
            f"+SUMIFS($考勤.$D$4:$D$15;$考勤.$A$4:$A$15;$A{row});2)"
        )
        past = "$历年结果.$A$4:$A$27;$参数.$B$4-1"
        line["Q"] = (
            f"=IF(SUMIFS($历年结果.$D$4:$D$27;{past};$历年结果.$B$4:$B$27;$A{row})"
            f"=MAXIFS($历年结果.$D$4:$D$27;{past});1;0)"
        )
        lines.append(line)
    return lines


def _workings(own: Any, sheets: Any) -> None:
    """Beside them: the sum of the five marks of each ballot, and of each entry its points and direction."""
    _fill(own, "S", len(_column(sheets.getByName("履职测评"), "A")), _marks)
    own.getCellRangeByName("T4:U23").setArrayFormula(f"=JIXIAO_DEDUP($加减分.$A$3:$M$23;{_STANDARDS};{_SETTINGS})")
    directions = "=VLOOKUP($加减分.$B{};$加减分标准.$A$4:$B$20;2;0)"
    _fill(own, "V", len(_column(sheets.getByName("加减分"), "A")), directions.format)


def _marks(row: int) -> str:
    marks = f"$履职测评.E{row}:I{row}"
    words = "".join(f'+{points}*COUNTIF({marks};"{word}")' for word, points in _WORDS.items())
    return f'=IF(OR(COUNTA({marks})=0;COUNTIF({marks};"弃权")>0);"";SUM({marks}){words})'


def _fill(own: Any, column: str, height: int, formula: Callable[[int], str]) -> None:
    """A column of formulas, copied down as a person would."""
    rows = range(_TOP, _TOP + height)
    own.getCellRangeByName(f"{column}{rows[0]}:{column}{rows[-1]}").setFormulaArray(
        tuple((formula(row),) for row in rows)
    )
