"""Which run and which batches a person means: by id, city, county and date; names in every form a person types."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from returnplan.model.errors import InputRefused, UsageError
from returnplan.model.journeys import linked
from returnplan.model.plan import Batch, RunHeader
from returnplan.model.roster import Roster
from returnplan.model.texts import Text
from returnplan.store import Division, Level, Selection, Store, find_division, near_divisions


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
                f"{store.path} 里还没有排车方案，请先运行 returnplan plan 报名表.xlsx",
                f"{store.path} holds no plan yet; run: returnplan plan signups.xlsx",
            )
        )
    return header


def header_with_people(store: Store) -> RunHeader:
    """Return the header of the plan that stands, for what needs the names of its people.

    Raises
    ------
    InputRefused : nothing is planned yet, or the personal data were removed
    """
    header = latest_header(store)
    if store.is_purged(header.id):
        raise InputRefused(
            Text(
                "这次活动已结束，个人信息已用 returnplan purge 清除，写不出名单，也不再改动；车次和人数见 "
                "returnplan show 和 returnplan report",
                "this campaign is over and its personal data were removed (returnplan purge): there are no names to "
                "write papers with, and nothing is changed any more; batches and counts: returnplan show, report",
            )
        )
    return header


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
            f"没有(或不止一个)方案 {run_id}，用 returnplan show runs 查看",
            f"there is no single run {run_id}; see: returnplan show runs",
        )
    )


def run_before(store: Store, header: RunHeader) -> RunHeader | None:
    """Return the header of the run before another one, None of the first."""
    runs = iter(store.runs())
    for run in runs:
        if run.id == header.id:
            break
    return next(runs, None)


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
                "这个方案由旧版本保存，请先重新运行 returnplan plan",
                "this plan was saved by an older version; run returnplan plan once more first",
            )
        )
    return roster


@dataclass(frozen=True, slots=True)
class Choice:
    """Every given condition must hold; ``until`` is the last date of departure, ``batches`` are ids."""

    city: str | None = None
    county: str | None = None
    day: date | None = None
    until: date | None = None
    batches: tuple[str, ...] = ()


def choose_batches(store: Store, header: RunHeader, choice: Choice) -> list[Batch]:
    """Return the batches of a run that are chosen, at least one.

    Raises
    ------
    UsageError : no such city, county or batch, or no batch meets all conditions
    """
    selection = Selection(
        city=choice.city and full_name(store, header, "city", choice.city),
        county=choice.county and full_name(store, header, "county", choice.county),
        day=choice.day,
        until=choice.until,
        batches=choice.batches,
    )
    batches = store.load_batches(header.id, selection)
    missing = set(choice.batches) - {batch.id for batch in batches}
    if missing:
        names = ", ".join(sorted(missing))
        raise UsageError(
            Text(
                f"没有符合条件的号车：{names}，什么都没有做(用 returnplan show batches 查看)",
                f"no such batch: {names}; nothing was done; see: returnplan show batches",
            )
        )
    if not batches:
        raise UsageError(
            Text("没有符合条件的号车，请检查所选城市、县和日期", "no batch meets all these conditions")
        )
    return batches


def with_linked(store: Store, header: RunHeader, batches: Sequence[Batch]) -> list[Batch]:
    """Return batches with all others that are linked to them by journeys of several rides, in the order of the plan."""
    ids = [batch.id for batch in batches]
    others = linked(ids, store.linked_rides(header.id)) - set(ids)
    if not others:
        return list(batches)
    return store.load_batches(header.id, Selection(batches=(*ids, *sorted(others))))


def full_name(store: Store, header: RunHeader, level: Level, text: str) -> str:
    """Return the full name of the city or county that ``text`` names in the plan.

    Raises
    ------
    UsageError : there is none; with the nearest ones
    """
    among = store.load_divisions(header.id, level)
    if found := find_division(text, among):
        return found.name
    if level == "city" and (city := _city_around(text, among)):
        return city
    near = near_divisions(text, among)
    names = "、".join(division.name for division in near or among)
    names_en = ", ".join(f"{division.name} ({division.pinyin.capitalize()})" for division in near or among)
    if near:
        raise UsageError(
            Text(
                f"方案里没有“{text}”，是不是：{names}？", f"no {text!r} in the plan; did you mean {names_en}?"
            )
        )
    raise UsageError(
        Text(f"方案里没有“{text}”，现有：{names}", f"no {text!r} in the plan; it has: {names_en}")
    )


def lies_in(store: Store, header: RunHeader, choice: Choice) -> list[Text]:
    """Return a note where a part of a city was asked for (顺德) and its whole city (佛山市) is chosen."""
    among = store.load_divisions(header.id, "city") if choice.city else []
    if not choice.city or find_division(choice.city, among):
        return []
    city = _city_around(choice.city, among)
    return [
        Text(
            f"{choice.city} 属于 {city}，这里是去 {city} 的全部号车",
            f"{choice.city} lies in {city}: these are all batches to {city}",
        )
    ]


def _city_around(text: str, among: list[Division]) -> str | None:
    """Return the city of the plan in which a district or town lies, None where there is none."""
    from returnplan.places import Gazetteer  # takes a tenth of a second, and is rarely asked

    try:
        city = Gazetteer.load().city_name(text)
    except UsageError:
        return None
    return city if city in {division.name for division in among} else None
