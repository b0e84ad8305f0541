"""Every key of returnplan.toml keeps what it promises: code reads it, and it alone changes what comes out."""

import ast
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
import tomlkit
from openpyxl import load_workbook
from pydantic import BaseModel, RootModel

from returnplan.assembly.payments import bill_of
from returnplan.config import Config
from returnplan.model.errors import InputRefused
from returnplan.model.intake import Intake
from returnplan.model.records import Demand, FleetRow, PlaceRow, RailRow, SignUp
from returnplan.papers.edition import Edition
from returnplan.papers.manifest import write_manifests
from returnplan.planning import Effort
from returnplan.problem.timetable import Halt, Schedule
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.check import check
from returnplan.usecases.plan.make import PlanRequest, plan
from returnplan.usecases.plan.solve import Search
from tests.e2e.program import call
from tests.property.campaigns import PLACES, journeys
from tests.specimens.coach import DAY as COACH_DAY
from tests.specimens.coach import make_batch, make_riders
from tests.specimens.intakes import DAY, intake, signup
from tests.specimens.plans import make_header, make_plan
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

SOURCE = Path(__file__).parents[2] / "src" / "returnplan"
Outcome = Callable[[Config], object]


def tables_of(settings: type[BaseModel], path: str = "") -> Iterator[tuple[str, type[BaseModel]]]:
    """Yield each table of the settings with its class; the whole of them first, under no name."""
    yield path, settings
    for name, key in settings.model_fields.items():
        if isinstance(key.annotation, type) and issubclass(key.annotation, BaseModel):
            yield from tables_of(key.annotation, f"{path}.{name}".lstrip("."))


def keys_of(settings: type[BaseModel]) -> Iterator[str]:
    """Yield every key that a rules file may hold, as table.key; a table of free names is one key."""
    tables = dict(tables_of(settings))
    for path, table in tables.items():
        if issubclass(table, RootModel):
            yield path
            continue
        keys = (f"{path}.{name}".lstrip(".") for name in table.model_fields)
        yield from (key for key in keys if key not in tables)


KEYS = set(keys_of(Config))


# What reads a key: by the syntax tree.


def last_name(node: ast.AST | None) -> str:
    """Return the last name of ``a.b.c`` or ``C()``; "" of anything else."""
    if isinstance(node, ast.Call):
        return last_name(node.func)
    if isinstance(node, ast.Constant):
        return str(node.value).rpartition(".")[2]
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


@dataclass(frozen=True)
class Module:
    """Attributes that a module takes (receiver, name); names that it types or assigns (name, class or source)."""

    taken: set[tuple[str, str]]
    typed: set[tuple[str, str]]
    assigned: set[tuple[str, str]]


def module_of(path: Path) -> Module:
    """Return what a file says."""
    found = Module(set(), set(), set())
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
            found.taken.add((last_name(node.value), node.attr))
        elif isinstance(node, ast.arg):
            found.typed.add((node.arg, last_name(node.annotation)))
        elif isinstance(node, ast.AnnAssign):
            found.typed.add((last_name(node.target), last_name(node.annotation)))
        elif isinstance(node, ast.Assign):
            found.assigned.update((last_name(target), last_name(node.value)) for target in node.targets)
    return found


@cache
def modules() -> tuple[Module, ...]:
    """Return all of the program."""
    return tuple(map(module_of, SOURCE.rglob("*.py")))


def is_read(key: str) -> bool:
    """Return whether code takes the key from its settings, under a name that is typed as them or assigned from them."""
    tables = dict(tables_of(Config))
    table, name = (key, "root") if key in tables else key.rpartition(".")[::2]
    settings = tables[table].__name__
    typed = {name for module in modules() for name, what in module.typed if what == settings} | {settings}
    return any(
        (receiver, name) in module.taken
        for module in modules()
        for receiver in typed | {target for target, source in module.assigned if source in typed}
    )


def test_every_key_is_read_by_the_code() -> None:
    handed_on = {"headers", "places"}  # Config.reading and Config.enrolment give them to those who read them
    assert {key for key in KEYS - handed_on if not is_read(key)} == set()


# What a key changes: two runs that differ in it alone.


