"""Which dataclass lives in which table, and how its fields, or the columns of a frame, become SQLite values.

The columns of a table are the fields of its class, in order; what a field's type is decides its text form.
pandas is loaded only where a frame is written or read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cached_property, lru_cache
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from returnplan.model.faults import Fault
from returnplan.model.intake import InputFile, SheetReport
from returnplan.model.plan import Batch, EmployerLine, Match, Rest, Rider, RunHeader, Stop, Unplanned, WalkUp
from returnplan.model.texts import Text
from returnplan.store.deeds import CallRecord, Entry
from returnplan.store.selection import Division

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


_CODECS: dict[Any, Codec] = {
    date: (lambda day: day.isoformat(), date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    bool: (int, bool),
    Text: (_json, lambda text: Text(*json.loads(text))),
    tuple: (lambda values: _json(values) if values else "[]", lambda text: tuple(json.loads(text))),
    tuple[tuple[str, str], ...]: (_json, lambda text: tuple(tuple(pair) for pair in json.loads(text))),
    tuple[InputFile, ...]: (
        lambda files: _json([[f.path, f.sha256, f.rows] for f in files]),
        lambda text: tuple(InputFile(*line) for line in json.loads(text)),
    ),
    tuple[Rest, ...]: (
        lambda rests: _json([[r.after, r.time.isoformat(), r.minutes, r.kind] for r in rests]),
        lambda text: tuple(
            Rest(after, datetime.fromisoformat(time), minutes, kind)
            for after, time, minutes, kind in json.loads(text)
        ),
    ),
    dict: (_json, json.loads),
}


def _codec(hint: Any) -> Codec | None:
    """Return the pair (encode, decode) of a field's type; None if SQLite can store the value as it is."""
    plain = next((part for part in get_args(hint) if part in _CODECS), hint)  # X of X | None
    return _CODECS.get(plain) or _CODECS.get(getattr(hint, "__origin__", None))


