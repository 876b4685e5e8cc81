"""R13: who is put forward first and who is called in, from 科室 alone (no 人员: the staff have no names)."""

from typing import Any

from .places import grade_by_place, lowest, places, ranking_key

FORWARD, STAFF, LEADERS_BARRED, HEADS_BARRED = "分管领导优先", "科级及以下优先", "分管领导约谈", "负责人约谈"


def follow_up(year: dict[str, Any], results: list[dict[str, Any]], settings: dict[str, Any]) -> list[dict[str, Any]]:
    """R13: the first places' lines, then the last's; none while there are no places.

    Whoever has a lower grade than the place gives is 较差 or held down by 等次封顶, and never put forward.

    `held` are those the bar keeps from being put forward.
    """
    if not results or any(result["名次"] is None for result in results):
        return []
    own = {row["科室"]: (named(row.get("分管领导")), named(row.get("负责人"))) for row in year["科室"]}
    last = lowest({result["科室"]: result["考核得分"] for result in results})
    barred = {person for name in last for group in own[name] for person in group}
    place = dict(zip(own, places([ranking_key(result, settings) for result in by_row(results, own)]), strict=True))
    grade = {result["科室"]: result["等次"] for result in results}
    printed = {result["科室"]: result["名次"] for result in results}
    ordered = sorted(own, key=place.__getitem__)
    lines = []
    for name in ordered:
        leaders, heads = own[name]
        held = grade[name] != grade_by_place(place[name], len(own), settings)
        if place[name] <= settings["优先评优名次"] and name not in last and not held:
            lines += [
                line(name, FORWARD, [person for person in leaders if person not in barred], leaders, barred),
                line(name, STAFF, None, [person for person in heads if person not in leaders], barred),
            ]
    for name in ordered:
        leaders, heads = own[name]
        if name in last:
            lines += [
                line(name, LEADERS_BARRED, leaders, [], barred),
                line(name, HEADS_BARRED, [person for person in heads if person not in leaders], [], barred),
            ]
    return [item | {"名次": printed[item["科室"]]} for item in lines]


def line(name: str, matter: str, people: list[str] | None, asked: list[str], barred: set[str]) -> dict[str, Any]:
    """One line of 结果运用."""
    return {"科室": name, "事项": matter, "人员": people, "held": [person for person in asked if person in barred]}


def by_row(results: list[dict[str, Any]], own: dict[str, Any]) -> list[dict[str, Any]]:
    """The results in the order of 科室."""
    found = {result["科室"]: result for result in results}
    return [found[name] for name in own]


def named(cell: str | None) -> list[str]:
    """The people a cell names; 空缺 names nobody."""
    return [person for person in (cell or "").split("、") if person not in ("", "空缺")]
