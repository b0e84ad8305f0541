"""The bytes of a workbook do not tell when it was made; an encrypted one opens with its password and no other."""

import io
import zipfile

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook
from rvgsrust_xlsxwriter import Workbook

from returnplan.papers.pages import Column, Page, render
from returnplan.papers.pages.container import encrypted, timeless

CORE = "docProps/core.xml"


@pytest.fixture
def made() -> bytes:
    """Return what the library writes, under the hour of now."""
    book = Workbook()
    book.add_worksheet("名单").write(0, 0, "韦一")
    return book.save_to_buffer()


def made_at(hour: str, workbook: bytes) -> bytes:
    """Return the workbook as if it had been made at another hour."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(target, "w") as new:
        now = old.read(CORE).decode().split('W3CDTF">')[1][:20]
        for part in old.infolist():
            content = old.read(part).replace(now.encode(), hour.encode())
            new.writestr(part.filename, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize("hour", ["2021-02-10T19:00:00Z", "2099-12-31T23:59:59Z"])
def test_whenever_it_is_made_it_reads_the_same(made: bytes, hour: str) -> None:
    content = timeless(made_at(hour, made))
    with zipfile.ZipFile(io.BytesIO(content)) as new, zipfile.ZipFile(io.BytesIO(made)) as old:
        assert new.testzip() is None
        assert new.namelist() == old.namelist()
        assert [name for name in new.namelist() if new.read(name) != old.read(name)] == [CORE]
        assert new.read(CORE) == zipfile.ZipFile(io.BytesIO(timeless(made))).read(CORE)
        assert hour.encode() not in new.read(CORE)


def test_made_twice_it_is_the_same_file(made: bytes) -> None:
    assert timeless(timeless(made)) == timeless(made) != made


def test_our_workbooks_are_so(made: bytes) -> None:
    content = render([Page("名单", (Column("姓名", 10, ["韦一"]),))])
    assert timeless(content) == content
    assert load_workbook(io.BytesIO(content))["名单"]["A2"].value == "韦一"


WORKBOOK = render([Page("名单", (Column("姓名", 10, ["韦一"]),))])


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
