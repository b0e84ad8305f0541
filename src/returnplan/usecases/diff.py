"""``diff``: who is new, moved or off between two runs of the store."""

from dataclasses import replace

from returnplan.edits.diff import Diff, diff
from returnplan.model.plan import Plan, RunHeader
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.stored import header_of, run_named


def compare_runs(campaign: Campaign, old: str | None, new: str | None) -> tuple[RunHeader, Diff]:
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
        return after, diff(store.load_plan(before.id) if before else _nobody_of(plan), plan)


def run_before(store: Store, after: RunHeader) -> RunHeader | None:
    """Return the header of the run before another one; None if that is the first."""
    headers = store.runs()
    earlier = headers[headers.index(after) + 1 :]
    return earlier[0] if earlier else None


def _nobody_of(plan: Plan) -> Plan:
    return replace(plan, batches=(), riders=plan.riders.iloc[:0])
