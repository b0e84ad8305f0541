"""``publish`` and ``recall``: batches that people have been told of are locked, or unlocked again."""

from dataclasses import dataclass
from typing import Literal

from returnplan.errors import UsageError
from returnplan.pipeline.campaign import Campaign
from returnplan.pipeline.choosing import Choice, choose_batches
from returnplan.pipeline.stored import latest_header
from returnplan.plan import RunHeader
from returnplan.store import RunLock, Store
from returnplan.texts import Text


@dataclass(frozen=True, slots=True)
class StateOutcome:
    """``changed`` batches have the new state, ``others`` of those chosen could not take it or had it before."""

    header: RunHeader
    changed: tuple[str, ...]
    others: tuple[str, ...]


def publish(campaign: Campaign, choice: Choice) -> StateOutcome:
    """Lock the chosen batches: later plans keep their vehicle, date, stops and riders.

    Raises
    ------
    UsageError : nothing is chosen, or no such batch or city
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    """
    if choice == Choice():
        raise UsageError(
            Text(
                "请写明锁定哪些号车:批次编号、--city 或 --until",
                "say which batches: their ids, --city or --until",
            )
        )
    return _set(campaign, choice, "published")


def recall(campaign: Campaign, batches: tuple[str, ...]) -> StateOutcome:
    """Unlock batches, so that the next plan may change them; raises as :func:`publish`."""
    return _set(campaign, Choice(batches=batches), "draft")


def _set(campaign: Campaign, choice: Choice, state: Literal["published", "draft"]) -> StateOutcome:
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        header = latest_header(store)
        chosen = [batch.id for batch in choose_batches(store, header, choice)]
        changed = store.set_state(header.id, chosen, state)
    return StateOutcome(header, changed, tuple(batch for batch in chosen if batch not in changed))
