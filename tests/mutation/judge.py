"""A pytest plugin that judges mutants: each test once as it stands, then every mutant in a fork of this process.

What takes long is done before the forks, once: imports, collection, workbooks typed and read (`kept`). A mutant meets
the tests that it can fail, those first that killed its neighbours, up to the first that fails.
"""

import gc
import os
import resource
import time
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from math import ceil
from pathlib import Path

import pytest
from _pytest.runner import runtestprotocol
from mutmut.__main__ import collect_source_file_mutation_data
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.utils.format_utils import mangled_name_from_mutant_name as function_of

from tests.mutation.kept import Kept

_SURVIVED, _KILLED = 0, 1
_PATIENCE = 20  # times a test's usual seconds, after which a mutant counts as killed by time
_ROOT = Path.cwd().parent
_TERMINAL = os.dup(2)  # before pytest captures it
_KEPT = Kept()
_KEPT.install()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--modules`: of which modules the mutants are judged, by patterns of their names."""
    parser.addoption("--modules", default="*")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """In place of a run of all tests: judge the mutants that are not known to be killed."""
    if session.testsfailed:
        return False
    os.chdir(_ROOT)
    mutants, _ = collect_source_file_mutation_data(mutant_names=())
    os.chdir("mutants")
    new_first = sorted(mutants, key=lambda mutant: mutant[2] is not None)
    alive = [(data, name) for data, name, code in new_first if code in {None, _SURVIVED}]
    modules = session.config.getoption("modules").split()
    asked = [(data, name) for data, name in alive if any(fnmatch(Path(data.path).stem, module) for module in modules)]
    if asked:
        _Trial(session.items).run(asked)
    return True


class _Trial:
    def __init__(self, tests: list[pytest.Item]) -> None:
        self._tests = tests
        self._reaches: list[set[str]] = []
        self._seconds: list[float] = []
        self._kills: dict[str, Counter[int]] = {}
        self._running: dict[int, tuple[SourceFileMutationData, str, int]] = {}

    def run(self, mutants: list[tuple[SourceFileMutationData, str]]) -> None:
        """Judge `mutants`, as many at once as there are processors; each verdict is saved as it is found."""
        set_mutant_under_test("stats")
        for test in self._tests:
            self._try_unchanged(test)
        _say(f"{len(self._tests)} tests, {sum(self._seconds):.0f} s; {len(mutants)} mutants")
        gc.freeze()
        for number, (data, name) in enumerate(mutants, start=1):
            if len(self._running) == len(os.sched_getaffinity(0)):
                self._collect()
            self._start(data, name)
            if number % 100 == 0:
                _say(f"{time.strftime('%X')}  {number}")
        while self._running:
            self._collect()

    def _try_unchanged(self, test: pytest.Item) -> None:
        state()._stats.clear()
        began = time.process_time()
        failure = self._failure(test)
        if failure:
            pytest.exit(f"fails without any change: {failure}", returncode=1)
        self._seconds.append(time.process_time() - began)
        self._reaches.append(set(state()._stats))

    def _failure(self, test: pytest.Item) -> str:
        _KEPT.begin(test.nodeid)
        failed = (report for report in runtestprotocol(test, log=False) if report.failed)
        return next((f"{report.nodeid}\n{report.longreprtext}" for report in failed), "")

    def _start(self, data: SourceFileMutationData, name: str) -> None:
        reading, writing = os.pipe()
        child = os.fork()
        if child:
            os.close(writing)
            self._running[child] = data, name, reading
            return
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, 1)
        os.dup2(null, 2)
        code = _SURVIVED
        set_mutant_under_test(name)
        _KEPT.mutated = function_of(name)
        _KEPT.skip_writing()
        for place in self._tests_for(function_of(name)):
            test = self._tests[place]
            limit = ceil(time.process_time() + 5 + _PATIENCE * self._seconds[place])
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
            apart = function_of(name) in self._reaches[place]
            if not apart and _KEPT.cannot_fail(test.nodeid):
                continue
            if self._failure(test):
                os.write(writing, str(place).encode())
                code = _KILLED
                break
        os._exit(code)

    def _tests_for(self, function: str) -> Iterator[int]:
        kills = self._kills.get(function, Counter())
        near = self._kills.get(function.rpartition(".")[0], Counter())
        places = range(len(self._tests))
        return iter(sorted(places, key=lambda place: (-kills[place], -near[place], self._seconds[place])))

    def _collect(self) -> None:
        child, status = os.wait()
        data, name, reading = self._running.pop(child)
        killer = os.read(reading, 20)
        os.close(reading)
        if killer:
            function = function_of(name)
            for near in (function, function.rpartition(".")[0]):
                self._kills.setdefault(near, Counter())[int(killer)] += 1
        data.exit_code_by_key[name] = os.waitstatus_to_exitcode(status)
        os.chdir(_ROOT)
        data.save()
        os.chdir("mutants")


def _say(line: str) -> None:
    os.write(_TERMINAL, f"{line}\n".encode())
