"""Formulas planted that Excel and LibreOffice answer differently, or that are too much for Excel."""

import pytest

from addin.lint.answers import MOST_ASKING
from addin.lint.limits import ALARM, DEEPEST, LONGEST, LONGEST_TEXT, LONGEST_TITLE

from .plants import Plant, Plants, each_of, in_names, in_sheet, matched, planted

TABLE, LEDGER = "xl/tables/table4.xml", "shtTasks"


def long(length: int) -> str:
    """A sum of this many characters."""
    return "1" + "+1" * (length // 2)


PLANTS: Plants = [
    (
        "a truth value against 0",
        in_names("(ROW($A$1)&lt;&gt;ROW($A$1))&gt;0"),
        "a truth value is compared with a number",
    ),
    ("one handed on by IF", in_names("IF(1=1,2=2,&quot;&quot;)=1"), "a truth value is compared with a number"),
    ("one that IF gives without being told", in_names("IF(1=1,5)&gt;3"), "a truth value is compared with a number"),
    ("one in a list", in_names("{1,TRUE}=2"), "a truth value is compared with a number"),
    ("one behind a name", in_names("公布_对不上&gt;0"), "a truth value is compared with a number"),
    ("one in a cell", in_names("1&lt;复核过程!$B$43"), "a truth value is compared with a number"),
    ("a truth value against a text", in_names("&quot;是&quot;=ISTEXT($A$1)"), "a truth value is compared with a text"),
    ("truth values added up", in_names("SUM($A$1:$A$3=1)"), "SUM of truth values"),
    ("a number of any text", in_names("VALUE($A$1)"), "VALUE of a text whose spelling is not checked"),
    ("another text checked", in_names("IF(VALUE($A$1)&amp;&quot;&quot;=$A$2,1)"), "VALUE of a text whose"),
    ("a date of any text", in_names("DATEVALUE($A$1)"), "DATEVALUE of a text whose spelling is not checked"),
    ("a bare row", in_names("INDEX($A$1:$A$9,ROW($A$3)+1)"), "bare ROW or COLUMN within INDEX"),
    ("a bare column in OFFSET", in_names("OFFSET($A$1,0,COLUMN())"), "bare ROW or COLUMN within OFFSET"),
    ("a bare row in INDIRECT", in_names("INDIRECT(&quot;A&quot;&amp;ROW())"), "bare ROW or COLUMN within INDIRECT"),
    ("a volatile function", in_names("TODAY()"), "TODAY is worked out at every change"),
    ("a wildcard", in_names("COUNTIF($A$1:$A$9,&quot;甲*&quot;)"), "a wildcard in a criterion of COUNTIF"),
    ("one looked for", in_names("MATCH(&quot;?&quot;&amp;$A$1,$A$1:$A$9,0)"), "a wildcard in a criterion of MATCH"),
    ("one as a second criterion", in_names("SUMIFS($A:$A,$A:$A,1,$B:$B,&quot;~&quot;)"), "criterion of SUMIFS"),
    ("one cell of many", in_sheet("shtLists", "<f>[^<]*", "<f>$A$1:$A$9+1"), "of A1:A9 one cell is taken"),
    ("one of a name", in_sheet("shtLists", "<f>[^<]*", "<f>LEN(科室名)"), "of 科室名 one cell is taken"),
    ("one in a colour", in_sheet("shtResults", "<formula>[^<]*", "<formula>$A$1:$A$9=1"), "one cell is taken"),
    (
        "too many cells that ask",
        in_names("CELL(&quot;format&quot;,$A$1)", *(f"格外{number}" for number in range(MOST_ASKING))),
        "formulas with CELL are worked out",
    ),
    (
        "a newer function",
        in_names("_xlfn.XLOOKUP(1,$A:$A,$B:$B)"),
        "function _xlfn.XLOOKUP may be newer than Excel 2016",
    ),
    ("too long", in_names(long(LONGEST + 1)), "characters, more than Excel takes"),
    ("nearly too long", in_names(long(ALARM + 1)), "characters, close to the most"),
    (
        "too deep",
        in_names("ABS(" * (DEEPEST + 1) + "1" + ")" * (DEEPEST + 1)),
        f"functions are nested {DEEPEST + 1} deep",
    ),
    ("a long text", in_names(f"&quot;{'长' * (LONGEST_TEXT + 1)}&quot;"), "a text constant of"),
    (
        "a long check",
        in_sheet(LEDGER, '(type="custom"[^>]*>)<formula1>[^<]*', rf"\1<formula1>{long(LONGEST_TEXT + 1)}"),
        "characters in a check's formula",
    ),
    (
        "a long hint",
        in_sheet(LEDGER, ' prompt="', f' prompt="{"长" * LONGEST_TEXT}'),
        "characters in its prompt, at most",
    ),
    (
        "a long title",
        in_sheet(LEDGER, ' errorTitle="', f' errorTitle="{"长" * LONGEST_TITLE}'),
        "characters in its errorTitle, at most",
    ),
    (
        "a long list",
        in_sheet(
            LEDGER,
            '(<dataValidation type="list"[^>]*>)<formula1>[^<]*',
            rf'\1<formula1>"{"长" * (LONGEST_TEXT + 1)}"',
        ),
        "a list of",
    ),
    ("a striped table", matched(TABLE, 'showRowStripes="0"', 'showRowStripes="1"'), "its rows are striped"),
    (
        "a list that ignores blanks",
        in_sheet(LEDGER, 'type="list"', 'type="list" allowBlank="1"'),
        "the list 科室名单 ignores blanks",
    ),
]

SOUND = (
    "0+(ROW($A$1)&lt;&gt;ROW($A$1))&gt;0",
    "(1=2)=(2=1)",
    "SUM(--($A$1:$A$3=1))",
    "SUM(IF($A$1:$A$3=1,$B$1:$B$3))",
    "IF(VALUE($A$1)&amp;&quot;&quot;=$A$1,VALUE($A$1))",
    "INDEX($A$1:$A$9,SUM(ROW($A$3))+1)",
    "INDEX($A$1:$A$9,MATCH(ROW()-1,$B$1:$B$9,0))",
    "COUNTIF($A$1:$A$9,&quot;甲&quot;)",
    long(ALARM - 1),
)


@each_of(PLANTS)
def test_a_planted_form_is_found(plant: Plant, says: str) -> None:
    found = planted(plant)
    assert any(says in fault for fault in found), found


@pytest.mark.parametrize("formula", SOUND, ids=range(len(SOUND)))
def test_a_sound_form_is_let_pass(formula: str) -> None:
    assert planted(in_names(formula)) == []
