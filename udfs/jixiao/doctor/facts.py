"""What the checks look at, and what they say: the PC through a narrow door, Excel's own answers, a finding each."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import PureWindowsPath
from typing import NamedTuple, Protocol

OFFICE = r"HKCU\Software\Microsoft\Office"
OFFICE_POLICIES = r"HKCU\Software\Policies\Microsoft\Office"
_FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_EXCEL_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_PACKAGES = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
_STORE = ("Microsoft.Office.Desktop", "Microsoft.Excel")
_ACCOUNTS = r"HKCU\Software\Microsoft\OneDrive\Accounts"
_INSTALLED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Jixiao"
_RUNTIME = r"HKCU\Software\VB and VBA Program Settings\Jixiao\Runtime"
_CLOUDS = ("ONEDRIVE", "ONEDRIVECOMMERCIAL", "ONEDRIVECONSUMER")
_VARIABLE = re.compile("%([^%]+)%")
_OFFICE_FOLDER = re.compile(r"\\office(\d\d)\\", re.IGNORECASE)
NEWEST = "16.0"  # Excel 2016, 2019, 2021 and 365 all call themselves so

# The folder in 我的文档 that the installer makes and trusts.
WORK_FOLDER = "绩效考核"


class Verdict(StrEnum):
    """How a check ended."""

    FINE = "正常"
    NOTICE = "注意"
    WRONG = "错误"
    UNSEEN = "看不到"


class Finding(NamedTuple):
    """What was found, fit to be sent on, and what to do about it in one sentence; nothing where all is well."""

    verdict: Verdict
    found: str
    repair: str = ""


class Surroundings(Protocol):
    """The PC as the checks see it. Registry keys begin with HKCU, HKLM or HKCR; a key that is missing is empty.

    What cannot be read at all raises OSError.
    """

    @property
    def windows(self) -> bool:
        """Whether this is Windows: without it there is neither a registry nor a code page."""

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment, names in upper case."""

    @property
    def interpreter(self) -> str:
        """The path of python.exe."""

    @property
    def python(self) -> str:
        """Python's version and bitness."""

    @property
    def code_page(self) -> int:
        """The number of the ANSI code page, in which Excel hands over the command that starts Python."""

    def values(self, key: str) -> Mapping[str, object]:
        """The values of a registry key, names in lower case, its default one named ''."""

    def keys(self, key: str) -> Sequence[str]:
        """The names of the keys below a registry key."""

    def is_file(self, path: str) -> bool:
        """Whether there is such a file."""

    def head(self, path: str) -> bytes | None:
        """How a file, or a stream beside it (`path:name`), begins; None when there is none."""

    def content(self, path: str) -> bytes | None:
        """The whole of a file; None when there is none."""

    def computes(self) -> bool:
        """Whether the processor can run what computes."""

    def version(self, package: str) -> str | None:
        """The version of an installed package; None when it is missing."""

    def seconds_to_start(self) -> float:
        """How long a fresh Python takes until it could answer; OSError when it does not start."""


class Excel(NamedTuple):
    """What the program in front says about itself; None where it did not answer."""

    name: str | None
    version: str | None
    build: str | None
    system: str | None
    folder: str | None

    @property
    def is_wps(self) -> bool:
        """WPS calls itself Microsoft Excel; its folder tells."""
        return is_wps_path(self.folder or "")

    @property
    def bits(self) -> int | None:
        """Its own bitness, which stands in the name it gives the system."""
        found = re.search(r"(32|64).?(?:bit|位)", self.system or "", re.IGNORECASE)
        return int(found[1]) if found else None


