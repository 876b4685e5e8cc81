"""From a runtime folder to the installer: what is put into it, in which order, and the call of makensis."""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path

from addin.installer.contents import NSIS_LICENCE, write_contents
from addin.installer.manual import write_manual
from addin.installer.picture import side_picture

ROOT = Path(__file__).resolve().parents[2]
TARGET = "x86-unicode"  # runs on every Windows: on a 32-bit one it says why it cannot go on
SCRIPT = Path(__file__).with_name("nsis") / "setup.nsi"
STUB = Path(__file__).with_name("stub.py")
MAKENSIS = "makensis"
PAGES = ("用户手册.md", "rules.md", "checks.md", "部署手册.md")
WORKBOOKS = {
    "workbook/绩效考核.xlsm": "绩效考核.xlsm",
    "workbook/示例/绩效考核-2024示例.xlsm": "绩效考核-2024示例.xlsm",
}
_ADDIN = "绩效考核.xlam"
_PATH_LIMIT = 259  # what a Windows program can open without asking for more
_STAGES = "\\new\\runtime\\"  # the longest way from the install folder to a file of the runtime
_DATE = 1704067200  # 2024-01-01: file dates that do not change from build to build
_MIB = 1024 * 1024


class InstallerError(Exception):
    """What keeps the installer from being made, said to whoever makes the release."""


def version() -> str:
    """Our version, from pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return str(project["project"]["version"])


def make_installer(runtime: Path, out: Path, *, number: str | None = None, target: str = TARGET) -> Path:
    """Put the runtime folder, the add-in, the workbooks and the handbook into one installer in `out`.

    Args:
        runtime: what `addin.installer.bundle` made.
        out: the folder that gets 绩效考核安装程序-VERSION.exe and a .csv of what is in it.
        number: another version than pyproject.toml's, for tests.
        target: another machine's code than what ships, for tests.

    Raises:
        InstallerError: makensis is missing or does not accept something.
    """
    number = number or version()
    if shutil.which(MAKENSIS) is None:
        raise InstallerError("makensis is not installed (Debian: apt-get install nsis)")
    out.mkdir(parents=True, exist_ok=True)
    made = out.resolve() / f"绩效考核安装程序-{number}.exe"
    with tempfile.TemporaryDirectory(prefix="jixiao-setup-") as folder:
        payload = Path(folder) / "payload"
        _stage(runtime, payload)
        _compile(payload, Path(folder), made, (number, target))
        write_contents(payload, made.with_suffix(".csv"), ours=number, nsis=_nsis_version())
    return made


def _nsis_version() -> str:
    done = subprocess.run([MAKENSIS, "-VERSION"], check=True, capture_output=True, text=True)  # noqa: S603 - ours
    return done.stdout.strip().removeprefix("v")


def _stage(runtime: Path, payload: Path) -> None:
    shutil.copytree(runtime, payload / "runtime")
    shutil.copy(ROOT / "addin" / _ADDIN, payload / _ADDIN)
    (payload / "模板").mkdir()
    for source, name in WORKBOOKS.items():
        shutil.copy(ROOT / source, payload / "模板" / name)
    write_manual(ROOT / "docs", PAGES, payload / "手册")
    licence = payload / "runtime" / NSIS_LICENCE
    licence.parent.mkdir(parents=True)
    shutil.copy(Path(__file__).parent / "licences" / "nsis.txt", licence)
    for file in payload.rglob("*"):
        _date(file)


def _date(file: Path) -> None:
    """NSIS keeps each file's date."""
    os.utime(file, (_DATE, _DATE))


def _compile(payload: Path, work: Path, made: Path, kind: tuple[str, str]) -> None:
    number, target = kind
    listing = work / "files.nsh"
    listing.write_text("\n".join(_listing(payload)), encoding="utf-8-sig")
    picture = work / "side.bmp"
    picture.write_bytes(side_picture())
    _date(picture)
    stub = work / "stub"
    runtime = payload / "runtime"
    longest = max(len(str(file.relative_to(runtime))) for file in runtime.rglob("*"))
    size = sum(file.stat().st_size for file in payload.rglob("*") if file.is_file())
    given = {
        "TARGET": target,
        "VERSION": number,
        "VERSION4": ".".join((number.split(".") + ["0"] * 4)[:4]),
        "OUTPUT": made,
        "FILES": listing,
        "PICTURE": picture,
        "PATCH_FILE": stub,
        "PATCH": f'"{sys.executable}" "{STUB}" "{stub}"',
        "LONGEST": _PATH_LIMIT - longest - len(_STAGES),
        "SIZE_KB": size // 1024 + 1,
        "SIZE_MB": size // _MIB + 1,
        "ROOM_MB": size // _MIB + 51,
    }
    define = [f"-D{name}={value}" for name, value in given.items()]
    command = [MAKENSIS, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *define, str(SCRIPT)]
    environment = os.environ | {"LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(_DATE)}
    done = subprocess.run(command, check=False, capture_output=True, cwd=ROOT, env=environment)  # noqa: S603 - ours
    if done.returncode:
        raise InstallerError((done.stdout + done.stderr).decode("utf-8", "replace"))


def _listing(payload: Path) -> Iterator[str]:
    """What makensis reads to put the files in, sorted: its own way is the order in which the disk has them."""
    folders = [payload, *sorted(path for path in payload.rglob("*") if path.is_dir())]
    for folder in folders:
        files = sorted(path for path in folder.iterdir() if path.is_file())
        if files:
            place = "\\".join(("$INSTDIR", "new", *folder.relative_to(payload).parts))
            yield f'SetOutPath "{place}"'
            yield from (f'File "/oname={file.name.replace("$", "$$")}" "{file}"' for file in files)
