"""What `.ci/check --fast` runs: what a change to rules, sheets, engines or formulas is likely to break, in minutes.

A few cases of every test, without what needs Windows, a window, an installed extension, kills or random damage. The
whole runs before a stop.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePosixPath

# Left out, with what they ask about; each can be run by its name all the same.
LEFT_OUT = {
    "tests/windows": "Wine and the installer",
    "tests/extension": "the Calc add-in installed, windows and menus",
    "tests/twin": "the macros, run in LibreOffice",
    "tests/calc": "a LibreOffice that is held, hangs or dies",
    "tests/hostile": "damaged files, full disks, kills",
    "tests/build/test_workbook_paper.py": "every sheet printed",
    "tests/build/test_workbook_validator.py": "Microsoft's validator; building and linting stay",
    "tests/build/test_lint.py": "every message of the lint, drawn out",
    "tests/build/test_lint_vba.py": "the macros' grammar",
    "tests/engines/test_corpus.py": "workbooks of other programs",
    "tests/engines/test_save_book.py::test_killed_at_any_moment_the_file_is_whole": "kills",
    "tests/recheck/test_slashes.py": "every word for nothing in every column",
    "tests/recheck/test_second_engine.py": "the formulas in a second engine; LibreOffice stays",
    "tests/doctor": "自检",
    "tests/test_carry.py": "年度结转",
    "tests/test_new_rules_template.py": "a year's new rules in an old workbook",
    "tests/test_new_rules_rows.py": "the same, row by row",
    "tests/test_clocks.py": "the tests themselves",
    "tests/test_wheel.py": "the package, built and installed",
    "tests/test_skips.py": "skips in CI",
    "tests/test_lossless.py": "the validator and LibreOffice on what was scored",
}
# The first and the last of a test's own.
MOST_CASES = 2


def stays_out(nodeid: str) -> bool:
    """Whether a test belongs to what is left out."""
    place, test = PurePosixPath(nodeid.partition("::")[0]), nodeid.partition("[")[0]
    return test in LEFT_OUT or any(place.is_relative_to(left_out) for left_out in LEFT_OUT)


def fast(nodeids: Sequence[str]) -> set[str]:
    """Of these tests the ones that run."""
    cases: defaultdict[str, list[str]] = defaultdict(list)
    for nodeid in nodeids:
        if not stays_out(nodeid):
            cases[nodeid.partition("[")[0]].append(nodeid)
    return {chosen for several in cases.values() for chosen in spread(several)}


def spread(cases: Sequence[str]) -> list[str]:
    """At most so many, evenly spread."""
    last, steps = len(cases) - 1, MOST_CASES - 1
    return list(cases) if last <= steps else [cases[last * step // steps] for step in range(MOST_CASES)]
