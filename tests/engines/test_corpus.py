"""Each hostile or odd workbook is answered in time and within memory: read and written, or refused in one sentence."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.engines.conftest import corpus_folder

SAMPLE = 25
SECONDS = 10


def pytest_generate_tests(metafunc):
    folder = corpus_folder()
    found = sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []
    if not found:
        reason = pytest.mark.skip(reason="no corpus of workbooks here (JIXIAO_CORPUS)")
        metafunc.parametrize("path", [pytest.param(None, marks=reason)])
        return
    full = metafunc.config.getoption("--full") or os.environ.get("JIXIAO_FULL")
    step = 1 if full else max(1, len(found) // SAMPLE)
    metafunc.parametrize("path", found[::step], ids=lambda path: path.name)


def test_answered(path, tmp_path):
    before = path.read_bytes()
    probe = Path(__file__).with_name("probe.py")
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(probe), str(path), str(tmp_path / f"写{path.suffix}")],
        capture_output=True,
        text=True,
        timeout=3 * SECONDS,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        check=False,
    )
    seconds = time.monotonic() - started
    answer = done.stdout.strip()
    assert done.returncode == 0, done.stderr[-2000:]
    assert answer == "book" or answer.startswith(("refused: WorkbookError ", "refused: SaveError "))
    assert answer == "book" or answer.endswith("。")
    assert "\n" not in answer
    assert seconds < SECONDS
    assert path.read_bytes() == before
