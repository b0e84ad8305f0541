"""A vehicle that did not come may be used again."""

from returnplan.edits.broken_vehicles import with_mended
from returnplan.model.errors import UsageError
from returnplan.model.texts import Text
from returnplan.store import Amendment, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.change.request import ChangeOutcome, ChangeRequest
from returnplan.usecases.choice import header_with_people, roster_of


def mended(campaign: Campaign, request: ChangeRequest) -> ChangeOutcome:
    """Give the vehicle back to the fleet; no batch is changed. Raises what ``change`` raises."""
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        with store.reading():
            campaign.refuse_other_year(store)
            header, revision = header_with_people(store), store.revision()
            roster = roster_of(store, header)
        now = with_mended(roster, request.batch)
        if now.pools == roster.pools:
            raise UsageError(
                Text(
                    f"没有 {request.batch} 的车来不了的登记(returnplan change {request.batch} --breakdown)",
                    f"nobody has said that the vehicle of {request.batch} does not come "
                    f"(returnplan change {request.batch} --breakdown)",
                )
            )
        with store.transaction(revision):
            store.amend(header.id, Amendment("changed", roster=now))
    said = Text(
        f"{request.batch} 原来的车又可以用了",
        f"the vehicle that was to run {request.batch} may be used again",
    )
    return ChangeOutcome(header, None, [], [said], [], is_mended=True)
