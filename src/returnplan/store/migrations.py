"""The schema of the store, one script for each version; a released script is never edited.

Every table but ``persons``, ``campaign``, ``pins``, ``calls``, ``walk_ups``, ``revision`` and ``rewritten_batches``
belongs to a run by its number ``run``; columns carry the names of the fields they keep (:mod:`returnplan.model.plan`),
dates as ISO text, tuples as JSON text.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from returnplan.model.errors import StoreError
from returnplan.model.texts import Text
from returnplan.store.earlier import max_person

APPLICATION_ID = 0x52504C4E
"""``RPLN`` in the file's header: tells our file from another program's SQLite file."""

_RUN = "run INTEGER NOT NULL REFERENCES runs (run) ON DELETE CASCADE"

_FIRST = (
    f"PRAGMA application_id = {APPLICATION_ID}",
    "CREATE TABLE migrations (version INTEGER PRIMARY KEY, applied_at TEXT NOT NULL)",
    "CREATE TABLE campaign (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), year INTEGER NOT NULL)",
    "CREATE TABLE persons (number INTEGER PRIMARY KEY, id_number TEXT NOT NULL UNIQUE)",
    """CREATE TABLE runs (
        run INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL,
        version TEXT NOT NULL, as_of TEXT, inputs TEXT NOT NULL, config TEXT NOT NULL, lang TEXT NOT NULL,
        summary TEXT NOT NULL)""",
    f"""CREATE TABLE divisions ({_RUN}, level TEXT NOT NULL, name TEXT NOT NULL, pinyin TEXT NOT NULL,
        PRIMARY KEY (run, level, name))""",
    f"""CREATE TABLE batches ({_RUN}, id TEXT NOT NULL, wave INTEGER NOT NULL, number INTEGER NOT NULL,
        date TEXT NOT NULL, city TEXT NOT NULL, cities TEXT NOT NULL, vehicle TEXT NOT NULL,
        mode TEXT NOT NULL, base TEXT NOT NULL, seats INTEGER NOT NULL, usable INTEGER NOT NULL,
        load INTEGER NOT NULL, km REAL NOT NULL, cost_yuan REAL NOT NULL, depart TEXT NOT NULL,
        arrive TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL, kind TEXT NOT NULL,
        plate TEXT NOT NULL, drivers TEXT NOT NULL, UNIQUE (run, id))""",
    f"""CREATE TABLE stops ({_RUN}, batch TEXT NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL,
        place TEXT NOT NULL, city TEXT NOT NULL, lat REAL NOT NULL, lon REAL NOT NULL, time TEXT NOT NULL,
        num_on INTEGER NOT NULL, num_off INTEGER NOT NULL, UNIQUE (run, batch, seq))""",
    f"""CREATE TABLE riders ({_RUN}, batch TEXT NOT NULL, person INTEGER NOT NULL, signup TEXT NOT NULL,
        seat INTEGER NOT NULL, child_seats TEXT NOT NULL, pickup TEXT NOT NULL, dropoff TEXT NOT NULL,
        pickup_seq INTEGER NOT NULL, dropoff_seq INTEGER NOT NULL, prefecture TEXT NOT NULL,
        county TEXT NOT NULL, township TEXT NOT NULL, city TEXT NOT NULL, earliest TEXT NOT NULL,
        latest TEXT NOT NULL, flexed INTEGER NOT NULL, employer TEXT NOT NULL, post TEXT NOT NULL,
        party TEXT NOT NULL, journey TEXT NOT NULL, leg INTEGER NOT NULL, status TEXT NOT NULL,
        name TEXT NOT NULL, sex TEXT NOT NULL, id_number TEXT NOT NULL, phone TEXT NOT NULL,
        category TEXT NOT NULL, note TEXT NOT NULL, UNIQUE (run, batch, seat))""",
    f"""CREATE TABLE unplanned ({_RUN}, person INTEGER NOT NULL, signup TEXT NOT NULL,
        prefecture TEXT NOT NULL, county TEXT NOT NULL, township TEXT NOT NULL, city TEXT NOT NULL,
        earliest TEXT, latest TEXT, code TEXT NOT NULL, reason_zh TEXT NOT NULL, reason_en TEXT NOT NULL,
        suggestion_zh TEXT NOT NULL, suggestion_en TEXT NOT NULL, name TEXT NOT NULL, phone TEXT NOT NULL)""",
    f"""CREATE TABLE matches ({_RUN}, person INTEGER NOT NULL, signup TEXT NOT NULL, employer TEXT NOT NULL,
        post TEXT NOT NULL)""",
    f"""CREATE TABLE faults ({_RUN}, file TEXT NOT NULL, sheet TEXT NOT NULL, cell TEXT NOT NULL,
        value TEXT NOT NULL, code TEXT NOT NULL, message TEXT NOT NULL, fix TEXT NOT NULL,
        severity TEXT NOT NULL, signup TEXT)""",
    f"""CREATE TABLE sheets ({_RUN}, file TEXT NOT NULL, sheet TEXT NOT NULL, kind TEXT, header_row INTEGER,
        rows INTEGER NOT NULL, accepted INTEGER NOT NULL, columns TEXT NOT NULL)""",
    f"""CREATE TABLE employers ({_RUN}, employer TEXT NOT NULL, city TEXT NOT NULL, place TEXT NOT NULL,
        headcount INTEGER NOT NULL, matched INTEGER NOT NULL, planned INTEGER NOT NULL, resume TEXT,
        first_arrival TEXT, last_arrival TEXT)""",
)

_OF_RUN_ALONE = ("unplanned", "matches", "faults", "sheets", "employers")

_SECOND = (
    *(f"CREATE INDEX {table}_of_run ON {table} (run)" for table in _OF_RUN_ALONE),
    "CREATE INDEX riders_by_person ON riders (run, person)",
    f"""CREATE TABLE journal (number INTEGER PRIMARY KEY AUTOINCREMENT, {_RUN}, at TEXT NOT NULL,
        deed TEXT NOT NULL, batch TEXT NOT NULL, version INTEGER NOT NULL)""",
    """CREATE TABLE pins (person INTEGER PRIMARY KEY REFERENCES persons (number), batch TEXT NOT NULL)""",
    """CREATE TABLE calls (person INTEGER PRIMARY KEY REFERENCES persons (number), batch TEXT NOT NULL,
        day TEXT NOT NULL, pickup TEXT NOT NULL, time TEXT NOT NULL, result TEXT NOT NULL,
        postponed_to TEXT, at TEXT NOT NULL)""",
    f"CREATE TABLE rosters ({_RUN} UNIQUE, facts TEXT NOT NULL, km BLOB NOT NULL)",
    f"""CREATE TABLE roster_columns ({_RUN}, name TEXT NOT NULL, dtype TEXT NOT NULL, texts TEXT,
        data BLOB NOT NULL)""",
)
"""States of batches, hand edits, calls, and what the latest plan was made of."""

_THIRD = (
    "ALTER TABLE riders ADD COLUMN bound_yuan REAL NOT NULL DEFAULT 0",
    "ALTER TABLE riders ADD COLUMN rent_yuan REAL NOT NULL DEFAULT 0",
    """UPDATE riders SET rent_yuan = old.bound, bound_yuan = old.bound / old.planned
        FROM (SELECT run, coalesce(json_extract(summary, '$.lower_bound'), 0.0) AS bound,
                max(1, coalesce(json_extract(summary, '$.planned'), 1)) AS planned FROM runs) AS old
        WHERE riders.run = old.run""",
)
"""Parts of the lower bound. Those of an old run are unknown, so a rider who leaves it removes the whole bound."""

_FOURTH = (
    """CREATE TABLE walk_ups (id_number TEXT PRIMARY KEY, batch TEXT NOT NULL, name TEXT NOT NULL,
        phone TEXT NOT NULL, pickup TEXT NOT NULL, dropoff TEXT NOT NULL, employer TEXT NOT NULL)""",
    """UPDATE runs SET summary = json_set(summary, '$.origins', json((
            SELECT json_group_object(key, json_insert(value, '$.walk_ups', 0))
            FROM json_each(summary, '$.origins'))))
        WHERE json_type(summary, '$.origins') IS NOT NULL""",
)
"""People who boarded without a seat. The totals of an old run count none."""

_FIFTH = (
    "ALTER TABLE runs ADD COLUMN notes TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE journal ADD COLUMN source TEXT NOT NULL DEFAULT ''",
    "CREATE TABLE revision (only_one INTEGER PRIMARY KEY CHECK (only_one = 1), number INTEGER NOT NULL)",
    "INSERT INTO revision VALUES (1, 0)",
)
"""What a command needs to complete an interrupted one: notes, adopted workbooks, the revision of the store."""

_SIXTH = (
    "ALTER TABLE batches ADD COLUMN service TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE batches ADD COLUMN product TEXT",
    "ALTER TABLE batches ADD COLUMN block TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE riders ADD COLUMN carriage TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE riders ADD COLUMN seat_no TEXT NOT NULL DEFAULT ''",
)
"""Trains. Old runs have none."""

_SEVENTH = ('ALTER TABLE unplanned ADD COLUMN "group" INTEGER NOT NULL DEFAULT 0',)
"""The waiting group of people without a seat. Old runs have none."""

_EIGHTH = (
    "ALTER TABLE batches ADD COLUMN rests TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE batches ADD COLUMN num_drivers INTEGER NOT NULL DEFAULT 1",
    "UPDATE batches SET num_drivers = 2 WHERE km > 400",
    "ALTER TABLE batches ADD COLUMN notices TEXT NOT NULL DEFAULT '[]'",
    "ALTER TABLE batches ADD COLUMN takes_temperature INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE batches ADD COLUMN contract_yuan REAL NOT NULL DEFAULT 0",
    "UPDATE batches SET contract_yuan = cost_yuan",
)
"""Rests and drivers by the law of the road, and dated notices. Batches of an old run have no rests,
and what was paid for their stops is not known any more."""

_NINTH = (f"CREATE TABLE packed ({_RUN}, name TEXT NOT NULL, block BLOB NOT NULL, PRIMARY KEY (run, name))",)
"""The large tables of earlier runs, a block each; runs saved before are packed when the next one is saved."""

_TENTH = (
    *(
        f"ALTER TABLE calls ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"
        for name in ("vehicle", "dropoff", "leader", "employer")
    ),
    "ALTER TABLE calls ADD COLUMN seat INTEGER NOT NULL DEFAULT 0",
)
"""What people were told of their seats besides hour and place."""

_ELEVENTH = (
    "ALTER TABLE batches ADD COLUMN carrier TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE employers ADD COLUMN contact TEXT NOT NULL DEFAULT ''",
)
"""From which company a vehicle is chartered, and who meets it at the employer. Of old runs nobody was told."""

_TWELFTH = (
    "ALTER TABLE persons ADD COLUMN first_seen TEXT",
    """CREATE TEMP TABLE last_person AS SELECT run, max(person) AS person FROM (
        SELECT run, person FROM riders UNION ALL SELECT run, person FROM unplanned
        UNION ALL SELECT run, max_person(block) FROM packed WHERE name IN ('riders', 'unplanned')
    ) GROUP BY run""",
    """UPDATE persons SET first_seen = (
        SELECT coalesce(as_of, substr(created_at, 1, 10)) FROM runs JOIN last_person USING (run)
        WHERE last_person.person >= persons.number ORDER BY run LIMIT 1)""",
    "DROP TABLE last_person",
)
"""The night on which a person was first seen. Numbers grow from run to run, so in an old store it is that of the first
run with a number as high."""

_THIRTEENTH = (
    "CREATE TABLE handouts (batch TEXT PRIMARY KEY, version INTEGER NOT NULL, content TEXT NOT NULL) WITHOUT ROWID",
    """INSERT INTO handouts SELECT id, max(version), '' FROM batches
        WHERE version > 1 OR state != 'draft' GROUP BY id""",
)
"""The papers that were written last of each batch: their version, and the digest of what they say. What an older
program printed is not known: a batch that was changed or published counts as printed."""

_FOURTEENTH = ("ALTER TABLE riders ADD COLUMN order_no TEXT NOT NULL DEFAULT ''",)
"""Under which order the railway has a ticket. Of old runs nobody kept it."""

_FIFTEENTH = ("ALTER TABLE rosters ADD COLUMN drive_minutes BLOB",)
"""How long each way takes, where the distances sheet says it."""

_SIXTEENTH = (
    f"CREATE TABLE rider_columns ({_RUN}, name TEXT NOT NULL, dtype TEXT NOT NULL, texts TEXT, data BLOB NOT NULL)",
    "CREATE TABLE rewritten_batches (batch TEXT PRIMARY KEY) WITHOUT ROWID",
    *(
        f"""CREATE TRIGGER riders_{event} AFTER {event} ON riders
            WHEN EXISTS (SELECT 1 FROM rider_columns WHERE run = {rows[0]}.run)
            BEGIN {" ".join(f"INSERT OR IGNORE INTO rewritten_batches VALUES ({row}.batch);" for row in rows)} END"""
        for event, rows in (("INSERT", ("NEW",)), ("DELETE", ("OLD",)), ("UPDATE", ("OLD", "NEW")))
    ),
)
"""The riders of the latest run as columns, too (:mod:`returnplan.store.rider_columns`). Old stores have none yet."""

_SEVENTEENTH: tuple[str, ...] = ()
"""Columns of a roster may be kept in parts (:mod:`returnplan.store.columns`), and a table of an earlier run in several
blocks (:mod:`returnplan.store.earlier`): a program that knows of none would read one part alone, so it refuses the
store."""

_EIGHTEENTH = (
    "CREATE TABLE last_boardings (number INTEGER PRIMARY KEY, batch TEXT NOT NULL UNIQUE, content TEXT NOT NULL)",
)
"""What a batch was before its marked papers were entered last (:mod:`returnplan.store.boardings`). A program that does
not know it would enter papers and leave what an earlier one had kept, so it refuses the
store; nor can it read texts in columns that are kept as bytes or as references (:mod:`returnplan.store.columns`)."""

_NINETEENTH = (
    """CREATE TABLE lists (
        paper TEXT NOT NULL, receiver TEXT NOT NULL, version INTEGER NOT NULL, content TEXT NOT NULL,
        PRIMARY KEY (paper, receiver)
    ) WITHOUT ROWID""",
)
"""What employers and carriers got last, line by line. What an older program wrote is not known."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _FIRST,
    _SECOND,
    _THIRD,
    _FOURTH,
    _FIFTH,
    _SIXTH,
    _SEVENTH,
    _EIGHTH,
    _NINTH,
    _TENTH,
    _ELEVENTH,
    _TWELFTH,
    _THIRTEENTH,
    _FOURTEENTH,
    _FIFTEENTH,
    _SIXTEENTH,
    _SEVENTEENTH,
    _EIGHTEENTH,
    _NINETEENTH,
)


