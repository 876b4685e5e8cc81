"""A staff PC for the installer: Windows with its folders and registry, a Python of the test's own to look into it."""

import json
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.waiting import until
from tests.windows.display import screen
from tests.windows.wine import WINE, Wine

OFFICE = r"Software\Microsoft\Office"
EXCEL = rf"{OFFICE}\16.0\Excel"
UNINSTALL = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\Jixiao"
ACCOUNTS = r"Software\Microsoft\OneDrive\Accounts"
FOLDERS = r"Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
SETTINGS = r"Software\VB and VBA Program Settings"
RUNTIME = rf"{SETTINGS}\Jixiao\Runtime"  # where the macros look
_KEYS = (OFFICE, UNINSTALL, SETTINGS, "Environment")
_TOOLS = r"C:\tools"
_INSIDE = Path(__file__).parent / "inside"

_SELF_TEST = """import pathlib, sys
here = pathlib.Path(__file__)
if here.with_name("refused").exists():
    sys.exit(10)
scanned = here.with_name("scanned")
if here.with_name("broken").exists() or scanned.exists():
    scanned.unlink(missing_ok=True)
    sys.exit("自检没有通过：计算程序里的“pandas”用不了，请重新运行安装程序。")
print("自检通过")
"""
# Enough for `python -c` with ctypes and winreg; the rest is what makes a bundle large.
_SMALL = ("python.exe", "python311.dll", "python311.zip", "vcruntime140.dll", "vcruntime140_1.dll")
_SMALL_TOO = ("_ctypes.pyd", "libffi-8.dll")


def small_runtime(standin: Path, folder: Path, fault: str = "") -> Path:
    """A runtime folder in small: the stand-in's Python with a `jixiao` that only answers the self-test.

    That fails always with the fault `broken`, the first time with `scanned`; with `refused` it says that the processor
    is too old.
    """
    with zipfile.ZipFile(standin) as archive:
        for name in (*_SMALL, *_SMALL_TOO):
            archive.extract(name, folder)
    (folder / "python311._pth").write_text("python311.zip\n.\nLib\\site-packages\n")
    package = folder / "Lib" / "site-packages" / "jixiao"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "__main__.py").write_text(_SELF_TEST, encoding="utf-8")
    (folder / "xlwings64-0.0.dll").write_bytes(b"MZ")
    if fault:
        (package / fault).write_text("")
    return folder


