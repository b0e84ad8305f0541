"""``dispatch``: order sheets for the carriers, and the plates and drivers that they send back."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from returnplan.model.errors import StoreReadOnly
from returnplan.model.faults import Fault
from returnplan.model.payers import Payers, payers_of
from returnplan.model.plan import Batch, RunHeader
from returnplan.model.pools import pool_of
from returnplan.model.texts import LANGS, NO_TEXT, Lang, Text
from returnplan.papers import name_list, orders
from returnplan.papers.filled_in import AnswerReport, sorted_papers
from returnplan.papers.since_last import issue_of
from returnplan.papers.voided import put_away
from returnplan.papers.whose import own_papers
from returnplan.papers.wording import in_beijing
from returnplan.store import Amendment, Entry, RunLock, Store
from returnplan.store.deeds import BY_HAND
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.carriers import carriers_to_tell
from returnplan.usecases.choice import (
    Choice,
    choose_batches,
    header_with_people,
    lies_in,
    with_linked,
)
from returnplan.usecases.double_use import used_twice
from returnplan.usecases.drivers import too_few_named
from returnplan.usecases.evening import Evening
from returnplan.usecases.giving_up import giving_up
from returnplan.usecases.kept import not_kept
from returnplan.usecases.moved_trains import waiting
from returnplan.usecases.train_seats import SeatsFound, num_new, seats_found

PAPERS = Text("派车单或乘车人员名单", "order sheet or train name list of ours")
_GIVEN_UP = Text(
    "人数里有 {num} 人已在电话里取消或改期，下次 returnplan plan 以后才减下来",
    "{num} of these people cancelled or put off by phone; the next returnplan plan takes them off",
)
NO_SEATS = SeatsFound({}, (), {})


@dataclass(frozen=True)
class OrdersOutcome:
    """The batches that were ordered, the order sheets, and what a person should know."""

    header: RunHeader
    batches: list[Batch]
    paths: list[Path]
    notes: list[Text]


@dataclass(frozen=True)
class VehiclesOutcome:
    """The batches whose plate or drivers changed, ids that no batch has, cells that cannot be read, warnings.

    ``num_seats_held`` new seats on trains are not entered because of these cells.
    """

    header: RunHeader
    changed: list[Batch]
    unknown: list[str]
    faults: tuple[Fault, ...]
    notes: list[Text]
    num_seats_held: int = 0


def dispatch(
    campaign: Campaign,
    choice: Choice,
    out: Path,
    lang: Lang | None = None,
    printed_at: datetime | None = None,
    *,
    for_office: bool = False,
) -> OrdersOutcome:
    """Write one order sheet a carrier for the chosen batches that have not departed.

    Sheets have a version and say what is new since the last one of the carrier, and which coaches are needed no more; a
    carrier that has only such gets a sheet where all batches are chosen, and once when it has lost its last coach.

    Batches with hours that are known to be wrong wait, and are named in the notes. What carriers have to be told of
    vehicles that they had confirmed is in the notes, too. Sheets of before for a carrier that has no coach in the plan,
    or of a train that does not run, go into 作废.

    Parameters
    ----------
    for_office : no carrier gets these sheets (drafts that are held), so that they are no version

    Raises
    ------
    InputRefused : nothing is planned yet
    UsageError : no such city or batch, or all that are chosen wait
    """
    with Store.snapshot(campaign.store_path) as store:
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        chosen, wait = choose_batches(store, header, choice), waiting(store, header)
        if not (batches := wait.without(chosen)):
            raise wait.refusal
        evening = Evening.by_hand(header, campaign.config.rules.notice_days)
        batches = [batch for batch in batches if not evening.has_left(batch)]
        planned = chosen if choice == Choice() else store.load_batches(header.id)
        every = wait.without(planned)
        riders = store.load_riders(header.id, [batch.id for batch in batches])
        notes = lies_in(store, header, choice) + wait.notes_on(chosen)
        payers = _payers(store, header, lang or header.lang)
        notes += carriers_to_tell(store, header, planned)
        if persons := giving_up(batches, riders, store.calls()):
            notes.append(_GIVEN_UP.with_values(num=len(persons)))
        last, rates = store.load_lists(orders.PAPER.en), _rates(store, header, batches, lang or header.lang)
    edition = campaign.edition(header, notes.append, lang=lang, printed_at=printed_at)
    ids = {batch.id for batch in batches}
    issues = {} if for_office else orders.next_orders(last, planned, ids, riders, edition.printed_at)
    receivers = {orders.receiver_of(batch) for batch in batches if batch.mode == "coach"}
    with_coaches = {orders.receiver_of(batch) for batch in planned if batch.mode == "coach"}
    not_needed = {
        receiver: gone
        for receiver, issue in issues.items()
        if (
            receiver in receivers
            or choice == Choice()
            or (receiver not in with_coaches and issue != issue_of(last.get(receiver)))
        )
        and (gone := orders.needed_no_more(issue, header.as_of))
    }
    paths = orders.write_orders(
        batches, riders, out, edition, payers, issues=issues, not_needed=not_needed, rates=rates
    )
    written = {to: issues[to].handout for to in (receivers | not_needed.keys()) & issues.keys()}
    try:
        with Store.open(campaign.store_path) as store:
            store.keep_lists(orders.PAPER.en, written, last)
    except StoreReadOnly as refusal:
        notes.append(not_kept(refusal.message))
    trains = [batch for batch in batches if batch.mode == "train"]
    paths += name_list.write_name_lists(trains, riders, out, edition)
    hold = [path.name for path in paths]
    if choice != Choice():
        every_train = [batch for batch in every if batch.mode == "train"]
        off = [receiver for receiver, sheet in last.items() if not issue_of(sheet).lines]
        for either in LANGS:  # a sheet in the other language holds, too
            hold += [*orders.order_names(every, either, off), *name_list.list_names(every_train, either)]
    if old := put_away(out, hold, (orders.PAPER, name_list.PAPER)):
        notes.append(old)
    return OrdersOutcome(header, batches, paths, notes)


def _rates(store: Store, header: RunHeader, batches: Sequence[Batch], lang: Lang) -> dict[str, str]:
    """Return by batch id how its price is reckoned; of one whose price is not that of today's fleet sheet nothing."""
    rates, pools = {}, store.load_pools(header.id)
    for batch in batches:
        line = pool_of(batch, pools, any_seats=True) if batch.mode == "coach" else None
        if line is None:
            continue
        fixed, per_km = pools[line].fixed_yuan, pools[line].per_km_yuan
        if abs(fixed + per_km * batch.km - batch.contract_yuan) < 1:
            parts = [
                Text(f"{fixed:,.10g}元", f"{fixed:,.10g}") if fixed or not per_km else NO_TEXT,
                Text(f"{per_km:g}元/公里", f"{per_km:g} a km") if per_km else NO_TEXT,
            ]
            rates[batch.id] = Text(
                "+".join(part.zh for part in parts if part.zh),
                " + ".join(part.en for part in parts if part.en),
            ).say(lang)
    return rates


