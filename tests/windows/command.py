"""The DLL and the command line that the VBA hands to it, worked out from the text of the module that ships."""

import re

from addin.build.vba import SOURCES

_SOURCE = (SOURCES / "JxBridge.cls").read_text("ascii")
_LINE = re.compile(r"^    StartLine = (.+)$", re.MULTILINE)
_DLL = re.compile(r'Lib "(xlwings64[^"]*)"')
_TOKEN = re.compile(r'"(?:[^"]|"")*"|&|[^"&]+')


def server_command(folder: str) -> str:
    """What starts the server where the runtime lies in `folder`."""
    (text,) = _LINE.findall(_SOURCE)
    return str(eval(_as_python(text), {}, {"Folder": lambda: folder}))


def library() -> str:
    """The DLL that a 64-bit Excel loads."""
    (name,) = _DLL.findall(_SOURCE)
    return str(name)


def _as_python(text: str) -> str:
    """An expression of VBA: texts in doubled quotes, joined by &."""
    return "".join(
        repr(token[1:-1].replace('""', '"')) if token.startswith('"') else "+" if token == "&" else token
        for token in _TOKEN.findall(text)
    )
