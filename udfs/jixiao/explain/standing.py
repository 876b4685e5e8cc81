"""Why a 考核得分, a 名次 and a 等次 are what they are (R9–R12; 四(二)4, 四(二)5)."""

from collections.abc import Sequence
from math import floor
from typing import Any

from jixiao.exact import Exact, plain
from jixiao.explain.arithmetic import (
    Text,
    Written,
    difference,
    exact_text,
    figure,
    leads_to,
    named,
    number,
    posted_text,
    product,
    share,
    sum_of,
)
from jixiao.explain.record import Source, Step, above, sentences, settings
from jixiao.policy.model import Grade, Policy
from jixiao.rules.inputs import Absent
from jixiao.rules.model import Appraisal, PoorReason, Result, Standing

_SCORE_CLAUSE, _CLAUSE = "四(二)4", "四(二)5"
_MOST_NAMES = 10


def standing_steps(result: Result, appraisal: Appraisal, history: Sequence[dict[str, Any]]) -> list[Step]:
    """考核得分, 名次 and 等次; `history` are the department's rows of 历年结果."""
    policy = appraisal.policy
    steps = [_score_step(result, policy)]
    if result.standing is None:
        return [*steps, *_unplaced(result, appraisal)]
    return [
        *steps,
        _place_step(result, result.standing, appraisal),
        _grade_step(result, result.standing, policy, history),
    ]


def score_formula(
    performance: Written[Text, Exact],
    review: Written[Text, Exact],
    points: tuple[Written[Text, Exact], Written[Text, Exact]],
    score: Written[Text, Exact],
    policy: Policy,
) -> Text:
    """考核得分 with its numbers put in (R9).

    `points` are 加分 and 减分; where only 加减得分 is known, one of the two is 0.
    """
    bonus, penalty = points
    year, assessed = share(policy.performance_weight), share(policy.review_weight)
    earned = sum_of([product(performance, year), product(review, assessed), bonus])
    return leads_to(difference(earned, penalty), score)


def score_arithmetic(result: Result, policy: Policy) -> str:
    """考核得分 of a department with its numbers put in; empty while it has none."""
    performance, review, points, score = result.performance.score, result.review.score, result.points, result.score
    if performance is None or review is None or points.bonus is None or points.penalty is None or score is None:
        return ""
    parts = figure(performance, policy), figure(review, policy)
    moved = figure(points.bonus, policy), figure(points.penalty, policy)
    return score_formula(*parts, moved, figure(score, policy), policy)


def grade_notes(result: Result, policy: Policy) -> list[str]:
    """What moved a department's grade away from what its place gives alone."""
    standing = result.standing
    if standing is None:
        return []
    parts = [tie_note(standing)]
    if standing.ceiling and standing.ceiling.standard:
        ceiling = standing.ceiling.standard.grade_ceiling
        parts.append(f"加减分第 {standing.ceiling.row} 行“{standing.ceiling.category}”，等次最高{ceiling}")
    if standing.poor is PoorReason.SCORE:
        parts.append(f"低于 {plain(policy.poor_line)} 分，定为较差")
    if standing.poor is PoorReason.LAST:
        parts.append(f"连续 {policy.last_years} 年排名最后，定为较差")
    return parts


def tie_note(standing: Standing) -> str:
    """That a tie on a grade's line is never split (R11)."""
    line = standing.tie_line
    if not line:
        return ""
    given = "都定为" if standing.grade == line else "按名次都算"
    return f"并列第 {standing.printed} 名跨在{line}名额线上，{given}{line}"


def _score_step(result: Result, policy: Policy) -> Step:
    sources = (above("业绩评价得分", "履职评价得分", "加分", "减分"), settings("performance_weight", "review_weight"))
    reason = ""
    if result.score is None:
        parts = {
            "业绩评价得分": result.performance.score,
            "履职评价得分": result.review.score,
            "加减得分": result.points.net,
        }
        missing = "、".join(name for name, value in parts.items() if value is None)
        reason = f"暂不计分：{missing}还没有算出来，原因见上面各行"
    return Step(result.name, "考核得分", result.score, score_arithmetic(result, policy), sources, _SCORE_CLAUSE, reason)


def _unplaced(result: Result, appraisal: Appraisal) -> list[Step]:
    names = [other.name for other in appraisal.results if other.score is None]
    shown = "、".join(names[:_MOST_NAMES]) + (f"等 {len(names)} 个科室" if len(names) > _MOST_NAMES else "")
    reason = f"{shown}还没有考核得分，所有科室都算出来以后才排"
    return [Step(result.name, title, None, "", (), _CLAUSE, f"{reason}{title}") for title in ("名次", "等次")]


