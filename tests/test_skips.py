"""A test that cannot run is skipped on a user's machine, and fails in CI."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("ci", "told", "code"), [("", "1 skipped", 0), ("true", "was skipped in CI: Skipped: no corpus", 1)]
)
def test_a_skip_fails_in_ci(ci, told, code, tmp_path):
    """Protects the proof: a gate whose tool or case is missing must not pass for one that found nothing."""
    environment = os.environ | {"CI": ci, "JIXIAO_CORPUS": str(tmp_path)}
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", "-rs", "-k", "None"]
    done = subprocess.run(
        [*command, "tests/engines/test_corpus.py"],
        cwd=ROOT,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (told in done.stdout, done.returncode) == (True, code), done.stdout
