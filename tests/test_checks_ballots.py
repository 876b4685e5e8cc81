"""履职测评: every way a ballot can be wrong, where it is said, and what the group's mean is then (R4, R5)."""

import pytest

from tests.checks.plant import ERROR, HINT, WARNING, Found, General, Plant, expect, lost, planted, scored
from tests.checks.town import NAMES

S = "履职测评"
MARKS = "EFGHI"


def leaders(mean: float, review: float, total: float):
    return {"综合办": {"班子成员评价": mean, "履职评价得分": review, "考核得分": total}}


def heads(mean: float, review: float, total: float):
    return {"综合办": {"部门负责人评价": mean, "履职评价得分": review, "考核得分": total}}


def villages(mean: float, review: float, total: float):
    return {"综合办": {"村“一肩挑”评价": mean, "履职评价得分": review, "考核得分": total}}


# One of the two ballots of a group is void; 64.05 + 2 = 66.05 stands.
NO_4 = leaders(80.0, 82.0, 90.65)  # row 4 (90) is void: 40 + 27 + 15
NO_6 = heads(100.0, 87.5, 92.3)  # row 6 (80) is void: 42.5 + 30 + 15
NO_8 = villages(70.0, 83.5, 91.1)  # row 8 (80) is void: 42.5 + 27 + 14


def marks(row: int, values) -> dict[str, object]:
    return {f"{S}!{column}{row}": value for column, value in zip(MARKS, values, strict=True)}


def ballot(row: int, number, group, own, name, value) -> dict[str, object]:
    cells = dict(zip("ABCD", (number, group, own, name), strict=True))
    return {f"{S}!{column}{row}": cell for column, cell in cells.items()} | marks(row, [value] * 5)


IDENTITY = [
    Plant("unknown-被评科室", {f"{S}!D4": "文化站"}, (Found(ERROR, S, "D4", ("文化站", "作废")),), NO_4),
    Plant("no-被评科室", {f"{S}!D4": None}, (Found(ERROR, S, "D4", "被评科室"),), NO_4),
    Plant("unknown-测评主体", {f"{S}!B4": "群众代表"}, (Found(ERROR, S, "B4", ("群众代表", "班子成员")),), NO_4),
    Plant("no-测评主体", {f"{S}!B4": None}, (Found(ERROR, S, "B4", "测评主体"),), NO_4),
    Plant("no-票号", {f"{S}!A4": None}, (Found(ERROR, S, "A4", "票号"),), NO_4),
    Plant("unknown-测评人科室-of-a-head", {f"{S}!C6": "文化站"}, (Found(ERROR, S, "C6", "文化站"),), NO_6),
    Plant("no-测评人科室-of-a-head", {f"{S}!C6": None}, (Found(WARNING, S, "C6", "测评人科室"),)),
    Plant("测评人科室-of-a-leader-elsewhere", {f"{S}!C4": "县委办"}, (Found(HINT, S, "C4", "县委办"),)),
    Plant("other-科室-of-a-leader", {f"{S}!C4": "党建办"}),
    Plant(
        "own-科室-in-班子成员",
        {f"{S}!C4": "综合办"},
        (Found(WARNING, S, "C4", ("班子成员有 1 张", "第 4 行", "作废")),),
        NO_4,
    ),
    Plant(
        "own-科室-in-部门负责人",
        {f"{S}!C6": "综合办"},
        (Found(WARNING, S, "C6", ("部门负责人有 1 张", "不用改")),),
        NO_6,
    ),
    Plant("own-科室-in-村", {f"{S}!C8": "综合办"}, (Found(WARNING, S, "C8", ("1 张", "作废")),), NO_8),
    Plant(
        "own-科室-by-former-name", {"科室!E4": "党政办", f"{S}!C6": "党政办"}, (Found(WARNING, S, "C6", "作废"),), NO_6
    ),
    Plant("own-科室-with-blanks", {f"{S}!C6": "综合 办"}, (Found(WARNING, S, "C6", "作废"),), NO_6),
    *(
        Plant(f"group-written-{group}", {f"{S}!B8": group})
        for group in (
            "村书记",
            "村一肩挑",
            '村"一肩挑"',
            "村「一肩挑」",
            "村‘一肩挑’",
            "村'一肩挑'",
            "村＂一肩挑＂",
            "村 “一肩挑” ",
            "村『一肩挑』",
        )
    ),
    *(Plant(f"group-written-{group}", {f"{S}!B6": group}) for group in ("科室负责人", " 部门负责人", "部门 负责人")),
]

