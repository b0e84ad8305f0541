"""Files that townships should not send: bombs, macros, broken archives. Each writes one and returns its path."""

import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.specimens.sheets import lines_of, save_xlsx, signup_row

_CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="{target}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
)
_WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="s" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHARED_RELATION = (
    '<Relationship Id="rId2" Target="sharedStrings.xml" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/>'
)
_SHARED_TEXT = (
    '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{}</t></si></sst>'
)
_OPEN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
_CLOSE = b"</sheetData></worksheet>"


def _workbook(path: Path, sheet: Iterator[bytes], shared_text: str = "") -> Path:
    """Write a workbook whose only sheet is written piece by piece; its cells may name one shared text."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", _CONTENT_TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(target="xl/workbook.xml", kind="officeDocument"))
        archive.writestr("xl/workbook.xml", _WORKBOOK)
        relations = _RELATIONS.format(target="worksheets/sheet1.xml", kind="worksheet")
        archive.writestr("xl/_rels/workbook.xml.rels", relations.replace("</R", _SHARED_RELATION + "</R"))
        archive.writestr("xl/sharedStrings.xml", _SHARED_TEXT.format(shared_text))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for piece in sheet:
                stream.write(piece)
    return path


def far_cell(folder: Path) -> Path:
    """One cell in the last corner of a sheet: a dense grid of 17 thousand million cells."""
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return _workbook(folder / "far.xlsx", iter([_OPEN, cells, _CLOSE]))


def far_cell_unnumbered_rows(folder: Path) -> Path:
    """The same, but rows do not say their number, so that a scan of rows alone does not see it."""
    cells = b'<row><c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c></row>'
    return _workbook(folder / "far2.xlsx", iter([_OPEN, cells, _CLOSE]))


def endless_text(folder: Path, num_megabytes: int = 100) -> Path:
    """One cell of text without end, compressed a thousandfold."""

    def sheet() -> Iterator[bytes]:
        yield _OPEN + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
        for _ in range(num_megabytes):
            yield b"a" * 1_000_000
        yield b"</t></is></c></row>" + _CLOSE

    return _workbook(folder / "text.xlsx", sheet())


def many_cells(folder: Path, num_rows: int = 700_000, num_columns: int = 20) -> Path:
    """Fourteen million cells in two megabytes."""

    def sheet() -> Iterator[bytes]:
        row = b"<row>" + b"<c><v>1</v></c>" * num_columns + b"</row>"
        yield _OPEN
        for _ in range(num_rows // 1000):
            yield row * 1000
        yield _CLOSE

    return _workbook(folder / "cells.xlsx", sheet())


def long_text_everywhere(folder: Path, num_rows: int = 200_000) -> Path:
    """One text of 32,767 letters that every cell names: six gigabytes once it is written out."""
    rows = b'<row><c t="s"><v>0</v></c></row>' * num_rows
    return _workbook(folder / "shared.xlsx", iter([_OPEN, rows, _CLOSE]), "a" * 32_767)


def cells_below_the_cap(folder: Path) -> Path:
    """Fewer cells than the scan's cap, and yet too many for the memory that so small a file gets."""
    return many_cells(folder, num_rows=300_000)


def entity_bomb(folder: Path) -> Path:
    """Nine levels of entities that each name the one below ten times."""
    entities = '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 10))
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>'
    head = f'<?xml version="1.0"?><!DOCTYPE worksheet [{entities}]>'.encode()
    return _workbook(folder / "lol.xlsx", iter([head, _OPEN, cell, _CLOSE]))


def external_entity(folder: Path) -> Path:
    """An entity that names a file of the reader's machine."""
    head = b'<?xml version="1.0"?><!DOCTYPE worksheet [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    cell = b'<row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row>'
    return _workbook(folder / "xxe.xlsx", iter([head, _OPEN, cell, _CLOSE]))


def lying_size(folder: Path) -> Path:
    """A part that unfolds to more than its header says."""
    path = many_cells(folder, num_rows=10_000)
    content = path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        claimed = archive.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    path.write_bytes(content.replace(claimed, (100).to_bytes(4, "little")))
    return path


