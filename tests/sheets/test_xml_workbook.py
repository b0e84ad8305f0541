"""Excel 2003's XML, as Excel saves it and as exporters write it."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from returnplan.sheets.reader import read_tables
from returnplan.sheets.xml_workbook import xml_sheets

HEAD = (
    '<?xml version="1.0" encoding="{}"?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
    'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">'
)
SHEET = (
    '<Worksheet ss:Name="桥圩镇"><Table ss:ExpandedColumnCount="3"><Column ss:Width="54"/>'
    '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">姓名</Data></Cell>'
    '<Cell ss:MergeAcross="1"><Data ss:Type="String">务工地</Data></Cell></Row>'
    '<Row><Cell ss:Index="2"><Data ss:Type="String">市</Data></Cell><Cell><Data ss:Type="String">日期</Data></Cell>'
    '</Row><Row ss:Index="4"><Cell ss:StyleID="s21"><ss:Data ss:Type="String"><html:B>韦</html:B>家旺</ss:Data>'
    '<Comment ss:Author="李"><ss:Data>核实</ss:Data></Comment></Cell><Cell ss:Index="3">'
    '<Data ss:Type="DateTime">2021-02-18T00:00:00.000</Data></Cell></Row></Table></Worksheet>'
)
HIDDEN = (
    '<Worksheet ss:Name="码表"><Table><Row><Cell><Data ss:Type="String">a</Data></Cell></Row></Table>'
    '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible>'
    "</WorksheetOptions></Worksheet>"
)


@pytest.mark.parametrize(
    ("encoding", "suffix"), [("utf-8", ".xls"), ("UTF-8", ".xml"), ("gb2312", ".xls"), ("utf-16", ".xls")]
)
def test_cells_stand_where_the_file_has_them(encoding: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"导出{suffix}"
    path.write_bytes((HEAD.format(encoding) + SHEET + HIDDEN + "</Workbook>").encode(encoding))
    ((table, hidden),) = read_tables([path])
    assert (table.sheet, hidden.sheet, hidden.is_hidden) == ("桥圩镇", "码表", True)
    assert [table.row_texts(line) for line in range(table.num_rows)] == [
        ["姓名", "务工地", ""],
        ["", "市", "日期"],
        ["", "", ""],
        ["韦家旺", "", "2021-02-18"],
    ]
    assert table.merged == ((1, 1, 2, 1), (1, 2, 1, 3))


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("Number", "3600", 3600.0),
        ("Number", "450881197001011234", "450881197001011234"),
        ("Number", "", ""),
        ("String", "013800001111", "013800001111"),
        ("String", '="0138"', "0138"),
        ("DateTime", "2021-02-18T08:30:00.000", datetime(2021, 2, 18, 8, 30)),
        ("DateTime", "2021-02-18T00:00:00.000", date(2021, 2, 18)),
        ("DateTime", "1899-12-31T08:30:00.000", time(8, 30)),
        ("DateTime", "2月18日", "2月18日"),
        ("Boolean", "1", True),
        ("Error", "#N/A", "#N/A"),
    ],
)
def test_values_have_their_types(kind: str, text: str, value: object) -> None:
    cell = f'<Cell><Data Type="{kind}">{text}</Data></Cell>'
    (sheet,) = xml_sheets(f"<Workbook><Worksheet><Table><Row>{cell}</Row></Table></Worksheet></Workbook>")
    assert list(sheet.rows()) == [[value]]
