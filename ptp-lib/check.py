"""Check a solution of PTP-LIB: python check.py INSTANCE SOLUTION

Both are JSON files (.json or .json.gz), described in README.md beside this file. Every rule is checked, all that is
broken is printed, one line each, and then what the solution costs. All figures are worked out as exact fractions; no
figure is rounded and no tolerance is needed. The exit code is 0 if every rule is kept and the claimed cost is the true
one, 1 if not, 2 if a file cannot be read. Needs Python 3.11 and nothing else.
"""

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

Json = dict[str, Any]

MINUTES_A_DAY = 1440
KINDS = ("direct", "feeder", "train", "shuttle")
ROUTES = (["direct"], ["train"], ["feeder", "train"], ["train", "shuttle"], ["feeder", "train", "shuttle"])
"""The kinds of the batches of a journey, in the order of travel."""


class UnreadableError(Exception):
    """The file is no solution of the instance, so nothing can be checked."""


class Broken(NamedTuple):
    """A rule that the solution breaks: its name in README.md, and how."""

    rule: str
    words: str


class Result(NamedTuple):
    """What is broken, who stays at home (people by class, the first class first), and the cost in its parts."""

    broken: list[Broken]
    left: list[int]
    yuan: dict[str, Fraction]

    @property
    def cost_yuan(self) -> Fraction:
        """Return the sum of the parts, which is compared with others."""
        return sum(self.yuan.values(), Fraction(0))


def read(path: Path) -> Json:
    """Return a JSON file with its decimals as exact fractions."""
    try:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        value = json.loads(text, parse_float=Fraction)
    except (OSError, EOFError, ValueError) as error:
        raise UnreadableError(f"{path} cannot be read: {error}") from error
    if not isinstance(value, dict):
        raise UnreadableError(f"{path} holds no JSON object")
    return value


def check(instance: Json, solution: Json) -> Result:
    """Check every rule and work out the cost.

    Raises
    ------
    UnreadableError : a key is missing, or a place, vehicle, train, group or batch does not exist
    """
    plan = _Plan(instance, solution)
    broken = [
        *_once(plan), *_days(plan), *_stops(plan), *_sharing(plan), *_seats(plan), *_loops(plan), *_vehicles(plan),
        *_caps(plan), *_trains(plan), *_changes(plan), *_last_plan(plan),
    ]  # fmt: skip
    result = Result(broken, _left(plan), _yuan(plan))
    claimed = solution.get("cost_yuan")
    if claimed is not None and round(result.cost_yuan, 2) != round(Fraction(claimed), 2):
        words = f"the solution claims {float(claimed):.2f} yuan, it costs {float(result.cost_yuan):.2f}"
        broken.append(Broken("claim", words))
    return result


class _Batch(NamedTuple):
    """A batch of the solution; ``rides`` are groups and how many of each."""

    id: str
    kind: str
    vehicle: int
    day: int
    pickups: list[int]
    dropoffs: list[int]
    departs: int
    run_of: str
    continues: int | None
    rides: "Counter[int]"


class _Journey(NamedTuple):
    """Some groups and the batches that they ride on, in order; by train also their stations."""

    group: int
    num: int
    batches: list[_Batch]
    board: int | None
    alight: int | None


