"""A DataFrame as compressed columns: numbers as their bytes, texts as numbers of the different texts."""

import json
import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

FAST = 1
"""Level of compression: columns of few different values are small at once."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``texts`` None: ``data`` are values of ``dtype``, else JSON of what ``data`` numbers."""

    name: str
    dtype: str
    texts: str | None
    data: bytes


def pack(series: "pd.Series[Any]") -> Column:
    """Return a column of numbers, days, texts or tuples of texts."""
    dtype = str(series.dtype)
    if series.dtype.kind in "biufM":
        return Column(str(series.name), dtype, None, zlib.compress(series.to_numpy().tobytes(), FAST))
    codes, texts = pd.factorize(series)
    data = zlib.compress(codes.astype(np.int32).tobytes(), FAST)
    return Column(str(series.name), dtype, json.dumps(list(texts), ensure_ascii=False), data)


def unpack(column: Column) -> "pd.Series[Any]":
    """Return what was packed."""
    data = zlib.decompress(column.data)
    if column.texts is None:
        return pd.Series(np.frombuffer(data, dtype=column.dtype).copy(), name=column.name)
    texts = [tuple(text) if isinstance(text, list) else text for text in json.loads(column.texts)]
    values = np.empty(len(texts), dtype=object)
    values[:] = texts
    return pd.Series(values[np.frombuffer(data, dtype=np.int32)], name=column.name, dtype=column.dtype)
