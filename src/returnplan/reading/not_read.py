"""Estimate the number of people in unreadable sheets and files, so that the totals include them."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from functools import partial
from pathlib import Path

import numpy as np

from returnplan.model.personal_numbers import ID_NUMBER, MOBILE, MOBILE_IN_GROUPS
from returnplan.reading.header_lines import SEARCHED_ROWS
from returnplan.reading.rows import lines_where
from returnplan.sheets.tables import Cell, Table, cell_text

_ID_NUMBER = re.compile(rf"(?<!\d)(?:{ID_NUMBER}|\d{{17}}[Ｘｘ])(?![\dXx])")
_PHONE = re.compile(rf"(?<!\d){MOBILE_IN_GROUPS}(?!\d)")
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔"
    "伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙"
    "鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞"
    "姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝侬"
)
_NAME = re.compile(
    rf"(?:\d+[.、．:：\s]+)?[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}[^\W\d_市县区镇乡村街道站厂路](?:\s.*)?"
)
_FEWEST_NAMES = 5  # a column of fewer says little without a number beside it
_SHARE_OF_NAMES = 0.6
_MOST_LABELS = 8
_NUMBER_IN_BYTES = re.compile(rf"(?<!\d)(?:{ID_NUMBER}(?![\dXx])|{MOBILE}(?!\d))".encode())
"""An ID number or a mobile phone, which are the same bytes in UTF-8 and in GB18030."""
_ID_IN_BYTES = re.compile(rf"(?<!\d){ID_NUMBER}(?![\dXx])".encode())
_FEWEST_OF_A_TABLE = 3
"""A web page under .xls is one line; a person's line has the own ID number and perhaps that of a household's head."""

_DRIVER = re.compile(r"驾驶|司机|准驾|driver|licen[cs]e", re.IGNORECASE)
_OTHER_PERSON = re.compile(
    r"姓\s*名|名字|乘客|乘车|旅客|人员|员工|职工|村民|农民工|上车|务工|name|passenger", re.IGNORECASE
)
"""What a header of a driver says, and what one of somebody else: a passenger list may name the driver, too."""

_LONGEST_LINE_BYTES = 1 << 16


def num_people(table: Table) -> int:
    """Return the probable number of people in a sheet.

    A row with an ID number is a person, and so is a row with a name and a phone. A column of almost nothing but
    names is a list of people without either. Other ID numbers in a row, of a second list on the right, are
    further people. A form of several lines a person, with the ID number below name and phone, is one person. Drivers
    of a carrier travel nowhere: a list of them has nobody.
    """
    if is_of_drivers(table):
        return 0
    nobody = np.zeros(table.num_rows, dtype=bool)
    has_id, has_phone, has_name, is_listed = (nobody.copy() for _ in range(4))
    known: set[str] = set()
    num_further = 0
    for column in table.columns:
        numbers = set(filter(None, map(id_number_in, column.cells)))
        is_number = lines_where(column, lambda cell: _ID_NUMBER.search(cell_text(cell)))
        num_further += int((has_id & is_number).sum()) if known.isdisjoint(numbers) else 0
        known |= numbers
        has_id |= is_number
        has_phone |= lines_where(column, lambda cell: _PHONE.search(cell_text(cell)))
        names = lines_where(column, lambda cell: _NAME.fullmatch(cell_text(cell)))
        has_name |= names
        num_names, num_filled = len(set(column.codes[names].tolist())), int((column.codes != 0).sum())
        if num_names >= max(_FEWEST_NAMES, _SHARE_OF_NAMES * num_filled):
            is_listed |= names
    is_person = has_id | (has_phone & has_name) | is_listed
    is_number_below = has_id[1:] & ~has_name[1:] & ~has_phone[1:] & (has_phone & has_name & ~has_id)[:-1]
    return int(is_person.sum() - is_number_below.sum()) + num_further


def is_of_drivers(table: Table) -> bool:
    """Return whether the people of a sheet are drivers: its header names drivers, and no other person."""
    labels = header_texts(table)
    others = [label for label in labels if not _DRIVER.search(label)]
    return len(others) < len(labels) and not any(_OTHER_PERSON.search(label) for label in others)


def id_number_in(cell: Cell) -> str:
    found = _ID_NUMBER.search(cell_text(cell))
    return found[0] if found else ""


def num_people_in_text(path: Path) -> int:
    """Return the probable number of people in an unreadable file, 0 if it is no text."""
    num = 0
    try:
        with path.open("rb") as file:
            is_wide = file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE)
            file.seek(0)
            for line in iter(partial(file.readline, _LONGEST_LINE_BYTES), b""):
                if b"\0" in line and not is_wide:
                    return 0
                num += _num_in_line(line.replace(b"\0", b""))
    except OSError:
        return 0
    return num


def _num_in_line(line: bytes) -> int:
    """Return the people of a line of text: one, or all whose ID numbers stand there if it holds a whole table."""
    num_ids = len(set(_ID_IN_BYTES.findall(line)))
    return num_ids if num_ids >= _FEWEST_OF_A_TABLE else int(_NUMBER_IN_BYTES.search(line) is not None)


def labels_of(table: Table) -> list[str]:
    """Return some texts of the first line that may be a header; none if the line is about a person."""
    return header_texts(table)[:_MOST_LABELS]


def header_texts(table: Table) -> list[str]:
    """Return all texts of the first line that may be a header; none if the line is about a person."""
    for row in range(min(SEARCHED_ROWS, table.num_rows)):
        texts = [text for text in table.row_texts(row) if text]
        if len(texts) > 1:
            is_person = any(_ID_NUMBER.search(text) or _PHONE.search(text) for text in texts)
            return [] if is_person else texts
    return []
