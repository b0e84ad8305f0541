"""``show``: the plan that stands, an earlier one, and the list of runs."""

from returnplan.model.plan import Overview, Plan, RunHeader
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import header_of


def show(campaign: Campaign, run_id: str | None = None) -> tuple[RunHeader, Plan]:
    """Return the plan that stands, or that of an earlier run.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run
    """
    with Store.snapshot(campaign.store_path) as store:
        header = header_of(store, run_id)
        return header, store.load_plan(header.id)


def overview(campaign: Campaign, run_id: str | None = None) -> tuple[RunHeader, Overview]:
    """Return what :func:`show` does, without the people: several times as fast."""
    with Store.snapshot(campaign.store_path) as store:
        header = header_of(store, run_id)
        return header, store.load_overview(header.id)


def runs(campaign: Campaign) -> list[RunHeader]:
    """Return the headers of all runs, the latest first."""
    with Store.snapshot(campaign.store_path) as store:
        return store.runs()
