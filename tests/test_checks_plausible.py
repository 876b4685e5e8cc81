"""Figures of an absurd size are told and computed all the same; a near miss is not told."""

import pytest

from jixiao.findings import Severity
from jixiao.findings.catalogue import CATALOGUE
from tests.checks.plant import ERROR, HINT, WARNING, Found, check_findings, planted, scored
from tests.reference.golden import golden_year
from tests.test_checks_ballots import marks
from tests.test_settings import ROWS, settings
from tests.workbooks import EXAMPLE, fill_year

D, T, B = "科室", "任务台账", "履职测评"


FAR = (105, "10.5", 5, 80, 1000)  # so far that the score is none either


def coefficient(value: object, *said: str):
    found = [Found(WARNING, D, "B5", ("党建办", *said))] if said else []
    if said and value in FAR:
        found.append(Found(WARNING, "考核结果", None, ("党建办的考核得分", "不在 0 到 120 分之间")))
    return {"科室!B5": value}, tuple(found)


def weights(*values: object, **found: str):
    """任务权重 of 综合办: its own two tasks and as many more below the ledger."""
    cells: dict[str, object] = {}
    for row, value in zip((4, 5, 12, 13, 14), values, strict=False):
        cells |= {f"{T}!C{row}": value}
        if row > 11:
            cells |= {f"{T}!A{row}": "综合办", f"{T}!B{row}": f"办会{row}"} | {
                f"{T}!{column}{row}": 0.9 for column in "DEFG"
            }
    return cells, tuple(Found(HINT, T, cell, ("综合办", "10 倍", says)) for cell, says in found.items())


ODD = {
    "105-meant-1.05": coefficient(105, "105", "0.8 到 1.2", "是不是想填 1.05"),
    "10.5-meant-1.05": coefficient("10.5", "是不是想填 1.05"),
    "0.105-meant-1.05": coefficient(0.105, "是不是想填 1.05"),
    "0.0098-meant-0.98": coefficient(0.0098, "是不是想填 0.98"),
    "5-meant-0.5": coefficient(5, "是不是想填 0.5"),
    "80-meant-0.8": coefficient(80, "是不是想填 0.8"),
    "0.3-may-be-meant": coefficient(0.3, "0.3", "确实这样定的不用管"),
    "too-large-for-any-guess": coefficient(1000, "1000", "请核对"),
    **{f"coefficient-{value}": coefficient(value) for value in (0.8, 1.2, "105%", "0.80")},
    "coefficient-above": coefficient(1.201, "1.201"),
    "coefficient-below": coefficient(0.799, "0.799"),
    "a-coefficient-that-is-none": ({"科室!B5": "高"}, (Found(ERROR, D, "B5", "大于 0"),)),
    "two-tasks": weights(1, 10, C5="任务权重 10 "),
    "two-tasks-near-miss": weights(1, 9.99),
    "one-of-three": weights(1, 300, 3, C5="（2）"),
    "one-of-five": weights(1, 2, 3, 400, 40, C13="（2.5）", C14="（2.5）"),
    "one-of-four": weights(1, 3, 5, 60, C13="（3）"),
    "against-a-half": weights(0.5, 5, C5="（0.5）"),
    "all-heavy": weights(300, 300, 300),
    "an-unusable-weight-is-left-out": (
        weights(1, 10, "重")[0],
        (Found(HINT, T, "C5", "10 倍"), Found(ERROR, T, "C12", "大于 0")),
    ),
    "one-mark": ({f"{B}!F4": 9.5}, (Found(HINT, B, "F4", ("班子成员 1 号票", "担当作为 9.5", "是不是想填 95")),)),
    "two-marks-of-a-ballot": (
        {f"{B}!F4": 9.5, f"{B}!I4": "8"},
        (Found(HINT, B, "F4", ("担当作为 9.5、遵守纪律 8", "95、80")),),
    ),
    **{
        f"mark-{value}": (
            {f"{B}!F4": value},
            (Found(HINT, B, "F4", (f"担当作为 {shown}", "中间水平是 90", "原始票；")),),
        )
        for value, shown in ((0, "0"), (10, "10"), ("10.0", "10"))
    },
    "mark-30": ({f"{B}!F4": 30}, ()),
    "small-marks": (
        {f"{B}!F4": 0.95, f"{B}!G4": 1, f"{B}!H4": 1.5},
        (Found(HINT, B, "F4", ("担当作为 0.95、", "是不是想填 95、10、15")),),
    ),
    "a-void-ballot-is-told-once": ({f"{B}!F4": 9.5, f"{B}!G4": None}, (Found(ERROR, B, "G4", "没有填全"),)),
    "a-word-worth-little": (
        {f"{B}!F4": "差", **settings(较差折算分=5)},
        (),
    ),
    "a-word-worth-next-to-nothing": ({f"{B}!F4": "差", **settings(较差折算分=1)}, ()),
    "a-mark-beside-such-a-word": (
        {f"{B}!F4": "差", f"{B}!G4": 9.5, **settings(较差折算分=5)},
        (Found(HINT, B, "G4", ("9.5", "是不是想填 95")),),
    ),
    "no-unit-name": (
        settings(单位名称=None),
        (Found(HINT, "参数", f"B{ROWS['单位名称']}", ("单位名称", "“XX镇”")),),
    ),
    "no-line-for-the-unit": (
        {f"参数!{column}{ROWS['单位名称']}": None for column in "ABCDE"},
        (Found(HINT, "参数", "B3", "单位名称"),),
    ),
}


