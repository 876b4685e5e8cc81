"""Checks of the program the workbook is opened with, and of the add-in it loads."""

import re
import struct
from collections.abc import Container, Mapping
from itertools import count, takewhile
from pathlib import PureWindowsPath

from jixiao.doctor import trust
from jixiao.doctor.facts import NEWEST, OFFICE, Facts, Finding, fine, is_wps_path, notice, unseen, wrong
from jixiao.doctor.paths import shown

ADDIN = "绩效考核.xlam"
_CLICK_TO_RUN = r"HKLM\SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_WPS_PATH = r"Software\Microsoft\Windows\CurrentVersion\App Paths\et.exe"
_KINGSOFT = r"Kingsoft\Office\6.0\Common"
_ROOTS = (r"HKCU\Software", r"HKLM\SOFTWARE", r"HKLM\SOFTWARE\WOW6432Node")
_CHOICE = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice"
_SERVERS = (r"HKCR\CLSID\{}\LocalServer32", r"HKCR\WOW6432Node\CLSID\{}\LocalServer32")
_SECURITY = r"Excel\Security"
_OPEN = re.compile(r"open\d*")
_MACHINES = {0x14C: 32, 0x8664: 64, 0xAA64: 64}
_DESKTOP = "请在 Windows 的“应用”里卸载它，再从 office.com 或单位的安装包安装桌面版的 Office。"
_REINSTALL = "请关闭 Excel，重新运行安装程序。"


def program(facts: Facts) -> Finding:
    """Excel or WPS, its version and bitness: as it says itself, else as it is installed."""
    if facts.pc.windows and facts.store_excel:
        return wrong("Microsoft Excel 是从应用商店装的，计算程序和它连不上", _DESKTOP)
    if facts.excel is not None:
        return _asked(facts)
    if not facts.pc.windows:
        return unseen("这台电脑不是 Windows，没有 Excel", "请在装有 Microsoft Excel 的电脑上点“自检”。")
    path = facts.excel_path
    if not path or is_wps_path(path):
        other = _wps_told(facts)
        return wrong(
            f"没有找到 Microsoft Excel{other}", "请安装 Microsoft Excel 2016 或更新的版本；WPS 表格里不能计算。"
        )
    exact = facts.text(_CLICK_TO_RUN, "versiontoreport") or facts.office
    return _judged(f"Microsoft Excel {exact}，{_bits_told(_bits_of(facts.pc.head(path)))}", facts.office)


def _wps_told(facts: Facts) -> str:
    """WPS as it is installed, with its version and bitness; nothing when it is not."""
    keys = [rf"{root}\{_KINGSOFT}" for root in _ROOTS]
    root = next(filter(None, (facts.text(key, "installroot") for key in keys)), "")
    paths = [facts.text(rf"{hive}\{_WPS_PATH}", "").strip('"') for hive in ("HKCU", "HKLM")]
    path = next(filter(None, (*paths, rf"{root}\office6\et.exe" if root else "")), "")
    if not path:
        return ""
    version = next(filter(None, (facts.text(key, "version") for key in keys)), "（看不出版本）")
    return f"，只有 WPS 表格 {version}，{_bits_told(_bits_of(facts.pc.head(path)))}"


def _asked(facts: Facts) -> Finding:
    excel = facts.excel
    if excel is None or excel.version is None:
        return unseen("程序没有说自己的版本", "请在 Microsoft Excel 里打开工作簿再点“自检”。")
    told = f"{excel.name or '表格程序'} {excel.version}"
    told += f".{excel.build}" if excel.build else ""
    told += f"，{_bits_told(excel.bits)}"
    if excel.is_wps:
        return wrong(f"WPS 表格（自称 {told}）", "请用 Microsoft Excel 打开这个工作簿，WPS 表格里不能计算。")
    return _judged(told, excel.version)


def _judged(told: str, version: str) -> Finding:
    if _number(version) < _number(NEWEST):
        return notice(f"{told}，版本太旧", "请换用 Microsoft Excel 2016 或更新的版本，旧版本没有试过。")
    return fine(told)


def _number(version: str) -> int:
    major = version.partition(".")[0]
    return int(major) if major.isdigit() else 0


def _bits_told(bits: int | None) -> str:
    return f"{bits} 位" if bits else "看不出是 32 位还是 64 位"


def _bits_of(head: bytes | None) -> int | None:
    """The bitness a program's file says in its header."""
    if head is None or len(head) < 64 or head[:2] != b"MZ":
        return None
    (at,) = struct.unpack_from("<I", head, 0x3C)
    if head[at : at + 4] != b"PE\0\0" or len(head) < at + 6:
        return None
    return _MACHINES.get(struct.unpack_from("<H", head, at + 4)[0])


