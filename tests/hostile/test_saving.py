"""Two at a time, a file open elsewhere or changed meanwhile, a clock that is wrong, and what a killed run left."""

import os
import random
import time
import zipfile
from pathlib import Path

import pytest

from tests.hostile.warm import Warm, state
from tests.waiting import until

# Stops between reading and saving until it is told to go on.
PAUSE = """
import os, time
import jixiao.engines.filegrid as grid
real = grid.save_file
def late(*arguments, **options):
    open({mark!r}, "wb").close()
    while not os.path.exists({go!r}):
        time.sleep(0.001)
    return real(*arguments, **options)
grid.save_file = late
"""
CLOCK = """
import datetime
import jixiao.engines.save as save
class Clock(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromisoformat({moment!r})
save.datetime = Clock
"""
LATER = """
import time, types
import jixiao.engines.save as save
save.time = types.SimpleNamespace(time=lambda: time.time() + {seconds})
"""


def marked(path: Path, mark: str) -> bytes:
    """The same workbook, told from others by the comment of its zip."""
    with zipfile.ZipFile(path, "a") as archive:
        archive.comment = mark.encode()
    return path.read_bytes()


def mark_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return archive.comment.decode()


def backups(path: Path) -> list[Path]:
    return sorted((path.parent / "备份").glob(f"{path.stem}-*"))


@pytest.mark.parametrize("owner", ["~$年.xlsm", ".~年.xlsm", ".~lock.年.xlsm#"], ids=["Excel", "WPS", "LibreOffice"])
def test_a_file_open_in_an_office_program(warm: Warm, town: Path, owner):
    """Protects what somebody has not saved yet: their program's owner file is seen and named, and nothing written."""
    (town.parent / owner).write_bytes(b"\x05admin")
    before = state(town.parent)
    warm.run("score", town).refused("正在 Excel、WPS 或别的程序中打开", owner)
    assert state(town.parent) == before


@pytest.mark.parametrize("command", ["score", "check"])
def test_two_at_once(warm: Warm, town: Path, command, full):
    """Protects against a torn file: two runs started together both end, at least one is done, the file is whole."""
    original = town.read_bytes()
    warm.run("score", town, "-o", town.with_name("对.xlsm")).done()
    right = town.with_name("对.xlsm").read_bytes()
    chance = random.Random(7)
    for _ in range(100 if full else 12):
        town.write_bytes(original)
        first = warm.start("score", town)
        time.sleep(chance.uniform(0, 0.03))
        second = warm.start(command, town)
        answers = [first.wait().well_behaved(), second.wait().well_behaved()]
        codes = [answer.code for answer in answers]
        assert 0 in codes
        assert all(answer.code == 0 or "年.xlsm" in answer.err for answer in answers)
        if codes[0] == 0:
            assert town.read_bytes() == right, "the answer that said done is on disk"
        assert all(path.read_bytes() in {original, right} or mark_of(path) == "" for path in backups(town))
        assert not list(town.parent.rglob("*.tmp"))
        for path in backups(town):
            path.unlink()


@pytest.mark.parametrize("how", ["replaced", "rewritten", "touched", "another score", "moved"])
def test_changed_between_reading_and_saving(warm: Warm, town: Path, tmp_path: Path, how):
    """Protects a colleague's update: what was saved after our reading is never replaced unnoticed."""
    mark, go = tmp_path / "mark", tmp_path / "go"
    call = warm.start("score", town, setup=PAUSE.format(mark=str(mark), go=str(go)))
    until(mark.exists, "nothing is saved", pause=0.001)
    theirs = town.read_bytes()
    if how == "moved":
        town.rename(town.with_name("移.xlsm"))
    elif how == "touched":
        os.utime(town)
    elif how == "another score":
        warm.run("check", town).done()
        theirs = town.read_bytes()
    else:
        other = town.with_name("另.xlsm")
        other.write_bytes(theirs)
        theirs = marked(other, "theirs")
        if how == "replaced":
            other.replace(town)
        else:
            town.write_bytes(theirs)
            other.unlink()
    go.touch()
    answer = call.wait()
    if how == "touched":
        answer.done()
        return
    answer.refused("移走或改名" if how == "moved" else "又被别人改过")
    assert how == "moved" or town.read_bytes() == theirs
    assert not list(town.parent.rglob("*.tmp"))


