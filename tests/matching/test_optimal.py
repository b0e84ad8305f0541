"""Matching against trying everything: thousands of tiny towns, the same goals in the same order.

Towns that share no city do not touch each other, so many of them are matched in one roster, and the best of
all is the best of each.
"""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from returnplan.matching import match
from returnplan.model.roster import Vacancy
from tests.specimens.rosters import place, roster, vacancy

NUM_ROUNDS, NUM_TOWNS = 10, 100
NUM_SITES = 3
POSTS = ("", "普工", "电焊")


def city_of(site: int) -> str:
    """Return the city of a site: the first two of each town's three sites lie in one city."""
    town, number = divmod(site, NUM_SITES)
    return f"{town}城{max(1, number)}"


def random_vacancy(dice: random.Random, town: int, number: int) -> Vacancy:
    site = town * NUM_SITES + dice.randrange(NUM_SITES)
    return vacancy(
        f"{town}-{number}厂",
        site,
        city=city_of(site),
        post=dice.choice(POSTS[1:]),
        headcount=dice.choice([None, 0, 1, 1, 2, 3]),
        wage_yuan=dice.choice([None, 4000.0, 4500.5]),
        sex=dice.choice([None, None, "男"]),
        max_age=dice.choice([None, None, 40]),
    )


def random_worker(dice: random.Random, town: int, with_parties: bool) -> dict[str, Any]:
    sites = [town * NUM_SITES + number for number in range(NUM_SITES)]
    city = city_of(dice.choice(sites))
    return {
        "city": city,
        "acceptable": dice.choice([(), tuple(sorted({*map(city_of, sites)} - {city}))]),
        "sex": dice.choice("男女"),
        "age": dice.choice([30, 50]),
        "post": dice.choice(POSTS),
        "rank": dice.randrange(3),
        "party": town * 2 + dice.choice([0, 0, 1]) if with_parties and dice.random() < 0.7 else -1,
        "employer": dice.choice(["", "", "", "旧厂"]),
        "dropoff": dice.choice(sites),
    }


def admits(line: Vacancy, worker: Any) -> bool:
    return (
        line.city in (worker.city, *worker.acceptable)
        and line.sex in (None, worker.sex)
        and (line.max_age is None or worker.age <= line.max_age)
    )


def assignments(seekers: Sequence[Any], offers: Sequence[Vacancy]) -> Iterator[tuple[Vacancy | None, ...]]:
    """Yield every way to give each seeker an admitting vacancy or none that keeps the headcounts."""

    def extend(chosen: tuple[Vacancy | None, ...]) -> Iterator[tuple[Vacancy | None, ...]]:
        if len(chosen) == len(seekers):
            yield chosen
            return
        yield from extend((*chosen, None))
        for offer in offers:
            free = chosen.count(offer) < (offer.headcount or 0)
            if free and admits(offer, seekers[len(chosen)]):
                yield from extend((*chosen, offer))

    yield from extend(())


def keeps_parties(
    seekers: Sequence[Any], chosen: Sequence[Vacancy | None], pins: Mapping[Any, set[int]]
) -> bool:
    for party in {worker.party for worker in seekers} - {-1}:
        offers = [offer for worker, offer in zip(seekers, chosen, strict=True) if worker.party == party]
        sites = {offer.place for offer in offers if offer}
        if sites and (None in offers or len(sites) > 1 or not sites <= pins.get(party, sites)):
            return False
    return True


def worth(
    seekers: Sequence[Any], chosen: Sequence[Vacancy | None], *, with_before: bool
) -> tuple[float, ...]:
    placed = [(worker, offer) for worker, offer in zip(seekers, chosen, strict=True) if offer]
    ranks = Counter(worker.rank for worker, _ in placed)
    wishes = sum(worker.post == offer.post for worker, offer in placed)
    wage = sum(offer.wage_yuan or 0.0 for _, offer in placed)
    at_home = sum(worker.city == offer.city for worker, offer in placed)
    stay = sum(worker.had == offer for worker, offer in placed) if with_before else 0
    return len(placed), ranks[0], ranks[1], wishes, wage, at_home, stay


@pytest.mark.parametrize("with_parties", [False, True])
@pytest.mark.parametrize("seed", range(NUM_ROUNDS))
def test_no_assignment_is_better(seed: int, with_parties: bool) -> None:
    """Of parties not all that could do so keep what they had: who of a party was where is counted by its first."""
    dice = random.Random(seed)
    towns = range(NUM_TOWNS)
    offers = [[random_vacancy(dice, town, i) for i in range(dice.randint(1, 3))] for town in towns]
    workers = [random_worker(dice, town, with_parties) for town in towns for _ in range(dice.randint(1, 5))]
    places = [place(f"厂门{site}", city_of(site)) for site in range(NUM_TOWNS * NUM_SITES)]
    lines = [offer for town in offers for offer in town]
    had = [dice.randrange(-1, len(lines)) if dice.random() < 0.3 else -1 for _ in workers]
    for worker, town in enumerate(int(w["city"].split("城")[0]) for w in workers):
        if had[worker] < 0 and dice.random() < 0.8:
            had[worker] = lines.index(dice.choice(offers[town]))
    people = match(roster(workers, places=places, vacancies=lines), np.array(had)).people
    people = people.assign(had=pd.Series([lines[line] if line >= 0 else None for line in had], dtype=object))
    employed = people[(people["employer"] != "") & (people["party"] >= 0)]
    pins = employed.groupby("party")["dropoff"].agg(set).to_dict()
    seekers = people[people["employer"] == ""].assign(city=[w["city"] for w in workers if not w["employer"]])
    town_of = seekers["city"].str.split("城").str[0].astype(int)
    for town, group in seekers.groupby(town_of):
        members: list[Any] = list(group.itertuples())
        found = tuple(lines[worker.vacancy] if worker.vacancy >= 0 else None for worker in members)
        every = [c for c in assignments(members, offers[town]) if keeps_parties(members, c, pins)]
        assert found in every
        best = max(worth(members, chosen, with_before=not with_parties) for chosen in every)
        assert worth(members, found, with_before=not with_parties) == best
