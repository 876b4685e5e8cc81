"""Checks of what the workbook's file asks of this PC: the add-in its formulas name, the DLL its macros load.

Only the list of links and the macros are read out of the file, no sheet.
"""

import re
import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import PureWindowsPath
from urllib.parse import unquote

from jixiao.doctor import vba
from jixiao.doctor.excel import ADDIN, registered
from jixiao.doctor.facts import Facts, Finding, fine, notice, unseen, wrong
from jixiao.doctor.paths import is_address, shown

_LINKS = re.compile(r"xl/externalLinks/_rels/[^/]+\.rels")
_TARGET = re.compile(rb'\bTarget="([^"]*)"')
_MACROS = "xl/vbaProject.bin"
_LIBRARY = re.compile(rb"xlwings(?:32|64)(?:-[0-9.]*[0-9])?\.dll", re.IGNORECASE)
_NAME_ONE = "请在工作簿里点“自检”，或在命令后面写上工作簿的名字。"
_SEND = "请用 Excel 打开它，另存一份再点“自检”。"


def links(facts: Facts) -> Finding:
    """Whether formulas lead to an add-in on another PC: Excel keeps the whole path of the one they were typed with."""
    return _read(facts, _links)


def libraries(facts: Facts) -> Finding:
    """Whether the DLL that the workbook's macros load by name is there: older ones ask for one of their version."""
    return _read(facts, _libraries)


def _read(facts: Facts, look: Callable[[Facts, zipfile.ZipFile], Finding]) -> Finding:
    """What a check finds in the workbook's file, or why the file cannot be looked into."""
    if facts.workbook is None:
        return unseen("没有指定工作簿", _NAME_ONE)
    if is_address(facts.workbook):
        return unseen("工作簿在网络地址上", "请把工作簿另存到电脑上的文件夹，再点“自检”。")
    content = facts.pc.content(facts.workbook)
    if content is None:
        return unseen("工作簿还没有保存过", "请把工作簿保存到电脑上的文件夹，再点“自检”。")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return look(facts, archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, vba.ProjectError):
        return unseen("工作簿的文件读不懂，可能加了密或损坏了", _SEND)


def _links(facts: Facts, archive: zipfile.ZipFile) -> Finding:
    parts = [archive.read(name) for name in archive.namelist() if _LINKS.fullmatch(name)]
    targets = [_path(target) for part in parts for target in _TARGET.findall(part)]
    ours = [target for target in targets if PureWindowsPath(target).name.casefold() == ADDIN.casefold()]
    own = [PureWindowsPath(file) for file in registered(facts)]
    others = [target for target in ours if PureWindowsPath(target) not in own]
    if others:
        return notice(
            f"有公式用的是别处的加载项：{shown(others[0], facts.pc.variables)}",
            "请装好计算程序，用 Excel 打开这个工作簿，公式会改用这台电脑的加载项，再保存一次。",
        )
    return fine("用的是这台电脑的加载项" if ours else "没有用到加载项")


def _path(target: bytes) -> str:
    """The path of a link's target, which is written as an address."""
    text = unquote(unescape(target.decode("utf-8", "replace")))
    return text.removeprefix("file:///").replace("/", "\\")


def _libraries(facts: Facts, archive: zipfile.ZipFile) -> Finding:
    if _MACROS not in archive.namelist():
        return fine("没有宏")
    modules = vba.sources(archive.read(_MACROS))
    asked = sorted({name.decode("ascii").lower() for text in modules for name in _LIBRARY.findall(text)})
    folder = PureWindowsPath(facts.pc.interpreter).parent
    missing = [name for name in asked if not facts.pc.is_file(str(folder / name))]
    if missing:
        return wrong(
            f"它的宏要 {'、'.join(missing)}，python.exe 旁边没有",
            "请把计算程序的文件夹加入杀毒软件的信任区，再运行最新的安装程序。",
        )
    return fine("、".join(asked) or "不用接口文件")