def wps(facts: Facts) -> Finding:
    """Whether WPS has put itself in Excel's place: for a double click, or for programs that ask for Excel."""
    chosen = facts.text(_CHOICE, "progid")
    known = facts.text(r"HKCR\Excel.Application\CLSID", "")
    servers = [facts.text(place.format(known), "") for place in _SERVERS] if known else []
    if any(map(is_wps_path, servers)):
        return notice(
            "WPS 占用了 Excel 的接口", "请在 WPS 的“配置工具”里取消与 Microsoft Office 兼容的选项，再修复 Office。"
        )
    if chosen and not chosen.lower().startswith("excel."):
        return notice(
            "双击 .xlsm 文件，用别的程序打开", "请右键工作簿，选“打开方式”，把 Microsoft Excel 设为默认程序。"
        )
    return fine("没有占用")


def addin(facts: Facts) -> Finding:
    """The add-in that brings the functions and the ribbon to people's own workbooks."""
    files = _opened(facts)
    ours = _ours(files)
    if _disabled(facts):
        return wrong("被 Excel 停用了", f"请在 Excel 的“选项→加载项→禁用项目”里启用 {ADDIN}，再重新打开 Excel。")
    if not ours:
        return notice("没有登记，自己的工作簿里用不了公式和按钮", _REINSTALL)
    lost = [file for file in ours.values() if not facts.pc.is_file(file)]
    if lost:
        return wrong(f"已登记，但文件 {shown(lost[0], facts.pc.variables)} 不在了", _REINSTALL)
    read = [file for name, file in ours.items() if name in _read_by_excel(files)]
    if not read:
        return wrong("已登记，但登记表里它前面缺了号，Excel 读到那里就停了", _REINSTALL)
    return _refused(facts, read[0]) or fine(f"已登记：{shown(read[0], facts.pc.variables)}")


def registered(facts: Facts) -> list[str]:
    """The files of our add-in that Excel is told to open."""
    return list(_ours(_opened(facts)).values())


def _opened(facts: Facts) -> dict[str, str]:
    """The files Excel opens when it starts, by the names of their entries."""
    entries = facts.pc.values(rf"{OFFICE}\{facts.office}\Excel\Options")
    names = [name for name, value in entries.items() if _OPEN.fullmatch(name) and isinstance(value, str)]
    return {name: _file(facts, str(entries[name])) for name in names}


def _ours(files: Mapping[str, str]) -> dict[str, str]:
    return {name: file for name, file in files.items() if PureWindowsPath(file).name.casefold() == ADDIN.casefold()}


def _read_by_excel(names: Container[str]) -> set[str]:
    """OPEN, OPEN1, OPEN2 … as far as there is no gap."""
    return set(takewhile(names.__contains__, (f"open{place or ''}" for place in count())))


def _refused(facts: Facts, file: str) -> Finding | None:
    """What forbids Excel to load the add-in though it is registered and there; None when nothing does."""
    value, forced = facts.setting(_SECURITY, "disablealladdins")
    if value == 1:
        told = "请维护人员在组策略里" if forced else "请在 Excel 信任中心的“加载项”里"
        return wrong("已登记，但 Excel 禁用了所有加载项", f"{told}取消“禁用所有应用程序加载项”，再重新打开 Excel。")
    folder = str(PureWindowsPath(file).parent)
    if trust.macro_setting(facts)[0] >= trust.SIGNED_ONLY and not trust.trusted(facts, folder):
        ask_admin = "请维护人员用策略把加载项的文件夹设为受信任位置，或者给加载项签名。"
        return wrong(
            "已登记，但它的文件夹不是受信任位置，宏设置不许它运行",
            "请重新运行安装程序，它会登记这个受信任位置。" if trust.own_locations_count(facts) else ask_admin,
        )
    if facts.setting(_SECURITY, "requireaddinsig")[0] == 1:
        return notice(
            "已登记，但 Excel 要求加载项有签名，没有签名的可能不加载",
            "功能区没有出来的，请维护人员给加载项签名，或者取消“要求应用程序加载项由受信任的发布者签署”。",
        )
    return None


def _file(facts: Facts, entry: str) -> str:
    """The file of an OPEN entry: `"path"`, `/R "path"`, or a bare name in the folder for add-ins."""
    name = facts.expanded(re.sub(r"^\s*/\w\s+", "", entry).strip().strip('"'))
    return name if PureWindowsPath(name).drive else rf"{facts.pc.variables.get('APPDATA', '')}\Microsoft\AddIns\{name}"


def _disabled(facts: Facts) -> bool:
    """Whether Excel keeps the add-in on its list of what once crashed: bytes with the path in them."""
    items = facts.pc.values(rf"{OFFICE}\{facts.office}\Excel\Resiliency\DisabledItems").values()
    return any(isinstance(item, bytes) and ADDIN.encode("utf-16-le") in item for item in items)
