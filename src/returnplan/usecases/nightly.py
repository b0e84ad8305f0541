"""``nightly``: what a clerk does in the evening, with nobody there: plan the inbox, write what the day needs.

The log has a line of JSON for each night, masked, rotated, for the owner alone. The handlers of :mod:`logging` do not
serve: they make new files for everybody to read, and swallow what the disk refuses.
"""

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from returnplan.config import Config, RulesRefused, outbox_of_refused
from returnplan.model.errors import Interrupted, NobodyPlanned, ReturnplanError, StoreError, StoreLocked
from returnplan.model.faults import Fault, unread
from returnplan.model.foreign import system_words
from returnplan.model.harmless import json_text
from returnplan.model.masking import mask_text
from returnplan.model.plan import TRAVELLED, Batch, Plan, RunHeader
from returnplan.model.rules import Nightly
from returnplan.model.texts import Lang, Text
from returnplan.papers.filled_in import is_walk_up_list
from returnplan.papers.outfiles import make_folder
from returnplan.papers.wording import in_beijing, say_code
from returnplan.papers.workbook import write_plan_workbook
from returnplan.sheets.reader import open_files
from returnplan.sheets.refusals import FileRefused
from returnplan.store import RunLock, Store, lang_of_last_run
from returnplan.store.deeds import BY_HAND
from returnplan.usecases.campaign import Campaign, Inputs, Progress, no_progress
from returnplan.usecases.carriers import carriers_to_tell
from returnplan.usecases.check import CheckOutcome, send_back
from returnplan.usecases.choice import Choice, run_before
from returnplan.usecases.dispatch import dispatch
from returnplan.usecases.evening import Evening
from returnplan.usecases.interrupted import told_if_saved
from returnplan.usecases.manifest import PapersRequest, manifest
from returnplan.usecases.moved_trains import waiting
from returnplan.usecases.notify import due_calls, notify
from returnplan.usecases.plan.make import PlanOutcome, PlanRequest, plan
from returnplan.usecases.to_do import Day, PlanInForce, reported, without_seat, write_to_do

NIGHT = "nightly"
"""Its lock is held until everything is written, that of the store only while the store is changed."""
TO_DO = "今日要办.xlsx"
DRAFTS = "草案"
"""The folder, below those of papers and orders, for drafts that are held: for the office, not to be handed out."""
NOT_DONE = "未完成"
"""The folder in the outbox that says why the last night brought no plan; the next night that does removes it."""
FOR_CARRIERS = Text("承运单位：派车单", "the carriers: orders")
FOR_CALLERS = Text("乡镇：电话通知表", "the townships: call lists")
FOR_EMPLOYERS = Text("企业：更正通知", "the employers: corrections")
FOR_TOWNSHIPS = Text("乡镇：退回的表", "the townships: sheets to correct")
FOR_ESCORTS = Text("随车人员：名单", "the escorts: papers")
HOPELESS = Text("没有一个人能排上车，没有保存", "not one person can be planned, nothing was saved")
READ_AGAIN = Text(
    "名单上的人已登记为已出发，不受影响；用 returnplan board 再读一次那趟车的名单，会重新写出",
    "its people are entered as on board all the same; read the list of their coach again (returnplan board), which "
    "writes it anew",
)
MOST_REASONS = 8
"""Reasons, with their remedies, why nobody can be planned."""
MOST_LOG_BYTES = 1_000_000
NUM_OLD_LOGS = 5
_OURS = ("run", "folder")
"""What the program itself has named: its digits are nobody's number, and who looks for it needs all of them."""
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
    num_seats_lost: int = 0

    @property
    def figures(self) -> dict[str, object]:
        """Return what the log and the screen tell of the night."""
        plan = self.planned.plan
        return {
            "run": self.planned.header.id,
            "planned": plan.summary["planned"],
            "unplanned": plan.summary["unplanned"],
            "travelled": int((plan.unplanned["code"] == TRAVELLED).sum()),
            "not_read": plan.summary.get("not_read", 0),
            "files_not_read": unread(plan.faults),
            "papers": self.num_papers,
            "orders": self.num_orders,
            "calls": self.num_calls,
            "seats_lost": self.num_seats_lost,
            "returned": self.num_returned,
            "folder": str(self.folder),
        }


