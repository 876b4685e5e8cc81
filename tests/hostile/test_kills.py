"""`score` in place, killed at any moment: what lies on disk is the old file or the new one, and no backup is half."""

import random
import time
from pathlib import Path

import pytest

from tests.hostile.warm import Warm
from tests.waiting import until

# Says when saving begins, so that half of the kills fall into it.
MARK = """
import jixiao.engines.filegrid as grid
real = grid.save_file
def marked(*arguments, **options):
    open({mark!r}, "wb").close()
    return real(*arguments, **options)
grid.save_file = marked
"""

# Ends itself before or after the nth thing done to the disk.
STEP = """
import os, signal
from pathlib import Path
count = 0
def watch(owner, name):
    real = getattr(owner, name)
    def step(*arguments, **options):
        global count
        count += 1
        number = count
        if (number, False) == ({nth}, {after}):
            os.kill(os.getpid(), signal.SIGKILL)
        result = real(*arguments, **options)
        if (number, True) == ({nth}, {after}):
            os.kill(os.getpid(), signal.SIGKILL)
        return result
    setattr(owner, name, step)
for name in ("open", "replace", "hardlink_to", "unlink", "mkdir", "chmod", "touch"):
    watch(Path, name)
for name in ("fsync", "utime"):
    watch(os, name)
"""


def clean(folder: Path, town: Path, old: bytes) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            path.unlink()
    town.write_bytes(old)


def whole_or_nothing(town: Path, old: bytes, new: bytes, when: str) -> bytes:
    """What every kill must leave: the old file or the new one, whole backups, and the old file somewhere."""
    now = town.read_bytes()
    assert now in {old, new}, f"{when}: the file is neither"
    backups = [path for path in (town.parent / "备份").glob("*") if not path.name.endswith(".jixiao.tmp")]
    assert all(path.read_bytes() == old for path in backups), f"{when}: a backup is not whole"
    assert now == old or backups, f"{when}: the old file is gone"
    return now


def test_killed_at_any_moment(warm: Warm, town: Path, tmp_path: Path, full: bool):
    """Protects the year's work: 1,000 kills at random moments, half of them while saving, and no file is lost."""
    old = town.read_bytes()
    mark = tmp_path / "mark"
    setup = MARK.format(mark=str(mark))
    call = warm.start("score", town, setup=setup)
    whole = call.wait()
    whole.done()
    saving = max(0.01, town.stat().st_ctime - mark.stat().st_mtime)  # from its beginning until the file is in place
    new = town.read_bytes()
    assert new != old
    chance = random.Random(20240305)
    ended = {"old": 0, "new": 0, "leftover": 0}
    kills = 1_000 if full else 50
    for number in range(20 * kills):
        if number >= kills and ended["leftover"]:
            break  # on a busy machine it may take more of them until one falls into the saving
        clean(town.parent, town, old)
        mark.unlink(missing_ok=True)
        call = warm.start("score", town, setup=setup)
        if number % 2:
            until(mark.exists, "nothing is saved", pause=0.0002)
            time.sleep(chance.uniform(0, saving))
        else:
            time.sleep(chance.uniform(0, whole.seconds))
        call.kill()
        call.wait()
        now = whole_or_nothing(town, old, new, f"kill {number}")
        leftovers = list(town.parent.rglob(".*.jixiao.tmp"))
        ended["new" if now == new else "old"] += 1
        ended["leftover"] += bool(leftovers)
        if number % 10 == 0 or (leftovers and number % 5 == 0):
            warm.run("score", town).done()
            assert town.read_bytes() == new, f"after kill {number} the next run came to something else"
    print(ended)
    assert ended["leftover"], "no kill fell into the saving: the test proves nothing"


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_each_step(warm: Warm, town: Path, after):
    """Protects the moments too short to be hit by chance: ended before and after each thing done to the disk."""
    old = town.read_bytes()
    warm.run("score", town).done()
    new = town.read_bytes()
    steps = 0
    while True:
        clean(town.parent, town, old)
        steps += 1
        answer = warm.run("score", town, setup=STEP.format(nth=steps, after=after))
        whole_or_nothing(town, old, new, f"step {steps}")
        if answer.code == 0:
            break
        assert answer.code == -9
    assert steps > 10, "too few steps were seen: the watch is off"
