"""Paths in a report: folders everybody has and our own files by name, anything else, which may name a person, as ….

Paths are Windows' own, so that the same checks can be tried on any system.
"""

import codecs
from collections.abc import Mapping
from pathlib import PureWindowsPath

_ANCHORS = (
    "LOCALAPPDATA",
    "APPDATA",
    "ONEDRIVECOMMERCIAL",
    "ONEDRIVECONSUMER",
    "ONEDRIVE",
    "USERPROFILE",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "PROGRAMDATA",
)
_KNOWN = {
    *("documents", "my documents", "desktop", "downloads", "文档", "我的文档", "桌面", "下载"),
    *("绩效考核", "备份", "示例", "收到的", "jixiao", "runtime", "python.exe", "绩效考核.xlam", "绩效考核.xlsm"),
    *("microsoft", "addins"),
}
_KNOWN_ENDINGS = (".xlsm", ".xlsx", ".xlam", ".exe")
_HIDDEN = "…"


def shown(path: str, variables: Mapping[str, str]) -> str:
    """A path fit to be sent on: no user's, computer's, person's or file's name."""
    if is_address(path):
        return f"{path.partition('://')[0]}://{_HIDDEN}"
    whole, separator = PureWindowsPath(path), "/" if path.startswith("/") else "\\"
    start, rest = whole.drive, whole.parts[1 if whole.anchor else 0 :]
    if is_share(path):
        start = rf"\\{_HIDDEN}"
    anchors = [(f"%{name}%", variables[name]) for name in _ANCHORS if variables.get(name)]
    anchors += [("~", variables["HOME"])] if "HOME" in variables else []
    for name, folder in sorted(anchors, key=lambda anchor: len(anchor[1])):
        if is_under(path, folder):
            start, rest = name, whole.parts[len(PureWindowsPath(folder).parts) :]
    hidden = map(_part, rest)
    return separator.join((start, *hidden) if whole.anchor else hidden)


def _part(name: str) -> str:
    if name.lower() in _KNOWN:
        return name
    ending = PureWindowsPath(name).suffix.lower()
    return _HIDDEN + (ending if ending in _KNOWN_ENDINGS else "")


def described(path: str, variables: Mapping[str, str]) -> str:
    """The path as `shown`, with what may matter about its hidden parts."""
    about = [f"{len(path)} 个字符"]
    about += ["有空格"] if " " in path else []
    about += [] if path.isascii() else ["有中文等字符"]
    return f"{shown(path, variables)}（{'，'.join(about)}）"


def is_address(path: str) -> bool:
    """Whether a workbook's full name is an address in the net, not a path."""
    return "://" in path


def is_share(path: str) -> bool:
    """Whether a path leads to another computer."""
    return PureWindowsPath(path).drive.startswith("\\\\")


def is_under(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies in it; case does not matter."""
    return PureWindowsPath(path).is_relative_to(PureWindowsPath(folder))


def fits(text: str, code_page: int) -> bool:
    """Whether a code page has every character of a text; one that is not known has ASCII only."""
    try:
        codec = codecs.lookup("utf-8" if code_page == 65001 else "gb18030" if code_page == 54936 else f"cp{code_page}")
    except LookupError:
        return text.isascii()
    try:
        codec.encode(text, "strict")
    except UnicodeEncodeError:
        return False
    return True
