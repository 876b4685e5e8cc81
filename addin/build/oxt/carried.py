"""The libraries that travel inside the extension, taken from their wheels: nothing need be installed beside it."""

import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# What is not needed here: tests and what compilers read; xlwings' commercial part, which may not be passed on, with the
# compiled reader that only serves it, and its own add-ins and servers.
_LEFT_OUT = (
    "/tests/",
    "/include/",
    "/includes/",
    ".data/",
    "/xlwings/addin/",
    "/xlwings/html/",
    "/xlwings/js/",
    "/xlwings/pro/",
    "/xlwings/quickstart",
    "/xlwings/rest/",
    "/xlwings/xlwingslib",
)
_ENDINGS_LEFT_OUT = (".applescript", ".bas", ".c", ".h", ".pxd", ".pyi", ".pyx")


@dataclass(frozen=True)
class Target:
    """The Python the libraries are for: its version, and a platform tag or None for the platform here."""

    python: str = f"{sys.version_info.major}.{sys.version_info.minor}"
    platform: str | None = None

    @classmethod
    def of(cls, interpreter: str) -> "Target":
        """For the Python of that command, here."""
        question = "import sys; print('%d.%d' % sys.version_info[:2])"
        asked = subprocess.run([interpreter, "-c", question], check=True, capture_output=True, text=True)  # noqa: S603 - asked for by name
        return cls(asked.stdout.strip())


def libraries(target: Target) -> Iterator[tuple[str, bytes]]:
    """Every file of every library jixiao stands on, by its path beside `jixiao`."""
    with tempfile.TemporaryDirectory() as folder:
        _download(Path(folder), target)
        for wheel in sorted(Path(folder).glob("*.whl")):
            with zipfile.ZipFile(wheel) as source:
                for name in source.namelist():
                    if not name.endswith("/") and _is_needed(name):
                        yield name, source.read(name)


def own_package() -> Iterator[tuple[str, bytes]]:
    """Every file of `jixiao` itself."""
    source = ROOT / "udfs"
    for path in sorted((source / "jixiao").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(source).as_posix(), path.read_bytes()


def _is_needed(name: str) -> bool:
    return not any(part in f"/{name}" for part in _LEFT_OUT) and not name.endswith(_ENDINGS_LEFT_OUT)


def _download(folder: Path, target: Target) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--only-binary=:all:", "--python-version", target.python, "--dest", str(folder)]
    command += ["--platform", target.platform] if target.platform else []
    command += ["--constraint", str(ROOT / "constraints.txt"), *project["dependencies"]]
    subprocess.run(command, check=True)  # noqa: S603 - every part is ours