@pytest.mark.parametrize(("cells", "found"), ODD.values(), ids=ODD)
def test_an_absurd_size_is_told_at_its_cell(cells, found, tmp_path):
    check_findings(scored(planted(tmp_path / "town.xlsm", cells))["校验"], found)


def lowest(tmp_path, cells):
    return [
        line for line in scored(planted(tmp_path / "town.xlsm", cells))["校验"] if line["代码"] in {"B22", "B23", "B28"}
    ]


def test_ballots_with_a_mark_out_of_ten_are_told_together(tmp_path):
    lines = lowest(tmp_path, {f"{B}!F{row}": 9.5 for row in range(4, 21)})
    assert [(line["代码"], line["单元格"]) for line in lines] == [("B23", "F4")]
    assert "有 17 张票" in lines[0]["问题"]
    assert "第 4、5、6、7、8、9、10、11、12、13 等 行" in lines[0]["问题"]


def test_papers_marked_out_of_ten_throughout_are_a_warning_for_each_group(tmp_path):
    cells = {place: 9.5 for row in range(4, 34) for place in marks(row, [1] * 5)}
    lines = lowest(tmp_path, cells)
    assert [(line["类型"], line["代码"], line["单元格"]) for line in lines] == [
        (WARNING, "B28", cell) for cell in ("A4", "A6", "A8")
    ]
    assert "部门负责人 1、2、3、4、5 号票" in lines[1]["问题"]


@pytest.mark.parametrize(("low", "told"), [(5, ["B23"]), (4, ["B22"] * 4)])
def test_five_ballots_are_enough_to_be_told_together(low, told, tmp_path):
    """Of hardly more ballots than these: the number decides, not only that they are most of all."""
    cells: dict[str, object] = {f"{B}!E{row}": 9 for row in range(4, 4 + low)}
    cells |= {f"{B}!{column}{row}": None for row in range(4 + low + 1, 60) for column in "ABCDEFGHI"}
    assert [line["代码"] for line in lowest(tmp_path, cells)] == told


def test_few_such_ballots_are_told_paper_by_paper(tmp_path):
    lines = lowest(tmp_path, {f"{B}!E{row}": 9 for row in range(4, 19)})
    assert {line["代码"] for line in lines} == {"B22"}
    assert [line["单元格"] for line in lines] == ["E4", "E5", "E6", "E7", "E8", "E9", "E13"]
    assert "（共 3 处：E4、E10、E16）" in lines[0]["问题"]


def test_an_absurd_figure_counts_as_it_stands(tmp_path):
    results = scored(planted(tmp_path / "town.xlsm", {"科室!B5": 105}))["结果"]
    assert {line["科室"]: line["一季度得分"] for line in results}["党建办"] == 8400
    assert all(line["名次"] for line in results)


def test_nothing_about_sizes_is_an_error():
    assert {CATALOGUE[code].severity for code in ("D08", "T21", "B22", "B23", "C10")} == {
        Severity.WARNING,
        Severity.HINT,
    }


def test_the_example_and_the_golden_case_show_no_absurd_figure(golden, tmp_path):
    for file in (EXAMPLE, fill_year(tmp_path / "golden.xlsm", golden_year(golden))):
        codes = {line["代码"] for line in scored(file)["校验"]}
        assert codes.isdisjoint({"D08", "T21", "B22", "B23"})
