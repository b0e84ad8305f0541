"""Plays campaigns evening by evening: what does it cost to publish at the last moment, or as advised?

    python -m benchmarks.run_campaigns [--campaigns 12] [--family thin] [--first 1] [--write benchmarks/campaigns.md]

A county sends people to three cities. On the first evening lists are there; on each of eleven more evenings others
sign up, who travel one to eleven days later. Each evening is planned from the drafts of the evening before, and what
leaves on the next day is published by one of the rules. The sheets are read once; the evenings are played on the
roster, without store, papers and audit, which decide nothing. The plan that knows the future is made of all sign-ups at
once, the cheaper of two searches; nobody leaves earlier than the notice after the own sign-up.
"""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import starmap
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.measuring import machine
from benchmarks.people.towns import CITIES, DIVISION, HOME
from examples.people import invent_people, random_source
from returnplan.carryover.futures import arrivals_of
from returnplan.carryover.outlook import Leaving
from returnplan.carryover.send_or_hold import verdicts
from returnplan.config import load_config
from returnplan.matching import match
from returnplan.model.law import Law
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.planning import Effort, solve
from returnplan.problem import PreviousBatches, build_problem
from returnplan.problem.model import NO_PREVIOUS, Ints
from returnplan.usecases.campaign import Campaign, Inputs, no_progress
from returnplan.usecases.check import read_and_enrol

NUM_NIGHTS = 12
FIRST_NIGHT = date(2021, 2, 16)
SHARE_OF_FIRST = 0.25
LONGEST_LEAD = 5  # days
KM_PER_DEGREE = 111.2
POLICIES = ("last night", "as advised")
UNTOLD = 0.1
"""Share of ``move_yuan`` that a person counts who moves and whom nobody has told."""
RULES = "[dates]\nyear = 2021\n[rules]\nmin_load = 1\n"
"""A coach may leave with one rider, so that everybody travels under each policy."""


@dataclass(frozen=True)
class Family:
    """Campaigns that are alike: people, their villages within ``home_km``, and how many days a window has."""

    num_people: int
    num_villages: int
    home_km: float
    windows: tuple[int, int]


FAMILIES = {
    "county": Family(250, 6, 35.0, (1, 7)),
    "thin": Family(120, 10, 45.0, (1, 7)),
    "dense": Family(600, 6, 35.0, (1, 7)),
    "urgent": Family(250, 6, 35.0, (1, 3)),
}


@dataclass(frozen=True)
class Played:
    """A campaign: everybody who will sign up, with the evening of each line."""

    roster: Roster
    night: Ints
    rules: Rules
    law: Law


class Result(NamedTuple):
    """What the batches of a campaign cost, and who was left."""

    yuan: float
    num_left: int


class Ride(NamedTuple):
    """A batch of a plan: its day, its pool, the lines of its riders, its cost."""

    day: date
    pool: int
    lines: Ints
    yuan: float


def invent_campaign(family: Family, seed: int) -> pd.DataFrame:
    """Invent sign-ups with the ``night`` of each, from 0 on."""
    random, num_people, (shortest, longest) = random_source(seed), family.num_people, family.windows
    people = invent_people(np.full(num_people, DIVISION), random)
    night = np.where(
        random.random_sample(num_people) < SHARE_OF_FIRST, 0, random.randint(1, NUM_NIGHTS, num_people)
    )
    lead = random.randint(1, LONGEST_LEAD + 1, num_people)
    length = random.randint(shortest, longest + 1, num_people)
    first = np.datetime64(FIRST_NIGHT) + night + lead
    city = random.choice(list(CITIES), num_people, p=[0.5, 0.2, 0.3])
    firm = [f"{name}第{nth + 1}厂" for name, nth in zip(city, random.randint(0, 3, num_people), strict=True)]
    return pd.DataFrame(
        {
            "姓名": people["name"],
            "身份证号码": people["id_number"],
            "联系电话": people["phone"],
            "户籍市": "贵港市",
            "户籍县(市、区)": "港南区",
            "上车地点": [f"第{nth + 1}村" for nth in random.randint(0, family.num_villages, num_people)],
            "务工城市": city,
            "下车地点": firm,
            "最早出发日期": np.datetime_as_string(first),
            "最晚出发日期": np.datetime_as_string(first + length - 1),
            "night": night,
        }
    )


