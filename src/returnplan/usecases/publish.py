"""``publish`` and ``recall``: batches that people have been told of are locked, or unlocked again."""

from collections.abc import Sequence
from dataclasses import dataclass

from returnplan.model.errors import UsageError
from returnplan.model.masking import mask_name
from returnplan.model.plan import Batch, Rider, RunHeader
from returnplan.model.texts import Text
from returnplan.store import Amendment, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice, choose_batches, latest_header, lies_in, with_linked

MOST_NAMED = 10
"""Riders who were not reached that one message names."""


@dataclass(frozen=True, slots=True)
class StateOutcome:
    """``changed`` batches have the new state, ``others`` of those chosen could not take it or had it before."""

    header: RunHeader
    changed: tuple[str, ...]
    others: tuple[str, ...]


def publish(campaign: Campaign, choice: Choice, *, even_unreached: bool = False) -> StateOutcome:
    """Lock the chosen batches: later plans keep their vehicle, date, stops and riders.

    A train is locked with all its feeders and shuttles, and each of them with the others: their riders were told of
    the whole journey.

    Parameters
    ----------
    even_unreached : lock them although calls to some of their riders found nobody

    Raises
    ------
    UsageError : nothing is chosen, no such batch or city, or riders were not reached
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    """
    if choice == Choice():
        raise UsageError(
            Text(
                "请写明锁定哪些号车：批次编号、--city 或 --until",
                "say which batches: their ids, --city or --until",
            )
        )
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        header = latest_header(store)
        if parts := lies_in(store, header, choice):
            raise UsageError(
                Text(
                    f"{parts[0].zh}；要全部锁定请写市名，否则请写批次编号",
                    f"{parts[0].en}; name the city to lock all of them, or the ids of some",
                )
            )
        batches = with_linked(store, header, choose_batches(store, header, choice))
        chosen = [batch.id for batch in batches]
        if not even_unreached and (unreached := _unreached(store, header, batches)):
            raise UsageError(_ask(unreached))
        changed = store.set_state(header.id, chosen, "published")
    return _outcome(header, chosen, changed)


def _unreached(store: Store, header: RunHeader, batches: Sequence[Batch]) -> list[Rider]:
    """Return riders of drafts whom the last call did not reach."""
    calls = store.calls()
    drafts = [batch.id for batch in batches if batch.state == "draft"]
    riders = (rider for own in store.load_riders(header.id, drafts).values() for rider in own)
    return [rider for rider in riders if (call := calls.get(rider.person)) and call.result == "unreached"]


def _ask(riders: Sequence[Rider]) -> Text:
    """Return who has to be reached, or locked without."""
    few = riders[:MOST_NAMED]
    names = [f"{mask_name(rider.name)}({rider.batch} {rider.person})" for rider in few]
    more = "…" * (len(riders) > len(few))
    return Text(
        f"有 {len(riders)} 人还没有打通电话，没有锁定：{'、'.join(names)}{more}。"
        "打通后用 returnplan notify --read 读回；不等他们就加 --yes",
        f"{len(riders)} riders were not reached, nothing is locked: {', '.join(names)}{more}. Call again and read the "
        "result with returnplan notify --read, or lock the batches all the same with --yes",
    )


def recall(campaign: Campaign, batches: tuple[str, ...]) -> StateOutcome:
    """Unlock batches, so that the next plan may change them, also those that were changed by hand.

    As with :func:`publish`, the batches of a journey are unlocked together.

    Raises as :func:`publish`.
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        header = latest_header(store)
        chosen = with_linked(store, header, choose_batches(store, header, Choice(batches=batches)))
        ids = [batch.id for batch in chosen]
        pins = {person: batch for person, batch in store.pins().items() if batch in ids}
        by_hand = [batch for batch in chosen if batch.state == "draft" and batch.id in pins.values()]
        changed = store.set_state(header.id, ids, "draft")
        store.amend(header.id, Amendment("recalled", by_hand))
        store.unpin(pins)
    return _outcome(header, ids, (*changed, *(batch.id for batch in by_hand)))


def _outcome(header: RunHeader, chosen: Sequence[str], changed: Sequence[str]) -> StateOutcome:
    return StateOutcome(header, tuple(changed), tuple(batch for batch in chosen if batch not in changed))
