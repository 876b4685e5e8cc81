"""`Policy` and `Standard` check nothing themselves: whatever the parsers let through must be what the fields declare.

pydantic reads the declarations, strictly: no text for a number, no word outside its list, nothing missing.
"""

import random
from typing import Any, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ConfigDict, ValidationError, create_model

from jixiao.policy.book import rule_books
from jixiao.policy.model import Policy, Standard
from jixiao.policy.resolve import default_policy
from jixiao.policy.standards import resolve_standards
from tests.frames import policy_of
from tests.reference.years import random_year

DEFAULTS = rule_books()[-1].standards


def judge_of(declared):
    """A strict model of the same fields, all of them required."""
    fields: dict[str, Any] = {name: (hint, ...) for name, hint in get_type_hints(declared).items()}
    return create_model(declared.__name__, __config__=ConfigDict(strict=True, extra="forbid"), **fields)


POLICY, STANDARD = judge_of(Policy), judge_of(Standard)


def as_declared(policy):
    POLICY.model_validate(vars(policy))
    for standard in policy.standards:
        STANDARD.model_validate(vars(standard))


@pytest.mark.parametrize("year", [None, *(book.year for book in rule_books())])
def test_the_built_in_rules_are_as_declared(year):
    as_declared(default_policy(year))


def test_the_settings_of_many_towns_are_as_declared():
    for seed in range(60):
        as_declared(policy_of(random_year(random.Random(seed), settings=True)))


@pytest.mark.parametrize(
    ("field", "wrong"), [("places", "2"), ("rounding", "四舍五入"), ("poor_line", 60.0), ("tie_breakers", [])]
)
def test_a_value_of_another_type_would_be_seen(field, wrong):
    with pytest.raises(ValidationError):
        POLICY.model_validate(vars(default_policy()) | {field: wrong})


CELLS = {
    "category": ("表彰", "典型推广", "通报批评", "新类别"),
    "level": (None, "", "国家级", "省级"),
    "direction": (None, "加", "减", "加分", "乘"),
    "method": (None, "固定", "区间", "认定", "估计"),
    "points": (None, 0, 5, "３", -1, "五"),
    "minimum": (None, 0, 2, "x"),
    "maximum": (None, 0, 5, 1),
    "once": (None, "是", "否", "有时"),
    "category_cap": (None, 0, 6, "无"),
    "taper": (None, "100%,50%", 0.5, "半"),
    "grade_ceiling": (None, "良好", "中"),
    "enabled": (None, "是", "否"),
}


@given(st.lists(st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()}), max_size=3))
def test_rows_of_the_standards_are_refused_or_as_declared(rows):
    standards, _ = resolve_standards(DEFAULTS, list(enumerate(rows, start=4)))
    for standard in standards:
        STANDARD.model_validate(vars(standard))


def test_a_category_not_in_force_needs_no_way_to_reckon_it():
    row = {"category": "新类别", "direction": "加", "enabled": "否"}
    standards, findings = resolve_standards(DEFAULTS, [(4, row)])
    assert [finding.code for finding in findings] == ["S04"]
    assert [item.enabled for item in standards if item.category == "新类别"] == [False]
