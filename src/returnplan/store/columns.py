"""The columns of a frame as compressed blocks: they are read in a tenth of the time that rows take.

A column of very many lines is several blocks, one behind the other.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from returnplan.model.text_column import TextColumn, TextTable, joined_texts

MOST_LINES = 500_000
"""Of one block: SQLite refuses a text of more than a gigabyte, and a block is in memory twice while it is made."""
FAST = 1
"""Level of compression: columns with few different values compress well at once."""

_TEXT, _OWN, _REFERENCES = "str", "own", "references"
"""What a block of texts is called: words of Python; bytes of one width; numbers behind words."""
_NUMBER = np.dtype(np.int32)


class Column(NamedTuple):
    """One column, or some lines of it.

    Parameters
    ----------
    dtype : of the values; or one of the three names of texts
    texts : None for numbers; else a JSON list: the words, or of ``own`` the number of lines, or of ``references`` the
        number of lines and the words
    data : compressed values, or numbers of words, behind which stand the bytes, or the first lines and numbers
    """

    name: str
    dtype: str
    texts: str | None
    data: bytes


def packed(columns: "Iterable[pd.Series[Any]]") -> Iterator[Column]:
    """Yield the blocks of the columns of a frame, one column after the other."""
    for column in columns:
        for first in range(0, max(1, len(column)), MOST_LINES):
            yield pack(column.iloc[first : first + MOST_LINES])


def unpacked(rows: Iterable[Sequence[Any]]) -> pd.DataFrame:
    """Return the frame of the rows that keep its blocks, in their order."""
    blocks = (Column(*row) for row in rows)
    return pd.DataFrame(
        {name: _joined(list(map(unpack, own))) for name, own in groupby(blocks, attrgetter("name"))}
    )


def _joined(parts: "Sequence[pd.Series[Any]]") -> "pd.Series[Any]":
    if len(parts) == 1:
        return parts[0]
    if all(isinstance(part.array, TextColumn) for part in parts):
        return pd.Series(joined_texts([part.array for part in parts]), name=parts[0].name)
    return pd.concat(parts, ignore_index=True)


def pack(series: "pd.Series[Any]") -> Column:
    """Return a column of numbers, days, texts or tuples of texts; an object column may lack some of them (None)."""
    name = str(series.name)
    if isinstance(series.array, TextColumn):
        return _pack_texts(name, series.array.taken_apart())
    if series.dtype.kind == "i":
        series = series.astype(np.int64)
    if series.dtype.kind in "biufM":
        return Column(name, str(series.dtype), None, _compressed(series.to_numpy()))
    codes, texts = pd.factorize(series)
    return Column(name, str(series.dtype), _json(texts.tolist()), _compressed(codes.astype(_NUMBER)))


def _pack_texts(name: str, texts: TextTable) -> Column:
    num = len(texts.numbers)
    if texts.own is not None:
        return Column(name, _OWN, _json([num, texts.own.dtype.str]), _compressed(texts.numbers, texts.own))
    if texts.first is None or texts.lines is None:
        return Column(name, _TEXT, _json(list(texts.words)), _compressed(texts.numbers))
    numbers = (texts.numbers, texts.first.astype(_NUMBER), texts.lines.astype(_NUMBER))
    return Column(name, _REFERENCES, _json([num, *texts.words]), _compressed(*numbers))


def _json(texts: list[Any]) -> str:
    return json.dumps(texts, ensure_ascii=False)


def _compressed(*arrays: "np.ndarray[Any, Any]") -> bytes:
    return zlib.compress(b"".join(array.tobytes() for array in arrays), FAST)


def unpack(block: Column) -> "pd.Series[Any]":
    """Return what was packed."""
    data = zlib.decompress(block.data)
    if block.texts is None:
        return pd.Series(np.frombuffer(data, dtype=block.dtype).copy(), name=block.name)
    texts = json.loads(block.texts)
    if block.dtype in (_OWN, _REFERENCES):
        return pd.Series(_unpack_texts(block.dtype, texts, data).column(), name=block.name)
    codes = np.frombuffer(data, dtype=_NUMBER)
    if block.dtype == _TEXT:
        return pd.Series(TextTable(codes, texts).column(), name=block.name)
    values = np.empty(len(texts) + 1, dtype=object)  # the code -1 finds the None at its end
    values[:-1] = [tuple(text) if isinstance(text, list) else text for text in texts]
    return pd.Series(values[codes], name=block.name, dtype=block.dtype)


def _unpack_texts(kind: str, head: list[Any], data: bytes) -> TextTable:
    num, *words = head
    numbers, rest = np.frombuffer(data, dtype=_NUMBER, count=num), data[num * _NUMBER.itemsize :]
    if kind == _OWN:
        return TextTable(numbers, own=np.frombuffer(rest, dtype=words[0]))
    first, lines = np.split(np.frombuffer(rest, dtype=_NUMBER), [len(words)])
    return TextTable(numbers, words, first=first.astype(np.int64), lines=lines)
