"""Places and grades of a complete list, with the reasons that moved a grade (R10–R12; 四(二)5)."""

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from jixiao.findings import Finding
from jixiao.policy.model import Grade, Policy
from jixiao.rules.model import PointEntry, PoorReason, Result, Standing
from jixiao.rules.ranking import lowest, print_places, rank, seats, tie_key, worse


def figures(result: Result) -> dict[str, Fraction | None]:
    """The posted figures of a department under their headers in 考核结果."""
    quarters, groups = result.performance.quarters, result.review.groups
    return {
        "一季度得分": quarters[0].score,
        "二季度得分": quarters[1].score,
        "三季度得分": quarters[2].score,
        "四季度得分": quarters[3].score,
        "业绩评价得分": result.performance.score,
        "班子成员评价": groups[0].mean,
        "部门负责人评价": groups[1].mean,
        "村“一肩挑”评价": groups[2].mean,
        "履职评价得分": result.review.score,
        "加分": result.points.bonus,
        "减分": result.points.penalty,
        "加减得分": result.points.net,
        "考核得分": result.score,
    }


def stand(
    results: Sequence[Result], last_before: frozenset[int] | None, policy: Policy
) -> tuple[list[Result], list[Finding]]:
    """The results in order of place with place and grade; unchanged while any 考核得分 is missing (R10).

    `last_before` are the departments last in the years before (R12), None when that cannot be judged.
    """
    scores = [result.score for result in results if result.score is not None]
    if len(scores) < len(results):
        return list(results), []
    keys = [tie_key(score, figures(result), policy) for score, result in zip(scores, results, strict=True)]
    places = rank(keys)
    sharing = Counter(places)
    bottom = lowest(scores)
    seated = seats(len(results), policy)
    standings = []
    for result, score, place, printed in zip(results, scores, places, print_places(places, policy), strict=True):
        line, grade = seated.overrun(place, sharing[place]), seated.grade(place)
        before = None if last_before is None else result.department in last_before
        standing = Standing(place, printed, grade, seated, grade, score == bottom, line, last_before=before)
        standing = _hold_down(standing, result.points.entries)
        standings.append(judge_poor(standing, score, policy))
    placed = [result._replace(standing=standing) for result, standing in zip(results, standings, strict=True)]
    # Ties stand in the sheet's order.
    ordered = [result for _, _, result in sorted(zip(places, range(len(placed)), placed, strict=True))]
    return ordered, _tie_findings(ordered)


def _hold_down(standing: Standing, entries: Sequence[PointEntry]) -> Standing:
    """等次封顶: a counted row of such a standard holds the grade at its ceiling and frees no seat."""
    for entry in entries:
        ceiling = entry.standard.grade_ceiling if entry.standard else None
        if ceiling and entry.counted > 0 and worse(standing.grade, ceiling) != standing.grade:
            standing = standing._replace(grade=ceiling, ceiling=entry)
    return standing


def judge_poor(standing: Standing, score: Fraction, policy: Policy) -> Standing:
    """R12: below the line, or last this year and in the years before; 较差 overrides and frees no seat."""
    reason = poor_reason(below=score < policy.poor_line, last=standing.last, last_before=standing.last_before)
    return standing._replace(grade="较差", poor=reason) if reason else standing


def poor_reason(*, below: bool, last: bool, last_before: bool | None) -> PoorReason | None:
    """R12: why somebody is 较差, `below` the line, or last this year and in the years before."""
    if below:
        return PoorReason.SCORE
    return PoorReason.LAST if last and last_before else None


def _tie_findings(ordered: Sequence[Result]) -> list[Finding]:
    """A tie on a grade's line is never split, and said so (R11)."""
    lines: dict[tuple[int, Grade], list[Result]] = {}
    for result in ordered:
        if result.standing and result.standing.tie_line:
            lines.setdefault((result.standing.printed, result.standing.tie_line), []).append(result)
    findings = []
    for (place, line), tied in lines.items():
        moved = "；".join(f"{name}另定为{grade}" for name, grade in _moved(tied, line))
        params = {
            "names": "、".join(result.name for result in tied),
            "place": place,
            "line": line,
            "decided": f"按名次都算{line}，{moved}" if moved else f"都定为{line}",
        }
        findings.append(Finding("R01", "results", None, "grade", params))
    return findings


def _moved(tied: Sequence[Result], line: Grade) -> list[tuple[str, Grade]]:
    """Who of those tied on a line has another grade than the place gives, and which."""
    return [(one.name, one.standing.grade) for one in tied if one.standing and one.standing.grade != line]
