"""A file that an office sent to its account, or the reason why it is none. Files are untrusted."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from pydantic import BaseModel, ValidationError

from returnplan.model.foreign import system_words
from returnplan.model.masking import mask_text
from returnplan.model.plan import CONNECTING
from returnplan.model.records import Product
from returnplan.model.texts import Text
from returnplan.papers.rollup.account import (
    Account,
    AccountLine,
    Count,
    Date,
    Moment,
    Vehicle,
    Word,
    digests,
    lines_of,
)

MOST_BYTES = 300_000_000
"""``show --json`` of half a million people."""

ACCOUNT_ID = "account"
"""The id of the part of report.html that holds the account."""

_NO_KIND = Text(
    "不是 returnplan 的汇总文件，没有读；请报送 returnplan report 写出的 report.html",
    "no summary of returnplan, not read; send the report.html that returnplan report writes",
)
_PERSONAL = Text(
    "是工作簿，可能含个人信息，没有读；请报送 returnplan report 写出的 report.html",
    "a workbook, which may hold personal data, not read; send the report.html that returnplan report writes",
)
_TOO_LARGE = Text(
    "超过 300 MB，没有读；请报送 report.html", "larger than 300 MB, not read; send report.html instead"
)
_FOLDER = Text(
    "是文件夹，里面的文件没有读；请直接写出它们", "a folder, of which nothing is read; name the files in it"
)
_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".csv", ".et", ".ods", ".xlsb")


@dataclass(frozen=True)
class AccountFile:
    """A file and what it tells: an account, or why there is none."""

    file: str
    account: Account | None
    problem: Text | None = None


def read_account(path: Path) -> AccountFile:
    """Return what a file tells; whatever it holds, no error."""
    name = mask_text(path.name)
    if path.is_dir():
        return AccountFile(name, None, _FOLDER)
    if path.suffix.lower() in _WORKBOOKS:
        return AccountFile(name, None, _PERSONAL)
    try:
        if path.stat().st_size > MOST_BYTES:
            return AccountFile(name, None, _TOO_LARGE)
        return AccountFile(name, _account(path.read_bytes().decode("utf-8-sig")))
    except OSError as error:
        why = system_words(error)
        return AccountFile(name, None, Text(f"打不开：{why.zh}", f"cannot be opened: {why.en}"))
    except (ValueError, RecursionError):  # no UTF-8, no JSON, not the fields of an account
        return AccountFile(name, None, _NO_KIND)


def _account(text: str) -> Account:
    """Return the account in the text of a file.

    Raises
    ------
    ValueError : it holds none
    """
    if text.lstrip().startswith("<"):
        parser = _Finder()
        parser.feed(text)
        return Account.model_validate_json(parser.found)
    told = json.loads(text)
    try:
        return Account.model_validate(told)
    except ValidationError:
        return _account_of_json(_PlanJson.model_validate(told))


class _Finder(HTMLParser):
    """Collects what the element with the id of the account holds."""

    def __init__(self) -> None:
        super().__init__()
        self.found = ""
        self._is_inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note that the element begins."""
        self._is_inside = tag == "script" and ("id", ACCOUNT_ID) in attrs

    def handle_endtag(self, tag: str) -> None:
        """Note that it ends."""
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        """Keep what stands in it."""
        if self._is_inside:
            self.found += data


class _RiderJson(BaseModel):
    signup: str = ""
    pickup: str
    city: Word
    status: Word
    prefecture: Word | None = None
    leg: int = 1


class _StopJson(BaseModel):
    kind: str
    place: str
    city: Word


class _BatchJson(BaseModel):
    date: Date
    city: Word
    mode: Word
    kind: Word = "direct"
    product: Product | None = None
    state: Word
    stops: list[_StopJson]
    riders: list[_RiderJson]


class _OriginJson(BaseModel):
    walk_ups: Count = 0


class _SummaryJson(BaseModel):
    origins: dict[Word, _OriginJson]


class _InputJson(BaseModel):
    path: str
    sha256: Word


class _RunJson(BaseModel):
    id: Word
    created_at: Moment
    inputs: list[_InputJson]
    config: dict[str, object]


class _PlanJson(BaseModel):
    """The parts of ``show --json`` that an account is made of."""

    run: _RunJson
    summary: _SummaryJson
    batches: list[_BatchJson]


def _account_of_json(told: _PlanJson) -> Account:
    office = told.run.config.get("office", {})
    walk_ups = tuple(
        AccountLine(date=None, home=home, city="", sent=line.walk_ups)
        for home, line in told.summary.origins.items()
        if line.walk_ups
    )
    return Account(
        office=str(office.get("name", ""))[:200] if isinstance(office, dict) else "",
        run=told.run.id,
        made_at=told.run.created_at,
        inputs=digests(
            ((file.path, file.sha256) for file in told.run.inputs),
            {rider.signup for batch in told.batches for rider in batch.riders},
        ),
        lines=(*lines_of(_vehicles(told)), *walk_ups),
    )


def _vehicles(told: _PlanJson) -> Iterator[Vehicle]:
    """Yield the batches; people come from the one home of the plan, else from where they board."""
    homes = list(told.summary.origins)
    only = homes[0] if len(homes) == 1 else None
    for batch in told.batches:
        around = {stop.place: stop.city for stop in batch.stops if stop.kind == "pickup"}
        riders = Counter(
            (
                rider.prefecture or only or around.get(rider.pickup, ""),
                rider.city,
                rider.status,
                rider.leg == 1,
                "",
            )
            for rider in batch.riders
        )
        yield Vehicle(
            batch.date,
            batch.mode,
            batch.city,
            batch.state == "departed",
            riders,
            product=batch.product,
            is_connecting=batch.kind in CONNECTING,
        )