class _Plan:
    """Instance and solution side by side; what refers to nothing is refused here."""

    def __init__(self, instance: Json, solution: Json) -> None:
        if solution.get("instance") != instance["name"]:
            raise UnreadableError(
                f"the solution is for {solution.get('instance')!r}, not for {instance['name']!r}"
            )
        self.instance, self.rules, self.km = instance, instance["rules"], instance["km"]
        self.groups, self.vehicles, self.trains = instance["groups"], instance["vehicles"], instance["trains"]
        self.last_plan, self.transfers = instance["last_plan"], instance["transfers"]
        try:
            self.batches = {batch.id: batch for batch in map(self._batch, solution["batches"])}
            self.journeys = list(map(self._journey, solution["journeys"]))
        except (KeyError, TypeError) as error:
            raise UnreadableError(f"the solution lacks {error}") from error
        if len(self.batches) < len(solution["batches"]):
            raise UnreadableError("two batches have the same id")
        for journey in self.journeys:
            for batch in journey.batches:
                batch.rides[journey.group] += journey.num

    def _batch(self, said: Json) -> _Batch:
        kind = said["kind"]
        if kind not in KINDS:
            raise UnreadableError(f"a batch is {', '.join(KINDS)}; {kind!r} is none of them")
        is_train = kind == "train"
        what = _index(
            said["train" if is_train else "vehicle"], self.trains if is_train else self.vehicles, "vehicle"
        )
        day = self.trains[what]["day"] if is_train else _whole(said["day"], "a day")
        pickups, dropoffs = (
            [_index(place, self.km, "place") for place in said.get(stops, [])]
            for stops in ("pickups", "dropoffs")
        )
        continues = said.get("continues")
        if continues is not None:
            continues = _index(continues, self.last_plan, "batch of the last plan")
        departs = _whole(said["departs"], "an hour") if kind in ("feeder", "shuttle") else 0
        run_of = str(said.get("run_of", said["id"]))
        return _Batch(
            str(said["id"]), kind, what, day, pickups, dropoffs, departs, run_of, continues, Counter[int]()
        )

    def _journey(self, said: Json) -> _Journey:
        group, count = _index(said["group"], self.groups, "group"), _whole(said["count"], "a count")
        if unknown := [name for name in said["batches"] if name not in self.batches]:
            raise UnreadableError(
                f"a journey of group {group} names the batch {unknown[0]!r}, which does not exist"
            )
        if count < 1:
            raise UnreadableError(f"a journey of group {group} is for {count} groups")
        ends = [
            None if said.get(end) is None else _index(said[end], self.km, "place")
            for end in ("board", "alight")
        ]
        return _Journey(group, count, [self.batches[name] for name in said["batches"]], *ends)

    def people(self, group: int) -> int:
        """Return the people of one group."""
        return sum(self.groups[group]["people"])

    def riders(self, batch: _Batch) -> int:
        return sum(num * self.people(group) for group, num in batch.rides.items())

    def seats(self, batch: _Batch) -> int:
        return sum(num * int(self.groups[group]["seats"]) for group, num in batch.rides.items())

    def length(self, stops: list[int]) -> Fraction:
        """Return the km along some stops."""
        return sum((Fraction(self.km[a][b]) for a, b in pairwise(stops)), Fraction(0))

    def minute_at(self, batch: _Batch, place: int) -> int:
        """Return when a feeder or shuttle is at a stop, in minutes after the midnight of the first day."""
        stops = batch.pickups + batch.dropoffs
        before = stops[: stops.index(place) + 1]
        way = self.length(before) * 60 / Fraction(self.transfers["speed_kmh"])
        way += self.transfers["dwell_minutes"] * (len(before) - 1)
        return batch.day * MINUTES_A_DAY + batch.departs + int(way)


