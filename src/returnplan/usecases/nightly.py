"""``nightly``: what a clerk does in the evening, with nobody there: plan the inbox, write what the day needs."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from returnplan.model.errors import Interrupted, NobodyPlanned, ReturnplanError, StoreLocked
from returnplan.model.plan import Batch, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.workbook import write_plan_workbook
from returnplan.store import RunLock, Store
from returnplan.usecases.campaign import Campaign, Inputs, Progress, no_progress
from returnplan.usecases.check import CheckOutcome, send_back
from returnplan.usecases.choice import Choice
from returnplan.usecases.dispatch import dispatch
from returnplan.usecases.interrupted import told_if_saved
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.notify import due_calls, notify
from returnplan.usecases.plan.make import PlanOutcome, PlanRequest, plan
from returnplan.usecases.to_do import Day, Standing, write_to_do

CHINA = timezone(timedelta(hours=8))
NIGHT = "nightly"
"""Its lock is held until everything is written, that of the store only while the store is changed."""
TO_DO = "今日要办.xlsx"
NOT_DONE = "未完成"
"""The folder in the outbox that says why the last night brought no plan; the next night that does removes it."""
BY_HAND = ("changed", "adopted")
"""Deeds after which a batch needs new papers."""
HOPELESS = Text("没有一个人能排上车,没有保存", "not one person can be planned, nothing was saved")
BUG = Text("程序错误 ({name})", "a bug in returnplan ({name})")


@dataclass(frozen=True)
class NightlyOutcome:
    """What the night brought; ``folder`` holds the outputs of this run, earlier ones stay in theirs."""

    planned: PlanOutcome
    folder: Path
    did_anything: bool
    num_papers: int = 0
    num_orders: int = 0
    num_calls: int = 0
    num_returned: int = 0


def today_in_china() -> date:
    """Return the date in Asia/Shanghai, wherever the machine stands."""
    return datetime.now(CHINA).date()


def nightly(campaign: Campaign, today: date, progress: Progress = no_progress) -> NightlyOutcome:
    """Plan the inbox and write plan, changed papers, orders, call lists, returns and the page 今日要办.

    A second call of the same day with the same inbox finds everything done; where the first was ended early, it
    writes the same outputs to the byte. Published batches of days past have departed. Where there is no plan the page
    is written all the same, says why, and what is to do by the plan that stands.

    Raises
    ------
    NobodyPlanned : people are eligible and not one can be planned
    InputRefused, StoreLocked, StoreError, PlanBroken, Interrupted : as :func:`returnplan.usecases.plan.make.plan`
    """
    with RunLock(campaign.store_path.resolve().with_name(NIGHT)), _told_if_refused(campaign, today):
        return _night(campaign, today, progress)


@contextmanager
def _told_if_refused(campaign: Campaign, today: date) -> Iterator[None]:
    """Write the page 今日要办 also when the block brings no plan."""
    try:
        yield
    except (StoreLocked, Interrupted):  # another run writes it; a person is there
        raise
    except ReturnplanError as error:
        write_refusal(campaign, today, error.message)
        raise
    except Exception as error:  # its words may quote a person's row
        name = type(error).__name__
        write_refusal(campaign, today, Text(*(text.format(name=name) for text in BUG)))
        raise


def write_refusal(campaign: Campaign, today: date, problem: Text) -> None:
    """Write why there is no plan, as far as store and disk allow; whatever happens, it hides nothing of the reason."""
    standing, is_store_unreadable = None, False
    try:
        standing = _look_up(campaign)
    except Exception:
        is_store_unreadable = True
    lang = campaign.config.lang or (standing.header.lang if standing else "zh")
    day = Day(today, lang, standing, problem=problem, is_store_unreadable=is_store_unreadable)
    with suppress(Exception):
        write_to_do(day, _outbox(campaign) / NOT_DONE / TO_DO)


def _look_up(campaign: Campaign) -> Standing | None:
    """Return the plan that stands, None where nothing has been planned yet."""
    if not campaign.store_path.exists():
        return None
    with Store.snapshot(campaign.store_path) as store:
        header = store.latest_run()
        if header is None:
            return None
        return Standing(header, store.load_plan(header.id), len(due_calls(store, header, Choice())))


def _withdraw_refusal(campaign: Campaign) -> None:
    folder = _outbox(campaign) / NOT_DONE
    with suppress(OSError):  # a person may have put something beside it, or hold it open
        (folder / TO_DO).unlink(missing_ok=True)
        folder.rmdir()


def _night(campaign: Campaign, today: date, progress: Progress) -> NightlyOutcome:
    folders = campaign.config.nightly
    _see_off(campaign, today)
    request = PlanRequest(Inputs((Path(folders.inbox),)), None, as_of=today)
    planned = plan(campaign, request, progress)
    if planned.is_hopeless:
        raise NobodyPlanned(HOPELESS)
    folder = _folder(campaign, planned.header)
    _withdraw_refusal(campaign)
    if not planned.is_new and (folder / TO_DO).exists():
        return NightlyOutcome(planned, folder, did_anything=False)
    with told_if_saved(campaign, planned.header):
        return _written(campaign, planned, folder, today, progress)


def _folder(campaign: Campaign, header: RunHeader) -> Path:
    return _outbox(campaign) / f"{header.created_at:%m%d-%H%M}-{header.id}"


def _outbox(campaign: Campaign) -> Path:
    return Path(campaign.config.nightly.outbox)


def _see_off(campaign: Campaign, today: date) -> None:
    if not campaign.store_path.exists():
        return
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        if header := store.latest_run():
            past = [b.id for b in store.load_batches(header.id) if b.state == "published" and b.date < today]
            store.set_state(header.id, past, "departed")


def _written(
    campaign: Campaign, planned: PlanOutcome, folder: Path, today: date, progress: Progress
) -> NightlyOutcome:
    """Write everything; the page 今日要办 last, as the sign that the rest is there.

    All is printed under the hour of the run: a night that completes another one writes the same.
    """
    header, plan = planned.header, planned.plan
    hour = header.created_at.replace(tzinfo=None)
    write_plan_workbook(plan, header, folder / "plan.xlsx", lang=header.lang)
    changed = tuple(batch.id for batch in changed_batches(campaign, header, today))
    papers: list[Path] = []
    orders: list[Path] = []
    if changed:
        wanted = PapersRequest(folder / "manifests", batches=changed, printed_at=hour)
        papers = manifest(campaign, wanted, progress).paths
        orders = dispatch(campaign, Choice(batches=changed), folder / "orders", printed_at=hour).paths
    calls = notify(campaign, Choice(), folder / "calls", printed_at=hour).calls
    checked = CheckOutcome(planned.intake, plan.faults, planned.notes)
    returned = send_back(checked, folder / "returns", header.lang, only_errors=True)
    day = Day(today, header.lang, Standing(header, plan, len(calls)), planned.notes)
    write_to_do(day, folder / TO_DO)
    return NightlyOutcome(planned, folder, True, len(papers), len(orders), len(calls), len(returned))


def changed_batches(campaign: Campaign, header: RunHeader, today: date) -> list[Batch]:
    """Return the batches still to leave whose papers are not those of the last night that wrote all of them."""
    with Store.snapshot(campaign.store_path) as store:
        now = store.load_batches(header.id)
        nights = (one for one in store.runs() if (_folder(campaign, one) / TO_DO).exists())
        night = next(nights, None)
        old = _as_written(store, night) if night else {}
    return [batch for batch in now if batch.date >= today and not _is_same(batch, old.get(batch.id))]


def _as_written(store: Store, night: RunHeader) -> dict[str, Batch]:
    """Return the batches by id as the papers of the night show them, but for those changed by hand since."""
    by_hand = {entry.batch for entry in store.journal(night.id) if entry.deed in BY_HAND}
    return {batch.id: batch for batch in store.load_batches(night.id) if batch.id not in by_hand}


def _is_same(batch: Batch, old: Batch | None) -> bool:
    return old is not None and batch == replace(old, wave=batch.wave, state=batch.state)
