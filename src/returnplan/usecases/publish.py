"""``publish`` and ``recall``: batches that people have been told of are locked, or unlocked again."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from returnplan.model.errors import UsageError
from returnplan.model.masking import mask_name
from returnplan.model.plan import Batch, Rider, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.wording import today_in_china
from returnplan.store import UNCALLED, Amendment, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import Choice, choose_batches, header_with_people, lies_in, with_linked
from returnplan.usecases.drivers import drivers_of, without_fewest_people
from returnplan.usecases.evening import whose_day_is_over
from returnplan.usecases.moved_trains import waiting

MOST_NAMED = 10
"""Riders who were not reached that one message names."""
MOST_BATCHES = 5
"""Batches that one message names."""


@dataclass(frozen=True, slots=True)
class StateOutcome:
    """``changed`` batches have the new state, ``others`` of those chosen could not take it or had it before."""

    header: RunHeader
    changed: tuple[str, ...]
    others: tuple[str, ...]
    notes: tuple[Text, ...] = ()


def publish(
    campaign: Campaign, choice: Choice, *, num_drivers: int | None = None, yes: bool = False
) -> StateOutcome:
    """Lock the chosen batches: later plans keep their vehicle, date, stops and riders.

    A train is locked with all its feeders and shuttles, and each of them with the others: their riders were told of
    the whole journey. One that the railway has moved waits with them: nobody is to be told its hours.

    Parameters
    ----------
    num_drivers : how many drivers can leave on one day; None: enough
    yes : lock them although calls to some of their riders found nobody, or drivers are too few

    Raises
    ------
    UsageError : nothing is chosen, no such batch or city; riders were not reached, drivers are too
        few, or all that are chosen wait
    InputRefused : nothing is planned yet
    StoreLocked : another run is at work
    """
    if choice == Choice():
        raise UsageError(
            Text(
                "请写明锁定哪些号车：批次编号、--city 或 --until",
                "say which batches: their ids, --city or --until",
            )
        )
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        if parts := lies_in(store, header, choice):
            raise UsageError(
                Text(
                    f"{parts[0].zh}；要全部锁定请写市名，否则请写批次编号",
                    f"{parts[0].en}; name the city to lock all of them, or the ids of some",
                )
            )
        asked, wait = (
            with_linked(store, header, choose_batches(store, header, choice)),
            waiting(store, header),
        )
        if not (batches := wait.without(asked)):
            raise wait.refusal
        chosen = [batch.id for batch in batches]
        if not yes:
            if unreached := _unreached(store, header, batches):
                raise UsageError(_ask(unreached, batches))
            if num_drivers is not None:
                _ask_for_drivers(store.load_batches(header.id), chosen, num_drivers)
        changed = store.set_state(header.id, chosen, "published")
        notes = [
            *_uncalled(store, header, [one for one in batches if one.id in changed]),
            *wait.notes_on(asked),
        ]
    return replace(_outcome(header, chosen, changed), notes=tuple(notes))


def _unreached(store: Store, header: RunHeader, batches: Sequence[Batch]) -> list[Rider]:
    """Return riders of drafts whom the last call did not reach, each once with their first ride."""
    calls = store.calls()
    drafts = [batch.id for batch in batches if batch.state == "draft"]
    riders = (rider for own in store.load_riders(header.id, drafts).values() for rider in own)
    first = {rider.person: rider for rider in sorted(riders, key=lambda rider: -rider.leg)}
    return [
        first[person]
        for person in sorted(first)
        if (call := calls.get(person)) and call.result == "unreached"
    ]


def _uncalled(store: Store, header: RunHeader, batches: Sequence[Batch]) -> list[Text]:
    """Return of how many riders of the locked batches a call that reached them has been read back.

    To lock is no call: many offices lock first and phone afterwards, so it is said and not asked.
    """
    calls, riders = store.calls(), store.load_riders(header.id, [batch.id for batch in batches])
    rides: dict[int, set[str]] = defaultdict(set)
    for batch, own in riders.items():
        for rider in own:
            rides[rider.person].add(batch)
    reached = {
        person
        for person, on in rides.items()
        if (call := calls.get(person)) and call.batch in on and call.is_told and call.result != UNCALLED
    }
    if len(reached) == len(rides):
        return []
    heads = ((batch, sum(one.person in reached for one in own), len(own)) for batch, own in riders.items())
    missing = [f"{batch} {num}/{most}" for batch, num, most in heads if num < most]
    named = ", ".join(missing[:MOST_BATCHES]) + " …" * (len(missing) > MOST_BATCHES)
    return [
        Text(
            f"这些车上 {len(rides)} 人，读回了电话结果、已通知到的 {len(reached)} 人({named})。锁定不等于通知："
            "returnplan notify 写出要打的电话，打完用 returnplan notify --read 读回",
            f"of {len(rides)} people on these batches {len(reached)} have been reached by a call that was read back "
            f"({named}). To lock is not to call: returnplan notify writes whom to phone, returnplan notify --read "
            "reads what came of it",
        )
    ]


def _ask(riders: Sequence[Rider], batches: Sequence[Batch]) -> Text:
    """Return that nothing is locked, who has to be reached, or locked without, and how to lock the others."""
    few = riders[:MOST_NAMED]
    unreached_on = {rider.batch for rider in riders}
    free = [
        one.id
        for one in batches
        if one.id not in unreached_on and one.state == "draft" and one.kind == "direct"
    ]
    command = f"returnplan publish {' '.join(free[:MOST_BATCHES])}" + " …" * (len(free) > MOST_BATCHES)
    others = Text(
        f"；先锁定其余 {len(free)} 趟：{command}" if free else "",
        f"; to lock the other {len(free)} first: {command}" if free else "",
    )
    names = [f"{mask_name(rider.name)}({rider.batch} {rider.person})" for rider in few]
    more = "…" * (len(riders) > len(few))
    return Text(
        "一趟都没有锁定：有 {num} 人还没有打通电话：{names}{more}。打通后用 returnplan notify --read 读回；"
        "不等他们就加 --yes{others}",
        "Nothing is locked: {num:rider was|riders were} not reached: {names}{more}. Call again and read the result "
        "with returnplan notify --read, or lock the batches all the same with --yes{others}",
    ).with_values(num=len(riders), names=Text("、".join(names), ", ".join(names)), more=more, others=others)


def _ask_for_drivers(batches: Sequence[Batch], chosen: Sequence[str], num_drivers: int) -> None:
    """Ask what is to happen on days on which the chosen batches and the published ones need more drivers.

    Raises
    ------
    UsageError : on some day they do; with the drafts without which they do not, that fewest people ride on
    """
    asked = []
    for day in sorted({batch.date for batch in batches if batch.id in chosen}):
        leaving = [one for one in batches if one.date == day and (one.id in chosen or one.state != "draft")]
        if (needed := drivers_of(leaving)) > num_drivers:
            drafts = [one for one in leaving if one.state == "draft" and one.kind == "direct"]
            left = without_fewest_people(drafts, needed - num_drivers)
            asked.append(_too_few_drivers(day, needed, num_drivers, left))
    if asked:
        raise UsageError(
            Text(
                "驾驶员不够，没有锁定：\n" + "\n".join(one.zh for one in asked) + f"\n{_HOW_TO_GO_ON.zh}",
                "Drivers are too few, nothing is locked:\n"
                + "\n".join(one.en for one in asked)
                + f"\n{_HOW_TO_GO_ON.en}",
            )
        )


def _too_few_drivers(day: date, needed: int, num_drivers: int, left: Sequence[Batch]) -> Text:
    """Return how many drivers are missing on a day, and the batches without which they are enough."""
    zh = "、".join(f"{one.id}({one.load} 人，{one.num_drivers} 名)" for one in left)
    en = ", ".join(f"{one.id} ({one.load} people, {one.num_drivers})" for one in left)
    short = needed - num_drivers - sum(one.num_drivers for one in left)
    still = Text(f"，仍缺 {short} 名", f", and {short} are still missing") if short > 0 else Text("", "")
    return Text(
        f"{day:%m-%d} 的车要 {needed} 名，只有 {num_drivers} 名；不锁定这些影响的人最少："
        f"{zh or '(没有草案)'}{still.zh}",
        f"{day:%m-%d}: {needed} are needed, {num_drivers} are there; fewest people wait without: "
        f"{en or '(no draft)'}{still.en}",
    )


_HOW_TO_GO_ON = Text(
    "先锁定其余的：publish 后写它们的编号；已通知的车不开：returnplan change 编号 --breakdown；能借到驾驶员：加 --yes",
    "to lock the others: publish with their ids; a published batch does not run: returnplan change ID --breakdown; if "
    "drivers can be borrowed: --yes",
)


def recall(campaign: Campaign, batches: tuple[str, ...] = (), *, until: date | None = None) -> StateOutcome:
    """Unlock batches, so that the next plan may change them, also those that were changed by hand.

    As with :func:`publish`, the batches of a journey are unlocked together.

    Parameters
    ----------
    until : all that are locked and leave on this day or before, besides the ``batches`` that are named; those whose day
        is over stay locked, with the others of their journeys, for the next plan would seat anew who has travelled (but
        in a rehearsal, where all days are over)

    Raises as :func:`publish`.
    """
    if not batches and until is None:
        raise UsageError(
            Text(
                "请写明解除哪些号车：批次编号或 --until", "say which batches to unlock: their ids, or --until"
            )
        )
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        named = choose_batches(store, header, Choice(batches=batches)) if batches else []
        every = store.load_batches(header.id)
        locked = [one for one in every if one.state == "published"]
        wanted = [one for one in locked if until and one.date <= until and one not in named]
        past = whose_day_is_over(every, max(today_in_china(), header.as_of or date.min))
        over = [one for one in wanted if one.id in past]
        stay = {one.id for one in with_linked(store, header, over)} if over else set()
        named += [one for one in wanted if one.id not in stay]
        chosen = with_linked(store, header, named) if named else []
        ids = [batch.id for batch in chosen]
        pins = {person: batch for person, batch in store.pins().items() if batch in ids}
        by_hand = [batch for batch in chosen if batch.state == "draft" and batch.id in pins.values()]
        changed = store.set_state(header.id, ids, "draft")
        store.amend(header.id, Amendment("recalled", by_hand))
        store.unpin(pins)
    return _outcome(
        header, ids, (*changed, *(batch.id for batch in by_hand)), _stay_locked(over) if over else ()
    )


def _stay_locked(over: Sequence[Batch]) -> tuple[Text, ...]:
    """Return that batches whose day is over are not unlocked, and how to unlock one that did not run."""
    named = ", ".join(one.id for one in over[:MOST_BATCHES]) + " …" * (len(over) > MOST_BATCHES)
    return (
        Text(
            f"{len(over)} 趟的出发日期已过，仍然锁定({named})：开走了的，用 returnplan board 读回名单；"
            "没有开的，写批次编号解除",
            f"the day of {len(over)} of them is over, they stay locked with their journeys ({named}): read the lists "
            "of those that ran with returnplan board, unlock one that did not run by its id",
        ),
    )


def _outcome(
    header: RunHeader, chosen: Sequence[str], changed: Sequence[str], notes: tuple[Text, ...] = ()
) -> StateOutcome:
    others = tuple(batch for batch in chosen if batch not in changed)
    return StateOutcome(header, tuple(changed), others, notes)
