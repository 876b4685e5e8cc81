"""Checks of where the workbook lies and whether Excel lets its macros run."""

import re

from jixiao.doctor.facts import OFFICE, OFFICE_POLICIES, WORK_FOLDER, Facts, Finding, fine, notice, unseen, wrong
from jixiao.doctor.paths import described, fits, is_address, is_share, is_under, shown

_SECURITY = r"Excel\Security"
_LOCATIONS = rf"{_SECURITY}\Trusted Locations"
_OWN = "JixiaoWorkbooks"  # what the installer calls it
_ZONE = re.compile(rb"ZoneId\s*=\s*(\d)", re.IGNORECASE)
_INTERNET = 3
# Excel itself refuses longer ones.
_LONGEST_NAME = 218
_ASK, SIGNED_ONLY, _NOTHING = 2, 3, 4
_MACROS = {1: "全部启用", _ASK: "禁用，但会提示", SIGNED_ONLY: "只运行签名的宏", _NOTHING: "全部禁用，也不提示"}
_MOVE = f"请把工作簿另存到“文档\\{WORK_FOLDER}”文件夹"
_NAME_ONE = "请在工作簿里点“自检”，或在命令后面写上工作簿的名字。"


def workbook(facts: Facts) -> Finding:
    """Where the workbook lies."""
    path = facts.workbook
    if path is None:
        return unseen("没有指定工作簿", _NAME_ONE)
    if is_address(path):
        return wrong(f"在网络地址上：{shown(path, facts.pc.variables)}", f"{_MOVE}再用。")
    told = described(path, facts.pc.variables)
    for holds, what, repair in _troubles(facts, path) if facts.pc.windows else ():
        if holds:
            return notice(f"{told}，{what}", repair)
    return fine(told)


def _troubles(facts: Facts, path: str) -> tuple[tuple[bool, str, str], ...]:
    """What may be wrong with a path, the first that holds counts: whether it is, in words, and the repair."""
    return (
        ("\\" not in path, "还没有保存过", f"{_MOVE}再用。"),
        (
            _in_cloud(facts, path),
            "在 OneDrive 里",
            "请把工作簿另存到这台电脑上不归 OneDrive 管的文件夹；同步的时候可能保存不了。",
        ),
        (is_share(path), "在网络共享上", f"{_MOVE}再算，算好后再放回去。"),
        (
            not fits(path, facts.pc.code_page),
            "有系统代码页里没有的字",
            "请给文件或文件夹换个名字，只用常用汉字、英文和数字。",
        ),
        (len(path) > _LONGEST_NAME, "路径太长", f"{_MOVE}，或把文件名改短。"),
    )


def documents(facts: Facts) -> Finding:
    """我的文档, where the installer puts the workbook: OneDrive may have taken it."""
    told = shown(facts.documents, facts.pc.variables)
    if _in_cloud(facts, facts.documents):
        return notice(
            f"{told}，在 OneDrive 里", "请在 OneDrive 的“管理备份”里停止备份“文档”，或把工作簿放到别的文件夹。"
        )
    if is_share(facts.documents):
        return notice(f"{told}，在网络上", "请把工作簿放到这台电脑硬盘上的文件夹里。")
    return fine(told)


def _in_cloud(facts: Facts, path: str) -> bool:
    return any(is_under(path, folder) for folder in facts.clouds)


def location(facts: Facts) -> Finding:
    """Whether the workbook's folder is one whose macros Excel runs without asking."""
    if facts.workbook is not None and is_address(facts.workbook):
        return unseen("工作簿在网络地址上", f"{_MOVE}再点“自检”。")
    told = shown(facts.folder, facts.pc.variables)
    if _too_wide(facts):
        return notice(
            "“绩效考核”文件夹连同子文件夹都受信任，别人交来的文件里的宏会自己运行", "请关闭 Excel，重新运行安装程序。"
        )
    if trusted(facts, facts.folder):
        return fine(told)
    if is_under(facts.folder, facts.workbooks) and not is_under(facts.workbooks, facts.folder):
        return notice(
            f"{told} 是子文件夹，不受信任，打开时要点“启用内容”",
            f"别人交来的放在这里正好；自己的工作簿请另存到“文档\\{WORK_FOLDER}”文件夹，以后就不用每次点“启用内容”。",
        )
    if is_under(facts.folder, facts.workbooks):
        return notice(f"{told} 不是受信任位置", "请重新运行安装程序，或在 Excel 的信任中心里添加这个文件夹。")
    return notice(f"{told} 不是受信任位置，打开时要点“启用内容”", f"{_MOVE}，以后就不用每次点“启用内容”。")


