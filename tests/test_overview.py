"""考核一览 as `score` writes it: the parts of the scores, the counts of grades, the rows shown."""

import random
import re
from fractions import Fraction

import pandas as pd
import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.exact import from_float, round_half_up
from jixiao.policy.model import GRADES
from jixiao.rules.appraisal import appraise
from jixiao.sheets.outputs import OVERVIEW, QUARTERS
from jixiao.sheets.overview import (
    GRADES_BELOW,
    GRADES_COLUMN,
    NOTE_BELOW,
    ROW_HEIGHT,
    STAMP_BELOW,
    SUMMARY,
    SUMMARY_BELOW,
    ZONE,
    overview_line,
    places_before,
    shown_places,
)
from tests.checks.plant import planted, town_file
from tests.checks.town import PLACES, town
from tests.frames import inputs_of, policy_of
from tests.reference.years import random_year
from tests.workbooks import EXAMPLE, fill_year

HEADER = 3
# 业绩 × 70 %, 履职 × 30 % and 加减得分, worked in tests.checks.town.
PARTS = {
    "党建办": (66.15, 25.35, 2.5, 94.0),
    "综合办": (64.05, 25.35, 2.0, 91.4),
    "农业办": (63.0, 25.35, 2.5, 90.85),
    "民政办": (65.8, 25.35, -3.0, 88.15),
    "财政所": (41.58, 16.65, -3.0, 55.23),
}


def overview(path):
    """The page after `score`: title, caption, table rows, counts of grades, heights of the zone's rows."""
    with open_book(path) as book:
        buttons.score(book)
        sheet = book.sheets[OVERVIEW.name]
        width = len(OVERVIEW.columns)
        title = sheet.range("A1").value
        caption = f"{sheet.range('A2').value}\n{sheet.range((HEADER + STAMP_BELOW, 3)).value}"
        rows = sheet.range((HEADER + 1, 1), (HEADER + ZONE, width)).value
        top = HEADER + GRADES_BELOW
        grades = sheet.range((top, GRADES_COLUMN), (top + 2, GRADES_COLUMN + len(GRADES))).value
        heights = [sheet.range((HEADER + row, 1)).row_height for row in range(1, ZONE + 2)]
        return title, caption, [row for row in rows if any(row)], grades, heights


@pytest.fixture(scope="module")
def small():
    return overview(town_file())


def test_the_table_is_the_ranking_with_its_parts(small):
    title, caption, rows, _, _ = small
    assert title == "云溪镇2024年度绩效考核一览"
    assert re.search(r"\n计算时间 .+ · 程序版本 .+ · 数据指纹 ", caption)
    keys = [column.key for column in OVERVIEW.columns]
    lines = [dict(zip(keys, row, strict=True)) for row in rows]
    assert {line["department"]: (line["place"], line["grade"]) for line in lines} == PLACES
    assert [line["place"] for line in lines] == [1, 2, 3, 4, 5]
    parts = ("performance", "review", "net", "score")
    assert {line["department"]: tuple(line[part] for part in parts) for line in lines} == PARTS
    assert [lines[0][f"quarter_{number}"] for number in (1, 2, 3, 4)] == [84.0, 94.5, 105.0, 94.5]


def test_the_grades_stand_beside_their_seats(small):
    """n = 5: 30 % of it is 2 seats, 10 % is 1 by rounding half up; the 较差 one took the seat of 一般."""
    assert small[3] == [["等次", *GRADES], ["科室数", 2, 2, 0, 1], ["名额", 2, 2, 1, None]]


@pytest.mark.parametrize(("inserted", "scored"), [(4, False), (4, True), (12, True)])
def test_the_counts_stay_with_their_chart_when_a_column_is_inserted(tmp_path, inserted, scored):
    """Before the table's end, or between table and counts: Excel moves the chart's references along."""
    path = tmp_path / "town.xlsm"
    with open_book(town_file()) as book:
        if scored:
            buttons.score(book)
        book.save(path)
    file = load_workbook(path, keep_vba=True)
    file[OVERVIEW.name].insert_cols(inserted)
    file.save(path)
    top, left = HEADER + GRADES_BELOW, GRADES_COLUMN + 1
    with open_book(path) as book:
        buttons.score(book)
        sheet = book.sheets[OVERVIEW.name]
        moved = sheet.range((top, left - 1), (top + 1, left + len(GRADES))).value
    assert moved == [[None, "等次", *GRADES], [None, "科室数", 2, 2, 0, 1]]


