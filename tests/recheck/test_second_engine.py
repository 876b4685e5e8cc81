"""公式复核 where FALSE>0 is TRUE: LibreOffice would not show what Excel's order of values does to it.

What the engine cannot do is in docs/excel-semantics.md.
"""

from pathlib import Path

import pytest

from tests.recheck.second import Second
from tests.recheck.sheet import AGREES, DIFFERS, OPEN, Recheck

# Typed over in the scored example one after the other, and what must come of each.
AFTER_SCORING = (
    ("a rate", "任务台账!D4", 0.5, DIFFERS),
    ("a slash for a rate", "任务台账!E8", "——", DIFFERS),
    ("a month without a day", "加减分!G8", "2024-3", OPEN),
    ("a day of the year", "加减分!G8", "2024-3-5", AGREES),
    ("a posted score", "考核结果!O4", 98.88, DIFFERS),
)


@pytest.fixture(scope="module")
def seen(example: Path) -> dict[str, Recheck]:
    """What the sheet says of the scored example, and with each cell typed over."""
    with Second(example) as book:
        found = {"as scored": book.recheck()}
        return found | {what: book.recheck({place: value}) for what, place, value, _ in AFTER_SCORING}


def test_the_scored_example_agrees_in_every_figure(seen: dict[str, Recheck]) -> None:
    found = seen["as scored"]
    assert (found.verdict, found.reasons) == (AGREES, {})
    assert found.claimed == 1
    assert [found.verdict_of(name) for name in found.lines] == [AGREES] * 12


@pytest.mark.parametrize(("what", "verdict"), [(what, verdict) for what, _, _, verdict in AFTER_SCORING])
def test_a_change_is_seen_as_libreoffice_sees_it(what: str, verdict: str, seen: dict[str, Recheck]) -> None:
    assert seen[what].verdict == verdict
