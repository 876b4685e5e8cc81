"""说明 on 考核结果 and 处理说明 on 加减分: why a figure is what it is, in a line."""

from jixiao.exact import plain
from jixiao.explain.performance import idle_note, missing_quarters
from jixiao.explain.points import entry_reason, entry_term, rows_note
from jixiao.explain.review import counts_note, missing_groups
from jixiao.explain.standing import grade_notes, score_arithmetic
from jixiao.policy.model import QUARTERS, Policy
from jixiao.rules.model import EntryState, PointEntry, Result

_NOTE_PLACES = 4


def result_note(result: Result, policy: Policy) -> str:
    """One department's 说明: the arithmetic, what did not count and why, and what moved its grade."""
    parts = [
        score_arithmetic(result, policy),
        *_missing(result, policy),
        *_performance(result),
        *_review(result),
        *_points(result),
        *grade_notes(result, policy),
    ]
    return "；".join(part for part in parts if part)


def entry_note(entry: PointEntry) -> str:
    """处理说明 of one bonus or penalty row."""
    if entry.state is not EntryState.COUNTED:
        return entry_reason(entry)
    direction = entry.standard.direction if entry.standard else ""
    plainly = entry.share == 1 and entry.taper == 1
    formula = "" if plainly else f"（{entry_term(entry).text}）"
    return f"{direction} {plain(entry.counted, _NOTE_PLACES)} 分{formula}"


def _missing(result: Result, policy: Policy) -> list[str]:
    """What keeps 考核得分 from being computed."""
    parts = [*missing_quarters(result.performance), missing_groups(result.review, policy)]
    if result.points.net is None:
        parts.append("加减分或考勤有误（见校验结果）")
    reasons = "，".join(part for part in parts if part)
    return [f"暂不计分：{reasons}"] if reasons else []


def _performance(result: Result) -> list[str]:
    capped = "、".join(
        name for name, quarter in zip(QUARTERS, result.performance.quarters, strict=True) if quarter.capped
    )
    return [idle_note(result.performance), f"{capped}得分按上限封顶" if capped else ""]


def _review(result: Result) -> list[str]:
    counts = counts_note(result.review.groups)
    return [counts, "缺的测评主体按其余权重折算" if result.review.reweighted else ""]


def _points(result: Result) -> list[str]:
    states = (EntryState.DUPLICATE, EntryState.PENDING, EntryState.OUT_OF_YEAR, EntryState.DISABLED)
    parts = [rows_note([entry for entry in result.points.entries if entry.state is state], state) for state in states]
    if result.points.attendance and result.points.penalty is not None:
        parts.append(f"减分含考勤扣 {plain(result.points.attendance)} 分")
    if result.points.capped:
        parts.append(f"{'、'.join(result.points.capped)}按上限封顶")
    return parts
