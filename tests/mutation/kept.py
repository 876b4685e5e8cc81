"""What the tests need but no rule decides, kept from the first run of a test for its runs in forks.

Most of a test's time goes into typing a workbook, reading it and writing results nobody looks at. Each is remembered
by the test and by how many the test asked for before. Every step of an appraisal is remembered with its outcome: a
mutant whose steps all come out as before, and which had no other part in a test, cannot fail it.
"""

import pickle
import shutil
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any

from mutmut.state import state
from openpyxl.workbook import Workbook

from jixiao.rules import appraisal, suspicions

_STEPS = (
    *("assess_performance", "judge_ballots", "assess_review", "ballot_findings", "turnout_findings", "_quarter_list"),
    *("shortage_findings", "assess_points", "last_before", "annual_score", "stand", "apply_results"),
)


@dataclass(frozen=True)
class _Call:
    """A call of a rule with its outcome; `reached` are the functions that ran in it."""

    rule: Callable[..., Any]
    given: tuple[Any, ...]
    outcome: bytes
    reached: frozenset[str]

    def as_before(self) -> bool:
        try:
            return _bytes(self.rule(*self.given)) == self.outcome
        except Exception:  # noqa: BLE001 - a mutant may do anything
            return False


@dataclass
class _Part:
    """What a test asked of the rules: the steps by their key, and whole years, each with what ran between its steps."""

    steps: set[bytes] = field(default_factory=set)
    years: list[_Call] = field(default_factory=list)


class Kept:
    """The memory of one mutation run; `mutated` is the function changed in this process, none before the forks."""

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="jixiao-kept-"))
        self._known: dict[tuple[str, str, int], tuple[Any, frozenset[str]]] = {}
        self._parts: dict[str, _Part] = defaultdict(_Part)
        self._steps: dict[bytes, _Call] = {}
        self._same: dict[bytes, bool] = {}
        self._asked: Counter[str] = Counter()
        self._test = ""
        self.mutated = ""

    def begin(self, test: str) -> None:
        """Another test begins."""
        self._test = test
        self._asked.clear()

    def install(self) -> None:
        """From now on workbooks are typed and read, and years appraised, through this memory; before any import."""
        save = Workbook.save

        def saved(book: Workbook, filename: str | Path) -> None:
            def made() -> Path:
                copy = self._folder / str(len(self._known))
                save(book, copy)
                return copy

            shutil.copy(self._once("save", made), filename)

        Workbook.save = saved
        for name in _STEPS:
            setattr(appraisal, name, self._step(getattr(appraisal, name)))
        vars(appraisal)["appraise"] = self._year(appraisal.appraise)
        vars(suspicions)["suspicions"] = self._step(suspicions.suspicions)
        from jixiao import buttons  # noqa: PLC0415 - takes both from here

        for name in ("read_entries", "check_entries"):
            self._remember(buttons, name)

    def skip_writing(self) -> None:
        """In a fork: the tests of planted faults look at what was computed alone, so nothing is written."""
        from jixiao import buttons  # noqa: PLC0415
        from tests.checks import plant  # noqa: PLC0415

        faults: Any = plant
        faults.buttons = SimpleNamespace(score=lambda book: buttons._assess(book, lambda step: None).outcome)

    def cannot_fail(self, test: str) -> bool:
        """Whether every rule this test reached by an appraisal answers in this process as it did before."""
        if any(asked == test and self.mutated in reached for (asked, *_), (_, reached) in self._known.items()):
            return False
        part = self._parts[test]
        return all(self._step_as_before(key) for key in part.steps) and all(
            year.as_before() for year in part.years if self.mutated in year.reached
        )

    def _step_as_before(self, key: bytes) -> bool:
        step = self._steps[key]
        if self.mutated in step.reached and key not in self._same:
            self._same[key] = step.as_before()
        return self._same.get(key, True)

    def _step(self, rule: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(rule)
        def step(*given: Any, **named: Any) -> Any:
            if self.mutated:
                return rule(*given, **named)
            outcome, reached = _watched(rule, *given)
            key = sha256(rule.__name__.encode() + pickle.dumps(given)).digest()
            self._steps.setdefault(key, _Call(rule, given, _bytes(outcome), reached))
            self._parts[self._test].steps.add(key)
            return outcome

        return step

    def _year(self, appraise: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(appraise)
        def year(*given: Any, **named: Any) -> Any:
            if self.mutated:
                return appraise(*given, **named)
            outcome, reached = _watched(appraise, *given)
            self._parts[self._test].years.append(_Call(appraise, given, _bytes(outcome), reached))
            return outcome

        return year

    def _remember(self, module: Any, name: str) -> None:
        original = getattr(module, name)
        setattr(module, name, lambda *given: self._once(name, lambda: original(*given)))

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        key = (self._test, what, self._asked[what])
        self._asked[what] += 1
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = _watched(make)
        elif self.mutated in known[1]:
            return make()
        return known[0]


def _watched(run: Callable[..., Any], *given: Any) -> tuple[Any, frozenset[str]]:
    """What a call gives, and the functions that can be mutated and ran in it, which count for it alone."""
    before = state()._stats.copy()
    state()._stats.clear()
    outcome = run(*given)
    if isinstance(outcome, Iterator):
        outcome = list(outcome)
    reached = frozenset(state()._stats)
    state()._stats.clear()
    state()._stats.update(before)
    return outcome, reached


def _bytes(outcome: Any) -> bytes:
    return pickle.dumps(list(outcome) if isinstance(outcome, Iterator) else outcome)
