"""Three other towns' plans, made of cells of 参数 and 加减分标准 alone, worked out by hand in their files."""

import pytest

from tests.cases.files import results_of, town_cases
from tests.cases.workbook import TOWNS, differences, play, unsaid

CASES = [
    pytest.param(path, case, id=f"{path.stem}-{number}")
    for path in TOWNS
    for number, case in enumerate(town_cases(path))
]


def test_there_are_three_towns():
    assert [path.stem for path in TOWNS] == ["柳林街道", "河湾镇", "石桥乡"]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_town_is_scored_by_its_own_plan(path, case, tmp_path):
    scored = play(case, tmp_path / "town.xlsm", path)
    assert not differences(case, scored, results_of(path))
    assert not unsaid(case, scored, tmp_path / "town.xlsm")