def _whole(value: Any, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise UnreadableError(f"{what} is a whole number, not {value!r}")
    return value


def _index(value: Any, among: list[Any], what: str) -> int:
    number = _whole(value, f"a {what}")
    if not 0 <= number < len(among):
        raise UnreadableError(f"there is no {what} {number}")
    return number


def _once(plan: _Plan) -> Iterator[Broken]:
    """No more groups travel than there are."""
    travelling: Counter[int] = Counter()
    for journey in plan.journeys:
        travelling[journey.group] += journey.num
        kinds = [batch.kind for batch in journey.batches]
        if kinds not in ROUTES:
            yield Broken("once", f"a journey of group {journey.group} is {' + '.join(kinds) or 'empty'}")
    for group, num in travelling.items():
        if num > plan.groups[group]["count"]:
            words = f"group {group} travels {num} times, there are {plan.groups[group]['count']} of it"
            yield Broken("once", words)
    for batch in plan.batches.values():
        if not batch.rides:
            yield Broken("once", f"nobody rides on {batch.id}")


def _days(plan: _Plan) -> Iterator[Broken]:
    """Everybody leaves home within the window."""
    for journey in plan.journeys:
        if not journey.batches:
            continue
        group, day = plan.groups[journey.group], journey.batches[0].day
        if not group["first_day"] <= day <= group["last_day"]:
            window = f"{group['first_day']} to {group['last_day']}"
            yield Broken("days", f"group {journey.group} leaves on day {day}, its window is {window}")


def _stops(plan: _Plan) -> Iterator[Broken]:
    """Everybody boards and alights where the vehicle calls."""
    for batch in plan.batches.values():
        if batch.kind == "train":
            continue
        for name, stops in (("pickups", batch.pickups), ("dropoffs", batch.dropoffs)):
            if not stops or len(set(stops)) < len(stops):
                yield Broken("stops", f"the {name} of {batch.id} are {stops}: each is called at once")
    for journey in plan.journeys:
        group = plan.groups[journey.group]
        for batch in journey.batches:
            if batch.kind == "train":
                continue
            boards = journey.alight if batch.kind == "shuttle" else group["pickup"]
            alights = journey.board if batch.kind == "feeder" else group["dropoff"]
            if boards not in batch.pickups:
                yield Broken(
                    "stops", f"group {journey.group} boards at {boards}, {batch.id} does not call there"
                )
            if alights not in batch.dropoffs:
                yield Broken(
                    "stops", f"group {journey.group} alights at {alights}, {batch.id} does not call there"
                )


def _sharing(plan: _Plan) -> Iterator[Broken]:
    """Only people to one city share a direct coach, and only those of one county if counties do not mix."""
    for batch in plan.batches.values():
        riding = [plan.groups[group] for group in batch.rides]
        cities, counties = ({group[key] for group in riding} for key in ("city", "county"))
        if batch.kind == "direct" and len(cities) > 1:
            yield Broken("city", f"{batch.id} carries people to {sorted(cities)}")
        if batch.kind != "train" and not plan.rules["mix_counties"] and len(counties) > 1:
            yield Broken("county", f"{batch.id} carries people of {sorted(counties)}")


def _seats(plan: _Plan) -> Iterator[Broken]:
    """No more seats are taken than there are, and enough people ride."""
    for batch in plan.batches.values():
        is_train = batch.kind == "train"
        vehicle = plan.trains[batch.vehicle] if is_train else plan.vehicles[batch.vehicle]
        most = vehicle["capacity" if is_train else "seats"]
        if plan.seats(batch) > most:
            yield Broken("seats", f"{batch.id} needs {plan.seats(batch)} seats of {most}")
        if plan.riders(batch) < vehicle["min_load"]:
            yield Broken(
                "least",
                f"{batch.id} carries {plan.riders(batch)} people, at least {vehicle['min_load']} must ride",
            )


def _loops(plan: _Plan) -> Iterator[Broken]:
    """There are few stops of a kind, and they lie near each other."""
    for batch in plan.batches.values():
        if batch.kind == "train":
            continue
        for kind, stops in (("pickup", batch.pickups), ("dropoff", batch.dropoffs)):
            most, most_km = plan.rules[f"max_{kind}s"], plan.rules[f"max_{kind}_km"]
            if len(stops) > most:
                yield Broken("loops", f"{batch.id} has {len(stops)} {kind}s of at most {most}")
            if most_km is not None and plan.length(stops) > most_km:
                km = float(plan.length(stops))
                yield Broken(
                    "loops", f"{batch.id} drives {km:.3f} km between its {kind}s, at most {float(most_km)}"
                )


def _vehicles(plan: _Plan) -> Iterator[Broken]:
    """A vehicle serves its own prefecture and purpose, and no more are away on a day than there are."""
    for batch in plan.batches.values():
        if batch.kind == "train":
            continue
        vehicle = plan.vehicles[batch.vehicle]
        if vehicle["use"] != "any" and (vehicle["use"] == "direct") != (batch.kind == "direct"):
            yield Broken("vehicles", f"{batch.id} is {batch.kind}, its vehicle is for {vehicle['use']} runs")
        homes = {plan.groups[group]["prefecture"] for group in batch.rides}
        if batch.kind == "shuttle":
            homes = {plan.instance["places"][place]["prefecture"] for place in batch.pickups}
        if vehicle["base"] is not None and homes - {vehicle["base"]}:
            words = (
                f"people board {batch.id} in {sorted(map(str, homes))}, its vehicle is of {vehicle['base']}"
            )
            yield Broken("base", words)
    for number, vehicle in enumerate(plan.vehicles):
        if vehicle["per_day"] is not None:
            yield from _fleet(plan, number, vehicle)
    yield from _runs(plan)


def _fleet(plan: _Plan, number: int, vehicle: Json) -> Iterator[Broken]:
    leaving: defaultdict[int, set[str]] = defaultdict(set)
    for batch in plan.batches.values():
        if batch.kind != "train" and batch.vehicle == number:
            leaving[batch.day].add(batch.run_of)
    for day in sorted(leaving):
        since = range(day - vehicle["turnaround_days"] + 1, day + 1)
        away = sum(len(leaving[d]) for d in since if d in leaving)
        there = vehicle["per_day"][day] if 0 <= day < len(vehicle["per_day"]) else 0
        if away > there:
            yield Broken(
                "vehicles", f"{away} vehicles of type {number} are away on day {day}, there are {there}"
            )


def _runs(plan: _Plan) -> Iterator[Broken]:
    """A vehicle that runs several times on a day is back in time."""
    blocks: defaultdict[str, list[_Batch]] = defaultdict(list)
    for batch in plan.batches.values():
        if batch.kind != "train":
            blocks[batch.run_of].append(batch)
    for name, runs in blocks.items():
        if len(runs) == 1:
            continue
        runs.sort(key=lambda batch: (batch.day, batch.departs))
        vehicle = plan.vehicles[runs[0].vehicle]
        most = vehicle["runs_per_day"]
        if len({(batch.vehicle, batch.day) for batch in runs}) > 1 or any(
            batch.kind == "direct" for batch in runs
        ):
            yield Broken("runs", f"the runs of {name} are not feeders and shuttles of one vehicle on one day")
        if most is not None and len(runs) > most:
            yield Broken("runs", f"{name} runs {len(runs)} times on a day, at most {most}")
        for before, after in pairwise(runs):
            empty_km = Fraction(plan.km[before.dropoffs[-1]][after.pickups[0]])
            way = empty_km * 60 / Fraction(plan.transfers["speed_kmh"])
            back = plan.minute_at(before, before.dropoffs[-1]) + way
            if back > after.day * MINUTES_A_DAY + after.departs + 1:
                yield Broken("runs", f"{after.id} leaves before its vehicle is back from {before.id}")


def _caps(plan: _Plan) -> Iterator[Broken]:
    """No more people leave a prefecture on a day than may."""
    leaving: Counter[tuple[str, int]] = Counter()
    for journey in plan.journeys:
        if journey.batches:
            home = plan.groups[journey.group]["prefecture"]
            leaving[home, journey.batches[0].day] += journey.num * plan.people(journey.group)
    for (home, day), people in sorted(leaving.items()):
        most = plan.rules["departures_per_day"].get(home)
        if most is not None and people > most:
            yield Broken("caps", f"{people} people leave {home} on day {day}, at most {most} may")


def _trains(plan: _Plan) -> Iterator[Broken]:
    """People board a train at its earlier stations, within each one's quota, and alight at its later ones."""
    ordered: Counter[tuple[str, int]] = Counter()
    for batch in plan.batches.values():
        if batch.kind != "train":
            continue
        train = plan.trains[batch.vehicle]
        ordered[train["name"], train["day"]] += 1
        calls = {call["place"]: (i, call) for i, call in enumerate(train["calls"])}
        boarding: Counter[int] = Counter()
        first_off, last_on = len(calls), -1
        for journey in plan.journeys:
            if batch not in journey.batches:
                continue
            on, off = calls.get(journey.board), calls.get(journey.alight)
            if on is None or off is None or on[1]["departs"] is None or off[1]["arrives"] is None:
                yield Broken(
                    "trains",
                    f"group {journey.group} boards {batch.id} at {journey.board} and alights at {journey.alight}",
                )
                continue
            last_on, first_off = max(last_on, on[0]), min(first_off, off[0])
            boarding[on[1]["place"]] += journey.num * plan.groups[journey.group]["seats"]
        if last_on >= first_off:
            yield Broken("trains", f"somebody boards {batch.id} behind a station where others alight")
        for place, seats in boarding.items():
            quota = calls[place][1]["quota"]
            if quota is not None and seats > quota:
                yield Broken(
                    "trains", f"{seats} seats of {batch.id} are taken at place {place}, its quota is {quota}"
                )
    for (name, day), num in ordered.items():
        if num > 1:
            yield Broken("trains", f"the train {name} of day {day} is ordered {num} times")


def _changes(plan: _Plan) -> Iterator[Broken]:
    """Who changes between coach and train has time to, does not wait long, and walks only a little."""
    rules = plan.transfers
    for batch in plan.batches.values():
        if batch.kind in ("feeder", "shuttle") and batch.pickups and batch.dropoffs:
            end = plan.minute_at(batch, batch.dropoffs[-1]) - batch.day * MINUTES_A_DAY
            in_time = rules["earliest_minute"] <= batch.departs and end <= rules["latest_minute"]
            if not in_time or end - batch.departs > rules["longest_minutes"]:
                yield Broken(
                    "changes", f"{batch.id} runs from minute {batch.departs} to minute {end} of its day"
                )
    for journey in plan.journeys:
        kinds = [batch.kind for batch in journey.batches]
        if "train" not in kinds or kinds not in ROUTES:
            continue
        yield from _change_of(plan, journey, dict(zip(kinds, journey.batches, strict=True)))


def _change_of(plan: _Plan, journey: _Journey, ride: dict[str, _Batch]) -> Iterator[Broken]:
    rules, group = plan.transfers, plan.groups[journey.group]
    train = plan.trains[ride["train"].vehicle]
    calls = {call["place"]: call for call in train["calls"]}
    board, alight = journey.board, journey.alight
    if board is None or alight is None or board not in calls or alight not in calls:
        return  # _trains has told it
    departs, arrives = calls[board]["departs"], calls[alight]["arrives"]
    if departs is None or arrives is None:
        return
    midnight, waits = train["day"] * MINUTES_A_DAY, []
    if "feeder" not in ride:
        yield from _walk(plan, journey, (group["pickup"], board))
    elif board in ride["feeder"].dropoffs:
        waits.append((midnight + departs - plan.minute_at(ride["feeder"], board), rules["board_minutes"]))
    if "shuttle" in ride:
        if alight in ride["shuttle"].pickups:
            waits.append(
                (plan.minute_at(ride["shuttle"], alight) - midnight - arrives, rules["alight_minutes"])
            )
    elif not group["walks_on"]:
        yield from _walk(plan, journey, (alight, group["dropoff"]))
    for minutes, least in waits:
        if not least <= minutes <= least + rules["wait_minutes"]:
            words = f"group {journey.group} has {minutes} minutes to change"
            yield Broken("changes", f"{words}; {least} to {least + rules['wait_minutes']} are allowed")


def _walk(plan: _Plan, journey: _Journey, ends: tuple[int, int]) -> Iterator[Broken]:
    km = plan.km[ends[0]][ends[1]]
    if km > plan.transfers["walk_km"]:
        yield Broken("changes", f"group {journey.group} walks {float(km):.3f} km to or from its train")


def _last_plan(plan: _Plan) -> Iterator[Broken]:
    """A batch of the last plan is continued at most once, on its day."""
    continued = [batch for batch in plan.batches.values() if batch.continues is not None]
    for number, num in Counter(batch.continues for batch in continued).items():
        if num > 1:
            yield Broken("last plan", f"{num} batches continue batch {number} of the last plan")
    for batch in continued:
        day = plan.last_plan[batch.continues or 0]["day"]
        if batch.day != day:
            yield Broken(
                "last plan", f"{batch.id} runs on day {batch.day}; the batch that it continues, on day {day}"
            )


def _left(plan: _Plan) -> list[int]:
    staying = [group["count"] for group in plan.groups]
    for journey in plan.journeys:
        staying[journey.group] -= journey.num
    classes = range(plan.instance["classes"])
    people: Iterable[tuple[int, list[int]]] = [
        (num, group["people"]) for num, group in zip(staying, plan.groups, strict=True)
    ]
    return [sum(num * of_class[c] for num, of_class in people) for c in classes]


def _yuan(plan: _Plan) -> dict[str, Fraction]:
    """Return what vehicles, trains, late days and moved people cost."""
    yuan = dict.fromkeys(("coaches", "trains", "late days", "moved people"), Fraction(0))
    for batch in plan.batches.values():
        if batch.kind == "train":
            train, seats = plan.trains[batch.vehicle], plan.seats(batch)
            carriages = -(-seats // train["carriage_seats"])
            yuan["trains"] += (
                train["fixed_yuan"] + carriages * train["carriage_yuan"] + seats * train["seat_yuan"]
            )
            continue
        vehicle, stops = plan.vehicles[batch.vehicle], batch.pickups + batch.dropoffs
        yuan["coaches"] += vehicle["fixed_yuan"] + vehicle["per_km_yuan"] * plan.length(stops)
        yuan["coaches"] += plan.rules["stop_cost_yuan"] * (len(stops) - 2)
    for journey in plan.journeys:
        group, people = plan.groups[journey.group], journey.num * plan.people(journey.group)
        if not journey.batches:
            continue
        if group["resume_day"] is not None:
            late = max(0, journey.batches[0].day - group["resume_day"])
            yuan["late days"] += people * late * plan.rules["late_day_yuan"]
        before = group["before"]
        if before is not None and before not in [batch.continues for batch in journey.batches]:
            yuan["moved people"] += people * plan.last_plan[before]["move_yuan"]
    return yuan


def main(words: list[str]) -> int:
    """Check one file against another and print what was found."""
    if len(words) != 2:
        print(__doc__)
        return 2
    try:
        instance, solution = (read(Path(word)) for word in words)
        result = check(instance, solution)
    except UnreadableError as error:
        print(error)
        return 2
    for rule, told in result.broken:
        print(f"BROKEN {rule}: {told}")
    print(f"people left, class by class: {' '.join(map(str, result.left))}")
    for part, yuan in result.yuan.items():
        print(f"{part}: {float(yuan):.2f} yuan")
    print(f"cost: {float(result.cost_yuan):.2f} yuan")
    print("every rule is kept" if not result.broken else f"{len(result.broken)} rules are broken")
    return bool(result.broken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
