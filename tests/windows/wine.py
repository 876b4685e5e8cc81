r"""A Windows PC of its own under Wine, as a clerk has it: Windows 10, code page 936, the user 张三.

Wine is called by its own path and in its own prefix; closing it ends its own processes and no others.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.conftest import ROOT, need
from tests.windows.shims import OVERRIDES, build_shims

WINE = Path("/usr/lib/wine/wine64")
WINESERVER = Path("/usr/lib/wine/wineserver64")
USER = "张三"
RARE = "张𠮷"  # not in GBK, so no ANSI command line can name her folder
HOME = rf"C:\users\{USER}"
LOCAL = rf"{HOME}\AppData\Local"

# 32-bit programs: their DLLs, of Debian's libwine for i386, installed or unpacked by .ci/wine32.
_LIBRARIES_32 = (Path("/usr/lib/i386-linux-gnu/wine"), ROOT / "build-out" / "wine32")
_LOCALE = "zh_CN.UTF-8"


class Wine:
    """A prefix in `folder`, ready to run programs."""

    def __init__(self, folder: Path, user: str = USER, *, runs_32_bit: bool = False) -> None:
        """Make it: about 20 seconds.

        It runs 32-bit programs too, if wanted, in Wine's experimental mode that needs no 32-bit Linux; they cannot
        show windows there.
        """
        self._prefix = folder / "prefix"
        locales = folder / "locales"
        locales.mkdir(parents=True)
        # Windows' code page comes from the language: zh_CN makes it 936, the charset only names the files outside.
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", str(locales / _LOCALE)], check=True, timeout=60)
        own = {"WINEPREFIX": str(self._prefix), "LOCPATH": str(locales), "LC_ALL": _LOCALE, "USER": user}
        quiet = {"WINEDEBUG": "-all", "WINEDLLOVERRIDES": OVERRIDES, "TZ": "Asia/Shanghai"}
        # Wine makes the documents' folder a link into the home folder: that must not be anybody's.
        home = folder / "home"
        home.mkdir()
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(home), **own, **quiet}
        if runs_32_bit:
            found = [folder for folder in _LIBRARIES_32 if (folder / "i386-windows" / "ntdll.dll").exists()]
            need(found, "Wine's DLLs for 32-bit programs (.ci/wine32)")
            self.environment["WINEDLLPATH"] = str(found[0])
        self.run("wineboot", "-i", timeout=180)
        self.run("winecfg", "-v", "win10")
        for shim in build_shims(folder / "shims"):
            shutil.copy(shim, self.path(r"C:\windows\system32") / shim.name)

    def path(self, windows: str) -> Path:
        r"""Where a file of drive C: stands outside."""
        drive, _, rest = windows.partition(":\\")
        assert drive == "C"
        return self._prefix.joinpath("drive_c", *rest.split("\\"))

    def run(self, *command: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
        """Run a program to its end; what it says comes as text, whatever its code page."""
        return subprocess.run(
            [str(WINE), *command],
            check=False,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,  # a pipe: Python under Wine 8 dies of a file
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
        )

    def start(self, command: Sequence[str]) -> "subprocess.Popen[str]":
        """Start a program that is talked to in lines."""
        pipe = subprocess.PIPE
        environment = self.environment
        return subprocess.Popen(
            [str(WINE), *command],
            env=environment,
            stdin=pipe,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )

    def processes(self, part: str) -> list[int]:
        """Our own processes whose command line has this part."""
        mark = f"WINEPREFIX={self._prefix}".encode()
        found = []
        for folder in Path("/proc").iterdir():
            with suppress(OSError):
                if folder.name.isdigit() and mark in (folder / "environ").read_bytes().split(b"\0"):
                    line = (folder / "cmdline").read_bytes().decode("utf-8", "replace")
                    found += [int(folder.name)] * (part in line)
        return found

    def close(self) -> None:
        """End everything in the prefix."""
        subprocess.run([str(WINESERVER), "-k"], check=False, env=self.environment, timeout=30)
