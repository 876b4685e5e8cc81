r"""`python -m addin.installer.bundle OUT --python ZIP`: the runtime folder as it will stand on a staff PC.

OUT becomes the runtime folder that the installer tells the macros: python.org's Python, the packages compiled, the
DLLs that Excel loads beside python.exe, every licence in `licences`, and `versions.csv`, which says what is in it.
"""

import argparse
import compileall
import csv
import io
import py_compile
import shutil
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterable, Sequence
from contextlib import redirect_stdout
from pathlib import Path, PurePosixPath

from addin.installer.libraries import name_libraries
from addin.installer.wheels import PYTHON, SITE, BundleError, Component, fetch, keep_licence, own_wheel, sha256, unpack

ROOT = Path(__file__).resolve().parents[2]
PIN = Path(__file__).with_name("python.toml")
WHEELS = ROOT / "build-out" / "wheels"
VERSIONS = "versions.csv"

# With no `import site`, nothing of the user's own Python is looked at; pywin32's folders stand here and not in a .pth.
_PATH_FILE = "python311._pth"
_PATH = ("python311.zip", ".", r"Lib\site-packages", r"Lib\site-packages\win32", r"Lib\site-packages\win32\lib")
HEADER = ("组件", "版本", "许可", "文件数", "大小（字节）")


def build_bundle(out: Path, python: Path, *, pin: Path = PIN, wheels: Path = WHEELS) -> list[Component]:
    """Lay out the runtime folder and say what went into it.

    Raises:
        BundleError: not the pinned Python, a wheel that cannot be had or has no place, or somebody's folder in the way.
    """
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        raise BundleError(f"what is compiled here must run there: use Python {PYTHON}")
    _make_way(out)
    wheels.mkdir(parents=True, exist_ok=True)
    components = [_lay_python(out, python, pin)]
    components += [unpack(wheel, out) for wheel in fetch(wheels)]
    with tempfile.TemporaryDirectory() as folder:
        components.append(unpack(own_wheel(ROOT, Path(folder)), out))
    _keep_com_cache(out, components)
    xlwings = _named(components, "xlwings")
    xlwings.files += name_libraries(out, xlwings.version)
    (out / _PATH_FILE).write_bytes("\r\n".join((*_PATH, "")).encode("ascii"))
    _compile(out)
    for component in components:
        component.files += [compiled for file in component.files if (compiled := _cached(out, file))]
    (out / VERSIONS).write_bytes(_listed(out, components).encode("utf-8-sig"))
    return components


def _make_way(out: Path) -> None:
    if out.exists() and any(out.iterdir()):
        if not (out / VERSIONS).exists():
            raise BundleError(f"{out} is not empty and no earlier bundle")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)


def _lay_python(out: Path, python: Path, pin: Path) -> Component:
    pinned = tomllib.loads(pin.read_text("utf-8"))
    if (found := sha256(python)) != pinned["sha256"]:
        raise BundleError(f"{python.name} has SHA-256 {found}, but {pinned['file']} is pinned as {pinned['sha256']}")
    component = Component("python", pinned["version"], "PSF-2.0")
    with zipfile.ZipFile(python) as archive:
        archive.extractall(out)
        component.files += [PurePosixPath(name) for name in archive.namelist() if not name.endswith("/")]
    licence = out / "LICENSE.txt"
    component.files.append(keep_licence(out, component, licence.name, licence.read_bytes()))
    return component


def _keep_com_cache(out: Path, components: Sequence[Component]) -> None:
    """Let pywin32 keep what it learns about COM beside itself.

    Its other place is below TEMP, which Excel names to Python in the code page: with a user's name the code page lacks
    Python would die of it. And what stands here goes when the runtime goes.
    """
    place = SITE / "win32com" / "gen_py" / "__init__.py"
    (out / place).parent.mkdir()
    (out / place).write_bytes(b"")
    _named(components, "pywin32").files.append(place)


def _named(components: Sequence[Component], name: str) -> Component:
    (found,) = (component for component in components if component.name == name)
    return found


def _compile(out: Path) -> None:
    """Compile for good: xlwings starts Python with -B, so nothing would ever be kept on the PC."""
    site, said = out / SITE, io.StringIO()
    never_checked = py_compile.PycInvalidationMode.UNCHECKED_HASH
    with redirect_stdout(said):
        done = compileall.compile_dir(site, quiet=1, stripdir=out, workers=0, invalidation_mode=never_checked)
    if not done:
        raise BundleError(f"not all could be compiled:\n{said.getvalue()}")


def _cached(out: Path, file: PurePosixPath) -> PurePosixPath | None:
    if file.suffix != ".py":
        return None
    cached = file.parent / "__pycache__" / f"{file.stem}.cpython-{PYTHON.replace('.', '')}.pyc"
    return cached if (out / cached).exists() else None


def size(out: Path, files: Iterable[PurePosixPath]) -> int:
    """Bytes of these files of a bundle."""
    return sum((out / file).stat().st_size for file in files)


def _listed(out: Path, components: Sequence[Component]) -> str:
    rows = [(part.name, part.version, part.licence, len(part.files), size(out, part.files)) for part in components]
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(HEADER)
    table.writerows(rows)
    table.writerow(("合计", "", "", sum(row[3] for row in rows), sum(row[4] for row in rows)))
    return text.getvalue()


def main() -> int:
    """Run the build."""
    parser = argparse.ArgumentParser(prog="python -m addin.installer.bundle", description=__doc__)
    parser.add_argument("out", type=Path, help="the runtime folder to make; an earlier bundle there is replaced")
    parser.add_argument("--python", type=Path, required=True, help="python.org's embeddable zip that python.toml names")
    parser.add_argument("--pin", type=Path, default=PIN, help="another file in the place of python.toml")
    parser.add_argument("--wheels", type=Path, default=WHEELS, help="folder that keeps the wheels from build to build")
    given = parser.parse_args()
    try:
        build_bundle(given.out, given.python, pin=given.pin, wheels=given.wheels)
    except BundleError as fault:
        print(fault, file=sys.stderr)
        return 1
    print((given.out / VERSIONS).read_text("utf-8-sig"), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
