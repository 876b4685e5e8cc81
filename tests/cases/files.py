"""The case files as plain values: a town's year with its expected results, and changes to it with what they change.

A file is TOML whose values are tables as people write them. Numbers stay the text they are written as, so that `92.45`
means itself.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from tests.cases.sums import is_sum, result_of
from tests.cases.tables import Line, parse
from tests.workbooks import as_cell

HERE = Path(__file__).parent
NOTHING = "空"
EVERYBODY = "所有科室"
RATES = ("一季度完成率", "二季度完成率", "三季度完成率", "四季度完成率")

Year = dict[str, Any]
Value = float | str | None
Figures = dict[str, dict[str, Value]]


@dataclass(frozen=True)
class Case:
    """One 案例: cells changed in the base town, rows added, and everything that then differs from its results.

    `refused` says that nothing may be computed.
    """

    name: str
    changes: Sequence[Line]
    added: Mapping[str, Sequence[Line]]
    figures: Sequence[Line]
    sheets: Sequence[Line]
    findings: Sequence[Line]
    refused: bool

    def results(self) -> Figures:
        """The figures by 科室 and header, each 算式 worked out."""
        return _results(self.figures)


@dataclass(frozen=True)
class CaseFile:
    """The cases of one setting (参数) or one column (列), with the clause and the default the file states."""

    path: Path
    subject: str
    clause: str
    default: str
    cases: tuple[Case, ...]


def case_files(folder: str) -> list[CaseFile]:
    """All files of `settings` or `standards`."""
    return [_case_file(path) for path in sorted((HERE / folder).glob("*.toml"))]


def _case_file(path: Path) -> CaseFile:
    data = _read(path)
    _known(path, data, "参数", "列", "条款", "默认", "规则", "案例")
    assert data["规则"]
    subject = data.get("参数") or data["列"]
    return CaseFile(path, subject, data["条款"], data["默认"], tuple(case_of(path, item) for item in data["案例"]))


def loose_cases(path: Path) -> list[Case]:
    """The cases of a file that is about no single setting."""
    return [case_of(path, item) for item in _read(path)["案例"]]


def town_cases(path: Path) -> list[Case]:
    """A town's own year as a case that changes nothing, and the cases its file adds."""
    data = _read(path)
    own = {"说明": path.stem} | {name: data[name] for name in ("核对", "校验") if name in data}
    return [case_of(path, item) for item in (own, *data.get("案例", ()))]


def case_of(path: Path, item: Mapping[str, Any]) -> Case:
    """One 案例 as it stands in a file."""
    _known(path, item, "说明", "改动", "加行", "结果", "核对", "校验", "不计算")
    return Case(
        item["说明"],
        parse(item.get("改动", "表|行|列|改成"), ("表", "行", "列", "改成")),
        {sheet: parse(text) for sheet, text in item.get("加行", {}).items()},
        parse(item.get("结果", "科室|项目|应为"), ("科室", "项目", "应为")),
        parse(item.get("核对", "表|行|列|应为"), ("表", "行", "列", "应为")),
        parse(item.get("校验", "类型|表|行|列|含"), ("类型", "表", "行", "列", "含")),
        item.get("不计算", False),
    )


def expected(text: str) -> Value:
    """One expected cell: what an 算式 gives, a word as it is, 空 as None."""
    if text == NOTHING:
        return None
    return float(result_of(text)) if is_sum(text) else text


def year_of(path: Path) -> Year:
    """The inputs of a town's file as the logical year that `tests.workbooks.fill_year` types into the template."""
    data = _town(path)
    year: Year = {
        "参数": {line["项目"]: typed("值", line["值"]) for line in data["参数"]},
        "科室": [_typed(line) for line in data["科室"]],
        "任务台账": [_task(line) for line in data["任务台账"]],
        "履职测评": [ballot for line in data["履职测评"] for ballot in _ballots(line)],
        "加减分": [_typed(line) for line in data.get("加减分", [])],
        "考勤": [_typed(line) for line in data.get("考勤", [])],
        "历年结果": [_typed(line) for line in data.get("历年结果", [])],
    }
    if "加减分标准" in data:
        year["加减分标准"] = [_typed(line) for line in data["加减分标准"]]
    return year


def results_of(path: Path) -> Figures:
    """The results a town's file expects, by 科室 and header."""
    return _results(parse(_read(path)["结果"], ("科室", "项目", "应为")))


def typed(header: str, text: str) -> Value:
    """What somebody who types `text` leaves in a cell: a number, a word, nothing; 95% is a number in percent cells."""
    if header.endswith("完成率") and text.endswith("%"):
        return float(Fraction(text[:-1]) / 100)
    value: Value = as_cell(text)
    return None if text in {"", NOTHING} else value


@cache
def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8"))


@cache
def _town(path: Path) -> dict[str, list[Line]]:
    return {name: parse(text) for name, text in _read(path).items() if isinstance(text, str)}


def _results(lines: Sequence[Line]) -> Figures:
    results: Figures = {}
    for line in lines:
        results.setdefault(line["科室"], {})[line["项目"]] = expected(line["应为"])
    return results


def _typed(line: Line) -> dict[str, Any]:
    return {header: typed(header, text) for header, text in line.items()}


def _task(line: Line) -> dict[str, Any]:
    row = _typed(line)
    return row | {"完成率": [row.pop(name) for name in RATES]}


def _ballots(line: Line) -> list[dict[str, Any]]:
    """A line holds the ballots of one group on one 科室, apart by blanks: 票号, 测评人科室 and 打分 in the same order.

    打分 90 marks all five dimensions alike, 90/85/80/95/90 each by itself.
    """
    marks = [mark.split("/") for mark in line["打分"].split()]
    raters: list[str | None] = [*(line.get("测评人科室") or "").split()] or [None] * len(marks)
    return [
        {"票号": as_cell(number), "测评主体": line["测评主体"], "测评人科室": rater, "被评科室": line["被评科室"]}
        | {"分": mark * 5 if len(mark) == 1 else mark}
        for number, rater, mark in zip(line["票号"].split(), raters, marks, strict=True)
    ]


def _known(path: Path, data: Mapping[str, Any], *names: str) -> None:
    assert data.keys() <= set(names), f"{path.name}: {data.keys() - set(names)}"
