"""What the tests need but no rule decides, kept from the first run of a test for its runs in forks.

Most of a test's time goes into typing a workbook, reading it and writing results nobody looks at. Each is remembered
by the test and by how many the test asked for before. Appraisals are remembered with their outcome: a mutant that
appraises all of a test's years as before, and had no other part in the test, cannot fail it.
"""

import pickle
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp
from types import SimpleNamespace
from typing import Any

from mutmut.state import state
from openpyxl.workbook import Workbook

from jixiao.policy.model import Policy
from jixiao.rules import appraisal
from jixiao.rules.inputs import Inputs
from jixiao.rules.model import Appraisal

_appraise = appraisal.appraise


class Kept:
    """The memory of one mutation run; `mutated` is the function changed in this process, none before the forks."""

    def __init__(self) -> None:
        self._folder = Path(mkdtemp(prefix="jixiao-kept-"))
        self._known: dict[tuple[str, str, int], tuple[Any, set[str]]] = {}
        self._appraised: dict[str, list[tuple[Inputs, Policy, bytes]]] = {}
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
        appraisal.appraise = self._appraise
        from jixiao import buttons  # noqa: PLC0415 - takes its `appraise` from here

        for name in ("read_entries", "check_entries"):
            self._remember(buttons, name)

    def skip_writing(self) -> None:
        """In a fork: the tests of planted faults look at what was computed alone, so nothing is written."""
        from jixiao import buttons  # noqa: PLC0415
        from tests.checks import plant  # noqa: PLC0415

        faults: Any = plant
        faults.buttons = SimpleNamespace(score=lambda book: buttons._assess(book, lambda step: None).outcome)

    def appraises_as_before(self, test: str) -> bool:
        """Whether every year this test appraised comes out the same in this process."""
        try:
            return all(
                _outcome(_appraise(inputs, policy)) == before
                for inputs, policy, before in self._appraised.get(test, ())
            )
        except Exception:  # noqa: BLE001 - a mutant may do anything
            return False

    def _appraise(self, inputs: Inputs, policy: Policy) -> Appraisal:
        if self.mutated:
            return _appraise(inputs, policy)
        apart = state()._stats.copy()
        appraised = _appraise(inputs, policy)
        state()._stats.intersection_update(apart)
        self._appraised.setdefault(self._test, []).append((inputs, policy, _outcome(appraised)))
        return appraised

    def _remember(self, module: Any, name: str) -> None:
        original = getattr(module, name)
        setattr(module, name, lambda *given: self._once(name, lambda: original(*given)))

    def _once(self, what: str, make: Callable[[], Any]) -> Any:
        key = (self._test, what, self._asked[what])
        self._asked[what] += 1
        known = self._known.get(key)
        if known is None:
            before = state()._stats.copy()
            state()._stats.clear()
            value = make()
            known = self._known[key] = value, state()._stats.copy()
            state()._stats.update(before)
        elif self.mutated in known[1]:
            return make()
        return known[0]


def _outcome(appraised: Appraisal) -> bytes:
    return pickle.dumps([value for name, value in vars(appraised).items() if name != "policy"])
