"""What crosses from the child process to its parent: sheets in dictionary code, pickled, plain types only.

The child runs this module, so it imports nothing but the standard library.
"""

import io
import json
import pickle
from array import array
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice, repeat, zip_longest
from typing import IO, Any, Literal

_ROWS_AT_ONCE = 4096
_LENGTH_BYTES = 8
_PLAIN_TYPES = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
}

Form = Literal["workbook", "csv", "page", "xml"]
"""How a file is read: what Excel saves, a CSV, tables of HTML, or Excel 2003's XML."""

RawColumn = tuple[list[Any], bytes]
RawSheet = tuple[str, bool, int, int, list[RawColumn], list[tuple[int, int, int, int]]]
"""Name, hidden or not, number of the first column (A is 1), number of rows, columns, merged ranges."""

Answer = tuple[str, str, list[RawSheet]]
"""The code of a refusal (empty: none), the line or the separator that it is about (empty: none), the sheets."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file for the child, with limits of memory and time."""

    path: str
    form: Form
    num_bytes: int

    @property
    def memory_bytes(self) -> int:
        """The limit of the child's address space (a normal 17 MB workbook needs 370 MB)."""
        return 400_000_000 + 24 * self.num_bytes

    @property
    def seconds(self) -> float:
        """The processor time that the child may use (a normal workbook takes a fifth of a second for each megabyte)."""
        return 8.0 + 2.0 * self.num_bytes / 1e6

    def to_bytes(self) -> bytes:
        """Return the job as the child takes it."""
        return json.dumps([self.path, self.form, self.num_bytes]).encode()

    @classmethod
    def from_bytes(cls, body: bytes) -> "Job":
        """Return the job that the parent sent."""
        return cls(*json.loads(body))


def encode(rows: Iterable[Iterable[Any]]) -> tuple[int, list[RawColumn]]:
    """Return the number of rows, and the columns as distinct cells and one code for each row (0 is blank).

    Most columns of a township hold a few hundred different texts, so each text is sent and parsed once. Short
    rows are filled with blanks. Cells that are equal in Python (1.0 and True) become one.
    """
    rows = iter(rows)
    num_rows = 0
    columns: list[tuple[defaultdict[Any, int], array[int]]] = []
    while chunk := list(islice(rows, _ROWS_AT_ONCE)):
        for index, cells in enumerate(zip_longest(*chunk, fillvalue="")):
            if index == len(columns):
                columns.append((_numbering(), array("i", repeat(0, num_rows))))
            numbers, codes = columns[index]
            codes.extend(map(numbers.__getitem__, cells))
        num_rows += len(chunk)
        for _, codes in columns:
            codes.extend(repeat(0, num_rows - len(codes)))
    return num_rows, [(list(numbers), codes.tobytes()) for numbers, codes in columns]


def _numbering() -> defaultdict[Any, int]:
    numbers: defaultdict[Any, int] = defaultdict()
    numbers.default_factory = numbers.__len__  # a cell not seen before gets the next number
    numbers[""] = 0
    return numbers


def dump(message: Any) -> bytes:
    """Return the body of a message."""
    return pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)


def send(pipe: IO[bytes], body: bytes) -> None:
    """Write one message, preceded by its length."""
    pipe.write(len(body).to_bytes(_LENGTH_BYTES, "little"))
    pipe.write(body)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """Return the body of the next message, None if the other side has closed the pipe."""
    head = pipe.read(_LENGTH_BYTES)
    body = pipe.read(int.from_bytes(head, "little"))
    is_whole = len(head) == _LENGTH_BYTES and len(body) == int.from_bytes(head, "little")
    return body if is_whole else None


class PlainUnpickler(pickle.Unpickler):
    """An unpickler of texts, numbers and dates; it refuses all other types."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a plain type, or raise UnpicklingError."""
        if (module, name) not in _PLAIN_TYPES:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


def load(body: bytes) -> Any:
    """Return the message of a body."""
    return PlainUnpickler(io.BytesIO(body)).load()
