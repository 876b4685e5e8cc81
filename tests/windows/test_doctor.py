"""jixiao doctor with the bundle on a Windows PC: it reads the real registry, files, code page and clock there.

Wine keeps a stream beside a file as a file with a colon in its name: that the mark is asked for by the right name is
shown here, that Windows keeps it so is not.
"""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.doctor.checks import PROBES
from tests.windows.excel import BOOK, RUNTIME
from tests.windows.wine import HOME, LOCAL, USER, Wine
from tests.workbooks import EXAMPLE

PYTHON = rf"{RUNTIME}\python.exe"
ADDIN = rf"{LOCAL}\Jixiao\绩效考核.xlam"
REPORT = rf"{HOME}\自检报告.txt"
KEY = r"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Excel"
TOLD = r"HKEY_CURRENT_USER\Software\VB and VBA Program Settings\Jixiao\Runtime"
EXCEL_PATH = r"HKEY_LOCAL_MACHINE\SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
# What an installation leaves, and the strictest setting for macros; any 64-bit program may stand for Excel's.
PLANTED: dict[str, dict[str, str | int]] = {
    rf"{KEY}\Options": {"OPEN": r'/R "C:\other.xlam"', "OPEN1": f'"{ADDIN}"'},
    rf"{KEY}\Security": {"VBAWarnings": 4},
    rf"{KEY}\Security\Trusted Locations\Jixiao": {"Path": rf"{LOCAL}\Jixiao" + "\\", "AllowSubfolders": 0},
    rf"{KEY}\Security\Trusted Locations\JixiaoWorkbooks": {
        "Path": rf"{HOME}\Documents\绩效考核" + "\\",
        "AllowSubfolders": 0,
    },
    EXCEL_PATH: {"": PYTHON},
    TOLD: {"Folder": RUNTIME},
}
# A formula of the add-in, as Excel keeps the way to it.
LINK = (
    "xl/externalLinks/_rels/externalLink1.xml.rels",
    f'<Relationship Target="file:///{ADDIN}" TargetMode="External"/>',
)
LINE = re.compile(r"^\[(..|看不到)\] (.+?)：(.+)$", re.MULTILINE)

Found = dict[str, tuple[str, str]]


def examined(pc: Wine, *parts: tuple[str, str]) -> tuple[int, Found]:
    """Run the command on a workbook with these parts more: its code, and each check's verdict and finding."""
    book, target = pc.path(BOOK), pc.path(REPORT)
    book.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLE, book)
    with zipfile.ZipFile(book, "a") as archive:
        for name, content in parts:
            archive.writestr(name, content)
    done = pc.run(PYTHON, "-m", "jixiao", "doctor", BOOK, "--report", REPORT)
    assert target.exists(), done.stdout + done.stderr
    written = target.read_bytes().decode("utf-8-sig")
    target.unlink()
    assert USER not in written
    found = {name: (verdict, told.strip()) for verdict, name, told in LINE.findall(written)}
    assert list(found) == [probe.name for probe in PROBES]
    return done.returncode, found


@pytest.fixture(scope="module")
def bare(installed: Wine) -> tuple[int, Found]:
    """What is found where only the bundle was copied."""
    return examined(installed)


@pytest.fixture(scope="module")
def planted(installed: Wine, bare: tuple[int, Found]) -> Iterator[tuple[int, Found]]:
    """What is found once everything is planted; all of it is taken away again."""
    mark = installed.path(BOOK).with_name("绩效考核.xlsm:Zone.Identifier")
    installed.path(ADDIN).write_bytes(b"PK")
    mark.write_bytes(b"[ZoneTransfer]\r\nZoneId=3\r\n")
    _import(installed, "".join(f"[{key}]\n{_values(values)}\n" for key, values in PLANTED.items()))
    yield examined(installed, LINK)
    added = (KEY, EXCEL_PATH, *([TOLD] if bare[1]["计算程序的登记"][0] == "错误" else []))
    _import(installed, "".join(f"[-{key}]\n" for key in added))
    installed.path(ADDIN).unlink()
    mark.unlink()