def test_two_results_to_one_new_file(warm: Warm, town: Path, tmp_path: Path):
    """Protects the first of two results that are written under one new name: the second is not put over it unseen."""
    mark, go, out = tmp_path / "mark", tmp_path / "go", town.with_name("出.xlsm")
    setup = """
import os, time
import jixiao.engines.save as save
real = save._write_temporary
def late(*arguments):
    made = real(*arguments)
    open({mark!r}, "wb").close()
    while not os.path.exists({go!r}):
        time.sleep(0.001)
    return made
save._write_temporary = late
"""
    call = warm.start("score", town, "-o", out, setup=setup.format(mark=str(mark), go=str(go)))
    until(mark.exists, "nothing is saved", pause=0.001)
    warm.run("check", town).done()
    town.rename(out)
    first = out.read_bytes()
    go.touch()
    call.wait().refused("出.xlsm", "又被别人改过")
    assert out.read_bytes() == first


def saves(warm: Warm, town: Path, moments: list[str]) -> list[str]:
    """Save in place at each of these times, always another workbook; returns their marks in order."""
    original = town.read_bytes()
    for number, moment in enumerate(moments):
        town.write_bytes(original)
        marked(town, f"{number}")
        warm.run("score", town, setup=CLOCK.format(moment=moment)).done()
    return [str(number) for number in range(len(moments))]


@pytest.mark.parametrize(
    "moments",
    [
        ["2024-03-05T12:00:00"] * 13,
        [f"2024-03-05T12:00:{second:02}" for second in range(30, 0, -2)],
        [f"2099-01-{day:02}T08:00:00" for day in range(1, 13)] + [f"2024-03-{day:02}T08:00:00" for day in range(1, 9)],
        [f"2024-03-05T12:00:{number % 3:02}" for number in range(14)],
    ],
    ids=["one second", "backwards", "a wrong year for a while", "to and fro"],
)
def test_whatever_the_clock_says_ten_are_kept(warm: Warm, town: Path, moments):
    """Protects the last ten versions, whatever the clock does, and every file in 备份 that is not ours."""
    strangers = ["说明.txt", "年-20240305.xlsm", "年-20240305-120000.xlsx", "年-20240305-120000-终稿.xlsm", "年.xlsm"]
    (town.parent / "备份").mkdir()
    for name in strangers:
        (town.parent / "备份" / name).write_bytes(b"x")
    marks = saves(warm, town, moments)
    ours = [path for path in backups(town) if path.name not in strangers]
    kept = sorted((mark_of(path) for path in ours), key=int)
    assert len(ours) == 10
    assert kept == marks[-10:]
    assert all((town.parent / "备份" / name).read_bytes() == b"x" for name in strangers)


def test_what_a_killed_run_left_is_swept_after_a_day(warm: Warm, town: Path, tmp_path: Path):
    """Protects the folder from filling up, and everything in it that only looks like ours."""
    folder, backup = town.parent, town.parent / "备份"
    backup.mkdir()
    ours = [place / f".{number:016x}.jixiao.tmp" for place in (folder, backup) for number in (1, 0xABCDEF)]
    others = [
        folder / name
        for name in (
            ".0123456789ABCDEF.jixiao.tmp",
            ".0123456789abcde.jixiao.tmp",
            "0123456789abcdef.jixiao.tmp",
            ".0123456789abcdef.jixiao.tmp.xlsm",
            ".0123456789abcdef.tmp",
            "x.0123456789abcdef.jixiao.tmp",
        )
    ]
    for path in (*ours, *others):
        path.write_bytes(b"half")
    (folder / ".0000000000000002.jixiao.tmp").mkdir()
    (folder / ".0000000000000003.jixiao.tmp").symlink_to(tmp_path / "outside")
    (tmp_path / "outside").write_bytes(b"x")
    for path in ours:
        os.utime(path, (0, 0))
    original = town.read_bytes()
    warm.run("score", town).done()
    assert all(path.exists() for path in ours), "young: perhaps another run is at work"
    town.write_bytes(original)
    warm.run("score", town, setup=LATER.format(seconds=90_000)).done()
    assert not any(path.exists() for path in ours)
    assert all(path.read_bytes() == b"half" for path in others)
    assert (folder / ".0000000000000002.jixiao.tmp").is_dir()
    assert (folder / ".0000000000000003.jixiao.tmp").is_symlink()
    assert (tmp_path / "outside").exists()
