"""A column of a table of ours, declared once for the page that shows it and for the reader of what comes back."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Check, CodedValues, Column, Style, Value, style
from returnplan.reading.cells import Parser, clean

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A column: what stands in the row of an item, how it looks, who may see it, how it is read back.

    Parameters
    ----------
    key : its name in the code; without ``value`` the attribute of an item, or the column of a frame, that stands in it
    header : what stands above it; the reader knows the column by it, in either language
    width : in characters; ``width_en`` in English, where names in Latin letters are longer
    value : what stands in the row of an item; :func:`blank` for a column that people fill in by hand
    check : what a cell takes when somebody types into it
    parse : returns what a cell says when the paper comes back
    is_editable : the office may change it and hand it back; the cells are yellow
    hidden_from : the receivers whose papers leave it out
    also : other names of the column, by which the reader knows it too
    """

    key: str
    header: Text
    width: float
    look: Style = style.CENTER
    value: Callable[[T, Lang], Value] | None = None
    check: Callable[[Lang], Check | None] | None = None
    parse: Parser = clean
    is_editable: bool = False
    hidden_from: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    width_en: float | None = None

    def column(self, values: Sequence[Value], lang: Lang) -> Column:
        """Return the column with these values."""
        look = style.editable(self.look) if self.is_editable else self.look
        width = self.width_en if lang == "en" and self.width_en else self.width
        return Column(self.header.say(lang), width, values, look, self.check and self.check(lang))


def blank(item: object, lang: Lang) -> None:
    """Return nothing: the cells of the column are filled in by hand."""


def item_columns(fields: Sequence[Field[T]], items: Iterable[T], lang: Lang) -> tuple[Column, ...]:
    """Return the columns of a table with a row for each item."""
    rows = list(items)
    return tuple(
        field.column(
            [field.value(item, lang) for item in rows]
            if field.value
            else [_plain(value) for value in map(attrgetter(field.key), rows)],
            lang,
        )
        for field in fields
    )


def frame_columns(fields: Sequence[Field[Any]], frame: "pd.DataFrame", lang: Lang) -> tuple[Column, ...]:
    """Return the columns of a table with a row for each line of a frame, which has the fields' keys as columns."""
    return tuple(field.column(_series_values(frame[field.key]), lang) for field in fields)


def _series_values(series: "pd.Series[Any]") -> CodedValues:
    if series.dtype == object:
        return CodedValues.of(_plain(value) for value in series)
    numbers, different = series.factorize(use_na_sentinel=False)
    values: list[Any] = different.tolist()
    if series.dtype.kind == "M":
        values = [value.date() if value == value else None for value in values]  # NaT is not itself
    return CodedValues(numbers.astype("int32"), values)


def _plain(value: Any) -> Value:
    """Return a value that a cell can hold."""
    if isinstance(value, tuple):
        return "、".join(map(str, value))
    plain: Value = value
    return plain