@dataclass(frozen=True)
class Case:
    """What an office has in its sheets; the outcome is who rides when on what, and what is said of it."""

    signups: tuple[SignUp, ...]
    fleet: tuple[FleetRow, ...] = ()
    demand: tuple[Demand, ...] = ()
    places: tuple[PlaceRow, ...] = PLACES
    as_of: date | None = None
    rail: tuple[RailRow, ...] = ()

    def intake(self) -> Intake:
        """Return what reading makes of the sheets."""
        return intake(*self.signups, fleet=self.fleet, demand=self.demand, places=self.places, rail=self.rail)

    def __call__(self, config: Config) -> object:
        """Return what ``plan`` makes of it."""
        search = Search(Effort(base_work=3_000, work_per_group=100), processes=1)
        request = PlanRequest(Inputs((Path("报名.xlsx"),)), None, self.as_of, dry_run=True, search=search)
        with (
            patch("returnplan.usecases.check.read_files", lambda *_, **__: self.intake()),
            patch("returnplan.usecases.check.why_refused", lambda *_: None),  # no sheet was read
            patch("returnplan.usecases.check.why_nobody", lambda *_: None),
        ):
            outcome = plan(Campaign(config, Path("none.db")), request)
        unplanned = outcome.plan.unplanned
        left = sorted(zip(unplanned["signup"], unplanned["code"], strict=True))
        return journeys(outcome.plan), left, outcome.plan.faults, outcome.notes


def workers(number: int, first: int = 1, **fields: Any) -> tuple[SignUp, ...]:
    """Return that many workers of Rongshui for Dongguan."""
    return tuple(signup(serial, **fields) for serial in range(first, first + number))


def coach(seats: int, **fields: Any) -> FleetRow:
    """Return any number of coaches."""
    cells: dict[str, Any] = {
        "vehicle": f"{seats}座",
        "seats": seats,
        "fixed_yuan": 3000.0,
        "per_km_yuan": 6.0,
    }
    return FleetRow(ref="车辆.xlsx!车辆!2", **{**cells, **fields})


TWENTY = Case(workers(20), (coach(20),))
TWO_STOPS = Case(workers(10, pickup="融水东站") + workers(10, 11, pickup="融水西站"), (coach(20),))
TWO_TOWNS = Case(workers(10, town="虎门镇") + workers(10, 11, town="长安镇"), (coach(20),))
TWO_COUNTIES = Case(workers(10) + workers(10, 11, county="三江县"), (coach(20),))
TWO_CITIES = Case(workers(5, city="广州") + workers(5, 11, city="佛山"))
TWO_DAYS = Case(workers(20, earliest=DAY, latest=DAY + timedelta(days=1)), (coach(20),))
NAMED_DAYS = Case(workers(5, named_date=DAY) + workers(5, 11, named_date=DAY + timedelta(days=1)))
LATE = Case(
    workers(10, employer="华强电子", earliest=DAY, latest=DAY + timedelta(days=5))
    + workers(10, 11, earliest=DAY + timedelta(days=5), latest=DAY + timedelta(days=5), town="虎门镇"),
    (coach(20),),
    (Demand(ref="用工.xlsx!用工!2", employer="华强电子", city="东莞", headcount=0, resume=DAY),),
)
TWO_CLASSES = Case(workers(10, categories=("脱贫户",)) + workers(10, 11), (coach(10, per_day=1),))


def by_train(num: int, departs_minute: int, arrives_minute: int) -> Case:
    """Return workers who go by train, with one vehicle of 20 seats at home to bring them to the station."""
    near = {"use": "transfer", "fixed_yuan": 100.0}
    fleet = (
        coach(20, use="direct", per_day=0),
        coach(20, vehicle="柳州接驳", base="柳州市", per_day=1, **near),
        coach(20, vehicle="广州接驳", base="广州市", **near),
    )
    told: dict[str, Any] = {"service": "D1", "product": "group", "day": DAY}
    rail = (
        RailRow(
            ref="铁路.xlsx!铁路!2",
            station="融安",
            departs_minute=departs_minute,
            capacity=100,
            seat_yuan=50.0,
            **told,
        ),
        RailRow(ref="铁路.xlsx!铁路!3", station="广州南", arrives_minute=arrives_minute, **told),
    )
    return Case(workers(num), fleet, rail=rail)


BY_TRAIN = by_train(40, 630, 880)
FROM_MIDNIGHT_TO_MIDNIGHT = by_train(20, 120, 1390)


@dataclass(frozen=True)
class SheetRead:
    """A sign-up sheet with one header changed; the outcome is what ``check`` reads of it."""

    usual: str
    header: str
    cell: str

    def __call__(self, config: Config) -> object:
        """Return the rows and the faults, or the refusal."""
        row = {header: cell for header, cell in signup_row(1).items() if header != self.usual}
        with TemporaryDirectory() as folder:
            file = save_csv(Path(folder) / "报名.csv", lines_of([{**row, self.header: self.cell}]))
            try:
                outcome = check(Campaign(config, Path("none.db")), Inputs((file,)))
            except InputRefused as refused:
                return refused.message
        return outcome.intake.signups.astype(str).to_dict("records"), outcome.faults


OWN_HEADER = SheetRead("务工城市", "打工的地方", "东莞")
NO_YEAR = SheetRead("最早出发日期", "最早出发日期", "2月18日")


