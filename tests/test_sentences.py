"""The sentences staff read in 校验结果, whole: years with many faults at once, beside texts that a reader has approved.

After a wanted change of wording: `python -m tests.test_sentences` writes the texts anew; read what changed.
"""

from datetime import date
from pathlib import Path
from tempfile import mkdtemp

import pytest

from jixiao.engines.file import open_book
from jixiao.explain.whole import explain
from jixiao.rules.appraisal import appraise
from jixiao.rules.inputs import Inputs
from jixiao.rules.model import Appraisal
from jixiao.sheets.checked import check_entries
from jixiao.sheets.followup import FOLLOWUP_SHEETS
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.outputs import OUTPUT_SHEETS
from jixiao.sheets.read import read_entries
from tests.checks.plant import General, planted, scored
from tests.checks.town import NAMES
from tests.test_followup import everybody
from tests.test_settings import settings

APPROVED = Path(__file__).parent / "checks" / "sentences"
T, B, P, H = "任务台账", "履职测评", "加减分", "历年结果"


def lines(sheet: str, columns: str, first: int, *rows: tuple[object, ...]) -> dict[str, object]:
    return {
        f"{sheet}!{column}{number}": cell
        for number, row in enumerate(rows, first)
        for column, cell in zip(columns, row, strict=True)
    }


def marks(value: object, *rows: int) -> dict[str, object]:
    return {f"{B}!{column}{row}": value for row in rows for column in "EFGHI"}


def ballots(first: int, *rows: tuple[object, ...]) -> dict[str, object]:
    """票号, 测评主体, 测评人科室, 被评科室 and one mark for all five."""
    return lines(B, "ABCDEFGHI", first, *((*row, *row[-1:] * 4) for row in rows))


def points(first: int, *rows: tuple[object, ...]) -> dict[str, object]:
    """科室, 类别, 事项, 编号, 级别, 分值, 日期, 认定依据, 发文单位, 计分比例."""
    return lines(P, "ABCDEFGHIK", first, *rows)


def history(year: int, first: int, *places: object) -> dict[str, object]:
    """年度, 科室, 考核得分 and 名次 of each 科室; a pair is score and place."""
    pairs = (place if isinstance(place, tuple) else (None, place) for place in places)
    return lines(H, "ABCD", first, *((year, name, *pair) for name, pair in zip(NAMES, pairs, strict=False)))


