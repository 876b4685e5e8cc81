"""The whole year: performance, review and points to scores, places, grades and consequences (R0–R13)."""

from collections.abc import Sequence
from fractions import Fraction

from jixiao.exact import Exact
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.rules.ballotfaults import ballot_findings, shortage_findings
from jixiao.rules.consequences import apply_results
from jixiao.rules.history import last_before, weigh_gaps
from jixiao.rules.inputs import Inputs
from jixiao.rules.model import Appraisal, BallotRecord, Performance, Points, QuarterLine, QuarterState, Result, Review
from jixiao.rules.performance import assess_performance
from jixiao.rules.points import assess_points
from jixiao.rules.ranking import print_places, rank
from jixiao.rules.review import assess_review, judge_ballots
from jixiao.rules.rounding import final
from jixiao.rules.standing import stand
from jixiao.rules.turnout import skipped_findings, turnout_findings


def appraise(inputs: Inputs, policy: Policy) -> Appraisal:
    """One year's appraisal: whatever is complete is computed, the rest is None with its reason among the findings.

    What only looks odd is not among them: see `suspicions`.
    """
    names = [str(name) for name in inputs.departments["name"]]
    performances, findings = assess_performance(inputs.tasks, inputs.departments, policy)
    if "tasks" in inputs.rejected:
        findings = [finding for finding in findings if finding.code != "T15"]
    reviews, ballots, review_findings = _assess_reviews(inputs, names, policy)
    points, point_findings = assess_points(inputs, names, policy)
    before, history_findings = last_before(inputs.history, names, policy)
    results = [
        Result(position, names[position], *parts, annual_score(*parts, policy))
        for position, parts in enumerate(zip(performances, reviews, points, strict=True))
    ]
    ordered, tie_findings = stand(results, before, policy)
    if before is None:
        last = [result.department for result in ordered if result.standing is not None and result.standing.last]
        history_findings = weigh_gaps(history_findings, inputs.history, last, names, policy)
    consequences, consequence_findings = apply_results(ordered, inputs.departments, inputs.people, policy)
    return Appraisal(
        policy=policy,
        results=tuple(ordered),
        quarters=tuple(_quarter_list(results, number, policy) for number in range(4)),
        consequences=tuple(consequences),
        findings=(
            *findings,
            *review_findings,
            *point_findings,
            *history_findings,
            *tie_findings,
            *consequence_findings,
        ),
        ballots=ballots,
    )


def annual_score(performance: Performance, review: Review, points: Points, policy: Policy) -> Fraction | None:
    """考核得分 (R9): 业绩 × 业绩评价权重 + 履职 × 履职评价权重 + 加分 − 减分, rounded."""
    return score_of(performance.score, review.score, points.net, policy)


def score_of(
    performance: Fraction | None, review: Fraction | None, net: Fraction | None, policy: Policy
) -> Fraction | None:
    """考核得分 from its three parts (R9); None while one is missing."""
    if performance is None or review is None or net is None:
        return None
    return weigh_parts(performance, review, net, policy)


def weigh_parts(performance: Exact, review: Exact, net: Exact, policy: Policy) -> Exact:
    """考核得分 from its three parts (R9)."""
    return final(performance * policy.performance_weight + review * policy.review_weight + net, policy)


def _assess_reviews(
    inputs: Inputs, names: Sequence[str], policy: Policy
) -> tuple[list[Review], BallotRecord, list[Finding]]:
    """履职评价; before any mark stands on a ballot it has not begun, which is no fault."""
    judged = judge_ballots(inputs.ballots)
    reviews, record = assess_review(len(names), judged, policy)
    if not inputs.ballots["touched"].any():
        return reviews, record, [] if "ballots" in inputs.rejected else [Finding("B12", "ballots")]
    findings = ballot_findings(inputs.ballots, judged, names)
    findings += turnout_findings(inputs.ballots, judged, policy)
    if "ballots" not in inputs.rejected:  # a ballot nobody knows whose it is seems to be missing where it belongs
        findings += skipped_findings(inputs.ballots, judged, names)
    return reviews, record, [*findings, *shortage_findings(inputs.ballots, reviews, names, policy)]


def _quarter_list(results: Sequence[Result], number: int, policy: Policy) -> tuple[QuarterLine, ...]:
    """季度得分 of one quarter, best first; no places until every department with work in it has its score (四(二)1)."""
    lines = [(result.name, result.performance.quarters[number]) for result in results]
    scored = [quarter.score for _, quarter in lines if quarter.score is not None]
    working = [quarter for _, quarter in lines if quarter.state is not QuarterState.IDLE]
    if len(scored) < len(working):
        return tuple(QuarterLine(None, name, quarter) for name, quarter in lines)
    places = iter(print_places(rank([(score,) for score in scored]), policy))
    placed = [
        QuarterLine(next(places) if quarter.score is not None else None, name, quarter) for name, quarter in lines
    ]
    return tuple(sorted(placed, key=lambda line: (line.place is None, line.place or 0)))
