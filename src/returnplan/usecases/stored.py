"""What the store holds: the latest plan, an earlier one, and the list of runs."""

from returnplan.model.errors import InputRefused, UsageError
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign


def latest_header(store: Store) -> RunHeader:
    """Return the header of the plan that stands.

    Raises
    ------
    InputRefused : nothing is planned yet
    """
    header = store.latest_run()
    if header is None:
        raise InputRefused(
            Text(
                f"{store.path} 里还没有排车方案,请先运行 returnplan plan 报名表.xlsx",
                f"{store.path} holds no plan yet; run: returnplan plan signups.xlsx",
            )
        )
    return header


def header_of(store: Store, run_id: str | None) -> RunHeader:
    """Return the header of the run whose id starts so; None: of the plan that stands.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run, or more than one
    """
    return latest_header(store) if run_id is None else run_named(store, run_id)


def roster_of(store: Store, header: RunHeader) -> Roster:
    """Return the roster that a run was made from.

    Raises
    ------
    InputRefused : the run was saved by a version that kept no roster
    """
    roster = store.load_roster(header.id)
    if roster is None:
        raise InputRefused(
            Text(
                "这个方案由旧版本保存,请先重新运行 returnplan plan",
                "this plan was saved by an older version; run returnplan plan once more first",
            )
        )
    return roster


def load_plan(campaign: Campaign, run_id: str | None = None) -> tuple[RunHeader, Plan]:
    """Return the plan that stands, or that of an earlier run.

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run
    """
    with Store.snapshot(campaign.store_path) as store:
        header = header_of(store, run_id)
        return header, store.load_plan(header.id)


def list_runs(campaign: Campaign) -> list[RunHeader]:
    """Return the headers of all runs, the latest first."""
    with Store.snapshot(campaign.store_path) as store:
        return store.runs()


def run_named(store: Store, run_id: str) -> RunHeader:
    """Return the header of the run whose id starts so.

    Raises
    ------
    UsageError : there is none, or more than one
    """
    found = [header for header in store.runs() if header.id.startswith(run_id)]
    if len(found) == 1:
        return found[0]
    raise UsageError(
        Text(
            f"没有(或不止一个)方案 {run_id},用 returnplan show runs 查看",
            f"there is no single run {run_id}; see: returnplan show runs",
        )
    )
