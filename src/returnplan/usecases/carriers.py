"""What a carrier has to hear of a new plan: a vehicle that it has named is not needed, or goes another way.

A draft may change with every plan, and its carrier has a driver ready all the same.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime

from returnplan.model.plan import Batch, Handout, RunHeader
from returnplan.model.texts import LANGS, Text
from returnplan.papers.orders import PAPER, receiver_of
from returnplan.papers.since_last import Facts, issue_of
from returnplan.papers.wording import say_vehicle, say_weekday
from returnplan.store import Store
from returnplan.usecases.choice import run_before


def carriers_to_tell(store: Store, header: RunHeader, batches: Sequence[Batch]) -> list[Text]:
    """Return what the carriers have to hear of a stored plan of these batches, against the one before."""
    orders, confirmed = store.load_lists(PAPER.en), store.confirmed()
    if not orders and not confirmed:  # no carrier knows of any vehicle yet
        return []
    before = run_before(store, header)
    old = store.load_batches(before.id) if before else []
    of_plans = changed_for_carriers(old, batches, confirmed, header.as_of)
    named = {was.id for was in old if was.plate or was.drivers}
    return of_plans + _lost_since_ordered(orders, batches, named, header.as_of)


def _lost_since_ordered(
    orders: Mapping[str, Handout], batches: Sequence[Batch], told: Collection[str], today: date | None
) -> list[Text]:
    """Return a sentence for each carrier with vehicles that it has named and that were taken off by hand since.

    A breakdown changes the plan that stands, so the one before says nothing of it.

    Parameters
    ----------
    orders : the sheets that the carriers got last
    told : ids of batches of which the plan before says what has changed
    today : vehicles of days past are left out; None: of none
    """
    now, sentences = {batch.id: batch for batch in batches}, []
    for receiver, handout in orders.items():
        news = [
            _not_needed(facts, now.get(facts["batch"]), receiver)
            for facts in issue_of(handout).lines.values()
            if facts["plate"]
            and facts["batch"] not in told
            and (today is None or date.fromisoformat(facts["day"]) >= today)
            and ((batch := now.get(facts["batch"])) is None or _is_off(batch, receiver))
        ]
        if news:
            sentences.append(_to_tell(receiver, news))
    return sentences


def _is_off(batch: Batch, receiver: str) -> bool:
    """Return whether a carrier's vehicle is not that of the batch any more."""
    return batch.state != "departed" and (receiver_of(batch) != receiver or not batch.plate)


def _not_needed(facts: Facts, batch: Batch | None, receiver: str) -> Text:
    """Return that a vehicle is not needed, and where the carrier still has the ride what goes in its place."""
    called = _called(facts["batch"], date.fromisoformat(facts["day"]), facts["vehicle"], facts["plate"])
    has_ride = batch is not None and receiver_of(batch) == receiver
    return _off(called, batch.vehicle if batch and has_ride else "")


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
    return [_to_tell(carrier, news) for carrier, news in changes.items() if news]


def _to_tell(carrier: str, news: Sequence[Text]) -> Text:
    return Text(
        f"请告诉承运单位 {carrier}：{'；'.join(one.zh for one in news)}",
        f"tell the carrier {carrier}: {'; '.join(one.en for one in news)}",
    )


def _change(was: Batch, batch: Batch | None) -> Iterator[Text]:
    """Yield what has become of a confirmed vehicle; nothing where it goes as it was ordered."""
    called = _called(was.id, was.date, was.vehicle, was.plate)
    if batch is None or batch.carrier != was.carrier:
        yield _off(called)
    elif not batch.plate and not batch.drivers:
        yield _off(called, batch.vehicle)
    elif _way(batch) != _way(was):
        yield Text(
            f"{called.zh}停靠站点或时间改了，要发新的派车单",
            f"{called.en} has other stops or hours: send the new order",
        )


def _off(called: Text, instead: str = "") -> Text:
    """Return that a vehicle is not needed, and which type goes in its place, if one does."""
    off = Text(f"{called.zh}不用派了", f"{called.en} is not needed")
    return (
        Text(f"{off.zh}，改派 {instead}", f"{off.en}, but a {say_vehicle(instead, 'en')}") if instead else off
    )


def _called(batch: str, day: date, vehicle: str, plate: str) -> Text:
    """Return how a carrier knows a vehicle: 0221-001(2月21日(周日) 49座大巴 湘E10002)."""
    zh, en = (
        " ".join(filter(None, (say_weekday(day, lang), say_vehicle(vehicle, lang), plate))) for lang in LANGS
    )
    return Text(f"{batch}({zh})", f"{batch} ({en})")


def _way(batch: Batch) -> list[tuple[str, datetime]]:
    return [(stop.place, stop.time) for stop in batch.stops]
