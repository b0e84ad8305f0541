"""The columns of the manifest that rides along, for the one who writes it and the one who reads it back."""

from typing import NamedTuple

from returnplan.model.texts import Text
from returnplan.papers.pages import Style, style

BATCH = Text("批次编号", "Batch")
"""Before the batch's id, on every paper."""
ADDED = Text("增", "+")
"""Before the number of a row for somebody added on the spot (现场增补)."""


class Entry(NamedTuple):
    """A row of the list: a rider, a child in a seat of its own, or a blank row (``number`` 增1)."""

    number: int | str
    person: int | None = None
    seat: int | None = None
    name: str = ""
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    pickup: str = ""
    dropoff: str = ""
    employer: str = ""
    care: str = ""


class RideField(NamedTuple):
    """A column: ``key`` is the field of :class:`Entry` in it, or what is written there by hand."""

    key: str
    header: Text
    width: float
    style: Style = style.CENTER
    hidden_from: tuple[str, ...] = ()


RIDE_FIELDS = (
    RideField("number", Text("序号", "No."), 5, style.SHRINK),
    RideField("person", Text("编号", "Person"), 7, style.SHRINK),
    RideField("seat", Text("座位", "Seat"), 5, style.SHRINK),
    RideField("name", Text("姓名", "Name"), 10),
    RideField("sex", Text("性别", "Sex"), 5, style.SHRINK),
    RideField("id_number", Text("身份证号码", "ID number"), 20, style.SHRINK, ("carrier", "employer")),
    RideField("phone", Text("联系电话", "Phone"), 13, style.SHRINK),
    RideField("pickup", Text("上车点", "Pick-up"), 18, style.SMALL),
    RideField("dropoff", Text("下车点", "Drop-off"), 26, style.SMALL),
    RideField("employer", Text("务工企业", "Employer"), 26, style.SMALL, ("carrier",)),
    RideField("care", Text("特别照顾/备注", "Special care, remarks"), 17, style.CARE),
    RideField("boarded", Text("上车", "On board"), 6),
    RideField("temperature", Text("体温", "Temp."), 6),
    RideField("signature", Text("签字", "Signature"), 12),
)
