"""The tests of the functions again, each call over COM as Excel makes it, equal to what Python gives at once."""

import pytest

from tests.functions import excel as plain
from tests.functions import test_arguments
from tests.functions.test_arguments import (  # noqa: F401 - collected here again
    test_a_column_of_notices_is_counted_one_by_one,
    test_a_fault_is_told_in_the_cell,
    test_a_faulty_row_spoils_no_other,
    test_a_hole_among_the_departments_is_no_department_without_points,
    test_a_notice_that_cannot_be_counted,
    test_a_row_a_column_and_text_numbers_are_one_department_alike,
    test_an_empty_net_is_none_and_a_left_out_one_too,
    test_an_error_in_a_date_that_decides_nothing_spoils_no_figure,
    test_explain_puts_the_numbers_in,
    test_numbers_no_score_reaches_are_the_same_in_a_column,
    test_places_and_grades_are_columns_whatever_the_direction,
    test_points_of_a_range,
    test_quarter,
    test_settings_are_read_below_their_headers_wherever_these_stand,
    test_the_last_day_of_a_notice,
    test_true_is_no_number_even_after_one_was_a_setting,
)


@pytest.fixture(autouse=True)
def over_com(monkeypatch, excel):
    """Every call of the tests goes both ways."""

    def call(name, *arguments):
        expected = plain.call(name, *arguments)
        assert excel.formula(name, *arguments) == expected
        return expected

    monkeypatch.setattr(test_arguments, "call", call)
