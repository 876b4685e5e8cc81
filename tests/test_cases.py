"""Worked cases as files, for every setting of 参数 and every column of 加减分标准, through workbook and button."""

import pytest

from jixiao.policy.book import rule_books
from jixiao.sheets.inputs import POINTS, STANDARDS
from tests.cases.files import case_files, results_of
from tests.cases.workbook import BASE, differences, play, unsaid

SETTINGS, COLUMNS = case_files("settings"), case_files("standards")
CASES = [
    pytest.param(file, case, id=f"{file.path.stem}-{number}")
    for file in (*SETTINGS, *COLUMNS)
    for number, case in enumerate(file.cases, start=1)
]
RULES = rule_books()[0]


def test_every_setting_has_its_file_and_no_file_an_unknown_setting():
    assert [file.subject for file in SETTINGS] == sorted(setting.name for setting in RULES.settings)


def test_every_column_of_the_standards_has_its_file():
    columns = [column.header for column in STANDARDS.columns]
    columns += [column.header for column in POINTS.columns if column.key == "share"]
    assert [file.subject for file in COLUMNS] == sorted(columns)


@pytest.mark.parametrize("file", [*SETTINGS, *COLUMNS], ids=lambda file: file.path.stem)
def test_a_file_is_named_after_its_setting(file):
    assert file.path.stem == file.subject
    assert len(file.cases) >= 2


@pytest.mark.parametrize("file", SETTINGS, ids=lambda file: file.path.stem)
def test_a_file_states_clause_and_default_as_the_rules_do(file):
    setting = RULES.setting(file.subject)
    assert setting is not None
    assert (file.clause, file.default) == (setting.clause, setting.default)


@pytest.mark.parametrize(("file", "case"), CASES)
def test_a_case_gives_what_is_worked_out_in_it(file, case, tmp_path):
    scored = play(case, tmp_path / "town.xlsm")
    assert not differences(case, scored, results_of(BASE))
    assert not unsaid(case, scored, tmp_path / "town.xlsm")
