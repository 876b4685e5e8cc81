"""Rules of a newer year reach the workbook as it is made: for that year, and carried over from a year of older rules.

The made-up rules of 2028 are those of tests/test_policy_years.py, and: 表彰 has a 省级 worth 4, 招商项目 may count
twice for one work, 媒体曝光 is gone, 通报批评 of the county takes off 1.
"""

import re

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from jixiao.policy.book import rule_book
from jixiao.policy.standards import resolve_standards
from jixiao.sheets.read import read_entries
from jixiao.template import write_template
from tests.cases.files import HERE, loose_cases, results_of, year_of
from tests.cases.workbook import BASE, differences, score
from tests.test_policy_years import NEWER, rules_of_2028
from tests.workbooks import TEMPLATE, fill_year, header_of

_STANDARD = '[[standards]]\ncategory = "{}"\ndirection = "{}"\nlevel = "{}"\nmethod = "固定"\npoints = "{}"\n'
_COUNTY = (
    _STANDARD.format("通报批评", "减", "县委、县政府", 2) + 'once = true\nwithin_year = false\nclause = "四(二)3减①"\n'
)
_MEDIA = _STANDARD.format("媒体曝光", "减", "", 3) + 'once = true\nwithin_year = false\nclause = "四(二)3减①"\n'
_CITY = _STANDARD.format("表彰", "加", "市级", 3)
_PROVINCE = _STANDARD.format("表彰", "加", "省级", 4) + 'once = true\nwithin_year = true\nclause = "五(二)"\n'
_INVESTMENT = _STANDARD.format("招商项目", "加", "", 5)
CHANGES = NEWER | {
    _CITY: f"{_PROVINCE}\n{_CITY}",
    _INVESTMENT + "once = true": _INVESTMENT + "once = false",
    _MEDIA: "",
    _COUNTY: _COUNTY.replace('points = "2"', 'points = "1"'),
}


@pytest.fixture
def newer(tmp_path):
    with rules_of_2028(tmp_path / "rules", CHANGES):
        yield


@pytest.fixture
def simply_newer(tmp_path):
    with rules_of_2028(tmp_path / "rules", NEWER):
        yield


def lines(path, name="加减分标准", *required):
    """The filled rows of a sheet by header, empty cells left out."""
    sheet = load_workbook(path)[name]
    top, columns = header_of(sheet, *(required or ("类别", "方向")))
    cells = (
        {header: sheet.cell(row, place).value for header, place in columns.items()}
        for row in range(top + 1, sheet.max_row + 1)
    )
    return [line for row in cells if (line := {header: cell for header, cell in row.items() if cell is not None})]


def shown(path):
    """What stands beside each setting: default, clause and meaning."""
    return {
        line["项目"]: (line.get("默认值", ""), line["对应条款"], line["说明"])
        for line in lines(path, "参数", "项目", "值")
    }


def resolved(path):
    """The standards a workbook is scored by in 2028, and what is said of its rows."""
    with open_book(path) as book:
        raw = read_entries(book).sheets["standards"]
    cells = [{key: raw.column(key)[at] for key in raw.cells} for at in range(len(raw.rows))]
    return resolve_standards(rule_book(2028).standards, list(zip(raw.rows, cells, strict=True)))


def year(number):
    """The town's year moved to another one."""
    moved = year_of(BASE)
    moved["参数"]["年度"] = number
    for line in moved["加减分"]:
        line["日期"] = line["日期"].replace("2024", str(number))
    for line in moved["历年结果"]:
        line["年度"] = number - 1
    return moved


def cited(path, department, figure):
    """The cells of 参数 that 得分说明 names beside a figure, with what stands in them."""
    book = load_workbook(path)
    sheet = book["得分说明"]
    top, columns = header_of(sheet, "来源", "转到")
    for row in range(top + 1, sheet.max_row + 1):
        values = [sheet.cell(row, place).value for place in columns.values()]
        if department in values and figure in values:
            source = sheet.cell(row, columns["来源"]).value
            areas = re.findall(r"[A-Z]+\d+", source.partition("参数!")[2].partition("\n")[0])
            letter, (first, *_, last) = areas[0][0], [int(area[1:]) for area in (*areas, areas[-1])]
            return {f"{letter}{line}": book["参数"][f"{letter}{line}"].value for line in range(first, last + 1)}
    raise AssertionError((department, figure))


