"""Every sheet that may be printed is printed alike; labels and values fill the columns above which they stand."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from returnplan.model.texts import Lang
from returnplan.papers.forms import write_templates
from returnplan.papers.pages import Printing
from returnplan.papers.pages.page import Part, spread
from returnplan.papers.workbook import write_plan_workbook
from tests.specimens.plans import make_header, make_plan

A4 = 9


def test_the_foot_says_which_page_of_how_many() -> None:
    assert Printing().footer == "&C&P / &N"
    whole = Printing(lang="zh", left="第1批 第2版", right="2021-02-22 18:05 a1b2")
    assert whole.footer == "&L第1批 第2版&C第 &P 页，共 &N 页&R2021-02-22 18:05 a1b2"


def test_a_name_with_an_ampersand_is_no_mark_at_the_foot() -> None:
    assert Printing(left="A&P").footer.startswith("&LA&&P")


def test_a_sheet_on_its_side_is_wider() -> None:
    wide, high = Printing().size_pt
    narrow, tall = Printing(landscape=False).size_pt
    assert wide > narrow
    assert high < tall


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_sheet_of_a_workbook_is_a4_one_page_wide_with_its_header_and_number(
    tmp_path: Path, lang: Lang
) -> None:
    paths = [
        write_plan_workbook(make_plan(), make_header(), tmp_path / "plan.xlsx", lang=lang),
        *(path for path in write_templates(tmp_path, lang=lang) if path.suffix == ".xlsx"),
    ]
    for sheet in (sheet for path in paths for sheet in load_workbook(path)):
        assert (sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage) == (A4, True)
        assert sheet.print_title_rows
        assert "&P" in str(sheet.oddFooter.center.text)
        assert "&N" in str(sheet.oddFooter.center.text)


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


def test_a_long_sender_is_cut_so_that_excel_takes_the_foot() -> None:
    footer = Printing(lang="zh", left="局&" * 200, right="2021-02-22 18:05 a1b2").footer
    assert len(footer) <= 255
    assert footer.endswith("…&C第 &P 页，共 &N 页&R2021-02-22 18:05 a1b2")