def _place_step(result: Result, standing: Standing, appraisal: Appraisal) -> Step:
    """The place is one more than what stands before it: departments under 跳号, different results under 连号."""
    policy = appraisal.policy
    score = posted_text(result.score, policy) if result.score is not None else ""
    before = standing.printed - 1
    counted = f"{before} 个科室" if policy.tie_places == "跳号" else f"{before} 个不同的名次"
    words = f"考核得分高于 {score} 分的有 {counted}"
    if policy.tie_breakers:
        words = f"依次比较考核得分（{score} 分）、{'、'.join(policy.tie_breakers)}，排在前面的有 {counted}"
    formula = f"{words}：{leads_to(sum_of([number(before), number(1)]), number(standing.printed))}"
    sharing = [
        other.name
        for other in appraisal.results
        if other is not result and other.standing and other.standing.place == standing.place
    ]
    tied = f"与{'、'.join(sharing[:_MOST_NAMES])}并列" if sharing else ""
    sources = (above("考核得分", *policy.tie_breakers), settings("tie_places", "tie_breakers"))
    return Step(result.name, "名次", f"第 {standing.printed} 名", formula, sources, _CLAUSE, tied)


def _grade_step(result: Result, standing: Standing, policy: Policy, history: Sequence[dict[str, Any]]) -> Step:
    """Seats, the place among them, and what overrides the place (R11, R12)."""
    parts = [*_seat_lines(standing, policy), _place_line(standing)]
    sources = [above("名次"), settings("excellent_share", "good_share", "fair_share", "seat_rounding")]
    grade: Grade = standing.by_place
    if standing.ceiling and standing.ceiling.standard and standing.ceiling.standard.grade_ceiling:
        grade = standing.ceiling.standard.grade_ceiling
        parts.append(f"加减分第 {standing.ceiling.row} 行{named(standing.ceiling.category)}的等次封顶：{grade}")
        sources.append(Source("points", ("category",), (standing.ceiling.row,)))
    if standing.poor is PoorReason.SCORE and result.score is not None:
        line = f"{posted_text(result.score, policy)}＜{exact_text(policy.poor_line)}"
        parts.append(f"低于较差分数线：{line}，较差")
        sources.append(settings("poor_line"))
    if standing.poor is PoorReason.LAST:
        parts.append(f"连续 {policy.last_years} 年排名最后：较差")
    excluded = [tie_note(standing)]
    if standing.grade != standing.by_place:
        excluded.append(f"按名次是{standing.by_place}，定为{standing.grade}以后名额不另行递补")
    if standing.last:
        years = range(policy.year - policy.last_years + 1, policy.year)
        rows = tuple(row["row"] for row in history if row["year"] in years and row["place"] is not Absent.SLASH)
        sources += [Source("history", ("place",), rows)] if rows else []
        if standing.poor is not PoorReason.LAST and standing.last_before is None:
            excluded.append("历年结果不全，没有判断是不是连续末位")
    return Step(result.name, "等次", standing.grade, sentences(parts), tuple(sources), _CLAUSE, sentences(excluded))


def _seat_lines(standing: Standing, policy: Policy) -> list[str]:
    """The seats of 优秀 and 一般, by 名额取整."""
    seats = standing.seats
    shares = {"优秀": policy.excellent_share, "良好": policy.good_share, "一般": policy.fair_share}
    quotas = {grade: product(number(seats.count), share(part)) for grade, part in shares.items()}
    given = {"优秀": seats.excellent, "一般": seats.fair}
    whole = {grade: floor(quota.value) for grade, quota in quotas.items()}
    exactly = {grade: leads_to(quota, number(quota.value)) for grade, quota in quotas.items()}
    if policy.seat_rounding == "四舍五入":
        ends = {grade: "" if quotas[grade].value == count else f"≈{count}" for grade, count in given.items()}
        return [f"{grade}名额：{exactly[grade]}{end}" for grade, end in ends.items()]
    if policy.seat_rounding == "以内":
        ends = {grade: "" if quotas[grade].value == count else f"≥{count}，舍去小数" for grade, count in given.items()}
        return [f"{grade}名额：{exactly[grade]}{end}" for grade, end in ends.items()]
    lines = [f"{grade}：{line}" for grade, line in exactly.items()]
    left = difference(number(seats.count), sum_of([number(part) for part in whole.values()]))
    lines.append(f"小数从大到小依次补一个，共补：{leads_to(left, number(left.value))}")
    for grade, count in given.items():
        filled = sum_of([number(whole[grade]), number(count - whole[grade])])
        lines.append(f"{grade}名额：{leads_to(filled, number(count))}")
    return lines


def _place_line(standing: Standing) -> str:
    """Where the place stands among the seats."""
    seats, place = standing.seats, standing.place
    label = f"第 {place} 名" if place == standing.printed else f"前面有 {place - 1} 个科室，按第 {place} 名定等次"
    upper = f"{seats.count}－{seats.fair}"
    match standing.by_place:
        case "优秀":
            line = f"{place}≤{seats.excellent}"
        case "一般":
            line = f"{place}＞{upper}"
        case _:
            line = f"{seats.excellent}＜{place}≤{upper}"
    return f"{label}：{line}，{standing.by_place}"
