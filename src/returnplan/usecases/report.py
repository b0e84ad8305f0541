"""``report``: one page about the plan that stands, for those who decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from returnplan.edits.diff import diff
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import write_whole
from returnplan.papers.report import Changes, HandEdits, report_page
from returnplan.papers.rollup import account_of
from returnplan.papers.wording import in_beijing
from returnplan.store import ABSENT, Entry, Store
from returnplan.store.deeds import BY_HAND
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice, latest_header, run_before, run_named
from returnplan.usecases.evening import Evening
from returnplan.usecases.no_shows import no_shows
from returnplan.usecases.notify import due_calls
from returnplan.usecases.to_do import Day, PlanInForce, reported, to_do


@dataclass(frozen=True)
class ReportOutcome:
    """The plan that the page is about, where the page stands, and what a person should know."""

    header: RunHeader
    path: Path
    notes: list[Text]


def report(
    campaign: Campaign,
    out: Path,
    since: str | None = None,
    lang: Lang | None = None,
    today: date | None = None,
) -> ReportOutcome:
    """Write the page of the latest plan.

    Parameters
    ----------
    out : where it should stand
    since : start of the id of the run whose changes it tells; None: of the run before, if there is one
    lang : of the page; None: that of the plan
    today : for which it says what there is to do; None: the date in China

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : there is no such run
    StoreError : the folder or the disk refuses
    """
    now, notice_days = datetime.now(UTC), campaign.config.rules.notice_days
    evening = Evening.of(today or in_beijing(now).date(), now, notice_days)
    with Store.snapshot(campaign.store_path) as store:
        header = latest_header(store)
        plan = store.load_plan(header.id)
        before = run_before(store, header) if since is None else run_named(store, since)
        changes = _changes(before, store.load_plan(before.id), plan) if before else None
        calls = due_calls(store, header, Choice(), evening)
        edits = _hand_edits(store, header, before, plan)
        walk_ups = store.walk_ups()
        absent = [] if store.is_purged(header.id) else no_shows(store, header)
        missed = [(one.rider, one.day) for one in absent]
        account = account_of(header, plan, walk_ups, store.runs()[-1].id, missed)
    lang = lang or header.lang
    day = Day(
        evening,
        lang,
        PlanInForce(header, plan, calls),
        townships=reported(plan, campaign.config.townships.expected),
    )
    tasks = [(task.what.say(lang), task.num, task.details) for task in to_do(day)]
    notes: list[Text] = []
    riding = set(plan.riders.loc[plan.riders["status"] != ABSENT, "person"].tolist())
    persons = {one.rider.person for one in absent} - riding
    page = report_page(header, plan, lang, changes, edits, account.to_json(), tasks, persons)
    return ReportOutcome(header, write_whole(out, page, notes.append), notes)


def _changes(before: RunHeader, then: Plan, plan: Plan) -> Changes:
    change = diff(then, plan)
    return Changes(
        run_id=before.id,
        made_at=before.created_at,
        num_new=len(change.new),
        num_moved=len(change.moved),
        num_retimed=len(change.retimed),
        num_off=len(change.off),
        num_planned_then=then.summary["planned"],
        num_batches_then=then.summary["batches"],
        cost_yuan_then=then.summary["cost"],
    )


def _hand_edits(store: Store, header: RunHeader, before: RunHeader | None, plan: Plan) -> HandEdits | None:
    """Return what was changed by hand since the plan was made, or since the run before; None if nothing was.

    A change is what was entered at one moment, however many batches it is about.
    """
    runs = [run.id for run in store.runs()]
    earlier = runs[runs.index(header.id) + 1 : runs.index(before.id) + 1] if before else []
    entries, old = (
        [entry for run in some for entry in store.journal(run) if entry.deed in BY_HAND]
        for some in ([header.id], earlier)
    )
    if not entries and not old:
        return None
    planned = plan.summary.get("as_planned", {})
    return HandEdits(
        num_changes=_num_changes(entries),
        num_batches=len({entry.batch for entry in entries}),
        num_before=_num_changes(old),
        batches_before=tuple(sorted({entry.batch for entry in old})),
        num_planned_then=planned.get("planned"),
        cost_yuan_then=planned.get("cost"),
    )


def _num_changes(entries: Sequence[Entry]) -> int:
    return len({(entry.at, entry.deed, entry.source) for entry in entries})
