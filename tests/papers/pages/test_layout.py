"""Labels and values fill the columns of a table whose widths they did not choose."""

from hypothesis import given
from hypothesis import strategies as st

from returnplan.papers.pages.layout import Part, spread

WIDTHS = st.lists(st.floats(1, 40), min_size=1, max_size=15)


@given(WIDTHS, st.data())
def test_all_columns_are_filled_and_no_part_is_lost(widths: list[float], data: st.DataObject) -> None:
    shares = data.draw(st.lists(st.floats(0.1, 9), min_size=1, max_size=len(widths)))
    line = spread([Part(str(share), share=share) for share in shares], widths)
    assert sum(cell.num_columns for cell in line.cells) == len(widths)
    assert all(cell.num_columns >= 1 for cell in line.cells)
    assert [cell.value for cell in line.cells] == [str(share) for share in shares]


def test_edges_lie_nearest_to_the_shares() -> None:
    line = spread([Part("a", share=1), Part("b", share=2)], [10, 10, 10])
    assert [cell.num_columns for cell in line.cells] == [1, 2]
