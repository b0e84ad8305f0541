"""DataFrames of a plan to SQLite values and back; pandas is loaded only when this is called."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from returnplan.store.tables import Table

if TYPE_CHECKING:
    import pandas as pd


def frame_rows(frame: "pd.DataFrame", table: Table[Any]) -> Iterator[tuple[Any, ...]]:
    """Return the SQLite values of each line of a frame that has the table's columns."""
    columns = (_plain(frame[name], table.types[name], table.encoders.get(name)) for name in table.columns)
    return zip(*columns, strict=True)


def rows_frame(rows: Iterable[tuple[Any, ...]], table: Table[Any]) -> "pd.DataFrame":
    """Return the frame of the rows of a table; dates as ``datetime64[s]``."""
    import pandas as pd

    frame = pd.DataFrame.from_records(list(rows), columns=list(table.columns))
    for name, decode in table.decoders.items():
        if _is_day(table.types[name]):
            frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d").astype("datetime64[s]")
        else:
            frame[name] = pd.Series([decode(value) for value in frame[name]], dtype=object).infer_objects()
    return frame


def _plain(series: "pd.Series[Any]", hint: Any, encode: Callable[[Any], Any] | None) -> list[Any]:
    """Return one column as Python values that SQLite takes; numpy's own would become blobs."""
    if _is_day(hint):
        return _day_texts(series)
    if hint is int or hint is bool:
        return series.astype("int64").tolist()
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
