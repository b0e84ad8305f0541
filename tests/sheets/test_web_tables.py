"""Tables of HTML under .xls, as web systems export them."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from returnplan.sheets.markup import CutOffError, NoTableError
from returnplan.sheets.reader import read_tables
from returnplan.sheets.refusals import FileRefused
from returnplan.sheets.tables import Table
from returnplan.sheets.web_tables import web_tables

HEAD = (
    '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta http-equiv="Content-Type" '
    'content="text/html; charset={}"><!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>'
    "<x:Name>桥圩镇</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->"
    "<style>td {{mso-number-format:'\\@';}}</style></head><body>"
)
GRID_VIEW = (
    '<div><table cellspacing="0" rules="all" border="1" id="GridView1"><tr><th scope="col">姓名</th>'
    '<th scope="col">身份证号</th><th scope="col">电话</th></tr><tr>\n<td>韦家旺</td>'
    "<td style='vnd.ms-excel.numberformat:@'>450881197001011234</td><td>013800001111&nbsp;</td></tr></table></div>"
)


def rows_of(text: str) -> list[list[str]]:
    return web_tables(text)[1]


def read(path: Path, text: str, encoding: str = "utf-8") -> Table:
    path.write_bytes(text.encode(encoding))
    ((table,),) = read_tables([path])
    return table


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb2312", "gb18030", "utf-16"])
def test_numbers_stay_as_they_are_written_in_any_encoding(encoding: str, tmp_path: Path) -> None:
    table = read(tmp_path / "导出.xls", HEAD.format(encoding) + GRID_VIEW + "</body></html>", encoding)
    assert table.sheet == "桥圩镇"
    assert [table.row_texts(line) for line in range(table.num_rows)] == [
        ["姓名", "身份证号", "电话"],
        ["韦家旺", "450881197001011234", "013800001111"],
    ]


def test_a_wrong_charset_does_no_harm(tmp_path: Path) -> None:
    table = read(tmp_path / "导出.xls", HEAD.format("gb2312") + GRID_VIEW)
    assert table.row_texts(1)[0] == "韦家旺"


def test_a_sheet_without_a_name_has_that_of_its_file(tmp_path: Path) -> None:
    assert read(tmp_path / "大安镇.xlsx", GRID_VIEW).sheet == "大安镇"


@pytest.mark.parametrize(
    ("page", "rows"),
    [
        (
            "<h3>返岗花名册</h3><table><tr><td>1</td></tr></table>制表人：李四",
            ["返岗花名册", "1", "制表人：李四"],
        ),
        ("<table><tr><td>易地<br/>搬迁<td>a &lt; b<tr><td>2</table>", ["易地\n搬迁|a < b", "2"]),
        ("<table><thead><tr><th>姓名</thead><tbody><tr><td>韦\n  家旺</tbody></table>", ["姓名", "韦 家旺"]),
        ("<table><tr><td>1<script>x='<td>9</td>'</script></td></tr></table>", ["1"]),
        ("<table><tr><td>1<!-- <td>9</td> --></td></tr></table>", ["1"]),
        ('<table><tr><td>="0138"</td></tr></table>', ["0138"]),
        ("<table><tr><td><select><option>是</option><option>否</option></select></td><td>1</table>", ["|1"]),
        ("<table><tr><td/><td>2</td></tr></table>", ["|2"]),
        ("<table><tr><td>1</table><table><tr><td>2</table>", ["1", "2"]),
    ],
)
def test_what_a_page_shows_is_read(page: str, rows: Sequence[str]) -> None:
    assert ["|".join(row) for row in rows_of(page)] == rows


def test_a_table_that_lays_out_the_page_holds_the_rows_of_the_list() -> None:
    inner = "<table><tr><th>姓名</th><th>电话</th></tr><tr><td>韦家旺</td><td>138</td></tr></table>"
    rows = rows_of(f"<table><tr><td><b>名单</b></td></tr><tr><td>{inner}</td></tr></table>")
    assert [row for row in rows if any(row)] == [["名单"], ["姓名", "电话"], ["韦家旺", "138"]]


def test_a_frame_around_a_text_is_the_text() -> None:
    assert rows_of("<table><tr><td>1</td><td><table><tr><td>138</table></td></tr></table>") == [["1", "138"]]


def test_cells_of_several_rows_and_columns() -> None:
    _, rows, merged = web_tables(
        "<table><tr><td rowspan=2>序号</td><td colspan=2>务工地</td></tr><tr><td>市</td><td>镇</td></tr>"
        "<tr><td rowspan=9>1</td><td>东莞</td></tr></table>"
    )
    assert rows == [["序号", "务工地"], ["", "市", "镇"], ["1", "东莞"]]
    assert merged == [(1, 1, 2, 1), (1, 2, 1, 3)]


@pytest.mark.parametrize("cut", range(20, len(GRID_VIEW) - len("</table></div>"), 7))
def test_a_table_that_breaks_off_is_never_read_in_part(cut: int) -> None:
    with pytest.raises((CutOffError, NoTableError)):
        web_tables(GRID_VIEW[:cut])


def test_a_report_called_html_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="not an Excel"):
        read(tmp_path / "report.html", GRID_VIEW)
