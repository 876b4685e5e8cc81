"""说明 on 考核结果 and 处理说明 on 加减分: why a figure is what it is, in a line."""

from fractions import Fraction

from jixiao.exact import fixed, percent, plain
from jixiao.policy.model import QUARTERS, Policy
from jixiao.rules.model import EntryState, PointEntry, PoorReason, QuarterState, Result

_NOTE_PLACES = 4
_BLOCKS = {
    QuarterState.NOT_BEGUN: "还没有填报",
    QuarterState.BLOCKED: "有缺项或错误（见校验结果）",
}


def result_note(result: Result, policy: Policy) -> str:
    """One department's 说明: the arithmetic, what did not count and why, and what moved its grade."""
    parts = [*_missing(result, policy), *_performance(result), *_review(result), *_points(result)]
    parts += _standing(result, policy)
    return "；".join([_arithmetic(result, policy), *parts] if result.score is not None else parts)


def entry_note(entry: PointEntry) -> str:
    """处理说明 of one bonus or penalty row."""
    match entry.state:
        case EntryState.COUNTED:
            return _counted(entry)
        case EntryState.DUPLICATE:
            return f"与第 {entry.by} 行是同一工作，只计一次"
        case EntryState.PENDING:
            return "待认定：没有认定依据，不计分"
        case EntryState.OUT_OF_YEAR:
            return "日期不在考核年度内，不计分"
        case EntryState.DISABLED:
            return "这一类别已停用，不计分"
        case EntryState.WRONG:
            return "填写有误，见校验结果"


def _counted(entry: PointEntry) -> str:
    direction = entry.standard.direction if entry.standard else ""
    steps = [plain(entry.base or Fraction(0), _NOTE_PLACES)]
    if entry.share != 1:
        steps.append(f"计分比例 {percent(entry.share)}")
    if entry.taper != 1:
        steps.append(f"递减 {percent(entry.taper)}")
    formula = "" if len(steps) == 1 else f"（{'×'.join(steps)}）"
    return f"{direction} {plain(entry.counted, _NOTE_PLACES)} 分{formula}"


def _shown(value: Fraction | None, policy: Policy) -> str:
    return "" if value is None else fixed(value, policy.places)


def _arithmetic(result: Result, policy: Policy) -> str:
    """考核得分 with its numbers put in (四(二)4)."""
    return (
        f"{_shown(result.performance.score, policy)}×{percent(policy.performance_weight)}"
        f"＋{_shown(result.review.score, policy)}×{percent(policy.review_weight)}"
        f"＋{_shown(result.points.bonus, policy)}－{_shown(result.points.penalty, policy)}"
        f"＝{_shown(result.score, policy)}"
    )


def _missing(result: Result, policy: Policy) -> list[str]:
    """What keeps 考核得分 from being computed."""
    parts: list[str] = []
    if result.performance.score is None:
        quarters = list(zip(QUARTERS, result.performance.quarters, strict=True))
        for state, words in _BLOCKS.items():
            names = "、".join(name for name, quarter in quarters if quarter.state is state)
            if names:
                parts.append(f"{names}{words}")
        if not parts:
            idle = "、".join(QUARTERS[number] for number in result.performance.idle)
            parts.append(f"{idle}没有安排任务")
    if result.review.score is None:
        short = "、".join(group.group for group in result.review.groups if group.mean is None and group.weight)
        parts.append(f"{short}有效票不足 {policy.fewest_ballots} 张")
    if result.points.net is None:
        parts.append("加减分或考勤有误（见校验结果）")
    return [f"暂不计分：{'，'.join(parts)}"] if parts else []


def _performance(result: Result) -> list[str]:
    parts = []
    idle = "、".join(QUARTERS[number] for number in result.performance.idle if number < 3)
    if idle and result.performance.score is not None:
        parts.append(f"{idle}没有安排任务，按有任务的季度平均")
    capped = "、".join(
        name for name, quarter in zip(QUARTERS, result.performance.quarters, strict=True) if quarter.capped
    )
    return [*parts, f"{capped}得分按上限封顶"] if capped else parts


def _review(result: Result) -> list[str]:
    counts = {"弃权": 0, "作废": 0, "去掉最高最低": 0}
    for group in result.review.groups:
        counts["弃权"] += group.abstained
        counts["作废"] += group.void
        counts["去掉最高最低"] += group.trimmed
    if not counts["作废"] and not any(group.valid for group in result.review.groups):
        return []  # forms printed beforehand, not yet filled in
    parts = [f"{name} {count} 张票" for name, count in counts.items() if count]
    if result.review.reweighted:
        parts.append("缺的测评主体按其余权重折算")
    return ["，".join(parts)] if parts else []


def _points(result: Result) -> list[str]:
    parts = []
    for state in (EntryState.DUPLICATE, EntryState.PENDING, EntryState.OUT_OF_YEAR, EntryState.DISABLED):
        rows = [entry.row for entry in result.points.entries if entry.state is state]
        if rows:
            reason = "同一工作重复" if state is EntryState.DUPLICATE else state.value
            parts.append(f"加减分第 {'、'.join(map(str, rows))} 行{reason}，不计分")
    if result.points.attendance and result.points.penalty is not None:
        parts.append(f"减分含考勤扣 {plain(result.points.attendance)} 分")
    if result.points.capped:
        parts.append(f"{'、'.join(result.points.capped)}按上限封顶")
    return parts


def _standing(result: Result, policy: Policy) -> list[str]:
    standing = result.standing
    if standing is None:
        return []
    parts = []
    if standing.tie_line:
        parts.append(f"并列第 {standing.printed} 名跨在{standing.tie_line}名额线上，都定为{standing.tie_line}")
    if standing.ceiling and standing.ceiling.standard:
        ceiling = standing.ceiling.standard.grade_ceiling
        parts.append(f"加减分第 {standing.ceiling.row} 行“{standing.ceiling.category}”，等次最高{ceiling}")
    if standing.poor is PoorReason.SCORE:
        parts.append(f"低于 {plain(policy.poor_line)} 分，定为较差")
    if standing.poor is PoorReason.LAST:
        parts.append(f"连续 {policy.last_years} 年排名最后，定为较差")
    return parts