COLUMNS = {
    sheet.key: {column.key for column in sheet.columns} for sheet in (*INPUT_SHEETS, *FOLLOWUP_SHEETS, *OUTPUT_SHEETS)
}
POINTS, QUARTERS = ("·", "加分", "减分", "等次"), ("季度得分", "业绩评价得分")
EXPLAINED = {"加减分": POINTS, "封顶": POINTS, "停用": POINTS} | dict.fromkeys(
    ("任务台账", "前三季度", "还没有填", "季度得分上限"), QUARTERS
)
WHOLE_SHEETS = {"T15", "B12"}  # not begun
DAY, ORDER = date(2024, 6, 1), "会议纪要3号"
YEARS = {
    "任务台账": {
        "科室!A9": "文化站",
        "科室!B9": 1,
        f"{T}!E4": None,
        **dict.fromkeys((f"{T}!D6", f"{T}!E6", f"{T}!G6", f"{T}!D7", f"{T}!E7", f"{T}!F7"), "/"),
        f"{T}!L4": "安全生产",
        f"{T}!L5": "文旅融合",
        f"{T}!K8": "上级交办",
        f"{T}!K9": "上级交办",
    }
    | lines(T, "DEFG", 8, (1, 1, 1, 1), (1, "/", 1, 1), (0.25, 0.5, 0.75, 1)),
    "前三季度": {f"{T}!{column}{row}": None for column in "FG" for row in range(4, 12)}
    | {f"{T}!D5": None, f"{T}!G11": "/"},
    "季度得分上限": settings(季度得分上限=84),
    "没有安排任务": lines(T, "DEFG", 6, ("/", "/", "/", 1)) | settings(无任务季度="暂不计分") | {f"{T}!E7": "/"},
    "年终完成率": settings(第四季度取数="年终完成率") | {f"{T}!H4": 0.9, f"{T}!H6": "/"},
    "年终还没有填": settings(第四季度取数="年终完成率"),
    "还没有填": {f"{T}!{column}{row}": None for column in "ABCDEFG" for row in range(4, 12)}
    | marks(None, *range(4, 34))
    | {f"{H}!{column}{row}": None for column in "ABCDE" for row in range(4, 9)}
    | settings(连续末位年数=1),
    "不认识的科室": {f"{T}!{column}{row}": None for column in "ABCDEFG" for row in range(5, 12)}
    | {f"{B}!{column}{row}": None for column in "ABCDEFGHI" for row in range(5, 34)}
    | {f"{T}!A4": "文化站", f"{B}!D4": "文化站"},
    "离谱的数": {"科室!B4": 105, "科室!B5": 3, f"{T}!C5": 10, f"{B}!F4": 9.5, f"{B}!I4": 8}
    | settings(单位名称=None)
    | {f"{P}!E9": "县级"},
    "十分制": marks(9, *range(4, 28)),
    "写错的科室": {"科室!A6": "民政半", f"{T}!A4": "综和办", f"{B}!D5": "宗合办", f"{B}!B6": None, f"{B}!D7": None}
    | points(10, ("党建", "信息采用", "一", None, None, None, DAY, ORDER, None, None))
    | points(11, ("综合办", None, "二", None, None, None, DAY, ORDER, None, None))
    | points(12, ("综合办", "表彰", "三", None, None, None, DAY, ORDER, None, None))
    | {f"{H}!A9": 2023, f"{H}!B10": "综合办"}
    | {"节假日!A4": "2024-4-8", "节假日!B5": "放假", "考勤!B4": "很多"},
    "履职测评": settings(部门负责人应测人数=19, 班子成员应测人数=1)
    | marks(None, 4, 5, 10)
    | {
        f"{B}!F6": None,
        f"{B}!G6": General(0),
        f"{B}!H6": General(0.5),
        f"{B}!E8": General(101),
        f"{B}!I8": General(-1),
        f"{B}!C7": "综合办",
    }
    | ballots(
        34,
        ("1", "班子成员", None, "农业办", 70),
        ("1", "班子成员", None, "农业办", 60),
        *((str(number), "村“一肩挑”", None, "综合办", None) for number in range(11, 22)),
        *((str(number), "部门负责人", None, "综合办", None) for number in range(11, 21)),
    ),
    "履职测评折算": settings(缺项处理="按其余权重折算", 最少票数=2)
    | {f"{B}!{column}{row}": None for column in "ABCDEFGHI" for row in (4, 5, 10)},
    "最少票数": settings(最少票数=3),
    "面子分": marks(100, 8, 14, 20, 26, 32)
    | marks(80, 23)
    | ballots(
        34,
        *(
            (str(number), "班子成员", None, name, mark)
            for number, mark in ((3, 60), (4, 100), (5, 70), (6, 72))
            for name in NAMES[:4]
        ),
    ),
    "加减分": points(
        10,
        ("综合办", "拾金不昧", "好人", None, None, 1, DAY, ORDER, None, None),
        ("党建办", "表彰", "先进", None, "乡级", None, DAY, ORDER, None, None),
        ("综合办", "典型推广", "一", None, "市级", None, DAY, ORDER, None, None),
        ("综合办", "典型推广", "二", None, "市级", "很多", DAY, ORDER, None, None),
        ("综合办", "典型推广", "三", None, "市级", 7.5, DAY, ORDER, None, None),
        ("综合办", "突出贡献", "四", None, None, 0, DAY, ORDER, None, None),
        ("综合办", "信息采用", "五", None, None, None, DAY, None, None, None),
        ("综合办", "招商项目", "六", None, None, None, date(2023, 6, 1), ORDER, None, None),
        ("综合办", "信息采用", "七", None, None, None, date(2023, 6, 1), ORDER, None, None),
        ("综合办", "信息采用", "八", None, None, None, None, ORDER, None, None),
        ("综合办", "信息采用", "九", None, None, None, "去年", ORDER, None, None),
        ("综合办", "招商项目", "十", None, None, None, "去年", ORDER, None, None),
        ("综合办", "信息采用", "快讯", None, None, None, DAY, ORDER, None, None),
        ("综合办", "信息采用", "快讯", None, None, None, DAY, ORDER, None, 0),
        ("综合办", "信息采用", "快讯", None, None, None, DAY, ORDER, None, 1),
        ("党建办", "信息采用", None, None, None, None, DAY, ORDER, None, None),
        ("党建办", "信息采用", None, None, None, None, DAY, ORDER, None, None),
        ("农业办", "信息采用", "报道", None, None, 3, DAY, ORDER, None, None),
        ("农业办", "信息采用", "报道", None, None, None, DAY, ORDER, None, 1.5),
        ("农业办", "信息采用", "简报", None, None, None, DAY, ORDER, None, "一半"),
        ("民政办", "廉政违纪", "查处", "K7", None, 1, DAY, ORDER, None, None),
        ("民政办", "安全生产事故", "查处", "K7", None, 1, DAY, ORDER, None, None),
        ("民政办", "重大工作失误", "查处", "K7", None, 1, DAY, ORDER, None, None),
        ("民政办", "重大工作失误", "延误", None, None, 1, DAY, ORDER, None, None),
        ("财政所", "招商项目", "引进农产品冷链物流项目已开工", "K1", None, None, DAY, ORDER, None, None),
        ("财政所", "招商项目", "引进农产品冷链物流项目已开工", None, None, None, DAY, ORDER, None, None),
        ("财政所", "招商项目", "引进农产品冷链物流项目并已开工", "K2", None, None, DAY, ORDER, None, None),
        ("党建办", "招商项目", "引进服装加工电子商务项目落户", None, None, None, DAY, ORDER, None, None),
        ("党建办", "招商项目", "引进服装加工电子商务项目已落户", None, None, None, DAY, ORDER, None, None),
        ("财政所", "表彰", "先进单位", "K3", "国家级", None, DAY, ORDER, "云川县人民政府", None),
        ("财政所", "表彰", "先进单位", "K3", "县级", None, DAY, ORDER, None, None),
    ),
    "封顶": {"加减分标准!K11": "良好", "加减分标准!K4": "一般", "加减分标准!I11": 3, "加减分标准!J4": "100%,50%"}
    | settings(加分上限=8)
    | points(
        10,
        ("综合办", "信息采用", "一", None, None, None, DAY, ORDER, None, None),
        ("党建办", "招商项目", "二", None, None, None, DAY, ORDER, None, None),
        ("党建办", "招商项目", "三", None, None, None, DAY, ORDER, None, "50%"),
    ),
    "停用": {"加减分标准!L4": "否", "加减分标准!L7": "否"}
    | lines("加减分标准", "ABCDE", 21, ("竞赛获奖", "加", "省级", "固定", 4))
    | points(
        10,
        ("综合办", "招商项目", "一", None, None, None, DAY, ORDER, None, None),
        ("综合办", "表彰", "二", None, "县级", None, DAY, ORDER, None, None),
        ("综合办", "表彰", "三", None, "乡级", None, DAY, ORDER, None, None),
        ("党建办", "竞赛获奖", "四", None, "市级", None, DAY, ORDER, None, None),
    ),
    "历年结果": settings(连续末位年数=7)
    | history(2023, 4, (90, 1), (80, 2), (85, 3), (84, 4), (83, 5))
    | history(2022, 9, 1, 2, 3)
    | history(2021, 12, 1, 2, None, 4, 5)
    | history(2020, 17, 1, 2, 3, 4, 5)
    | {f"{H}!B21": "财政所"}
    | history(2019, 22, 1, 2, 3, 4, 5)
    | lines(H, "AB", 27, (2019, "老科室")),
    "历年结果部分名次": settings(连续末位年数=2) | history(2023, 4, (90, 1), (80, None), (None, 3), (84, 4), (83, 5)),
    "历年结果写错名": settings(连续末位年数=3)
    | history(2023, 4, 1, 2, 3, 4, 5)
    | {f"{H}!B6": "民政版", f"{H}!B7": "安监"}
    | history(2022, 9, 1, 2, 3, 4, 5)
    | lines(H, "ABCD", 14, (2022, "撤销的科室", None, 6)),
    "并列": {"加减分!F8": 3.05, "加减分!B9": "廉政违纪", "加减分!F9": 35.92}
    | history(2023, 4, 1, 2, 3, 4, 5)
    | settings(并列名次="连号", 较差分数线=50),
    "并列又较差": {"加减分!F8": 3.05, "加减分!B9": "廉政违纪", "加减分!F9": 35.92}
    | history(2023, 4, 1, 2, 3, 4, 5)
    | settings(较差分数线=90),
    "人员": everybody(
        ("分管财政所", "党建办", "副镇长", "处级", None),
        (" 财政所 长", "农业办", None, "股级", None),
        ("李四", "综合办", None, "处级", None),
    )
    | {"科室!D4": "王五、赵六", "科室!C7": "孙六"},
    "没有人名": {f"科室!{column}{row}": None for column in "CD" for row in range(4, 9)}
    | {"人员!A4": "某人", "人员!B4": "民政办", "人员!D4": "科员"}
    | settings(优先评优名次=5),
    "公示": {"公示!A4": "一季度排名", "公示!A5": "二季度排名", "公示!B5": "2099-1-8"},
}


