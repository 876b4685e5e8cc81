"""Traps a review found: cells and sheets that looked harmless and gave a wrong figure in silence."""

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from tests.checks.plant import ERROR, HINT, WARNING, Found, General, Plant, expect, lost, planted
from tests.test_checks_ballots import MARKS, ballot, heads, leaders
from tests.test_checks_points import entry, gain

B, P = "履职测评", "加减分"


def percent_mark(book):
    book[B]["E4"].value, book[B]["E4"].number_format = 0.95, "0%"


TRAPS = [
    Plant(
        "a-slash-is-no-同一事项编号",
        entry(10, "表彰", 级别="县级", 编号="/") | entry(11, "表彰", 级别="市级", 编号="/"),
        (),
        gain(5),
    ),
    *(
        Plant(
            f"{word}-is-no-认定依据",
            entry(10, "信息采用", 依据=word),
            (Found(WARNING, P, "H10", "待认定"),),
        )
        for word in ("无", "/", "待补", "待定")
    ),
    Plant(
        "a-percent-mark-is-not-a-mark-near-zero",
        percent_mark,
        (Found(ERROR, B, "E4", ("95", "百分")),),
        leaders(80.0, 82.0, 90.65),
    ),
    Plant(
        "a-second-ballot-of-a-stranger-voids-the-first",
        ballot(34, 2, "部门负责人", "不存在科", "综合办", 80),
        (Found(ERROR, B, "A6", ("都作废", "A6、A34")), Found(ERROR, B, "C34", "不存在科")),
        heads(100.0, 87.5, 92.3),
    ),
    Plant(
        "a-date-with-a-time",
        entry(10, "招商项目", 日期=General("2024-2-3 10:00")),
        (),
        gain(5),
    ),
    Plant(
        "a-category-spelled-two-ways-is-one",
        {f"加减分标准!{c}{r}": v for r in (21, 22) for c, v in zip("BDH", ("加", "固定", "是"), strict=True)}
        | {"加减分标准!A21": "抗洪（表彰）", "加减分标准!C21": "市级", "加减分标准!E21": 3}
        | {"加减分标准!A22": "抗洪(表彰)", "加减分标准!C22": "县级", "加减分标准!E22": 2}
        | entry(10, "抗洪（表彰）", 级别="市级", 编号="K1")
        | entry(11, "抗洪(表彰)", 级别="县级", 编号="K1"),
        (
            Found(HINT, "加减分标准", "A21", "抗洪"),
            Found(HINT, "加减分标准", "A22", "抗洪"),
            Found(HINT, P, "D11", "只计一次"),
        ),
        gain(3),
    ),
    Plant(
        "one-row-without-level-abolishes-a-category",
        {"加减分标准!A21": "表彰", "加减分标准!L21": "否"} | entry(10, "表彰", 级别="国家级"),
        tuple(Found(WARNING, P, f"B{row}", "停用") for row in (4, 5, 10)),
        {"党建办": {"加分": 0.0, "加减得分": -0.5, "考核得分": 91.0}},
        gone=True,
    ),
    Plant(
        "a-name-left-over-on-考勤-is-no-error",
        {"考勤!A9": "撤并的科室"},
        (Found(HINT, "考勤", "A9", "只填了科室"),),
    ),
    Plant(
        "no-ballots-of-a-department-under-折算",
        {"参数!B32": "按其余权重折算"}
        | {f"{B}!{column}{row}": None for row in range(4, 10) for column in "ABCD" + MARKS},
        tuple(Found(ERROR, B, "D3", ("综合办", group)) for group in ("班子成员", "部门负责人", "村“一肩挑”")),
        lost("综合办", "班子成员评价", "部门负责人评价", "村“一肩挑”评价", "履职评价得分"),
    ),
]


@pytest.mark.parametrize("plant", TRAPS, ids=lambda plant: plant.name)
def test_harmless_looking_cells(plant, tmp_path):
    expect(plant, tmp_path)


@pytest.mark.parametrize("cell", ["参数!A12", "参数!B12"])
def test_an_unreadable_setting_computes_nothing(tmp_path, cell):
    """A weight whose name or value is #REF! must not fall back on the default in silence."""
    sheet, place = cell.split("!")

    def spoil(book):
        book[sheet][place].value = "#REF!"
        book[sheet][place].data_type = "e"

    file = planted(tmp_path / "年.xlsm", spoil)
    assert main(["score", str(file)]) == 1
    assert load_workbook(file)["考核结果"]["A4"].value is None


OUTPUTS = [("考核结果", 17, 5), ("校验结果", 6, 1), ("结果运用", 5, 3), ("季度得分", 23, 5)]


@pytest.mark.parametrize(("name", "width", "lines"), OUTPUTS)
@pytest.mark.parametrize("damage", ["renamed", "column deleted", "row deleted", "sheet deleted", "blanked"])
def test_a_damaged_output_sheet_still_shows_every_line(tmp_path, name, width, lines, damage):
    """Whatever was done to the header of a sheet we write, scoring makes it whole again and loses no line."""
    whole = planted(tmp_path / "全.xlsm", {})
    main(["score", str(whole)])
    file = planted(tmp_path / "坏.xlsm", lambda book: _spoil(book, name, damage))
    main(["score", str(file)])
    assert _table(file, name, width) == _table(whole, name, width)
    assert len(_table(file, name, width)) >= lines + 1


@pytest.mark.parametrize(("name", "area"), [("考核结果", "P4:P5"), ("校验结果", "A4:B4"), ("结果运用", "B5:B7")])
def test_merged_cells_among_the_results_are_refused_before_anything_is_written(tmp_path, capsys, name, area):
    """What a merged cell covers would be lost without a word."""
    file = planted(tmp_path / "合.xlsm", {})
    main(["score", str(file)])
    book = load_workbook(file, keep_vba=True)
    book[name].merge_cells(area)
    book.save(file)
    before = file.read_bytes()
    capsys.readouterr()
    assert main(["score", str(file)]) == 2
    assert f"“{name}”表里有合并单元格 {area}" in capsys.readouterr().err
    assert file.read_bytes() == before


def _spoil(book, name, damage):
    sheet = book[name]
    if damage == "renamed":
        sheet["B3"] = "改过的表头"
    elif damage == "column deleted":
        sheet.delete_cols(2)
    elif damage == "row deleted":
        sheet.delete_rows(3)
    elif damage == "sheet deleted":
        del book[name]
    else:
        for row in sheet["A1:W9"]:
            for cell in row:
                if cell.__class__.__name__ == "Cell":
                    cell.value = None


def _table(file, name, width):
    """Header and lines of the declared columns, without empty cells at the ends."""
    rows = [[cell.value for cell in row] for row in load_workbook(file)[name].iter_rows(min_row=3, max_col=width)]
    while rows and not any(cell is not None for cell in rows[-1]):
        rows.pop()
    return [row[: max((at for at, cell in enumerate(row) if cell is not None), default=-1) + 1] for row in rows]
