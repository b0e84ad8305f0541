"""Lines are high enough for their text, so that nothing is cut on paper."""

from returnplan.papers.pages import Cell, Column, Line, style
from returnplan.papers.pages.heights import line_height_pt, row_heights_pt


def test_long_text_makes_a_row_higher() -> None:
    columns = [Column("下车点", 10, ["虎门", "长安镇乌沙社区华强工业园东门"])]
    short, long = row_heights_pt(columns, 18)
    assert short == 18
    assert long >= 3 * style.CENTER.size * 1.2


def test_shrunk_text_keeps_the_height() -> None:
    columns = [Column("证号", 4, ["450803197501010003"], style.SHRINK)]
    assert row_heights_pt(columns, 18) == [18]


def test_a_joined_cell_uses_the_width_of_all_its_columns() -> None:
    text = "长安镇乌沙社区华强工业园东门"
    narrow = line_height_pt(Line((Cell(text),)), [10, 10, 10])
    joined = line_height_pt(Line((Cell(text, 3),)), [10, 10, 10])
    assert joined < narrow


def test_a_line_is_at_least_as_high_as_asked() -> None:
    assert line_height_pt(Line((Cell("a"),), least_pt=40), [10]) == 40
