"""The finished extension: the same parts in the same order with the same dates from the same sources."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from addin.build.oxt.carried import Target, libraries, own_package
from addin.build.oxt.registry import addons, calc_addins, interface, manifest
from addin.build.oxt.sources import FOLDER, WORDS, functions
from jixiao import __version__

LIBRARIES = "python"  # where they lie in the extension
_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
_STATIC = ("bridge.components", "component.py", "CalcWindowState.xcu", "Jobs.xcu", "ProtocolHandler.xcu")


def make_extension(folder: Path, target: Target) -> Path:
    """Write the extension into `folder` and say where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    carried = {f"{LIBRARIES}/{name}": content for name, content in (*own_package(), *libraries(target))}
    return write_extension(folder / f"{WORDS['name']}.oxt", own_parts() | carried)


def write_extension(path: Path, parts: Mapping[str, bytes]) -> Path:
    """Write these parts to `path`."""
    with zipfile.ZipFile(path, "w") as out:
        for name, content in sorted(parts.items()):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0  # the same on every machine
            out.writestr(info, content, zipfile.ZIP_DEFLATED)
    return path


def own_parts() -> dict[str, bytes]:
    """What is the extension's own, without the libraries."""
    told = (FOLDER / "description.xml").read_text("utf-8")
    parts = {name: (FOLDER / name).read_bytes() for name in _STATIC} | {
        "description.xml": told.replace("@VERSION@", __version__).replace("@NAME@", WORDS["name"]).encode(),
        "description.txt": WORDS["description"].encode(),
        "functions.idl": interface(),
        "functions.json": function_help(),
        "CalcAddIns.xcu": calc_addins(),
        "Addons.xcu": addons(),
    }
    return parts | {"META-INF/manifest.xml": manifest(sorted(parts))}


def function_help() -> bytes:
    """The functions and their help, for the component."""
    told = {
        function.name: {
            "caller": function.needs_caller,
            "help": function.help,
            "arguments": [[argument.name, argument.help] for argument in function.arguments],
        }
        for function in functions()
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
