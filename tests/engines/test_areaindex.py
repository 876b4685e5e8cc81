"""Merged cells and array formulas are found without looking at all of them, and none is missed."""

from hypothesis import given
from hypothesis import strategies as st

from jixiao.engines.address import Area
from jixiao.engines.areaindex import AreaIndex
from jixiao.engines.file import open_book
from tests.engines import files
from tests.steps import steps

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


def test_merged_cells_and_arrays_cost_in_step_with_their_number(tmp_path):
    """Protects sheets merged in every row, asked cell by cell: nobody looks through all of them each time."""

    def asked(count: int) -> int:
        rows = "".join(
            f'<row r="{row}"><c r="B{row}"><v>1</v></c><c r="D{row}"><f t="array" ref="D{row}">1</f><v>1</v></c></row>'
            for row in range(1, count + 1)
        )
        merges = "".join(f'<mergeCell ref="B{row}:C{row}"/>' for row in range(1, count + 1))
        after = f'<mergeCells><mergeCell ref="A1:A{count}"/>{merges}</mergeCells>'
        path = files.with_cells(tmp_path / f"{count}.xlsx", rows, after=after)
        with open_book(path) as book:
            sheet = book.sheets[0]

            def ask() -> None:
                for row in range(1, count + 1):
                    assert sheet.range((row, 3)).merge_area.row == row
                    assert sheet.range((row, 4)).impl.has_array
                assert sheet.range((count, 1)).merge_area.row == 1
                sheet.range((1, 5), (count, 5)).value = [["写"]] * count

            return steps(ask)

    asked(10)
    assert asked(1_000) < 12 * asked(100)
