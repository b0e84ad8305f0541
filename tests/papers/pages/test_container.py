"""Parts become a file that every program opens; it tells no hour; an encrypted one opens with its password alone."""

import io
import zipfile
from pathlib import Path

import msoffcrypto
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook

from returnplan.papers.pages import Column, Page, is_as_written, read_marks, render
from returnplan.papers.pages.container import encrypted, pack, zipped

WORKBOOK = render([Page("名单", (Column("姓名", 10, ["韦一"]),))])


@given(st.dictionaries(st.sampled_from("abcdef"), st.lists(st.text(st.characters(codec="utf-8")))))
def test_what_is_packed_comes_out_again(parts: dict[str, list[str]]) -> None:
    content = zipped({name: pack(texts) for name, texts in parts.items()})
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        assert book.testzip() is None
        assert book.namelist() == list(parts)
        assert {name: book.read(name).decode() for name in parts} == {
            name: "".join(texts) for name, texts in parts.items()
        }


def test_no_part_tells_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(WORKBOOK)) as book:
        assert {entry.date_time for entry in book.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in book.namelist() if b"W3CDTF" in book.read(name)]


@pytest.mark.parametrize("text", ["0223-001", 'a "b" & <c>', ""])
def test_a_mark_is_read_as_it_was_written(tmp_path: Path, text: str) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(render([Page("名单", (Column("姓名", 10, ["韦一"]),))], {"run": text}))
    assert read_marks(path) == {"run": text}


LIBREOFFICE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><definedNames>'
    '<definedName function="false" hidden="true" localSheetId="4" name="_xlnm._FilterDatabase" vbProcedure="false">'
    "批次!$A$1:$W$14</definedName>"
    '<definedName function="false" hidden="false" name="returnplan_run" vbProcedure="false">'
    "&quot;a &quot;&quot;b&quot;&quot; &amp; c&quot;</definedName></definedNames></workbook>"
)
BOMB = (
    '<!DOCTYPE w [<!ENTITY a "1234567890"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<w xmlns="x"><definedName name="returnplan_run">"&b;"</definedName></w>'
)


STRANGE, OTHER = (f'<?xml version="1.0" encoding="{name}"?><workbook/>' for name in ("gb18030", "no such"))


def marks_in(folder: Path, part: str) -> dict[str, str]:
    path = folder / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("xl/workbook.xml", part)
    return read_marks(path)


def test_a_mark_is_read_as_libreoffice_writes_it(tmp_path: Path) -> None:
    assert marks_in(tmp_path, LIBREOFFICE) == {"run": 'a "b" & c'}


def test_it_is_seen_that_another_program_saved_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    page = Page("名单", (Column("姓名", 10, ["韦一"]),))
    path.write_bytes(render([page], {"run": "a1"}))
    assert is_as_written(path)
    load_workbook(path).save(path)
    assert not is_as_written(path)
    path.write_bytes(render([page]))
    assert is_as_written(path)  # without marks it is not known again


def test_a_mark_that_openpyxl_saved_is_read(tmp_path: Path) -> None:
    path = tmp_path / "名单.xlsx"
    path.write_bytes(render([Page("名单", (Column("姓名", 10, ["韦一"]),))], {"run": 'a "b" & <c>'}))
    load_workbook(path).save(path)
    assert read_marks(path) == {"run": 'a "b" & <c>'}


@pytest.mark.parametrize("part", [BOMB, "", "<workbook", STRANGE, OTHER, LIBREOFFICE.replace("&quot;", "")])
def test_what_is_not_ours_has_no_marks(tmp_path: Path, part: str) -> None:
    assert marks_in(tmp_path, part) == {}


def opened(content: bytes, password: str) -> bytes:
    file = msoffcrypto.OfficeFile(io.BytesIO(content))
    file.load_key(password=password, verify_password=True)
    target = io.BytesIO()
    file.decrypt(target)
    return target.getvalue()


def test_the_password_opens_it() -> None:
    content = encrypted(WORKBOOK, "港南2021")
    assert load_workbook(io.BytesIO(opened(content, "港南2021")))["名单"]["A2"].value == "韦一"


def test_another_does_not() -> None:
    with pytest.raises(InvalidKeyError):
        opened(encrypted(WORKBOOK, "港南2021"), "港南2022")


def test_nothing_is_left_readable() -> None:
    content = encrypted(WORKBOOK, "港南2021")
    assert not content.startswith(b"PK")
    assert "韦一".encode() not in content
