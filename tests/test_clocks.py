"""No test asks the clock: a busy machine is no fault of the code's, and a quick one no merit."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.steps import steps
from tests.waiting import no_hang, until

# What tells how long something took, and what makes a test fail for being slow.
CLOCKS = frozenset(
    name + ending
    for name in ("perf_counter", "process_time", "thread_time", "monotonic", "clock_gettime")
    for ending in ("", "_ns")
) | {"timeit", "getrusage", "ru_utime", "ru_stime"}
TIMES = frozenset(("time", "time_ns"))  # of the module time

# Who may look at one all the same, and what for. None of them says that something was too slow.
ALLOWED = {
    "tests/waiting.py": "the loop that waits for everybody",
    "tests/windows/inside/press.py": "waits for a window, on a PC without our tests",
    "tests/windows/inside/host.py": "hands times to benchmarks/excel.py",
    "tests/windows/pictures.py": "waits for a window; a program that makes pictures, no test",
    "tests/mutation/judge.py": "ends a mutant that runs for ever, at twenty times its test's usual time",
    "tests/hostile/warm.py": "says how long a run took, to place kills in it, and to benchmarks/hostile.py",
    "tests/hostile/fuzz.py": "asks for memory, not for time",
    "tests/hostile/test_saving.py": "sets the clock of a run that is tested",
}


def looks(source: str) -> Iterator[str]:
    """Where a program looks at a clock, were it in the text of another program, and where too slow is a failure."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            if node.attr in CLOCKS or (node.attr in TIMES and ast.unparse(node.value) == "time"):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif isinstance(node, ast.ImportFrom) and node.module in {"time", "timeit", "resource"}:
            names = {alias.name for alias in node.names}
            yield from (f"line {node.lineno}: {name}" for name in sorted(names & (CLOCKS | TIMES)))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and "import time" in node.value:
            inner = (name for name in sorted(CLOCKS | {"time.time"}) if f"{name}(" in node.value)
            yield from (f"line {node.lineno}: {name} in a text" for name in inner)
        elif isinstance(node, ast.keyword) and node.arg == "suppress_health_check":
            if "too_slow" not in ast.unparse(node.value):
                yield f"line {node.value.lineno}: Hypothesis fails what is too_slow"
        elif isinstance(node, ast.keyword) and node.arg == "deadline" and ast.unparse(node.value) != "None":
            yield f"line {node.value.lineno}: a deadline"


def found() -> dict[str, list[str]]:
    files = sorted((ROOT / "tests").rglob("*.py"))
    looking = {path.relative_to(ROOT).as_posix(): list(looks(path.read_text("utf-8"))) for path in files}
    return {name: places for name, places in looking.items() if places and name != "tests/test_clocks.py"}


def test_no_test_looks_at_a_clock():
    """Protects whoever runs the README's test command on a machine that does something else as well."""
    assert {name: places for name, places in found().items() if name not in ALLOWED} == {}
    assert ALLOWED.keys() == found().keys() & ALLOWED.keys(), "an exception nobody needs any more"


@pytest.mark.parametrize(
    "source",
    [
        "import time\nstarted = time.perf_counter()",
        "import time\nassert time.process_time() - started < 8",
        "import time as time\nlast = time.monotonic_ns()",
        "import time\nbefore = time.time()",
        "from time import perf_counter",
        "from time import time",
        "import timeit\ntimeit.timeit('x')",
        "import resource\nresource.getrusage(0)",
        "work = usage.ru_utime",
        "CODE = 'import time; print(time.process_time())'",
        "@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])\ndef test_x(): pass",
        "@settings(deadline=200)\ndef test_x(): pass",
    ],
)
def test_each_way_to_look_at_one_is_found(source):
    assert list(looks(source))


@pytest.mark.parametrize(
    "source",
    [
        "import time\ntime.sleep(0.1)",
        '"""Saves time: monotonic() and all that."""',
        "from datetime import time",
        "moment = clock.now()",
        "@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])\ndef test_x(): pass",
    ],
)
def test_what_is_no_clock_is_left_alone(source):
    assert not list(looks(source))


def test_steps_are_counted_alike_each_time_and_see_a_loop_within_a_loop():
    def pairs(rows: int) -> None:
        sum(one < other for one in range(rows) for other in range(rows))

    assert steps(lambda: pairs(30)) == steps(lambda: pairs(30))
    assert steps(lambda: pairs(300)) > 50 * steps(lambda: pairs(30))
    assert steps(lambda: sum(range(300))) < 20, "what C does is one step"


def test_waiting_ends_when_it_comes_true_and_says_what_never_does():
    looks_left = iter([None, 0, "", "there"])
    assert until(lambda: next(looks_left), "never", pause=0) == "there"
    with pytest.raises(AssertionError, match="never comes"):
        until(lambda: None, "it never comes", patience=0, pause=0)


def test_a_hang_is_told_instead_of_waited_for(tmp_path: Path):
    with pytest.raises(AssertionError, match="the loop hangs"), no_hang("the loop", patience=1):
        until(lambda: None, "this is not what is to be told")
    with no_hang("nothing", patience=1):
        pass