def nightly(
    campaign: Campaign, today: date, progress: Progress = no_progress, lang: Lang | None = None
) -> NightlyOutcome:
    """Plan the inbox and write plan, changed papers, orders, call lists, returns, the page 今日要办 and the log.

    A second call of the same day with the same inbox finds everything done; where the first was ended early, it
    writes the same outputs to the byte. Published batches of days past have departed. Where there is no plan the page
    is written all the same, says why, and what is to do by the plan that stands.

    Parameters
    ----------
    lang : of errors in the log; None: that of the rules, the lists or the last plan

    Raises
    ------
    NobodyPlanned : people are eligible and not one can be planned
    InputRefused, StoreLocked, StoreError, PlanBroken, Interrupted : as :func:`returnplan.usecases.plan.make.plan`
    """
    log = Path(campaign.config.nightly.log)
    try:
        with RunLock(campaign.store_path.resolve().with_name(NIGHT)), _told_if_refused(campaign, today):
            outcome = _night(campaign, today, progress)
    except ReturnplanError as error:
        lang = lang or campaign.config.lang or error.lang
        if lang is None and campaign.store_path.is_file():
            lang = lang_of_last_run(campaign.store_path)
        log_line(log, as_of=str(today), exit_code=error.exit_code, error=error.message.say(lang or "zh"))
        raise
    except Exception as error:  # its words may quote a person's row
        log_line(log, as_of=str(today), exit_code=ReturnplanError.exit_code, error=type(error).__name__)
        raise
    log_line(log, as_of=str(today), exit_code=0, did_anything=outcome.did_anything, **outcome.figures)
    return outcome


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
        write_refusal(campaign, today, BUG.with_values(name=name))
        raise


def write_refusal(campaign: Campaign, today: date, problem: Text) -> None:
    """Write why there is no plan, as far as store and disk allow; whatever happens, it hides nothing of the reason."""
    standing, is_store_unreadable = None, False
    evening = Evening.of(today, datetime.now(UTC), campaign.config.rules.notice_days)
    try:
        if campaign.store_path.exists():
            with Store.snapshot(campaign.store_path) as store:
                if header := store.latest_run():
                    calls = due_calls(store, header, Choice(), evening)
                    standing = PlanInForce(header, store.load_plan(header.id), calls)
    except (ReturnplanError, OSError):
        is_store_unreadable = True
    except Exception as error:
        _log_page_failure(campaign, today, error)
    lang = campaign.config.lang or (standing.header.lang if standing else "zh")
    day = Day(
        evening,
        lang,
        standing,
        problem=problem,
        is_store_unreadable=is_store_unreadable,
        office=campaign.config.office,
    )
    try:
        write_to_do(day, _outbox(campaign) / NOT_DONE / TO_DO)
    except Exception as error:
        _log_page_failure(campaign, today, error)


def _log_page_failure(campaign: Campaign, today: date, error: Exception) -> None:
    """Log that the page lacks something, by class alone, as words may quote a row."""
    with suppress(ReturnplanError):
        log_line(Path(campaign.config.nightly.log), as_of=str(today), page_error=type(error).__name__)


def refuse_rules(error: RulesRefused, rules: Path, store_path: Path, today: date, lang: Lang | None) -> None:
    """Write the page 今日要办 also where the rules file has errors, if it can be told which folder is the outbox."""
    if outbox := outbox_of_refused(rules):
        known = Config(nightly=Nightly(outbox=str(outbox)), lang=lang)
        write_refusal(Campaign(known, store_path), today, error.message)


def _night(campaign: Campaign, today: date, progress: Progress) -> NightlyOutcome:
    inbox, known = Path(campaign.config.nightly.inbox), WalkUpLists((), ())
    if campaign.store_path.exists():  # batches of days past have departed
        with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
            campaign.refuse_other_year(store)
            if header := store.latest_run():
                sent = [b for b in store.load_batches(header.id) if b.state == "published" and b.date < today]
                store.set_state(header.id, [batch.id for batch in sent], "departed")
                known = _walk_up_lists(header, inbox)
    request = PlanRequest(Inputs((inbox,), known.paths), None, as_of=today, nights=True)
    planned = plan(campaign, request, progress)
    planned = replace(planned, plan=replace(planned.plan, faults=(*planned.plan.faults, *known.faults)))
    if planned.is_hopeless:
        raise NobodyPlanned(hopeless(planned.plan))
    folder = _folder(campaign, planned.header)
    refusal = _outbox(campaign) / NOT_DONE
    with suppress(OSError):  # a person may have put something beside it, or hold it open
        (refusal / TO_DO).unlink(missing_ok=True)
        refusal.rmdir()
    if not planned.is_new and (folder / TO_DO).exists():
        return NightlyOutcome(planned, folder, did_anything=False)
    with told_if_saved(campaign, planned.header):
        return _written(campaign, planned, folder, today, progress)


