"""Merged cells and array formulas are found without looking at all of them, and none is missed."""

import time

from hypothesis import given
from hypothesis import strategies as st

from jixiao.engines.address import Area
from jixiao.engines.areaindex import AreaIndex
from jixiao.engines.file import open_book
from tests.engines import files

AREAS = st.builds(
    lambda top, left, rows, columns: Area(top, left, top + rows, left + columns),
    st.integers(1, 3000),
    st.integers(1, 6),
    st.one_of(st.integers(0, 3), st.integers(0, 2000)),
    st.integers(0, 3),
)


@given(st.lists(AREAS, max_size=40), AREAS)
def test_the_areas_that_meet_one_in_their_own_order(areas, wanted):
    assert AreaIndex(areas).meeting(wanted) == [area for area in areas if area.meets(wanted)]


def test_tens_of_thousands_of_merged_cells_and_arrays(tmp_path):
    """Asked cell by cell: looking through all of them each time takes minutes."""
    count = 20_000
    rows = "".join(
        f'<row r="{row}"><c r="B{row}"><v>1</v></c><c r="D{row}"><f t="array" ref="D{row}">1</f><v>1</v></c></row>'
        for row in range(1, count + 1)
    )
    merges = "".join(f'<mergeCell ref="B{row}:C{row}"/>' for row in range(1, count + 1))
    after = f'<mergeCells><mergeCell ref="A1:A{count}"/>{merges}</mergeCells>'
    path = files.with_cells(tmp_path / "合并.xlsx", rows, after=after)
    with open_book(path) as book:
        sheet = book.sheets[0]
        started = time.process_time()
        for row in range(1, count + 1):
            assert sheet.range((row, 3)).merge_area.row == row
            assert sheet.range((row, 4)).impl.has_array
        assert sheet.range((count, 1)).merge_area.row == 1
        sheet.range((1, 5), (count, 5)).value = [["写"]] * count
        assert time.process_time() - started < 8