def test_rows_past_the_last_department_are_hidden(small):
    assert small[4] == [ROW_HEIGHT] * 5 + [0] * 55 + [ROW_HEIGHT]


def test_a_year_without_places_shows_what_there_is(tmp_path):
    """No count of grades is 0 while nobody has one."""
    _, _, rows, grades, _ = overview(planted(tmp_path / "town.xlsm", {"任务台账!G4": None}))
    assert [row[1] for row in rows] == list(town_names())
    assert {(row[0], row[10]) for row in rows} == {(None, None)}
    assert grades[1:] == [["科室数", None, None, None, None], ["名额", None, None, None, None]]


def town_names():
    return [row["科室"] for row in town()["科室"]]


@pytest.mark.parametrize("count", [60, 61])
def test_more_departments_than_the_page_holds(tmp_path, count):
    """The first 60 are listed, and the page says so; while nobody has a grade no seats are shown either."""
    year = town()
    more = [f"第{number}所" for number in range(count - 5)]
    year["科室"] += [{"科室": name, "评价系数": 1} for name in more]
    path = fill_year(tmp_path / "县.xlsm", year)
    _, caption, rows, grades, heights = overview(path)
    assert [row[1] for row in rows] == [*town_names(), *more][:60]
    assert ("共61个科室，这里列出前60个，其余见“考核结果”。" in caption) is (count > 60)
    assert grades[2] == ["名额", None, None, None, None]
    assert heights == [ROW_HEIGHT] * 61


def test_departments_come_and_go(tmp_path):
    """Hidden rows are shown again when there are more, and the other way round; twice the same is no change."""
    path = tmp_path / "示例.xlsm"
    with open_book(EXAMPLE) as book:
        book.sheets["科室"].range("A4:A8").value = None
        buttons.score(book)
        book.save(path)
    assert overview(path)[4][:8] == [ROW_HEIGHT] * 7 + [0]
    with open_book(path) as book:
        names = book.sheets["科室"].range("A9:A15").value
        book.sheets["科室"].range("A4").options(transpose=True).value = [*names, *("甲", "乙", "丙", "丁", "戊", "己")]
        buttons.score(book)
        book.save(path)
    assert overview(path)[4][:14] == [ROW_HEIGHT] * 13 + [0]


def test_a_workbook_without_the_sheet_gets_a_plain_one(tmp_path):
    """A file made before the page was there: nothing is lost, nothing fails."""

    def drop(book):
        del book[OVERVIEW.name]

    assert [row[1] for row in overview(planted(tmp_path / "旧.xlsm", drop))[2]] == list(PLACES)


def test_shown_parts_add_up_to_the_score():
    """With a calculator: the parts as shown give what rounds to 考核得分, for every department of any year (R9)."""
    checked = 0
    for seed in range(40):
        year = random_year(random.Random(seed), settings=True)
        policy = policy_of(year)
        places = shown_places(policy)
        for result in appraise(inputs_of(year, policy), policy).results:
            line = overview_line(result, policy)
            if result.score is None or policy.rounding != "逐步取整":
                continue
            parts = [(line[OVERVIEW.by_key[key].header], places[key]) for key in ("performance", "review", "net")]
            shown = sum((round_half_up(from_float(float(value or 0)), place) for value, place in parts), Fraction(0))
            assert float(round_half_up(shown, policy.places)) == line["考核得分"], f"seed {seed}"
            checked += 1
    assert checked > 100


@pytest.fixture(scope="module")
def page():
    """The small town's page, cell by cell."""
    with open_book(town_file()) as book:
        book.sheets["历年结果"].range("A4").value = [
            [2023, "党建办", 90, 2, "良好"],
            [2023, "综合办", 95, 1, "优秀"],
            [2023, "民政办", 88, 4, "良好"],
        ]
        buttons.score(book)
        return book.sheets[OVERVIEW.name].range((1, 1), (HEADER + GRADES_BELOW + 2, GRADES_COLUMN + 4)).value


