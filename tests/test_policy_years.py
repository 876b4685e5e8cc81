"""年度 picks the rules: a newer rule book beside the built-in one scores newer years only, and cells override both."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from jixiao.policy import book
from tests.cases.files import HERE, loose_cases, results_of
from tests.cases.workbook import BASE, differences, play, unsaid

NEWER = {  # what the made-up rules of 2028 say otherwise than the built-in ones
    "year = 2024\n": "year = 2028\n",
    'default = "2024"': 'default = "2028"',
    'default = "40%"\nclause = "四(二)1"': 'default = "30%"\nclause = "五(一)"',
    'default = "60%"\nclause = "四(二)1"': 'default = "70%"\nclause = "五(一)"',
    'category = "信息采用"\ndirection = "加"\nlevel = ""\nmethod = "固定"\npoints = "2"': (
        'category = "信息采用"\ndirection = "加"\nlevel = ""\nmethod = "固定"\npoints = "3"'
    ),
}


@contextmanager
def rules_of_2028(folder: Path, changes: Mapping[str, str]) -> Iterator[None]:
    """The built-in rules and those of 2028, which differ in `changes`, side by side in a new `folder`."""
    built_in = book.FOLDER.joinpath("2024.toml").read_text("utf-8")
    folder.mkdir()
    (folder / "2024.toml").write_text(built_in, "utf-8")
    for old, new in changes.items():
        assert built_in.count(old) == 1
        built_in = built_in.replace(old, new)
    (folder / "2028.toml").write_text(built_in, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book, "FOLDER", folder)
        book.rule_books.cache_clear()
        yield
    book.rule_books.cache_clear()


@pytest.fixture
def newer_rules(tmp_path):
    with rules_of_2028(tmp_path / "rules", NEWER):
        yield


@pytest.mark.usefixtures("newer_rules")
@pytest.mark.parametrize("case", loose_cases(HERE / "new_rules.toml"), ids=lambda case: case.name[:8])
def test_each_year_is_scored_by_its_own_rules_and_the_workbook_overrides_them(case, tmp_path):
    scored = play(case, tmp_path / "town.xlsm")
    assert not differences(case, scored, results_of(BASE))
    assert not unsaid(case, scored, tmp_path / "town.xlsm")
