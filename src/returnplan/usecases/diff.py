"""``diff``: who is new, moved or off between two runs of the store."""

from dataclasses import replace

from returnplan.edits.diff import Diff
from returnplan.edits.diff import diff as differences
from returnplan.model.plan import RunHeader
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import header_of, run_before, run_named


def diff(campaign: Campaign, old: str | None, new: str | None) -> tuple[RunHeader, Diff]:
    """Return the header of the newer run, and what it changes for whom.

    Parameters
    ----------
    old : start of a run's id; None: the run before the newer one (of the first run everybody is new)
    new : start of a run's id; None: the latest run

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run
    """
    with Store.snapshot(campaign.store_path) as store:
        after = header_of(store, new)
        before = run_before(store, after) if old is None else run_named(store, old)
        plan = store.load_plan(after.id)
        nobody = replace(plan, batches=(), riders=plan.riders.iloc[:0])
        return after, differences(store.load_plan(before.id) if before else nobody, plan)
