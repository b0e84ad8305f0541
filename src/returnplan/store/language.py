"""The language of the last run, read without opening the store: for errors, of which the store may be the cause."""

import sqlite3
from contextlib import closing
from pathlib import Path

from returnplan.model.texts import Lang


def lang_of_last_run(path: Path) -> Lang | None:
    """Return the language that the sheets of the last run told; None where no run can be read at once."""
    if not path.is_file():
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=0)
        ) as connection:
            found = connection.execute("SELECT lang FROM runs ORDER BY run DESC LIMIT 1").fetchone()
    except sqlite3.Error:
        return None
    return found[0] if found and found[0] in ("zh", "en") else None
