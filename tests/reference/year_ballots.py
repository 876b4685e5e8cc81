"""Random ballots, most of them whole and some of them not."""

from random import Random
from typing import Any

from .defaults import ABSTAINED, GROUPS, MARK_WORDS

Ballot = dict[str, Any]


def random_ballots(rng: Random, names: list[str], surely_valid: int) -> list[Ballot]:
    """Ballots of the three groups on every 科室; the first few voters of a group always vote properly."""
    voters: list[tuple[str, str, str | None]] = []
    for number in range(rng.randint(surely_valid, 9)):
        own = rng.choice(names) if number >= surely_valid and rng.random() < 0.1 else None
        voters.append((f"L{number + 1}", GROUPS[0], own))
    voters += [(f"D{number + 1}", GROUPS[1], name) for number, name in enumerate(names)]
    voters += [(f"V{number + 1}", GROUPS[2], None) for number in range(rng.randint(surely_valid, 8))]
    noise = rng.choice([0, 0.02, 0.05, 0.15])
    ballots = []
    for name in names:
        proper = dict.fromkeys(GROUPS, surely_valid)
        level = rng.randint(65, 95)
        for voter, group, own in voters:
            given = ballot(voter, group, own, name, plain_marks(rng, level))
            if own == name:
                if group != GROUPS[1] or rng.random() < 0.1:  # nearly nobody scores the own 科室
                    ballots += noisy_ballots(rng, given, noise)
            elif proper[group] > 0:
                proper[group] -= 1
                ballots.append(given)
            else:
                ballots += noisy_ballots(rng, given, noise)
    if rng.random() < 0.3:
        rng.shuffle(ballots)
    return ballots


def ballot(number: str, group: str, own: str | None, name: str, marks: list[str | None]) -> Ballot:
    """One row of 履职测评."""
    return {"票号": number, "测评主体": group, "测评人科室": own, "被评科室": name, "分": marks}


def plain_marks(rng: Random, level: int) -> list[str | None]:
    """Five proper marks: numbers, words or both."""
    kind = rng.random()
    marks: list[str | None] = []
    for _ in range(5):
        if kind < 0.12 or (kind < 0.17 and rng.random() < 0.5):
            marks.append(rng.choice(list(MARK_WORDS)))
        elif kind < 0.25:
            marks.append(f"{max(0, min(100, level + rng.uniform(-10, 8))):.1f}")
        else:
            marks.append(str(max(0, min(100, level + rng.randint(-12, 8)))))
    return marks


def noisy_ballots(rng: Random, proper: Ballot, noise: float) -> list[Ballot]:
    """The ballot as it is or, now and then, abstained, partly filled in, out of range or given twice."""
    if rng.random() >= noise:
        return [proper]
    kind = rng.choice(["missing", "abstained", "abstained", "partial", "beside", "range", "twice", "twice"])
    marks = list(proper["分"])
    spot = rng.randrange(5)
    if kind == "missing":
        return []
    if kind == "abstained":
        marks = rng.choice([[None] * 5, [ABSTAINED] * 5, [ABSTAINED, None, None, None, None]])
    elif kind == "partial":
        marks[spot] = None
    elif kind == "beside":
        marks[spot] = ABSTAINED
    elif kind == "range":
        marks[spot] = rng.choice(["101", "100.01", "-1", "850"])
    else:
        second = rng.choice([list(marks), [None] * 5, [*marks[:4], None], [*marks[:4], "60"]])
        return [proper, proper | {"分": second}]
    return [proper | {"分": marks}]


def copied_ballots(ballots: list[Ballot], source: str, target: str) -> list[Ballot]:
    """The ballots on one 科室 given to another too, each of the two voting on the other as it was voted on."""
    numbers = {b["测评人科室"]: b["票号"] for b in ballots if b["测评主体"] == GROUPS[1]}
    swapped = {source: target, target: source}
    kept = [b for b in ballots if b["被评科室"] != target]
    for given in [b for b in kept if b["被评科室"] == source]:
        copy = given | {"被评科室": target, "分": list(given["分"])}
        voter = given["测评人科室"]
        if voter in swapped:
            copy["测评人科室"] = swapped[voter]
            if given["测评主体"] == GROUPS[1]:
                copy["票号"] = numbers.get(swapped[voter], given["票号"])
        kept.append(copy)
    return kept
