"""Each check on a PC on which all is well, and on PCs with one thing planted: its verdict and what to do."""

from typing import Any

import pytest

from jixiao.doctor.checks import PROBES, examine
from jixiao.doctor.facts import Facts, Finding, Verdict

from .pc import (
    ADDIN,
    COMPUTER,
    DOCUMENTS,
    EXCEL,
    EXCEL_PATH,
    FOLDERS,
    HOME,
    MARK,
    OFFICE,
    OPTIONS,
    POLICY,
    RUNTIME,
    SPOKEN,
    TOLD,
    TRUSTED,
    USER,
    WORKBOOK,
    Pc,
    facts,
    program,
    workbook,
)

FINE, NOTICE, WRONG, UNSEEN = Verdict
MARKED = {f"{WORKBOOK}:Zone.Identifier": MARK}
UNTRUSTED: dict[str, Any] = {rf"{TRUSTED}\Location3": None}
SECURITY = rf"{OFFICE}\Excel\Security"
SHARE = rf"\\{COMPUTER}\share\绩效考核.xlsm"
ON_SHARE = {rf"{TRUSTED}\Location4": {"path": rf"\\{COMPUTER}\share"}}
FORCED = rf"{POLICY}\Excel\Security"
TRUSTED_ADDIN = {rf"{TRUSTED}\Jixiao": {"path": ADDIN.rpartition("\\")[0] + "\\", "allowsubfolders": 0}}
ONLY_POLICIES = TRUSTED_ADDIN | {rf"{POLICY}\Common\Security\Trusted Locations": {"allow user locations": 0}}
ET_PATH = r"HKCU\Software\Microsoft\Windows\CurrentVersion\App Paths\et.exe"
ACCOUNT = {r"HKCU\Software\Microsoft\OneDrive\Accounts\Business1": {"userfolder": DOCUMENTS}}
INSTALLED = {r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Jixiao": {"workbooks": rf"{HOME}\绩效考核"}}
WPS = r"C:\Users\x\AppData\Local\Kingsoft\WPS Office\12.1\office6"
ONLY_WPS = {
    r"HKLM\SOFTWARE\WOW6432Node\Kingsoft\Office\6.0\Common": {
        "version": "12.1.0.16929",
        "installroot": WPS.rpartition("\\")[0],
    }
}
STORE = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel_16051.1_x86__8wekyb3d8bbwe\Office16"
PACKAGES = (
    r"HKCU\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel\Repository\Packages"
)
FROM_STORE: dict[str, Any] = {rf"{PACKAGES}\Microsoft.Office.Desktop_16051.1_x86__8wekyb3d8bbwe": {}}
ELSEWHERE = rf"D:\{USER}\绩效考核.xlam"
SERVER = {
    r"HKCR\Excel.Application\CLSID": {"": "{00024500}"},
    r"HKCR\CLSID\{00024500}\LocalServer32": {"": rf'"{WPS}\et.exe" /Automation'},
}


UPPER = {rf"{RUNTIME.upper()}\python.exe": b"MZ"}


def linked(target: str) -> bytes:
    """A workbook with a formula that names an add-in, as Excel writes the link."""
    address = target if "\\" not in target else "file:///" + target.replace(" ", "%20")
    part = f'<Relationships><Relationship Id="rId1" Target="{address}" TargetMode="External"/></Relationships>'
    return workbook(**{"xl/externalLinks/_rels/externalLink1.xml.rels": part.encode()})


def verdicts(given: Facts) -> dict[str, Finding]:
    return dict(examine(given))


def test_where_all_is_well_everything_is_fine() -> None:
    for given in (facts(), facts(excel=None)):
        found = verdicts(given)
        assert {name: finding for name, finding in found.items() if finding.verdict is not FINE} == {}
        assert list(found) == [probe.name for probe in PROBES]
        assert not any(finding.repair for finding in found.values())


def planted(name: str, verdict: Verdict, given: Facts, says: str) -> Any:
    return pytest.param(name, verdict, given, says, id=f"{name}: {says}")


PLANTED = [
    planted("表格程序", WRONG, facts(excel=SPOKEN._replace(folder=WPS)), "WPS 表格"),
    planted("表格程序", NOTICE, facts(excel=SPOKEN._replace(version="15.0")), "版本太旧"),
    planted(
        "表格程序",
        FINE,
        facts(excel=SPOKEN._replace(system="Windows (32-bit) NT 10.00")),
        "Microsoft Excel 16.0.17328，32 位",
    ),
    planted("表格程序", FINE, facts(excel=SPOKEN._replace(system=None, build=None)), "看不出是 32 位还是 64 位"),
    planted("表格程序", UNSEEN, facts(excel=SPOKEN._replace(version=None)), "没有说自己的版本"),
    planted("表格程序", WRONG, facts(excel=None, registry={EXCEL_PATH: None}), "没有找到"),
    planted(
        "表格程序",
        WRONG,
        facts(excel=None, registry={EXCEL_PATH: None} | ONLY_WPS, files={rf"{WPS}\et.exe": program(0x14C)}),
        "没有找到 Microsoft Excel，只有 WPS 表格 12.1.0.16929，32 位",
    ),
    planted(
        "表格程序",
        WRONG,
        facts(
            excel=None,
            registry={EXCEL_PATH: {"": rf"{WPS}\et.exe"}, ET_PATH: {"": rf'"{WPS}\et.exe"'}},
            files={rf"{WPS}\et.exe": program(0x8664)},
        ),
        "只有 WPS 表格 （看不出版本），64 位",
    ),
    planted("表格程序", FINE, facts(excel=None, files={EXCEL: program(0x14C)}), "16.0，32 位"),
    planted("表格程序", FINE, facts(excel=None, files={EXCEL: b"MZ"}), "看不出"),
    planted("表格程序", FINE, facts(excel=None, files={EXCEL: program(0x8664).replace(b"PE", b"NE")}), "看不出"),
    planted(
        "表格程序",
        NOTICE,
        facts(excel=None, registry={EXCEL_PATH: {"": EXCEL.replace("Office16", "Office15")}}),
        "15.0",
    ),
    planted("表格程序", WRONG, facts(excel=SPOKEN._replace(folder=STORE)), "应用商店"),
    planted("表格程序", WRONG, facts(excel=None, registry={EXCEL_PATH: {"": rf"{STORE}\EXCEL.EXE"}}), "应用商店"),
    planted("表格程序", WRONG, facts(excel=None, registry={EXCEL_PATH: None} | FROM_STORE), "应用商店"),
    planted("表格程序", FINE, facts(excel=None, registry=FROM_STORE), "16.0"),
    planted("WPS 占用", NOTICE, facts(registry=SERVER), "接口"),
    planted(
        "WPS 占用",
        NOTICE,
        facts(
            registry={
                r"HKCU\Software\Microsoft\Windows\CurrentVersion\Explorer\FileExts\.xlsm\UserChoice": {
                    "progid": "ET.Xlsm.6"
                }
            }
        ),
        "别的程序",
    ),
    planted("加载项", NOTICE, facts(registry={OPTIONS: None}), "没有登记"),
    planted("加载项", NOTICE, facts(registry={OPTIONS: {"open": rf'"{HOME}\旧绩效考核.xlam"'}}), "没有登记"),
    planted("加载项", NOTICE, facts(registry={OPTIONS: {"openx": f'"{ADDIN}"'}}), "没有登记"),
    planted("加载项", WRONG, facts(files={ADDIN: None}), "不在了"),
    planted("加载项", WRONG, facts(registry={OPTIONS: {"open": "绩效考核.xlam"}}), r"%APPDATA%\Microsoft\AddIns"),
    planted(
        "加载项",
        FINE,
        facts(
            registry={OPTIONS: {"open": r'/R "%APPDATA%\Microsoft\AddIns\绩效考核.XLAM"'}},
            files={rf"{HOME}\AppData\Roaming\Microsoft\AddIns\绩效考核.XLAM": b"PK"},
        ),
        "已登记",
    ),
    planted("加载项", WRONG, facts(registry={OPTIONS: {"open": "别的.xlam", "open2": f'"{ADDIN}"'}}), "缺了号"),
    planted("加载项", WRONG, facts(registry={OPTIONS: {"open1": f'"{ADDIN}"'}}), "缺了号"),
    planted(
        "加载项",
        FINE,
        facts(registry={OPTIONS: {"open": f'"{ADDIN}"', "open7": f'"{ADDIN}"'}}),
        "已登记",
    ),
    planted("加载项", WRONG, facts(registry={SECURITY: {"disablealladdins": 1}}), "禁用了所有加载项"),
    planted("加载项", WRONG, facts(registry={FORCED: {"disablealladdins": 1}}), "禁用了所有加载项"),
    planted("加载项", NOTICE, facts(registry={FORCED: {"requireaddinsig": 1}}), "要求加载项有签名"),
    planted("加载项", WRONG, facts(registry={SECURITY: {"vbawarnings": 4}}), "不是受信任位置"),
    planted("加载项", WRONG, facts(registry={FORCED: {"vbawarnings": 3}} | ONLY_POLICIES), "不是受信任位置"),
    planted("加载项", FINE, facts(registry={SECURITY: {"vbawarnings": 4}} | TRUSTED_ADDIN), "已登记"),
    planted(
        "加载项",
        WRONG,
        facts(
            registry={
                rf"{OFFICE}\Excel\Resiliency\DisabledItems": {"1": b"\1\0\0\0" + ADDIN.encode("utf-16-le") + b"\0\0"}
            }
        ),
        "停用",
    ),
    planted(
        "加载项",
        FINE,
        facts(registry={rf"{OFFICE}\Excel\Resiliency\DisabledItems": {"1": "x", "2": "别的.xlam".encode("utf-16-le")}}),
        "已登记",
    ),
    planted("计算程序", WRONG, facts(packages={"pandas": None}), "pandas 没有"),
    planted("计算程序的接口文件", WRONG, facts(files={rf"{RUNTIME}\xlwings32.dll": None}), "xlwings32.dll"),
    planted("计算程序的登记", WRONG, facts(registry={TOLD: None}), "没有登记"),
    planted("计算程序的登记", WRONG, facts(registry={TOLD: {"folder": r"D:\Jixiao\runtime"}}), "没有计算程序"),
    planted(
        "计算程序的登记",
        NOTICE,
        facts(registry={TOLD: {"folder": r"D:\Jixiao\runtime"}}, files={r"D:\Jixiao\runtime\python.exe": b"MZ"}),
        r"登记的是 D:\Jixiao\runtime",
    ),
    planted("计算程序的登记", FINE, facts(registry={TOLD: {"folder": RUNTIME.upper()}}, files=UPPER), "RUNTIME"),
    planted("处理器", WRONG, facts(processor=False), "太旧"),
    planted("工作簿要的接口文件", UNSEEN, facts(workbook=None), "没有指定"),
    planted("工作簿要的接口文件", UNSEEN, facts(workbook="https://x/绩效考核.xlsm"), "网络地址"),
    planted("工作簿要的接口文件", UNSEEN, facts(workbook="工作簿1"), "没有保存过"),
    planted("工作簿要的接口文件", UNSEEN, facts(files={WORKBOOK: b"%TSD-Header-###%"}), "读不懂"),
    planted(
        "工作簿要的接口文件", UNSEEN, facts(files={WORKBOOK: workbook(**{"xl/vbaProject.bin": b"not one"})}), "读不懂"
    ),
    planted("工作簿里的链接", UNSEEN, facts(workbook=None), "没有指定"),
    planted("工作簿里的链接", NOTICE, facts(files={WORKBOOK: linked(ELSEWHERE)}), r"别处的加载项：D:\…\绩效考核.xlam"),
    planted("工作簿里的链接", NOTICE, facts(files={WORKBOOK: linked(rf"\\{COMPUTER}\x\绩效考核.xlam")}), "别处"),
    planted("工作簿里的链接", NOTICE, facts(files={WORKBOOK: linked("绩效考核.xlam")}), "别处"),
    planted("工作簿里的链接", NOTICE, facts(files={WORKBOOK: linked(ADDIN)}, registry={OPTIONS: None}), "别处"),
    planted("工作簿里的链接", FINE, facts(files={WORKBOOK: linked(ADDIN.upper())}), "这台电脑"),
    planted("工作簿里的链接", FINE, facts(files={WORKBOOK: linked(r"D:\别的\旧绩效考核.xlam")}), "没有用到"),
    planted(
        "计算程序的位置",
        WRONG,
        facts(interpreter=r"C:\Users\𠮷田\AppData\Local\Jixiao\runtime\python.exe"),
        "代码页 936 里没有",
    ),
    planted("计算程序的位置", WRONG, facts(code_page=1252), "代码页 1252 里没有"),
    planted("计算程序的位置", NOTICE, facts(interpreter=rf"\\{COMPUTER}\jx\python.exe"), "在网络上"),
    planted("计算程序的位置", NOTICE, facts(interpreter=rf"C:\{'长' * 120}\python.exe"), "太长"),
    planted("计算程序的位置", FINE, facts(interpreter=r"D:\My Programs\python.exe"), "有空格"),
    planted("系统代码页", NOTICE, facts(code_page=1252), "1252"),
    planted("系统代码页", FINE, facts(code_page=65001), "65001"),
    planted("工作簿的位置", UNSEEN, facts(workbook=None), "没有指定"),
    planted("工作簿的位置", WRONG, facts(workbook="https://d.docs.live.net/1234/绩效考核.xlsm"), "网络地址"),
    planted("工作簿的位置", NOTICE, facts(workbook="工作簿1"), "没有保存过"),
    planted(
        "工作簿的位置",
        NOTICE,
        facts(workbook=rf"{HOME}\onedrive - 青山镇人民政府\考核\绩效考核.xlsm"),
        "在 OneDrive 里",
    ),
    planted("工作簿的位置", NOTICE, facts(workbook=SHARE), "网络共享"),
    planted("工作簿的位置", NOTICE, facts(workbook=r"D:\𠮷\绩效考核.xlsm"), "代码页里没有的字"),
    planted("工作簿的位置", NOTICE, facts(workbook=rf"D:\{'很长' * 110}.xlsm"), "太长"),
    planted(
        "文档文件夹",
        NOTICE,
        facts(registry={FOLDERS: {"personal": rf"{HOME}\OneDrive - 青山镇人民政府\文档"}}),
        "在 OneDrive 里",
    ),
    planted("文档文件夹", NOTICE, facts(registry={FOLDERS: {"personal": rf"\\{COMPUTER}\home"}}), "在网络上"),
    planted("文档文件夹", NOTICE, facts(registry=ACCOUNT), "在 OneDrive 里"),
    planted("受信任位置", NOTICE, facts(workbook=None, registry=INSTALLED), "不是受信任位置"),
    planted("文档文件夹", FINE, facts(registry={FOLDERS: None}), "Documents"),
    planted("受信任位置", NOTICE, facts(registry=UNTRUSTED), "不是受信任位置"),
    planted("受信任位置", NOTICE, facts(workbook=r"D:\绩效考核.xlsm"), "启用内容"),
    planted("受信任位置", NOTICE, facts(workbook=rf"{DOCUMENTS}\绩效考核\收到的\表.xlsm"), "是子文件夹，不受信任"),
    planted(
        "受信任位置", NOTICE, facts(registry={rf"{TRUSTED}\JixiaoWorkbooks": {"allowsubfolders": 1}}), "连同子文件夹"
    ),
    planted("受信任位置", NOTICE, facts(workbook=None, registry=UNTRUSTED), "不是受信任位置"),
    planted("受信任位置", UNSEEN, facts(workbook="https://x/绩效考核.xlsm"), "网络地址"),
    planted("受信任位置", NOTICE, facts(registry={TRUSTED: {"alllocationsdisabled": 1}}), "不是受信任位置"),
    planted("受信任位置", NOTICE, facts(registry={rf"{TRUSTED}\Location3": {"path": DOCUMENTS}}), "不是受信任位置"),
    planted(
        "受信任位置", FINE, facts(registry={rf"{TRUSTED}\Location3": {"path": rf"{DOCUMENTS}\绩效考核"}}), "绩效考核"
    ),
    planted(
        "受信任位置",
        NOTICE,
        facts(registry={rf"{POLICY}\Common\Security\Trusted Locations": {"allow user locations": 0}}),
        "不是受信任位置",
    ),
    planted(
        "受信任位置",
        FINE,
        facts(
            registry=UNTRUSTED
            | {rf"{POLICY}\Excel\Security\Trusted Locations\Location1": {"path": DOCUMENTS, "allowsubfolders": 1}}
        ),
        "绩效考核",
    ),
    planted("受信任位置", NOTICE, facts(workbook=SHARE, registry=ON_SHARE), "不是受信任位置"),
    planted(
        "受信任位置",
        FINE,
        facts(workbook=SHARE, registry=ON_SHARE | {TRUSTED: {"allownetworklocations": 1}}),
        "…",
    ),
    planted("宏设置", NOTICE, facts(registry={SECURITY: {"vbawarnings": 1}}), "全部启用"),
    planted("宏设置", FINE, facts(registry={SECURITY: {"vbawarnings": 4}}), "可以运行"),
    planted("宏设置", FINE, facts(registry={SECURITY: {"vbawarnings": 7}}), "禁用，但会提示"),
    planted("宏设置", FINE, facts(registry={SECURITY: {"vbawarnings": "4"}}), "禁用，但会提示"),
    planted("宏设置", FINE, facts(excel=None, registry={SECURITY: {"vbawarnings": 4}}), "可以运行"),
    planted("宏设置", WRONG, facts(excel=None, registry=UNTRUSTED | {SECURITY: {"vbawarnings": 3}}), "只运行签名的宏"),
    planted(
        "宏设置",
        WRONG,
        facts(excel=None, registry=UNTRUSTED | {rf"{POLICY}\Excel\Security": {"vbawarnings": 4}}),
        "由单位的策略规定",
    ),
    planted(
        "宏设置",
        FINE,
        facts(registry={SECURITY: {"vbawarnings": 4}, rf"{POLICY}\Excel\Security": {"vbawarnings": 2}}),
        "禁用，但会提示（由单位的策略规定）",
    ),
    planted("文件标记", UNSEEN, facts(workbook=None), "没有指定"),
    planted("文件标记", NOTICE, facts(files=MARKED), "有“来自其他计算机”的标记"),
    planted("文件标记", NOTICE, facts(excel=None, files=MARKED), "有“来自其他计算机”的标记"),
    planted("文件标记", WRONG, facts(excel=None, files=MARKED, registry=UNTRUSTED), "宏不能运行"),
    planted("文件标记", FINE, facts(files={f"{WORKBOOK}:Zone.Identifier": b"[ZoneTransfer]\r\nZoneId=1"}), "没有"),
    planted("启动计算程序用时", NOTICE, facts(seconds=14.2), "14.2 秒，偏慢"),
    planted("启动计算程序用时", WRONG, facts(seconds=None), "启动不了"),
]


@pytest.mark.parametrize(("name", "verdict", "given", "says"), PLANTED)
def test_what_is_planted_is_found(name: str, verdict: Verdict, given: Facts, says: str) -> None:
    found = verdicts(given)[name]
    assert found.verdict is verdict
    assert says in found.found


def test_what_a_policy_forbids_is_for_the_person_who_made_it() -> None:
    own, forced = ({place: {"vbawarnings": 4}} for place in (SECURITY, rf"{POLICY}\Excel\Security"))
    found = [verdicts(facts(excel=None, registry=UNTRUSTED | setting))["宏设置"].repair for setting in (own, forced)]
    assert ["信任中心" in repair for repair in found] == [True, False]
    assert ["维护人员" in repair for repair in found] == [False, True]


def test_what_keeps_the_add_in_out_is_for_whoever_can_change_it() -> None:
    own, forced = ({place: {"disablealladdins": 1}} for place in (SECURITY, FORCED))
    strict = {SECURITY: {"vbawarnings": 4}}
    told = [verdicts(facts(registry=given))["加载项"].repair for given in (own, forced, strict, strict | ONLY_POLICIES)]
    assert ["维护人员" in repair for repair in told] == [False, True, False, True]
    assert "安装程序" in told[2]


def test_nobody_is_sent_where_the_workbook_already_lies() -> None:
    here, elsewhere = (verdicts(facts(workbook=book, registry=UNTRUSTED)) for book in (WORKBOOK, r"D:\绩效考核.xlsm"))
    assert "安装程序" in here["受信任位置"].repair
    assert r"另存到“文档\绩效考核”" in elsewhere["受信任位置"].repair


def test_every_check_is_planted_for() -> None:
    assert {case.values[0] for case in PLANTED} == {probe.name for probe in PROBES}


@pytest.mark.parametrize("given", [case.values[2] for case in PLANTED], ids=[case.id for case in PLANTED])
def test_a_finding_has_a_repair_in_one_sentence_and_names_nobody(given: Facts) -> None:
    for finding in verdicts(given).values():
        assert (finding.repair == "") is (finding.verdict is FINE)
        assert finding.repair[-1:] in {"", "。"}
        assert finding.repair.count("。") <= 1
        told = finding.found + finding.repair
        for private in (USER, COMPUTER, "青山", "𠮷", "1234"):
            assert private not in told


def test_off_windows_nothing_is_claimed() -> None:
    found = verdicts(Facts(Pc(windows=False, code_page=0, registry={})))
    seen = {name for name, finding in found.items() if finding.verdict is not UNSEEN}
    assert seen == {"计算程序", "计算程序的位置", "启动计算程序用时"}


def test_what_may_not_be_read_is_no_failure() -> None:
    found = verdicts(facts(locked=frozenset({SECURITY, OPTIONS})))
    assert [name for name, finding in found.items() if finding.verdict is UNSEEN] == [
        "加载项",
        "工作簿里的链接",
        "宏设置",
    ]
    assert "没有权限" in found["宏设置"].found
