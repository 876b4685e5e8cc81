"""A screen closed, full, read by nobody or not writable decides nothing: the work is done, the code is right."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from jixiao.engines.file import open_book
from tests.checks.plant import town_file
from tests.hostile.warm import Warm

PROGRAM = f"'{sys.executable}' -m jixiao"
CLOSED = "os.close({0}); sys.{1} = None\n"
FULL = "os.dup2(os.open('/dev/full', os.O_WRONLY), {0})\n"
READ_ONLY = "os.dup2(os.open('/dev/null', os.O_RDONLY), {0})\n"
UNREAD = "r, w = os.pipe(); os.close(r); os.dup2(w, {0}); sys.{1} = os.fdopen({0}, 'w', closefd=False)\n"
OUT, ERR = (1, "stdout"), (2, "stderr")
GONE = {
    "stdout closed": CLOSED.format(*OUT),
    "stderr closed": CLOSED.format(*ERR),
    "both closed": CLOSED.format(*OUT) + CLOSED.format(*ERR),
    "everything closed": "os.close(0); sys.stdin = None\n" + CLOSED.format(*OUT) + CLOSED.format(*ERR),
    "both full": FULL.format(*OUT) + FULL.format(*ERR),
    "both only readable": READ_ONLY.format(*OUT) + READ_ONLY.format(*ERR),
    "both read by nobody": UNREAD.format(*OUT) + UNREAD.format(*ERR),
    "one full, one closed": FULL.format(*OUT) + CLOSED.format(*ERR),
}
COMMANDS: dict[str, tuple[str, int, list[str]]] = {
    "score": ("score 年.xlsm", 0, ["年.xlsm"]),
    "score to another": ("score 年.xlsm -o 出.xlsm", 0, ["出.xlsm"]),
    "score with JSON": ("score 年.xlsm --json 果.json", 0, ["年.xlsm", "果.json"]),
    "check with errors": ("check 错.xlsm", 1, ["错.xlsm"]),
    "template": ("template -o 白.xlsm", 0, ["白.xlsm"]),
    "template with a list": ("template -o 白.xlsm --departments 名单.txt", 0, ["白.xlsm"]),
    "next year": ("template -o 白.xlsm --from 年.xlsm", 0, ["白.xlsm"]),
    "demo": ("demo", 0, ["绩效考核-2024示例.xlsm"]),
    "doctor": ("doctor --self-test", 0, []),
    "a wrong call": ("score", 2, []),
    "no such file": ("score 没有.xlsm", 2, []),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> Path:
    """A sound workbook, one with an 错误 and a list with a title."""
    place: Path = tmp_path_factory.mktemp("夹")
    shutil.copy(town_file(), place / "年.xlsm")
    with open_book(place / "年.xlsm") as book:
        sheet = book.sheets["任务台账"]
        rows = sheet.range("A1:Z10").value
        top = next(number for number, line in enumerate(rows) if "一季度完成率" in line)
        sheet.range((top + 2, rows[top].index("一季度完成率") + 1)).value = "已完成"
        book.save(str(place / "错.xlsm"))
    (place / "名单.txt").write_text("科室名单\n1. 综合办\n2. 党建办\n", "utf-8")
    return place


@pytest.fixture
def folder(files: Path, tmp_path: Path) -> Path:
    """A copy of them, away from the log."""
    return Path(shutil.copytree(files, tmp_path / "夹"))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("gone", GONE)
@pytest.mark.parametrize("name", COMMANDS)
def test_the_work_is_done_and_the_code_is_right(warm: Warm, folder, name, gone):
    """Protects a script or a scheduled task from a failure that is none, and from a trace."""
    command, code, written = COMMANDS[name]
    before = contents(folder)
    answer = warm.run(*command.split(), cwd=folder, setup=f"import os, sys\n{GONE[gone]}")
    assert (answer.code, answer.log) == (code, "")
    assert "Traceback" not in answer.out + answer.err
    after = contents(folder)
    assert {key for key in after if after[key] != before.get(key)} == set(written)


@pytest.mark.parametrize("gone", [name for name in GONE if name != "stderr closed"])
def test_json_nobody_can_get_is_a_failure_before_anything_is_written(warm: Warm, folder, gone):
    """Protects exit 2's promise: the JSON was asked for and is not there, so the workbook is as it was."""
    before = contents(folder)
    answer = warm.run("score", "年.xlsm", "--json", "-", cwd=folder, setup=f"import os, sys\n{GONE[gone]}")
    assert (answer.code, answer.log) == (2, "")
    assert contents(folder) == before
    assert not list((folder / "备份").glob("*"))


def test_json_is_not_shown_of_a_workbook_that_cannot_be_saved(warm: Warm, folder):
    """Protects whoever reads stdout: with exit 2 nothing stands there; saving again what is unchanged shows it."""
    (folder / "年.xlsm").chmod(0o444)
    warm.run("score", "年.xlsm", "--json", "-", cwd=folder).refused("只读文件")
    (folder / "年.xlsm").chmod(0o644)
    first = warm.run("score", "年.xlsm", "--json", "-", cwd=folder).done()
    assert warm.run("score", "年.xlsm", "--json", "-", cwd=folder).done() == first


@pytest.mark.parametrize("gone", [">&-", ">/dev/full", "<&- >&- 2>&-", ">/dev/full 2>&1"])
@pytest.mark.parametrize("command", ["--help", "score 错.xlsm"])
def test_the_installed_program_ends_as_it_should(folder, command, gone):
    """Protects the way out: what Python itself would still flush, or say about a flush that failed."""
    line = f"{PROGRAM} {command} {gone}"
    done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == (0 if command == "--help" else 1)
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


def test_json_stays_alone_on_stdout_when_stderr_is_closed(folder):
    """Protects whoever parses it: the sentence for stderr does not slip into it."""
    line = f"{PROGRAM} check 错.xlsm --json - 2>&-"
    done = subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1
    assert set(json.loads(done.stdout)) == {"年度", "季度", "结果", "校验"}
