"""Columns of people: the sign-ups as clean columns, and work done once a distinct value."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from returnplan.model.person import DTYPES, kind
from returnplan.model.records import SignUp
from returnplan.model.text_column import TextColumn, text_column, words_of

Value = TypeVar("Value")
Lines = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Distinct(Generic[Value]):
    """A value for each distinct line: ``of`` is the index of the value of each line.

    ``first`` is the first line of each value, ``count`` its number of lines.
    """

    values: list[Value]
    of: Lines
    first: Lines
    count: Lines

    def column(self, pick: Callable[[Value], object]) -> npt.NDArray[np.object_]:
        """Return a column with what ``pick`` takes out of the value of each line."""
        picked = np.empty(len(self.values), dtype=object)
        picked[:] = [pick(value) for value in self.values]
        return np.asarray(picked[self.of])

    def texts(self, pick: Callable[[Value], str]) -> TextColumn:
        """Return a column of the texts that ``pick`` takes out of the value of each line."""
        return words_of(self.of, [pick(value) for value in self.values])

    def lines(self, concerned: Callable[[Value], bool]) -> Lines:
        """Return the lines whose value is ``concerned``, in order."""
        flags = np.array([concerned(value) for value in self.values], dtype=bool)
        return np.flatnonzero(flags[self.of]) if flags.any() else np.zeros(0, dtype=np.intp)


def by_distinct(
    frame: pd.DataFrame, columns: Sequence[str], resolve: Callable[..., Value]
) -> Distinct[Value]:
    """Call ``resolve`` once for every distinct combination of ``columns``, in order of appearance."""
    of = frame.groupby(list(columns), sort=False, dropna=False).ngroup().to_numpy(np.int32)
    _, first, count = np.unique(of, return_index=True, return_counts=True)
    combinations = zip(*(frame[name].iloc[first].to_numpy() for name in columns), strict=True)
    return Distinct([resolve(*combination) for combination in combinations], of, first, count)


def rows_of(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """Return the rows of some columns as tuples; what a column holds is not known to the type checker."""
    return zip(*(frame[name].tolist() for name in columns), strict=True)


def signup_columns(signups: pd.DataFrame) -> pd.DataFrame:
    """Return all fields of :class:`~returnplan.model.records.SignUp` as columns without missing values.

    Texts are "" when not told, dates datetime64[s] (NaT), the rest as in the record.
    """
    columns = {name: _column(signups, name, info.default) for name, info in SignUp.model_fields.items()}
    return pd.DataFrame(columns, copy=False)  # nobody writes into the sign-ups


def _column(signups: pd.DataFrame, name: str, default: object) -> npt.NDArray[Any] | TextColumn:
    """Return a field as a column; ``default`` of the record where the frame does not have it."""
    what = kind(name)
    if what in ("text", "word"):
        told = text_column(signups[name] if name in signups else [""] * len(signups))
        return told.fillna("") if told.isna().any() else told
    if what in ("day", "moment"):
        dates = signups[name] if name in signups else pd.Series(pd.NaT, index=signups.index)
        return pd.to_datetime(dates).to_numpy(DTYPES[what])
    if name in signups:
        return signups[name].to_numpy(DTYPES[what])
    column = np.empty(len(signups), dtype=DTYPES[what])
    column[:] = [default] * len(signups)
    return column
