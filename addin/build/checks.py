"""The checks and hints of input cells, from the declarations.

Only a word outside a closed list is refused. Elsewhere the program understands more than a check in Excel can say
(95, 95%, ９５％, “/”), so Excel asks at most whether it is meant.
"""

from typing import Any

from jixiao.sheets.cells import ABSTENTION, MARK_WORDS
from jixiao.sheets.declare import Column, Kind, Source
from jixiao.sheets.inputs import BALLOTS, DEPARTMENTS, HISTORY, STANDARDS, TASKS

from .lists import NAMES

Check = dict[str, Any]

# Words the program takes for one of the choices: the list must not refuse them.
_WITH_ALIASES = {(BALLOTS.key, "group")}
_MAY_BE_NEGATIVE = {(HISTORY.key, "score")}
_MUST_EXCEED_ZERO = {(TASKS.key, "weight"), (DEPARTMENTS.key, "coefficient")}
_NO_WORK = ("/", "／", "—", "－", "无", "不涉及", "无任务")
_MARK_WORDS = (*MARK_WORDS, ABSTENTION)


def _any_of(cell: str, words: tuple[str, ...]) -> str:
    return ",".join(f'{cell}="{word}"' for word in words)


def _ask(formula: str, message: str) -> Check:
    return {"validate": "custom", "value": formula, "error_type": "warning", "error_message": message}


def _written(cell: str) -> str:
    """Whether a text reads as a number; ASC makes ９５％ half width first."""
    return f"NOT(ISERROR(VALUE(ASC({cell}))))"


def _rate(cell: str) -> Check:
    written = _written(cell)
    number = f"OR({cell}=0,AND({cell}>0.02,{cell}<=1))"
    return _ask(
        f"=IF(ISNUMBER({cell}),{number},OR({_any_of(cell, _NO_WORK)},{written}))",
        "完成率一般在 0% 到 100% 之间，没有安排任务填“/”。请核对是否填对。",
    )


def _mark(cell: str) -> Check:
    number = f"AND({cell}>=0,{cell}<=100)"
    written = _written(cell)
    return _ask(
        f"=IF(ISNUMBER({cell}),{number},OR({_any_of(cell, _MARK_WORDS)},{written}))",
        "请填 0 到 100 的分数，或优秀、良好、一般、较差。请按原始票核对。",
    )


def _place(cell: str) -> Check:
    return _ask(f'=OR(ISNUMBER({cell}),{cell}="/")', "名次填数字；当年没有参评填“/”。请核对是否填对。")


def _share(cell: str) -> Check:
    return _ask(
        f'=IF(ISNUMBER({cell}),AND({cell}>0,{cell}<=1),RIGHT(ASC({cell}),1)="%")',
        "计分比例填百分数，例如 50%。请核对是否填对。",
    )


def _number(low: float, message: str, *, exceed: bool = False) -> Check:
    check: Check = {"validate": "decimal", "criteria": ">" if exceed else ">=", "value": low}
    return check | {"error_type": "warning", "error_message": message}


def whole(low: int, high: int, message: str) -> Check:
    """A whole number between two bounds, asked about when it is not."""
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": low,
        "maximum": high,
        "error_type": "warning",
        "error_message": message,
    }


def words(choices: tuple[str, ...], *, refuse: bool = True) -> Check:
    """A drop-down of fixed words."""
    message = "请从下拉列表里选：" + "、".join(choices)
    kind = "stop" if refuse else "warning"
    return {"validate": "list", "source": list(choices), "error_type": kind, "error_message": message[:250]}


def _listed(source: Source) -> Check:
    origin = DEPARTMENTS if source is Source.DEPARTMENTS else STANDARDS
    message = f"请从下拉列表里选。列表取自“{origin.name}”表，需要增加时请先填那张表。"
    # A blank in a named list would let anything pass in Excel while blanks are ignored.
    strict = {"ignore_blank": False, "error_type": "stop", "error_message": message}
    return {"validate": "list", "source": f"={NAMES[source]}", **strict}


def _year(_cell: str) -> Check:
    return whole(1990, 2100, "年度填四位数字，例如 2024。请核对是否填对。")


def _date(cell: str) -> Check:
    return _ask(f"=ISNUMBER({cell})", "请写成 2024-3-5 这样的日期。请核对是否填对。")


_BY_KIND = {Kind.RATE: _rate, Kind.MARK: _mark, Kind.SHARE: _share, Kind.YEAR: _year, Kind.DATE: _date}


def _open_check(sheet: str, column: Column, cell: str) -> Check:
    """The check of a column without a closed list."""
    if column.kind in _BY_KIND:
        return _BY_KIND[column.kind](cell)
    if column.key == "place":
        return _place(cell)
    if column.kind is not Kind.NUMBER or (sheet, column.key) in _MAY_BE_NEGATIVE:
        return {"validate": "any"}
    if (sheet, column.key) in _MUST_EXCEED_ZERO:
        return _number(0, f"“{column.header}”填大于 0 的数。请核对是否填对。", exceed=True)
    return _number(0, f"“{column.header}”填数字，不填负数。请核对是否填对。")


def check_of(sheet: str, column: Column, cell: str) -> Check:
    """The check and the hint of an input column; `cell` is the first cell it applies to."""
    match column.choices:
        case Source():
            check = _listed(column.choices)
        case ():
            check = _open_check(sheet, column, cell)
        case choices:
            check = words(choices, refuse=(sheet, column.key) not in _WITH_ALIASES)
    return hint(check, column.header, column.help)


def hint(check: Check, title: str, message: str) -> Check:
    """The same check with the yellow note Excel shows beside the selected cell."""
    titles = {"input_title": title[:32], "error_title": f"请核对“{title}”"[:32]}
    return check | titles | {"input_message": message[:255]}


def refusal(header: str) -> Check:
    """The check of a column the program alone writes: nothing typed is taken."""
    return {
        "validate": "custom",
        "value": "=FALSE",
        "ignore_blank": False,
        "input_title": header,
        "input_message": "由程序填写，请不要在这里输入。",
        "error_title": "由程序填写",
        "error_message": f"“{header}”由程序填写，不能输入。需要改动时请改左边填报的各列，再重新计算。",
    }
