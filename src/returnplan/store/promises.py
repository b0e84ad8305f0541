"""What people were told of the latest run and what became of it: states, changes by hand, calls, pins.

A change is made to the run in place and entered in its journal. A method makes all its changes or none.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TypeVar

from returnplan.model.plan import BatchState, Handout, WalkUp
from returnplan.store import tables
from returnplan.store.database import Database, changed_meanwhile
from returnplan.store.deeds import Amendment, CallRecord, Deed, Entry
from returnplan.store.runs import stop_rows
from returnplan.store.tables import Table

T = TypeVar("T")

_STEPS: dict[BatchState, tuple[Deed, tuple[BatchState, ...]]] = {
    "published": ("published", ("draft",)),
    "draft": ("recalled", ("published",)),
    "departed": ("departed", ("draft", "published")),
}
"""For each state, the deed that leads to it and the states from which it does."""

_SET_SUMMARY = """
    UPDATE runs SET summary = json_set(?, '$.as_planned', json(coalesce(
        json_extract(summary, '$.as_planned'),
        json_object('planned', json_extract(summary, '$.planned'), 'cost', json_extract(summary, '$.cost'))
    ))) WHERE run = ?
"""
"""The totals that the planner reached stay beside those of a plan that was changed by hand."""


class Promises(Database):
    """What people know of the latest run, and their answers."""

    def set_state(self, run_id: str, batch_ids: Iterable[str], state: BatchState) -> tuple[str, ...]:
        """Publish, recall or send off batches; return the batches that have changed.

        A batch in a state that does not allow the change stays as it is: a departed batch stays departed.
        """
        deed, before = _STEPS[state]
        query = (
            "UPDATE batches SET state = ? WHERE run = ? AND id = ?"
            f" AND state IN ({', '.join('?' * len(before))}) RETURNING id, version"
        )
        changed = []
        with self.transaction() as connection:
            run = self.run_number(run_id)
            for batch in batch_ids:
                changed += connection.execute(query, (state, run, batch, *before)).fetchall()
            _enter(connection, run, deed, changed)
        return tuple(batch for batch, _ in changed)

    def amend(self, run_id: str, amendment: Amendment) -> None:
        """Save a change by hand: batches, their riders, people who lose or get a batch."""
        with self.transaction() as connection:
            run = self.run_number(run_id)
            _replace_batches(connection, run, amendment)
            _replace_riders(connection, run, amendment)
            if amendment.summary is not None:
                summary = json.dumps(amendment.summary, ensure_ascii=False)
                connection.execute(_SET_SUMMARY, (summary, run))
            if amendment.employers is not None:
                connection.execute("DELETE FROM employers WHERE run = ?", (run,))
                lines = ((run, *tables.EMPLOYERS.encode(line)) for line in amendment.employers)
                connection.executemany(tables.EMPLOYERS.insert(), lines)
            if amendment.roster is not None:
                from returnplan.store.rosters import keep_roster  # loads pandas

                keep_roster(connection, run, amendment.roster)
            versions = dict.fromkeys(amendment.gone, 0)
            versions |= {batch.id: batch.version for batch in amendment.batches}
            _enter(connection, run, amendment.deed, versions.items(), amendment.source)

    def set_status(self, run_id: str, status_of: Mapping[int, str]) -> None:
        """Set the status of riders (assigned, boarded, absent, arrived ...), by person number."""
        with self.transaction() as connection:
            run = self.run_number(run_id)
            changes = ((status, run, person) for person, status in status_of.items())
            connection.executemany("UPDATE riders SET status = ? WHERE run = ? AND person = ?", changes)
            _enter(connection, run, "boarded", [("", 0)])

    def journal(self, run_id: str) -> list[Entry]:
        """Return the changes by hand to a run since it was saved, in order."""
        return list(self.items_of_run(tables.JOURNAL, run_id, "ORDER BY number"))

    def whole_journal(self) -> list[Entry]:
        """Return the changes by hand to all runs, in order."""
        return list(self.items(tables.JOURNAL, "ORDER BY number"))

    def changed_from(self, run_id: str, source: str) -> set[str]:
        """Return the batches of a run that were changed by hand in one workbook, or by one command."""
        return {entry.batch for entry in self.journal(run_id) if entry.source == source}

    def retired(self, run_id: str) -> frozenset[str]:
        """Return the ids of batches that were called off by hand or published, in any run, and are not in this one."""
        query = (
            "SELECT batch FROM journal WHERE batch != '' AND (version = 0 OR deed = 'published')"
            " EXCEPT SELECT id FROM batches WHERE run = (SELECT run FROM runs WHERE id = ?)"
        )
        return frozenset(batch for (batch,) in self.rows(query, (run_id,)))

    def confirmed(self) -> frozenset[str]:
        """Return the ids of batches whose vehicle or drivers a carrier or the office may have named, in any run."""
        query = "SELECT batch FROM journal WHERE deed IN ('ordered', 'changed', 'adopted')"
        return frozenset(batch for (batch,) in self.rows(query))

    def load_handouts(self) -> dict[str, Handout]:
        """Return the papers that were written last, by batch id."""
        rows = self.rows("SELECT batch, version, content FROM handouts")
        return {batch: Handout(version, content) for batch, version, content in rows}

    def keep_handouts(self, handouts: Mapping[str, Handout], last: Mapping[str, Handout]) -> None:
        """Remember papers that were written, by batch id; a run that is at work may still save its plan.

        Raises
        ------
        StoreLocked : meanwhile others were written than ``last``, so that the same version may stand for two contents
        StoreReadOnly : the file may not be written
        """
        self._keep(handouts, last, self.load_handouts, "INSERT OR REPLACE INTO handouts VALUES (?, ?, ?)")

    def load_lists(self, paper: str) -> dict[str, Handout]:
        """Return the lists of a kind that were written last, by receiver: an employer in a city, a carrier."""
        rows = self.rows("SELECT receiver, version, content FROM lists WHERE paper = ?", (paper,))
        return {receiver: Handout(version, content) for receiver, version, content in rows}

    def keep_lists(self, paper: str, handouts: Mapping[str, Handout], last: Mapping[str, Handout]) -> None:
        """Remember lists of a kind that were written, by receiver; raises as :meth:`keep_handouts`."""
        insert = "INSERT OR REPLACE INTO lists VALUES (?, ?, ?, ?)"
        self._keep(handouts, last, lambda: self.load_lists(paper), insert, (paper,))

    def _keep(
        self,
        handouts: Mapping[str, Handout],
        last: Mapping[str, Handout],
        load: Callable[[], Mapping[str, Handout]],
        insert: str,
        kind: tuple[str, ...] = (),
    ) -> None:
        news = {name: handout for name, handout in handouts.items() if last.get(name) != handout}
        if news:
            with self.transaction(decides_plan=False) as connection:
                now = load()
                if any(now.get(name) not in (last.get(name), handout) for name, handout in news.items()):
                    raise changed_meanwhile(self.path)
                lines = ((*kind, name, one.version, one.content) for name, one in news.items())
                connection.executemany(insert, lines)

    def pin(self, batch_of: Mapping[int, str]) -> None:
        """Pin people to batches, by person number; all later runs keep them there."""
        with self.transaction() as connection:
            connection.executemany("INSERT OR REPLACE INTO pins VALUES (?, ?)", batch_of.items())

    def unpin(self, persons: Iterable[int]) -> None:
        """Let the planner place people freely again."""
        with self.transaction() as connection:
            connection.executemany("DELETE FROM pins WHERE person = ?", ((person,) for person in persons))

    def pins(self) -> dict[int, str]:
        """Return person number -> batch id of everybody who is pinned."""
        return dict(self.rows("SELECT person, batch FROM pins"))

    def record_calls(self, calls: Iterable[CallRecord]) -> None:
        """Keep the last call to each person."""
        with self.transaction() as connection:
            _put(connection, tables.CALLS, calls)

    def calls(self) -> dict[int, CallRecord]:
        """Return the last call to each person, by person number."""
        return {call.person: call for call in self.items(tables.CALLS, "ORDER BY person")}

    def record_walk_ups(self, people: Sequence[WalkUp]) -> None:
        """Save the people who boarded without a seat; they replace the walk-ups saved for the same batches."""
        batches = {(one.batch,) for one in people}
        with self.transaction() as connection:
            connection.executemany("DELETE FROM walk_ups WHERE batch = ?", sorted(batches))
            _put(connection, tables.WALK_UPS, people)

    def walk_ups(self) -> list[WalkUp]:
        """Return the people who boarded without a seat, batch by batch."""
        return list(self.items(tables.WALK_UPS, "ORDER BY batch, rowid"))


def _put(connection: sqlite3.Connection, table: Table[T], items: Iterable[T]) -> None:
    """Insert or replace items of a table that belongs to no run."""
    statement = table.insert(()).replace("INSERT", "INSERT OR REPLACE", 1)
    connection.executemany(statement, map(table.encode, items))


def _enter(
    connection: sqlite3.Connection,
    run: int,
    deed: Deed,
    versions: Iterable[tuple[str, int]],
    source: str = "",
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    entries = (tables.JOURNAL.encode(Entry(now, deed, batch, version, source)) for batch, version in versions)
    connection.executemany(tables.JOURNAL.insert(), ((run, *entry) for entry in entries))


def _replace_batches(connection: sqlite3.Connection, run: int, amendment: Amendment) -> None:
    gone = [(run, batch) for batch in amendment.gone]
    for batch in amendment.batches:
        values = tables.BATCHES.encode(batch)
        known = connection.execute(tables.BATCHES.update("run = ? AND id = ?"), (*values, run, batch.id))
        if not known.rowcount:
            connection.execute(tables.BATCHES.insert(), (run, *values))
        connection.execute("DELETE FROM stops WHERE run = ? AND batch = ?", (run, batch.id))
    for table in ("stops", "riders"):
        connection.executemany(f"DELETE FROM {table} WHERE run = ? AND batch = ?", gone)
    connection.executemany("DELETE FROM batches WHERE run = ? AND id = ?", gone)
    stops = stop_rows(run, amendment.batches)
    connection.executemany(tables.STOPS.insert(("run", "batch")), stops)


def _replace_riders(connection: sqlite3.Connection, run: int, amendment: Amendment) -> None:
    batches = [(run, batch) for batch in amendment.riders]
    connection.executemany("DELETE FROM riders WHERE run = ? AND batch = ?", batches)
    riders = (rider for seated in amendment.riders.values() for rider in seated)
    connection.executemany(tables.RIDERS.insert(), ((run, *tables.RIDERS.encode(rider)) for rider in riders))
    planned = [(run, signup) for signup in amendment.on]
    connection.executemany("DELETE FROM unplanned WHERE run = ? AND signup = ?", planned)
    lines = ((run, *tables.UNPLANNED.encode(line)) for line in amendment.off)
    connection.executemany(tables.UNPLANNED.insert(), lines)
