"""Columns of plan.xlsx: the field of the plan behind each, its headers, whether the office may change it."""

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Column, Style, style
from returnplan.papers.pages.page import Value

if TYPE_CHECKING:
    import pandas as pd


class Field(NamedTuple):
    """A column of a sheet: ``key`` names the field of the plan whose values stand in it."""

    key: str
    header: Text
    width: float
    style: Style = style.NARROW
    is_editable: bool = False

    def column(self, values: Sequence[Value], lang: Lang) -> Column:
        """Return the column with its values."""
        look = style.editable(self.style) if self.is_editable else self.style
        return Column(self.header.say(lang), self.width, values, look)


def object_columns(fields: Sequence[Field], objects: Iterable[Any], lang: Lang) -> tuple[Column, ...]:
    """Return the columns of dataclass objects, one row each."""
    rows = list(objects)
    return tuple(
        field.column([_plain(value) for value in map(attrgetter(field.key), rows)], lang) for field in fields
    )


def frame_columns(fields: Sequence[Field], frame: "pd.DataFrame", lang: Lang) -> tuple[Column, ...]:
    """Return the columns of a frame that has the fields' keys."""
    return tuple(field.column(_series_values(frame[field.key]), lang) for field in fields)


def _series_values(series: "pd.Series[Any]") -> list[Value]:
    if series.dtype.kind == "M":
        series = series.dt.date.astype(object).where(series.notna(), None)
    values: list[Value] = series.tolist()
    return values if series.dtype.kind in "iufb" else [_plain(value) for value in values]


def _plain(value: Any) -> Value:
    """Return a value that a cell can hold."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    plain: Value = value
    return plain