# -- a template for a year


@pytest.mark.usefixtures("newer")
def test_a_template_shows_the_rules_of_its_year(tmp_path):
    target = tmp_path / "新.xlsm"
    write_template(target, 2030)
    rules = rule_book(2030)
    assert rules.year == 2028
    assert shown(target) == {item.name: (item.default, item.clause, item.help) for item in rules.settings}
    listed = lines(target)
    assert [(line["类别"], line.get("级别", "")) for line in listed] == [(s.category, s.level) for s in rules.standards]
    assert next(line["分值"] for line in listed if line["类别"] == "信息采用") == 3
    assert [line["分值"] for line in listed if line["类别"] == "表彰"] == [5, 4, 3, 2]
    assert load_workbook(target)["加减分标准"].tables["tblStandards"].ref == f"A3:M{3 + len(rules.standards)}"
    standards, findings = resolved(target)
    assert standards == rules.standards
    assert not findings


@pytest.mark.usefixtures("simply_newer")
def test_a_template_is_scored_by_the_rules_of_its_year_with_no_cell_cleared(tmp_path):
    """The very figures of the second case of new_rules.toml, which types 2030 into the template of 2024."""
    case = loose_cases(HERE / "new_rules.toml")[1]
    made, target = tmp_path / "新.xlsm", tmp_path / "town.xlsm"
    write_template(made, 2030)
    fill_year(target, year(2030), made)
    assert not differences(case, score(target, set()), results_of(BASE))
    with open_book(target) as book:
        buttons.score(book)
        book.save()
    assert cited(target, "综合办", "业绩评价得分") == {"C6": "30%", "C7": "70%"}


@pytest.mark.parametrize("number", [None, 2024, 2027])
def test_older_rules_change_nothing_in_a_template_of_theirs(number, tmp_path):
    target = tmp_path / "新.xlsm"
    write_template(target, number)
    before = target.read_bytes()
    with rules_of_2028(tmp_path / "rules", CHANGES):
        write_template(target, number)
    assert target.read_bytes() == before


@pytest.mark.usefixtures("newer")
def test_an_older_year_gets_its_own_rules_from_a_newer_template(tmp_path, monkeypatch):
    """As it will be once rules of 2028 ship: the packaged template shows them."""
    newest, target = tmp_path / "2028.xlsm", tmp_path / "新.xlsm"
    write_template(newest, 2028)
    assert shown(newest) != shown(TEMPLATE)
    assert lines(newest) != lines(TEMPLATE)
    monkeypatch.setattr("jixiao.template.packaged", lambda _: _Here(newest))
    write_template(target, 2027)
    assert shown(target) == shown(TEMPLATE)
    assert lines(target) == lines(TEMPLATE)


class _Here:
    """A file that is unpacked already."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        pass


@pytest.mark.usefixtures("simply_newer")
def test_a_default_that_was_not_used_is_not_cited(tmp_path):
    """2030 typed into the template of 2024 by hand: 默认值 still says 40%, so the empty 值 is named instead."""
    target = fill_year(tmp_path / "town.xlsm", year(2030))
    with open_book(target) as book:
        buttons.score(book)
        book.save()
    assert cited(target, "综合办", "业绩评价得分") == {"B6": None, "B7": None}
    assert cited(target, "综合办", "考核得分") == {"C8": "70%", "C9": "30%"}


# -- carried over


def last_year(target, number=2027):
    """The town with 业绩评价 at 60 % and 信息采用 at 1 point, whose other rows are the rules' own."""
    typed = year(number)
    typed["参数"] |= {"业绩评价权重": "60%", "履职评价权重": "40%"}
    own = lines(TEMPLATE)
    next(line for line in own if line["类别"] == "信息采用")["分值"] = 1
    typed["加减分标准"] = own
    return fill_year(target, typed)


