"""Each hostile or odd workbook is answered and within memory: read and written, or refused in one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.engines.conftest import corpus_folder
from tests.waiting import PATIENCE

SAMPLE = 25


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
    done = subprocess.run(
        [sys.executable, str(probe), str(path), str(tmp_path / f"写{path.suffix}")],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONUTF8": "1"},
        check=False,
    )
    answer = done.stdout.strip()
    assert done.returncode == 0, done.stderr[-2000:]
    assert answer == "book" or answer.startswith(("refused: WorkbookError ", "refused: SaveError "))
    assert answer == "book" or answer.endswith("。")
    assert "\n" not in answer
    assert path.read_bytes() == before
