"""What was given and not read is named, and its people are counted."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from returnplan.model.errors import InputRefused
from returnplan.model.intake import Intake
from returnplan.reading.not_read import num_people
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from returnplan.sheets.tables import cell_text
from tests.specimens.hostile import encrypted, entity_bomb, good, with_macros
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row, table_of

NAMES = ("韦家旺", "覃金莲", "黄德胜", "梁振华", "陆玉凤", "莫小燕")


def read(*paths: Path) -> Intake:
    return read_files(paths, ReadingSettings(year=2021))


def codes(intake: Intake) -> list[tuple[str, str, str]]:
    return [(fault.file, fault.code, fault.severity) for fault in intake.faults]


def test_files_of_a_folder_that_are_no_sheets_are_errors_and_the_rest_is_read(tmp_path: Path) -> None:
    good(tmp_path)
    for name in ("甲.ods", "乙.zip", "丙.docx", "丁.xlsb"):
        (tmp_path / name).write_bytes(b"PK\x03\x04")
    (tmp_path / "戊.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "己.txt").write_text("请于明天前报送", encoding="utf-8")
    (tmp_path / "庚.csv").write_text('姓名,城市\n韦家旺,"东莞', encoding="utf-8")
    (tmp_path / "辛.xlsx").write_bytes(b"")
    intake = read(tmp_path)
    assert len(intake.signups) == 3
    expected = dict.fromkeys(
        ("甲.ods", "乙.zip", "丙.docx", "丁.xlsb", "戊.jpg", "庚.csv", "辛.xlsx"), "file_not_read"
    )
    assert {file: code for file, code, _ in codes(intake)} == {**expected, "己.txt": "unknown_sheet"}
    assert {severity for *_, severity in codes(intake)} == {"error"}
    assert dict(intake.unread) == expected


def test_the_program_s_own_files_in_a_folder_are_no_news(tmp_path: Path) -> None:
    good(tmp_path)
    for name in ("returnplan.toml", "returnplan.db", "returnplan.db.lock", "~tmp.xlsx"):
        (tmp_path / name).write_text("", encoding="utf-8")
    intake = read(tmp_path)
    assert not intake.unread
    assert [note.zh for note in intake.notes] == [
        "跳过 ~tmp.xlsx：系统或程序的临时、隐藏文件".replace("~", f"{tmp_path}/~")
    ]


def test_the_content_of_a_file_of_wps_counts(tmp_path: Path) -> None:
    good(tmp_path, "新.xlsx").rename(tmp_path / "新.et")
    shutil.copy(Path(__file__).parents[1] / "specimens" / "old_excel.xls", tmp_path / "旧.et")
    save_csv(tmp_path / "x.csv", lines_of([signup_row(9)])).rename(tmp_path / "导出.xls")
    assert [(sheet.file, sheet.kind) for sheet in read(tmp_path).sheets] == [
        ("导出.xls", "signups"), ("新.et", "signups"), ("旧.et", "signups")
    ]  # fmt: skip


@pytest.mark.parametrize("make", [with_macros, entity_bomb, encrypted])
def test_a_dangerous_file_stops_a_folder(make: object, tmp_path: Path) -> None:
    good(tmp_path)
    make(tmp_path)  # type: ignore[operator]
    with pytest.raises(InputRefused):
        read(tmp_path)


def test_a_file_that_is_named_and_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "丙.docx").write_bytes(b"PK\x03\x04")
    with pytest.raises(InputRefused, match="not an Excel"):
        read(good(tmp_path), tmp_path / "丙.docx")


def test_files_of_a_subfolder_are_shown_by_the_shortest_name(tmp_path: Path) -> None:
    (tmp_path / "和睦镇").mkdir()
    save_xlsx(tmp_path / "报名.xlsx", 报名=lines_of([signup_row(1)]))
    save_xlsx(tmp_path / "和睦镇" / "报名.xlsx", 报名=lines_of([signup_row(2)]))
    (folder,) = {Path(sheet.file).parent.name for sheet in read(tmp_path).sheets} - {tmp_path.name}
    assert folder == "和睦镇"


@pytest.mark.parametrize(
    ("lines", "num"),
    [
        ([["代码", "去向"], *([f"45088119700101100{i}", "东莞"] for i in range(4))], 4),
        ([["人员", "电话"], *([name, 13800000000 + i] for i, name in enumerate(NAMES[:2]))], 2),
        ([["人员", "去向"], *([name, "东莞"] for name in NAMES)], 6),
        ([[f"{i}. {name} 东莞 2月18日"] for i, name in enumerate(NAMES)], 6),
        ([["乡镇", "人数"], ["石龙镇", 3], ["木乐镇", 4], ["马皮乡", 1], ["罗播乡", 5], ["江口镇", 9]], 0),
        (
            [
                line
                for i, name in enumerate(NAMES[:3])
                for line in (
                    ["乘车登记表"],
                    ["姓名", name, "电话", f"1380000000{i}"],
                    ["身份证号码", f"45088119700101100{i}", "乡镇", "石龙镇"],
                    ["务工城市", "东莞"],
                )
            ],
            3,
        ),
        ([["说明"], ["请联系 13800000001"], ["截止 2021-02-10"]], 0),
    ],
    ids=["ID numbers", "phones and names", "names alone", "a chain of texts", "townships", "blocks of lines", "notes"],
)  # fmt: skip
def test_rows_that_look_like_people(lines: list[list[object]], num: int) -> None:
    assert num_people(table_of(lines)) == num


def test_people_of_an_unknown_sheet_are_an_error_and_are_counted(tmp_path: Path) -> None:
    path = save_xlsx(
        tmp_path / "a.xlsx",
        报名=lines_of([signup_row()]),
        花名册=[["谁", "去哪"], *([name, "东莞"] for name in NAMES)],
        填写说明=[["谁", "去哪"], *([name, "东莞"] for name in NAMES)],
        备注=[["说明", "截止"], ["尽快", "明天"]],
    )
    intake = read(path)
    assert [(sheet.sheet, sheet.not_read) for sheet in intake.sheets] == [
        ("报名", 0), ("花名册", 6), ("填写说明", 6), ("备注", 0)
    ]  # fmt: skip
    assert [(fault.sheet, fault.severity) for fault in intake.faults] == [
        ("花名册", "error"), ("填写说明", "error"), ("备注", "warning")
    ]  # fmt: skip
    assert "谁、去哪" in intake.faults[0].message.zh
    assert intake.num_not_read == 12


def test_people_of_a_hidden_sheet_are_an_error(tmp_path: Path) -> None:
    path = save_xlsx(tmp_path / "a.xlsx", 甲=lines_of([signup_row(1)]), 乙=lines_of([signup_row(2)]))
    book = load_workbook(path)
    book["乙"].sheet_state = "hidden"
    book.save(path)
    intake = read(path)
    assert [(fault.sheet, fault.code, fault.severity) for fault in intake.faults] == [
        ("乙", "hidden_sheet", "error")
    ]
    assert intake.num_not_read == 1


def test_people_of_a_sheet_without_needed_columns_are_counted(tmp_path: Path) -> None:
    rows = [{"姓名": name, "联系电话": f"1380000000{i}", "户籍县": "桂平市"} for i, name in enumerate(NAMES)]
    intake = read(good(tmp_path), save_xlsx(tmp_path / "b.xlsx", 报名=lines_of(rows)))
    assert intake.num_not_read == 6


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_people_of_a_text_with_an_unclosed_quote_are_counted(encoding: str, tmp_path: Path) -> None:
    good(tmp_path)
    rows = [signup_row(serial) for serial in range(1, 13)]
    broken = [f"{row['姓名']},{row['身份证号码']},东莞市" for row in rows]
    broken[3] = '"' + broken[3]
    (tmp_path / "石咀镇.csv").write_text("\n".join(["姓名,身份证号码,务工城市", *broken]), encoding=encoding)
    intake = read(tmp_path)
    assert (len(intake.signups), intake.num_not_read) == (3, 12)
    assert [(sheet.file, sheet.not_read) for sheet in intake.sheets if sheet.not_read] == [("石咀镇.csv", 12)]
    assert "看来有 12 人" in intake.faults[0].message.zh


def test_numbers_in_a_file_that_is_no_text_are_nobody(tmp_path: Path) -> None:
    good(tmp_path)
    (tmp_path / "戊.jpg").write_bytes(b"\xff\xd8\n13807750001\n\0\n")
    assert read(tmp_path).num_not_read == 0


@pytest.mark.skipif(sys.platform != "linux", reason="names are Unicode elsewhere")
def test_a_file_whose_name_is_in_gbk_is_read_and_named(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "木乐镇.xlsx".encode("gb18030")))
    good(tmp_path).rename(path)
    intake = read(tmp_path)
    assert intake.signups["ref"][0] == "木乐镇.xlsx!报名!2"
    intake.inputs[0].path.encode()


def test_two_unlike_lists_side_by_side_are_not_read_and_all_their_people_are_counted(tmp_path: Path) -> None:
    left, right = (lines_of([signup_row(i), signup_row(i + 1)]) for i in (1, 3))
    right = [[line[0], *line[:0:-1]] for line in right]
    path = save_xlsx(tmp_path / "并排.xlsx", 报名=[[*a, "", *b] for a, b in zip(left, right, strict=True)])
    with pytest.raises(InputRefused, match=r"姓名\(A\)、姓名\(K\)"):
        read(path)
    intake = read(path, good(tmp_path))
    assert intake.sheets[0].not_read == 4
    assert ("并排.xlsx", "column_twice", "error") in codes(intake)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes and links there")
def test_pipes_and_dead_links_of_a_folder_are_files_not_read(tmp_path: Path) -> None:
    good(tmp_path)
    os.mkfifo(tmp_path / "管道.xlsx")
    (tmp_path / "链接.xlsx").symlink_to(tmp_path / "没有.xlsx")
    assert codes(read(tmp_path)) == [
        ("管道.xlsx", "file_not_read", "error"), ("链接.xlsx", "file_not_read", "error")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "num"),
    [
        (["车型", "座位数", "车牌号", "驾驶员", "身份证号", "电话"], 0),
        (["序号", "驾驶员姓名", "驾驶证号", "电话", "备注", "准驾车型"], 0),
        (["序号", "司机", "乘车人", "联系人", "证件号码", "电话"], 2),
        (["序号", "车牌", "姓名", "随车司机", "证件号码", "电话"], 2),
        (["序号", "座位", "车牌", "旅客", "身份证", "司机电话"], 2),
        (["序号", "车型", "准驾车型", "员工", "身份证", "手机"], 2),
        (["序号", "座位", "驾驶证", "村民", "身份证", "手机"], 2),
    ],
)
def test_drivers_of_a_carrier_are_nobody_who_was_not_read(header: list[str], num: int) -> None:
    """A list of passengers may name the driver of their coach as well."""
    ids = [signup_row(serial)["身份证号码"] for serial in (1, 2)]
    rows = [["1", "49", "豫S12345", "王师傅", id_number, "13900000077"] for id_number in ids]
    assert num_people(table_of([header, *rows])) == num


def test_tables_of_html_and_xml_are_read_as_any_sheet(tmp_path: Path) -> None:
    """Systems of bureaus write a table of HTML, or Excel 2003's XML, and call it .xls."""
    lines = lines_of([signup_row(serial, 务工城市="东莞市") for serial in range(1, 7)])
    rows = [[f"<td>{cell_text(cell)}</td>" for cell in line] for line in lines]
    page = "<html><table><tr>" + "</tr><tr>".join(map("".join, rows)) + "</tr></table></html>"
    (tmp_path / "网页.xls").write_text(page, encoding="gb18030")
    people = lines_of([signup_row(serial) for serial in range(7, 10)])
    cells = [[f"<Cell><Data>{cell_text(cell)}</Data></Cell>" for cell in line] for line in people]
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = "".join(f"<Row>{''.join(line)}</Row>" for line in cells)
    (tmp_path / "老表.xls").write_text(
        f'<Workbook xmlns="{space}"><Worksheet><Table>{book}</Table></Worksheet></Workbook>', encoding="utf-8"
    )
    intake = read(tmp_path)
    assert sorted((sheet.file, sheet.accepted, sheet.not_read) for sheet in intake.sheets) == [
        ("网页.xls", 6, 0),
        ("老表.xls", 3, 0),
    ]
    assert not intake.faults


def test_people_of_a_web_page_in_one_line_are_counted(tmp_path: Path) -> None:
    """One under .xls is read; what is called .html may be a report of anybody."""
    save_xlsx(tmp_path / "好.xlsx", 表=lines_of([signup_row(9)]))
    cells = [f"<td>{row['姓名']}</td><td>{row['身份证号码']}</td>" for row in map(signup_row, range(1, 7))]
    page = "<html><table><tr>" + "</tr><tr>".join(cells) + "</tr></table></html>"
    (tmp_path / "导出.html").write_text(page, encoding="utf-8")
    intake = read(tmp_path)
    (fault,) = (fault for fault in intake.faults if fault.code == "file_not_read")
    assert "6 人" in fault.message.zh
