"""What the store holds before a new run, and the guard against a plan made from half the files.

Absence is no cancellation (docs/contract.md#store-and-nights).
"""

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath

from returnplan.edits import SEAT_LOST
from returnplan.enrolment.findings import sheet_of
from returnplan.enrolment.identity import faulty_rows_of
from returnplan.model.aboard import is_aboard
from returnplan.model.errors import InputRefused, UsageError
from returnplan.model.plan import Plan, RunHeader, WalkUp
from returnplan.model.roster import Roster
from returnplan.model.text_column import TextNumbers
from returnplan.model.texts import Text
from returnplan.papers.filled_in import is_walk_up_list
from returnplan.sheets.files import original_name
from returnplan.store import CallRecord, Entry, Store
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.plan.lost_seats import by_sheet, named

MOST_MISSING = 0.05
"""The share of the assigned people that may be missing from the files before a person has to say so."""
_WAY_OUT = Text(
    "用 returnplan plan 加上同样的文件和 --allow-drop 排一次",
    "run returnplan plan with the same files and --allow-drop",
)

_PURGED = Text(
    "上次方案的个人信息已用 returnplan purge 清除，认不出这次名单里谁已排过，所以没有排。新的活动请另建文件夹"
    "(returnplan init)；确实要在这里重新排，" + _WAY_OUT.zh + "，以前的座位一概不保留",
    "the personal data of the last plan were removed (returnplan purge), so nobody of it is known in these lists and "
    "nothing was planned. Take another folder for another campaign (returnplan init); to plan here all the same, "
    + _WAY_OUT.en
    + ": nobody keeps a seat of before",
)


