"""A button's outcome as people read it in a terminal."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jixiao.buttons import Outcome
from jixiao.findings import Severity
from jixiao.sheets.present import Line
from jixiao.terminal import table
from jixiao.text import one_line

_RESULT_HEADERS = (
    "名次",
    "科室",
    "一季度得分",
    "二季度得分",
    "三季度得分",
    "四季度得分",
    "业绩评价得分",
    "履职评价得分",
    "加分",
    "减分",
    "考核得分",
    "等次",
)
_MOST_FINDINGS = 20
_LONGEST_NAME = 40


def results_report(outcome: Outcome, file: Path) -> str:
    """The ranking, what was found, and where the scored file is."""
    parts, written = [], "校验结果已写入（没有计算得分）"
    if outcome.scored is not None:
        policy, lines, written = outcome.scored.policy, outcome.scored.results, "结果已写入"
        shapes = dict.fromkeys(_RESULT_HEADERS[2:-1], f".{policy.places}f")
        title = f"{one_line(policy.unit_name, _LONGEST_NAME)}{policy.year}年度科室绩效考核结果"
        parts += [title, table(_RESULT_HEADERS, lines, shapes)]
        if outcome.waiting:
            names = "、".join(outcome.ranked)
            done = f"{names}已经排名，见“季度得分”表；全年的" if names else "能算的都算了，"
            parts.append(f"{done}还不到排名的时候，缺什么见“考核结果”表的“说明”。")
    parts += [_found(outcome.lines), one_line(f"{written}：{file}")]
    return "\n".join(part for part in parts if part)


def findings_report(outcome: Outcome, file: Path) -> str:
    """What was found, and where it is written."""
    return "\n".join([_found(outcome.lines, list(Severity)), one_line(f"校验结果已写入：{file}")])


def _found(lines: Sequence[Line], shown: Sequence[Severity] = (Severity.ERROR,)) -> str:
    counts = Counter(str(line["类型"]) for line in lines)
    parts = ["校验：" + "，".join(f"{severity} {counts[severity]} 条" for severity in Severity)]
    listed = [line for line in lines if line["类型"] in shown]
    if listed:
        parts.append(table(("类型", "工作表", "单元格", "问题", "建议"), listed[:_MOST_FINDINGS]))
    if len(listed) > _MOST_FINDINGS:
        parts.append(f"……共 {len(listed)} 条，其余见“校验结果”表")
    return "\n".join(parts)
