"""A receipt in the employer's own form: who came, by name and ID number, without our person numbers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from returnplan.model.texts import Text
from returnplan.papers.field import Field
from returnplan.papers.filled_in import Answer, UnclearAnswer, table_rows
from returnplan.papers.manifest.receipt import ARRIVED, has_come
from returnplan.papers.manifest.whereabouts import says_why
from returnplan.reading.cells import Finding, clean
from returnplan.sheets.tables import Table, cell_text

_FIELDS: tuple[Field[object], ...] = (
    Field("name", Text("姓名", "Name"), 10, also=("员工姓名", "人员姓名")),
    Field(
        "id_number",
        Text("身份证号码", "ID number"),
        20,
        also=("身份证号", "身份证", "证件号码", "身份证后四位", "身份证尾号"),
    ),
    Field("phone", Text("联系电话", "Phone"), 13, also=("电话", "手机", "手机号", "手机号码", "联系方式")),
    Field(
        "arrived",
        ARRIVED,
        9,
        parse=has_come,
        also=(
            *("报到情况", "到岗情况", "是否到岗", "到岗状态", "报到", "是否报到", "是否已报到", "报到状态"),
            *("入职", "入职情况", "是否入职", "是否已入职", "到厂情况", "是否到厂", "签到", "Reported"),
        ),
    ),
    Field("note", Text("备注", "Note"), 16, also=("说明", "去向", "情况说明")),
)
_NOBODY = Finding(
    "nobody_of_the_plan",
    Text("名单里没有这个人，没有登记", "the plan has nobody like this: not entered"),
    Text("请核对姓名和身份证号", "check name and ID number"),
)
_SEVERAL = Finding(
    "several_of_the_plan",
    Text("名单里不止一人是这个姓名，没有登记", "several people of the plan have this name: not entered"),
    Text("请补上身份证号或电话", "add the ID number or the phone"),
)


class Seated(NamedTuple):
    """Somebody with a seat: the number, the last batch of the journey, and by what a paper may name the person."""

    person: int
    batch: str
    name: str
    phone: str
    id_number: str


def receipt_rows(table: Table) -> list[Answer] | None:
    """Return the rows of such a receipt; None where the table is none."""
    found = (table_rows(table, _FIELDS, ("name", key, "arrived")) for key in ("id_number", "phone"))
    rows = next((rows for rows in found if rows is not None), None)
    return None if rows is None else [row for row in rows if row.has("name")]


def who_it_is(row: Answer, riders: Mapping[str, Sequence[Seated]]) -> Seated:
    """Return the rider of a row: by name and ID number, or the last digits of it, else by name and phone.

    Parameters
    ----------
    riders : by name

    Raises
    ------
    UnclearAnswer : nobody, or several
    """
    id_number, phone = (clean(cell_text(row.cells.get(key, ""))).upper() for key in ("id_number", "phone"))
    last_digits = id_number.rpartition("*")[2]
    alike = riders.get(clean(row.cells["name"]), ())
    if last_digits:
        alike = [one for one in alike if one.id_number.upper().endswith(last_digits)]
    elif phone:  # a namesake may have come by another way
        alike = [one for one in alike if clean(one.phone) == phone]
    if len(alike) != 1:
        raise UnclearAnswer(row.fault("name", _SEVERAL if alike else _NOBODY))
    return alike[0]


def said_of(row: Answer) -> tuple[bool | None, str]:
    """Return whether a row says that the person came (None: it does not), and what else it says: 换到仁宝电子.

    Raises
    ------
    UnclearAnswer : the answer is none, and says neither where the person went nor why they are not there (已离职)
    """
    note = cell_text(row.cells.get("note", "")).strip()
    note = note if says_why(note) else ""  # 自己坐火车来 is no other factory
    try:
        return row.value("arrived"), note
    except UnclearAnswer:
        words = cell_text(row.cells["arrived"]).strip()
        if not says_why(words):
            raise
        return None, " ".join(filter(None, (words, note)))
