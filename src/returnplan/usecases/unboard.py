"""``board --undo``: a boarding that was entered by mistake is taken back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

from returnplan.audit import audit
from returnplan.edits.aboard import with_aboard
from returnplan.model.aboard import BOARDED, without_a_seat
from returnplan.model.errors import UsageError
from returnplan.model.plan import Batch, Plan, RunHeader, WalkUp
from returnplan.model.texts import Text
from returnplan.papers.filled_in import WALK_UPS
from returnplan.papers.voided import voided
from returnplan.store import ABSENT, Amendment, LastBoarding
from returnplan.usecases.board import signed_up_of, write_lists
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice, choose_batches, with_linked
from returnplan.usecases.interrupted import once_saved
from returnplan.usecases.no_shows import no_shows
from returnplan.usecases.open_plan import OpenPlan, open_plan
from returnplan.usecases.travelled import call_back_results

TAKEN_BACK = Text("上车登记已撤回", "the boarding is taken back")
_READ_AGAIN = Text(
    "读错的名单请从回收文件夹里拿走，或改正后再读；否则下次 board 又会登记",
    "take the wrong list out of the folder of papers that came back, or correct it: the next board enters it again",
)
_WALK_UPS_PLANNED = Text(
    "这些现场增补如已用 plan --add 读入，请在名单里删去再排车",
    "if these walk-ups were read with plan --add, take them off that list and plan again",
)
_NOTHING_KEPT = Text(
    "{batch} 没有可以撤回的上车登记：没有登记过，或是旧版程序登记的",
    "no boarding of {batch} can be taken back: none was entered, or an older program entered it",
)


@dataclass(frozen=True, slots=True)
class NoLonger:
    """How many riders do not count as on board any more, how many not as absent, and how many people not as walk-ups.

    ``num_left`` of the absent have lost the seat since: a later plan gave them another one, or none.
    """

    num_boarded: int
    num_absent: int
    num_left: int
    num_walk_ups: int


@dataclass(frozen=True)
class UndoOutcome:
    """A batch whose boarding is taken back, with those that journeys link with it, as they are afterwards.

    ``is_proposal``: nothing was changed yet; ``was_done``: it was taken back before. ``paths``:
    the lists of those who have travelled.
    """

    header: RunHeader
    batches: tuple[Batch, ...]
    no_longer: NoLonger
    notes: list[Text]
    paths: list[Path]
    is_proposal: bool
    was_done: bool


def undo_boarding(campaign: Campaign, batch: str, out: Path, *, yes: bool = False) -> UndoOutcome:
    """Take back what ``board`` entered last of a batch: statuses, walk-ups, seats given up, that it has departed.

    The batches of a journey go together. The lists of those who have travelled are written anew.

    Parameters
    ----------
    yes : do it; else it is said what would be given back, and nothing is changed

    Raises
    ------
    UsageError : no such batch, or nothing is kept of it that can be taken back
    InputRefused : nothing is planned yet, or the personal data were removed
    StoreLocked : another run is at work
    Interrupted : a person pressed Ctrl-C after everything was saved
    """
    with open_plan(campaign) as opened:
        store, header = opened.store, opened.header
        chosen = with_linked(store, header, choose_batches(store, header, Choice(batches=(batch,))))
        ids = {one.id for one in chosen}
        boardings = [one for one in store.last_boardings().values() if one.batch in ids]
        was_done = not boardings and _was_taken_back(opened, batch)
        if not boardings and not was_done:
            raise UsageError(_NOTHING_KEPT.with_values(batch=batch))
        known_results = call_back_results(out, header.lang)
        now = store.walk_ups()
        walk_ups = _walk_ups_before(now, boardings)
        left = [one for one in now if one not in walk_ups]
        known = {one.id_number for one in walk_ups}
        gone = [one for one in left if one.id_number not in known]
        status_of = _statuses_before(opened.plan, boardings)
        plan = with_aboard(_given_back(opened.plan, boardings, status_of), walk_ups)
        notes = [] if was_done else [_READ_AGAIN, *_said_anew(opened, plan, ids)]
        notes += [_WALK_UPS_PLANNED] if gone else []
        paths: list[Path] = []
        if yes:
            _save(opened, plan, boardings, status_of, walk_ups)
            with once_saved(TAKEN_BACK):
                seatless = without_a_seat(walk_ups, plan.riders)
                signed_up = signed_up_of(store, header, seatless)
                absent = no_shows(store, header)
                paths = write_lists(header, plan, seatless, signed_up, absent, out, known_results)
                lists = {f"{WALK_UPS}-{one.batch}.xlsx" for one in left}
                if old := voided(out, sorted(name for name in lists if (out / name).exists())):
                    notes.append(old)
        batches = tuple(one for one in plan.batches if one.id in ids)
        no_longer = _losses(opened.plan, boardings, status_of, gone)
        is_proposal = not (yes or was_done)
        return UndoOutcome(header, batches, no_longer, notes, paths, is_proposal, was_done)


def _was_taken_back(opened: OpenPlan, batch: str) -> bool:
    """Return whether the last thing that was done with a batch was to take its boarding back."""
    entries = [entry for entry in opened.store.journal(opened.header.id) if entry.batch == batch]
    return bool(entries) and entries[-1].deed == "unboarded"


def _walk_ups_before(now: Sequence[WalkUp], boardings: Sequence[LastBoarding]) -> list[WalkUp]:
    """Return the walk-ups of all batches as they were; who by now stands on another batch stays there."""
    walk_ups = list(now)
    for one in boardings:
        walk_ups = [each for each in walk_ups if each.batch != one.batch]
        elsewhere = {each.id_number for each in walk_ups}
        walk_ups += [each for each in one.walk_ups if each.id_number not in elsewhere]
    return walk_ups


def _statuses_before(plan: Plan, boardings: Sequence[LastBoarding]) -> dict[int, str]:
    """Return the statuses of before, by person number, of those who still ride these batches.

    The boardings come newest first: where two rides of a journey name one person, the older knows what was before.
    """
    riders = plan.riders[plan.riders["batch"].isin([one.batch for one in boardings])]
    still = set(riders["person"].tolist())
    statuses: dict[int, str] = {}
    for one in boardings:
        statuses |= {person: status for person, status in one.statuses.items() if person in still}
    return statuses


def _given_back(plan: Plan, boardings: Sequence[LastBoarding], status_of: Mapping[int, str]) -> Plan:
    state_of = {one.batch: one.state for one in boardings}
    then = plan.riders["person"].map(dict(status_of))
    riders = plan.riders.assign(status=then.where(then.notna(), plan.riders["status"]))
    batches = (replace(one, state=state_of.get(one.id, one.state)) for one in plan.batches)
    return replace(plan, riders=riders, batches=tuple(batches))


def _said_anew(opened: OpenPlan, plan: Plan, ids: Set[str]) -> list[Text]:
    """Return what the audit says of the batches as they stand now, and did not while they had departed."""
    before, after = (
        [one for one in audit(each, opened.roster, opened.rules, opened.law, ids) if one.batch in ids]
        for each in (opened.plan, plan)
    )
    known = {one.message for one in before}
    return [one.message for one in after if one.message not in known]


def _losses(
    plan: Plan, boardings: Sequence[LastBoarding], status_of: Mapping[int, str], gone: Sequence[WalkUp]
) -> NoLonger:
    people = plan.riders.drop_duplicates("person")
    now = dict(zip(people["person"].tolist(), people["status"].tolist(), strict=True))
    left = {person for one in boardings for person in one.statuses} - status_of.keys()
    boarded = sum(now[person] in BOARDED and was not in BOARDED for person, was in status_of.items())
    absent = sum(now[person] == ABSENT != was for person, was in status_of.items())
    return NoLonger(boarded, absent + len(left), len(left), len(gone))


def _save(
    opened: OpenPlan,
    plan: Plan,
    boardings: Sequence[LastBoarding],
    status_of: Mapping[int, str],
    walk_ups: Sequence[WalkUp],
) -> None:
    store, run = opened.store, opened.header.id
    if not boardings:
        return
    changed = {one.batch for one in boardings}
    with store.transaction(opened.revision):
        store.take_back(run, boardings, status_of, walk_ups)
        batches = [one for one in plan.batches if one.id in changed]
        store.amend(run, Amendment("unboarded", batches, summary=plan.summary))
