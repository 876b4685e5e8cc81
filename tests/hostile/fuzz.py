"""Thousands of damaged workbooks through the command line in one warm process.

`python -m tests.hostile.fuzz FIRST LAST` runs these seeds by hand and prints what broke.
"""

import contextlib
import faulthandler
import io
import os
import re
import resource
import shutil
import signal
import sys
import warnings
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from jixiao.cli import main
from tests.checks.plant import town_file
from tests.engines import files
from tests.hostile.mutate import mutated
from tests.hostile.warm import MEMORY, SENTENCE
from tests.waiting import PATIENCE

_INLINE = re.compile(rb'(<c [^>]*?) t="inlineStr"><is>(.*?)</is></c>')
_LINK = '<Relationship Id="rId98" Type="{}" Target="sharedStrings.xml"/>'
_CALLS = (("score", "in"), ("score", "out"), ("check", "in"))


def run(first: int, last: int) -> tuple[dict[int, int], list[str]]:
    """Seeds from `first` up to `last`: how many ended with each exit code, and what broke."""
    originals = town_file().read_bytes(), with_shared_strings(files.parts(town_file()))
    faulthandler.enable()
    warnings.filterwarnings("ignore", "Duplicate name")
    codes: dict[int, int] = {}
    broken = []
    memory = Path("/dev/shm")
    with TemporaryDirectory(prefix="jixiao-fuzz-", dir=memory if memory.is_dir() else None) as name:
        for seed in range(first, last):
            content, what = mutated(originals[seed % 2], seed)
            code, wrong = attempt(Path(name), content, seed)
            codes[code] = codes.get(code, 0) + 1
            if wrong:
                broken.append(f"seed {seed}: {wrong} — {what}")
    return codes, broken


def with_shared_strings(contents: dict[str, bytes]) -> bytes:
    """The same workbook with its texts in a shared string table, as Excel keeps them."""
    strings: dict[bytes, int] = {}

    def share(cell: re.Match[bytes]) -> bytes:
        number = strings.setdefault(cell[2], len(strings))
        return b'%s t="s"><v>%d</v></c>' % (cell[1], number)

    for name in [name for name in contents if name.startswith("xl/worksheets/sheet")]:
        contents[name] = _INLINE.sub(share, contents[name])
    contents["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (
        files.MAIN.encode(),
        b"".join(b"<si>%s</si>" % text for text in strings),
    )
    content = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    for part, end, new in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{content}"/>'),
        ("xl/_rels/workbook.xml.rels", b"</Relationships>", _LINK.format(kind)),
    ):
        contents[part] = contents[part].replace(end, new.encode() + end)
    return files.zip_bytes(contents)


def attempt(folder: Path, content: bytes, seed: int) -> tuple[int, str]:
    """One damaged workbook in an empty folder: the exit code, and what is wrong with how it went ('' for nothing)."""
    path, log = folder / "坏.xlsm", folder / "log" / "jixiao.log"
    path.write_bytes(content)
    command, place = _CALLS[seed % len(_CALLS)]
    output = ["-o", str(folder / "出.xlsm")] if place == "out" else []
    code, said = _call([command, str(path), *output], log)
    wrong = _judged(code, said, log)
    left = sorted(found.name for found in folder.iterdir())
    if code == 2 and (path.read_bytes() != content or left != [path.name]):
        wrong = wrong or f"not left alone: {left}"
    if code in {0, 1} and place == "out" and path.read_bytes() != content:
        wrong = wrong or "the input changed"
    if code in {0, 1} and seed % 4 == 0 and not wrong:
        wrong = _called_again(command, folder / "出.xlsm" if output else path, code, log)
    for found in folder.iterdir():
        if found.is_dir():
            shutil.rmtree(found)
        else:
            found.unlink()
    return code, wrong


def _call(arguments: list[str], log: Path) -> tuple[int, str]:
    os.environ["JIXIAO_LOG"] = str(log)
    said = io.StringIO()
    # A hang in Python ends up in the log; one in C is ended with the whole process.
    signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(TimeoutError(f"{PATIENCE} s")))
    signal.alarm(PATIENCE)
    faulthandler.dump_traceback_later(2 * PATIENCE, exit=True)
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            code = main(arguments)
    finally:
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
    return code, said.getvalue()


def _judged(code: int, said: str, log: Path) -> str:
    if log.exists():
        return "unforeseen: " + log.read_text("utf-8", "replace")[-1500:]
    if code not in {0, 1, 2}:
        return f"exit code {code}"
    if (said and not SENTENCE.fullmatch(said)) or bool(said) != bool(code):
        return f"said {said[:300]!r} with {code}"
    if "内存不足" in said or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > MEMORY:
        return f"memory: {said}"
    return ""


def _called_again(command: str, path: Path, code: int, log: Path) -> str:
    """What was written is whole, and the same call on it comes to the same end; a third one changes no byte."""
    written = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        if (bad := archive.testzip()) is not None:
            return f"written {bad} is damaged"
    again, said = _call([command, str(path)], log)
    if wrong := _judged(again, said, log):
        return f"again: {wrong}"
    if again != code:
        return f"again: {again} instead of {code}: {said}"
    once = path.read_bytes()
    _call([command, str(path)], log)
    return "" if path.read_bytes() == once else "called a third time, the file changed again"


if __name__ == "__main__":
    counted, failures = run(int(sys.argv[1]), int(sys.argv[2]))
    print(counted, *failures, sep="\n")
