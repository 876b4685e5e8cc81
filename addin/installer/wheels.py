"""The wheels that are shipped: fetched once by their pinned hashes, and laid out beneath the Python they belong to."""

import hashlib
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.parser import HeaderParser
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
PYTHON = "3.11"
SITE = PurePosixPath("Lib/site-packages")
LICENCES = PurePosixPath("licences")

_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+) --hash=sha256:([0-9a-f]{64})$", re.MULTILINE)
_LICENCE = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)
_NOT_SHIPPED = "LICENSE_PRO.txt"  # belongs to the part of xlwings that is trimmed


class BundleError(Exception):
    """What keeps a bundle from being made, said to whoever makes the release."""


@dataclass
class Component:
    """One thing that is shipped, with the files it brought, relative to the runtime folder."""

    name: str
    version: str
    licence: str
    files: list[PurePosixPath] = field(default_factory=list)


def pinned() -> dict[str, tuple[str, str]]:
    """Version and SHA-256 of each package."""
    return {name: (version, digest) for name, version, digest in _PINNED.findall(REQUIREMENTS.read_text("utf-8"))}


def sha256(file: Path) -> str:
    """The hash a file is pinned by."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetch(folder: Path) -> list[Path]:
    """The pinned wheels, in `folder`; pip is asked only for what is not there yet.

    Raises:
        BundleError: pip could not get them.
    """
    wanted = {digest for _, digest in pinned().values()}
    if wanted - _held(folder).keys():
        target = ("--platform", "win_amd64", "--python-version", PYTHON, "--implementation", "cp")
        choice = ("--only-binary=:all:", "--no-deps", "--require-hashes", "-r", str(REQUIREMENTS))
        _pip("download", *target, *choice, "-d", str(folder))
    held = _held(folder)
    return sorted(held[digest] for digest in wanted)


def own_wheel(root: Path, folder: Path) -> Path:
    """This project as a wheel, made in `folder`."""
    _pip("wheel", "--no-deps", "-w", str(folder), str(root))
    (built,) = folder.glob("jixiao-*.whl")
    return built


def unpack(wheel: Path, runtime: Path) -> Component:
    """Lay a wheel out without what nobody needs, its licences into their own folder.

    Raises:
        BundleError: a wheel without a licence, or with files that have no place.
    """
    with zipfile.ZipFile(wheel) as archive:
        component = _described(archive)
        licensed = False
        for name, place in _places(archive, component):
            target = runtime / place
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(archive.read(name))
            component.files.append(place)
            licensed = licensed or place.is_relative_to(LICENCES)
    if not licensed:
        text = HERE / "licences" / f"{component.name}.txt"
        if not text.exists():
            raise BundleError(f"{wheel.name} brings no licence; put its text at addin/installer/licences/{text.name}")
        component.files.append(keep_licence(runtime, component, text.name, text.read_bytes()))
    return component


def keep_licence(runtime: Path, component: Component, name: str, text: bytes) -> PurePosixPath:
    """Put one licence among the others and say where."""
    place = _licence_folder(component) / name
    (runtime / place).parent.mkdir(parents=True, exist_ok=True)
    (runtime / place).write_bytes(text)
    return place


def _pip(command: str, *arguments: str) -> None:
    call = [sys.executable, "-m", "pip", command, "--quiet", *arguments]
    done = subprocess.run(call, check=False, capture_output=True, text=True)  # noqa: S603 - our own arguments
    if done.returncode:
        raise BundleError(f"pip {command} failed:\n{done.stderr}")


def _held(folder: Path) -> dict[str, Path]:
    return {sha256(wheel): wheel for wheel in folder.glob("*.whl")}


def _described(archive: zipfile.ZipFile) -> Component:
    (name,) = (name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
    about = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    licence = about["License-Expression"] or (about["License"] or "").splitlines()[0]
    return Component(about["Name"].lower().replace("_", "-"), about["Version"], licence)


def _licence_folder(component: Component) -> PurePosixPath:
    return LICENCES / f"{component.name}-{component.version}"


def _places(archive: zipfile.ZipFile, component: Component) -> Iterator[tuple[str, PurePosixPath]]:
    """Where each file of a wheel goes."""
    unwanted = _unwanted()
    for name in archive.namelist():
        path = PurePosixPath(name)
        top, rest = path.parts[0], PurePosixPath(*path.parts[1:])
        if name.endswith("/") or any(fnmatchcase(name, pattern) for pattern in unwanted):
            continue
        if top.endswith(".dist-info"):
            if path.name == "METADATA":  # tells the versions to the self-diagnosis
                yield name, SITE / path
            elif _LICENCE.search(str(rest)) and path.name != _NOT_SHIPPED:
                yield name, _licence_folder(component) / str(rest).removeprefix("licenses/")
        elif top.endswith(".data"):
            # Excel loads xlwings' DLLs, the 32-bit one too, from beside python.exe.
            if rest.parts[0] == "data" and path.suffix == ".dll":
                yield name, PurePosixPath(path.name)
            elif rest.parts[0] != "scripts":
                raise BundleError(f"{archive.filename}: no place for {name}")
        elif top == "pywin32_system32":
            yield name, PurePosixPath(path.name)
        else:
            yield name, SITE / path


def _unwanted() -> list[str]:
    lines = (HERE / "trim.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