@dataclass(frozen=True)
class StoreState:
    """What the store holds; ``header`` None: nothing has been planned yet.

    ``plan`` and ``roster`` are those of the latest run (a store of an old version kept no roster), ``first_seen`` the
    night of the first run with each person, ``calls`` the last call to each person, ``pins`` the batches of those whom
    the office seated by hand, ``walk_ups`` who got on without a seat, ``journal`` what was done by hand to the latest
    run, ``retired`` the ids of batches that people knew and that are gone, ``confirmed`` those whose vehicle has been
    named, ``revision`` tells whether the store is still so.
    """

    header: RunHeader | None = None
    plan: Plan | None = None
    roster: Roster | None = None
    person_numbers: TextNumbers = field(default_factory=TextNumbers)
    first_seen: Mapping[int, date] = field(default_factory=dict)
    calls: Mapping[int, CallRecord] = field(default_factory=dict)
    pins: Mapping[int, str] = field(default_factory=dict)
    walk_ups: Sequence[WalkUp] = ()
    journal: Sequence[Entry] = ()
    retired: Set[str] = frozenset()
    confirmed: Set[str] = frozenset()
    revision: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether the same lists may give another plan now.

        So it is where batches were recalled, people lost seats, or walk-ups have a seat on another batch.
        """
        if self.plan is not None:
            seated = self.plan.riders.loc[~is_aboard(self.plan.riders), "id_number"]
            added = [one.id_number for one in self.walk_ups]
            if SEAT_LOST in set(self.plan.unplanned["code"]) or seated.isin(added).any():
                return True
        return any(entry.deed == "recalled" for entry in self.journal)


def look_up(campaign: Campaign, *, nights: bool) -> StoreState:
    """Return what stands in the store of the campaign; there may be none yet.

    Parameters
    ----------
    nights : whether it is asked when people were first seen
    """
    if not campaign.store_path.exists():
        return StoreState()
    with Store.snapshot(campaign.store_path) as store:
        campaign.refuse_other_year(store)
        header = store.latest_run()
        if header is None:
            return StoreState(person_numbers=store.person_numbers(), revision=store.revision())
        return StoreState(
            header=header,
            plan=store.load_plan(header.id),
            roster=store.load_roster(header.id),
            person_numbers=store.person_numbers(),
            first_seen=store.first_seen() if nights else {},
            calls=store.calls(),
            pins=store.pins(),
            walk_ups=store.walk_ups(),
            journal=store.journal(header.id),
            retired=store.retired(header.id),
            confirmed=store.confirmed(),
            revision=store.revision(),
        )


def supplemented(inputs: Inputs, latest: RunHeader | None) -> Inputs:
    """Return the inputs with the files of the latest run, when only supplements are named, or nothing at all.

    A supplement of the same name as a file of the latest run takes its place (a list sent again).

    Raises
    ------
    UsageError : there is no plan yet
    """
    if inputs.files:
        return inputs
    if latest is None and not inputs.added:
        raise UsageError(
            Text(
                "还没有方案，请写明报名表或文件夹：returnplan plan 报名表.xlsx",
                "nothing is planned yet: name the sign-up workbooks, or a folder of them",
            )
        )
    if latest is None:
        raise UsageError(
            Text(
                "还没有方案可以增补；请先写出报名表：returnplan plan 报名表.xlsx --add 增补.xlsx",
                "there is no plan to supplement yet; name the lists: returnplan plan signups.xlsx --add more.xlsx",
            )
        )
    replaced = {original_name(path) for path in inputs.added}
    kept = tuple(path for f in latest.inputs if original_name(path := Path(f.path)) not in replaced)
    return replace(inputs, files=kept)


def refuse_vanished(standing: StoreState, now: RunHeader, roster: Roster, corrected: Collection[str]) -> None:
    """Refuse a call in which a whole file, or many assigned people, of the latest run are missing or no longer known.

    Parameters
    ----------
    corrected : the known ID numbers of people who have another one now

    Raises
    ------
    InputRefused : with what is missing, and the ways out
    """
    files = standing.header.inputs if standing.header else ()
    names_now = {original_name(PurePath(file.path)) for file in now.inputs}
    contents_now = {file.sha256 for file in now.inputs}  # a file may have been renamed
    gone = sorted(
        {
            name
            for file in files
            if file.sha256 not in contents_now
            and (name := original_name(PurePath(file.path)))
            and not is_walk_up_list(name)
        }
        - names_now
    )
    if gone:
        raise InputRefused(
            Text(
                f"上次方案用过的文件这次没有：{'、'.join(gone)}。请和其他表放在一起；只补充名单请用 --add；"
                f"确实不要了，{_WAY_OUT.zh}",
                f"files of the last plan are missing now: {', '.join(gone)}; give them too, use --add to "
                f"supplement the last plan, or, to leave them out, {_WAY_OUT.en}",
            )
        )
    if standing.plan is None or standing.plan.riders.empty:
        return
    assigned = standing.plan.riders["id_number"].drop_duplicates()
    if (assigned == "").all():
        raise InputRefused(_PURGED)
    missing = _missing(standing.plan, roster, corrected)
    num_missing = len(missing)
    if num_missing > MOST_MISSING * len(assigned):
        riders = standing.plan.riders
        own = riders[riders["id_number"].isin(list(missing))].drop_duplicates("person").sort_values("person")
        num, who, where = len(assigned), named(own, [""] * len(own)), by_sheet(own, _sheets(roster))
        raise InputRefused(
            Text(
                f"上次已排的 {num} 人中有 {num_missing} 人不在这次的名单里(不在名单不等于取消)：{where.zh}。"
                f"他们是 {who.zh}。核对后{_WAY_OUT.zh}",
                f"{num_missing} of the {num} people planned last time are in no list now (which is no "
                f"cancellation): {where.en}. They are {who.en}. If that is right, {_WAY_OUT.en}",
            )
        )


def _missing(old: Plan, roster: Roster, corrected: Collection[str]) -> frozenset[str]:
    """Return the ID numbers of the assigned people who have no row now, neither one with an error."""
    riders = old.riders[["id_number", "name", "phone"]]
    has_row = riders["id_number"].isin(roster.people["id_number"]) | riders["id_number"].isin(list(corrected))
    gone = riders[~has_row].drop_duplicates("id_number")
    return frozenset(gone["id_number"]).difference(faulty_rows_of(gone, roster.rejected))


def _sheets(roster: Roster) -> set[tuple[str, str]]:
    """Return the file and sheet of all rows."""
    return set(map(sheet_of, (*roster.people["signup"], *(row.ref for row in roster.rejected))))
