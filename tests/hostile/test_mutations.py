"""Workbooks damaged at random: done or refused in one sentence, never a trace, a hang, or a file changed when refused.

`python -m tests.hostile.fuzz FIRST LAST` runs any seeds by hand.
"""

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.checks.plant import town_file
from tests.engines import files
from tests.hostile import fuzz
from tests.hostile.mutate import mutated

SAMPLE, FULL, BATCH = 300, 20_000, 100


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_sound_ones_are_done(tmp_path):
    """Protects the test below from proving nothing: both undamaged workbooks come to 0, and damage is reproducible."""
    for content in (town_file().read_bytes(), fuzz.with_shared_strings(files.parts(town_file()))):
        assert fuzz.attempt(tmp_path, content, 0) == (0, "")
        assert [mutated(content, seed) for seed in range(20)] == [mutated(content, seed) for seed in range(20)]


def test_mutations(full: bool):
    """Protects against whatever a broken disk, a bad program or an enemy makes of a workbook: 20,000 in full."""
    last = FULL if full else SAMPLE
    workers = os.cpu_count() or 1
    codes: dict[int, int] = {}
    broken = []
    with ProcessPoolExecutor(workers, multiprocessing.get_context("forkserver")) as pool:
        batches = [pool.submit(fuzz.run, first, min(first + BATCH, last)) for first in range(0, last, BATCH)]
        for batch in batches:
            counted, failures = batch.result()
            broken += failures
            for code, count in counted.items():
                codes[code] = codes.get(code, 0) + count
    print(codes)
    assert not broken, "\n".join(broken[:20])
    assert sum(codes.values()) == last
    assert min(codes.get(0, 0), codes.get(2, 0)) > last // 10, "most are refused, or none is: the damage is off"