class WalkUpLists(NamedTuple):
    """Lists of walk-ups to plan with, and what is wrong with those that cannot be read."""

    paths: tuple[Path, ...]
    faults: tuple[Fault, ...]


def _walk_up_lists(header: RunHeader, inbox: Path) -> WalkUpLists:
    """Return the lists of walk-ups that the last plan was made with, as far as they lie elsewhere than in the inbox.

    A damaged one stops no night: the store knows who has travelled.
    """
    there = {path.name for path in inbox.rglob("*")}
    files = [Path(file.path) for file in header.inputs]
    lists = [
        file for file in files if is_walk_up_list(file.name) and file.name not in there and file.exists()
    ]
    with closing(open_files(lists, (file.name for file in lists))) as opened:
        read = dict(zip(lists, opened, strict=True))
    return WalkUpLists(
        tuple(file for file, content in read.items() if not isinstance(content, FileRefused)),
        tuple(
            Fault(file.name, "", "", "", "file_not_read", content.reason, READ_AGAIN)
            for file, content in read.items()
            if isinstance(content, FileRefused)
        ),
    )


def hopeless(plan: Plan) -> Text:
    """Return that nobody can be planned, and a line each for why, with how many, and for what would help."""
    left = plan.unplanned
    rows = zip(*(left[name].tolist() for name in ("code", "suggestion_zh", "suggestion_en")), strict=True)
    reasons = Counter((code, Text(zh, en)) for code, zh, en in rows)
    lines = [HOPELESS]
    for (code, advice), num in reasons.most_common(MOST_REASONS):
        zh, en = say_code(code, "zh"), say_code(code, "en")
        lines.append(Text(f"{zh} {num} 人：{advice.zh}", f"{en} {num}: {advice.en}"))
    return Text("\n".join(line.zh for line in lines), "\n".join(line.en for line in lines))


def _folder(campaign: Campaign, header: RunHeader) -> Path:
    return _outbox(campaign) / f"{in_beijing(header.created_at):%m%d-%H%M}-{header.id}"


def _outbox(campaign: Campaign) -> Path:
    return Path(campaign.config.nightly.outbox)


def _written(
    campaign: Campaign, planned: PlanOutcome, folder: Path, today: date, progress: Progress
) -> NightlyOutcome:
    """Write everything; the page 今日要办 last, as the sign that the rest is there.

    All is printed under the hour of the run: a night that completes another one writes the same.
    """
    header, plan = planned.header, planned.plan
    hour = in_beijing(header.created_at)
    evening = Evening.of(today, header.created_at, campaign.config.rules.notice_days)
    write_plan_workbook(plan, header, folder / "plan.xlsx", lang=header.lang)
    changed = [batch.id for batch in changed_batches(campaign, header, evening)]
    held = evening.held(plan)
    due, waits = ([one for one in changed if (one in held) is is_held] for is_held in (False, True))
    papers, orders = _printed(campaign, due, folder, hour, progress)
    drafts = _printed(campaign, waits, folder, hour, progress, DRAFTS)
    told = notify(campaign, Choice(), folder / "calls", printed_at=hour, evening=evening)
    calls = [call for call in told.calls if call.kind != "held"]
    checked = CheckOutcome(planned.intake, plan.faults, planned.notes)
    returned = send_back(checked, folder / "returns", header.lang, only_errors=True)
    with Store.snapshot(campaign.store_path) as store:
        to_carriers = tuple(carriers_to_tell(store, header, plan.batches))
        before = run_before(store, header)
        notes_before = store.load_notes(before.id) if before else ()
    given = {
        FOR_CARRIERS: orders,
        FOR_CALLERS: told.for_tonight,
        FOR_EMPLOYERS: told.corrections,
        FOR_TOWNSHIPS: returned,
        FOR_ESCORTS: papers,
    }
    day = Day(
        evening,
        header.lang,
        PlanInForce(header, plan, told.calls),
        planned.notes,
        townships=reported(plan, campaign.config.townships.expected),
        files={who: [path.relative_to(folder) for path in paths] for who, paths in given.items()},
        office=campaign.config.office,
        to_carriers=to_carriers,
        notes_before=notes_before,
    )
    write_to_do(day, folder / TO_DO)
    return NightlyOutcome(
        planned,
        folder,
        did_anything=True,
        num_papers=len([*papers, *drafts.papers]),
        num_orders=len([*orders, *drafts.orders]),
        num_calls=len(calls),
        num_returned=len(returned),
        num_seats_lost=len(without_seat(calls)),
    )