def hours_on_the_road(config: Config) -> object:
    """Return when coaches come to their last stop on short roads and long ones, by day and by night."""
    schedule = Schedule(config.law)
    return [
        schedule.timing([Halt(0.0), Halt(km)], DAY, start=start)
        for km in (150, 450, 700, 1_250, 1_300)
        for start in (None, time(0, 30), time(21))
    ]


def hours_with_a_night(config: Config) -> object:
    """Return the same where coaches may stop for the night."""
    drivers = config.drivers.model_copy(update={"night_stop": True})
    return hours_on_the_road(config.model_copy(update={"drivers": drivers}))


def under_the_preset(config: Config) -> object:
    """Return the plan of thirty people in the spring of 2021."""
    notices = config.notices.model_copy(update={"presets": ("2021-spring",)})
    return Case(workers(30), (coach(20),))(config.model_copy(update={"notices": notices}))


def cells_of_papers(config: Config) -> object:
    """Return what stands in the papers of one coach."""
    riders = make_riders()
    with TemporaryDirectory() as folder:
        (path,) = write_manifests(
            [make_batch(riders)], {"0223-03": riders}, Path(folder), settings=config.papers,
            edition=Edition("zh", "a1b2c3", datetime.combine(COACH_DAY, time(12)), office=config.office),
        )  # fmt: skip
        return [[list(line) for line in sheet.values] for sheet in load_workbook(path).worksheets]


def night(config: Config) -> object:
    """Return how a night ends, and what lies in the folder afterwards."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        inbox = folder / "inbox"
        inbox.mkdir()
        save_xlsx(inbox / "报名.xlsx", 报名=lines_of([signup_row(serial) for serial in range(1, 21)]))
        save_config(config, folder / "returnplan.toml")
        done = call(folder, "nightly", "--as-of", "2021-02-10", exit_code=None)
        return done.returncode, sorted(path.name for path in folder.iterdir())


def second_plan(config: Config) -> object:
    """Return who rides when after late sign-ups for whose day everybody else could change, too."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        save_config(config, folder / "returnplan.toml")
        early = [signup_row(serial) for serial in range(1, 11)]
        late = [signup_row(serial, 最早出发日期=date(2021, 2, 20)) for serial in range(11, 21)]
        for rows in (early, early + late):
            save_xlsx(folder / "报名.xlsx", 报名=lines_of(rows))
            done = call(folder, "plan", "报名.xlsx", "--json")
        batches = json.loads(done.stdout)["batches"]
        return [(batch["date"], [rider["signup"] for rider in batch["riders"]]) for batch in batches]


