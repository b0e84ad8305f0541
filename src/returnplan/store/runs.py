"""Save a run as a whole, and load a run or parts of it."""

import json
import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter

from returnplan.model.errors import InputRefused
from returnplan.model.plan import Batch, EmployerLine, Overview, Plan, Rider, RunHeader, Stop, Unplanned
from returnplan.model.texts import Text
from returnplan.store import tables
from returnplan.store.database import Database
from returnplan.store.earlier import IN_ORDER, OF_STOPS, OF_TABLE, has_cell, pack_earlier, rows_in
from returnplan.store.rider_columns import keep_columns, riders_in_columns
from returnplan.store.selection import Division, Level, Selection, divisions
from returnplan.store.tables import CHUNK, Table, frame_columns, frame_rows

if TYPE_CHECKING:
    import pandas as pd

    from returnplan.model.roster import Roster, VehiclePool
    from returnplan.model.text_column import TextNumbers

EVERYTHING = Selection()


class Runs(Database):
    """The runs of a campaign; only a whole plan needs pandas."""

    def save_run(
        self,
        header: RunHeader,
        plan: Plan,
        new_persons: Mapping[str, int],
        roster: "Roster | None" = None,
        notes: Sequence[Text] = (),
        revision: int | None = None,
    ) -> None:
        """Save a run, whole or not at all; it is the latest from then on.

        Parameters
        ----------
        header : identifies the run; a run of the same id (same input, config and version) is replaced
        plan : everything it decided and found
        new_persons : ID number -> person number, of people met for the first time and of corrected ID numbers
        roster : what the plan was made from, for later audits; the store keeps only the latest one
        notes : what the user should know of the run
        revision : the state of the store on which the plan is based

        Raises
        ------
        InputRefused : the run's ``[dates] year`` is not the year of this campaign
        StoreError, StoreLocked : nothing was saved
        """
        with self.transaction(revision) as connection:
            year = header.config.get("dates", {}).get("year")
            if year is not None:
                self.check_year(year)
                connection.execute("INSERT OR IGNORE INTO campaign VALUES (1, ?)", (year,))
            run = insert_run(connection, header, plan, notes)
            pack_earlier(connection, run)
            if roster is not None:
                from returnplan.store.rosters import keep_roster  # loads pandas

                keep_roster(connection, run, roster)
            night = (header.as_of or header.created_at.date()).isoformat()
            connection.executemany(
                "INSERT INTO persons (id_number, number, first_seen) VALUES (?, ?, ?)"
                " ON CONFLICT (number) DO UPDATE SET id_number = excluded.id_number",
                ((id_number, number, night) for id_number, number in new_persons.items()),
            )

    def check_year(self, year: int) -> None:
        """Refuse a year that is not the one of the campaign in this store.

        Raises
        ------
        InputRefused : one folder holds one campaign
        """
        kept = next(self.rows("SELECT year FROM campaign"), None)
        if kept is not None and kept[0] != year:
            raise InputRefused(
                Text(
                    f"{self.path} 里是 {kept[0]} 年的返岗运输，规则文件 [dates] year 是 {year}：规则里的年份错了，改成 "
                    f"{kept[0]}；{year} 年的返岗运输请另建文件夹(returnplan init)",
                    f"{self.path} holds the campaign of {kept[0]}, and [dates] year of the rules is {year}: if they "
                    f"are wrong, write {kept[0]}; for {year} take another folder (returnplan init)",
                )
            )

    def runs(self) -> list[RunHeader]:
        """Return the headers of all runs, the latest first."""
        return list(self.items(tables.RUNS, "ORDER BY run DESC"))

    def latest_run(self) -> RunHeader | None:
        """Return the header of the run saved last; None in a new store."""
        return next(self.items(tables.RUNS, "ORDER BY run DESC LIMIT 1"), None)

    def load_plan(self, run_id: str) -> Plan:
        """Return everything that the run decided and found."""
        return Plan(
            batches=tuple(self.load_batches(run_id)),
            riders=self._riders(run_id),
            unplanned=self.frame_of_run(tables.UNPLANNED, run_id),
            matches=self.frame_of_run(tables.MATCHES, run_id),
            faults=tuple(self.all_items(tables.FAULTS, run_id)),
            sheets=tuple(self.items_of_run(tables.SHEETS, run_id, "ORDER BY rowid")),
            employers=tuple(self.load_employers(run_id)),
            summary=self.load_summary(run_id),
            printed=dict(self.rows("SELECT batch, version FROM handouts")),
        )

    def _riders(self, run_id: str) -> "pd.DataFrame":
        kept = riders_in_columns(self, run_id)
        return self.frame_of_run(tables.RIDERS, run_id) if kept is None else kept

    def load_overview(self, run_id: str) -> Overview:
        """Return what the run says without its people; needs no pandas."""
        batches, employers = self.load_batches(run_id), self.load_employers(run_id)
        return Overview(tuple(batches), tuple(employers), self.load_summary(run_id))

    def load_roster(self, run_id: str) -> "Roster | None":
        """Return the roster of the run without faults and notes; None if the store no longer has it."""
        from returnplan.store.rosters import kept_roster  # loads pandas

        return kept_roster(self, run_id)

    def load_pools(self, run_id: str) -> "tuple[VehiclePool, ...]":
        """Return the fleet of the run's roster without its people; none if the store no longer has it."""
        from returnplan.model.roster import VehiclePool

        query = "SELECT facts FROM rosters WHERE run = (SELECT run FROM runs WHERE id = ?)"
        facts = next(self.rows(query, (run_id,)), None)
        pools = json.loads(facts[0])["pools"] if facts else ()
        return TypeAdapter(tuple[VehiclePool, ...]).validate_python(pools)

    def load_summary(self, run_id: str) -> dict[str, Any]:
        """Return the run's ``summary`` of the JSON contract."""
        (text,) = next(self.rows("SELECT summary FROM runs WHERE id = ?", (run_id,)))
        summary: dict[str, Any] = json.loads(text)
        return summary

    def load_notes(self, run_id: str) -> tuple[Text, ...]:
        """Return the saved notes of the run."""
        (text,) = next(self.rows("SELECT notes FROM runs WHERE id = ?", (run_id,)))
        return tuple(Text(*note) for note in json.loads(text))

    def load_batches(self, run_id: str, selection: Selection = EVERYTHING) -> list[Batch]:
        """Return the selected batches with their stops, in the order of the plan; of an earlier run all of them."""
        if self.is_packed(run_id):
            return self._earlier_batches(run_id)
        condition, values = selection.condition()
        where = f"JOIN runs ON runs.run = batches.run WHERE runs.id = ? AND {condition}"
        chosen = "SELECT batches.run, batches.id FROM batches " + where
        query = (
            f"SELECT batch, {tables.STOPS.select()} FROM stops"
            f" WHERE (run, batch) IN ({chosen}) ORDER BY batch, seq"
        )
        stops = self.rows(query, (run_id, *values))
        query = f"SELECT {tables.BATCHES.select('batches.')} FROM batches {where} ORDER BY batches.rowid"
        return _batches(self.rows(query, (run_id, *values)), stops)

    def _earlier_batches(self, run_id: str) -> list[Batch]:
        return _batches(self.all_rows(tables.BATCHES, run_id), self.all_rows(tables.STOPS, run_id, OF_STOPS))

    def load_riders(self, run_id: str, batch_ids: Iterable[str]) -> dict[str, list[Rider]]:
        """Return the riders of the given batches by batch, seat by seat."""
        riders: dict[str, list[Rider]] = {batch: [] for batch in batch_ids}
        rest = "AND batch IN (SELECT value FROM json_each(?)) ORDER BY batch, seat"
        for rider in self.items_of_run(tables.RIDERS, run_id, rest, json.dumps(list(riders))):
            riders[rider.batch].append(rider)
        return riders

    def riders_with_status(self, run_id: str, status: str) -> list[Rider]:
        """Return the riders of a run, be it the latest or an earlier one, who have a status."""
        if not self.is_packed(run_id):
            return list(self.items_of_run(tables.RIDERS, run_id, "AND status = ?", status))
        at = tables.RIDERS.columns.index("status")
        blocks = (one for one in self._blocks(tables.RIDERS, run_id) if has_cell(one, [status]))
        rows = (row for block in blocks for row in rows_in(block, tables.RIDERS) if row[at] == status)
        return list(map(tables.RIDERS.decode, rows))

    def ride_of(self, run_id: str, person: int) -> Rider | None:
        """Return the first ride of a person in a run, be it the latest or an earlier one; None where there is none."""
        if not self.is_packed(run_id):
            rest = "AND person = ? ORDER BY leg LIMIT 1"
            return next(self.items_of_run(tables.RIDERS, run_id, rest, str(person)), None)
        at, leg = (tables.RIDERS.columns.index(name) for name in ("person", "leg"))
        blocks = self._blocks(tables.RIDERS, run_id)
        rows = [row for block in blocks for row in rows_in(block, tables.RIDERS) if row[at] == person]
        return tables.RIDERS.decode(min(rows, key=lambda row: row[leg])) if rows else None

    def linked_rides(self, run_id: str) -> list[tuple[str, str]]:
        """Return batch and journey, each pair once, of all rides that are not the whole journey or are by train."""
        if self.is_packed(run_id):
            return self._earlier_linked_rides(run_id)
        query = "SELECT DISTINCT batch, journey FROM riders WHERE run = ? AND journey IN ("
        trains = "SELECT id FROM batches WHERE run = ? AND mode = 'train')"
        number = self.run_number(run_id)
        return list(self.rows(query + trains, (number, number)))

    def _earlier_linked_rides(self, run_id: str) -> list[tuple[str, str]]:
        trains = {batch.id for batch in self._earlier_batches(run_id) if batch.mode == "train"}
        batch, journey = (tables.RIDERS.columns.index(name) for name in ("batch", "journey"))
        rows = self.all_rows(tables.RIDERS, run_id) if trains else ()
        return list({(row[batch], row[journey]): None for row in rows if row[journey] in trains})

    def last_riders(self, persons: Iterable[int]) -> dict[int, Rider]:
        """Return each person as a rider of the latest run that has the person on a batch, by person number.

        Of several rides it is the first.
        """
        query = (
            f"SELECT {tables.RIDERS.select('riders.')} FROM runs CROSS JOIN riders ON riders.run = runs.run"
            " WHERE riders.person = ? ORDER BY runs.run DESC, riders.leg LIMIT 1"
        )
        wanted = set(persons)
        rows = [row for person in sorted(wanted) for row in self.rows(query, (person,))]
        at = tables.RIDERS.columns.index("person")
        wanted -= {row[at] for row in rows}
        for (block,) in self.rows(
            f"SELECT block FROM packed WHERE {OF_TABLE} ORDER BY run DESC, {IN_ORDER}", (tables.RIDERS.name,)
        ):
            if not wanted:
                break
            found = {row[at]: row for row in rows_in(block, tables.RIDERS) if row[at] in wanted}
            rows += found.values()
            wanted -= found.keys()
        riders = map(tables.RIDERS.decode, rows)
        return {rider.person: rider for rider in riders}

    def may_name(self, run_id: str, texts: Collection[str]) -> bool:
        """Return False where a name, phone or row reference is of nobody in an earlier run, without reading it all."""
        if not self.is_packed(run_id):
            return True
        blocks = (self._blocks(table, run_id) for table in (tables.RIDERS, tables.UNPLANNED))
        return any(has_cell(block, texts) for block in chain.from_iterable(blocks))

    def stream_unplanned(self, run_id: str) -> Iterator[Unplanned]:
        """Return everybody who is on no batch, in the order of the plan."""
        return self.items_of_run(tables.UNPLANNED, run_id, "ORDER BY rowid")

    def load_employers(self, run_id: str) -> list[EmployerLine]:
        """Return the employers of the run, in the order of the plan."""
        return list(self.items_of_run(tables.EMPLOYERS, run_id, "ORDER BY rowid"))

    def load_divisions(self, run_id: str, level: Level) -> list[Division]:
        """Return the destination cities, or the riders' counties, of the run."""
        return list(self.items_of_run(tables.DIVISIONS, run_id, "AND level = ? ORDER BY name", level))

    def person_numbers(self) -> "TextNumbers":
        """Return ID number -> person number (编号) of everybody met in this campaign."""
        from returnplan.model.text_column import TextNumbers, joined_texts, text_column

        texts, numbers = [], array("q")
        rows = self.rows("SELECT id_number, number FROM persons")
        while some := list(islice(rows, CHUNK)):
            texts.append(text_column([id_number for id_number, _ in some]))
            numbers.extend(number for _, number in some)
        return TextNumbers(joined_texts(texts), numbers)

    def first_seen(self) -> dict[int, date]:
        """Return the night of the first run with each person, by person number."""
        rows = self.rows("SELECT number, first_seen FROM persons WHERE first_seen IS NOT NULL")
        days: dict[str, date] = {}
        return {number: days.setdefault(text, date.fromisoformat(text)) for number, text in rows}

    def is_purged(self, run_id: str) -> bool:
        """Return whether the riders of the latest run have lost their names to :meth:`Store.purge`."""
        query = "SELECT id_number FROM riders WHERE run = (SELECT run FROM runs WHERE id = ?) LIMIT 1"
        return next(self.rows(query, (run_id,)), None) == ("",)  # all of them have, or none

    def riding(self, run_id: str) -> set[int]:
        """Return the person numbers of everybody on a batch of the run."""
        query = "SELECT person FROM riders WHERE run = (SELECT run FROM runs WHERE id = ?)"
        return {person for (person,) in self.rows(query, (run_id,))}


