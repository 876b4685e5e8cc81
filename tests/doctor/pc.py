"""A made-up Windows PC on which all is well, and how it changes."""

import struct
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from jixiao.doctor.facts import Excel, Facts

USER, COMPUTER = "张三丰", "CAIZHENG-PC7"
HOME = rf"C:\Users\{USER}"
DOCUMENTS = rf"{HOME}\Documents"
WORKBOOK = rf"{DOCUMENTS}\绩效考核\绩效考核.xlsm"
RUNTIME = rf"{HOME}\AppData\Local\Jixiao\runtime"
ADDIN = rf"{HOME}\AppData\Local\Jixiao\绩效考核.xlam"
OFFICE = r"HKCU\Software\Microsoft\Office\16.0"
POLICY = r"HKCU\Software\Policies\Microsoft\Office\16.0"
TRUSTED = rf"{OFFICE}\Excel\Security\Trusted Locations"
OPTIONS = rf"{OFFICE}\Excel\Options"
FOLDERS = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
EXCEL_PATH = r"HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"
MARK = b"[ZoneTransfer]\r\nZoneId=3\r\n"
TOLD = r"HKCU\Software\VB and VBA Program Settings\Jixiao\Runtime"
SPOKEN = Excel("Microsoft Excel", "16.0", "17328", "Windows (64-bit) NT 10.00", EXCEL.rpartition("\\")[0])


def program(machine: int) -> bytes:
    """How a program's file begins, for a kind of processor."""
    return b"MZ" + bytes(58) + struct.pack("<I", 0x80) + bytes(64) + b"PE\0\0" + struct.pack("<H", machine)


def workbook(**parts: bytes) -> bytes:
    """A workbook's file of these parts."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def _registry() -> dict[str, dict[str, object]]:
    return {
        EXCEL_PATH: {"": EXCEL},
        TOLD: {"folder": RUNTIME},
        FOLDERS: {"personal": r"%USERPROFILE%\Documents"},
        OPTIONS: {"open": r'/R "C:\Program Files\别的\别的.xlam"', "open1": f'"{ADDIN}"', "font": "宋体,11"},
        rf"{TRUSTED}\Location3": {"path": r"%USERPROFILE%\Documents\绩效考核" + "\\", "allowsubfolders": 0},
    }


def _variables() -> dict[str, str]:
    return {
        "USERPROFILE": HOME,
        "LOCALAPPDATA": rf"{HOME}\AppData\Local",
        "APPDATA": rf"{HOME}\AppData\Roaming",
        "ONEDRIVE": rf"{HOME}\OneDrive - 青山镇人民政府",
        "USERNAME": USER,
        "COMPUTERNAME": COMPUTER,
    }


def _files() -> dict[str, bytes]:
    programs = [
        rf"{RUNTIME}\{name}" for name in ("python.exe", "xlwings32.dll", "xlwings64.dll", "xlwings64-0.37.8.dll")
    ]
    return {WORKBOOK: workbook(), ADDIN: b"PK", EXCEL: program(0x8664)} | dict.fromkeys(programs, b"MZ")


def _packages() -> dict[str, str]:
    return {"xlwings": "0.37.8", "pandas": "3.1.1", "lxml": "6.1.3", "chinesecalendar": "1.11.0"}


@dataclass(frozen=True)
class Pc:
    """What `Surroundings` promises, from tables."""

    registry: Mapping[str, Mapping[str, object]] = field(default_factory=_registry)
    variables: Mapping[str, str] = field(default_factory=_variables)
    files: Mapping[str, bytes] = field(default_factory=_files)
    packages: Mapping[str, str] = field(default_factory=_packages)
    interpreter: str = rf"{RUNTIME}\python.exe"
    python: str = "3.11.9（64 位）"
    code_page: int = 936
    windows: bool = True
    seconds: float | None = 4.2
    processor: bool = True
    locked: frozenset[str] = frozenset()

    def values(self, key: str) -> Mapping[str, object]:
        if key in self.locked:
            raise PermissionError(key)
        return self.registry.get(key, {})

    def keys(self, key: str) -> Sequence[str]:
        below = [known[len(key) + 1 :] for known in self.registry if known.startswith(key + "\\")]
        return [name for name in below if "\\" not in name]

    def is_file(self, path: str) -> bool:
        return path in self.files

    def head(self, path: str) -> bytes | None:
        return self.files.get(path)

    def content(self, path: str) -> bytes | None:
        return self.files.get(path)

    def computes(self) -> bool:
        return self.processor

    def version(self, package: str) -> str | None:
        return self.packages.get(package)

    def seconds_to_start(self) -> float:
        if self.seconds is None:
            raise OSError("blocked")
        return self.seconds


def pc(**changes: Any) -> Pc:
    """A PC with whole parts replaced; a table is laid over what is there, None takes a line away."""
    well = Pc()
    merged: dict[str, Any] = {
        name: _over(getattr(well, name), value) if isinstance(value, Mapping) else value
        for name, value in changes.items()
    }
    return replace(well, **merged)


def _over(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    laid = dict(table) | dict(changes)
    return {key: value for key, value in laid.items() if value is not None}


def facts(excel: Excel | None = SPOKEN, workbook: str | None = WORKBOOK, **changes: Any) -> Facts:
    """A PC with these changes, asked from this workbook."""
    return Facts(pc(**changes), excel, workbook)