def test_last_years_place_and_the_move_since(page):
    """Nothing for who has no place in 历年结果."""
    places = {row[1]: row[11:13] for row in page[HEADER : HEADER + 5]}
    assert {name: places[name] for name in ("党建办", "综合办", "民政办")} == {
        "党建办": [2, "↑1"],
        "综合办": [1, "↓1"],
        "民政办": [4, "—"],
    }


def test_a_place_said_twice_is_not_shown():
    history = pd.DataFrame(
        [(4, 2023, 0, None, Fraction(1)), (5, 2023, 0, None, Fraction(2)), (6, 2023, 1, None, Fraction(3))],
        columns=["row", "year", "department", "score", "place"],
    )
    assert places_before(history, policy_of(town())) == {1: Fraction(3)}


def test_mean_highest_and_lowest_stand_under_the_table(page):
    """The mean of what is posted, rounded as the figures are: (94+91.4+90.85+88.15+55.23)÷5 = 83.926."""
    rows = page[HEADER + SUMMARY_BELOW - 1 :][: len(SUMMARY)]
    assert [(row[1], row[9]) for row in rows] == [("平均", 83.93), ("最高", 94.0), ("最低", 55.23)]
    first_quarter = [row[2] for row in page[HEADER : HEADER + 5]]
    assert [row[2] for row in rows][1:] == [max(first_quarter), min(first_quarter)]


def test_each_bar_is_named_with_its_score(page):
    labels = [row[GRADES_COLUMN - 1] for row in page[HEADER : HEADER + 6]]
    assert labels == ["党建办 94.00", "综合办 91.40", "农业办 90.85", "民政办 88.15", "财政所 55.23", None]


def test_a_grade_that_the_place_does_not_give_is_explained(page):
    assert page[HEADER + NOTE_BELOW - 1][2] == "等次说明：财政所低于 60 分，定为较差"


def test_quarters_are_shown_as_their_distance_from_the_mean(page):
    """Protects the chart of quarters: behind the names stands each score less 平均 of its quarter, as posted."""
    means = page[HEADER + SUMMARY_BELOW - 1][2:6]
    for row in page[HEADER : HEADER + 5]:
        distances = [round(score - mean, 2) for score, mean in zip(row[2:6], means, strict=True)]
        assert row[GRADES_COLUMN : GRADES_COLUMN + 4] == distances
    assert page[HEADER + 5][GRADES_COLUMN : GRADES_COLUMN + 4] == [None] * 4


def test_a_quarter_without_a_score_has_no_bar(tmp_path):
    """Protects against a bar down to −90 for a quarter that has no work or is not filled in yet."""
    with open_book(
        planted(tmp_path / "town.xlsm", {"任务台账!D4": "/", "任务台账!D5": "/", "任务台账!D6": "/"})
    ) as book:
        buttons.score(book)
        block = book.sheets[OVERVIEW.name].range((HEADER + 1, 1), (HEADER + 5, GRADES_COLUMN + 4)).value
    assert any(row[2] is None for row in block)
    assert all((row[GRADES_COLUMN] is None) == (row[2] is None) for row in block)


def test_a_quarter_to_come_has_no_lines(tmp_path):
    """Protects April's 季度得分: only what has begun is listed, with the stamp below; the year over, all four are."""
    scored = {}
    for name, empty in (("april", "EFG"), ("year", "")):
        cells = {f"任务台账!{column}{row}": None for column in empty for row in range(4, 40)}
        with open_book(planted(tmp_path / f"{name}.xlsm", cells)) as book:
            buttons.score(book)
            rows = book.sheets[QUARTERS.name].range("A1:W12").value
        scored[name] = [sum(row[1 + 6 * block] is not None for row in rows[HEADER:]) for block in range(4)]
        assert [re.match("计算时间", str(row[5])) is not None for row in rows[HEADER:]] == [at == 6 for at in range(9)]
    assert scored == {"april": [5, 0, 0, 0], "year": [5, 5, 5, 5]}
