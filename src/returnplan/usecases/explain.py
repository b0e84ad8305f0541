"""``explain``: why a person is on this batch, or on none; changes nothing and takes no lock."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

import pandas as pd

from returnplan.carryover import CORRECT_PAPER, walked_up
from returnplan.enrolment.destinations import with_full_names
from returnplan.model.aboard import without_a_seat
from returnplan.model.errors import UsageError
from returnplan.model.masking import mask_name, mask_text
from returnplan.model.plan import TRAVELLED, Plan, RunHeader, WalkUp
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.papers.wording import in_beijing
from returnplan.problem import build_problem
from returnplan.reading.cells import clean
from returnplan.reasons.explain import Explanation
from returnplan.reasons.explain import explain as explain_signup
from returnplan.store import Store
from returnplan.usecases.campaign import Campaign
from returnplan.usecases.choice import header_with_people, roster_of, run_before
from returnplan.usecases.history import history
from returnplan.usecases.who import LAST_FOUR, find_people

MOST_RUNS = 10
"""Earlier runs in which somebody is looked for who is in no list now."""
MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Namesake:
    """One of several people that a text may mean."""

    signup: str
    name: str
    county: str
    township: str
    city: str


@dataclass(frozen=True)
class ExplainOutcome:
    """The explanation, or, where several people may be meant, None and those people."""

    header: RunHeader
    explanation: Explanation | None
    namesakes: tuple[Namesake, ...] = ()


def explain(campaign: Campaign, text: str) -> ExplainOutcome:
    """Return why the person whom ``text`` names is on their batch, or on none.

    Parameters
    ----------
    text : a name, a person number, the last four of ID or phone, or a row reference

    Raises
    ------
    UsageError : nobody of the plan is named so
    InputRefused : nothing is planned yet
    """
    with Store.snapshot(campaign.store_path) as store:
        header = header_with_people(store)
        plan, roster = store.load_plan(header.id), roster_of(store, header)
        numbers = store.person_numbers()
        named = _named(text, plan, roster, numbers)
        if not named:
            raise UsageError(_stood_before(text, store, header, numbers) or _nobody(text))
        walk_ups = without_a_seat(store.walk_ups(), plan.riders)
        lost = _draft_of_before(store, header, plan, named[0].signup) if len(named) == 1 else ()
        past = _past(store, header, plan, named[0].signup, bool(lost)) if len(named) == 1 else ()
    if len(named) > 1:
        return ExplainOutcome(header, None, named)
    if explanation := _of_walk_up(named[0].signup, plan, roster, walk_ups):
        how = _found_by_number(text, explanation, roster)
        return ExplainOutcome(header, replace(explanation, lines=(*how, *explanation.lines, *past)))
    rules, law = with_full_names(campaign.config.rules), campaign.config.law
    problem, travellers = build_problem(roster, rules, law)
    explanation = explain_signup(named[0].signup, plan, roster, problem, travellers)
    how, lines = _found_by_number(text, explanation, roster), explanation.lines
    return ExplainOutcome(header, replace(explanation, lines=(*how, *lines[:1], *lost, *lines[1:], *past)))


def _past(store: Store, header: RunHeader, plan: Plan, signup: str, is_draft_said: bool) -> tuple[Text, ...]:
    """Return what happened to a person before; of a row with an error nothing."""
    rides = plan.riders[plan.riders["signup"] == signup].sort_values("leg", kind="stable")
    left = plan.unplanned.loc[plan.unplanned["signup"] == signup, "person"]
    person = int((rides["person"] if len(rides) else left).iloc[0])
    batch = None if rides.empty else str(rides["batch"].iloc[0])
    said = run_before(store, header) if is_draft_said else None
    return tuple(history(store, header, person, batch, said)) if person else ()


def _draft_of_before(store: Store, header: RunHeader, plan: Plan, signup: str) -> Sequence[Text]:
    """Return on which draft of the run before a person was who has no seat now; nothing of others."""
    left = plan.unplanned.loc[plan.unplanned["signup"] == signup, "person"]
    before = run_before(store, header) if len(left) else None
    if before is None:
        return ()
    old = store.load_plan(before.id)
    rides = old.riders.loc[(old.riders["person"] == left.iloc[0]) & (old.riders["person"] > 0), "batch"]
    draft = next((one for one in old.batches if one.state == "draft" and one.id in set(rides)), None)
    if draft is None:
        return ()
    return (
        Text(
            f"上一方案 {before.id} 里有 {draft.id} 的座位(草案，没有锁定)；这次重新排车后没有了",
            f"the plan before, {before.id}, had a seat on the draft {draft.id}, which nobody had locked; planned anew, "
            "there is none",
        ),
    )


def _of_walk_up(signup: str, plan: Plan, roster: Roster, walk_ups: Sequence[WalkUp]) -> Explanation | None:
    """Return what is said of somebody who got on without a seat, None of others; their own seat counts no more."""
    people = roster.people.loc[roster.people["signup"] == signup, "id_number"]
    batch = next((one.batch for one in walk_ups if one.id_number in set(people)), None)
    if batch is None:
        return None
    lines = pd.concat(
        [part.loc[part["signup"] == signup, "person"] for part in (plan.riders, plan.unplanned)]
    )
    return Explanation(int(lines.iloc[0]), signup, None, TRAVELLED, (walked_up(batch), CORRECT_PAPER), ())


def _named(text: str, plan: Plan, roster: Roster, numbers: Mapping[str, int]) -> tuple[Namesake, ...]:
    """Return everybody whom the text may mean, those whose row has an error, too."""
    people, listed = roster.people, set(plan.unplanned["signup"].tolist())
    rows = [asdict(row) | {"signup": row.ref} for row in roster.rejected if row.ref in listed]
    names = [*Namesake.__dataclass_fields__, "id_number", "phone"]
    every = pd.concat([people[names].astype(object), pd.DataFrame(rows, columns=names)], ignore_index=True)
    person = every["id_number"].map(numbers).fillna(0).astype(int)
    person.iloc[len(people) :] = 0
    found = every.iloc[find_people(text, every, person)]
    columns = [found[column].tolist() for column in Namesake.__dataclass_fields__]
    return tuple(Namesake(*row) for row in zip(*columns, strict=True))


def _found_by_number(text: str, found: Explanation, roster: Roster) -> tuple[Text, ...]:
    """Return that four digits were taken for a person number alone: they may be the last four of somebody else."""
    digits = clean(text)
    if len(digits) != LAST_FOUR or digits != str(found.person):
        return ()
    people = roster.people[roster.people["signup"] == found.signup]
    if find_people(digits, people, pd.Series(0, people.index)).size:
        return ()
    return (
        Text(
            f"按编号 {digits} 找到；表里没有人的身份证或电话后四位是 {digits}，如果是这个意思，请写姓名",
            f"found by the person number {digits}; nobody's ID or phone ends so: if that was meant, give the name",
        ),
    )


def _nobody(text: str) -> Text:
    return Text(
        f"方案里没有“{mask_text(text)}”；可用姓名、编号、身份证或电话后四位、报名行",
        f"nobody in the plan is named {mask_text(text)!r}; give a name, person number, "
        "the last four of ID or phone, or a row",
    )


def _stood_before(text: str, store: Store, header: RunHeader, numbers: Mapping[str, int]) -> Text | None:
    """Return in which rows of the last runs who is meant stood, and on which batch; None: nowhere.

    They are in no list now; of the runs the latest that knows them counts.
    """
    wanted = text.strip()
    persons = {
        number
        for id_number, number in numbers.items()
        if wanted.upper() == id_number or wanted == str(number)
    }
    for run in [run for run in store.runs() if run.id != header.id][:MOST_RUNS]:
        if not persons and not store.may_name(run.id, {wanted, clean(text)}):
            continue
        plan = store.load_plan(run.id)
        people = pd.concat([plan.riders, plan.unplanned.assign(batch="")])
        is_meant = people["name"].isin([wanted, clean(text)]) | (people["signup"] == wanted)
        is_meant |= (people["phone"] == wanted) | people["person"].isin(persons)
        found = people[is_meant].drop_duplicates("signup")
        if found.empty:
            continue
        names, signups, batches = (
            found[column].astype(str).tolist() for column in ("name", "signup", "batch")
        )
        who = "、".join(dict.fromkeys(map(mask_name, names)))
        rows = [
            Text(f"{signup}，坐 {batch}", f"{signup}, on {batch}")
            if batch
            else Text(f"{signup}，没有座位", f"{signup}, without a seat")
            for signup, batch in zip(signups[:MOST_NAMED], batches, strict=False)
        ]
        more = "…" * (len(found) > MOST_NAMED)
        num_zh, num_en = (f" {len(found)} 人", f" {len(found)} people") if len(found) > 1 else ("", "")
        day = f"{run.as_of or in_beijing(run.created_at):%Y-%m-%d}"
        return Text(
            f"“{who}”现在哪张表里都没有，所以没有座位(不等于取消)。{day} 的方案 {run.id} 里还有{num_zh}："
            f"{'；'.join(row.zh for row in rows)}{more}。如仍要走，请把这一行补回表里再排",
            f"{who!r} is in no list now, and so has no seat (which is no cancellation). The plan {run.id} of {day} has"
            f"{num_en} {'; '.join(row.en for row in rows)}{more}. Put that row back and plan again if they still go",
        )
    return None