def good(folder: Path, name: str = "good.xlsx") -> Path:
    """Return an honest workbook of three people."""
    return save_xlsx(folder / name, 报名=lines_of([signup_row(serial) for serial in (1, 2, 3)]))


def with_macros(folder: Path) -> Path:
    """An honest workbook with a macro project inside, under the innocent suffix."""
    path = good(folder, "macro.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return path


def other_compression(folder: Path) -> Path:
    """An honest workbook packed in a way that Excel never uses and that may take gigabytes to unpack."""
    path = folder / "lzma.xlsx"
    with zipfile.ZipFile(good(folder)) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name))
    return path


def _ole(path: Path, *streams: str) -> Path:
    names = b"".join(stream.encode("utf-16-le").ljust(64, b"\0") for stream in ("Root Entry", *streams))
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names)
    return path


def encrypted(folder: Path) -> Path:
    """What Excel writes when a workbook gets a password: an OLE container."""
    return _ole(folder / "secret.xlsx", "EncryptionInfo", "EncryptedPackage")


def old_with_macros(folder: Path) -> Path:
    """An .xls with a macro project."""
    return _ole(folder / "old.xls", "Workbook", "_VBA_PROJECT_CUR")


def word_document(folder: Path) -> Path:
    """An OLE container that is no workbook."""
    return _ole(folder / "letter.xls", "WordDocument")


def broken_old_workbook(folder: Path) -> Path:
    """An .xls of which the directory alone is left."""
    return _ole(folder / "half.xls", "Workbook")


def truncated(folder: Path) -> Path:
    """Half of an honest workbook."""
    path = good(folder, "half.xlsx")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def other_archive(folder: Path) -> Path:
    """A zip file that is no workbook."""
    path = folder / "photos.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.jpg", b"\xff\xd8")
    return path


def empty(folder: Path) -> Path:
    """No bytes at all."""
    (folder / "empty.xlsx").write_bytes(b"")
    return folder / "empty.xlsx"


def page_without_table(folder: Path) -> Path:
    """The login page that a system sends where the export should be."""
    (folder / "export.xls").write_bytes(b"<html><body>Please log in</body></html>")
    return folder / "export.xls"


def cut_off_page(folder: Path) -> Path:
    """A table of HTML that ends in the middle."""
    (folder / "export.xls").write_bytes(b"<html><table><tr><td>1</td></tr><tr><td>2")
    return folder / "export.xls"


def page_with_unclosed_script(folder: Path) -> Path:
    """A script without end, which swallows what is below it."""
    (folder / "export.xls").write_bytes(b"<table><tr><td>1</td></tr></table><script><table><tr><td>2</table>")
    return folder / "export.xls"


def web_archive(folder: Path) -> Path:
    """A page that Excel saved as a single file (.mht), called .xls."""
    body = "MIME-Version: 1.0\nContent-Type: text/html\n\n<table><tr><td>=E5=A7=93</td></tr></table>"
    (folder / "archive.xls").write_text(body, encoding="utf-8")
    return folder / "archive.xls"


def wide_page(folder: Path) -> Path:
    """Cells that span more columns than Excel has."""
    row = '<tr><td colspan="999999">1</td>' + "<td colspan=1000>2</td>" * 20 + "</tr>"
    (folder / "export.xls").write_text(f"<table>{row}</table>", encoding="utf-8")
    return folder / "export.xls"


def deep_page(folder: Path) -> Path:
    """Tables within tables within tables."""
    (folder / "export.xls").write_text("<table><tr><td>" * 100_000, encoding="utf-8")
    return folder / "export.xls"


def large_page(folder: Path) -> Path:
    """A wide first row, and a million short ones."""
    wide = "<tr>" + "<td colspan=1000>1</td>" * 10 + "</tr>"
    (folder / "export.xls").write_text(f"<table>{wide}{'<tr><td>1' * 2_000}</table>", encoding="utf-8")
    return folder / "export.xls"


_XML = (
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet><Table>{}</Table></Worksheet>'
    "</Workbook>"
)