def said(name: str, folder: Path) -> str:
    answer = scored(planted(folder / "town.xlsm", YEARS[name]))
    order = ("类型", "代码", "工作表", "单元格", "问题", "建议")
    told = [" ".join(str(line[header] or "—") for header in order[:4]) for line in answer["校验"]]
    texts = [f"    {line['问题']}。{line['建议']}。" for line in answer["校验"]]
    return "\n".join(f"{where}\n{text}" for where, text in zip(told, texts, strict=True)) + "\n"


def appraised(name: str, folder: Path) -> tuple[Inputs, Appraisal]:
    with open_book(planted(folder / "town.xlsm", YEARS[name])) as book:
        checked = check_entries(read_entries(book))
    assert checked.inputs is not None
    assert checked.policy is not None
    return checked.inputs, appraise(checked.inputs, checked.policy)


def explained(name: str, folder: Path) -> str:
    """得分说明, the lines this year is about."""
    inputs, appraisal = appraised(name, folder)
    steps = (step for steps in explain(appraisal.results, inputs, appraisal) for step in steps)
    return "\n".join(
        f"{step.department} {step.figure}（{step.clause}）\n    {step.formula or '—'}\n    {step.excluded or '—'}"
        for step in steps
        if any(part in step.figure for part in EXPLAINED[name])
    )


