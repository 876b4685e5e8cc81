"""`python -m benchmarks.hostile`: how much longer than a small year the collected hostile and odd workbooks take.

Processor time of the whole command in a warm process; the longest are printed. Needs the corpus (JIXIAO_CORPUS).
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.checks.plant import town_file
from tests.engines.conftest import corpus_folder
from tests.hostile.warm import Warm

LONGEST = 10


def main() -> None:
    """Score each and print the longest."""
    warm = Warm()
    with TemporaryDirectory() as name:

        def work(path: Path) -> float:
            copy = Path(shutil.copy(path, name))
            taken = warm.run("score", copy).work
            copy.unlink()
            return taken

        usual = min(work(town_file()) for _ in range(5))
        taken = {path.name: work(path) / usual for path in corpus_folder().iterdir() if path.is_file()}
    warm.close()
    for name in sorted(taken, key=taken.__getitem__, reverse=True)[:LONGEST]:
        print(f"{name}: {taken[name]:.1f} of a small year")


if __name__ == "__main__":
    main()
