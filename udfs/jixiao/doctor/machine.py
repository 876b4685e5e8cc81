"""The PC itself, as the checks see it: environment, files, packages; on Windows the registry and the code page."""

import os
import struct
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from jixiao.doctor.processor import refused

_HEAD = 4096
_PATIENCE = 120
_NO_WINDOW = 0x08000000
_SSE4_2, _AVX = 38, 4
_HIVES = {"HKCU": "HKEY_CURRENT_USER", "HKLM": "HKEY_LOCAL_MACHINE", "HKCR": "HKEY_CLASSES_ROOT"}
# What the service does before it can answer: see `macros.load_all`.
_START = "from jixiao.macros import load_all; load_all()"


class Machine:
    """The PC this runs on; it satisfies `facts.Surroundings`."""

    windows = sys.platform == "win32"

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment, names in upper case."""
        return {name.upper(): value for name, value in os.environ.items()}

    @property
    def interpreter(self) -> str:
        """The path of python.exe."""
        return sys.executable

    @property
    def python(self) -> str:
        """Python's version and bitness."""
        return f"{sys.version.split()[0]}（{8 * struct.calcsize('P')} 位）"

    @property
    def code_page(self) -> int:
        """The number of the ANSI code page."""
        import ctypes  # noqa: PLC0415 - one check on one system needs it

        loader: Any = ctypes
        return int(loader.windll.kernel32.GetACP())

    def values(self, key: str) -> Mapping[str, object]:
        """The values of a registry key, names in lower case."""
        try:
            registry, opened = _opened(key)
        except FileNotFoundError:
            return {}
        with opened:
            listed = [registry.EnumValue(opened, place) for place in range(registry.QueryInfoKey(opened)[1])]
        return {name.lower(): value for name, value, _ in listed}

    def keys(self, key: str) -> Sequence[str]:
        """The names of the keys below a registry key."""
        try:
            registry, opened = _opened(key)
        except FileNotFoundError:
            return []
        with opened:
            return [registry.EnumKey(opened, place) for place in range(registry.QueryInfoKey(opened)[0])]

    def is_file(self, path: str) -> bool:
        """Whether there is such a file."""
        return Path(path).is_file()

    def head(self, path: str) -> bytes | None:
        """How a file, or a stream beside it, begins."""
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - a stream's name is no path
                return file.read(_HEAD)
        except FileNotFoundError:
            return None

    def content(self, path: str) -> bytes | None:
        """The whole of a file, which Excel may have open; None when there is none."""
        try:
            return Path(path).read_bytes()
        except FileNotFoundError:
            return None

    def computes(self) -> bool:
        """Whether the processor suits numpy: as Windows knows, which older ones do not; then as numpy itself finds."""
        import ctypes  # noqa: PLC0415 - as above

        loader: Any = ctypes
        kernel = loader.windll.kernel32
        if kernel.IsProcessorFeaturePresent(_SSE4_2) or kernel.GetEnabledXStateFeatures() & _AVX:
            return True
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and our own line
                [self.interpreter, "-B", "-c", "import numpy"],
                check=False,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                creationflags=_NO_WINDOW,
            )
        except subprocess.SubprocessError as error:
            raise OSError("Python does not answer") from error
        return not refused(done.returncode, done.stderr.decode("utf-8", "replace"))

    def version(self, package: str) -> str | None:
        """The version of an installed package."""
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    def seconds_to_start(self) -> float:
        """Start a fresh Python as Excel's service is started, and wait until it could answer."""
        before = time.perf_counter()
        try:
            subprocess.run(  # noqa: S603 - our own interpreter and our own line
                [self.interpreter, "-B", "-c", _START],
                check=True,
                timeout=_PATIENCE,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=_NO_WINDOW if self.windows else 0,
            )
        except subprocess.SubprocessError as error:
            raise OSError("Python does not start") from error
        return time.perf_counter() - before


def _opened(key: str) -> tuple[Any, Any]:
    """The registry and an open key of it; FileNotFoundError when it is missing."""
    import winreg  # noqa: PLC0415 - Windows only

    registry: Any = winreg
    hive, _, path = key.partition("\\")
    return registry, registry.OpenKey(getattr(registry, _HIVES[hive]), path)