class _Printed(NamedTuple):
    """The papers of some batches and the orders for them."""

    papers: list[Path]
    orders: list[Path]


def _printed(
    campaign: Campaign,
    batches: Sequence[str],
    folder: Path,
    hour: datetime,
    progress: Progress,
    below: str = "",
) -> _Printed:
    if not batches:
        return _Printed([], [])
    wanted = PapersRequest(folder / "manifests" / below, batches=tuple(batches), printed_at=hour)
    papers = manifest(campaign, wanted, progress).paths
    chosen = Choice(batches=tuple(batches))
    to = folder / "orders" / below
    orders = dispatch(campaign, chosen, to, printed_at=hour, for_office=bool(below)).paths
    return _Printed(papers, orders)


def changed_batches(campaign: Campaign, header: RunHeader, evening: Evening) -> list[Batch]:
    """Return the batches still to leave whose papers are not those of the last night that wrote all of them.

    Those with hours that are known to be wrong wait; those that waited then have no papers yet, and those of drafts
    that were held then, and are not now, were not handed out. Papers do not show what was changed by hand since. Wave
    and state are not on them.
    """
    old: dict[str, Batch] = {}
    with Store.snapshot(campaign.store_path) as store:
        plan = store.load_overview(header.id)
        nights = (one for one in store.runs() if (_folder(campaign, one) / TO_DO).exists())
        if night := next(nights, None):
            by_hand = {entry.batch for entry in store.journal(night.id) if entry.deed in BY_HAND}
            before = store.load_overview(night.id)
            then = waiting(store, night).without(before.batches)
            held = _evening_of(night, evening.notice_days).held(before) - evening.held(plan)
            old = {batch.id: batch for batch in then if batch.id not in by_hand | held}
        now = waiting(store, header).without(plan.batches)
    return [
        batch
        for batch in now
        if not evening.has_left(batch)
        and (batch.id not in old or batch != replace(old[batch.id], wave=batch.wave, state=batch.state))
    ]


def _evening_of(night: RunHeader, notice_days: int) -> Evening:
    as_of = night.as_of or in_beijing(night.created_at).date()
    return Evening.of(as_of, night.created_at, notice_days)


def log_line(path: Path, **what: Any) -> None:
    """Append one line to the log; at a megabyte it becomes ``<name>.1``, of which five are kept.

    Raises
    ------
    StoreError : the log cannot be written
    """
    shown = {key: value if key in _OURS else _masked(value) for key, value in what.items()}
    text = json_text({"at": datetime.now(UTC).isoformat(timespec="seconds"), **shown})
    line = f"{text}\n".encode()
    try:
        make_folder(path.parent)
        if path.exists() and path.stat().st_size + len(line) > MOST_LOG_BYTES:
            old = [path, *(path.with_name(f"{path.name}.{number}") for number in range(1, NUM_OLD_LOGS + 1))]
            for newer, older in reversed(list(pairwise(old))):
                if newer.exists():
                    newer.replace(older)
        with open(path, "ab", opener=lambda name, flags: os.open(name, flags, 0o600)) as log:
            log.write(line)
    except OSError as error:
        why = system_words(error)
        raise StoreError(
            Text(f"日志 {path} 无法写入：{why.zh}", f"the log {path} cannot be written: {why.en}")
        ) from error


def _masked(value: Any) -> Any:
    if isinstance(value, list):
        return [_masked(item) for item in value]
    return mask_text(value) if isinstance(value, str) else value
