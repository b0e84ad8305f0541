"""The columns of the manifest that rides along, for the one who writes it and the one who reads it back."""

from dataclasses import replace
from typing import NamedTuple

from returnplan.model.person import label
from returnplan.model.plan import Rider
from returnplan.model.texts import Lang, Text
from returnplan.papers.field import Field, blank
from returnplan.papers.pages import Style, Value, style
from returnplan.papers.wording import say_post, say_sex
from returnplan.reading.cells import clean, required
from returnplan.reading.ids import id_number
from returnplan.reading.quantities import count
from returnplan.reading.words import tick_or_cross

ON_BOARD = Text("上车", "On board")
BATCH = Text("批次编号", "Batch")
"""Before the batch's id, on every paper."""
DEPARTS, TRAIN_DEPARTS, ARRIVES = (
    Text("出发", "Departs"),
    Text("开车", "Departs"),
    Text("预计到达", "Arrives"),
)
"""Before the day and hour, of which every paper has one."""
ADDED = Text("增", "+")
"""Before the number of a row for somebody added on the spot (现场增补)."""


class Entry(NamedTuple):
    """A row of the list: a rider, a child in a seat of its own, or a blank row (``number`` 增1)."""

    number: int | str
    rider: Rider | None = None
    seat: int | None = None
    name: str = ""
    phone: str = ""
    pickup: str = ""
    dropoff: str = ""
    care: str = ""


def say_fact(rider: Rider, name: str, lang: Lang) -> Value:
    """Return what is known of a rider as the language has it: sex and post in its words."""
    told: Value = getattr(rider, name)
    say = {"sex": say_sex, "post": say_post}.get(name)
    return say(str(told), lang) if say else told


def of_rider(
    name: str, width: float, look: Style = style.CENTER, hidden_from: tuple[str, ...] = ()
) -> Field[Entry]:
    """Return the column of what is known of a rider; it is empty in the rows of children and in blank rows."""

    def value(entry: Entry, lang: Lang) -> Value:
        return say_fact(entry.rider, name, lang) if entry.rider else ""

    return Field(name, label(name), width, look, value, hidden_from=hidden_from)


THERE = (
    *("到", "已到", "到了", "来了", "已来", "到岗", "已到岗", "上", "已上", "上车", "已上车", "上了", "在车"),
    *("ok", "here", "boarded", "○", "〇", "◯", "⭕", "o", "●", "✅", "/√", "√√"),
)
NOT_THERE = (
    *("未", "未到", "没到", "未到岗", "没到岗", "缺", "缺席", "没来", "不来", "不来了", "未来", "没有来"),
    *("未上", "未上车", "没上车", "未乘车", "没上", "不在", "❌", "╳", "absent", "missing"),
)
SURELY_NOT_THERE = ("确认未到", "确认未上车", "确认没来", "surely absent")
"""What people write where a paper asks for √ or ×."""

PERSON: Field[Entry] = Field(
    "person",
    Text("编号", "Person"),
    7,
    style.SHRINK,
    lambda entry, lang: entry.rider.person if entry.rider else None,
    parse=required(count("编号", "the person number"), "missing_person", "编号", "the person number"),
)
"""By it a row that comes back is known again."""

RIDE_FIELDS: tuple[Field[Entry], ...] = (
    Field("number", Text("序号", "No."), 5, style.SHRINK),
    PERSON,
    Field("seat", Text("座位", "Seat"), 5, style.SHRINK),
    Field("name", label("name"), 10, parse=required(clean, "missing_name", "姓名", "the name")),
    of_rider("sex", 5, style.SHRINK),
    replace(
        of_rider("id_number", 20, style.SHRINK, ("carrier", "employer")),
        parse=required(id_number, "missing_id_number", "身份证号码", "the ID number"),
    ),
    Field("phone", label("phone"), 13, style.SHRINK),
    Field("pickup", Text("上车点", "Pick-up"), 18, style.SMALL, width_en=24),
    Field("dropoff", Text("下车点", "Drop-off"), 22, style.SMALL, width_en=37),
    of_rider("employer", 24, style.SMALL, ("carrier",)),
    Field("care", Text("特别照顾/备注", "Special care, remarks"), 17, style.CARE, width_en=14),
    Field(
        "boarded",
        ON_BOARD,
        6,
        value=blank,
        parse=tick_or_cross(ON_BOARD, yes=THERE, no=(*NOT_THERE, *SURELY_NOT_THERE)),
    ),
    Field("temperature", Text("体温", "Temp."), 6, value=blank),
    Field("signature", Text("签字", "Signature"), 12, value=blank),
)
