"""The receipt that an employer signs (人员交接签收单): only its own people, ID numbers masked."""

from collections import defaultdict
from collections.abc import Sequence

from returnplan.model.masking import mask_id_number
from returnplan.model.person import label
from returnplan.model.plan import Rider
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.field import Field, blank, item_columns
from returnplan.papers.manifest.edition import BatchEdition
from returnplan.papers.manifest.ride_fields import ARRIVES, BATCH, NOT_THERE, PERSON, THERE, say_fact
from returnplan.papers.pages import Line, Page, Part, Style, labelled, spread, style
from returnplan.papers.passengers import child_seats, in_order
from returnplan.papers.settings import say_seal
from returnplan.papers.wording import say_hour, say_place
from returnplan.reading.words import tick_or_cross

ARRIVED = Text("到岗", "Arrived")
_Line = tuple[int, Rider]


def _of_rider(name: str, width: float, look: Style = style.CENTER) -> Field[_Line]:
    return Field(name, label(name), width, look, lambda line, lang: say_fact(line[1], name, lang))


_AT_WORK = [
    "报到",
    "已报到",
    "已报道",
    "入职",
    "已入职",
    "在岗",
    "已在岗",
    "上岗",
    "已上岗",
    "到厂",
    "已到厂",
    "到位",
    "已到位",
    "进厂",
    "已进厂",
    "在职",
    "到公司",
    "已到公司",
    "正常",
    "正常报到",
    "正常上班",
    "正常入职",
    "已上班",
    "上班",
]
_NOT_AT_WORK = [
    "未报到",
    "没报到",
    "未报道",
    "未入职",
    "没入职",
    "未上岗",
    "没上岗",
    "不在岗",
    "未在岗",
    "未到厂",
    "没到厂",
    "未到位",
    "未到公司",
    "没到公司",
]
"""What employers write, above all those who send a list of their own back."""

has_come = tick_or_cross(ARRIVED, yes=(*THERE, *_AT_WORK), no=(*NOT_THERE, *_NOT_AT_WORK))
"""Reads what an employer says of somebody: whether they have come; None where nothing stands there."""

RECEIPT_FIELDS: tuple[Field[_Line], ...] = (
    Field("number", Text("序号", "No."), 5, style.SHRINK, lambda line, lang: line[0]),
    Field(PERSON.key, PERSON.header, 7, style.SHRINK, lambda line, lang: line[1].person, parse=PERSON.parse),
    _of_rider("name", 10),
    _of_rider("sex", 5, style.SHRINK),
    Field(
        "id_number",
        label("id_number"),
        20,
        style.SHRINK,
        lambda line, lang: mask_id_number(line[1].id_number),
    ),
    _of_rider("phone", 13),
    _of_rider("post", 12),
    Field("arrived", ARRIVED, 9, value=blank, parse=has_come),
    Field(
        "children",
        Text("随行儿童", "Children along"),
        7,
        value=lambda line, lang: len(line[1].child_seats) or None,
    ),
    _of_rider("note", 16),
)
"""For the one who writes the receipt and the one who reads it back."""


def receivers(riders: Sequence[Rider]) -> dict[str, list[Rider]]:
    """Return who signs -> their people: an employer, or the drop-off of those who have none yet."""
    people: dict[str, list[Rider]] = defaultdict(list)
    for rider in sorted(riders, key=lambda rider: (rider.dropoff_seq, rider.seat)):
        people[rider.employer or rider.dropoff].append(rider)
    return dict(people)


def receipt(edition: BatchEdition, receiver: str, riders: Sequence[Rider], name: str) -> Page:
    """Return the page that ``receiver`` signs for its ``riders``."""
    people = in_order(riders)
    has_children = any(rider.child_seats for rider in people)
    fields = [field for field in RECEIPT_FIELDS if field.key != "children" or has_children]
    columns = item_columns(fields, list(enumerate(people, 1)), edition.lang)
    widths = [column.width for column in columns]
    title = edition.say("人员交接签收单", "Hand-over receipt")
    return Page(
        name,
        columns,
        top=(
            *edition.heading(title, widths),
            *_facts(edition, receiver, people, widths),
        ),
        bottom=_closing(people, edition, widths),
        row_height_pt=20,
        printing=edition.printing(landscape=False),
    )


def _facts(
    edition: BatchEdition, receiver: str, people: Sequence[Rider], widths: Sequence[float]
) -> list[Line]:
    batch, say = edition.batch, edition.say
    stops = {stop.seq: stop for stop in batch.stops}
    last = max((stops[rider.dropoff_seq] for rider in people), key=lambda stop: stop.seq)
    arrival = f"{last.time:%Y-%m-%d} {say_hour(last.time, last.time.date(), edition.lang)}"
    places = say("、", ", ").join(dict.fromkeys(say_place(rider.dropoff, edition.lang) for rider in people))
    employed = bool(people[0].employer)  # else the receiver is the drop-off, which is said once
    who = say("接收单位", "Received by") if employed else say("下车点", "Drop-off")
    arrives = (say(*ARRIVES), arrival)
    contact = edition.contact(people[0])
    meets = [(say("接站联系人", "Who meets them"), contact)]
    return [
        spread(labelled([(who, receiver), (BATCH.say(edition.lang), batch.id)], shares=(4, 2)), widths, 24),
        *([spread(labelled(meets, shares=(7,)), widths, 24)] if contact else []),
        spread(
            labelled([(say("下车点", "Drop-off"), places), arrives], shares=(4, 2))
            if employed
            else labelled([arrives], shares=(7,)),
            widths,
        ),
        spread(
            labelled(
                [
                    (say("车型/车牌", "Vehicle, plate"), edition.vehicle),
                    (say("应到人数", "Expected"), _expected(people).say(edition.lang)),
                ],
                shares=(4, 2),
            ),
            widths,
            24,
        ),
        Line((), 6),
    ]


def _expected(people: Sequence[Rider]) -> Text:
    """Return how many come to work, and the children who get off with them, so that all who alight are told."""
    num, children = len(people), len(child_seats(people))
    along = Text(f"(另随行儿童 {children} 人)", f" (and {children} children along)") if children else NO_TEXT
    return Text(f"{num} 人{along.zh}", f"{num}{along.en}")


def _closing(people: Sequence[Rider], edition: BatchEdition, widths: Sequence[float]) -> tuple[Line, ...]:
    say = edition.say
    totals = [
        (say("应到", "Expected"), _expected(people).say(edition.lang)),
        (say("实到", "Arrived"), None),
        (say("未到", "Missing"), None),
    ]
    signatures = [
        (say("接收单位(盖章)\n接收人签字", "Receiver's\nsignature, seal"), None),
        (say("随车工作人员\n签字", "Escort's\nsignature"), None),
        (say("联系电话\n日期", "Phone,\ndate"), None),
    ]
    note = say(
        "到岗的在“到岗”栏打√;未到、去了别处的请在备注写明去向。签字后由随车工作人员带回。",
        "Tick those who arrived; for the others say where they went. The escort takes the signed sheet back.",
    )
    seal = say_seal(edition.edition.office)
    sealed = [(say("送出单位(盖章)", "Sent by (seal)"), seal)]
    return (
        spread(labelled(totals, label_share=1.2), widths, 24),
        *([spread(labelled(sealed, shares=(5,)), widths, 30)] if seal else []),
        spread(labelled(signatures, label_share=1.6), widths, 48),
        spread([Part(note, style.REMARK)], widths),
    )