WORDS = [
    *(Plant(f"80-as-{word}", marks(5, [word] * 5)) for word in ("良好", "良", "B", "b", "Ｂ", "80", "８０", " 80 ")),
    *(Plant(f"100-as-{word}", marks(7, [word] * 5)) for word in ("优秀", "优", "A", "100", "１００")),
    *(Plant(f"60-as-{word}", marks(24, [word] * 5)) for word in ("一般", "中", "C", 60)),
    *(
        Plant(
            f"40-as-{word}",
            marks(26, [word] * 5),  # 村 45: 27.5 + 18 + 9 = 54.5; 41.58 + 16.35 − 3
            (),
            {"财政所": {"村“一肩挑”评价": 45.0, "履职评价得分": 54.5, "考核得分": 54.93}},
        )
        for word in ("较差", "差", "D", 40)
    ),
    Plant("mixed-words-and-numbers", marks(4, ["优秀", 90, "８０", "良", "100"])),
    Plant("a-sum-of-100-in-doubles", marks(7, [100.00000000000001, 100, 100, 100, 100])),
    Plant(
        "0-and-100-are-in-range",
        marks(4, [0, 100, 100, "１００", "100"]),
        (Found(HINT, S, "E4", ("工作业绩 0", "中间水平")),),
        NO_4,
    ),
    *(
        Plant(f"not-a-mark-{value}", {f"{S}!F4": value}, (Found(ERROR, S, "F4", (value, "作废")),), NO_4)
        for value in ("很好", "E", "优+", "90分", "合格", "√")
    ),
    *(
        Plant(f"out-of-range-{value}", {f"{S}!F4": value}, (Found(ERROR, S, "F4", ("0 到 100", "作废")),), NO_4)
        for value in (101, -1, 100.5, "120", "－１", 1000)
    ),
    Plant("mark-error-cell", {f"{S}!F4": "#N/A"}, (Found(ERROR, S, "F4", "#N/A"),), NO_4),
    Plant("mark-uncalculated", {f"{S}!F4": "=80+10"}, (Found(ERROR, S, "F4", "公式"),), NO_4),
    Plant(
        "mark-is-never-a-percentage",
        {f"{S}!F4": General(0.9)},
        (Found(HINT, S, "F4", ("0.9", "是不是想填 90")),),
        leaders(76.09, 80.05, 90.07),
    ),
]  # the last: (90 × 4 + .9) ÷ 5 = 72.18, with 80: 76.09; 38.045 + 42 = 80.045; 66.05 + 24.015 = 90.065


ABSTENTIONS = [
    Plant("all-empty", marks(4, [None] * 5), (Found(HINT, S, "E4", ("班子成员", "弃权")),), NO_4),
    Plant("all-弃权", marks(4, ["弃权"] * 5), (Found(HINT, S, "E4", "弃权"),), NO_4),
    Plant("one-弃权-rest-empty", marks(4, [None, "弃权", None, None, None]), (Found(HINT, S, "E4", "弃权"),), NO_4),
    Plant("partly-empty", {f"{S}!G4": None}, (Found(ERROR, S, "G4", ("没有填全", "作废")),), NO_4),
    Plant("only-one-filled", marks(4, [90, None, None, None, None]), (Found(ERROR, S, "F4", "没有填全"),), NO_4),
    Plant("弃权-beside-marks", {f"{S}!G4": "弃权"}, (Found(ERROR, S, "G4", "作废"),), NO_4),
]

