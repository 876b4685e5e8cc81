"""What is to be said of ballots that do not count: void ones by paper, own votes and abstentions by group (R4, R5)."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from jixiao.findings import Finding
from jixiao.policy.model import RATER_GROUPS, Policy
from jixiao.rules.inputs import MARK_COLUMNS, records
from jixiao.rules.model import JudgedBallots, Review, VoidReason
from jixiao.rules.review import FULL_MARK, row_list


def ballot_findings(ballots: pd.DataFrame, judged: JudgedBallots, names: Sequence[str]) -> list[Finding]:
    """Each void ballot at its cell, and the own votes and the abstentions of each group."""
    findings = [*_void_findings(ballots, judged), *_repeat_findings(ballots, judged, names)]
    own, groups = judged.reasons[VoidReason.OWN], ballots["group"].to_numpy()
    told = (("B07", own, "rater"), ("B13", judged.abstained, "mark_1"))
    for group, name in enumerate(RATER_GROUPS):
        for code, concerned, column in told:
            rows = ballots["row"].to_numpy()[concerned & (groups == group)]
            if rows.size:
                params = {"group": name, "count": rows.size, "rows": row_list(rows)}
                findings.append(Finding(code, "ballots", int(rows[0]), column, params))
    return findings


def shortage_findings(
    ballots: pd.DataFrame, reviews: Sequence[Review], names: Sequence[str], policy: Policy
) -> list[Finding]:
    """Every group that has too few valid ballots for a department (最少票数), at the first ballot concerned."""
    rows = ballots["row"].to_numpy()
    first: dict[tuple[int, int | None], int] = {}
    short = {place for place, review in enumerate(reviews) if any(group.mean is None for group in review.groups)}
    if short:
        for row, department, group in zip(rows, ballots["department"], ballots["group"], strict=True):
            if department in short:
                first.setdefault((department, group), int(row))
                first.setdefault((department, None), int(row))
    return [
        Finding(
            "B11" if review.score is None else "B15",
            "ballots",
            first.get((place, number), first.get((place, None))),
            "department",
            {
                "name": name,
                "group": group.group,
                "valid": group.valid,
                "fewest": policy.fewest_ballots,
            },
        )
        for place, (review, name) in enumerate(zip(reviews, names, strict=True))
        for number, group in enumerate(review.groups)
        if group.mean is None and group.weight
    ]


def _void_findings(ballots: pd.DataFrame, judged: JudgedBallots) -> Iterator[Finding]:
    """Ballots partly filled or out of range; those of one paper have one cause: whoever typed it was careless."""
    reasons = judged.reasons
    suspects = ballots[reasons[VoidReason.PARTIAL] | reasons[VoidReason.OUT_OF_RANGE]]
    partial = set(ballots["row"][reasons[VoidReason.PARTIAL]])
    for ballot in records(suspects):
        row, paper = ballot["row"], (ballot["group"], ballot["ballot"])
        marks = {column: ballot[column] for column in MARK_COLUMNS}
        if row in partial:
            empty = next(column for column, mark in marks.items() if np.isnan(mark))
            yield Finding("B06", "ballots", row, empty, cause=paper)
        for column, mark in marks.items():
            if mark < 0 or mark > FULL_MARK:
                yield Finding("B05", "ballots", row, column, {"value": f"{mark:.15g}"}, cause=paper)


def _repeat_findings(ballots: pd.DataFrame, judged: JudgedBallots, names: Sequence[str]) -> Iterator[Finding]:
    """One finding for each 票号 that rates some 科室 twice: one wrong number makes two of every ballot."""
    repeats = ballots[judged.reasons[VoidReason.REPEATED]]
    papers: dict[tuple[int, str], list[tuple[int, int]]] = defaultdict(list)
    for ballot in records(repeats):
        papers[ballot["group"], ballot["ballot"]].append((ballot["row"], ballot["department"]))
    for (group, number), rows in papers.items():
        cells = [(row, "ballot") for row, _ in rows]
        rated = "、".join(names[department] for department in dict.fromkeys(department for _, department in rows))
        params = {"group": RATER_GROUPS[group], "ballot": number, "name": rated}
        yield Finding("B08", "ballots", *cells[0], params, more=tuple(cells[1:]))