@dataclass(frozen=True)
class Facts:
    """Everything a check may look at.

    `excel` is what Excel said when the button was pressed; None from the command line. `workbook` is the workbook's
    full name, which may be an address; None when none was named.
    """

    pc: Surroundings
    excel: Excel | None = None
    workbook: str | None = None

    def value(self, key: str, name: str) -> object | None:
        """One value of a registry key."""
        return self.pc.values(key).get(name)

    def text(self, key: str, name: str) -> str:
        """One text of a registry key with its variables filled in; '' when it is missing."""
        value = self.value(key, name)
        return self.expanded(value) if isinstance(value, str) else ""

    def setting(self, place: str, name: str) -> tuple[object | None, bool]:
        """One of Office's settings below its version, and whether a policy set it."""
        below = rf"{self.office}\{place}"
        forced = self.value(rf"{OFFICE_POLICIES}\{below}", name)
        return (self.value(rf"{OFFICE}\{below}", name), False) if forced is None else (forced, True)

    def expanded(self, text: str) -> str:
        """A text with %VARIABLES% filled in; unknown ones stay."""
        return _VARIABLE.sub(lambda found: self.pc.variables.get(found[1].upper(), found[0]), text)

    @cached_property
    def excel_path(self) -> str:
        """Where Excel is installed, as the system knows it; '' when it does not."""
        found = (self.text(rf"{hive}\{_EXCEL_PATH}", "").strip('"') for hive in ("HKLM", "HKCU"))
        return next(filter(None, found), "")

    @cached_property
    def store_excel(self) -> bool:
        """Whether Excel is one of the Microsoft Store: its folder tells, else the list of what came from there."""
        path = (self.excel.folder or "") if self.excel is not None else self.excel_path
        if path and not is_wps_path(path):
            return is_store_path(path)
        return self.excel is None and any(name.startswith(_STORE) for name in self.pc.keys(_PACKAGES))

    @cached_property
    def office(self) -> str:
        """The version under which Office keeps its settings."""
        if self.excel is not None and self.excel.version and not self.excel.is_wps:
            return self.excel.version
        found = _OFFICE_FOLDER.search(self.excel_path)
        return f"{found[1]}.0" if found else NEWEST

    @cached_property
    def documents(self) -> str:
        """The folder 我的文档."""
        return self.text(_FOLDERS, "personal") or rf"{self.pc.variables.get('USERPROFILE', '')}\Documents"

    @cached_property
    def remembered(self) -> str:
        """Where the installer says it put people's workbooks; '' when it says nothing."""
        return self.text(_INSTALLED, "workbooks")

    @cached_property
    def runtime(self) -> str:
        """Where the macros look for the runtime; '' when the installer has not told them."""
        return self.text(_RUNTIME, "folder")

    @cached_property
    def workbooks(self) -> str:
        """Where the installer put people's workbooks, or would put them."""
        return self.remembered or rf"{self.documents}\{WORK_FOLDER}"

    @cached_property
    def folder(self) -> str:
        """Where the workbook lies; without one, where the installer puts it."""
        return self.workbooks if self.workbook is None else str(PureWindowsPath(self.workbook).parent)

    @cached_property
    def clouds(self) -> list[str]:
        """The folders that OneDrive keeps: for this process, and for each account that is signed in."""
        told = [self.pc.variables.get(name, "") for name in _CLOUDS]
        told += [self.text(rf"{_ACCOUNTS}\{name}", "userfolder") for name in self.pc.keys(_ACCOUNTS)]
        return [folder for folder in told if folder]


class Probe(NamedTuple):
    """One check: its name, and how it looks. `windows`: what it looks at is only there."""

    name: str
    look: Callable[[Facts], Finding]
    windows: bool = True


def fine(found: str) -> Finding:
    """All is well."""
    return Finding(Verdict.FINE, found)


def notice(found: str, repair: str) -> Finding:
    """Something that may get in the way."""
    return Finding(Verdict.NOTICE, found, repair)


def wrong(found: str, repair: str) -> Finding:
    """Something with which it cannot work."""
    return Finding(Verdict.WRONG, found, repair)


def unseen(found: str, repair: str) -> Finding:
    """Something that could not be looked at."""
    return Finding(Verdict.UNSEEN, found, repair)


def is_store_path(path: str) -> bool:
    """Whether a program's path is where the Microsoft Store puts its own."""
    return "windowsapps" in {part.lower() for part in PureWindowsPath(path.strip('"')).parts}


def is_wps_path(path: str) -> bool:
    """Whether a program's path is that of WPS."""
    parts = {part.lower() for part in PureWindowsPath(path.strip('"')).parts}
    return bool(parts & {"kingsoft", "et.exe"}) or any(part.startswith("wps") for part in parts)
