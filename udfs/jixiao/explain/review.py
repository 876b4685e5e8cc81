"""Why a group's mean and a 履职评价得分 are what they are, without showing a single ballot (R4, R5; 四(二)2)."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from jixiao.exact import Exact
from jixiao.explain.arithmetic import Text, Written, figure, leads_to, number, product, quotient, share, sum_of
from jixiao.explain.record import Source, Step, above, sentences, settings
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS
from jixiao.rules.model import BallotRecord, GroupReview, Result, Review

_CLAUSE = "四(二)2"
_FEWEST_FOR_SPREAD = 5
_WEIGHTS = ("leaders_weight", "heads_weight", "villages_weight")
_DIMENSIONS = (
    *("achievement_weight", "initiative_weight", "attitude_weight"),
    *("cooperation_weight", "discipline_weight"),
)
_MARKS = (MARK_COLUMNS[0], MARK_COLUMNS[-1])


def review_steps(result: Result, record: BallotRecord, policy: Policy) -> list[Step]:
    """The three groups' means and the department's 履职评价得分."""
    first = result.department * len(RATER_GROUPS)
    steps = [
        _group_step(result.name, group, record, first + place, policy)
        for place, group in enumerate(result.review.groups)
    ]
    return [*steps, _score_step(result, policy)]


def missing_groups(review: Review, policy: Policy) -> str:
    """The groups without enough valid ballots, which keep 履职评价得分 from being computed."""
    if review.score is not None:
        return ""
    short = "、".join(group.group for group in review.groups if group.mean is None and group.weight)
    return f"{short}有效票不足 {policy.fewest_ballots} 张"


def _group_step(name: str, group: GroupReview, record: BallotRecord, cell: int, policy: Policy) -> Step:
    """A group's mean. Sum and count alone: from the ballots one by one, or from their rows, votes could be traced."""
    title = f"{group.group}评价"
    sources = (Source("ballots", _MARKS, whole=True), settings(*_DIMENSIONS))
    excluded = _left_out(group, record, cell)
    if group.mean is None:
        enough = f"有效票 {group.valid} 张，不足 {policy.fewest_ballots} 张，没有平均分，请核对测评票"
        return Step(name, title, None, "", sources, _CLAUSE, sentences([enough, excluded]))
    mine = np.flatnonzero(record.judged.cells[record.counted] == cell)
    term = quotient(number(group.total), number(len(mine)))
    formula = f"{len(mine)} 张有效票的平均{_spread(record, mine)}：{leads_to(term, figure(group.mean, policy))}"
    return Step(name, title, group.mean, formula, sources, _CLAUSE, excluded)


def _spread(record: BallotRecord, mine: npt.NDArray[np.int64]) -> str:
    """The highest and the lowest of enough ballots; of few they would say who voted how."""
    if len(mine) < _FEWEST_FOR_SPREAD:
        return ""
    scores = [record.scores[index] for index in mine.tolist()]
    return f"（最高 {number(max(scores)).text} 分，最低 {number(min(scores)).text} 分）"


def _left_out(group: GroupReview, record: BallotRecord, cell: int) -> str:
    """How many ballots did not count and why, never which."""
    judged = record.judged
    mine = np.flatnonzero(judged.cells == cell)
    counts = [("弃权", int(judged.abstained[mine].sum()))]
    counts += [(f"作废（{reason.value}）", int(void[mine].sum())) for reason, void in judged.reasons.items()]
    counts.append(("按设置去掉最高最低", group.trimmed))
    return sentences(f"{words} {count} 张" for words, count in counts if count)


def _score_step(result: Result, policy: Policy) -> Step:
    review, title = result.review, "履职评价得分"
    weighing = [(group, group.mean) for group in review.groups if group.weight]
    present = [(group, mean) for group, mean in weighing if mean is not None]
    sources = (above(*(f"{group.group}评价" for group, _ in present)), settings(*_WEIGHTS))
    if review.score is None:
        reasons = sentences([missing_groups(review, policy), "补齐后再计算"])
        return Step(result.name, title, None, "", sources, _CLAUSE, reasons)
    weighed = [(figure(mean, policy), group.weight) for group, mean in present]
    formula = review_formula(weighed, figure(review.score, policy), reweighted=review.reweighted)
    return Step(result.name, title, review.score, formula, sources, _CLAUSE, _not_weighed(review))


def review_formula(
    weighed: Sequence[tuple[Written[Text, Exact], Fraction]], score: Written[Text, Exact], *, reweighted: bool
) -> Text:
    """履职评价得分 from the group means and their weights, with its numbers put in (R5)."""
    term = sum_of([product(mean, share(weight)) for mean, weight in weighed])
    if reweighted:
        term = quotient(term, sum_of([share(weight) for _, weight in weighed]))
    return leads_to(term, score)


def _not_weighed(review: Review) -> str:
    missing = "、".join(group.group for group in review.groups if group.weight and group.mean is None)
    return f"没有{missing}的评价，按其余权重折算" if missing else ""


def counts_note(groups: Sequence[GroupReview]) -> str:
    """How many ballots did not count, over all groups."""
    counts = {
        "弃权": sum(group.abstained for group in groups),
        "作废": sum(group.void for group in groups),
        "去掉最高最低": sum(group.trimmed for group in groups),
    }
    if not counts["作废"] and not any(group.valid for group in groups):
        return ""  # forms printed beforehand, not yet filled in
    return "，".join(f"{name} {count} 张票" for name, count in counts.items() if count)
