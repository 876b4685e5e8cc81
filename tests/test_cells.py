"""One cell at a time: rates, dates, marks and names, without a workbook (R2, R4); numbers: `test_checks_numbers`."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.policy.model import Grade
from jixiao.rules.inputs import Absent
from jixiao.sheets.cells import parse_date, parse_mark, parse_rate
from jixiao.text import Unreadable, names

CAP = Fraction(1)
FULL_WIDTH = str.maketrans("0123456789.,%+-", "０１２３４５６７８９．，％＋－")


def rate(cell: object, *, is_percent: bool = False, cap: Fraction | None = CAP):
    value, note = parse_rate(cell, is_percent=is_percent, cap=cap)
    shown = "错" if isinstance(value, Unreadable) else value
    return shown, note.code if note else None


RATES = [  # cell, elsewhere, in a percent cell
    (None, (None, None), (None, None)),
    (0, (Fraction(0), None), (Fraction(0), None)),
    (0.005, (Fraction("0.005"), None), (Fraction("0.005"), "T09")),
    (0.02, (Fraction("0.02"), None), (Fraction("0.02"), "T09")),
    (0.021, (Fraction("0.021"), None), (Fraction("0.021"), None)),
    (0.95, (Fraction("0.95"), None), (Fraction("0.95"), None)),
    (1, (Fraction(1), None), (Fraction(1), None)),
    (1.0000001, ("错", "T05"), ("错", "T07")),
    (1.5, ("错", "T05"), ("错", "T07")),
    (1.999, ("错", "T05"), ("错", "T07")),
    (2, (Fraction("0.02"), "T06"), ("错", "T07")),
    (95, (Fraction("0.95"), "T06"), ("错", "T07")),
    (100, (Fraction(1), "T06"), ("错", "T07")),
    (100.01, ("错", "T07"), ("错", "T07")),
    (-0.01, ("错", "T08"), ("错", "T08")),
    ("95%", (Fraction("0.95"), None), (Fraction("0.95"), None)),
    ("９５％", (Fraction("0.95"), None), (Fraction("0.95"), None)),
    ("1%", (Fraction("0.01"), None), None),
    ("150%", ("错", "T07"), ("错", "T07")),
    ("-5%", ("错", "T08"), ("错", "T08")),
    ("0%", (Fraction(0), None), (Fraction(0), None)),
    ("95", (Fraction("0.95"), "T06"), None),
    *(
        (text, (Absent.SLASH, None), (Absent.SLASH, None))
        for text in ("/", "／", "—", "－", "-", "–", "——", "无", "不涉及", " 不 涉及")
    ),
    *(
        (text, ("错", "T04"), ("错", "T04"))
        for text in ("已完成", "√", "✔", "未完成", "×", "百分之九十", "95分", "//x", "TRUE", "1/2")
    ),
]


@pytest.mark.parametrize(("cell", "elsewhere", "percent_cell"), RATES, ids=lambda value: repr(value)[:30])
def test_a_rate_in_every_form_of_r2(cell, elsewhere, percent_cell):
    assert rate(cell) == elsewhere
    if percent_cell is not None:
        assert rate(cell, is_percent=True) == percent_cell


@pytest.mark.parametrize(
    ("cell", "is_percent", "code"), [(1.2, True, None), ("120%", False, None), (1.21, True, "T07"), (1.2, False, "T05")]
)
def test_a_rate_above_100_with_a_cap_of_120(cell, is_percent, code):
    assert rate(cell, is_percent=is_percent, cap=Fraction("1.2"))[1] == code


@pytest.mark.parametrize(
    ("word", "advice"),
    [("已完成", "100%"), ("√", "100%"), ("未完成", "0%"), ("差不多", "95%"), (date(2024, 3, 5), "日期")],
)
def test_a_word_instead_of_a_rate_is_answered_with_the_number(word, advice):
    _, note = parse_rate(word, is_percent=False, cap=CAP)
    assert note is not None
    assert advice in str(note.params["advice"])


@given(st.integers(201, 10_000).map(lambda hundredths: Decimal(hundredths) / 100))
def test_one_rate_in_all_its_forms_is_one_rate(value):
    forms = [
        float(value / 100),
        float(value),
        str(value),
        f"{value}%",
        f"{value}%".translate(FULL_WIDTH),
        f" {value} %",
    ]
    assert {rate(form)[0] for form in forms} == {Fraction(value) / 100}
    assert rate(float(value / 100), is_percent=True)[0] == Fraction(value) / 100


@given(st.text(max_size=12))
def test_no_text_breaks_a_parser_or_becomes_a_rate_out_of_range(text):
    value, _ = parse_rate(text, is_percent=False, cap=CAP)
    assert isinstance(value, Unreadable | Absent) or value is None or 0 <= value <= 1
    assert isinstance(parse_date(text, 2024), date | Unreadable)


DATES = [
    *(
        "2024-3-5",
        "2024-03-05",
        "2024/3/5",
        "2024.3.5",
        "2024.03.05",
        "2024年3月5日",
        "2024年3月5号",
        "2024 年 3 月 5 日",
    ),
    *(
        "２０２４年３月５日",
        "2024－3－5",
        "20240305",
        "2024-03-05 08:30",
        "2024-03-05T08:30:00",
        "3月5日",
        "03月05号",
        " 2024-3-5 ",
    ),
    *(20240305, datetime.fromisoformat("2024-03-05"), datetime.fromisoformat("2024-03-05T23:59:59"), date(2024, 3, 5)),
]
NO_DATES = (
    *("2024-13-1", "2024-2-30", "2023-2-29", "3.5", "3/5", "3-5", "三月五日", "2024年3月", "2024", "上半年", "202403"),
    *("2024-3-5至3-8", "0000-1-1", 45356, 0.5, -1, True, "/"),
)


@pytest.mark.parametrize("cell", DATES, ids=repr)
def test_a_date_in_every_typed_form(cell):
    assert parse_date(cell, 2024) == date(2024, 3, 5)


@pytest.mark.parametrize("cell", NO_DATES, ids=repr)
def test_no_date_is_guessed(cell):
    assert isinstance(parse_date(cell, 2024), Unreadable)


def test_an_empty_date_is_none_and_a_leap_day_is_of_its_year():
    assert parse_date(None, 2024) is None
    assert parse_date("2月29日", 2024) == date(2024, 2, 29)
    assert isinstance(parse_date("2月29日", 2023), Unreadable)


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_day_in_any_typed_form(day):
    forms = [
        f"{day.year}{a}{day.month}{b}{day.day}{c}"
        for a, b, c in (("-", "-", ""), (".", ".", ""), ("/", "/", ""), ("年", "月", "日"))
    ]
    assert {parse_date(form, 1999) for form in (*forms, f"{day:%Y%m%d}", day.isoformat())} == {day}


WORDS: dict[Grade, Fraction] = {"优秀": Fraction(100), "良好": Fraction(80), "一般": Fraction(60), "较差": Fraction(40)}
MARKS = [
    *((word, 100.0) for word in ("优秀", "优", "A", "a", "Ａ", " 优 秀")),
    *((word, 80.0) for word in ("良好", "良", "B", "ｂ")),
    *((word, 60.0) for word in ("一般", "中", "C")),
    *((word, 40.0) for word in ("较差", "差", "D")),
    *[(95, 95.0), ("95", 95.0), ("９５．５", 95.5), (0, 0.0), (100, 100.0), (101, 101.0), (-1, -1.0), (None, None)],
    *[("弃权", None), (" 弃 权 ", None)],
]


@pytest.mark.parametrize(("cell", "points"), MARKS, ids=repr)
def test_a_mark_or_its_word(cell, points):
    assert parse_mark(cell, WORDS) == points


@pytest.mark.parametrize("cell", ["E", "很好", "合格", "优+", "95分", "95%", "优良", "√", True, date(2024, 1, 1), "弃"])
def test_no_mark_is_guessed(cell):
    assert isinstance(parse_mark(cell, WORDS), Unreadable)


NAMES = [
    *[
        ("张三", ("张三",)),
        ("张三、李四", ("张三", "李四")),
        ("张三，李四；王五;赵六,钱七", ("张三", "李四", "王五", "赵六", "钱七")),
    ],
    *[
        (None, ()),
        ("", ()),
        ("空缺", ()),
        ("张三、空缺", ("张三",)),
        (" 张三 、 李四 ", ("张三", "李四")),
        ("张三、", ("张三",)),
    ],
    *[("张三\n李四", ("张三", "李四")), ("欧阳 修", ("欧阳 修",))],
]


@pytest.mark.parametrize(("cell", "people"), NAMES, ids=repr)
def test_several_names_in_a_cell(cell, people):
    assert names(cell) == people
