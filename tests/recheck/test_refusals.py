"""What the formulas cannot say they say so: no verdict, the reason, and never a wrong red or green."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.office.office import Cells, Office
from tests.recheck.sheet import DIFFERS, OPEN, Recheck, read_sheet

SETTINGS, DEPARTMENTS, STANDARDS = "参数都能识别", "科室都能识别", "加减分标准都能识别"
LEDGER, BALLOTS, POINTS = "任务台账都能识别", "履职测评都能识别", "加减分、考勤都能识别"
RANKING, HISTORY, RESULTS = "名次可以用公式排", "历年结果都能识别", "考核结果、校验结果可读"
SEVEN = "加分、减分、加减得分、一季度得分、二季度得分、三季度得分、四季度得分"


@dataclass(frozen=True)
class Refused:
    """Cells of the scored example typed over, the condition that then fails, and what its reason says."""

    what: str
    cells: Cells
    condition: str
    says: str


REFUSED = (
    Refused("weights that do not add up", {"参数!B6": 0.5}, SETTINGS, "相加不是100%"),
    Refused("a word no setting knows", {"参数!B35": "每步取整"}, SETTINGS, "参数“取整方式”"),
    Refused("a number out of range", {"参数!B36": 9}, SETTINGS, "参数“小数位数”"),
    Refused("a setting listed twice", {"参数!A47": "年度"}, SETTINGS, "参数“年度”"),
    Refused("word marks upside down", {"参数!B18": 50}, SETTINGS, "从高到低"),
    Refused("a trim that takes all", {"参数!B26": 4}, SETTINGS, "票数太多"),
    Refused("a tie-breaker nobody knows", {"参数!B38": "身高"}, SETTINGS, "参数“并列排序”"),
    Refused("more tie-breakers than said", {"参数!B38": SEVEN}, RANKING, "超过6项"),
    Refused("more last years than said", {"参数!B44": 6}, HISTORY, "超过5年"),
    Refused("a year long ago", {"参数!B4": 1924}, SETTINGS, "参数“年度”"),
    Refused("a taper of words", {"加减分标准!J4": "一半"}, STANDARDS, "递减比例"),
    Refused("a standard twice", {"加减分标准!C6": "国家级"}, STANDARDS, "有两行"),
    Refused("a standard without points", {"加减分标准!A30": "新类", "加减分标准!B30": "加"}, STANDARDS, "缺方向"),
    Refused("61 departments", {f"科室!A{row}": f"第{row}科" for row in range(16, 65)}, DEPARTMENTS, "超过60个"),
    Refused("a department twice", {"科室!A16": "综合办"}, DEPARTMENTS, "重复"),
    Refused("a former name of two", {"科室!E5": "党政办"}, DEPARTMENTS, "相同的曾用名"),
    Refused("a coefficient of words", {"科室!B4": "较高"}, LEDGER, "评价系数"),
    Refused("a renamed header", {"任务台账!D3": "第一季度"}, LEDGER, "表头"),
    Refused("a header twice", {"任务台账!N3": "任务权重"}, LEDGER, "表头"),
    Refused("more rows than said", {"任务台账!A1004": "综合办"}, LEDGER, "超过1000行"),
    Refused("a stranger's task", {"任务台账!A4": "档案馆"}, LEDGER, "第4行的科室"),
    Refused("a word with a digit for a rate", {"任务台账!D9": "九成5"}, LEDGER, "第9行"),
    Refused("an error value", {"任务台账!D4": "=1/0"}, LEDGER, "错误值"),
    Refused("a stranger's ballot", {"履职测评!D4": "档案馆"}, BALLOTS, "第4行"),
    Refused("a group nobody knows", {"履职测评!B4": "群众代表"}, BALLOTS, "第4行"),
    Refused("a full-width ticket", {"履职测评!A4": "Ａ１"}, BALLOTS, "全角字母"),
    Refused("an entry of no category", {"加减分!B14": "节水先进"}, POINTS, "第14行"),
    Refused("an entry of a stranger", {"加减分!A14": "档案馆"}, POINTS, "第14行的科室"),
    Refused("a date of words", {"加减分!G8": "去年夏天"}, POINTS, "第8行"),
    Refused("a deduction of words", {"考勤!D4": "若干"}, POINTS, "认不出"),
    Refused("a place of words", {"历年结果!D19": "倒数第一"}, HISTORY, "名次"),
    Refused("merged cells the program found", {"校验结果!B40": "F06"}, RESULTS, "合并单元格"),
)


@pytest.fixture(scope="module")
def seen(office: Office, example: Path) -> dict[str, Recheck]:
    """What the sheet says of each."""
    pages = office.pages(example, [refused.cells for refused in REFUSED])
    return {refused.what: read_sheet(rows) for refused, rows in zip(REFUSED, pages, strict=True)}


@pytest.mark.parametrize("refused", REFUSED, ids=lambda refused: refused.what)
def test_it_says_why_it_cannot_judge(refused: Refused, seen: dict[str, Recheck]) -> None:
    """Figures that only others' changes move may differ: taking a task from somebody changes that department too."""
    found = seen[refused.what]
    assert refused.says in found.reasons[refused.condition]
    assert found.verdict == OPEN
    assert found.claimed < 1
    assert all(line["复核结论"] != DIFFERS for line in found.lines.values())
