"""A Windows Python shaped like python.org's embeddable zip, made of what the package registry has; for tests only.

panda3d's wheel carries CPython 3.11.9 for Windows: the DLL and every compiled module. The standard library comes from
the Python that runs the tests, compiled; the C runtime from a wheel of Microsoft's; python.exe is six lines of C. Only
files that python.org's zip has too are taken, so that a DLL missing on a real PC is missing here. A release is built
from python.org's own zip.
"""

import hashlib
import os
import platform
import py_compile
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from pathlib import Path

from tests.windows.shims import build_launcher

VERSION = "3.11"
NAME = f"standin-{platform.python_version()}.zip"

_WHEELS = (
    "panda3d==1.10.16 --hash=sha256:37acfb92655c4226879f95c988e2ef1449a53c54486d6c1ebc00e2772429af82",
    "msvc-runtime==14.44.35112 --hash=sha256:aba7fbe71897d25ed53fbb7f391e9f50289378a8a9ae218ba18530c663448391",
)
_DLLS = ("python311.dll", "libcrypto-3.dll", "libffi-8.dll", "libssl-3.dll", "sqlite3.dll")
_NOT_THERE = ("_tkinter.pyd",)  # nor in python.org's zip
_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll")
# Not in python.org's zip either, and large.
_NO_LIBRARY = ("test", "idlelib", "tkinter", "turtledemo", "ensurepip", "site-packages", "__pycache__")


def make_standin(folder: Path) -> tuple[Path, Path]:
    """The zip and the file that pins it, kept in `folder` from run to run."""
    made, pin = folder / NAME, folder / "standin.toml"
    if not made.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory() as work:
            unfinished = Path(work) / NAME
            _write(unfinished, Path(work), _fetch(folder / "standin-wheels"))
            temporary = made.with_suffix(f".{os.getpid()}")
            temporary.write_bytes(unfinished.read_bytes())
            temporary.replace(made)
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    pin.write_text(f'version = "3.11.9"\nfile = "{NAME}"\nsha256 = "{digest}"\n')
    return made, pin


def _fetch(folder: Path) -> list[Path]:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as wanted:
        wanted.write("\n".join(_WHEELS))
        wanted.flush()
        target = ("--platform", "win_amd64", "--python-version", VERSION, "--only-binary=:all:", "--no-deps")
        command = [sys.executable, "-m", "pip", "download", "-q", *target, "-r", wanted.name, "-d", str(folder)]
        subprocess.run(command, check=True, capture_output=True)
    return sorted(folder.glob("*.whl"))


def _write(target: Path, work: Path, wheels: list[Path]) -> None:
    files: dict[str, bytes] = {}
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for entry in archive.namelist():
                name = Path(entry).name.lower()
                from_panda = entry.startswith("deploy_libs/") and (name.endswith(".pyd") or name in _DLLS)
                if (from_panda and name not in _NOT_THERE) or (name in _RUNTIME and "/data/" in entry):
                    files[name] = archive.read(entry)
    build_launcher(work / "python.exe")
    files["python.exe"] = (work / "python.exe").read_bytes()
    files["python311.zip"] = _standard_library(work)
    files["python311._pth"] = b"python311.zip\r\n.\r\n"
    files["LICENSE.txt"] = _licence()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in files.items():
            archive.writestr(name, content)


def _standard_library(work: Path) -> bytes:
    library, made = Path(sysconfig.get_path("stdlib")), work / "python311.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for source in sorted(library.rglob("*.py")):
            place = source.relative_to(library)
            if place.parts[0] in _NO_LIBRARY or "tests" in place.parts:
                continue
            never_checked = py_compile.PycInvalidationMode.UNCHECKED_HASH
            compiled = py_compile.compile(
                str(source), str(work / "one.pyc"), dfile=str(place), invalidation_mode=never_checked, quiet=2
            )
            if compiled:
                archive.write(compiled, str(place.with_suffix(".pyc")))
    return made.read_bytes()


def _licence() -> bytes:
    """Python's own licence, wherever this Python keeps it."""
    library = Path(sysconfig.get_path("stdlib"))
    text = library / "LICENSE.txt"
    return text.read_bytes() if text.exists() else b"Python Software Foundation License Version 2\n"


if __name__ == "__main__":
    print(*make_standin(Path(sys.argv[1])))