def _remembered(decode: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return the same for values that cannot change: few days and lists of seats stand in many rows."""
    return lru_cache(maxsize=1_000)(decode)


def _or_none(convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else convert(value)


@dataclass(frozen=True)
class Table(Generic[T]):
    """A table of the store; ``nested`` are the fields that other tables keep."""

    name: str
    cls: type[T]
    nested: tuple[str, ...] = ()

    @cached_property
    def types(self) -> dict[str, Any]:
        """The type of each column."""
        hints = get_type_hints(self.cls)
        return {f.name: hints[f.name] for f in fields(self.cls) if f.name not in self.nested}  # type: ignore[arg-type]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in the order of the fields."""
        return tuple(self.types)

    @cached_property
    def encoders(self) -> dict[str, Callable[[Any], Any]]:
        """Functions from values to SQLite values, by column, for types that SQLite does not have."""
        codecs = {name: _codec(hint) for name, hint in self.types.items()}
        return {name: _or_none(codec[0]) for name, codec in codecs.items() if codec}

    @cached_property
    def decoders(self) -> dict[str, Callable[[Any], Any]]:
        """Functions from SQLite values back to values, by column."""
        codecs = {name: (hint, _codec(hint)) for name, hint in self.types.items()}
        return {
            name: _or_none(codec[1]) if get_origin(hint) is dict else _remembered(_or_none(codec[1]))
            for name, (hint, codec) in codecs.items()
            if codec
        }

    @cached_property
    def _encoded(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        """The places of the columns with an encoder, and it."""
        return tuple((self.columns.index(name), encode) for name, encode in self.encoders.items())

    @cached_property
    def _decoded(self) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
        """The places of the columns with a decoder, and it."""
        return tuple((self.columns.index(name), decode) for name, decode in self.decoders.items())

    @cached_property
    def _values(self) -> Callable[[Any], tuple[Any, ...]]:
        return attrgetter(*self.columns)

    def encode(self, item: T) -> tuple[Any, ...]:
        """Return the SQLite values of one object."""
        values = list(self._values(item))
        for at, encode in self._encoded:
            values[at] = encode(values[at])
        return tuple(values)

    def decode(self, row: Sequence[Any], **nested: Any) -> T:
        """Return the object that a row keeps, with the fields that other tables keep."""
        values = list(row)
        for at, decode in self._decoded:
            values[at] = decode(values[at])
        if self.nested:
            return self.cls(**dict(zip(self.columns, values, strict=True)), **nested)
        return self.cls(*values)

    def blank(self, column: str) -> Any:
        """Return what a row of an older store has in a column that it does not know."""
        return 0 if self.types[column] in _NUMBERS else ""

    def select(self, prefix: str = "") -> str:
        """Return the columns as the select list of a query."""
        return ", ".join(f'{prefix}"{name}"' for name in self.columns)

    def insert(self, extra: Iterable[str] = ("run",)) -> str:
        """Return the statement that inserts the columns in ``extra`` and then those of the table."""
        names = (*extra, *self.columns)
        quoted = ", ".join(f'"{name}"' for name in names)
        return f"INSERT INTO {self.name} ({quoted}) VALUES ({', '.join('?' * len(names))})"

    def update(self, where: str) -> str:
        """Return the statement that sets the columns of the rows that ``where`` selects."""
        assignments = ", ".join(f'"{name}" = ?' for name in self.columns)
        return f"UPDATE {self.name} SET {assignments} WHERE {where}"


RUNS = Table("runs", RunHeader)
BATCHES = Table("batches", Batch, nested=("stops",))
STOPS = Table("stops", Stop)
RIDERS = Table("riders", Rider)
UNPLANNED = Table("unplanned", Unplanned)
MATCHES = Table("matches", Match)
FAULTS = Table("faults", Fault)
SHEETS = Table("sheets", SheetReport, nested=("not_read",))  # the roster and the summary keep their sum
EMPLOYERS = Table("employers", EmployerLine)
DIVISIONS = Table("divisions", Division)
JOURNAL = Table("journal", Entry)
CALLS = Table("calls", CallRecord)
WALK_UPS = Table("walk_ups", WalkUp)


CHUNK = 50_000
"""Rows that are Python objects at one time."""

_NUMBERS = {int: "int64", bool: "int64", float: "float64"}


def frame_rows(frame: "pd.DataFrame", table: Table[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the SQLite values of each line of a frame that has the table's columns."""
    return zip(*frame_columns(frame, table), strict=True)


def frame_columns(frame: "pd.DataFrame", table: Table[Any]) -> list[list[Any]]:
    """Return the SQLite values of the table's columns in a frame."""
    return [_plain(frame[name], table.types[name], table.encoders.get(name)) for name in table.columns]


def rows_frame(rows: Iterable[tuple[Any, ...]], table: Table[Any]) -> "pd.DataFrame":
    """Return the frame of the rows of a table; dates as ``datetime64[s]``."""
    rows = iter(rows)
    chunks = [_chunk(list(islice(rows, CHUNK)), table)]
    while chunk := list(islice(rows, CHUNK)):
        chunks.append(_chunk(chunk, table))
    return joined_frames(chunks)


def joined_frames(frames: "Sequence[pd.DataFrame]") -> "pd.DataFrame":
    """Return frames of the same columns, one below the other; texts have one table, in which they are small."""
    import pandas as pd

    from returnplan.model.text_column import TextColumn, joined_texts

    if len(frames) == 1:
        return frames[0]
    whole = {}
    for name in frames[0].columns:
        parts = [frame[name] for frame in frames]
        if all(isinstance(part.array, TextColumn) for part in parts):
            whole[name] = pd.Series(joined_texts([part.array for part in parts]))
        else:
            whole[name] = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(whole)


def _chunk(rows: list[tuple[Any, ...]], table: Table[Any]) -> "pd.DataFrame":
    return columns_frame(zip(*rows, strict=True) if rows else ((),) * len(table.columns), table)


def columns_frame(columns: Iterable[Sequence[Any]], table: Table[Any]) -> "pd.DataFrame":
    """Return the frame of the columns of a table, as :func:`rows_frame` that of its rows."""
    import pandas as pd

    series = (_series(values, table, name) for name, values in zip(table.columns, columns, strict=True))
    return pd.DataFrame(dict(zip(table.columns, series, strict=True)))


def stored_columns(frame: "pd.DataFrame", table: Table[Any]) -> "Iterator[pd.Series[Any]]":
    """Yield the columns of a frame, one at a time, as the store will return them: without a text of Python a line."""
    for name in table.columns:
        yield _stored(frame[name], table, name).rename(name)


def _stored(series: "pd.Series[Any]", table: Table[Any], name: str) -> "pd.Series[Any]":
    import pandas as pd

    from returnplan.model.text_column import text_column

    hint, encode, decode = table.types[name], table.encoders.get(name), table.decoders.get(name)
    if _is_day(hint):
        return pd.Series(pd.to_datetime(series), dtype="datetime64[s]")
    if hint in _NUMBERS:
        return pd.Series(series.to_numpy(_NUMBERS[hint]).astype(hint), index=series.index)
    if encode is None or decode is None:
        return pd.Series(text_column(series), index=series.index)
    known = {value: decode(encode(value)) for value in series.unique()}
    return series.map(known).astype(object)


def _series(values: Sequence[Any], table: Table[Any], name: str) -> "pd.Series[Any]":
    import numpy as np
    import pandas as pd

    from returnplan.model.text_column import text_column

    hint, decode = table.types[name], table.decoders.get(name)
    if _is_day(hint):
        return pd.Series(
            pd.to_datetime(pd.Series(values, dtype=object), format="%Y-%m-%d"), dtype="datetime64[s]"
        )
    if hint in _NUMBERS:
        return pd.Series(np.array(values, dtype=_NUMBERS[hint]).astype(hint))
    if decode is None:
        return pd.Series(text_column(values))
    known = {value: decode(value) for value in set(values)}
    return pd.Series([known[value] for value in values], dtype=object)


def _plain(series: "pd.Series[Any]", hint: Any, encode: Callable[[Any], Any] | None) -> list[Any]:
    """Return one column as Python values that SQLite takes; numpy's own would become blobs."""
    if _is_day(hint):
        return _day_texts(series)
    if hint in _NUMBERS:
        return list(series.to_numpy(_NUMBERS[hint]).tolist())
    if encode is None:
        return series.tolist()
    values = series.tolist()
    known = {value: encode(value) for value in set(values)}
    return [known[value] for value in values]


def _day_texts(series: "pd.Series[Any]") -> list[str | None]:
    import pandas as pd

    number, days = pd.factorize(pd.to_datetime(series).astype("datetime64[s]"))
    texts: list[str | None] = [*pd.DatetimeIndex(days).strftime("%Y-%m-%d"), None]  # -1 is no day
    return [texts[nth] for nth in number.tolist()]


def _is_day(hint: Any) -> bool:
    return hint is date or hint == date | None
