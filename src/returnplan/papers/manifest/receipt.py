"""The receipt that an employer signs (人员交接签收单): only its own people, ID numbers masked."""

from collections import defaultdict
from collections.abc import Sequence

from returnplan.model.masking import mask_id_number
from returnplan.model.plan import Rider
from returnplan.model.texts import Text
from returnplan.papers.manifest.edition import Edition
from returnplan.papers.manifest.ride_fields import BATCH
from returnplan.papers.pages import Column, Line, Page, style
from returnplan.papers.pages.layout import Part, labelled, spread
from returnplan.papers.passengers import in_order
from returnplan.papers.wording import say_hour

PERSON = Text("编号", "Person")
ARRIVED = Text("到岗", "Arrived")
NOTE = Text("备注", "Remarks")
"""The columns by which a receipt is known again, and what is written into it."""


def receivers(riders: Sequence[Rider]) -> dict[str, list[Rider]]:
    """Return who signs -> their people: an employer, or the drop-off of those who have none yet."""
    people: dict[str, list[Rider]] = defaultdict(list)
    for rider in sorted(riders, key=lambda rider: (rider.dropoff_seq, rider.seat)):
        people[rider.employer or rider.dropoff].append(rider)
    return dict(people)


def receipt(edition: Edition, receiver: str, riders: Sequence[Rider], name: str) -> Page:
    """Return the page that ``receiver`` signs for its ``riders``."""
    people = in_order(riders)
    columns = _columns(people, edition)
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
        landscape=False,
        footer=edition.footer,
    )


def _columns(people: Sequence[Rider], edition: Edition) -> tuple[Column, ...]:
    say = edition.say
    blank = [None] * len(people)
    return (
        Column(say("序号", "No."), 5, list(range(1, len(people) + 1)), style.SHRINK),
        Column(PERSON.say(edition.lang), 7, [rider.person for rider in people], style.SHRINK),
        Column(say("姓名", "Name"), 10, [rider.name for rider in people]),
        Column(say("性别", "Sex"), 5, [rider.sex for rider in people], style.SHRINK),
        Column(
            say("身份证号码", "ID number"),
            20,
            [mask_id_number(rider.id_number) for rider in people],
            style.SHRINK,
        ),
        Column(say("联系电话", "Phone"), 13, [rider.phone for rider in people]),
        Column(say("工种", "Post"), 12, [rider.post for rider in people]),
        Column(ARRIVED.say(edition.lang), 9, blank),
        Column(NOTE.say(edition.lang), 16, [rider.note for rider in people]),
    )


def _facts(edition: Edition, receiver: str, people: Sequence[Rider], widths: Sequence[float]) -> list[Line]:
    batch, say = edition.batch, edition.say
    stops = {stop.seq: stop for stop in batch.stops}
    last = max((stops[rider.dropoff_seq] for rider in people), key=lambda stop: stop.seq)
    arrival = f"{last.time:%Y-%m-%d} {say_hour(last.time, last.time.date(), edition.lang)}"
    places = "、".join(dict.fromkeys(rider.dropoff for rider in people))
    who = say("接收单位", "Received by") if people[0].employer else say("下车地点", "Drop-off")
    return [
        spread(labelled([(who, receiver), (BATCH.say(edition.lang), batch.id)], shares=(4, 2)), widths, 24),
        spread(
            labelled(
                [(say("下车点", "Drop-off"), places), (say("预计到达", "Arrives"), arrival)], shares=(4, 2)
            ),
            widths,
        ),
        spread(
            labelled(
                [
                    (say("车型/车牌", "Vehicle, plate"), f"{batch.vehicle} {batch.plate}".strip()),
                    (say("应到人数", "Expected"), say(f"{len(people)} 人", str(len(people)))),
                ],
                shares=(4, 2),
            ),
            widths,
            24,
        ),
        Line((), 6),
    ]


def _closing(people: Sequence[Rider], edition: Edition, widths: Sequence[float]) -> tuple[Line, ...]:
    say = edition.say
    totals = [
        (say("应到", "Expected"), say(f"{len(people)} 人", str(len(people)))),
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
    return (
        spread(labelled(totals, label_share=1.2), widths, 24),
        spread(labelled(signatures, label_share=1.6), widths, 48),
        spread([Part(note, style.REMARK)], widths),
    )
