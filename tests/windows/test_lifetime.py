"""The server lives as long as its Excel and comes back after 重启计算服务, on a Chinese Windows with a Chinese user."""

import os
import shutil

import pytest

from tests.waiting import until
from tests.windows.excel import RUNTIME, Excel, ExcelError
from tests.windows.wine import HOME

# A runtime in a folder with an apostrophe and a blank, which a shell would stumble over.
ELSEWHERE = rf"{HOME}\王五's 电脑\runtime"
SERVER = "jixiao.serve"


def runtime_at(wine, folder, without=()):
    """The runtime once more in a folder of its own, without the files of some patterns."""
    shutil.rmtree(wine.path(folder), ignore_errors=True)
    shutil.copytree(wine.path(RUNTIME), wine.path(folder), copy_function=os.link)
    for pattern in without:
        (file,) = wine.path(folder).rglob(pattern)
        file.unlink()
    return folder


@pytest.fixture
def another(installed):
    """An Excel of its own, with its server running from another folder."""
    started = Excel(installed, runtime_at(installed, ELSEWHERE), host=RUNTIME)
    assert started.formula("JIXIAO_RANK", 90.0) == 1.0
    yield started
    started.process.kill()
    until_gone(installed)


def servers(wine):
    """The processes of the other Excel's server."""
    return [number for number in wine.processes(SERVER) if number in wine.processes(ELSEWHERE.rpartition("\\")[0])]


def until_gone(wine):
    """Until the server has ended."""
    until(lambda: not servers(wine), "the server goes on without its Excel")


def test_the_windows_is_chinese_and_so_is_the_user(excel):
    assert excel.text("__import__('ctypes').windll.kernel32.GetACP()") == "936"
    assert excel.text("__import__('sys').executable") == rf"{RUNTIME}\python.exe"
    assert excel.text("__import__('os').environ['USERNAME']") == "张三"


def test_a_runtime_in_a_folder_with_a_name_of_any_kind(another):
    assert another.formula("JIXIAO_PERFORMANCE", (90.0, 90.0, 90.0, 90.0)) == 90.0


def test_the_server_dies_with_an_excel_that_is_ended_the_hard_way(installed, another):
    assert servers(installed)
    another.process.kill()
    until_gone(installed)


def test_the_server_dies_with_an_excel_that_is_closed(installed, another):
    another.close()
    until_gone(installed)


def test_an_excel_that_never_asks_starts_no_python(installed):
    """The DLL may be loaded, the add-in open: whoever works on a price list waits for nothing."""
    before = set(installed.processes(SERVER))
    idle = Excel(installed, runtime_at(installed, ELSEWHERE), host=RUNTIME)
    assert set(installed.processes(SERVER)) == before
    idle.close()


@pytest.mark.parametrize("part", ["pythoncom311.dll", "python311.zip", "_ctypes.pyd", "_ujson.cp311-*.pyd"])
def test_a_runtime_that_a_scanner_took_a_part_of_ends_at_once(installed, part):
    """Nothing is left that Excel would wait for, the first time and the second: how soon, benchmarks/ tells."""
    sick = Excel(installed, runtime_at(installed, ELSEWHERE, [part]), host=RUNTIME)
    try:
        for _ in range(2):
            with pytest.raises(ExcelError):
                sick.formula("JIXIAO_RANK", 90.0)
            assert servers(installed) == []
    finally:
        sick.close()


def test_restarting_the_service_starts_another_process_that_has_forgotten_all(another):
    """What JxRestartService does: KillPy, then the next call starts afresh."""
    before = another.text("__import__('os').getpid()")
    another.run("import jixiao.functions; jixiao.functions.marked = True")
    another.restart()
    assert another.text("__import__('os').getpid()") != before
    assert another.text("hasattr(__import__('jixiao.functions').functions, 'marked')") == "False"


def test_a_crash_of_the_server_is_told_to_vba_and_the_next_restart_heals_it(another):
    with pytest.raises(ExcelError):
        another.run("import os; os._exit(3)")
    another.restart()


def test_what_python_raises_reaches_vba_as_an_error_and_nothing_dies(another):
    with pytest.raises(ExcelError, match="80020009"):  # DISP_E_EXCEPTION
        another.run("raise ValueError")
    assert another.formula("JIXIAO_RANK", 90.0) == 1.0
