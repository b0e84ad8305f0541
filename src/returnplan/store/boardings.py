"""How batches stood before their marked papers were entered last, so that a boarding can be taken back."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from returnplan.model.plan import WalkUp
from returnplan.store import tables
from returnplan.store.database import Database
from returnplan.store.deeds import LastBoarding


class Boardings(Database):
    """The last boarding of each batch, and the way back from it."""

    def keep_boardings(self, boardings: Iterable[LastBoarding]) -> None:
        """Keep the last boarding of each batch; one that was kept of the same batch is forgotten."""
        with self.transaction() as connection:
            rows = ((one.batch, _text_of(one)) for one in boardings)
            connection.executemany(
                "INSERT OR REPLACE INTO last_boardings (batch, content) VALUES (?, ?)", rows
            )

    def last_boardings(self) -> dict[str, LastBoarding]:
        """Return the last boardings that can be taken back, by batch id, the newest first."""
        rows = self.rows("SELECT batch, content FROM last_boardings ORDER BY number DESC")
        return {batch: _boarding_of(batch, content) for batch, content in rows}

    def take_back(
        self,
        run_id: str,
        boardings: Sequence[LastBoarding],
        status_of: Mapping[int, str],
        walk_ups: Iterable[WalkUp],
    ) -> None:
        """Give back the calls of before some boardings, newest first, and set statuses of riders and all walk-ups.

        The batches themselves and the totals are an amendment. What is taken back cannot be taken back again.
        """
        with self.transaction() as connection:
            run = self.run_number(run_id)
            for one in boardings:
                connection.execute("DELETE FROM last_boardings WHERE batch = ?", (one.batch,))
                _give_back(connection, one)
            connection.execute("DELETE FROM walk_ups")
            connection.executemany(tables.WALK_UPS.insert(()), map(tables.WALK_UPS.encode, walk_ups))
            self._forget_walk_ups(connection, boardings)
            changes = ((status, run, person) for person, status in status_of.items())
            connection.executemany("UPDATE riders SET status = ? WHERE run = ? AND person = ?", changes)

    def _forget_walk_ups(self, connection: sqlite3.Connection, boardings: Sequence[LastBoarding]) -> None:
        """Let nobody whom another boarding took over from these go back to them."""
        batches = {one.batch for one in boardings}
        stay = {walk_up for one in boardings for walk_up in one.walk_ups}
        for one in self.last_boardings().values():
            own = tuple(each for each in one.walk_ups if each.batch not in batches or each in stay)
            if own != one.walk_ups:
                connection.execute(
                    "UPDATE last_boardings SET content = ? WHERE batch = ?",
                    (_text_of(replace(one, walk_ups=own)), one.batch),
                )


def _give_back(connection: sqlite3.Connection, boarding: LastBoarding) -> None:
    """Put the calls of before in the place of those that the boarding entered; a later call stays."""
    entered = [(one.person, one.result, one.batch) for one in boarding.entered]
    before = {call.person: call for call in boarding.calls}
    for key in entered:
        gone = connection.execute("DELETE FROM calls WHERE person = ? AND result = ? AND batch = ?", key)
        if gone.rowcount and (call := before.get(key[0])):
            connection.execute(tables.CALLS.insert(()), tables.CALLS.encode(call))


def _text_of(one: LastBoarding) -> str:
    content = {
        "state": one.state,
        "statuses": sorted(one.statuses.items()),
        "walk_ups": [tables.WALK_UPS.encode(walk_up) for walk_up in one.walk_ups],
        "entered": [tables.CALLS.encode(call) for call in one.entered],
        "calls": [tables.CALLS.encode(call) for call in one.calls],
    }
    return json.dumps(content, ensure_ascii=False)


def _boarding_of(batch: str, text: str) -> LastBoarding:
    content = json.loads(text)
    return LastBoarding(
        batch,
        content["state"],
        dict(content["statuses"]),
        tuple(map(tables.WALK_UPS.decode, content["walk_ups"])),
        tuple(map(tables.CALLS.decode, content["entered"])),
        tuple(map(tables.CALLS.decode, content["calls"])),
    )
