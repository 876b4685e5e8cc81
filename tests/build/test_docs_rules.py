"""docs/rules.md (规则说明): every rule and every setting is there, and each example is a sum that a case works out."""

import re
import string
import tomllib
from fractions import Fraction

import pytest

from jixiao.exact import percent
from jixiao.policy.book import rule_books
from jixiao.rules.inputs import Absent
from jixiao.sheets.cells import parse_rate
from jixiao.text import Unreadable
from tests.cases.files import HERE
from tests.cases.sums import result_of
from tests.workbooks import ROOT, as_cell

PAGE = (ROOT / "docs" / "rules.md").read_text("utf-8")
WORDS = (ROOT / "addin" / "build" / "docs_rules.toml").read_text("utf-8")
RULES = {rule["id"]: rule for rule in tomllib.loads(WORDS)["rule"]}
CLAUSES = {  # what the contract cites beside each rule; the plan is silent on R0 and R2
    "R0": (),
    "R1": ("四(一)", "四(二)1"),
    "R2": (),
    "R3": ("四(二)1", "4"),
    "R4": ("四(二)2",),
    "R5": ("四(二)2",),
    "R6": tuple(f"加{sign}" for sign in "①②③④⑤⑥"),
    "R7": ("减①", "减②"),
    "R8": ("加①", "加②", "加③", "加④", "减①"),
    "R9": ("四(二)4",),
    "R10": ("四(二)5",),
    "R11": ("四(二)5",),
    "R12": ("四(二)5",),
    "R13": ("四(三)",),
    "R14": ("四(二)1",),
    "R15": ("四(一)", "四(二)"),
}


def test_every_rule_stands_there_with_its_clause():
    assert set(RULES) - {""} == set(CLAUSES)
    for name, clauses in CLAUSES.items():
        rule = RULES[name]
        section = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1 + list(RULES).index(name)]
        assert section.splitlines()[0] == rule["title"]
        cited = section.splitlines()[2].removeprefix("条款：")
        assert all(clause in cited for clause in clauses), name
        assert clauses or cited == "方案没有写，由程序约定"


def test_every_setting_stands_in_one_table_with_clause_and_default():
    lines = [line.strip("| ").split(" | ") for line in PAGE.splitlines() if line.startswith("| ")]
    for setting in rule_books()[-1].settings:
        found = [line for line in lines if line[0] == setting.name]
        assert len(found) == 1, setting.name
        assert found[0][1:5:2] == [setting.default or "（空着）", setting.clause]
        assert found[0][4] == setting.help


def test_every_default_standard_is_listed():
    for item in rule_books()[-1].standards:
        assert f"| {item.category} | {item.level or '–'} | {item.method} |" in PAGE


@pytest.mark.parametrize("rule", [rule for rule in RULES.values() if "sum" in rule], ids=lambda rule: rule["id"])
def test_an_example_is_right_and_stands_in_its_case(rule):
    assert result_of(rule["sum"]) is not None
    if "case" in rule:
        assert rule["sum"] in (HERE / f"{rule['case']}.toml").read_text("utf-8")


@pytest.mark.parametrize(("cell", "means"), RULES["R2"]["readings"], ids=lambda text: text[:6])
def test_a_rate_is_read_as_the_page_says(cell, means):
    rate, note = parse_rate(as_cell(cell) if cell else None, is_percent=False, cap=Fraction(1))
    if means.startswith("错误"):
        assert isinstance(rate, Unreadable)
        assert note
    elif means in {"没有安排任务", "没有填写"}:
        assert (rate, note) == (Absent.SLASH if cell else None, None)
    else:
        assert isinstance(rate, Fraction)
        assert means.startswith(percent(rate))
        assert bool(note) == ("提示" in means)


def test_every_link_leads_somewhere():
    links = re.findall(r"\]\(<(.+?)>\)", PAGE)
    assert len(links) > len(rule_books()[-1].settings)
    assert all((ROOT / "docs" / link).is_file() for link in links)


def test_staff_read_no_word_of_the_program():
    for line in PAGE.splitlines():
        rest = re.sub(r"\]\(<.+?>\)|Excel|（[优良中差]、[A-D]）|XX镇", "", line)
        assert not set(rest) & set(string.ascii_letters), line
