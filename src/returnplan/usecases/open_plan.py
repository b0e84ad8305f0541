"""The latest plan, opened to be changed: loaded whole, changed by hand, audited, and put back as an amendment."""

from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from returnplan.audit import Violation, audit_by_check
from returnplan.edits import retotalled, with_aboard, with_fares
from returnplan.edits.vehicles import under_notices
from returnplan.enrolment.destinations import with_full_names
from returnplan.model.advice import advice_on, with_advice
from returnplan.model.errors import UsageError
from returnplan.model.journeys import linked_in
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan, Rider, RunHeader, Unplanned
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import Text
from returnplan.store import Amendment, CallRecord, Deed, RunLock, Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import header_with_people, roster_of
from returnplan.usecases.giving_way import say_giving_way

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")

HOUR_BY_HAND = "wrong_start"
"""The one promise that a change by hand may break: a batch leaves at the hour that a person set."""

ASKED = frozenset({"below_min_load", "too_costly"})
"""Promises that a change by hand may break if a person says so: the office's own rules about money."""

MISSED = "change_too_short"
"""People of a published journey miss their train: a warning of the audit, and yet a person has to say that it be so."""

MOST_PROVED_ANEW = 1_000
"""Riders of a plan whose bound is proved anew in less than a second."""


class Findings(NamedTuple):
    """What the audit says of changed batches; ``asked`` are promises broken now that a person may agree to."""

    said: tuple[Violation, ...]
    asked: tuple[Violation, ...] = ()


@dataclass(frozen=True)
class OpenPlan:
    """An open store with the plan that stands and all that its audit needs.

    ``revision`` is that of the store by which everything was read; what is decided by it is saved by it.
    """

    store: Store
    revision: int
    header: RunHeader
    plan: Plan
    roster: Roster
    rules: Rules
    law: Law

    def totalled(self, plan: Plan) -> Plan:
        """Return a changed plan with its totals counted again.

        The prices that prove the lower bound still do so for fewer riders, less what those paid who left; for
        more riders the old bound stays one. Where those who left paid rent for scarce vehicles, that bound would be
        far too low, as vehicles are less scarce without them: it is proved anew if the plan is small.
        """
        before = self.plan.riders
        left = before[~before["signup"].isin(plan.riders["signup"])]
        rent_yuan = float(left["rent_yuan"].sum())
        paid_yuan = float(left["bound_yuan"].sum()) + rent_yuan
        bound_yuan = max(0.0, self.plan.summary["lower_bound"] - paid_yuan)
        if self.law.notices.all_rules:
            dates = {batch.id: batch.date for batch in self.plan.batches}
            changed = {batch.id for batch in plan.batches if batch.date != dates.get(batch.id)}
            changed |= riders_changed(self.plan, plan)
            plan = under_notices(plan, changed, self.rules, self.law)
        counted = retotalled(with_fares(plan, self.plan, self.roster), self.roster, bound_yuan)
        if rent_yuan and len(plan.riders) <= MOST_PROVED_ANEW:
            from returnplan.usecases.plan.bound import bounded  # loads the planner, rarely needed here

            counted = bounded(counted, self.roster, self.rules, self.law)
        if advice := advice_on(self.plan):  # of the batches that still run
            counted = with_advice(counted, advice)
        return with_aboard(counted, self.store.walk_ups())

    def audited(self, plan: Plan, changed: Set[str]) -> Findings:
        """Return what is said of the changed batches, and what is new of those that journeys link with them.

        A change that breaks a rule to which nobody may agree is refused.

        Raises
        ------
        UsageError : the change breaks such a rule; with every broken one
        """
        touched = riders_changed(self.plan, plan) | changed
        touched |= {batch.id for batch in set(plan.batches) - set(self.plan.batches)}
        by_check = audit_by_check(plan, self.roster, self.rules, self.law, touched)
        found = tuple(chain(*by_check.values()))
        broken, of_journeys = _errors(found), linked_in(self.plan, changed) - changed
        elsewhere = [violation for violation in found if violation.batch in of_journeys]
        missed = [violation for violation in found if violation.code == MISSED]
        asked = {*broken, *elsewhere, *missed}
        checks = [check for check, violations in by_check.items() if not asked.isdisjoint(violations)]
        before = audit_by_check(self.plan, self.roster, self.rules, self.law, touched, checks)
        known = set(chain(*before.values()))
        fresh = [violation for violation in broken if not is_known(violation, known)]
        if any(violation.code not in ASKED for violation in fresh):
            ways = say_giving_way(plan, self.roster, self.rules, self.law, changed, fresh)
            said_of = [*(violation.message for violation in fresh), *ways]
            zh = ["没有改动，否则会违反规则：", *(words.zh for words in said_of)]
            en = ["not changed, it would break rules:", *(words.en for words in said_of)]
            raise UsageError(Text("\n".join(zh), "\n".join(en)))
        missed = [violation for violation in missed if violation not in known]
        new = {*missed, *(violation for violation in elsewhere if violation not in known)}
        said = (violation for violation in found if violation.batch in changed or violation in new)
        return Findings(tuple(said), (*fresh, *missed))

    def save(self, plan: Plan, deed: Deed, roster: Roster | None = None, source: str = "") -> None:
        """Put a changed plan back as an amendment of the run, with the roster if that has changed, too.

        Whose seat was published may know of it, so ``notify`` tells them what has changed.

        Parameters
        ----------
        source : digest of the workbook, or of the command, that asked for the change

        Raises
        ------
        StoreLocked : the store is no longer as it was read
        """
        amendment = replace(amendment_of(self.plan, plan, deed), roster=roster, source=source)
        left = self.plan.riders[~self.plan.riders["person"].isin(plan.riders["person"])]
        with self.store.transaction(self.revision):
            self.store.amend(self.header.id, amendment)
            self.store.record_calls(known_by_publishing(self.plan, plan, self.store.calls()))
            self.store.unpin(left["person"].tolist())


