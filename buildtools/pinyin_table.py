"""Writes the table of the pinyin of divisions, so that no command has to load pypinyin for their names.

Run ``python -m buildtools.pinyin_table`` after the table of divisions or pypinyin has changed; a test compares them.
"""

from pathlib import Path

import returnplan.places
from returnplan.model.division_names import core
from returnplan.places.gazetteer import Gazetteer
from returnplan.places.names import spelt_out

TABLE = Path(returnplan.places.__file__).parent / "data" / "pinyin.csv"
HEAD = "# Names of divisions and their toneless pinyin, by pypinyin: buildtools/pinyin_table.py writes this file.\n"


def lines() -> list[str]:
    """Return a line for each name."""
    full = [division.name for division in Gazetteer.load().divisions]
    names = {form(name) for name in full for form in (str, core)}
    return [f"{name},{spelt_out(name)}\n" for name in sorted(names)]


if __name__ == "__main__":
    TABLE.write_text(HEAD + "".join(lines()), encoding="utf-8")
