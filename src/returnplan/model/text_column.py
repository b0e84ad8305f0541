"""Texts of many people as numbers into a table of distinct texts: a column of pandas beside numpy's own.

A text of Python takes 50 to 130 bytes and 8 for each column that it stands in. Here a column takes 1, 2 or 4 bytes a
person, and columns that were taken from one another share their table. Towns and firms stand in the table as texts
of Python; texts that nearly everybody has of their own, such as ID numbers and phones, as bytes of one width, and
references as sheet and row.

It behaves as pandas' own column of texts does, NaN for a text that is missing. Only a column that is asked for texts
one by one makes texts of Python again.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype, register_extension_dtype, take
from pandas.api.indexers import check_array_indexer

Codes = npt.NDArray[np.signedinteger[Any]]
Objects = npt.NDArray[np.object_]

MISSING = -1
_SHIFT = 32
"""Bits of the number behind a word, below that of the word."""
TEXTS_AT_ONCE = 50_000
ASCII_LETTERS = 128
MOST_BYTES = 32
"""A longer text is no number of somebody's own."""
LEAST_OWN = 0.5
"""So many different ones a line, and texts count as everybody's own."""


class _Table(Protocol):
    """Distinct texts by number."""

    def __len__(self) -> int: ...

    def texts(self, codes: Codes) -> Objects:
        """Return the texts of some numbers."""

    def codes(self, texts: Sequence[Hashable]) -> Codes:
        """Return the number of each text, ``MISSING`` for one that the table does not have."""

    def ranks(self) -> Codes:
        """Return (len,) the place of each text in their order."""

    def extended(self, texts: Sequence[str]) -> "_Table":
        """Return the table with further texts behind its own."""

    def some(self, codes: Codes) -> "_Table":
        """Return the table of some of its texts, whose numbers rise."""


class _Words:
    """Texts of Python."""

    def __init__(self, words: Objects) -> None:
        self.words = words

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def _code_of(self) -> dict[Hashable, int]:
        return {word: code for code, word in enumerate(self.words.tolist())}

    def texts(self, codes: Codes) -> Objects:
        return np.asarray(self.words[codes])

    def codes(self, texts: Sequence[Hashable]) -> Codes:
        return np.array([self._code_of.get(text, MISSING) for text in texts], dtype=np.int64)

    def ranks(self) -> Codes:
        return _places_in_order(self.words)

    def extended(self, texts: Sequence[str]) -> "_Words":
        return _Words(np.concatenate([self.words, _objects(texts)]))

    def some(self, codes: Codes) -> "_Words":
        return _Words(self.words[codes])


class _Own:
    """Bytes of one width, sorted: the UTF-8 of texts that nearly everybody has of their own."""

    def __init__(self, own: npt.NDArray[np.bytes_]) -> None:
        self.own = own

    def __len__(self) -> int:
        return len(self.own)

    def texts(self, codes: Codes) -> Objects:
        return _objects([text.decode(errors="surrogatepass") for text in self.own[codes].tolist()])

    def codes(self, texts: Sequence[Hashable]) -> Codes:
        if not texts:
            return np.full(0, MISSING)
        asked = np.array([str(text).encode(errors="surrogatepass") for text in texts], dtype=np.bytes_)
        may_be = [isinstance(text, str) and not text.endswith("\0") for text in texts]
        return np.where(may_be, self.codes_of_bytes(asked), MISSING)

    def codes_of_bytes(self, asked: npt.NDArray[np.bytes_]) -> Codes:
        """Return the number of each text, given as its UTF-8."""
        if not len(self.own):
            return np.full(len(asked), MISSING)
        at = np.searchsorted(self.own, asked)
        is_known = self.own[np.minimum(at, len(self.own) - 1)] == asked
        return np.where(is_known, at, MISSING)

    @cached_property
    def is_ascii(self) -> bool:
        """Return whether each byte is a letter."""
        return bool((self.own.view(np.uint8) < ASCII_LETTERS).all())

    def ranks(self) -> Codes:
        return np.arange(len(self.own))

    def extended(self, texts: Sequence[str]) -> "_Both":
        return _Both(self, _Words(_objects(texts)))

    def some(self, codes: Codes) -> "_Own":
        return _Own(self.own[codes])