def xml_entity_bomb(folder: Path) -> Path:
    """Entities that unfold to gigabytes, in Excel 2003's XML."""
    bombs = "".join(f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(10))
    body = _XML.format("<Row><Cell><Data>&a9;</Data></Cell></Row>")
    (folder / "bomb.xls").write_text(f'<!DOCTYPE x [<!ENTITY a0 "a">{bombs}]>{body}', encoding="utf-8")
    return folder / "bomb.xls"


def xml_far_cell(folder: Path) -> Path:
    """A cell at the other end of an XML sheet."""
    far = '<Row Index="1048576"><Cell Index="16000"><Data>1</Data></Cell></Row>'
    (folder / "far.xml").write_text(_XML.format(far), encoding="utf-8")
    return folder / "far.xml"


def xml_cut_off(folder: Path) -> Path:
    """XML that ends in the middle."""
    (folder / "cut.xls").write_text(_XML.format("<Row><Cell><Data>1")[:-60], encoding="utf-8")
    return folder / "cut.xls"


def other_xml(folder: Path) -> Path:
    """XML that is no workbook."""
    (folder / "other.xml").write_text("<?xml version='1.0'?><people/>", encoding="utf-8")
    return folder / "other.xml"


def nul_bytes(folder: Path) -> Path:
    """A CSV with NUL bytes."""
    (folder / "nul.csv").write_bytes("姓名,电话\n".encode() + b"\0" * 100)
    return folder / "nul.csv"


def other_code_page(folder: Path) -> Path:
    """A CSV in Latin-1, which is neither UTF-8 nor GB18030."""
    (folder / "latin.csv").write_bytes("name,caf\xe9\xff\n".encode("latin-1"))
    return folder / "latin.csv"


def wide_csv(folder: Path) -> Path:
    """A line of more columns than Excel has."""
    (folder / "wide.csv").write_text("," * 20_000, encoding="utf-8")
    return folder / "wide.csv"


def unclosed_quote(folder: Path) -> Path:
    """A quote that swallows the rest of the file."""
    (folder / "quote.csv").write_text('姓名,"' + "甲,乙\n" * 100_000, encoding="utf-8")
    return folder / "quote.csv"


def endless_line(folder: Path) -> Path:
    """Megabytes without a line end."""
    (folder / "line.csv").write_text("姓名,电话\n" + "甲," * 2_000_000, encoding="utf-8")
    return folder / "line.csv"


def owner_file(folder: Path) -> Path:
    """What Excel puts beside an open workbook."""
    (folder / "~$报名.xlsx").write_bytes(b"\x05Clerk".ljust(165, b" "))
    return folder / "~$报名.xlsx"


REFUSED: dict[Callable[[Path], Path], str] = {
    far_cell: "异常大",
    far_cell_unnumbered_rows: "异常大",
    endless_text: "异常大",
    many_cells: "异常大",
    cells_below_the_cap: "异常大",
    long_text_everywhere: "异常大",
    entity_bomb: "DTD",
    external_entity: "DTD",
    lying_size: "损坏",
    other_compression: "损坏",
    with_macros: "宏",
    old_with_macros: "宏",
    encrypted: "密码",
    word_document: "不是 Excel",
    broken_old_workbook: "损坏",
    truncated: "损坏",
    other_archive: "不是 Excel",
    empty: "空文件",
    page_without_table: "没有表格",
    cut_off_page: "没有结束就断了",
    page_with_unclosed_script: "没有结束就断了",
    web_archive: "不是 Excel",
    wide_page: "上限",
    deep_page: "异常大",
    large_page: "异常大",
    xml_entity_bomb: "DTD",
    xml_far_cell: "异常大",
    xml_cut_off: "损坏",
    other_xml: "不是 Excel",
    nul_bytes: "NUL",
    other_code_page: "编码",
    wide_csv: "上限",
    unclosed_quote: "引号",
    endless_line: "上限",
    owner_file: "临时文件",
}
"""Every hostile file, and a word of the reason for which it is refused."""
