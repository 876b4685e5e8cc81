"""A small town of five 科室 whose year is complete and right; every figure is worked by hand in `cases/town.toml`."""

from typing import Any

from tests.cases.files import HERE, results_of, year_of

TOWN = HERE / "town.toml"
FIGURES = (
    *("一季度得分", "二季度得分", "三季度得分", "四季度得分", "业绩评价得分"),
    *("班子成员评价", "部门负责人评价", "村“一肩挑”评价", "履职评价得分"),
    *("加分", "减分", "加减得分", "考核得分"),
)
_RESULTS = results_of(TOWN)
NAMES = tuple(_RESULTS)
EXPECTED = {name: tuple(line[header] for header in FIGURES) for name, line in _RESULTS.items()}
PLACES = {
    name: (line["名次"], line["等次"])
    for name, line in sorted(_RESULTS.items(), key=lambda item: float(item[1]["名次"] or 0))
}


def town() -> dict[str, Any]:
    """The valid year; entries start in row 4 of each sheet."""
    return year_of(TOWN)
