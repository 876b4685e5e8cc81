"""Paths in a report: what everybody has stays readable, whatever may name somebody does not."""

import pytest

from jixiao.doctor.paths import described, fits, shown

from .pc import DOCUMENTS, HOME, WORKBOOK, Pc

VARIABLES = Pc().variables


@pytest.mark.parametrize(
    ("path", "told"),
    [
        (WORKBOOK, r"%USERPROFILE%\Documents\绩效考核\绩效考核.xlsm"),
        (rf"{DOCUMENTS}\民政办 李四\李四的考核.xlsm", r"%USERPROFILE%\Documents\…\….xlsm"),
        (WORKBOOK.upper(), r"%USERPROFILE%\DOCUMENTS\绩效考核\绩效考核.XLSM"),
        (rf"{HOME}\AppData\Local\Jixiao\runtime\python.exe", r"%LOCALAPPDATA%\Jixiao\runtime\python.exe"),
        (rf"{HOME}\OneDrive - 青山镇人民政府\绩效考核.xlsm", r"%ONEDRIVE%\绩效考核.xlsm"),
        (rf"{HOME}2\绩效考核.xlsm", r"C:\…\…\绩效考核.xlsm"),
        (r"D:\张三\绩效考核.xlsm", r"D:\…\绩效考核.xlsm"),
        (r"\\CAIZHENG\李四\绩效考核.xlsm", r"\\…\绩效考核.xlsm"),
        ("https://town-my.sharepoint.com/personal/lisi/绩效考核.xlsm", "https://…"),
        ("工作簿1", "…"),
    ],
)
def test_a_path_as_it_is_told(path: str, told: str) -> None:
    assert shown(path, VARIABLES) == told


def test_a_home_folder_elsewhere() -> None:
    assert shown("/home/lisi/绩效考核/a.xlsm", {"HOME": "/home/lisi"}) == "~/绩效考核/….xlsm"


def test_what_may_matter_about_hidden_parts() -> None:
    assert described(r"D:\a b\c.xlsm", {}) == r"D:\…\….xlsm（13 个字符，有空格）"
    assert described(r"D:\考核.xlsm", {}) == r"D:\….xlsm（10 个字符，有中文等字符）"


@pytest.mark.parametrize(
    ("text", "page", "has"),
    [
        ("张三", 936, True),
        ("張三", 936, True),
        ("𠮷", 936, False),
        ("𠮷", 54936, True),
        ("𠮷", 65001, True),
        ("张", 1252, False),
        ("é", 1252, True),
        ("é", 12345, False),
        ("e", 12345, True),
    ],
)
def test_what_a_code_page_has(text: str, page: int, has: bool) -> None:
    assert fits(text, page) is has
