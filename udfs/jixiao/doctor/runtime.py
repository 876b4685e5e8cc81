"""Checks of the part that computes: Python, its packages, the DLLs, where it lies, how fast it starts."""

from pathlib import PureWindowsPath

from jixiao import __version__
from jixiao.doctor.facts import Facts, Finding, fine, notice, wrong
from jixiao.doctor.paths import described, fits, is_share, shown

_PACKAGES = ("xlwings", "pandas", "lxml", "chinesecalendar")
# GBK, GB 18030 and UTF-8.
_CHINESE_PAGES = (936, 54936, 65001)
# Windows allows 259 characters in all; the longest name inside the runtime takes about 130 of them.
_LONGEST_FOLDER = 110
_SLOW = 10
_REINSTALL = "请重新运行安装程序。"


def versions(facts: Facts) -> Finding:
    """Python and the packages that compute."""
    found = {package: facts.pc.version(package) for package in _PACKAGES}
    told = f"jixiao {__version__}，Python {facts.pc.python}"
    told += "".join(f"，{package} {version or '没有'}" for package, version in found.items())
    if None in found.values():
        return wrong(told, f"计算程序不完整，{_REINSTALL}")
    return fine(told)


def libraries(facts: Facts) -> Finding:
    """The two DLLs through which a 32-bit or a 64-bit Excel reaches Python."""
    folder = PureWindowsPath(facts.pc.interpreter).parent
    names = [f"xlwings{bits}.dll" for bits in (32, 64)]
    missing = [name for name in names if not facts.pc.is_file(str(folder / name))]
    if missing:
        return wrong(
            f"python.exe 旁边没有 {'、'.join(missing)}",
            f"请先把计算程序的文件夹加入杀毒软件的信任区，再{_REINSTALL[1:]}",
        )
    return fine("、".join(names))


def place(facts: Facts) -> Finding:
    """Where python.exe lies: Excel starts it by an ANSI command line."""
    path = facts.pc.interpreter
    told = described(path, facts.pc.variables)
    if not facts.pc.windows:
        return fine(told)
    if not fits(path, facts.pc.code_page):
        return wrong(
            f"{told}，有系统代码页 {facts.pc.code_page} 里没有的字",
            "请重新运行安装程序，装到一个只有英文和数字的文件夹。",
        )
    if is_share(path):
        return notice(f"{told}，在网络上", f"请装到这台电脑的硬盘上：{_REINSTALL}")
    if len(path) > _LONGEST_FOLDER:
        return notice(f"{told}，路径太长", "请重新运行安装程序，装到一个路径短一些的文件夹。")
    return fine(told)


def told(facts: Facts) -> Finding:
    """Where the macros look for the runtime: the installer writes it down for them."""
    folder, own = facts.runtime, str(PureWindowsPath(facts.pc.interpreter).parent)
    if not folder:
        return wrong("没有登记，按钮和公式找不到计算程序", f"请关闭 Excel，{_REINSTALL[1:]}")
    where = shown(folder, facts.pc.variables)
    if not facts.pc.is_file(rf"{folder}\python.exe"):
        return wrong(f"登记的文件夹 {where} 里没有计算程序", f"请关闭 Excel，{_REINSTALL[1:]}")
    if PureWindowsPath(folder) != PureWindowsPath(own):
        return notice(
            f"登记的是 {where}，正在自检的是 {shown(own, facts.pc.variables)}",
            f"只留一份：请关闭 Excel，{_REINSTALL[1:]}",
        )
    return fine(where)


def code_page(facts: Facts) -> Finding:
    """The system's language for programs that do not know Unicode."""
    found = facts.pc.code_page
    if found in _CHINESE_PAGES:
        return fine(str(found))
    return notice(
        f"{found}，不是中文", "请把工作簿和计算程序放在只有英文和数字的文件夹里，或在“区域”设置里把系统区域改为中文。"
    )


def starting(facts: Facts) -> Finding:
    """The time a clerk waits at the first click."""
    try:
        seconds = facts.pc.seconds_to_start()
    except OSError:
        folder = shown(str(PureWindowsPath(facts.pc.interpreter).parent), facts.pc.variables)
        return wrong("启动不了", f"请把文件夹 {folder} 加入杀毒软件的信任区，再重新运行安装程序。")
    told = f"{seconds:.1f} 秒"
    if seconds > _SLOW:
        return notice(f"{told}，偏慢", "请把计算程序的文件夹加入杀毒软件的信任区，第一次点按钮时多等一会儿。")
    return fine(told)
