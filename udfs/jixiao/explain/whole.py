"""All figures of a department, explained in the order of the year."""

from collections.abc import Sequence

from jixiao.explain.performance import performance_steps
from jixiao.explain.points import points_steps
from jixiao.explain.record import Step, rows_of
from jixiao.explain.review import review_steps
from jixiao.explain.standing import standing_steps
from jixiao.rules.inputs import Inputs
from jixiao.rules.model import Appraisal, Result


def explain(results: Sequence[Result], inputs: Inputs, appraisal: Appraisal) -> list[list[Step]]:
    """The steps of some of an appraisal's results, department by department."""
    policy = appraisal.policy
    shown = [result.department for result in results]
    frames = (inputs.tasks, inputs.attendance, inputs.points, inputs.history)
    tasks, attendance, points, history = (rows_of(frame, shown) for frame in frames)
    rows: list[int] = inputs.departments["row"].tolist()
    return [
        [
            *performance_steps(result, tasks[result.department], rows[result.department], policy),
            *review_steps(result, appraisal.ballots, policy),
            *points_steps(result, attendance[result.department], points[result.department], policy),
            *standing_steps(result, appraisal, history[result.department]),
        ]
        for result in results
    ]
