"""Numbers, shares, rounding and texts made comparable, one value at a time (R0)."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.exact import fixed, from_float, percent, plain, round_half_up, scaled_floats, scaled_fractions
from jixiao.text import key, number, percentage, share
from tests.test_cells import FULL_WIDTH

NUMBERS = [
    *[(0, "0"), (95, "95"), (0.95, "0.95"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (123456789012345, "123456789012345")],
    *[("95", "95"), ("９５", "95"), (" 95 ", "95"), ("+95", "95"), ("-95", "-95"), ("－９５", "-95"), (".5", "0.5")],
    *[("1,000", "1000"), ("１，０００", "1000"), ("1,234,567.5", "1234567.5"), ("-1,000", "-1000"), ("5.", "5")],
    *[("0.1", "0.1"), ("0012", "12"), ("９.５", "9.5"), ("9 5", "95"), ("\u200b95", "95")],
]
NOT_NUMBERS = (
    *(None, "", " ", "九十五", "95分", "95%", "1e3", "1,00", "10,00,000", ",100", "1,000,", "--1", "+-1", "1.2.3", "."),
    *(
        "-",
        "+",
        "/",
        "½",
        "95²",
        "0x10",
        "inf",
        "nan",
        "NaN",
        "TRUE",
        "1/2",
        "#N/A",
        True,
        False,
        float("inf"),
        float("nan"),
    ),
    *(date(2024, 1, 1), datetime.fromisoformat("2024-01-01T08:00"), "9" * 50),
)


@pytest.mark.parametrize(("cell", "meant"), NUMBERS, ids=repr)
def test_number_reads_every_form_of_a_number(cell, meant):
    assert number(cell) == Fraction(meant)


@pytest.mark.parametrize("cell", NOT_NUMBERS, ids=lambda value: repr(value)[:20])
def test_number_guesses_nothing(cell):
    assert number(cell) is None


FIFTEEN = [
    *[
        (0.1 + 0.2, "0.3"),
        (1.1 * 1.1, "1.21"),
        (100 * 1.15, "115"),
        (0.285 * 100, "28.5"),
        (1 / 3, "0.333333333333333"),
    ],
    *[(2.675, "2.675"), (1.005, "1.005"), (4.35 * 100, "435"), (0.3 - 0.1, "0.2"), (1e15 + 0.3, "1000000000000000")],
    *[(81.35000000000001, "81.35"), (-0.1 - 0.2, "-0.3"), (5e-324, f"{5e-324:.15g}")],
]


@pytest.mark.parametrize(("value", "meant"), FIFTEEN, ids=repr)
def test_a_numeric_cell_means_15_significant_digits(value, meant):
    assert from_float(value) == Fraction(meant)
    assert number(value) == Fraction(meant)


@given(st.decimals(min_value=-10_000, max_value=10_000, places=6))
def test_what_staff_type_is_what_is_meant(typed):
    assert number(float(typed)) == Fraction(typed)
    assert number(str(typed)) == number(f" {typed:,} ") == number(f"{typed:,}".translate(FULL_WIDTH)) == Fraction(typed)


@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: float(f"{value:.15g}")), max_size=20))
def test_vectors_of_floats_are_as_exact_as_single_cells(values):
    vector = scaled_floats(np.array(values, dtype=np.float64))
    assert [vector[index] for index in range(len(values))] == [from_float(value) for value in values]


@given(st.lists(st.fractions(), max_size=10))
def test_vectors_of_fractions_lose_nothing(values):
    vector = scaled_fractions(values)
    assert [vector[index] for index in range(len(values))] == values


HALVES = [
    *[("0.005", 2, "0.01"), ("2.675", 2, "2.68"), ("1.005", 2, "1.01"), ("0.125", 2, "0.13"), ("0.5", 0, "1")],
    *[("1.5", 0, "2"), ("2.5", 0, "3"), ("92.345", 2, "92.35"), ("92.3449999", 2, "92.34"), ("-0.005", 2, "-0.01")],
    *[
        ("-2.5", 0, "-3"),
        ("-2.4", 0, "-2"),
        ("0", 2, "0"),
        ("99.995", 2, "100"),
        ("1/3", 4, "0.3333"),
        ("2/3", 4, "0.6667"),
    ],
    *[("0.0049999999999999", 2, "0"), ("1234.5", 0, "1235")],
]


@pytest.mark.parametrize(("value", "places", "rounded"), HALVES)
def test_rounding_is_half_up(value, places, rounded):
    assert round_half_up(Fraction(value), places) == Fraction(rounded)


@given(st.decimals(min_value=-1000, max_value=1000, places=5), st.integers(0, 6))
def test_rounding_agrees_with_decimal_half_up(value, places):
    expected = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert round_half_up(Fraction(value), places) == Fraction(expected)
    assert Decimal(fixed(Fraction(value), places)) == expected


@given(st.fractions(min_value=-1000, max_value=1000), st.integers(0, 6))
def test_rounding_is_never_further_than_half_a_unit_and_odd_in_sign(value, places):
    rounded = round_half_up(value, places)
    assert abs(rounded - value) * 2 * 10**places <= 1
    assert (rounded * 10**places).denominator == 1
    assert round_half_up(-value, places) == -rounded
    assert round_half_up(rounded, places) == rounded


@pytest.mark.parametrize(
    ("value", "shown"),
    [("0.4", "40%"), ("1", "100%"), ("0.9525", "95.25%"), ("0", "0%"), ("1.2", "120%"), ("-0.05", "-5%")],
)
def test_percent_as_a_sentence_shows_it(value, shown):
    assert percent(Fraction(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("100", "100"), ("1000", "1000"), ("2.50", "2.5"), ("0.1", "0.1"), ("-0.5", "-0.5")]
)
def test_plain_has_no_trailing_zeros(value, shown):
    assert plain(Fraction(value)) == shown


SHARES = [
    (0.4, "0.4"),
    ("40%", "0.4"),
    ("４０％", "0.4"),
    ("0.4", "0.4"),
    (" 40 % ", "0.4"),
    ("1,000%", "10"),
    ("-5%", "-0.05"),
]


@pytest.mark.parametrize(("cell", "meant"), SHARES)
def test_40_per_cent_in_every_form(cell, meant):
    assert share(cell) == Fraction(meant)


@pytest.mark.parametrize("cell", ["%", "四成", "40%左右", "%40", "40%%", None, "", True])
def test_what_is_no_share(cell):
    assert share(cell) is None
    assert percentage(cell) is None


QUOTES = (
    "村“一肩挑”",
    '村"一肩挑"',
    "村一肩挑",
    "村「一肩挑」",
    "村『一肩挑』",
    "村‘一肩挑’",
    "村'一肩挑'",
    "村＂一肩挑＂",
    " 村 “一 肩 挑” ",
    "村〝一肩挑〞",
)


@pytest.mark.parametrize("text", QUOTES)
def test_quotes_in_any_style_compare_equal(text):
    assert key(text) == key("村“一肩挑”")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＳＸ１", "SX1"),
        ("一季度\n完成率", "一季度完成率"),
        (1, "１"),
        (1.0, "1"),
        ("综　合办", "综合办"),
        ("a\u00a0b", "ab"),
    ],
)
def test_width_and_blanks_do_not_matter(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("综合办", "综治办"), ("1", "01"), ("党建办", "党建"), ("SX1", "SX2"), ("县级", "市级")]
)
def test_different_texts_stay_different(one, other):
    assert key(one) != key(other)


@given(st.text("综合办村一肩挑SXsx019０１９ＳＸ，,、（(“”\"'「」 \u3000\n\t-－/／%％", max_size=30))
def test_key_is_a_fixed_point(text):
    assert key(key(text)) == key(text)
