"""未重算 in an input cell: behind a formula it is no entry, typed by a person it is their word."""

import shutil

import pytest

from jixiao import buttons
from jixiao.engines.file import open_book
from tests.workbooks import EXAMPLE


@pytest.fixture
def example(tmp_path):
    target = tmp_path / "示例.xlsm"
    shutil.copy(EXAMPLE, target)
    return target


def found_at(book, cell):
    return [
        line["代码"] for line in buttons.check(book).lines if (line["工作表"], line["单元格"]) == ("任务台账", cell)
    ]


def test_a_formula_not_calculated_yet_is_no_entry(example):
    with open_book(example) as book:
        book.sheets["任务台账"].range("D4").formula = "=0.9+0.05"
        book.save()
    with open_book(example) as book:
        assert found_at(book, "D4") == ["F05"]


def test_the_word_itself_is_a_wrong_rate(example):
    with open_book(example) as book:
        book.sheets["任务台账"].range("D4").value = "未重算"
        assert found_at(book, "D4") == ["T04"]