def is_known(violation: Violation, known: Set[Violation]) -> bool:
    """Return whether a promise was broken before the change, if it is a limit that is counted, no less than after it.

    Such a violation may name another batch than before, and have that batch's weight.
    """
    if not violation.matter:
        return violation in known
    same = (one for one in known if (one.code, one.matter) == (violation.code, violation.matter))
    return any(one.count >= violation.count for one in same)


def _errors(found: tuple[Violation, ...]) -> list[Violation]:
    """Return what a change may not break, or has to ask for: that of a published batch is a warning of the audit."""
    return [
        violation
        for violation in found
        if violation.code in ASKED or (violation.severity == "error" and violation.code != HOUR_BY_HAND)
    ]


@contextmanager
def open_plan(campaign: Campaign) -> Iterator[OpenPlan]:
    """Hold the lock and yield the latest plan.

    Raises
    ------
    InputRefused : nothing is planned yet, or the store is of a version that kept no roster
    StoreLocked : another run is at work
    """
    with RunLock(campaign.store_path), Store.open(campaign.store_path) as store:
        rules = with_full_names(campaign.config.rules)
        with store.reading():
            campaign.refuse_other_year(store)
            header = header_with_people(store)
            plan = store.load_plan(header.id)
            roster, revision = roster_of(store, header), store.revision()
        yield OpenPlan(store, revision, header, plan, roster, rules, campaign.config.law)


def known_by_publishing(before: Plan, after: Plan, known: Mapping[int, CallRecord]) -> Iterator[CallRecord]:
    """Yield what riders of published batches that are changed may have known, where no call says it."""
    import pandas as pd

    now = {batch.id: batch for batch in after.batches}
    both = pd.concat([before.riders[["batch", "person"]], after.riders[["batch", "person"]]])
    others = set(both[~both.duplicated(keep=False)]["batch"])
    changed = [
        batch
        for batch in before.batches
        if batch.state == "published" and (batch.id in others or not _is_same(now.get(batch.id), batch))
    ]
    touched = before.riders["batch"].isin([batch.id for batch in changed])
    persons = set(before.riders.loc[touched, "person"].tolist())
    yield from seats_uncalled(before, persons - known.keys(), known)


