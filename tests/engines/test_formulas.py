"""Moving a formula shifts its relative references and nothing that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator  # type: ignore[import-untyped, unused-ignore]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped, unused-ignore]

from jixiao.engines.formulas import translate


@pytest.mark.parametrize(
    ("formula", "moved"),
    [
        ("A1+$A1+A$1+$A$1", "C4+$A4+C$1+$A$1"),
        ('"A1 B2"&A1', '"A1 B2"&C4'),
        ("'A1 表'!A1:B2", "'A1 表'!C4:D5"),
        ("Sheet1!A1", "Sheet1!C4"),
        ("表A1!B2", "表A1!D5"),
        ("SUM(A:A,$B:B,1:1,$2:2)", "SUM(C:C,$B:D,4:4,$2:5)"),
        ("LOG10(A1)+ATAN2(B1,C1)", "LOG10(C4)+ATAN2(D4,E4)"),
        ("tbl[[#This Row],[A1]]+tbl[B2]", "tbl[[#This Row],[A1]]+tbl[B2]"),
        ("Q1_total+A1.x+_A1", "Q1_total+A1.x+_A1"),
        ("[1]Sheet1!A1", "[1]Sheet1!C4"),
        ("IF(A1=1,TRUE,10)", "IF(C4=1,TRUE,10)"),
        ('"他说""A1"""&A1', '"他说""A1"""&C4'),
        ("名称+A1*1E5", "名称+C4*1E5"),
        ("XFD1048576", "B3"),
    ],
)
def test_translation(formula, moved):
    assert translate(formula, 3, 2) == moved


references = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "$"]),
    st.sampled_from(["A", "B", "Z", "AA", "XA"]),
    st.sampled_from(["", "$"]),
    st.integers(1, 500),
)
operands = st.one_of(
    references,
    st.builds("{}:{}".format, references, references),
    st.sampled_from(['"A1"', "12.5", "TRUE", "SUM(B2:C3)", "'表 1'!D4", "tbl[列]", "LOG10(A9)"]),
)


@given(st.lists(operands, min_size=1, max_size=5).map("+".join), st.integers(0, 40), st.integers(0, 40))
def test_agrees_with_openpyxl(formula, down, right):
    target = f"{get_column_letter(1 + right)}{1 + down}"
    assert "=" + translate(formula, down, right) == Translator("=" + formula, "A1").translate_formula(target)