def texts_of(name: str, folder: Path) -> dict[str, str]:
    texts = {name: said(name, folder)}
    return texts | {f"{name}·得分说明": explained(name, folder) + "\n"} if name in EXPLAINED else texts


@pytest.mark.parametrize("name", YEARS)
def test_what_is_said_is_what_was_approved(name, tmp_path):
    for title, text in texts_of(name, tmp_path).items():
        assert text == (APPROVED / f"{title}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", YEARS)
def test_every_finding_of_the_rules_names_a_column_there_is(name, tmp_path):
    """A misspelt column would send staff to the sheet's first one; only a whole sheet has none."""
    found = appraised(name, tmp_path)[1].findings
    assert found
    assert all((item.column is None) == (item.code in WHOLE_SHEETS) for item in found)
    assert all(item.column in COLUMNS[item.table] for item in found if item.column is not None)


def test_no_approved_text_is_left_over():
    assert {path.stem for path in APPROVED.glob("*.txt")} == {*YEARS, *(f"{name}·得分说明" for name in EXPLAINED)}


if __name__ == "__main__":
    APPROVED.mkdir(exist_ok=True)
    for each in YEARS:
        for title, text in texts_of(each, Path(mkdtemp())).items():
            (APPROVED / f"{title}.txt").write_text(text, "utf-8")
