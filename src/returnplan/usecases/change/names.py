"""Plate and drivers of a batch. They change nobody's seat, so one batch and its riders are all that is read.

Of all promises they can break one, that enough drivers are named (``tests/problem/test_names_break_nothing_else.py``).
"""

from dataclasses import replace

from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, RunHeader
from returnplan.model.texts import Text
from returnplan.reading.cells import clean
from returnplan.reading.vehicles import is_plate, plate
from returnplan.store import Amendment, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.papers import as_it_is, saved_before, was_saved, with_papers
from returnplan.usecases.change.request import ChangeOutcome, ChangeRequest, not_departed
from returnplan.usecases.choice import Choice, choose_batches, header_with_people, with_linked
from returnplan.usecases.double_use import used_twice
from returnplan.usecases.drivers import lacks_drivers, too_few_named


def named(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Change plate and drivers of a batch, and write its papers; raises what ``change`` raises."""
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        if was_saved(store, header, request):
            return saved_before(campaign, store, header, request)
        with store.reading():
            (chosen,) = choose_batches(store, header, Choice(batches=(request.batch,)))
            others = [one for one in store.load_batches(header.id) if one.id != chosen.id]
            revision = store.revision()
        before = not_departed(chosen)
        batch = replace(with_names(before, request), version=before.version + 1)
        if replace(batch, version=before.version) == before:
            return as_it_is(campaign, store, header, request)
        lacks_driver = is_short_now(before, batch)
        is_proposal = lacks_driver and not request.yes
        outcome = ChangeOutcome(
            header,
            batch,
            [],
            [
                *too_few_named([batch], {batch.id}),
                *used_twice([batch, *others], {batch.id}),
                *of_the_plate(request, before, batch, is_proposal=is_proposal),
            ],
            [],
            is_proposal=is_proposal,
            lacks_driver=lacks_driver,
        )
        if is_proposal:
            return outcome
        with store.transaction(revision):
            _save(store, header, before, batch, request.digest)
        return with_papers(campaign, store, header, request, {batch.id}, outcome)


def _save(store: Store, header: RunHeader, before: Batch, batch: Batch, source: str) -> None:
    """Save a batch with its new names. Its riders stay on it; if it was published, they were told of the old ones."""
    store.amend(header.id, Amendment("changed", [batch], source=source))
    linked = with_linked(store, header, [before])
    riders = store.load_riders(header.id, [one.id for one in linked])
    if before.state == "published":
        from returnplan.usecases.telling import known_uncalled  # loads the readers of sheets

        known = store.calls()
        uncalled = {rider.person for rider in riders[before.id]} - known.keys()
        as_told = (before if one.id == before.id else one for one in linked)
        store.record_calls(known_uncalled(as_told, riders, uncalled, known))
    store.pin({rider.person: before.id for rider in riders[before.id]})


def with_names(batch: Batch, request: ChangeRequest) -> Batch:
    """Return a batch with plate and drivers of a request; words for an unknown plate do not clear a known one.

    Raises
    ------
    UsageError : such words stand for a plate where one is known
    """
    drivers = tuple(map(clean, request.drivers)) or batch.drivers
    if request.plate is None:
        return replace(batch, drivers=drivers)
    number = plate(request.plate)
    if not number and batch.plate and clean(request.plate):
        raise UsageError(
            Text(
                f'“{request.plate}”不是车牌，{batch.id} 的车牌 {batch.plate} 没有改；要清空请写 --plate ""',
                f'{request.plate!r} is no plate; {batch.id} keeps {batch.plate}. To clear it write --plate ""',
            )
        )
    return replace(batch, plate=number, drivers=drivers)


def is_short_now(before: Batch, now: Batch) -> bool:
    """Return whether a batch lacks a driver by what is changed: it was known of others, or they were enough."""
    drivers = (before.drivers, before.num_drivers)
    return lacks_drivers(now) and (now.drivers, now.num_drivers) != drivers


def of_the_plate(
    request: ChangeRequest, before: Batch, batch: Batch | None, *, is_proposal: bool = False
) -> list[Text]:
    """Return that a known plate is gone, or would be, or that the new one does not look like a plate."""
    if batch is None:
        return []
    if before.plate and not batch.plate:
        done = Text("会清空", "is cleared by this") if is_proposal else Text("已清空", "was cleared")
        return [
            Text(
                f"原车牌 {before.plate} {done.zh}；新车牌用 --plate 写明",
                f"the plate {before.plate} {done.en}; give the new one with --plate",
            )
        ]
    if request.plate and batch.plate and batch.mode == "coach" and not is_plate(batch.plate):
        return [
            Text(
                f"“{batch.plate}”不像完整的车牌(如 桂R12345)，请核对",
                f"{batch.plate} does not look like a whole plate (such as 桂R12345); check it",
            )
        ]
    return []