REPEATS = [
    Plant(
        "twice",
        ballot(34, 1, "班子成员", None, "综合办", 70),
        (Found(ERROR, S, "A4", ("综合办", "（共 2 处：A4、A34）")),),
        NO_4,
    ),
    Plant(
        "twice-the-very-same",
        ballot(34, 1, "班子成员", None, "综合办", 90),
        (Found(ERROR, S, "A4", "都作废"),),
        NO_4,
    ),
    Plant(
        "abstention-and-full",
        ballot(34, 1, "班子成员", None, "综合办", None),
        (Found(ERROR, S, "A4", "都作废"),),
        NO_4,
    ),
    Plant(
        "three-times",
        ballot(34, 1, "班子成员", None, "综合办", 70) | ballot(35, 1, "班子成员", None, "综合办", 60),
        (Found(ERROR, S, "A4", ("都作废", "（共 3 处：A4、A34:A35）")),),
        NO_4,
    ),
    Plant(
        "number-as-text",
        ballot(34, "１", "班子成员", None, "综合办", 70),
        (Found(ERROR, S, "A4", "都作废"),),
        NO_4,
    ),
    Plant(
        "group-by-its-alias",
        ballot(34, 1, "村书记", None, "综合办", 70),
        (Found(ERROR, S, "A8", "都作废"),),
        NO_8,
    ),
    Plant(
        "科室-by-its-former-name",
        {"科室!E4": "党政办"} | ballot(34, 1, "班子成员", None, "党政办", 70),
        (Found(ERROR, S, "A4", "都作废"),),
        NO_4,
    ),
    Plant(
        "same-number-of-another-group-is-another-ballot",
        ballot(34, 9, "班子成员", None, "综合办", 85) | ballot(35, 9, "村书记", None, "综合办", 75),
        (Found(WARNING, S, "A34", "9 号票没有评"), Found(WARNING, S, "A35", "9 号票没有评")),
    ),
    Plant(
        "01-is-not-1",
        ballot(34, "01", "班子成员", None, "综合办", 85),
        (Found(WARNING, S, "A34", "01 号票没有评党建办、民政办、财政所、农业办"),),
    ),
]

NONE_LEFT = lost("综合办", "村“一肩挑”评价", "履职评价得分")
NOT_ENOUGH = ("综合办", "村“一肩挑”", "0 张")
SHORT = Found(ERROR, S, "D8", NOT_ENOUGH)

GROUPS = [
    Plant(
        "a-group-without-ballots",
        {f"{S}!{column}{row}": None for row in (8, 9) for column in "ABCD" + MARKS},
        (Found(ERROR, S, "D4", NOT_ENOUGH),),
        NONE_LEFT,
    ),
    Plant(
        "a-group-of-abstentions",
        marks(8, ["弃权"] * 5) | marks(9, [None] * 5),
        (SHORT, Found(HINT, S, "E8", ("2 张", "弃权"))),
        NONE_LEFT,
    ),
    Plant(
        "a-group-of-void-ballots",
        {f"{S}!E8": 101, f"{S}!E9": 101},
        (SHORT, Found(ERROR, S, "E8", "101"), Found(ERROR, S, "E9", "101")),
        NONE_LEFT,
    ),
    Plant(
        "no-ballots-at-all-yet",
        {f"{S}!{column}{row}": None for row in range(4, 34) for column in "ABCD" + MARKS},
        (Found(HINT, S, "A3", "暂不计算"),),
        {name: lost(name, "班子成员评价", "部门负责人评价", "村“一肩挑”评价", "履职评价得分")[name] for name in NAMES},
    ),
]


@pytest.mark.parametrize("plant", IDENTITY, ids=lambda plant: plant.name)
def test_whose_ballot_it_is(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", WORDS, ids=lambda plant: plant.name)
def test_marks_and_words(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", ABSTENTIONS, ids=lambda plant: plant.name)
def test_abstentions_and_partly_filled_ballots(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", REPEATS, ids=lambda plant: plant.name)
def test_a_ballot_entered_twice_is_void_both_times(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("plant", GROUPS, ids=lambda plant: plant.name)
def test_a_group_without_a_valid_ballot_costs_the_annual_score(plant, tmp_path):
    expect(plant, tmp_path)


def test_a_mark_meant_as_percent_spoils_no_other_row(tmp_path):
    """Between two ballots of 0.9 in a column shown as percentages stand a mark and a word: they count as typed."""

    def edit(book):
        for row, value in ((4, 0.9), (5, 89), (6, "优秀"), (7, 0.85)):
            book["履职测评"][f"E{row}"].value = value
            book["履职测评"][f"E{row}"].number_format = "0%"

    lines = scored(planted(tmp_path / "town.xlsm", edit))["校验"]
    (told,) = (line for line in lines if line["代码"] == "B17")
    assert told["单元格"] == "E4"
    assert "90、85%，这张票作废（共 2 处：E4、E7）" in told["问题"]
    assert not [line for line in lines if line["单元格"] in {"E5", "E6"}]
