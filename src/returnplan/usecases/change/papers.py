"""The papers of changed batches, as the store has them; and whether a change was saved already."""

from collections.abc import Set
from dataclasses import replace
from pathlib import Path

from returnplan.model.plan import RunHeader
from returnplan.model.texts import Text
from returnplan.papers.itinerary import itineraries
from returnplan.papers.manifest import put_away, write_next_versions
from returnplan.store import Selection, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.request import ChangeOutcome, ChangeRequest
from returnplan.usecases.choice import with_linked
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.leaders import leaders_told
from returnplan.usecases.moved_trains import waiting

DONE = Text(
    "{batch} 的这项改动此前已保存，没有再改；这次只写名单(谁没有座位了见 returnplan show unplanned)",
    "this change of {batch} was saved before and is not made twice; its papers are written (who has no seat now: "
    "returnplan show unplanned)",
)

AGAIN = Text(
    "顶替的车也来不了，是另一件事：先用 returnplan change {batch} --plate 写明它的车牌，再用 --breakdown --yes",
    "if the vehicle that was sent instead does not come either, that is another event: enter its plate first with "
    "returnplan change {batch} --plate, then --breakdown --yes",
)


def was_saved(store: Store, header: RunHeader, request: ChangeRequest) -> bool:
    """Return whether the last change by hand of the batch was this very one."""
    entries = [entry for entry in store.journal(header.id) if entry.batch == request.batch]
    return bool(entries) and entries[-1].source == request.digest


def saved_before(
    campaign: Campaign, store: Store, header: RunHeader, request: ChangeRequest
) -> ChangeOutcome:
    """Write the papers of a change that was saved before."""
    changed = store.changed_from(header.id, request.digest)
    runs_on = any(batch.id == request.batch for batch in store.load_batches(header.id))
    said = [DONE, AGAIN] if request.breakdown and runs_on else [DONE]
    notes = [one.with_values(batch=request.batch) for one in said]
    outcome = ChangeOutcome(header, None, [], notes, [], was_done=True)
    return with_papers(campaign, store, header, request, changed, outcome)


def as_it_is(campaign: Campaign, store: Store, header: RunHeader, request: ChangeRequest) -> ChangeOutcome:
    """Write the papers of a batch of which a request changes nothing."""
    outcome = ChangeOutcome(header, None, [], [], [], was_done=True)
    return with_papers(campaign, store, header, request, {request.batch}, outcome)


def with_papers(
    campaign: Campaign,
    store: Store,
    header: RunHeader,
    request: ChangeRequest,
    changed: Set[str],
    outcome: ChangeOutcome,
) -> ChangeOutcome:
    """Write the papers of the changed batches as they are now, of those that run at hours that are right."""
    changed_now = store.load_batches(header.id, Selection(batches=tuple(sorted(changed))))
    wait = waiting(store, header)
    batches, running = wait.without(changed_now), wait.without(store.load_batches(header.id))
    saved = Text(f"{request.batch} 的改动已保存", f"the change of {request.batch} is saved")
    command = " ".join(["returnplan manifest", *(f"--batch {batch.id}" for batch in batches)])
    papers: list[Path] = []
    notes = [*outcome.notes, *wait.notes_on(changed_now)]
    with once_saved(saved, Text(f"用 {command} 写出", f"{command} writes them")):
        if batches:
            rides = with_linked(store, header, batches)
            riders = store.load_riders(header.id, [one.id for one in rides])
            last = store.load_handouts()
            batches, handouts, papers, _ = write_next_versions(
                last,
                batches,
                riders,
                request.out,
                campaign.edition(header, notes.append),
                campaign.config.papers,
                journeys=itineraries((one for one in rides if one.kind != "direct"), riders),
                employers=store.load_employers(header.id),
                leaders_told=leaders_told(store.calls(), riders),
                running=running,
            )
            store.keep_handouts(handouts, last)
        elif old := put_away(request.out, (), running):
            notes.append(old)
    runs = next((one for one in changed_now if one.id == request.batch), None)
    batch = next((one for one in batches if one.id == request.batch), runs)
    return replace(outcome, batch=batch, notes=notes, papers=papers)
