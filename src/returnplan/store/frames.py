"""DataFrames of a plan to SQLite values and back; pandas is loaded only when this is called."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any

from returnplan.store.tables import Table

if TYPE_CHECKING:
    import pandas as pd

CHUNK = 50_000
"""Rows that are Python objects at one time."""

_NUMBERS = {int: "int64", bool: "int64", float: "float64"}


def frame_rows(frame: "pd.DataFrame", table: Table[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the SQLite values of each line of a frame that has the table's columns."""
    columns = (_plain(frame[name], table.types[name], table.encoders.get(name)) for name in table.columns)
    return zip(*columns, strict=True)


def rows_frame(rows: Iterable[tuple[Any, ...]], table: Table[Any]) -> "pd.DataFrame":
    """Return the frame of the rows of a table; dates as ``datetime64[s]``."""
    import pandas as pd

    rows = iter(rows)
    chunks = [_chunk(list(islice(rows, CHUNK)), table)]
    while chunk := list(islice(rows, CHUNK)):
        chunks.append(_chunk(chunk, table))
    return pd.concat(chunks, ignore_index=True)


def _chunk(rows: list[tuple[Any, ...]], table: Table[Any]) -> "pd.DataFrame":
    import pandas as pd

    columns = zip(*rows, strict=True) if rows else ((),) * len(table.columns)
    series = (_series(values, table, name) for name, values in zip(table.columns, columns, strict=True))
    return pd.DataFrame(dict(zip(table.columns, series, strict=True)))


def _series(values: tuple[Any, ...], table: Table[Any], name: str) -> "pd.Series[Any]":
    import numpy as np
    import pandas as pd

    hint, decode = table.types[name], table.decoders.get(name)
    if _is_day(hint):
        return pd.Series(
            pd.to_datetime(pd.Series(values, dtype=object), format="%Y-%m-%d"), dtype="datetime64[s]"
        )
    if hint in _NUMBERS:
        return pd.Series(np.array(values, dtype=_NUMBERS[hint]).astype(hint))
    if decode is None:
        codes, texts = pd.factorize(pd.Series(values, dtype="str"))  # few names, many people: keep each once
        return pd.Series(texts.take(codes))
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
    return [encode(value) for value in series]


def _day_texts(series: "pd.Series[Any]") -> list[str | None]:
    import pandas as pd

    days = pd.to_datetime(series).astype("datetime64[s]")
    texts = days.dt.strftime("%Y-%m-%d").astype(object)
    return texts.where(days.notna(), None).tolist()


def _is_day(hint: Any) -> bool:
    return hint is date or hint == date | None
