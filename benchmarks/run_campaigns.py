"""Plays campaigns night by night: what does it cost to publish every draft at once, at the last moment, or as advised?

    python -m benchmarks.run_campaigns [--campaigns 3] [--family thin] [--write benchmarks/campaigns.md]

A county sends people to three cities. On the first evening lists are there; on each of eleven more evenings others sign
up, who travel one to eleven days later. Each evening is planned, and batches are published by one of the rules. The
plan that knows the future is made of all sign-ups at once; nobody leaves earlier than the notice after the own sign-up.
"""

import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click
import numpy as np
import pandas as pd
from rustpy_xlsxwriter import write_worksheet

from benchmarks.measuring import machine
from benchmarks.people.towns import CITIES, DIVISION, HOME
from examples.people import invent_people, random_source
from returnplan.config import load_config
from returnplan.model.plan import Plan
from returnplan.planning import Effort
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.choice import Choice
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from returnplan.usecases.publish import publish
from returnplan.usecases.show import show

NUM_NIGHTS = 12
FIRST_NIGHT = date(2021, 2, 16)
SHARE_OF_FIRST = 0.25
LONGEST_LEAD = 5  # days
KM_PER_DEGREE = 111.2
POLICIES = ("each night", "last night", "as advised")
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
class Result:
    """What the batches of a campaign cost, and who was left."""

    yuan: float
    num_planned: int
    num_left: int


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


def played(signups: pd.DataFrame, places: pd.DataFrame, policy: str, search: Search) -> Result:
    """Return what a campaign comes to under a policy."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        campaign = _prepared(folder, places)
        for nth in range(NUM_NIGHTS):
            tonight = FIRST_NIGHT + timedelta(days=nth)
            _write(signups[signups["night"] == nth], folder / "inbox" / f"第{nth + 1}晚.xlsx")
            advised = policy == "as advised"
            request = PlanRequest(Inputs((folder / "inbox",)), None, tonight, nights=advised, search=search)
            plan(campaign, request)
            until = None if policy == "each night" else tonight + timedelta(days=1)
            _publish(campaign, until)
        _publish(campaign, None)
        return _result(show(campaign)[1])


def _prepared(folder: Path, places: pd.DataFrame) -> Campaign:
    (folder / "inbox").mkdir()
    write_worksheet(places, folder / "inbox" / "地点.xlsx", "地点")
    (folder / "returnplan.toml").write_text(RULES, encoding="utf-8")
    return Campaign(load_config(folder / "returnplan.toml"), folder / "returnplan.db")


def _publish(campaign: Campaign, until: date | None) -> None:
    last = until or date(2021, 12, 31)
    if any(batch.state == "draft" and batch.date <= last for batch in show(campaign)[1].batches):
        publish(campaign, Choice(until=last))


def _write(signups: pd.DataFrame, path: Path) -> None:
    write_worksheet(signups.drop(columns="night"), path, "报名")


def _result(made: Plan) -> Result:
    return Result(sum(batch.cost_yuan for batch in made.batches), len(made.riders), len(made.unplanned))


def foreseen(signups: pd.DataFrame, places: pd.DataFrame, search: Search) -> Result:
    """Return the plan that knows the future."""
    told = pd.to_datetime(np.datetime64(FIRST_NIGHT) + signups["night"].to_numpy() + 1)
    first = pd.to_datetime(signups["最早出发日期"])
    with tempfile.TemporaryDirectory() as name:
        campaign = _prepared(Path(name), places)
        later = first.where(first >= told, pd.Series(told, index=first.index)).dt.strftime("%Y-%m-%d")
        _write(signups.assign(最早出发日期=later), Path(name) / "inbox" / "报名.xlsx")
        return _result(plan(campaign, PlanRequest(Inputs((Path(name) / "inbox",)), None, search=search)).plan)


@click.command()
@click.option("--campaigns", type=click.IntRange(1), default=3, show_default=True)
@click.option("--family", "names", type=click.Choice(list(FAMILIES)), multiple=True, help="Default: all.")
@click.option(
    "--work", type=click.IntRange(1), default=100_000, show_default=True, help="Base work of a plan."
)
@click.option("--write", "path", type=click.Path(path_type=Path), help="Write the page there too.")
def main(campaigns: int, names: tuple[str, ...], work: int, path: Path | None) -> None:
    """Play CAMPAIGNS of each family under each policy."""
    search = Search(Effort(base_work=work))
    heads = ["family", "campaign", "knows the future", *POLICIES]
    lines = [f"| {' | '.join(heads)} |", "|--|--:|--:|" + "--:|" * len(POLICIES)]
    for name in names or FAMILIES:
        above: dict[str, list[float]] = {policy: [] for policy in POLICIES}
        for seed in range(1, campaigns + 1):
            family = FAMILIES[name]
            signups, places = invent_campaign(family, seed), invent_places(family, seed)
            best = foreseen(signups, places, search)
            cells = [f"{best.yuan:,.0f} yuan, {best.num_left} left"]
            for policy in POLICIES:
                result = played(signups, places, policy, search)
                above[policy].append(result.yuan / best.yuan - 1)
                cells.append(f"{above[policy][-1]:+.1%}, {result.num_left} left")
            lines.append(f"| {name} | {seed} | {' | '.join(cells)} |")
            print(lines[-1], flush=True)
        means = " | ".join(f"{np.mean(above[policy]):+.1%}" for policy in POLICIES)
        lines.append(f"| {name} | mean | | {means} |")
        print(lines[-1], flush=True)
    if path:
        table = "\n".join(lines)
        path.write_text(f"# Send or hold\n\n{table}\n\nMeasured {machine()}.\n", encoding="utf-8")


if __name__ == "__main__":
    main()
