"""Sign-up sheets to columns: every person is an accepted line, or a rejected row with its faults."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from pydantic import TypeAdapter, ValidationError

from returnplan.faults import Fault
from returnplan.intake import RejectedRow
from returnplan.reading.cells import Finding
from returnplan.reading.ids import birth_year_of, sex_of
from returnplan.reading.parsed import ParsedSheet, invalid
from returnplan.reading.rows import Mask
from returnplan.reading.signup_sheet import FLAGS
from returnplan.records import SignUp
from returnplan.texts import Text

Objects = npt.NDArray[np.object_]

VALIDATED_AT_ONCE = 10_000
_DTYPES = {
    **dict.fromkeys(("acceptable_cities", "categories", "companions"), "object"),
    **dict.fromkeys(("earliest", "latest", "named_date"), "datetime64[s]"),
    "num_children": "int64",
    **dict.fromkeys(("rides", "cancelled"), "bool"),
}
_WHO = ("name", "id_number", "phone")
_SIGNUPS = TypeAdapter(list[SignUp])

_NOBODY = Finding(
    "nobody",
    Text("这一行没有姓名、身份证号码和电话，未作为报名", "neither name, ID number nor phone: not a person"),
    Text("如果是一个人，请补填；否则请删去此行", "fill them in if it is a person, else delete the row"),
    "warning",
)
_REVERSED = Finding(
    "dates_reversed",
    Text("最晚出发日期早于最早出发日期", "the latest date lies before the earliest"),
    Text("请改正日期", "correct the dates"),
)
_OTHER_SEX = Finding(
    "sex_mismatch",
    Text("性别与身份证号码不符，以身份证为准", "the sex differs from the ID number, which counts"),
    Text("请对照身份证改正", "correct it from the ID card"),
    "warning",
)
_OTHER_AGE = Finding(
    "age_mismatch",
    Text("年龄与身份证号码不符，以身份证为准", "the age differs from the ID number, which counts"),
    Text("请对照身份证改正", "correct it from the ID card"),
    "warning",
)
_MAX_AGE_DIFFERENCE = 2  # 虚岁 counts up to two years more


@dataclass(frozen=True)
class SignUps:
    """What a sign-up sheet said: accepted lines with the fields of SignUp, rejected rows, faults."""

    frame: pd.DataFrame
    rejected: tuple[RejectedRow, ...]
    faults: tuple[Fault, ...]
    num_rows: int

    @property
    def num_accepted(self) -> int:
        """How many rows became records."""
        return len(self.frame)


def read_signups(whole: ParsedSheet, year: int | None) -> SignUps:
    """Return the people of a sheet; ``year`` is that of the campaign.

    The frame has dates as datetime64[s] (NaT: not told), lists as tuples, texts as str.
    """
    is_somebody = np.logical_or.reduce([whole.is_filled(field) for field in _WHO])
    faults = [whole.fault(i, "name", _NOBODY) for i in np.flatnonzero(~is_somebody).tolist()]
    sheet = whole.only(is_somebody)
    columns = _columns(sheet)
    faults.extend(sheet.faults())
    is_wrong = sheet.has_error()
    for mask, field, finding in _cross_checks(sheet, columns, year):
        faults.extend(sheet.fault(i, field, finding) for i in np.flatnonzero(mask).tolist())
        if finding.severity == "error":
            is_wrong |= mask
    for i, field, finding in list(_validate(columns, np.flatnonzero(~is_wrong))):
        faults.append(sheet.fault(i, field, finding))
        is_wrong[i] = True
    return SignUps(
        frame_of({field: values[~is_wrong] for field, values in columns.items()}),
        tuple(_rejected(sheet, np.flatnonzero(is_wrong))),
        tuple(faults),
        len(sheet.lines),
    )


def frame_of(columns: Mapping[str, Objects]) -> pd.DataFrame:
    """Return columns of Python values as a frame: texts as str, dates as datetime64[s], lists as tuples."""
    return pd.DataFrame({field: _series(field, columns[field]) for field in SignUp.model_fields})


def joined(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Return the sign-ups of all sheets, one below the other; without any, a frame without lines."""
    nobody = frame_of({field: np.empty(0, dtype=object) for field in SignUp.model_fields})
    filled = [frame for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else nobody


def _series(field: str, values: Objects) -> "pd.Series[Any]":
    dtype = _DTYPES.get(field, "str")
    return pd.Series(values if dtype == "str" else values.astype(dtype), dtype=dtype)


def _columns(sheet: ParsedSheet) -> dict[str, Objects]:
    """Return the fields of SignUp, one Python value a line."""
    columns = {field: column.by_line() for field, column in sheet.columns.items()}
    columns["ref"] = np.array(sheet.refs(), dtype=object)
    if not sheet.has("county") and not sheet.has("prefecture"):
        columns["county"] = columns["address"]
    columns["sex"] = sheet.columns["id_number"].map(sex_of)
    columns["categories"] = _categories(sheet, columns)
    columns["num_children"] = sheet.columns["num_children"].map(lambda told: told or 0, of_none=True)
    _spread_days(columns)
    return {field: columns[field] for field in SignUp.model_fields}


def _categories(sheet: ParsedSheet, columns: Mapping[str, Objects]) -> Objects:
    """Return the classes of each line: those in words, then those whose yes/no column says yes."""
    categories = columns["categories"].copy()
    for flag in FLAGS:
        for i in np.flatnonzero(columns[flag].astype(bool)).tolist():
            categories[i] = tuple(dict.fromkeys((*categories[i], flag)))
    return categories


def _spread_days(columns: dict[str, Objects]) -> None:
    """Split 出发日期 into one named day, or into the first and the last of a span (2月18日至20日)."""
    spans = columns["named_date"]
    named = np.full(len(spans), None, dtype=object)
    for i in np.flatnonzero(spans != None).tolist():  # noqa: E711  an element-wise comparison
        first, last = spans[i]
        if first == last:
            named[i] = first
        else:
            columns["earliest"][i] = columns["earliest"][i] or first
            columns["latest"][i] = columns["latest"][i] or last
    columns["named_date"] = named


def _cross_checks(
    sheet: ParsedSheet, columns: Mapping[str, Objects], year: int | None
) -> Iterator[tuple[Mask, str, Finding]]:
    """Yield what two cells of a line say against each other: on which lines, in which field, what."""
    earliest, latest = (columns[field].astype("datetime64[s]") for field in ("earliest", "latest"))
    yield latest < earliest, "latest", _REVERSED
    told_sex, sex = sheet.columns["sex"].by_line(), columns["sex"]
    yield (told_sex != sex) & told_sex.astype(bool) & sex.astype(bool), "sex", _OTHER_SEX
    if year is not None:
        told_age = sheet.columns["age"].by_line().astype(float)
        age = year - sheet.columns["id_number"].map(birth_year_of).astype(float)
        yield np.abs(told_age - age) > _MAX_AGE_DIFFERENCE, "age", _OTHER_AGE


def _validate(
    columns: Mapping[str, Objects], lines: npt.NDArray[np.intp]
) -> Iterator[tuple[int, str, Finding]]:
    """Yield the lines that the record refuses, chunk by chunk: people are never kept as models."""
    for start in range(0, len(lines), VALIDATED_AT_ONCE):
        chunk = lines[start : start + VALIDATED_AT_ONCE]
        rows = zip(*(values[chunk] for values in columns.values()), strict=True)
        try:
            _SIGNUPS.validate_python([dict(zip(columns, row, strict=True)) for row in rows])
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                index, field, *_ = detail["loc"]
                yield int(chunk[int(index)]), str(field), invalid(detail["msg"])


def _rejected(sheet: ParsedSheet, lines: npt.NDArray[np.intp]) -> Iterator[RejectedRow]:
    fields = ("name", "phone", "id_number", "prefecture", "county", "township", "city", "party")
    texts = [sheet.texts(field, lines) for field in fields]
    for line, *row in zip(lines.tolist(), *texts, strict=True):
        yield RejectedRow(sheet.ref(line), *row)
