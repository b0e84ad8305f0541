"""Damaged copies of honest files are read or refused; nothing crashes, nothing hangs."""

import random
from pathlib import Path

import pytest

from returnplan.model.errors import InputRefused
from returnplan.model.intake import Intake
from returnplan.reading.read import read_files
from returnplan.reading.settings import ReadingSettings
from tests.specimens.sheets import lines_of, save_csv, save_xlsx, signup_row

NUM_COPIES = 25
OLD_EXCEL = Path(__file__).parents[1] / "specimens" / "old_excel.xls"
ROWS = lines_of([signup_row(serial) for serial in range(1, 30)])


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Return the bytes with some of them changed, cut out, doubled, or the end cut off."""
    copy = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        start = chance.randrange(len(copy))
        stop = min(len(copy), start + chance.choice((1, 4, 64)))
        kind = chance.randrange(4)
        if kind == 0:
            copy[start:stop] = chance.randbytes(stop - start)
        elif kind == 1 and len(copy) > 200:
            del copy[start:stop]
        elif kind == 2:
            copy[start:start] = copy[start:stop]
        elif chance.random() < 0.2 and start > 100:
            del copy[start:]
    return bytes(copy)


def read_or_refuse(path: Path) -> Intake | InputRefused:
    try:
        return read_files([path], ReadingSettings(year=2021))
    except InputRefused as error:
        return error


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "csv"])
def test_damaged_copies(suffix: str, tmp_path: Path) -> None:
    if suffix == "xlsx":
        source = save_xlsx(tmp_path / "good.xlsx", 报名=ROWS)
    else:
        source = OLD_EXCEL if suffix == "xls" else save_csv(tmp_path / "good.csv", ROWS)
    chance = random.Random(suffix)
    copies = []
    for i in range(NUM_COPIES):
        copies.append(tmp_path / f"copy{i}.{suffix}")
        copies[-1].write_bytes(damaged(source.read_bytes(), chance))
    for copy in copies:
        outcome = read_or_refuse(copy)
        if isinstance(outcome, InputRefused):
            assert copy.name in outcome.message.zh
        else:
            assert len(outcome.signups) + len(outcome.rejected) == sum(s.rows for s in outcome.sheets)