def migrate(
    connection: sqlite3.Connection, path: Path, migrations: Sequence[Sequence[str]] = MIGRATIONS
) -> None:
    """Upgrade the store to the newest schema, whole or not at all.

    All scripts are one transaction: each would wait for the disk, in a new store a third of a second together.

    Raises
    ------
    StoreError : the file is another program's database, or a newer returnplan made it
    """
    version = version_of(connection, path, len(migrations))
    connection.create_function("max_person", 1, max_person, deterministic=True)
    if version < len(migrations):
        _apply(connection, migrations)


def version_of(connection: sqlite3.Connection, path: Path, newest: int = len(MIGRATIONS)) -> int:
    """Return how many migration scripts a store has run; 0 for an empty file.

    Raises
    ------
    StoreError : the file is another program's database, or a newer returnplan made it
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    owner = int(connection.execute("PRAGMA application_id").fetchone()[0])
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if owner != APPLICATION_ID and not (is_empty and version == 0):
        raise StoreError(
            Text(
                f"{path} 是其他程序的数据库，请检查 --store",
                f"{path} is the database of another program; check --store",
            )
        )
    if version > newest:
        raise StoreError(
            Text(
                f"{path} 由更新版本的 returnplan 生成，请先升级本程序",
                f"{path} was written by a newer returnplan; upgrade this one first",
            )
        )
    return version


def _apply(connection: sqlite3.Connection, migrations: Sequence[Sequence[str]]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        before = int(connection.execute("PRAGMA user_version").fetchone()[0])  # others may be first
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for version, script in enumerate(migrations[before:], before + 1):
            for statement in script:
                connection.execute(statement)
            connection.execute("INSERT INTO migrations VALUES (?, ?)", (version, now))
            connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
