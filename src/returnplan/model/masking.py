"""How names, ID numbers and phones are shown to eyes that need not know them; masks, never decides who may see.

The stars stand where GB/T 35273 and the field put them: the birthday inside an ID number, the middle of a
phone number, all of a name but the surname.
"""

import re

_LONG_NUMBER = re.compile(
    r"\d{9,}[XxＸｘ]?"  # ID numbers and phones, also damaged ones
    r"|\d{6}[\s-]\d{8}[\s-]\d{3}[\dXxＸｘ]"  # an ID number written in groups
    r"|1\d{2}[\s-]\d{4}[\s-]\d{4}"  # a mobile number written in groups
    r"|0\d{2,3}[\s-]\d{7,8}"  # a landline
    r"|(?<![A-Za-z0-9])[A-Z]{1,2}\d{7,8}(?!\d)"  # a passport
)
_CHINESE = r"\u3400-\u9fff"
_SPACES_IN_CHINESE = re.compile(rf"(?<=[{_CHINESE}])\s+(?=[{_CHINESE}])")
_WORD = re.compile(r"[^\W\d_]+")
_SHORT_NUMBER = re.compile(r"\d{5,}")
_HEADED = re.compile(r"^(.+)(等\d+人)$")
"""A party without a number of its own, as enrolment calls it."""


def mask_name(name: str) -> str:
    """Return the surname and one star a further character: 张三丰 -> 张**."""
    return name[:1] + "*" * (len(name) - 1)


def mask_party(party: str) -> str:
    """Return what a party is called; one called after its first member by the surname only: 张三等2人 -> 张*等2人."""
    return _HEADED.sub(lambda match: mask_name(match[1]) + match[2], party)


def mask_driver(driver: str) -> str:
    """Return who drives, of which name and phone are written in one text: 陆师傅 13807754000 -> 陆** 138****4000.

    Chinese letters with a space between them are one name: 陆 强 is 陆*.
    """
    text = _SPACES_IN_CHINESE.sub("", mask_text(driver))
    names_masked = _WORD.sub(lambda match: mask_name(match.group()), text)
    return _SHORT_NUMBER.sub(lambda match: mask_phone(match.group()), names_masked)


def mask_id_number(id_number: str) -> str:
    """Return the division and the last four characters, as ``explain`` accepts them; stars between."""
    return _starred(id_number, num_first=6, num_last=4)


def mask_phone(phone: str) -> str:
    """Return the first three and the last four digits, stars between."""
    return _starred(phone, num_first=3, num_last=4)


def mask_text(text: str) -> str:
    """Return ``text`` with everything in it that may be an ID number or a phone masked; dates stay."""
    return _LONG_NUMBER.sub(_mask_match, text)


def _mask_match(match: re.Match[str]) -> str:
    number = match.group()
    return mask_id_number(number) if len(number) >= 15 else mask_phone(number)


def _starred(text: str, *, num_first: int, num_last: int) -> str:
    hidden = len(text) - num_first - num_last
    if hidden <= 0:  # too short to show both ends and hide anything
        return "*" * len(text)
    return text[:num_first] + "*" * hidden + text[-num_last:]