class _References:
    """Prefix and number, as ``file!sheet!row``: prefixes, the first line of each, and the numbers, which rise."""

    def __init__(self, prefixes: Sequence[str], first: Codes, number: Codes) -> None:
        self.prefixes, self.first, self.number = tuple(prefixes), first, number

    def __len__(self) -> int:
        return len(self.number)

    @cached_property
    def _nth_of(self) -> dict[str, int]:
        return {prefix: nth for nth, prefix in enumerate(self.prefixes)}

    def texts(self, codes: Codes) -> Objects:
        nth = (np.searchsorted(self.first, codes, side="right") - 1).tolist()
        return _objects(
            [
                f"{self.prefixes[n]}{number}"
                for n, number in zip(nth, self.number[codes].tolist(), strict=True)
            ]
        )

    def codes(self, texts: Sequence[Hashable]) -> Codes:
        return np.array([self._code(str(text)) for text in texts], dtype=np.int64)

    def _code(self, text: str) -> int:
        at = text.rfind("!") + 1
        nth, number = self._nth_of.get(text[:at]), text[at:]
        if nth is None or not number.isdecimal() or str(int(number)) != number:
            return MISSING
        end = self.first[nth + 1] if nth + 1 < len(self.first) else len(self.number)
        own = self.number[self.first[nth] : end]
        line = int(np.searchsorted(own, int(number)))
        return int(self.first[nth]) + line if line < len(own) and own[line] == int(number) else MISSING

    def codes_of_lines(self, others: "_References", codes: Codes) -> Codes:
        """Return the number of each of some texts of another table."""
        if not len(self):
            return np.full(len(codes), MISSING)
        own_nth = np.array([self._nth_of.get(prefix, MISSING) for prefix in others.prefixes], dtype=np.int64)
        nth = np.searchsorted(others.first, codes, side="right") - 1
        asked = _keys(own_nth[nth], others.number[codes])
        own = self.keys(np.arange(len(self.prefixes)))
        at = np.searchsorted(own, asked)
        return np.where(own[np.minimum(at, len(own) - 1)] == asked, at, MISSING)

    def keys(self, numbers: Codes) -> Codes:
        """Return a number for each text, made of that of its prefix and the one behind it."""
        lengths = np.diff(np.append(self.first, len(self)))
        return _keys(np.repeat(numbers, lengths), self.number)

    def ranks(self) -> Codes:
        return _places_in_order(self.texts(np.arange(len(self))))

    def extended(self, texts: Sequence[str]) -> "_Both":
        return _Both(self, _Words(_objects(texts)))

    def some(self, codes: Codes) -> "_References":
        nth = np.searchsorted(self.first, codes, side="right") - 1
        used, first = np.unique(nth, return_index=True)
        return _References([self.prefixes[n] for n in used.tolist()], first, self.number[codes])


class _Both:
    """Two tables, one behind the other."""

    def __init__(self, first: _Table, second: _Words) -> None:
        self.first, self.second = first, second

    def __len__(self) -> int:
        return len(self.first) + len(self.second)

    def texts(self, codes: Codes) -> Objects:
        is_second = codes >= len(self.first)
        found = np.empty(len(codes), dtype=object)
        found[~is_second] = self.first.texts(codes[~is_second])
        found[is_second] = self.second.texts(codes[is_second] - len(self.first))
        return found

    def codes(self, texts: Sequence[Hashable]) -> Codes:
        first, second = self.first.codes(texts), self.second.codes(texts)
        return np.where(
            first >= 0, first, np.where(second >= 0, second.astype(np.int64) + len(self.first), MISSING)
        )

    def ranks(self) -> Codes:
        return _places_in_order(self.texts(np.arange(len(self))))

    def extended(self, texts: Sequence[str]) -> "_Both":
        return _Both(self.first, self.second.extended(texts))

    def some(self, codes: Codes) -> "_Words":
        return _Words(self.texts(codes))