def seats_uncalled(plan: Plan, persons: Set[int], known: Mapping[int, CallRecord]) -> Iterator[CallRecord]:
    """Yield that some people may know of their seats in a plan, though nobody has called them.

    ``known`` are the calls before.
    """
    if not persons:
        return
    from returnplan.usecases.telling import known_uncalled  # loads the readers of call lists

    riders = plan.riders
    ridden = set(riders.loc[riders["person"].isin(list(persons)), "batch"])
    rides = [batch for batch in plan.batches if batch.id in ridden]
    of_batch = {batch.id: objects_of(riders[riders["batch"] == batch.id], Rider) for batch in rides}
    yield from known_uncalled(rides, of_batch, persons, known)


def _is_same(now: Batch | None, then: Batch) -> bool:
    """Return whether a batch is as it was, up to the number of its papers and of its day."""
    return now is not None and replace(now, version=then.version, wave=then.wave) == then


_UNPRINTED = ("bound_yuan", "rent_yuan", "earliest", "latest")
"""What a change may alter in riders of whom no paper shows it; ``earliest``: they agreed to another day."""


def amendment_of(before: Plan, after: Plan, deed: Deed) -> Amendment:
    """Return what turns one plan into the other; a batch counts as changed when it or its riders do."""
    old = {batch.id: batch for batch in before.batches}
    new = {batch.id: batch for batch in after.batches}
    riders = after.riders[after.riders["batch"].isin(riders_changed(before, after, _UNPRINTED))]
    off = after.unplanned[~after.unplanned["signup"].isin(before.unplanned["signup"])]
    on = before.unplanned.loc[~before.unplanned["signup"].isin(after.unplanned["signup"]), "signup"]
    return Amendment(
        deed,
        batches=[batch for batch in after.batches if batch != old.get(batch.id)],
        riders={
            batch: objects_of(riders[riders["batch"] == batch], Rider)
            for batch in sorted(set(riders["batch"]))
        },
        gone=sorted(old.keys() - new.keys()),
        off=objects_of(off, Unplanned),
        on=on.tolist(),
        summary=after.summary,
        employers=after.employers,
    )


def riders_changed(before: Plan, after: Plan, also: Sequence[str] = ()) -> set[str]:
    """Return the ids of the batches whose riders differ in what a paper shows, or in the columns ``also``."""
    import pandas as pd

    key = [
        "batch",
        "person",
        "seat",
        "carriage",
        "seat_no",
        "order_no",
        "pickup_seq",
        "dropoff_seq",
        "flexed",
        "status",
        *also,
    ]
    both = pd.concat([before.riders[key], after.riders[key]], ignore_index=True)
    return set(both[~both.duplicated(keep=False)]["batch"])


def is_as_before(before: Plan, after: Plan) -> bool:
    """Return whether a change changes nothing: no batch and no rider, nor the days on which these agree to travel."""
    same = len(before.batches) == len(after.batches) and all(map(_is_same, after.batches, before.batches))
    return same and not riders_changed(before, after, ("earliest", "latest"))


def objects_of(frame: "pd.DataFrame", cls: type[T]) -> list[T]:
    """Return the lines of a frame as the objects whose fields are its columns."""
    rows: list[dict[str, Any]] = frame[[field.name for field in fields(cls)]].to_dict("records")  # type: ignore[arg-type,assignment]
    return [cls(**{name: _plain(value) for name, value in row.items()}) for row in rows]


def _plain(value: Any) -> Any:
    """Return a value as the dataclasses have it: a date instead of a time stamp, None instead of no date."""
    if isinstance(value, date):  # pandas' time stamps, and its missing one, are dates too
        return None if value != value else value.date() if hasattr(value, "date") else value
    return value


def next_version(plan: Plan, ids: set[str]) -> Plan:
    """Return the plan with some batches at their next version."""
    batches = (replace(one, version=one.version + 1) if one.id in ids else one for one in plan.batches)
    return replace(plan, batches=tuple(batches))
