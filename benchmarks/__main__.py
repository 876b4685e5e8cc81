"""`python -m benchmarks`: every figure of docs/benchmarks.md, measured in one run; `--write` puts the table there.

Absolute times depend on the machine and are not printed: each line is a ratio to another program in the same run.
Needs LibreOffice with the system's `uno`, and `pip install -e ".[bench]"`.
"""

import argparse
import compileall
import json
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

from addin.build.oxt.carried import Target
from addin.build.oxt.package import make_extension
from benchmarks.county import make_county, write_county
from benchmarks.formulas_book import write_formulas_book
from benchmarks.rules import compare
from jixiao import __file__ as package
from jixiao.template import write_example

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "benchmarks.md"
IMPORTS = ("import xlwings, pandas, pydantic", "import xlwings, pandas")  # what the aim names; what we load of it
SYSTEM_PYTHON = "/usr/bin/python3"
SIZES = (50, 300, 1000)
BEARABLE = {"formulas": 50, "ironcalc": 300}  # larger sizes take minutes
TASKS, BALLOTS = 20, 36  # a department


def seconds(command: list[str], cwd: Path) -> float:
    """Wall time of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    return time.perf_counter() - started


def in_turn(runs: int, ours: Callable[[], float], *others: Callable[[], float]) -> list[float]:
    """Our time over each of the others', the middle one of the turns.

    One after the other in each turn, and divided there, so that the machine's moods hit both alike.
    """
    taken = [(ours(), [other() for other in others]) for _ in range(runs)]
    return [median(own / turn[number] for own, turn in taken) for number in range(len(others))]


def cold_start(folder: Path) -> list[tuple[str, str, str]]:
    """A whole `jixiao score` of the example against importing what it stands on."""
    workbook = folder / "example.xlsm"
    write_example(workbook)
    score = [sys.executable, "-m", "jixiao", "score", str(workbook), "-o", str(folder / "scored.xlsm")]
    commands = [score, *([sys.executable, "-c", imports] for imports in IMPORTS)]
    ratios = in_turn(20, *(partial(seconds, command, folder) for command in commands))
    return [
        ("`jixiao score` of the example, cold", f"`{imports}`", f"{ratio:.2f}")
        for imports, ratio in zip(IMPORTS, ratios, strict=True)
    ]


def county(folder: Path) -> list[tuple[str, str, str]]:
    """A county's workbook: the whole command against LibreOffice only opening the same file."""
    workbook = write_county(folder / "county.xlsx")
    score = [sys.executable, "-m", "jixiao", "score", str(workbook), "-o", str(folder / "county-scored.xlsx")]
    office: list[dict] = []

    def opening() -> float:
        office.append(libreoffice(workbook, folder))
        return office[-1]["start"] + office[-1]["load"]

    against_start, against_running = in_turn(5, lambda: seconds(score, folder), opening, lambda: office[-1]["load"])
    running = median(answer["load"] for answer in office)
    ours_alone, plain = contender("jixiao", workbook), contender("pandas", workbook)
    what = "`jixiao score`, 1,000 科室, 20,000 tasks, 150,000 ballots"
    return [
        (what, "LibreOffice started and opening it", f"{against_start:.2f}"),
        (what, "a running LibreOffice opening it", f"{against_running:.2f}"),
        ("… reading alone", "a running LibreOffice opening it", f"{ours_alone['load'] / running:.2f}"),
        ("… checks and rules alone", "a running LibreOffice opening it", f"{ours_alone['compute'] / running:.2f}"),
        (
            "… reading, checks and rules",
            "plain pandas program, calamine reading",
            f"{_sum(ours_alone) / _sum(plain):.2f}",
        ),
        ("… its peak memory", "1 GiB", f"{_peak(score, folder) / 2**20:.2f}"),
    ]


def _sum(answer: dict) -> float:
    return float(answer["load"] + answer["compute"])


def _peak(command: list[str], folder: Path) -> float:
    """Peak memory of a process, in KiB."""
    wrapper = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run([sys.executable, "-c", wrapper, *command], cwd=folder, check=True, capture_output=True)
    return float(done.stdout)


