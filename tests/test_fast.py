"""What `--fast` leaves out is there by that name, and of everything else something runs."""

from tests.conftest import ROOT
from tests.fast import LEFT_OUT, fast


def test_what_is_left_out_exists():
    """Protects the list from going stale: a file that moved would run in every fast loop."""
    for name in LEFT_OUT:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        assert f"def {test}(" in (ROOT / path).read_text("utf-8") if test else True, name


def test_of_many_cases_the_first_and_the_last_run_and_of_what_is_left_out_none():
    cases = [f"tests/test_cells.py::test_x[{number}]" for number in range(9)]
    others = ["tests/test_cells.py::test_y", "tests/windows/test_bundle.py::test_z", "tests/test_wheel.py::test_w"]
    assert fast([*cases, *others]) == {cases[0], cases[-1], others[0]}