@register_extension_dtype
class TextDtype(ExtensionDtype):
    """The type of such a column."""

    name: ClassVar[str] = "texts"
    type = str
    kind = "O"
    na_value = np.nan

    @classmethod
    def construct_array_type(cls) -> Any:
        """Return the class of the columns."""
        return TextColumn

    def _get_common_dtype(self, dtypes: list[Any]) -> Any:
        is_text = all(isinstance(dtype, TextDtype | pd.StringDtype) for dtype in dtypes)
        return self if is_text else None


class TextColumn(ExtensionArray):
    """A column of texts: line i has the text of number ``codes[i]`` of a table, or none (``MISSING``)."""

    _readonly = False
    """Whether pandas, from version 3 on, lends it to somebody who must not write."""

    def __init__(self, codes: Codes, table: _Table) -> None:
        self.codes, self.table = codes, table

    # What pandas asks for, in the words of its documentation ("Extending pandas").

    @classmethod
    def _from_sequence(cls, scalars: Any, *, dtype: Any = None, copy: bool = False) -> Self:
        if isinstance(scalars, cls):
            return scalars.copy() if copy else scalars
        values = np.empty(len(scalars), dtype=object)
        values[:] = np.asarray(scalars, dtype=object)
        codes, words = pd.factorize(values)
        if not all(isinstance(word, str) for word in words.tolist()):
            raise TypeError("a column of texts takes texts only")
        return cls(_narrow(codes, len(words)), _Words(words))._settled()

    @classmethod
    def _from_factorized(cls, values: Any, original: Self) -> Self:
        return cls._from_sequence(values)

    @property
    def dtype(self) -> TextDtype:
        """The type of the column."""
        return TextDtype()

    @property
    def nbytes(self) -> int:
        """The bytes of the numbers; the table is shared."""
        return int(self.codes.nbytes)

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.tolist())

    def tolist(self) -> list[Any]:
        """Return the texts of Python, NaN for none."""
        texts: list[Any] = self._texts().tolist()
        return texts

    def __getitem__(self, item: Any) -> Any:
        codes = self.codes[check_array_indexer(self, item)]
        if np.ndim(codes):
            found = type(self)(codes, self.table)
            found._readonly = self._readonly and np.may_share_memory(codes, self.codes)
            return found
        return np.nan if codes == MISSING else self.table.texts(np.array([codes]))[0]

    def __setitem__(self, key: Any, value: Any) -> None:
        if self._readonly:
            raise ValueError("Cannot modify read-only array")
        key = check_array_indexer(self, key)
        given = (
            value if isinstance(value, TextColumn) else text_column([value] if _is_scalar(value) else value)
        )
        table, codes = _added(self.table, given)
        if len(table) > len(self.table):
            self.codes = _narrow(self.codes, len(table), copy=True)
        self.table = table
        self.codes[key] = codes[0] if _is_scalar(value) else codes

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> npt.NDArray[Any]:
        texts = self._texts()
        return texts if dtype is None else texts.astype(dtype, copy=False)

    def __eq__(self, other: object) -> Any:
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return NotImplemented
        if isinstance(other, TextColumn) and other.table is self.table:
            return (self.codes == other.codes) & (self.codes != MISSING)
        if _is_scalar(other):
            code = self.table.codes([other])[0] if isinstance(other, str) else MISSING
            return np.zeros(len(self), dtype=bool) if code == MISSING else np.asarray(self.codes == code)
        return np.asarray(self._texts() == np.asarray(other, dtype=object), dtype=bool) & ~self.isna()

    def __ne__(self, other: object) -> Any:
        equal = self.__eq__(other)
        return equal if equal is NotImplemented else ~equal

    def __add__(self, other: object) -> Any:
        if isinstance(other, pd.Series | pd.Index | pd.DataFrame):
            return NotImplemented
        if isinstance(other, str):
            return self.said(lambda text: text + other)
        return text_column(self._texts() + np.asarray(other, dtype=object))

    def __radd__(self, other: object) -> Any:
        if isinstance(other, str):
            return self.said(lambda text: other + text)
        return text_column(np.asarray(other, dtype=object) + self._texts())

    def __getattr__(self, name: str) -> Any:
        """Return what pandas' own column of texts does for its accessor ``str``."""
        if not name.startswith("_str_"):
            raise AttributeError(name)
        return getattr(pd.array(self._texts(), dtype="str"), name)

    def isna(self) -> npt.NDArray[np.bool_]:
        """Return which lines have no text."""
        return np.asarray(self.codes == MISSING)

    def take(self, indices: Any, *, allow_fill: bool = False, fill_value: Any = None) -> Self:
        """Return the lines of some numbers."""
        if allow_fill and isinstance(fill_value, str):
            table, (blank,) = _added(self.table, text_column([fill_value]))
            codes = _narrow(self.codes, len(table))
            return type(self)(np.asarray(take(codes, indices, allow_fill=True, fill_value=blank)), table)
        some = np.asarray(take(self.codes, indices, allow_fill=allow_fill, fill_value=MISSING))
        return type(self)(some, self.table)

    def copy(self) -> Self:
        """Return a copy; the table is shared."""
        return type(self)(self.codes.copy(), self.table)

    @classmethod
    def _concat_same_type(cls, to_concat: Sequence[Self]) -> Self:
        largest = max(to_concat, key=lambda column: len(column.table))
        table, parts = largest.table, []
        for column in to_concat:
            table, codes = _added(table, column)
            parts.append(codes)
        return cls(_narrow(np.concatenate(parts), len(table)), table)

    def factorize(self, use_na_sentinel: bool = True) -> tuple[npt.NDArray[np.intp], Self]:
        """Return a number for each line, and the text of each number, in the order in which they come."""
        numbers, distinct = pd.factorize(self.codes)
        codes: Codes = np.asarray(distinct)
        if use_na_sentinel and MISSING in codes:
            missing = int(np.flatnonzero(codes == MISSING)[0])
            numbers = np.where(numbers == missing, MISSING, numbers - (numbers > missing))
            codes = codes[codes != MISSING]
        return numbers, type(self)(codes, self.table)

    def unique(self) -> Self:
        """Return the texts, each once."""
        codes: Codes = np.asarray(pd.unique(self.codes))
        return type(self)(codes, self.table)

    def duplicated(self, keep: Any = "first") -> npt.NDArray[np.bool_]:
        """Return which lines have a text that another one has."""
        return pd.Series(self.codes).duplicated(keep=keep).to_numpy()

    def isin(self, values: Any) -> npt.NDArray[np.bool_]:
        """Return which lines have one of some texts."""
        if isinstance(values, pd.Series | pd.Index):
            values = values.array
        if isinstance(values, TextColumn) and values.table is self.table:
            asked = values.codes
        elif isinstance(values, TextColumn):
            asked = _codes_in(self.table, values.unique().dropna())
        else:
            asked = self.table.codes(list(values))
        is_asked = np.zeros(len(self.table) + 1, dtype=bool)  # the last is that of MISSING
        is_asked[asked[asked != MISSING]] = True
        return np.asarray(is_asked[self.codes])

    def map(self, mapper: Any, na_action: Any = None) -> Any:
        """Return what a function or a mapping makes of each text; each different one is asked once."""
        if isinstance(mapper, TextNumbers):
            return mapper.of(self)
        numbers, texts = self.factorize(use_na_sentinel=False)
        mapped = pd.Series(texts._texts(), dtype=object).map(mapper, na_action=na_action)
        own = text_column(mapped) if isinstance(mapped.dtype, pd.StringDtype) else mapped.values
        return own.take(numbers)

    def value_counts(self, dropna: bool = True) -> "pd.Series[int]":
        """Return how often each text stands here."""
        numbers, texts = self.factorize(use_na_sentinel=dropna)
        counts = np.bincount(numbers[numbers != MISSING], minlength=len(texts))
        return pd.Series(counts, texts.tolist(), name="count").sort_values(ascending=False, kind="stable")

    def _values_for_argsort(self) -> npt.NDArray[Any]:
        return np.append(self.table.ranks(), MISSING)[self.codes]

    def _groupby_op(self, **options: Any) -> Any:
        texts: Any = pd.array(self._texts(), dtype="str")
        result = texts._groupby_op(**options)
        return text_column(result) if isinstance(result, ExtensionArray) else result

    def _reduce(self, name: str, *, skipna: bool = True, keepdims: bool = False, **options: Any) -> Any:
        return pd.array(self.unique()._texts(), dtype="str")._reduce(name, skipna=skipna, keepdims=keepdims)

    def _hash_pandas_object(self, *, encoding: str, hash_key: str, categorize: bool) -> Any:
        return pd.util.hash_array(self._texts(), encoding, hash_key, categorize)

    # What else it can do.

    def _texts(self) -> Objects:
        """Return the texts of Python, NaN for none."""
        if not len(self.codes) or self.codes.min() != MISSING:
            return self.table.texts(self.codes)
        texts, is_known = np.full(len(self), np.nan, dtype=object), ~self.isna()
        texts[is_known] = self.table.texts(self.codes[is_known])
        return texts

    def said(self, say: Callable[[str], str]) -> "TextColumn":
        """Return the column of what is made of each text."""
        numbers, texts = self.factorize()
        return text_column([say(text) for text in texts._texts()]).take(numbers, allow_fill=True)

    def part(self, start: int, stop: int) -> "TextColumn":
        """Return the column of some letters of each text."""
        if (
            not isinstance(self.table, _Own)
            or not len(self.table)
            or not self.table.is_ascii
            or stop <= start
        ):
            return self.said(lambda text: text[start:stop])
        own = self.table.own
        letters = own.view("S1").reshape(len(own), -1)[:, start:stop]
        some = np.ascontiguousarray(letters).view(f"S{letters.shape[1]}").ravel()
        words, codes = np.unique(some, return_inverse=True)
        table = _Words(_objects([word.decode() for word in words.tolist()]))
        return TextColumn(np.append(_narrow(codes, len(words)), MISSING)[self.codes], table)

    def before_mark(self) -> "TextColumn":
        """Return the column of what stands before the last exclamation mark: the sheet of a reference."""
        if not isinstance(self.table, _References):
            return self.said(lambda text: text.rpartition("!")[0])
        nth = np.searchsorted(self.table.first, self.codes, side="right") - 1
        sheets = words_of(nth, [prefix[:-1] for prefix in self.table.prefixes])
        return TextColumn(np.where(self.isna(), MISSING, sheets.codes), sheets.table)

    def lines_in(self, among: "TextColumn") -> npt.NDArray[np.int64]:
        """Return the first line of another column that holds each text, -1 for none."""
        own, table = self.codes, among.table
        if self.table is not table:
            numbers, texts = self.factorize()
            own = np.append(_codes_in(table, texts), MISSING)[numbers]
        first = np.full(len(table) + 1, MISSING, dtype=np.int64)
        first[among.codes[::-1]] = np.arange(len(among) - 1, -1, -1)
        first[MISSING] = MISSING
        return np.asarray(first[own])

    def taken_apart(self) -> "TextTable":
        """Return the column as arrays, with the texts alone that it has."""
        distinct, numbers = np.unique(self.codes, return_inverse=True)
        if len(distinct) and distinct[0] == MISSING:
            distinct, numbers = distinct[1:], numbers - 1
        numbers, table = numbers.astype(np.int32), self.table.some(distinct)
        if isinstance(table, _Own):
            return TextTable(numbers, own=table.own)
        if isinstance(table, _References):
            return TextTable(numbers, table.prefixes, first=table.first, lines=table.number)
        return TextTable(numbers, table.texts(np.arange(len(table))).tolist())

    def _settled(self) -> Self:
        """Return the column with its texts as bytes of one width, if nearly everybody has one of their own."""
        if not isinstance(self.table, _Words) or not _are_own(self.table.words, len(self)):
            return self
        return type(self)._of_own(_as_bytes(self.table), self.codes)

    @classmethod
    def _of_own(cls, own: npt.NDArray[np.bytes_], codes: Codes) -> Self:
        distinct, number = np.unique(own, return_inverse=True)
        return cls(_narrow(np.append(number, MISSING)[codes], len(distinct)), _Own(distinct))