def words_of_check(config: Config) -> object:
    """Return what ``check`` prints about a Chinese sheet."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        save_xlsx(folder / "报名.xlsx", 报名=lines_of([signup_row(1)]))
        save_config(config, folder / "returnplan.toml")
        return call(folder, "check", "报名.xlsx").stdout


def save_config(config: Config, path: Path) -> None:
    """Write a rules file of what was set."""
    path.write_text(tomlkit.dumps(config.model_dump(mode="json", exclude_unset=True)), encoding="utf-8")


def who_pays(config: Config) -> object:
    """Return who pays what of a plan of two coaches."""
    header = replace(make_header(), config=config.model_dump(mode="json"))
    plan = make_plan()
    priced = tuple(replace(batch, contract_yuan=8_000.0) for batch in plan.batches)
    return bill_of(header, replace(plan, batches=priced)).accounts


CASES: Mapping[str, tuple[object, Outcome]] = {
    "rail.walk_km": (60.0, BY_TRAIN),
    "rail.max_transfer_km": (10.0, BY_TRAIN),
    "rail.board_minutes": (110.0, FROM_MIDNIGHT_TO_MIDNIGHT),
    "rail.alight_minutes": (60.0, FROM_MIDNIGHT_TO_MIDNIGHT),
    "rail.wait_minutes": (0.0, BY_TRAIN),
    "rail.group_min_load": (41, BY_TRAIN),
    "rules.load_factor": (0.5, TWENTY),
    "rules.reserved_seats": (10, TWENTY),
    "rules.crew_seats": (10, TWENTY),
    "rules.min_load": (21, TWENTY),
    "rules.max_pickups": (1, TWO_STOPS),
    "rules.max_dropoffs": (1, TWO_TOWNS),
    "rules.max_pickup_km": (0.0, TWO_STOPS),
    "rules.max_dropoff_km": (0.0, TWO_TOWNS),
    "rules.stop_cost": (60.0, TWO_STOPS),
    "rules.mix_counties": (False, TWO_COUNTIES),
    "rules.combine_cities": ((("广州", "佛山"),), TWO_CITIES),
    "rules.min_age": (40, TWENTY),
    "rules.max_age": (30, TWENTY),
    "rules.health_kept_back": (("红码",), Case(workers(20) + workers(1, 21, health="红码"))),
    "rules.notice_days": (5, Case(workers(20), as_of=DAY - timedelta(days=2))),
    "rules.circuity": (1.5, TWENTY),
    "rules.max_cost_per_head": (1.0, TWENTY),
    "rules.max_departures_per_day": ({"柳州": 10}, TWO_DAYS),
    "rules.max_arrivals_per_day": ({"东莞": 10}, TWO_DAYS),
    "rules.late_day_yuan": (0.0, LATE),
    "rules.move_yuan": (100_000.0, second_plan),
    "rules.budget": (1.0, TWENTY),
    "dates.year": (2021, NO_YEAR),
    "dates.flex_before": (1, NAMED_DAYS),
    "dates.flex_after": (1, NAMED_DAYS),
    "timetable.start": ("06:30", TWENTY),
    "timetable.start_window": (("09:00", "10:00"), hours_on_the_road),
    "timetable.boarding_minutes": (1.0, TWENTY),
    "timetable.reception": ({"东莞": ("20:00", "23:00")}, TWENTY),
    "timetable.speed_kmh": (60.0, TWENTY),
    "timetable.dwell_minutes": (20.0, TWO_STOPS),
    "priority.order": (("其他", "脱贫户"), TWO_CLASSES),
    "fleet.fixed": ({20: 1000.0}, Case(workers(20))),
    "fleet.per_km": (7.0, Case(workers(20))),
    "townships.expected": (("香粉乡",), TWENTY),
    "headers": ({"city": ("打工的地方",)}, OWN_HEADER),
    "places": ({"老厂区": "东莞市"}, Case(workers(20, city="老厂区") + workers(10, 21))),
    "office.name": ("港南区人社局", cells_of_papers),
    "office.department": ("就业股", cells_of_papers),
    "office.phone": ("0775-4230000", cells_of_papers),
    "office.contact": ("黄科长", cells_of_papers),
    "office.stamp": ("港南区人社局(章)", cells_of_papers),
    "packs": ({"雨衣": 1.0}, cells_of_papers),
    "drivers.two_above_km": (140.0, hours_on_the_road),
    "drivers.most": (1, hours_on_the_road),
    "drivers.hours_a_day": (4.0, hours_on_the_road),
    "drivers.hours_in_one_go": (2.0, hours_on_the_road),
    "drivers.night_hours_in_one_go": (0.5, hours_on_the_road),
    "drivers.rest_minutes": (40, hours_on_the_road),
    "drivers.night": (("23:00", "06:00"), hours_on_the_road),
    "drivers.night_speed": (0.5, hours_on_the_road),
    "drivers.standstill": (("03:00", "04:00"), hours_on_the_road),
    "drivers.short_km": (1_000.0, hours_on_the_road),
    "drivers.night_stop": (True, hours_on_the_road),
    "drivers.night_stop_hours": (10.0, hours_with_a_night),
    "notices.presets": (("2021-spring",), TWENTY),
    "notices.rules": (({"since": DAY, "seat_share": 0.5},), TWENTY),
    "notices.risks": (({"division": "东莞市", "level": "high", "since": DAY},), under_the_preset),
    "payers.shares": (({"payer": "county", "share": 0.5},), who_pays),
    "payers.rest": ("worker", who_pays),
    "manifest.audience": ("carrier", cells_of_papers),
    "manifest.temperature": (True, cells_of_papers),
    "nightly.inbox": ("收件", night),
    "nightly.outbox": ("发出", night),
    "nightly.log": ("夜间.log", night),
    "lang": ("en", words_of_check),
}
"""For each key another value than the default, and where it decides."""


def with_key(key: str, value: object) -> Config:
    """Return the settings in which this key alone is set."""
    table, _, name = key.rpartition(".")
    return Config.model_validate({table: {name: value}} if table else {key: value})


@cache
def usual(outcome: Outcome) -> object:
    """Return what the defaults bring."""
    return outcome(Config())


def test_there_is_a_case_for_every_key() -> None:
    assert set(CASES) == KEYS


@pytest.mark.parametrize("key", CASES)
def test_another_value_brings_another_outcome(key: str) -> None:
    value, outcome = CASES[key]
    assert outcome(with_key(key, value)) != usual(outcome)


@pytest.mark.parametrize("outcome", [TWO_STOPS, NO_YEAR, cells_of_papers], ids=["plan", "sheets", "papers"])
def test_the_same_values_bring_the_same_outcome(outcome: Outcome) -> None:
    assert outcome(Config()) == usual(outcome)