def _payers(store: Store, header: RunHeader, lang: Lang) -> dict[str, str]:
    """Return who signs the contract of each batch, where the rules say who pays."""
    if payers_of(header) == Payers():
        return {}
    from returnplan.assembly.payments import bill_of  # loads pandas

    bill = bill_of(header, store.load_plan(header.id))
    return {batch: bill.signs(batch).say(lang) for batch in bill.of_batch}


def read_orders(campaign: Campaign, paths: Sequence[Path]) -> VehiclesOutcome:
    """Enter plates and drivers from order sheets, and seats from name lists of trains, that came back.

    Later plans keep plates and drivers. Of name lists, any fault keeps all of their seats out.

    Raises
    ------
    InputRefused : nothing is planned yet, the personal data were removed, or a file is neither an order sheet nor a
        name list
    StoreLocked : another run is at work
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store, store.transaction():
        campaign.refuse_other_year(store)
        header = header_with_people(store)
        batches = {batch.id: batch for batch in store.load_batches(header.id)}
        years = {batch.date.year for batch in batches.values()}
        runs = [run.id for run in store.runs()]
        ours = own_papers(paths, set(runs), years)
        kinds = (orders.COLUMNS, name_list.COLUMNS)
        (sheets, lists), others = sorted_papers(ours.files, kinds, PAPERS, ours.may_differ)
        report = orders.read_orders(sheets, runs) if sheets else AnswerReport((), ())
        known = [answer for answer in report.answers if answer.batch in batches]
        since = _replaced_since(store.whole_journal(), batches)
        checked = [
            (
                answer,
                orders.outdated(answer, batches[answer.batch])
                or orders.replaced(answer, since.get(answer.batch, "")),
            )
            for answer in known
        ]
        current = [answer for answer, fault in checked if not fault]
        answers, contradictions = orders.agreed(current, runs)
        changed = []
        for answer in answers:
            before = batches[answer.batch]
            after = replace(
                before, plate=answer.plate or before.plate, drivers=answer.drivers or before.drivers
            )
            if after != before:
                changed.append(replace(after, version=before.version + 1))
        changed += _further_runs(changed, {answer.batch for answer in answers}, batches)
        seats = _seats(store, header, lists, batches, campaign.config.dates.year) if lists else NO_SEATS
        changed += [replace(batches[name], version=batches[name].version + 1) for name in seats.riders]
        if changed:
            told = [batches[batch.id] for batch in changed if batch.state == "published"]
            rides = with_linked(store, header, told)
            riders = store.load_riders(header.id, [batch.id for batch in rides])
            calls = store.calls()
            persons = {rider.person for batch in told for rider in riders[batch.id]} - calls.keys()
            from returnplan.usecases.telling import known_uncalled  # loads the readers of call lists

            store.record_calls(known_uncalled(rides, riders, persons, calls))
            store.amend(header.id, Amendment("ordered", changed, riders=seats.riders))
            _keep_named(store, [batch for batch in changed if batch.mode == "coach"])
    outdated = [fault for _, fault in checked if fault]
    faults = (*ours.faults, *others, *report.faults, *outdated, *contradictions, *seats.faults)
    unknown = sorted({answer.batch for answer in report.answers} - batches.keys())
    notes = used_twice(
        [*(batches | {batch.id: batch for batch in changed}).values()], [b.id for b in changed]
    )
    notes += too_few_named(changed, {batch.id for batch in changed})
    notes += [_tried(answer, batches[answer.batch]) for answer in current if answer.trial]
    notes += [_fares(batches[name], yuan) for name, yuan in seats.fares_yuan.items() if yuan]
    return VehiclesOutcome(header, changed, unknown, faults, notes, seats.num_held)


def _replaced_since(journal: Sequence[Entry], batches: Mapping[str, Batch]) -> dict[str, str]:
    """Return when the vehicle that a carrier had named for a batch was replaced by hand (ISO), by the batch's id.

    Only of batches that have neither plate nor driver since: what an order sheet of before says is not so any more.
    """
    entered, since = set[str](), dict[str, str]()
    for entry in journal:
        if entry.deed == "ordered":
            entered.add(entry.batch)
            since.pop(entry.batch, None)
        elif entry.deed in BY_HAND and entry.batch in entered:
            since[entry.batch] = in_beijing(entry.at).isoformat(timespec="seconds")
    return {
        name: at
        for name, at in since.items()
        if (batch := batches.get(name)) and not batch.plate and not batch.drivers
    }


def _keep_named(store: Store, coaches: Sequence[Batch]) -> None:
    """Keep with the last orders what their carriers have said since: they know whom and which plate they named."""
    last = store.load_lists(orders.PAPER.en)
    known = {receiver: issue_of(handout) for receiver, handout in last.items()}
    for batch in coaches:
        issue = known.get(orders.receiver_of(batch))
        if issue and (facts := issue.lines.get(batch.id)):
            named = orders.with_named(facts, batch)
            known[orders.receiver_of(batch)] = replace(issue, lines={**issue.lines, batch.id: named})
    store.keep_lists(orders.PAPER.en, {to: one.handout for to, one in known.items() if one.written_at}, last)


def _further_runs(changed: Sequence[Batch], answered: Set[str], batches: Mapping[str, Batch]) -> list[Batch]:
    """Return the other runs of vehicles that have a plate now; of a run with an answer of its own that one counts."""
    vehicle_of = {batch.block: batch for batch in changed if batch.block}
    return [
        replace(run, plate=vehicle.plate, drivers=vehicle.drivers, version=run.version + 1)
        for run in batches.values()
        if run.id not in answered and (vehicle := vehicle_of.get(run.block))
        if (run.plate, run.drivers) != (vehicle.plate, vehicle.drivers)
    ]


def _seats(
    store: Store, header: RunHeader, lists: Sequence[Path], batches: Mapping[str, Batch], year: int | None
) -> SeatsFound:
    """Return the seats of name lists; with a cell that cannot be read there are none."""
    trains = [batch for batch in batches.values() if batch.mode == "train"]
    report = name_list.read_name_lists(
        lists, year or min((batch.date.year for batch in trains), default=None)
    )
    riders = store.load_riders(header.id, [train.id for train in trains])
    found = seats_found(report.answers, trains, riders)
    if any(fault.severity == "error" for fault in report.faults):
        by_id = {rider.id_number: rider for train in trains for rider in riders[train.id]}
        told = {answer.id_number: answer for answer in report.answers if not answer.is_child}
        return SeatsFound({}, (*report.faults, *found.faults), {}, num_new(told, by_id))
    return replace(found, faults=(*report.faults, *found.faults))


def _tried(answer: orders.Assignment, batch: Batch) -> Text:
    """Return what a trial drive showed, beside the plan, and where the office puts it right."""
    trial = answer.trial or orders.Trial(None, None, "")
    minutes = round((batch.arrive - batch.depart).total_seconds() / 60)
    zh, en = [], []
    if trial.km is not None:
        zh.append(f"{trial.km:g} 公里(方案 {batch.km:.0f})")
        en.append(f"{trial.km:g} km (plan: {batch.km:.0f})")
    if trial.minutes is not None:
        zh.append(f"{trial.minutes:g} 分钟(方案 {minutes})")
        en.append(f"{trial.minutes:g} minutes (plan: {minutes})")
    if trial.access:
        zh.append(f"停不了车：{trial.access}")
        en.append(f"no coach can stand at: {trial.access}")
    return Text(
        f"{batch.id} 试跑：{'，'.join(zh)}。方案没有改；请改里程表的公里、分钟，或上车地点，再重新排车",
        f"{batch.id}, trial drive: {', '.join(en)}. The plan is as it was; correct km and minutes in the "
        "distances sheet, or the pick-up, and plan again",
    )


def _fares(batch: Batch, yuan: float) -> Text:
    """Return what the railway wants beside what the plan reckons with."""
    return Text(
        f"{batch.service} 返回的票价合计 {yuan:,.2f} 元，方案中该列车费用 {batch.cost_yuan:,.2f} 元",
        f"the fares of {batch.service} come to {yuan:,.2f} yuan; the plan has {batch.cost_yuan:,.2f} for the train",
    )
