"""The pages of docs/ that are made from the program's data: current, complete, and readable by staff."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao.findings.catalogue import CATALOGUE, SUBJECTS

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A folder with freshly written pages."""
    folder = tmp_path_factory.mktemp("docs")
    subprocess.run([sys.executable, "-m", "addin.build.docs", "--out", str(folder)], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def checks(written):
    return (written / "docs" / "checks.md").read_text("utf-8")


def test_every_generated_page_is_the_one_committed(written):
    pages = [path.relative_to(written) for path in written.rglob("*.md")]
    assert pages
    for page in pages:
        assert (ROOT / page).read_text("utf-8") == (written / page).read_text("utf-8"), "run python -m addin.build.docs"


def test_every_code_is_documented_once_under_its_subject(checks):
    sections = re.split(r"^## ", checks, flags=re.MULTILINE)[1:]
    listed = {
        section.splitlines()[0]: re.findall(r"^\| ([A-Z]\d\d) \| (\S+) \|", section, flags=re.MULTILINE)
        for section in sections
    }
    assert list(listed) == list(SUBJECTS.values())
    assert sorted(code for lines in listed.values() for code, _ in lines) == sorted(CATALOGUE)
    for letter, subject in SUBJECTS.items():
        assert {code[0] for code, _ in listed[subject]} == {letter}
        assert all(CATALOGUE[code].severity == severity for code, severity in listed[subject])


def test_a_line_holds_no_word_of_the_program(checks):
    """Beside the codes and Excel's name a clerk reads no Latin letter, and no placeholder as the code spells it."""
    for line in checks.splitlines():
        rest = re.sub(r"^\| [A-Z]\d\d |Excel", "", line)
        assert not set(rest) & set(string.ascii_letters + "{}"), line
        assert line.startswith("|") is (line.count("|") == 5), line