def invent_places(family: Family, seed: int) -> pd.DataFrame:
    """Invent where the villages and the factories stand."""
    random = random_source(1000 + seed)
    names = [(f"第{nth + 1}村", HOME, family.home_km, "港南区") for nth in range(family.num_villages)]
    names += [
        (f"{city}第{nth + 1}厂", centre, 20.0, city) for city, centre in CITIES.items() for nth in range(3)
    ]
    rows = []
    for name, (lat, lon), km, owner in names:
        away = random.uniform(-km, km, 2) / KM_PER_DEGREE
        rows.append((name, round(lat + away[0], 5), round(lon + away[1], 5), owner))
    return pd.DataFrame(rows, columns=["地点", "纬度", "经度", "所属"])


def enrolled(signups: pd.DataFrame, places: pd.DataFrame) -> Played:
    """Read all sign-ups of a campaign from a sheet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_worksheet(places, folder / "地点.xlsx", "地点")
        write_worksheet(signups.drop(columns="night"), folder / "报名.xlsx", "报名")
        (folder / "returnplan.toml").write_text(RULES, encoding="utf-8")
        campaign = Campaign(load_config(folder / "returnplan.toml"), folder / "returnplan.db")
        files = (folder / "报名.xlsx", folder / "地点.xlsx")
        _, roster, rules = read_and_enrol(campaign, Inputs(files), None, no_progress)
    night = roster.people["id_number"].map(dict(zip(signups["身份证号码"], signups["night"], strict=True)))
    return Played(match(roster), night.to_numpy(np.int64), rules, campaign.config.law)


def played(campaign: Played, *, is_advised: bool, effort: Effort) -> Result:
    """Return what a campaign comes to if on each evening that is published which leaves on the next day."""
    people, night = campaign.roster.people, campaign.night
    latest = people["latest"].to_numpy()
    is_gone, drafts, yuan = np.zeros(len(people), dtype=bool), list[Ride](), 0.0
    last = (people["latest"].max().date() - FIRST_NIGHT).days
    for nth in range(last + 1):
        tomorrow = FIRST_NIGHT + timedelta(days=nth + 1)
        is_open = (night <= nth) & ~is_gone & (latest >= np.datetime64(tomorrow))
        if not is_open.any():
            continue
        code = people["code"].where(is_open, "gone")
        roster = replace(campaign.roster, people=people.assign(code=code), not_before=tomorrow)
        before, drafts = drafts, _planned(campaign, roster, drafts, effort)
        if is_advised and (decided := _advised(campaign, roster, drafts, nth)):
            drafts = _planned(campaign, decided, before, effort)
        for ride in (one for one in drafts if one.day == tomorrow):
            is_gone[ride.lines] = True
            yuan += ride.yuan
        drafts = [one for one in drafts if one.day > tomorrow]
    return Result(yuan, int((~is_gone).sum()))


def _advised(campaign: Played, roster: Roster, drafts: Sequence[Ride], nth: int) -> Roster | None:
    """Return the roster with the windows of those who are to leave tomorrow, and to wait; None: as the plan says."""
    tonight, tomorrow = (FIRST_NIGHT + timedelta(days=day) for day in (nth, nth + 1))
    known = campaign.night <= nth
    everybody = replace(campaign.roster, people=campaign.roster.people[known])
    person = pd.Series(everybody.people.index, index=everybody.people.index)
    seen = {
        line: FIRST_NIGHT + timedelta(days=one)
        for line, one in enumerate(campaign.night.tolist())
        if one < nth
    }
    arrivals = arrivals_of(everybody, person, seen, tonight)
    leaving = [Leaving(ride.lines, ride.pool, ride.yuan) for ride in drafts if ride.day == tomorrow]
    found = verdicts(roster, (), leaving, arrivals, tonight, campaign.rules, campaign.law)
    if not found:
        return None
    people = roster.people
    earliest, latest = people["earliest"].copy(), people["latest"].copy()
    for verdict in found.values():
        latest.iloc[verdict.leave] = pd.Timestamp(tomorrow)
        day_after = pd.Timestamp(tomorrow + timedelta(days=1))
        soonest = earliest.iloc[verdict.wait]
        earliest.iloc[verdict.wait] = soonest.where(soonest >= day_after, day_after)
    return replace(roster, people=people.assign(earliest=earliest, latest=latest))


def _planned(campaign: Played, roster: Roster, drafts: Sequence[Ride], effort: Effort) -> list[Ride]:
    """Return the plan of an evening; the drafts of the evening before are known, and nobody was told of them."""
    batch = np.full(len(roster.people), NO_PREVIOUS)
    for at, ride in enumerate(drafts):
        batch[ride.lines] = at
    previous = PreviousBatches(
        batch,
        tuple(ride.day for ride in drafts),
        np.array([ride.pool for ride in drafts], dtype=np.int64),
        np.full(len(drafts), UNTOLD * campaign.rules.move_yuan),
        np.array([ride.yuan / len(ride.lines) for ride in drafts]),
    )
    problem, travellers = build_problem(roster, campaign.rules, campaign.law, previous)
    rides, next_group = [], travellers.group_start[:-1].copy()
    for draft in solve(problem, effort):
        lines = []
        for cell, num in draft.load:
            begin = next_group[cell]
            next_group[cell] = end = begin + num
            lines.append(travellers.member_row[travellers.member_start[begin] : travellers.member_start[end]])
        day = problem.first_day + timedelta(days=draft.day)
        rides.append(Ride(day, draft.leg.pool, np.concatenate(lines), draft.cost_yuan(problem)))
    return rides


def foreseen(campaign: Played, effort: Effort) -> Result:
    """Return the plan that knows the future: the cheaper of a search of that effort and one of the usual effort."""
    people = campaign.roster.people
    told = pd.Series(np.datetime64(FIRST_NIGHT) + campaign.night + 1).astype(people["earliest"].dtype)
    later = people["earliest"].where(people["earliest"] >= told, told)
    roster = replace(campaign.roster, people=people.assign(earliest=later))
    plans = [_planned(campaign, roster, (), one) for one in (effort, Effort())]
    results = (
        Result(sum(ride.yuan for ride in rides), len(people) - sum(len(ride.lines) for ride in rides))
        for rides in plans
    )
    return min(results, key=lambda result: (result.num_left, result.yuan))


def with_spread(shares: Sequence[float]) -> str:
    """Return the mean of some shares and its standard error."""
    error = np.std(shares, ddof=1) / np.sqrt(len(shares)) if len(shares) > 1 else np.nan
    return f"{np.mean(shares):+.1%} ± {100 * error:.1f}"


@click.command()
@click.option("--campaigns", type=click.IntRange(1), default=12, show_default=True)
@click.option(
    "--first", type=click.IntRange(1), default=1, show_default=True, help="Number of the first campaign."
)
@click.option("--family", "names", type=click.Choice(list(FAMILIES)), multiple=True, help="Default: all.")
@click.option(
    "--work", type=click.IntRange(1), default=100_000, show_default=True, help="Base work of a plan."
)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(campaigns: int, first: int, names: tuple[str, ...], work: int, path: Path | None) -> None:
    """Play CAMPAIGNS of each family under each policy."""
    effort = Effort(base_work=work)
    heads = ["family", "campaign", "knows the future", *POLICIES, "difference"]
    lines = [f"| {' | '.join(heads)} |", "|--|" + "--:|" * (len(heads) - 1)]
    for name in names or FAMILIES:
        family, above = FAMILIES[name], list[tuple[float, float]]()
        for seed in range(first, first + campaigns):
            campaign = enrolled(invent_campaign(family, seed), invent_places(family, seed))
            best = foreseen(campaign, effort)
            results = [played(campaign, is_advised=advised, effort=effort) for advised in (False, True)]
            last, advised = (result.yuan / best.yuan - 1 for result in results)
            above.append((last, advised))
            cells = [f"{result.yuan / best.yuan - 1:+.1%}, {result.num_left} left" for result in results]
            lines.append(
                f"| {name} | {seed} | {best.yuan:,.0f} yuan | {' | '.join(cells)} | {advised - last:+.1%} |"
            )
            print(lines[-1], flush=True)
        columns = [*zip(*above, strict=True), list(starmap(lambda last, advised: advised - last, above))]
        lines.append(f"| {name} | mean ± its error | | {' | '.join(map(with_spread, columns))} |")
        print(lines[-1], flush=True)
    if path:
        table = "\n".join(lines)
        path.write_text(f"# Send or hold\n\n{table}\n\nMeasured {machine()}.\n", encoding="utf-8")


if __name__ == "__main__":
    main()
