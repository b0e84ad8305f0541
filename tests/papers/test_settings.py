"""The line by which a paper names its sender."""

import pytest

from returnplan.papers.settings import Office, say_office


@pytest.mark.parametrize(
    ("contact", "phone", "zh", "en"),
    [
        ("黄科长", "0776-5120000", "联系人：黄科长 0776-5120000", "contact: 黄科长 0776-5120000"),
        ("黄科长", "", "联系人：黄科长", "contact: 黄科长"),
        ("", "0776-5120000", "电话：0776-5120000", "phone: 0776-5120000"),
        ("", "", "", ""),
    ],
)
def test_a_phone_without_a_name_is_no_contact(contact: str, phone: str, zh: str, en: str) -> None:
    office = Office(contact=contact, phone=phone)
    assert (say_office(office, "zh"), say_office(office, "en")) == (zh, en)
