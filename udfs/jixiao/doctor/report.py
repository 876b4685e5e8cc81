"""The findings as text: a line each, a report to send on, and the few sentences a message box has room for."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jixiao import __version__
from jixiao.doctor.facts import Finding, Verdict
from jixiao.engines.save import write_whole

Findings = Sequence[tuple[str, Finding]]

REPORT_NAME = "自检报告.txt"
_PRIVATE = "这份报告里没有姓名、科室和得分，可以直接发给维护人员。"
# A message box cuts what is longer than 1024 characters; counts and the path of the report need some of them.
_LONGEST_LIST = 600


def line(name: str, finding: Finding) -> str:
    """One check: verdict, name, what was found, and below it what to do."""
    told = f"[{finding.verdict}] {name}：{finding.found}"
    return f"{told}\n        怎么办：{finding.repair}" if finding.repair else told


def counts(findings: Findings) -> str:
    """How many checks ended how."""
    verdicts = [finding.verdict for _, finding in findings]
    return "，".join(f"{verdict} {verdicts.count(verdict)} 项" for verdict in Verdict)


def errors(findings: Findings) -> int:
    """How many checks found what cannot work."""
    return sum(finding.verdict is Verdict.WRONG for _, finding in findings)


def text(findings: Findings, now: datetime) -> str:
    """The whole report."""
    head = ["绩效考核自检报告", f"时间：{now:%Y-%m-%d %H:%M}　程序版本：{__version__}", f"合计：{counts(findings)}", ""]
    return "\n".join([*head, *(line(name, finding) for name, finding in findings), "", _PRIVATE, ""])


def write(target: Path, content: str) -> None:
    """Write a report, whole or not at all, with the mark and line ends every Notepad reads; raises OSError."""
    write_whole(target, content.replace("\n", "\r\n").encode("utf-8-sig"))


def message(findings: Findings, saved: str | None) -> str:
    """What the button answers: counts, what to do first, where the report is; with ! when something is wrong."""
    ranked = [
        (name, finding)
        for verdict in (Verdict.WRONG, Verdict.NOTICE)
        for name, finding in findings
        if finding.verdict is verdict
    ]
    parts, length = [f"自检完了：{counts(findings)}。"], 0
    for place, (name, finding) in enumerate(ranked):
        sentence = f"{finding.verdict}　{name}：{finding.found}。{finding.repair}"
        length += len(sentence) + 1
        if length > _LONGEST_LIST:
            parts.append(f"还有 {len(ranked) - place} 项，见报告。")
            break
        parts.append(sentence)
    where = (
        f"报告保存在“{saved}”，可以直接发给维护人员。" if saved else "报告没有保存成，请把这个提示截图发给维护人员。"
    )
    return ("!" if errors(findings) else "") + "\n".join([*parts, where])
