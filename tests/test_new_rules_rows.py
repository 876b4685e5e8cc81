"""加减分标准 taken over, row by row, into a year of newer rules: those of tests/test_new_rules_template.py."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from jixiao import newrules
from jixiao.findings import Severity
from jixiao.policy.book import rule_books
from jixiao.policy.standards import resolve_standards
from tests.test_new_rules_template import CHANGES
from tests.test_policy_years import rules_of_2028


@pytest.fixture
def newer(tmp_path):
    with rules_of_2028(tmp_path / "rules", CHANGES):
        yield


def as_typed(standards):
    return [newrules.standard_cells(item) for item in standards]


def row(category, level="", **cells):
    return {"category": category, "level": level, **cells}


def changed(category, level="", **cells):
    """The rows of the old rules, one of them changed."""
    rows = as_typed(rule_books()[0].standards)
    return [line | cells if (line["category"], line["level"]) == (category, level) else line for line in rows]


def taken(rows):
    old, new = rule_books()
    return newrules.standards_for(rows, old, new)


def places(rows):
    return [(line["category"], line["level"]) for line in rows]


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    "edit",
    [
        lambda rows: rows,
        lambda rows: rows[:4],
        lambda rows: [*rows[9:], *rows[:9]],
        lambda rows: [
            {key: f" {cell} " if isinstance(cell, str) else cell for key, cell in line.items()} for line in rows
        ],
        lambda rows: [line | {"points": str(line["points"]) if line["points"] else None} for line in rows],
        lambda rows: [line | {"method": None, "points": None, "once": None, "enabled": None} for line in rows],
        lambda rows: [*rows, row(None)],
    ],
    ids=["all", "some deleted", "categories moved", "blanks", "text numbers", "left to the default", "an empty row"],
)
def test_rows_that_say_what_the_old_rules_say_become_those_of_the_new(edit):
    old, new = rule_books()
    assert taken(edit(as_typed(old.standards))) == as_typed(new.standards)


@pytest.mark.usefixtures("newer")
def test_a_level_of_the_towns_own_keeps_its_rank():
    """区级 below 市级 stays there; 省级 of the new rules comes where they have it."""
    rows = as_typed(rule_books()[0].standards)
    rows.insert(3, row("表彰", "区级", points=2.5))
    kept = [level for category, level in places(taken(rows)) if category == "表彰"]
    assert kept == ["国家级", "省级", "市级", "区级", "县级"]


@pytest.mark.usefixtures("newer")
def test_levels_the_town_reordered_keep_its_order():
    rows = as_typed(rule_books()[0].standards)
    rows[1], rows[2] = rows[2], rows[1]
    kept = [level for category, level in places(taken(rows)) if category == "表彰"]
    assert kept == ["省级", "市级", "国家级", "县级"]


@pytest.mark.usefixtures("newer")
def test_a_category_the_new_rules_drop_stays_when_the_town_changed_it():
    """What its empty cells left to the old rules is written out: the new ones have nothing to fall back on."""
    rows = [*as_typed(rule_books()[0].standards)[:13], row("媒体曝光", points=4)]
    found = next(line for line in taken(rows) if line["category"] == "媒体曝光")
    assert (found["direction"], found["method"], found["points"], found["once"]) == ("减", "固定", 4, "是")
    standards, findings = resolve_standards(rule_books()[1].standards, [(1, line) for line in taken(rows)])
    assert [finding.code for finding in findings] == ["S04"]
    assert [item.points for item in standards if item.category == "媒体曝光"] == [4]


@pytest.mark.usefixtures("newer")
def test_a_row_the_town_switched_off_stays_off():
    found = [line for line in taken(changed("信息采用", enabled="否")) if line["category"] == "信息采用"]
    assert [line["enabled"] for line in found] == ["否"]


@pytest.mark.usefixtures("newer")
def test_what_belongs_to_a_whole_category_stays_one():
    """招商项目 counts twice from 2028 on, also in a row the town changed otherwise; its own word holds for all rows."""
    old, new = rule_books()
    other = taken(changed("招商项目", points=6))
    assert [(line["points"], line["once"]) for line in other if line["category"] == "招商项目"] == [(6, "否")]
    rows = [line | {"once": "否"} if line["category"] == "表彰" else line for line in as_typed(old.standards)]
    own = [line for line in taken(rows) if line["category"] == "表彰"]
    assert [(line["level"], line["once"]) for line in own] == [
        (level, "否") for level in ("国家级", "省级", "市级", "县级")
    ]
    assert not resolve_standards(new.standards, [(1, line) for line in taken(rows)])[1]


@pytest.mark.usefixtures("newer")
@pytest.mark.parametrize(
    "own",
    [
        row("早餐奖", direction="加", method="固定", points=1.0),
        row("表彰", "国家级", points="很多"),
        row(None, "县级", points=2),
    ],
    ids=["a category of its own", "what nobody understands", "a row without a category"],
)
def test_a_row_that_is_no_default_is_never_lost(own):
    rows = [line for line in as_typed(rule_books()[0].standards) if line["level"] != "国家级"]
    assert [line for line in taken([*rows, own]) if own.items() <= line.items()] == [own]


EDITS = st.tuples(
    st.integers(0, 16),
    st.sampled_from(
        [
            {"points": 7.0, "method": "固定"},
            {"method": "区间", "minimum": 1.0, "maximum": 9.0},
            {"enabled": "否"},
            {"category_cap": 6.0},
            {"once": "否"},
            {"once": None, "clause": "我镇办法"},
            {"direction": None, "method": None, "points": None},
            {"level": "片区级", "points": 1.5, "method": "固定"},
        ]
    ),
)


@given(edits=st.lists(EDITS, max_size=5), gone=st.sets(st.integers(0, 16), max_size=6), seed=st.randoms())
def test_whatever_the_town_made_of_the_old_rules_holds_under_the_new(edits, gone, seed, tmp_path_factory):
    """Rows that the old rules accept, the new ones accept; what is the town's own says the same, the rest is theirs."""
    with rules_of_2028(tmp_path_factory.mktemp("newer") / "rules", CHANGES):
        old, new = rule_books()
    rows = as_typed(old.standards)
    for at, cells in edits:
        rows[at] |= cells
    rows = [line for at, line in enumerate(rows) if at not in gone]
    if len(edits) > 3:
        seed.shuffle(rows)
    before, findings = resolve_standards(old.standards, list(enumerate(rows)))
    assume(all(finding.severity is not Severity.ERROR for finding in findings))
    after, findings = resolve_standards(new.standards, list(enumerate(newrules.standards_for(rows, old, new))))
    assert [finding for finding in findings if finding.severity is Severity.ERROR] == []
    was, now = ({(item.category, item.level): item for item in items} for items in (before, after))
    first, second = ({(item.category, item.level): item for item in items.standards} for items in (old, new))
    for place in {(line["category"], line["level"]) for line in rows}:
        if worth(was[place]) != worth(first.get(place)):
            assert worth(now[place]) == worth(was[place])
    for place in now.keys() - was.keys():
        assert worth(now[place]) == worth(second[place])


def worth(standard):
    """What one row alone decides."""
    if standard is None:
        return None
    return (
        standard.method,
        standard.points,
        standard.minimum,
        standard.maximum,
        standard.enabled,
        standard.grade_ceiling,
    )
