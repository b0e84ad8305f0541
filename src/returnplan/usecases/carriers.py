"""What a carrier has to hear of a new plan: a vehicle that it has named is not needed, or goes another way.

A draft may change with every plan, and its carrier has a driver ready all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from returnplan.model.plan import Batch, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_vehicle, say_weekday
from returnplan.store import Store
from returnplan.usecases.choice import run_before


def carriers_to_tell(store: Store, header: RunHeader) -> list[Text]:
    """Return what the carriers have to hear of a stored plan, against the one before."""
    before = run_before(store, header)
    if before is None:
        return []
    old, new = store.load_batches(before.id), store.load_batches(header.id)
    return changed_for_carriers(old, new, store.confirmed(), header.as_of)


def changed_for_carriers(
    old: Sequence[Batch], new: Sequence[Batch], confirmed: Collection[str], today: date | None
) -> list[Text]:
    """Return a sentence for each carrier whose confirmed vehicles have changed between two plans.

    Parameters
    ----------
    confirmed : ids of batches whose vehicle a carrier, or the office, has named
    today : vehicles of days past are left out; None: of none
    """
    now = {batch.id: batch for batch in new}
    changes: dict[str, list[Text]] = defaultdict(list)
    for was in old:
        is_named = was.id in confirmed and was.mode == "coach" and bool(was.plate or was.drivers)
        if is_named and was.state != "departed" and (today is None or was.date >= today):
            changes[was.carrier or was.base] += _change(was, now.get(was.id))
    return [
        Text(
            f"请告诉承运单位 {carrier}：{'；'.join(one.zh for one in news)}",
            f"tell the carrier {carrier}: {'; '.join(one.en for one in news)}",
        )
        for carrier, news in changes.items()
        if news
    ]


def _change(was: Batch, batch: Batch | None) -> Iterator[Text]:
    """Yield what has become of a confirmed vehicle; nothing where it goes as it was ordered."""
    zh, en = _called(was, "zh"), _called(was, "en")
    if batch is None or batch.carrier != was.carrier:
        yield Text(f"{zh}不用派了", f"{en} is not needed")
    elif not batch.plate and not batch.drivers:
        now = batch.vehicle, say_vehicle(batch.vehicle, "en")
        yield Text(f"{zh}不用派了，改派 {now[0]}", f"{en} is not needed, but a {now[1]}")
    elif _way(batch) != _way(was):
        yield Text(
            f"{zh}停靠站点或时间改了，要发新的派车单", f"{en} has other stops or hours: send the new order"
        )


def _called(batch: Batch, lang: Lang) -> str:
    """Return how a carrier knows a vehicle: 0221-001(2月21日(周日) 49座大巴 湘E10002)."""
    parts = (say_weekday(batch.date, lang), say_vehicle(batch.vehicle, lang), batch.plate)
    vehicle = " ".join(filter(None, parts))
    return Text(f"{batch.id}({vehicle})", f"{batch.id} ({vehicle})").say(lang)


def _way(batch: Batch) -> list[tuple[str, datetime]]:
    return [(stop.place, stop.time) for stop in batch.stops]
