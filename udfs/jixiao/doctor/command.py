"""What `jixiao doctor` does; pandas and xlwings are not loaded for it."""

from pathlib import Path

from jixiao.clock import now
from jixiao.doctor import checks, report, selftest
from jixiao.doctor.facts import Facts
from jixiao.doctor.machine import Machine
from jixiao.errors import CallError, SaveError
from jixiao.streams import show, tell
from jixiao.targets import refuse_workbook

# The last is what the installer takes for a processor that is too old.
DONE, WITH_ERRORS, PROCESSOR = 0, 1, 10


def examine(file: Path | None, target: Path | None) -> int:
    """Look at everything and print it; with `target`, write the report there too. 1 when something is wrong."""
    if file is not None and not file.is_file():
        raise CallError(f"找不到工作簿“{file}”，请核对文件名。")
    if target is not None:
        refuse_workbook(target, "自检报告", report.REPORT_NAME)
    facts = Facts(Machine(), workbook=None if file is None else str(file.absolute()))
    findings = []
    for name, finding in checks.examine(facts):
        findings.append((name, finding))
        show(report.line(name, finding))
    show(f"合计：{report.counts(findings)}")
    if target is not None:
        _save(target, report.text(findings, now()))
    if not (wrong := report.errors(findings)):
        return DONE
    tell(f"自检发现 {wrong} 项错误，请照“怎么办”处理后再试。")
    return WITH_ERRORS


def self_test() -> int:
    """The installer's question; raises one sentence when the answer is no."""
    try:
        show(selftest.self_test(windows=Machine.windows))
    except selftest.ProcessorError as error:
        tell(str(error))
        return PROCESSOR
    return DONE


def _save(target: Path, text: str) -> None:
    try:
        report.write(target, text)
    except OSError as error:
        raise SaveError(f"自检报告“{target}”没有写成，请换一个文件夹里的文件名。") from error
    show(f"报告保存在“{target.absolute()}”，可以直接发给维护人员。")
