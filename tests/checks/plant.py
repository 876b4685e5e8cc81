"""Plant a fault into the valid town, score it, and compare everything it changes with what the contract says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.sheets.present import as_json
from tests.checks.town import EXPECTED, FIGURES, town
from tests.workbooks import fill_year

Json = dict[str, Any]
Edit = Mapping[str, object] | Callable[[Workbook], object]

ERROR, WARNING, HINT = "错误", "警告", "提示"
_FIRST_FREE = 10  # row of 加减分 below the town's own
BASE_FINDING = (HINT, "加减分", "D5")


@dataclass(frozen=True)
class General:
    """A value typed into a cell without percent format."""

    value: object


@dataclass(frozen=True)
class Found:
    """One expected line of 校验结果; `says` must stand in its 问题 or 建议 (several texts: all of them)."""

    kind: str
    sheet: str
    cell: str | None
    says: str | tuple[str, ...] = ()

    @property
    def place(self) -> tuple[str, str, str | None]:
        """Kind, sheet and cell: what is compared exactly."""
        return self.kind, self.sheet, self.cell


@dataclass(frozen=True)
class Plant:
    """A fault: the cells typed over (`表!A1`: value), all that is found then, and the figures that change."""

    name: str
    edit: Edit
    found: tuple[Found, ...] = ()
    changed: Mapping[str, Mapping[str, float | str | None]] = field(default_factory=dict)
    gone: bool = False  # the base's own 提示 does not appear


@cache
def town_file() -> Path:
    """The valid town as a workbook, without the sheet behind the drop-downs (nothing here opens one)."""
    target = fill_year(Path(mkdtemp(prefix="jixiao-checks-")) / "town.xlsm", town())
    book = load_workbook(target, keep_vba=True)
    del book["下拉选项"]
    book.save(target)
    return target


@cache
def _open_town() -> Workbook:
    return load_workbook(town_file(), keep_vba=True)


def type_into(book: Workbook, cells: Mapping[str, object]) -> list[tuple[Cell, object, str]]:
    """Type values into cells given as `表!A1`; what stood there before is returned."""
    before = []
    for place, value in cells.items():
        name, _, address = place.rpartition("!")
        cell = book[name][address]
        before.append((cell, cell.value, cell.number_format))
        cell.value = value.value if isinstance(value, General) else value
        if isinstance(value, General):
            cell.number_format = "General"
    return before


def planted(target: Path, edit: Edit) -> Path:
    """The town with `edit` in it, saved at `target`."""
    if callable(edit):
        book = load_workbook(town_file(), keep_vba=True)
        edit(book)
        book.save(target)
        return target
    edit = {**_decided(edit), **edit}
    book = _open_town()  # loading takes longest: one book serves, each cell put back afterwards
    before = type_into(book, edit)
    book.save(target)
    for cell, value, shown in reversed(before):
        cell.value = value
        cell.number_format = shown
    return target


def _decided(edit: Mapping[str, object]) -> dict[str, object]:
    """党委会研究 of the rows that a plant adds to 加减分, so that each need not say it."""
    rows = {place.removeprefix("加减分!B") for place in edit if place.startswith("加减分!B")}
    return {f"加减分!J{row}": "第9次党委会" for row in rows if int(row) >= _FIRST_FREE}


def scored(path: Path) -> Json:
    """What `jixiao score --json` answers for a workbook, without writing it."""
    with open_book(path) as book:
        outcome = buttons.score(book)
        return as_json(outcome.year, outcome.scored, outcome.lines)


def by_name(answer: Json) -> dict[str, Json]:
    """The lines of 结果 by 科室."""
    return {line["科室"]: line for line in answer["结果"]}


def expect(plant: Plant, tmp_path: Path) -> Json:
    """Score the planted town and compare findings, figures and places."""
    answer = scored(planted(tmp_path / "town.xlsm", plant.edit))
    check_findings(answer["校验"], plant.found, gone=plant.gone)
    check_figures(answer, plant.changed)
    return answer


def check_findings(lines: list[Json], expected: tuple[Found, ...], *, gone: bool = False) -> None:
    """Exactly the expected lines, and the base's own; each says what it should."""
    places = sorted(str((line["类型"], line["工作表"], line["单元格"])) for line in lines)
    wanted = [item.place for item in expected] + ([] if gone else [BASE_FINDING])
    assert places == sorted(map(str, wanted)), [list(line.values()) for line in lines]
    for item in expected:
        texts = [
            f"{line['问题']} {line['建议']}"
            for line in lines
            if (line["类型"], line["工作表"], line["单元格"]) == item.place
        ]
        says = (item.says,) if isinstance(item.says, str) else item.says
        assert any(all(part in text for part in says) for text in texts), (says, texts)


def check_figures(answer: Json, changed: Mapping[str, Mapping[str, float | str | None]]) -> None:
    """Every figure is the town's own unless `changed` says otherwise; places follow from 考核得分, or are empty."""
    lines = by_name(answer)
    wanted: dict[str, dict[str, float | str | None]] = {
        name: dict(zip(FIGURES, figures, strict=True)) for name, figures in EXPECTED.items()
    }
    for name, figures in changed.items():
        wanted.setdefault(name, {}).update(figures)
    wanted = {name: figures for name, figures in wanted.items() if figures.get("科室", name) is not None}
    assert lines.keys() == wanted.keys()
    differing = {
        (name, header): (lines[name][header], value)
        for name, figures in wanted.items()
        for header, value in figures.items()
        if lines[name][header] != value
    }
    assert not differing, f"(got, wanted): {differing}"
    totals = [line["考核得分"] for line in lines.values()]
    if None in totals:
        assert {(line["名次"], line["等次"]) for line in lines.values()} == {(None, None)}
    else:
        assert [line["名次"] for line in lines.values()] == [1 + sum(b > a for b in totals) for a in totals]
        assert all(line["等次"] for line in lines.values())


def points(name: str, bonus: float, penalty: float, total: float) -> dict[str, dict[str, float | str | None]]:
    """A 科室 whose points differ from the town's."""
    return {name: {"加分": bonus, "减分": penalty, "加减得分": round(bonus - penalty, 2), "考核得分": total}}


def lost(name: str, *headers: str) -> dict[str, dict[str, float | str | None]]:
    """A 科室 without these figures, and so without 考核得分."""
    return {name: dict.fromkeys((*headers, "考核得分"), None)}


def lost_points(name: str, *sides: str) -> dict[str, dict[str, float | str | None]]:
    """A 科室 whose points cannot be computed: 加分, 减分 or both are unknown."""
    return lost(name, *sides, "加减得分")