def _too_wide(facts: Facts) -> bool:
    """Whether an older installer, or somebody, trusted the folders below the one for workbooks too."""
    return facts.value(rf"{OFFICE}\{facts.office}\{_LOCATIONS}\{_OWN}", "allowsubfolders") == 1


def macro_setting(facts: Facts) -> tuple[int, bool]:
    """The setting for macros outside trusted locations, Excel's own where none is known; whether a policy set it."""
    value, forced = facts.setting(_SECURITY, "vbawarnings")
    return value if isinstance(value, int) and value in _MACROS else _ASK, forced


def macros(facts: Facts) -> Finding:
    """What Excel does with macros outside trusted locations."""
    found, forced = macro_setting(facts)
    told = _MACROS[found] + ("（由单位的策略规定）" if forced else "")
    if found == _ASK:
        return fine(told)
    if found < _ASK:
        return notice(told, "请在 Excel 的信任中心里把宏设置改为“禁用，但会提示”，这样更安全。")
    if facts.excel is not None or trusted(facts, facts.folder):
        return fine(f"{told}；这个文件夹里的宏可以运行")
    who = "请维护人员给宏签名，或把工作簿的文件夹设为受信任位置。"
    return wrong(told, who if forced else "请在 Excel 的信任中心里把宏设置改为“禁用，但会提示”。")


def mark(facts: Facts) -> Finding:
    """The mark Windows leaves on files from elsewhere: newer Excels run no macros of a marked workbook."""
    if facts.workbook is None:
        return unseen("没有指定工作簿", _NAME_ONE)
    if is_address(facts.workbook):
        return unseen("工作簿在网络地址上", f"{_MOVE}再点“自检”。")
    zone = _ZONE.search(facts.pc.head(f"{facts.workbook}:Zone.Identifier") or b"")
    if zone is None or int(zone[1]) < _INTERNET:
        return fine("没有“来自其他计算机”的标记")
    told, repair = "有“来自其他计算机”的标记", "请关闭工作簿，右键文件选“属性”，勾“解除锁定”，再打开。"
    if facts.excel is not None or trusted(facts, facts.folder):
        return notice(told, repair)
    return wrong(f"{told}，宏不能运行", repair)


def trusted(facts: Facts, folder: str) -> bool:
    """Whether macros of files in a folder run unasked."""
    if facts.setting(_LOCATIONS, "alllocationsdisabled")[0] == 1:
        return False
    if is_share(folder) and facts.setting(_LOCATIONS, "allownetworklocations")[0] != 1:
        return False
    below = rf"{facts.office}\{_LOCATIONS}"
    roots = (OFFICE_POLICIES, OFFICE) if _mixed(facts) else (OFFICE_POLICIES,)
    keys = [rf"{root}\{below}\{name}" for root in roots for name in facts.pc.keys(rf"{root}\{below}")]
    return any(_covers(facts, key, folder) for key in keys)


def _mixed(facts: Facts) -> bool:
    """Whether locations that a person, or the installer, registered count beside those of policies."""
    place = rf"{OFFICE_POLICIES}\{facts.office}\Common\Security\Trusted Locations"
    return facts.value(place, "allow user locations") != 0


def own_locations_count(facts: Facts) -> bool:
    """Whether the installer can make a folder trusted."""
    return facts.setting(_LOCATIONS, "alllocationsdisabled")[0] != 1 and _mixed(facts)


def _covers(facts: Facts, key: str, folder: str) -> bool:
    place = facts.text(key, "path")
    if not place:
        return False
    if facts.value(key, "allowsubfolders") == 1:
        return is_under(folder, place)
    return is_under(folder, place) and is_under(place, folder)
