"""The checks, one after the other as they stand in a report."""

from collections.abc import Iterator

from jixiao.doctor import book, excel, processor, runtime, trust
from jixiao.doctor.facts import Facts, Finding, Probe, unseen

PROBES = (
    Probe("表格程序", excel.program, windows=False),
    Probe("WPS 占用", excel.wps),
    Probe("加载项", excel.addin),
    Probe("计算程序", runtime.versions, windows=False),
    Probe("计算程序的接口文件", runtime.libraries),
    Probe("计算程序的位置", runtime.place, windows=False),
    Probe("计算程序的登记", runtime.told),
    Probe("处理器", processor.processor),
    Probe("系统代码页", runtime.code_page),
    Probe("工作簿的位置", trust.workbook, windows=False),
    Probe("工作簿要的接口文件", book.libraries),
    Probe("工作簿里的链接", book.links),
    Probe("文档文件夹", trust.documents),
    Probe("受信任位置", trust.location),
    Probe("宏设置", trust.macros),
    Probe("文件标记", trust.mark),
    Probe("启动计算程序用时", runtime.starting, windows=False),
)


def examine(facts: Facts) -> Iterator[tuple[str, Finding]]:
    """Every check's name and what it found, as they are done: the last takes seconds."""
    for probe in PROBES:
        yield probe.name, _look(probe, facts)


def _look(probe: Probe, facts: Facts) -> Finding:
    if probe.windows and not facts.pc.windows:
        return unseen("只有 Windows 上才有", "请在装有 Microsoft Excel 的电脑上点“自检”。")
    try:
        return probe.look(facts)
    except OSError:
        return unseen("没有权限查看", "请把这份报告发给维护人员。")
