"""Makes 履职测评.csv of the example: `python addin/build/example/make_ballots.py`.

The CSV is committed and is what the build reads; this only documents where its 420 lines come from. Same seed, same
lines.
"""

import csv
import random
from pathlib import Path

SEED = 2024
HEADERS = ("票号", "测评主体", "测评人科室", "被评科室", "工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律")

# How well a 科室 is thought of; the raters scatter around it.
STANDING = {
    "综合办": 88,
    "党建办": 91,
    "民政办": 90,
    "卫计办": 78,
    "安监办": 89,
    "企业办": 86,
    "城建办": 83,
    "农业办": 89,
    "综治办": 88,
    "财政所": 86,
    "退役军人服务站": 84,
    "纪委监委": 87,
}
# Group, first ballot number, number of raters, raters who write words instead of points.
GROUPS = (("班子成员", 1, 9, {4}), ("部门负责人", 101, 12, {105, 109}), ("村“一肩挑”", 201, 15, {203, 208, 214}))
# How many of the five cells say 弃权.
ABSTENTIONS = {(7, "纪委监委"): 1, (206, "纪委监委"): 1, (206, "财政所"): 1, (211, "退役军人服务站"): 5}


def mark(rng: random.Random, level: float, in_words: bool) -> str:
    """One dimension: points between 60 and 100, or the word for them."""
    points = min(100, max(60, round(rng.gauss(level, 2.5))))
    if not in_words:
        return str(points)
    return "优秀" if points >= 90 else "良好" if points >= 78 else "一般"


def ballots() -> list[tuple[str, ...]]:
    """Every line of the sheet: nobody scores the own 科室."""
    rng = random.Random(SEED)  # noqa: S311 - made-up marks, no secret
    departments = list(STANDING)
    lines = []
    for group, first, count, wordy in GROUPS:
        for number in range(first, first + count):
            own = departments[number - first] if group == "部门负责人" else ""
            mood = rng.uniform(-2.5, 2.5)
            for department, standing in STANDING.items():
                marks = [mark(rng, standing + mood, number in wordy) for _ in range(5)]
                if (number, department) in ABSTENTIONS:
                    said = ABSTENTIONS[number, department]
                    marks = ["弃权"] * said + [""] * (5 - said)
                if department != own:
                    lines.append((f"{number:03d}", group, own, department, *marks))
    return lines


def main() -> None:
    """Write the CSV beside this file."""
    path = Path(__file__).with_name("履职测评.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADERS)
        writer.writerows(ballots())


if __name__ == "__main__":
    main()