@dataclass(frozen=True)
class TextTable:
    """A column of texts as arrays, in one of three ways.

    Parameters
    ----------
    numbers : (lines,) int32 the number of each line's text, ``MISSING`` for none
    words : the texts; or, where ``lines`` is given, what stands before a line's number
    own : (texts,) bytes, sorted, in the place of words
    first, lines : (words,) the first text of each word, and (texts,) the number behind it
    """

    numbers: Codes
    words: Sequence[str] = ()
    own: npt.NDArray[np.bytes_] | None = None
    first: Codes | None = None
    lines: Codes | None = None

    def column(self) -> TextColumn:
        """Return the column."""
        if self.own is not None:
            return TextColumn(_narrow(self.numbers, len(self.own)), _Own(self.own))
        if self.first is None or self.lines is None:
            number, distinct = pd.factorize(_objects(self.words))
            codes = np.append(_narrow(number, len(distinct)), MISSING)[self.numbers]
            return TextColumn(_narrow(codes, len(distinct)), _Words(distinct))
        return TextColumn(self.numbers, _References(self.words, self.first, self.lines))


class TextNumbers(Mapping[str, int]):
    """Distinct texts with a number each; few of them are texts of Python at a time."""

    def __init__(self, texts: Iterable[str] = (), numbers: npt.ArrayLike = ()) -> None:
        self.texts = texts if isinstance(texts, TextColumn) else text_column(list(texts))
        self.numbers = np.asarray(numbers, dtype=np.int64)

    def __len__(self) -> int:
        return len(self.texts)

    def __iter__(self) -> Iterator[str]:
        return (text for text, _ in self.items())

    def __getitem__(self, text: str) -> int:
        line = int(text_column([text]).lines_in(self.texts)[0])
        if line < 0:
            raise KeyError(text)
        return int(self.numbers[line])

    def items(self) -> Any:
        """Yield each text and its number."""
        for at in range(0, len(self.texts), TEXTS_AT_ONCE):
            some = slice(at, at + TEXTS_AT_ONCE)
            yield from zip(self.texts[some], self.numbers[some].tolist(), strict=True)

    def of(self, column: TextColumn) -> npt.NDArray[Any]:
        """Return the number of each text of a column, NaN where there is none."""
        lines = column.lines_in(self.texts)
        numbers = np.append(self.numbers, MISSING)[lines]
        return np.where(lines == MISSING, np.nan, numbers) if (lines == MISSING).any() else numbers

    def with_others(self, others: "TextNumbers") -> "TextNumbers":
        """Return the same with further texts; where both know one, what it has here counts."""
        is_new = others.texts.lines_in(self.texts) == MISSING
        texts = TextColumn._concat_same_type([self.texts, others.texts[is_new]])
        return TextNumbers(texts, np.concatenate([self.numbers, others.numbers[is_new]]))


