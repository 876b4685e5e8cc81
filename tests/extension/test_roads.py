"""The example's figures come out the same by every road that leads to them."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.extension import roads
from tests.workbooks import EXAMPLE

PAGE = ROOT / "docs" / "engines.md"
SHOWN = "城建办"


@pytest.fixture(scope="module")
def found(calc, user, tmp_path_factory):
    """All figures by road."""
    file = Path(shutil.copy(EXAMPLE, tmp_path_factory.mktemp("roads")))
    by_file = roads.scored_file(file)
    document = calc.open(user.own(EXAMPLE), hidden=False)
    by_formulas = roads.typed(document)
    by_button = roads.pressed(calc, document)
    document.close(True)
    document = calc.open(user.own(file))
    by_recheck = roads.rechecked(document)
    document.close(True)
    return {"文件": by_file, "LibreOffice 按钮": by_button, "工作表函数": by_formulas, "公式复核": by_recheck}


def test_four_roads_lead_to_the_same_figures(found):
    first, *others = found.values()
    assert len(first) == 12
    empty = [(name, header) for name, line in first.items() for header, value in line.items() if value == ""]
    assert empty == [("退役军人服务站", "一季度得分")], "a quarter without work"
    for road in others:
        assert road == first


def test_the_page_shows_what_was_found(found):
    """On failure the table that belongs there is in the message."""
    lines = [f"| {SHOWN}的 | {' | '.join(found)} | 四条路都相等的科室 |", "| --- |" + " --- |" * (len(found) + 1)]
    for header in roads.HEADERS:
        figures = [road[SHOWN][header] for road in found.values()]
        cells = [f"{figure} {roads.WAYS[header]}" if at == 2 else str(figure) for at, figure in enumerate(figures)]
        alike = sum(len({road[name][header] for road in found.values()}) == 1 for name in found["文件"])
        lines.append(f"| {header} | {' | '.join(cells)} | {alike} |")
    table = "\n".join(lines)
    assert table in PAGE.read_text(encoding="utf-8"), table