@pytest.mark.usefixtures("newer")
def test_what_the_town_changed_stays_and_the_rest_follows_the_new_rules(tmp_path, capsys):
    source, made, target = (tmp_path / name for name in ("old.xlsm", "新.xlsm", "town.xlsm"))
    last_year(source)
    assert main(["template", "--from", str(source), "-o", str(made)]) == 0
    told = capsys.readouterr().err
    assert told == "新一年的规则改了“加减分标准”表 A11，这里是本镇自己填的，仍按本镇的结转，请核对。\n"
    rules = rule_book(2028)
    settings = {line["项目"]: line.get("值") for line in lines(made, "参数", "项目", "值")}
    assert settings["年度"] == 2028
    filled = {name for name, value in settings.items() if value is not None}
    assert filled == {"年度", "单位名称", "业绩评价权重", "履职评价权重"}
    assert shown(made) == {item.name: (item.default, item.clause, item.help) for item in rules.settings}
    standards, findings = resolved(made)
    assert not findings
    differing = [item for item in standards if item not in rules.standards]
    assert [(item.category, item.points) for item in differing] == [("信息采用", 1)]
    assert [(item.category, item.level) for item in standards] == [(s.category, s.level) for s in rules.standards]
    assert len(lines(made)) == len(rules.standards)

    blank = year(2028)
    blank["参数"] = {}
    fill_year(target, blank, made)
    results = score(target, set()).results()
    assert results["综合办"]["业绩评价得分"] == 93  # 82.5 × 30 % + 97.5 × 70 %
    assert results["综合办"]["考核得分"] == 90.6  # 93 × 60 % + 84.5 × 40 % + 1
    assert results["财政所"]["减分"] == 2  # 通报批评 1 from 2028 on, 考勤 1


@pytest.mark.usefixtures("newer")
def test_last_years_workbook_is_still_scored_by_its_own_rules(tmp_path):
    results = score(last_year(tmp_path / "old.xlsm"), set()).results()
    assert results["综合办"]["业绩评价得分"] == 91.5  # 82.5 × 40 % + 97.5 × 60 %
    assert results["综合办"]["考核得分"] == 89.7  # 91.5 × 60 % + 84.5 × 40 % + 1


@pytest.mark.usefixtures("newer")
def test_the_button_does_the_same(tmp_path):
    source = last_year(tmp_path / "old.xlsm")
    with open_book(source) as book:
        made = buttons.next_year(book)
        book.app.books.active.close()
    assert len(made.notices) == 1
    assert main(["template", "--from", str(source), "-o", str(tmp_path / "新.xlsm")]) == 0
    assert made.path.read_bytes() == (tmp_path / "新.xlsm").read_bytes()


@pytest.mark.parametrize(("number", "to"), [(2025, 2026), (2028, 2029)])
def test_nothing_is_taken_for_a_default_while_the_rules_stay(number, to, tmp_path, capsys):
    """Both years have one rule book: the rows go over as they stand, also those another year's rules would change."""
    with rules_of_2028(tmp_path / "rules", CHANGES):
        source = last_year(tmp_path / "old.xlsm", number)
        target = tmp_path / "新.xlsm"
        assert main(["template", "--from", str(source), "-o", str(target)]) == 0
        assert capsys.readouterr().err == ""
        assert lines(target) == lines(source)
        names = {line["项目"]: line.get("值") for line in lines(target, "参数", "项目", "值")}
        assert names["年度"] == to


@pytest.mark.usefixtures("newer")
def test_a_setting_the_new_rules_change_is_named_when_the_town_typed_it(tmp_path, capsys):
    typed = year(2027)
    typed["参数"] |= {"前三季度权重": "40%", "第四季度权重": "60%"}
    source = fill_year(tmp_path / "old.xlsm", typed)
    assert main(["template", "--from", str(source), "-o", str(tmp_path / "新.xlsm")]) == 0
    told = capsys.readouterr().err
    assert told == "新一年的规则改了“参数”表 B6、“参数”表 B7，这里是本镇自己填的，仍按本镇的结转，请核对。\n"