def _values(values: dict[str, str | int]) -> str:
    lines = []
    for name, value in values.items():
        quoted = str(value).replace("\\", "\\\\").replace('"', '\\"')
        lines.append(f'"{name}"=' + (f"dword:{value:08x}" if isinstance(value, int) else f'"{quoted}"'))
    return "\n".join(lines).replace('""=', "@=")


def _import(pc: Wine, lines: str) -> None:
    file = Path(pc.path(rf"{HOME}\planted.reg"))
    file.write_bytes(f"Windows Registry Editor Version 5.00\n\n{lines}".replace("\n", "\r\n").encode("utf-16"))
    assert pc.run("regedit", "/S", rf"{HOME}\planted.reg").returncode == 0
    file.unlink()


def test_a_pc_where_nothing_is_registered(bare: tuple[int, Found]) -> None:
    code, found = bare
    assert code == 1, "there is no Excel"
    assert found["表格程序"] == ("错误", "没有找到 Microsoft Excel")
    assert found["加载项"] == ("注意", "没有登记，自己的工作簿里用不了公式和按钮")
    assert found["受信任位置"][0] == "注意"
    assert found["宏设置"] == ("正常", "禁用，但会提示")
    assert found["文件标记"] == ("正常", "没有“来自其他计算机”的标记")


def test_the_pc_itself(bare: tuple[int, Found]) -> None:
    _, found = bare
    assert found["系统代码页"] == ("正常", "936")
    assert found["计算程序的位置"][1].startswith(r"%LOCALAPPDATA%\Jixiao\runtime\python.exe（")
    assert found["计算程序的接口文件"] == ("正常", "xlwings32.dll、xlwings64.dll")
    assert found["处理器"] == ("正常", "够用")
    assert found["工作簿要的接口文件"][0] == "正常"
    assert "xlwings64" in found["工作簿要的接口文件"][1]
    assert found["工作簿里的链接"] == ("正常", "没有用到加载项")
    assert found["工作簿的位置"][1].startswith(r"%USERPROFILE%\Documents\绩效考核\绩效考核.xlsm（")
    assert found["文档文件夹"] == ("正常", r"%USERPROFILE%\Documents")
    assert found["计算程序"][0] == "正常"
    assert all(package in found["计算程序"][1] for package in ("xlwings 0.", "pandas ", "lxml "))
    assert re.fullmatch(r"\d+\.\d 秒(，偏慢)?", found["启动计算程序用时"][1])


def test_what_an_installation_leaves_is_found(planted: tuple[int, Found]) -> None:
    code, found = planted
    assert code == 0
    assert found["表格程序"] == ("正常", "Microsoft Excel 16.0，64 位")
    assert found["加载项"] == ("正常", r"已登记：%LOCALAPPDATA%\Jixiao\绩效考核.xlam")
    assert found["计算程序的登记"] == ("正常", r"%LOCALAPPDATA%\Jixiao\runtime")
    assert found["工作簿里的链接"] == ("正常", "用的是这台电脑的加载项")
    assert found["受信任位置"] == ("正常", r"%USERPROFILE%\Documents\绩效考核")
    assert found["宏设置"] == ("正常", "全部禁用，也不提示；这个文件夹里的宏可以运行")
    assert found["文件标记"] == ("注意", "有“来自其他计算机”的标记")


def test_the_self_test_the_installer_asks_for(installed: Wine) -> None:
    done = installed.run(PYTHON, "-X", "utf8", "-m", "jixiao", "doctor", "--self-test")
    assert (done.returncode, done.stdout.strip()) == (0, "自检通过：各部件都能用，示例的 12 个科室都算对了。")


def test_a_damaged_part_fails_the_self_test(installed: Wine) -> None:
    part = installed.path(rf"{RUNTIME}\Lib\site-packages\pandas\__init__.py")
    compiled = part.parent / "__pycache__" / "__init__.cpython-311.pyc"
    whole, aside = part.read_bytes(), compiled.rename(compiled.with_suffix(".aside"))
    part.write_bytes(b"raise ImportError('DLL load failed')")
    try:
        done = installed.run(PYTHON, "-X", "utf8", "-m", "jixiao", "doctor", "--self-test")
    finally:
        part.write_bytes(whole)
        aside.rename(compiled)
    assert done.returncode == 2
    assert "“pandas”用不了" in done.stderr