def _batches(rows: Iterable[tuple[Any, ...]], stops: Iterable[tuple[Any, ...]]) -> list[Batch]:
    """Return the batches of some rows with their stops, whose rows begin with the batch."""
    stops_of: dict[str, list[Stop]] = defaultdict(list)
    for batch, *stop in stops:
        stops_of[batch].append(tables.STOPS.decode(stop))
    at = tables.BATCHES.columns.index("id")
    return [tables.BATCHES.decode(row, stops=tuple(stops_of[row[at]])) for row in rows]


def insert_run(
    connection: sqlite3.Connection, header: RunHeader, plan: Plan, notes: Sequence[Text] = ()
) -> int:
    """Insert the run with all its parts and return its number; replace an older run of the same id."""
    connection.execute("DELETE FROM runs WHERE id = ?", (header.id,))
    own = (json.dumps(plan.summary, ensure_ascii=False), json.dumps(notes))
    cursor = connection.execute(tables.RUNS.insert(("summary", "notes")), (*own, *tables.RUNS.encode(header)))
    run = int(cursor.lastrowid or 0)
    for table, rows in _parts(plan):
        connection.executemany(table.insert(), ((run, *row) for row in rows))
    insert = tables.RIDERS.insert()
    for at in range(0, len(plan.riders), CHUNK):
        riders = plan.riders.iloc[at : at + CHUNK]
        columns = frame_columns(riders, tables.RIDERS)
        connection.executemany(insert, zip(repeat(run, len(riders)), *columns, strict=True))
    keep_columns(connection, run, plan.riders)
    connection.executemany(tables.STOPS.insert(("run", "batch")), stop_rows(run, plan.batches))
    return run


def _parts(plan: Plan) -> Iterator[tuple[Table[Any], Iterable[tuple[Any, ...]]]]:
    yield tables.BATCHES, map(tables.BATCHES.encode, plan.batches)
    yield tables.UNPLANNED, frame_rows(plan.unplanned, tables.UNPLANNED)
    yield tables.MATCHES, frame_rows(plan.matches, tables.MATCHES)
    yield tables.FAULTS, map(tables.FAULTS.encode, plan.faults)
    yield tables.SHEETS, map(tables.SHEETS.encode, plan.sheets)
    yield tables.EMPLOYERS, map(tables.EMPLOYERS.encode, plan.employers)
    cities = {city for batch in plan.batches for city in batch.cities}
    places = divisions("city", cities) + divisions("county", plan.riders["county"].unique())
    yield tables.DIVISIONS, map(tables.DIVISIONS.encode, places)


def stop_rows(run: int, batches: Iterable[Batch]) -> Iterator[tuple[Any, ...]]:
    """Return the rows of the stops of some batches."""
    for batch in batches:
        for stop in batch.stops:
            yield (run, batch.id, *tables.STOPS.encode(stop))
