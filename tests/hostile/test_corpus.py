"""Hostile and odd workbooks collected elsewhere: none is an appraisal workbook, each gets one sentence and stays."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import need
from tests.engines.conftest import corpus_folder
from tests.hostile.warm import SENTENCE, state
from tests.waiting import PATIENCE

SAMPLE = 20


def found() -> list[Path]:
    folder = corpus_folder()
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def pytest_generate_tests(metafunc):
    if "path" not in metafunc.fixturenames:
        return
    full = metafunc.config.getoption("--full") or os.environ.get("JIXIAO_FULL")
    paths: list[Path | None] = [*found()]
    step = 1 if full else max(1, len(paths) // SAMPLE)
    metafunc.parametrize("path", paths[::step] or [None], ids=lambda path: path.name if path else "none")


@pytest.mark.parametrize("command", ["score", "check"])
def test_one_sentence_and_nothing_touched(path, command, warm, tmp_path):
    """Protects whoever drops a wrong file on the program: refused within memory, file and folder as they were."""
    need(path, "the corpus of workbooks (JIXIAO_CORPUS)")
    copy = tmp_path / path.name
    copy.write_bytes(path.read_bytes())
    before = state(tmp_path)
    answer = warm.run(command, copy)
    assert state(tmp_path) == before
    answer.refused()


def test_the_same_from_a_cold_start(tmp_path):
    """Protects the warm children's claim: a fresh `python -m jixiao` answers the same way."""
    paths = found()
    need(paths, "the corpus of workbooks (JIXIAO_CORPUS)")
    for path in (paths[0], max(paths, key=lambda path: path.stat().st_size)):
        copy = tmp_path / path.name
        copy.write_bytes(path.read_bytes())
        done = subprocess.run(
            [sys.executable, "-m", "jixiao", "score", str(copy)],
            capture_output=True,
            env={**os.environ, "PYTHONUTF8": "1"},
            encoding="utf-8",
            check=False,
            timeout=PATIENCE,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert SENTENCE.fullmatch(done.stderr), done.stderr
        assert copy.read_bytes() == path.read_bytes()