def rules() -> list[tuple[str, str, str]]:
    """The rules in memory against the plain program in floats, and how both grow."""
    lines, before = [], 0.0
    for ballots in (10_000, 100_000, 1_000_000):
        measured = compare(ballots)
        ours, plain = measured["ours"], measured["plain"]
        lines.append((f"rules, {ballots:,} ballots", "plain pandas program in floats", f"{ours / plain:.2f}"))
        lines.append((f"… scores the float program gets wrong, of {ballots // 1000:,}", "", f"{measured['differing']}"))
        if before:
            lines.append((f"rules, {ballots:,} ballots", "rules, a tenth of them", f"{ours / before:.1f}"))
        before = ours
    return lines


def engines(folder: Path) -> list[tuple[str, str, str]]:
    """All figures of a year: our rules against formula engines recalculating native formulas."""
    lines = []
    for size in SIZES:
        year = make_county(size, size * TASKS, size * BALLOTS)
        entries = write_county(folder / f"{size}.xlsx", size, size * TASKS, size * BALLOTS)
        formulas = write_formulas_book(folder / f"{size}-formulas.xlsx", year)
        ours = contender("jixiao", entries)
        others = {name: contender(name, formulas) for name in _engines(size)}
        others["LibreOffice"] = libreoffice(formulas, folder)
        for name, answer in others.items():
            wrong = sum(value != ours["scores"][department] for department, value in answer["scores"].items())
            ratio = f"{ours['compute'] / answer['compute']:.2f}"
            lines.append((f"all figures of {size:,} 科室", f"{name} ({wrong} scores off)", ratio))
    return lines


def _engines(size: int) -> list[str]:
    return [name for name in ("formualizer", "ironcalc", "formulas") if size <= BEARABLE.get(name, size)]


def contender(name: str, workbook: Path) -> dict:
    """One program's answer, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.contenders", name, str(workbook)]
    return answered(command)


def answered(command: list[str]) -> dict:
    """The JSON a measuring program prints last; what it complains of stays on our stderr, so that a failure is seen."""
    done = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def libreoffice(workbook: Path, folder: Path) -> dict:
    """LibreOffice's times for opening and recalculating a workbook, in a profile of its own."""
    command = [SYSTEM_PYTHON, "-m", "benchmarks.libreoffice", str(workbook), str(folder / "office")]
    return answered(command)


def calc_functions(folder: Path) -> list[tuple[str, str, str]]:
    """=JIXIAO_SCORE() in Calc against native formulas of the same arithmetic, recalculated."""
    with zipfile.ZipFile(make_extension(folder / "oxt", Target.of(SYSTEM_PYTHON))) as extension:
        extension.extractall(folder / "extensions" / "jixiao")
    command = [SYSTEM_PYTHON, "-m", "benchmarks.calc_functions", str(folder / "extensions"), str(folder / "calc")]
    taken = answered(command)
    native = f"native formulas in Calc ({taken['off']} scores off)"
    return [
        ("10,000 cells of `=JIXIAO_SCORE()` in Calc", native, f"{taken['cells'] / taken['native']:.0f}"),
        ("… as one array formula of 10,000 rows", native, f"{taken['array'] / taken['native']:.0f}"),
        ("… as one array formula of 10,000 rows", "10,000 cells of ours", f"{taken['array'] / taken['cells']:.2f}"),
    ]


def table(lines: list[tuple[str, str, str]]) -> str:
    """The measurements as Markdown."""
    rows = [f"| {what} | {against} | {ratio} |" for what, against, ratio in lines]
    return "\n".join(["| what | against | ratio |", "|---|---|---|", *rows])


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    write = parser.parse_args().write
    # As pip leaves an installed package: a checkout just edited would compile itself in every process.
    compileall.compile_dir(Path(package).parent, quiet=1)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        lines = [*cold_start(folder), *county(folder), *rules(), *engines(folder), *calc_functions(folder)]
    print(table(lines))
    if write:
        head, mark, _ = TABLE.read_text("utf-8").partition("<!-- measured -->")
        TABLE.write_text(f"{head}{mark}\n\n{table(lines)}\n", "utf-8")


if __name__ == "__main__":
    main()
