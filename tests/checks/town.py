"""A small town of five 科室 whose year is complete and right; every figure below is worked by hand from the plan.

综合办 82.5 82.5 82.5 97.5 → 业绩 33 + 58.5 = 91.50 · 履职 84.50 · +2      → 64.05 + 25.35 + 2   = 91.40, 2nd
党建办 84 94.5 105 94.5    → 业绩 37.8 + 56.7 = 94.50 · 履职 84.50 · +3 −.5 → 66.15 + 25.35 + 2.5 = 94.00, 1st
民政办 100 100 100 90      → 业绩 40 + 54    = 94.00 · 履职 84.50 · −3      → 65.80 + 25.35 − 3   = 88.15, 4th
财政所 54 54 54 63         → 业绩 21.6 + 37.8 = 59.40 · 履职 55.50 · −3     → 41.58 + 16.65 − 3   = 55.23, last
农业办 95 85 90 90         → 业绩 36 + 54    = 90.00 · 履职 84.50 · +2.5    → 63.00 + 25.35 + 2.5 = 90.85, 3rd
"""

from typing import Any

NAMES = ("综合办", "党建办", "民政办", "财政所", "农业办")
DIMENSIONS = 5
FIGURES = (
    *("一季度得分", "二季度得分", "三季度得分", "四季度得分", "业绩评价得分"),
    *("班子成员评价", "部门负责人评价", "村“一肩挑”评价", "履职评价得分"),
    *("加分", "减分", "加减得分", "考核得分"),
)
_REVIEW = (85.0, 90.0, 75.0, 84.5)
EXPECTED = {
    "综合办": (82.5, 82.5, 82.5, 97.5, 91.5, *_REVIEW, 2.0, 0.0, 2.0, 91.4),
    "党建办": (84.0, 94.5, 105.0, 94.5, 94.5, *_REVIEW, 3.0, 0.5, 2.5, 94.0),
    "民政办": (100.0, 100.0, 100.0, 90.0, 94.0, *_REVIEW, 0.0, 3.0, -3.0, 88.15),
    "财政所": (54.0, 54.0, 54.0, 63.0, 59.4, 55.0, 60.0, 50.0, 55.5, 0.0, 3.0, -3.0, 55.23),
    "农业办": (95.0, 85.0, 90.0, 90.0, 90.0, *_REVIEW, 2.5, 0.0, 2.5, 90.85),
}
PLACES = {
    "党建办": (1, "优秀"),
    "综合办": (2, "优秀"),
    "农业办": (3, "良好"),
    "民政办": (4, "良好"),
    "财政所": (5, "较差"),
}


def town() -> dict[str, Any]:
    """The valid year; entries start in row 4 of each sheet."""
    return {
        "参数": {"年度": 2024, "单位名称": "云溪镇"},
        "科室": [
            {"科室": name, "评价系数": value, "负责人": f"{name}长", "分管领导": f"分管{name}"}
            for name, value in zip(NAMES, ("1", "1.05", "1", "0.9", "1"), strict=True)
        ],
        "任务台账": [
            _task("综合办", "办文", "1", "0.9", "0.9", "0.9", "0.9"),  # row 4
            _task("综合办", "督查", "3", "0.8", "0.8", "0.8", "1"),  # row 5
            _task("党建办", "党建", "1", "0.8", "0.9", "1", "0.9"),  # row 6
            _task("民政办", "救助", "1", "1", "1", "1", "0.9"),  # row 7
            _task("财政所", "预算", "2", "0.5", "0.5", "0.5", "0.5"),  # row 8
            _task("财政所", "决算", "2", "0.7", "0.7", "0.7", "0.9"),  # row 9
            _task("农业办", "春耕", "1", "0.95", "0.85", "0.9", "0.8"),  # row 10
            _task("农业办", "冬修", "1", "/", "/", "/", "1"),  # row 11
        ],
        "履职测评": _ballots(),
        "加减分": [
            _entry("党建办", "表彰", "市级", matter="SX1"),  # row 4: +3
            _entry("党建办", "表彰", "县级", matter="SX1"),  # row 5: the same work, nothing
            _entry("综合办", "信息采用"),  # row 6: +2
            _entry("财政所", "通报批评", "县委、县政府"),  # row 7: −2
            _entry("农业办", "典型推广", "县级", points="2.5"),  # row 8: +2.5
            _entry("民政办", "媒体曝光"),  # row 9: −3
        ],
        "考勤": [
            {"科室": name, "应出勤天数": 250, "实出勤天数": 240, "酌情扣分": points}
            for name, points in zip(NAMES, (None, "0.5", "0", "1", None), strict=True)
        ],
        "历年结果": [
            {"年度": 2023, "科室": name, "考核得分": 95 - place, "名次": place, "等次": "良好"}
            for name, place in zip(NAMES, (2, 1, 5, 4, 3), strict=True)
        ],
    }


def _task(name: str, task: str, weight: str, *rates: str) -> dict[str, Any]:
    return {"科室": name, "任务": task, "任务权重": weight, "完成率": list(rates)}


def _ballots() -> list[dict[str, Any]]:
    """Six ballots for each 科室, in rows 4–9, 10–15, 16–21, 22–27, 28–33: 班子 1, 2; 部门 of two others; 村 1, 2."""
    rows = []
    for index, name in enumerate(NAMES):
        marks = ("50", "60", "60", "60", "50", "50") if name == "财政所" else ("90", "80", "80", "优秀", "良好", "70")
        heads = [(index + 1) % 5, (index + 2) % 5]
        voters: list[tuple[int, str, str | None]] = [(1, "班子成员", None), (2, "班子成员", None)]
        voters += [(head + 1, "部门负责人", NAMES[head]) for head in heads]
        voters += [(1, "村“一肩挑”", None), (2, "村“一肩挑”", None)]
        rows += [
            {"票号": number, "测评主体": group, "测评人科室": own, "被评科室": name, "分": [mark] * DIMENSIONS}
            for (number, group, own), mark in zip(voters, marks, strict=True)
        ]
    return rows


def _entry(
    name: str, category: str, level: str | None = None, points: str | None = None, matter: str | None = None
) -> dict[str, Any]:
    row = {"科室": name, "类别": category, "事项": f"{name}{category}{level or ''}", "同一事项编号": matter}
    return row | {"级别": level, "分值": points, "日期": "2024-05-01", "认定依据": "云发〔2024〕1号"}
