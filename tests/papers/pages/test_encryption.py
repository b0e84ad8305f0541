"""An encrypted workbook opens with its password and with no other."""

import io

import msoffcrypto
import pytest
from msoffcrypto.exceptions import InvalidKeyError
from openpyxl import load_workbook

from returnplan.papers.pages import Column, Page, render
from returnplan.papers.pages.encryption import encrypted

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
