"""R6, identifiers: what makes two of them one, what makes them look alike, and what counts things."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.rules.identity import identity, look_alike_keys, look_alikes, looks_like

MARKS = st.text("0128OILZSBzslb甲乙一二标镇-－—()（）〔〕 ", max_size=6)

ONE = [
    *(("ZS01", other) for other in ("zs01", "ＺＳ０１", " ZS 01", "ZS\u200b01", "“ZS01”")),
    *(("ZS-01", other) for other in ("ZS—01", "ZS–01", "ZS－01", "zs−01", "ZS‐01")),
    *(("云发〔2024〕1", other) for other in ("云发[2024]1", "云发【2024】1", "云发（2024）1", "云发(2024)1")),
    *(("1", other) for other in ("01", "001", "００１")),
    ("0", "00"),
]
TWO = [("ZS01", "ZS1"), ("ZS01", "ZS02"), ("ZS01", "ZS-01"), ("1", "10"), ("ZS01a", "ZS01b"), ("一", "二"), ("0", "")]
ALIKE = [
    *(("ZS01", other) for other in ("ZSO1", "ZS0l", "ZS0I", "2S01", "Z501", "ZS1", "ZS-01", "(ZS01)", "ZS001")),
    ("BZ18", "BZ1B"),
    ("BZ1-1", "BZ11"),
]
APART = [("ZS01", "ZX01"), ("ZS01", "S01"), ("表彰1", "表章1"), ("养老01", "养老院01")]
COUNTED = [
    *(("ZS01", other) for other in ("ZS02", "ZS10", "ZS011", "ZS01a")),
    ("ZS01a", "ZS01b"),
    ("ZSI", "ZSL"),
    ("A", "B"),
    ("项目一", "项目二"),
    ("项目甲", "项目乙"),
    ("第三批", "第四批"),
    ("ZS01", "TB02"),
    ("标段1", "项目1"),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_identifier_whatever_case_width_blanks_dash_or_bracket_style_or_leading_zeros(one, other):
    assert identity(one) == identity(other)
    assert not looks_like(one, other, letters=True)


@pytest.mark.parametrize(("one", "other"), TWO)
def test_two_identifiers(one, other):
    assert identity(one) != identity(other)


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_two_that_look_alike_are_told_for_numbers_of_matters_and_of_ballots(one, other):
    assert identity(one) != identity(other)
    assert looks_like(one, other, letters=False)
    assert looks_like(other, one, letters=True)


@pytest.mark.parametrize(("one", "other"), APART)
def test_one_letter_or_han_character_apart_is_a_slip_in_numbers_of_matters_alone(one, other):
    assert looks_like(one, other, letters=True)
    assert not looks_like(one, other, letters=False)


@pytest.mark.parametrize(("one", "other"), COUNTED)
def test_digits_numerals_stems_and_a_single_last_letter_count_things(one, other):
    assert not looks_like(one, other, letters=True)


@pytest.mark.parametrize("numbers", [[f"BZ{n:02}" for n in range(1, 41)], [f"{n:03}" for n in range(1, 1000)]])
def test_a_row_of_numbers_holds_no_look_alikes(numbers):
    assert look_alikes(numbers, letters=True) == []


def test_a_look_alike_is_told_with_the_first_it_looks_like():
    assert look_alikes(["ZS01", "TB1", "ZS01", "ZSO1", "", "ZS1"], letters=False) == [(0, 3), (0, 5)]


@given(MARKS)
def test_the_identity_of_an_identity_is_itself(text):
    assert identity(identity(text)) == identity(text)


@given(MARKS)
def test_case_and_blanks_never_matter(text):
    assert identity(text.lower()) == identity(f" {text.upper()} ")


@given(MARKS, MARKS)
def test_looking_alike_is_mutual_and_never_said_of_one_and_the_same(one, other):
    assert looks_like(one, other, letters=True) == looks_like(other, one, letters=True)
    if identity(one) == identity(other):
        assert not looks_like(one, other, letters=True)
        assert look_alike_keys(one) == look_alike_keys(other)


@given(st.lists(MARKS, max_size=8), st.booleans())
def test_every_later_identifier_is_told_that_looks_like_an_earlier(texts, letters):
    """Beside the slow and plain way: each with each."""
    forms = [identity(text) for text in texts]
    first = [place for place, form in enumerate(forms) if form and forms.index(form) == place]
    alike = {
        later for earlier, later in combinations(first, 2) if looks_like(forms[earlier], forms[later], letters=letters)
    }
    found = look_alikes(texts, letters=letters)
    assert {later for _, later in found} == alike
    assert all(looks_like(texts[earlier], texts[later], letters=letters) for earlier, later in found)