def text_column(texts: Any) -> TextColumn:
    """Return texts as a column; None and NaN are texts that are missing."""
    if isinstance(texts, pd.Series | pd.Index):
        texts = texts.array
    return TextColumn._from_sequence(texts)


def with_texts(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """Return a frame with some of its columns as columns of texts."""
    return frame.assign(**{name: text_column(frame[name]) for name in names})


def words_of(codes: npt.NDArray[Any], words: Sequence[str]) -> TextColumn:
    """Return the column of the words of some numbers; several numbers may have one word, and -1 is the last word."""
    number, distinct = pd.factorize(_objects(words))
    return TextColumn(_narrow(number, len(distinct))[codes], _Words(distinct))


def references(prefix: str, numbers: npt.NDArray[Any]) -> TextColumn:
    """Return the column of ``prefix`` with each of some numbers behind it, which rise."""
    table = _References([prefix], np.zeros(1, dtype=np.int64), numbers.astype(np.int32))
    return TextColumn(np.arange(len(numbers), dtype=np.int32), table)


def repeated(text: str, num: int) -> TextColumn:
    """Return a column of one text."""
    return TextColumn(np.zeros(num, dtype=np.int8), _Words(_objects([text])))


def joined_texts(columns: Sequence[TextColumn]) -> TextColumn:
    """Return columns of many sheets, one below the other, under one table."""
    if not columns:
        return text_column([])
    tables = [column.table for column in columns]
    if all(isinstance(table, _References) for table in tables):
        return _joined_references(columns)
    num_lines = sum(map(len, columns))
    own = [table for table in tables if isinstance(table, _Own)]
    if sum(map(len, own)) >= LEAST_OWN * num_lines and all(map(_may_be_own, tables)):
        each = [_as_bytes(table) for table in tables]
        first = np.cumsum([0, *map(len, each)])
        parts = zip(columns, first.tolist(), strict=False)
        lines = [np.where(c.codes == MISSING, MISSING, c.codes.astype(np.int64) + at) for c, at in parts]
        return TextColumn._of_own(np.concatenate(each), np.concatenate(lines))
    words = [table.texts(np.arange(len(table))) for table in tables]
    numbers, distinct = pd.factorize(np.concatenate(words))
    numbers = _narrow(numbers, len(distinct))
    parts = zip(columns, pairwise(np.cumsum([0, *map(len, words)]).tolist()), strict=True)
    codes = [np.append(numbers[at:end], MISSING).astype(numbers.dtype)[c.codes] for c, (at, end) in parts]
    return TextColumn(np.concatenate(codes), _Words(distinct))


def _joined_references(columns: Sequence[TextColumn]) -> TextColumn:
    tables = [column.table for column in columns]
    prefixes = [prefix for table in tables for prefix in table.prefixes]  # type: ignore[attr-defined]
    if len(set(prefixes)) < len(prefixes):
        return _merged_references(columns)
    before = np.cumsum([0, *map(len, tables)])
    first = np.concatenate([t.first + at for t, at in zip(tables, before[:-1], strict=True)])  # type: ignore[attr-defined]
    numbers = np.concatenate([table.number for table in tables])  # type: ignore[attr-defined]
    codes = [c.codes + at for c, at in zip(columns, before[:-1].astype(np.int32), strict=True)]
    return TextColumn(np.concatenate(codes), _References(prefixes, first, numbers))


def _merged_references(columns: Sequence[TextColumn]) -> TextColumn:
    """Return columns of references, of which several may be to one sheet."""
    nth_of: dict[str, int] = {}
    keys = []
    for table in (column.table for column in columns):
        assert isinstance(table, _References)
        keys.append(table.keys(np.array([nth_of.setdefault(one, len(nth_of)) for one in table.prefixes])))
    distinct, numbers = np.unique(np.concatenate(keys), return_inverse=True)
    numbers, ends = numbers.astype(np.int32), np.cumsum([0, *map(len, keys)]).tolist()
    codes = [
        np.append(numbers[at:end], np.int32(MISSING))[c.codes]
        for c, (at, end) in zip(columns, pairwise(ends), strict=True)
    ]
    first = np.searchsorted(distinct >> _SHIFT, np.arange(len(nth_of)))
    lines = (distinct & ((1 << _SHIFT) - 1)).astype(np.int32)
    return TextColumn(np.concatenate(codes), _References(list(nth_of), first, lines))


def _keys(nth: npt.NDArray[Any], number: npt.NDArray[Any]) -> Codes:
    """Return one number for each pair, in the order of the first, then of the second."""
    return np.asarray(nth.astype(np.int64) << _SHIFT | number)


def _added(table: _Table, column: TextColumn) -> tuple[_Table, Codes]:
    """Return a table with the texts of a column, and the column's numbers in it."""
    if column.table is table:
        return table, column.codes
    numbers, texts = column.factorize()
    codes = _codes_in(table, texts).astype(np.int64)
    new = np.flatnonzero(codes == MISSING)
    if len(new):
        codes[new] = len(table) + np.arange(len(new))
        table = table.extended(texts[new].tolist())
    return table, np.append(codes, MISSING)[numbers]


def _codes_in(table: _Table, texts: TextColumn) -> Codes:
    """Return the number that each of some texts has in a table; bytes and references do not become texts of Python."""
    if isinstance(table, _Both):
        codes = _codes_in(table.first, texts).astype(np.int64)
        others = codes == MISSING
        second = _codes_in(table.second, texts[others])
        codes[others] = np.where(second == MISSING, MISSING, second + len(table.first))
        return codes
    if isinstance(table, _Own) and isinstance(texts.table, _Own):
        return table.codes_of_bytes(texts.table.own[texts.codes])
    if isinstance(table, _References) and isinstance(texts.table, _References):
        return table.codes_of_lines(texts.table, texts.codes)
    if isinstance(table, _References) and isinstance(texts.table, _Both):
        num_first, codes = len(texts.table.first), np.empty(len(texts), dtype=np.int64)
        is_first = texts.codes < num_first
        codes[is_first] = _codes_in(table, TextColumn(texts.codes[is_first], texts.table.first))
        codes[~is_first] = _codes_in(
            table, TextColumn(texts.codes[~is_first] - num_first, texts.table.second)
        )
        return codes
    return table.codes(texts.tolist())


def _may_be_own(table: _Table) -> bool:
    return isinstance(table, _Own) or (
        isinstance(table, _Words) and all(map(_is_short, table.words.tolist()))
    )


def _as_bytes(table: _Table) -> npt.NDArray[np.bytes_]:
    if isinstance(table, _Own):
        return table.own
    texts = table.texts(np.arange(len(table))).tolist()
    return np.array([text.encode(errors="surrogatepass") for text in texts], dtype=np.bytes_)


def _are_own(words: Objects, num_lines: int) -> bool:
    return 0 < len(words) >= LEAST_OWN * num_lines and all(map(_is_short, words.tolist()))


def _is_short(text: str) -> bool:
    return len(text.encode(errors="surrogatepass")) <= MOST_BYTES and not text.endswith(
        "\0"
    )  # bytes end before a NUL


def _is_scalar(value: object) -> bool:
    return value is None or bool(pd.api.types.is_scalar(value))


def _objects(values: Iterable[Any]) -> Objects:
    values = list(values)
    array = np.empty(len(values), dtype=object)
    array[:] = values
    return array


def _places_in_order(texts: Objects) -> Codes:
    ranks = np.empty(len(texts), dtype=np.int64)
    ranks[np.argsort(texts, kind="stable")] = np.arange(len(texts))
    return ranks


def _narrow(codes: npt.NDArray[Any], num_texts: int, *, copy: bool = False) -> Codes:
    """Return numbers in the fewest bytes that hold so many texts."""
    for dtype in (np.int8, np.int16, np.int32):
        if num_texts <= np.iinfo(dtype).max:
            return codes.astype(dtype, copy=copy)
    return codes.astype(np.int64, copy=copy)
