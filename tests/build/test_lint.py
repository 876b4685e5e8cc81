"""What no schema sees: the shipped files are free of it, and there is nothing the lint says that no plant drew out.

The faults themselves are planted in the test_lint_….py beside this one, each into the template.
"""

from pathlib import Path

import pytest

from addin.lint import faults

from .messages import given, messages
from .plants import planted
from .test_lint_answers import PLANTS as IN_ANSWERS
from .test_lint_formulas import PLANTS as IN_FORMULAS
from .test_lint_reach import PLANTS as IN_REACH
from .test_lint_ribbon import PLANTS as IN_RIBBON
from .test_lint_service import PLANTS as IN_SERVICE
from .test_lint_unseen import PLANTS as UNSEEN
from .test_lint_vba import PLANTS as IN_VBA
from .workbook_files import ADDIN, EXAMPLE, TEMPLATE

_PLANTS = (IN_ANSWERS, IN_FORMULAS, IN_REACH, IN_RIBBON, IN_SERVICE, IN_VBA, UNSEEN)
EVERY_PLANT = [plant for plants in _PLANTS for _, plant, _ in plants]


@pytest.mark.parametrize("path", [TEMPLATE, EXAMPLE, ADDIN], ids=["template", "example", "add-in"])
def test_what_is_shipped_has_no_fault(path: Path) -> None:
    assert faults(path.read_bytes()) == []


def test_every_message_was_drawn_out_by_a_plant() -> None:
    drawn = {given(finding) for plant in EVERY_PLANT for finding in planted(plant)}
    assert len(messages()) > 50  # they are still found in the source
    assert messages().keys() - drawn == set()
