"""No ballot is ever rounded (R0, R9): the mean of any marks a cell can hold is the exact fraction's, floats or not."""

from fractions import Fraction

import pytest

from jixiao.policy.resolve import default_policy
from jixiao.rules.review import assess_review, judge_ballots
from tests.frames import ballots_of, policy_of

MARKS = [
    pytest.param([[90, 80, 70, 60, 50], [85.5, 77.25, 66, 99, 100]], {}, id="short"),
    pytest.param([[33.3333333333333, 66.6666666666667, 99.9999999999999, 0.1, 50]] * 3, {}, id="15-digits"),
    pytest.param([[33.3333333333333, 66.6666666666667, 99.9999999999999, 0.1, 50], [90] * 5], {}, id="mixed"),
    pytest.param(
        [[99.999999999, 88.888888888, 77.777777777, 66.666666666, 55.555555555]] * 7,
        {"工作业绩权重": "33.333%", "担当作为权重": "16.667%", "工作状态权重": "12.345%", "协同配合权重": "17.655%"},
        id="odd-weights",
    ),
    pytest.param(
        [[99.999999999999, 99.999999999997, 99.999999999991, 99.999999999993, 99.999999999989]] * 3,
        {"工作业绩权重": "33.333%", "担当作为权重": "16.667%", "工作状态权重": "12.345%", "协同配合权重": "17.655%"},
        id="odd-weights-of-12-decimals",
    ),
    *(
        pytest.param([[float(f"99.{'9' * digits}")] * 5, [1 / 8] * 5], {}, id=f"{digits}-decimals")
        for digits in range(8, 14)
    ),
]


@pytest.mark.parametrize(("marks", "weights"), MARKS)
def test_the_sum_of_a_groups_ballots_is_exact(marks, weights):
    settings = {"年度": "2024", "取整方式": "仅最后取整"} | weights
    policy = policy_of({"参数": settings}) if weights else default_policy(2024)
    rows = [{"票号": at, "测评主体": "班子成员", "被评科室": "A", "分": line} for at, line in enumerate(marks)]
    (review,), record = assess_review(1, judge_ballots(ballots_of(rows, {"A": 0}, policy)), policy)
    scores = [
        sum(Fraction(f"{mark:.15g}") * weight for mark, weight in zip(line, policy.dimension_weights, strict=True))
        for line in marks
    ]
    assert review.groups[0].total == sum(scores)
    assert [record.scores[place] for place in range(len(marks))] == scores
