"""What crosses between the parent and the child that opens files."""

import io
import pickle
import subprocess
import sys
from array import array
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from returnplan.sheets.wire import Job, dump, encode, load, receive, send


def test_columns_in_dictionary_code() -> None:
    num_rows, columns = encode([["甲", 1.0], ["乙"], ["甲", "", "late"]])
    assert num_rows == 3
    assert [cells for cells, _ in columns] == [["", "甲", "乙"], ["", 1.0], ["", "late"]]
    assert [array("i", codes).tolist() for _, codes in columns] == [[1, 2, 1], [1, 0, 0], [0, 0, 1]]


def test_plain_cells_cross_whole() -> None:
    cells = [
        "甲",
        1.5,
        7,
        True,
        date(2021, 2, 18),
        datetime(2021, 2, 18, 8),
        time(8),
        timedelta(hours=8),
        b"x",
    ]
    assert load(dump(cells)) == cells


@pytest.mark.parametrize("thing", [Path("x"), pickle.Unpickler, print])
def test_nothing_else_is_unpickled(thing: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        load(dump(thing))


def test_messages_are_whole_or_none() -> None:
    pipe = io.BytesIO()
    send(pipe, b"body")
    assert receive(io.BytesIO(pipe.getvalue())) == b"body"
    assert receive(io.BytesIO(pipe.getvalue()[:-1])) is None
    assert receive(io.BytesIO(b"")) is None


def test_a_path_of_any_bytes_reaches_the_child() -> None:
    job = Job("报名\n\udcff.xlsx", form="workbook", num_bytes=7)
    assert Job.from_bytes(job.to_bytes()) == job


def test_the_child_starts_without_the_heavy_libraries() -> None:
    code = "import sys, returnplan.sheets.child; sys.exit(bool({'numpy', 'pandas', 'pydantic'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