class Pc:
    """What a test asks about a PC and does on it."""

    def __init__(self, wine: Wine, standin: Path, user: str) -> None:
        """Give the person folders of her own, not the tester's, and the PC a Python to look with."""
        self.wine = wine
        self.home = rf"C:\users\{user}"
        self.local = rf"{self.home}\AppData\Local\Jixiao"
        self.books = rf"{self.home}\Documents\绩效考核"
        self.menu = rf"{self.home}\AppData\Roaming\Microsoft\Windows\Start Menu\Programs\绩效考核"
        for folder in wine.path(self.home).iterdir():
            if folder.is_symlink():
                folder.unlink()
                folder.mkdir()
        small_runtime(standin, wine.path(_TOOLS))

    def setup(self, installer: Path, *options: str) -> int:
        """Run the installer silently; what it answers with."""
        return self.silently(str(installer), "/S", *options)

    def silently(self, *command: str) -> int:
        """Run a program that says nothing; what it answers with.

        No pipes: Wine's services, which live as long as anybody runs, would keep them open.
        """
        nothing = subprocess.DEVNULL
        done = subprocess.run(
            [str(WINE), *command],
            check=False,
            env=self.wine.environment,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            timeout=400,
        )
        return done.returncode

    @contextmanager
    def seen(self) -> Iterator[str]:
        """The PC with a screen, by its name outside: windows can be pressed, and pictures taken of them.

        Whether there is one Wine asks only when its first program starts: so all are ended before and after.
        """
        self.wine.close()
        with screen() as display:
            self.wine.environment["DISPLAY"] = display
            try:
                self.silently("cmd", "/c", "exit")  # Wine's own services start now, and not at the end of a pipe
                yield display
            finally:
                self.wine.close()
                del self.wine.environment["DISPLAY"]

    def press(self, title: str, *buttons: int) -> None:
        """Press buttons in a window, one after the other; it is there only while the PC is seen."""
        self._tool("press.py", title, *map(str, buttons))

    def uninstall(self, folder: str | None = None) -> None:
        """Run the uninstaller as Windows does and wait until it has gone."""
        folder = folder or self.local
        self.silently(rf"{folder}\uninstall.exe", "/S")
        self.wait(lambda: not self.wine.path(folder).exists(), f"{folder} is still there")

    def registry(self) -> dict[str, dict[str, Any]]:
        """Everything the installer may have written below HKCU."""
        answer = self._tool("registry.py", "read", json.dumps(_KEYS))
        found: dict[str, dict[str, Any]] = json.loads(answer)
        return found

    def write_registry(self, wanted: dict[str, dict[str, Any]]) -> None:
        """Put values below HKCU."""
        self._tool("registry.py", "write", json.dumps(wanted))

    def closed_registry(self, key: str) -> Any:
        """A new key below HKCU that nothing can be put below meanwhile."""
        return self.running(rf"{_TOOLS}\python.exe", _outside("registry.py"), "close", json.dumps(key))

    def added_ins(self) -> list[str]:
        """What Excel opens when it starts, in its order: it stops reading at the first gap."""
        options = self.registry().get(rf"{EXCEL}\Options", {})
        names = ["OPEN", *(f"OPEN{place}" for place in range(1, 20))]
        present = [name for name in names if name in options]
        assert present == names[: len(present)], f"a gap in {present}"
        return [options[name] for name in present]

    @contextmanager
    def running(self, program: str, *arguments: str) -> Iterator[None]:
        """A program that runs meanwhile and says one line when it is ready."""
        started = self.wine.start([program, *arguments])
        try:
            assert started.stdout.readline().strip() == "open"  # type: ignore[union-attr]
            yield
        finally:
            started.stdin.close()  # type: ignore[union-attr]
            started.wait(timeout=30)

    def held(self, file: str, sharing: str) -> Any:
        """A file kept open meanwhile by somebody who lets others do only `sharing` with it."""
        return self.running(rf"{_TOOLS}\python.exe", _outside("hold.py"), file, sharing)

    def files(self, *folders: str) -> dict[str, bytes]:
        """Every file below folders with what is in it."""
        found: dict[str, bytes] = {}
        for folder in folders:
            place = self.wine.path(folder)
            found |= {str(file): file.read_bytes() for file in place.rglob("*") if file.is_file()}
        return found

    def everything(self) -> set[str]:
        """All paths of the person and of all persons, but the scratch folder."""
        roots = (self.wine.path(r"C:\users"), self.wine.path(r"C:\ProgramData"))
        paths = (path.as_posix() for root in roots for path in root.rglob("*"))
        return {path for path in paths if "/Temp/" not in path}

    def forget_registry(self, *keys: str) -> None:
        """Take keys out of the registry; without any all that an installation may have written."""
        self._tool("registry.py", "delete", json.dumps(keys or (OFFICE, UNINSTALL, ACCOUNTS, SETTINGS)))
        if keys:
            return
        self._tool("registry.py", "forget", json.dumps(("Environment", "JIXIAO_RUNTIME")))

    def clear(self) -> None:
        """Take away all that an installation may have left, for the next test."""
        self.forget_registry()
        others = self.wine.path(r"C:\ProgramData").glob("Jixiao-*")
        folders = (self.local, self.books, self.menu, rf"{self.home}\绩效考核", r"C:\elsewhere")
        for place in (*map(self.wine.path, folders), *others):
            shutil.rmtree(place, ignore_errors=True)

    def _tool(self, script: str, *arguments: str) -> str:
        done = self.wine.run(rf"{_TOOLS}\python.exe", _outside(script), *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def wait(self, over: Any, otherwise: str) -> None:
        """Until something is so."""
        until(over, otherwise)


def _outside(script: str) -> str:
    return f"Z:{_INSIDE / script}".replace("/", "\\")
