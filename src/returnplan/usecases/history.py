"""What happened to one person before: earlier seats, coaches missed, the last call; and to the batch."""

from collections.abc import Iterator, Mapping, Sequence

from returnplan.model.plan import RunHeader
from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.wording import in_beijing, say_day
from returnplan.store import CANCELLED, OFF, POSTPONED, TOLD, CallRecord, Deed, Store
from returnplan.usecases.no_shows import no_shows

MOST_RUNS = 10
"""Earlier runs in which seats are looked for."""
MOST_PEOPLE = 200_000
"""In a plan of more than so many people, earlier runs are not read for one of them."""
_MOST_DEEDS = 8

_RESULTS: Mapping[str, Text] = {
    TOLD: Text("已通知", "told"),
    "unreached": Text("未接通", "no answer"),
    CANCELLED: Text("取消", "cancels"),
    POSTPONED: Text("改期", "puts off"),
    OFF: Text("已告知没有座位", "told that there is no seat"),
}
_DEEDS: Mapping[Deed, Text] = {
    "published": Text("锁定", "published"),
    "recalled": Text("解锁", "recalled"),
    "departed": Text("发车", "departed"),
    "changed": Text("手工改动", "changed by hand"),
    "ordered": Text("登记车牌、驾驶员或席位", "vehicle, drivers or seats entered"),
    "unboarded": Text("撤回上车登记", "boarding taken back"),
    "adopted": Text("采用方案表的改动", "changed in plan.xlsx"),
}


def history(
    store: Store, header: RunHeader, person: int, batch: str | None, said: RunHeader | None = None
) -> Iterator[Text]:
    """Yield what the store knows of a person besides the plan that stands, the oldest first, then of their batch.

    Parameters
    ----------
    batch : the one they ride now; None: none
    said : the run of which their seat is told already
    """
    if store.load_summary(header.id)["planned"] <= MOST_PEOPLE:
        known = {header.id, said.id if said else ""}
        earlier = [run for run in store.runs() if run.id not in known][:MOST_RUNS]
        yield from _earlier_seats(store, earlier, person, batch)
        for one in no_shows(store, header):
            if one.rider.person == person and one.rider.batch != batch:
                day = Text(say_day(one.day, "zh"), say_day(one.day, "en"))
                yield Text(
                    f"{day.zh} {one.rider.batch} 未到(随车名单登记)",
                    f"was absent from {one.rider.batch} on {day.en}, by the marked list",
                )
    if call := store.calls().get(person):
        yield from _of_call(call)
    if batch:
        yield from _of_batch(store, batch)


def _earlier_seats(
    store: Store, earlier: Sequence[RunHeader], person: int, batch: str | None
) -> Iterator[Text]:
    last = ""
    for run in reversed(earlier):
        ride = store.ride_of(run.id, person)
        if ride and ride.batch not in (last, batch):
            last, day = ride.batch, run.as_of or in_beijing(run.created_at).date()
            yield Text(
                f"{say_day(day, 'zh')} 的方案 {run.id} 里坐 {ride.batch}，{ride.pickup} 上车",
                f"the plan {run.id} of {say_day(day, 'en')} had them on {ride.batch} from {ride.pickup}",
            )


def _of_call(call: CallRecord) -> Iterator[Text]:
    """Yield what was said on the last call; that nobody called, or what the roll says, is no call."""
    result = _RESULTS.get(call.result)
    if result is None:
        return
    told = Text(f"{call.batch} ", f" of {call.batch}") if call.batch else NO_TEXT
    new = NO_TEXT
    if call.postponed_to:
        new = Text(f"至{say_day(call.postponed_to, 'zh')}", f" to {say_day(call.postponed_to, 'en')}")
    at = in_beijing(call.at).date()
    yield Text(
        f"{say_day(at, 'zh')} 读回的电话：{told.zh}{result.zh}{new.zh}",
        f"call read back on {say_day(at, 'en')}{told.en}: {result.en}{new.en}",
    )


def _of_batch(store: Store, batch: str) -> Iterator[Text]:
    entries = [one for one in store.whole_journal() if one.batch == batch and one.deed in _DEEDS]
    zh, en = [], []
    for one in entries[-_MOST_DEEDS:]:
        at, deed = in_beijing(one.at), _DEEDS[one.deed]
        zh.append(f"{say_day(at.date(), 'zh')}{at:%H:%M}{deed.zh}")
        en.append(f"{say_day(at.date(), 'en')} {at:%H:%M} {deed.en}")
    if entries:
        yield Text(f"{batch}：{'，'.join(dict.fromkeys(zh))}", f"{batch}: {', '.join(dict.fromkeys(en))}")
