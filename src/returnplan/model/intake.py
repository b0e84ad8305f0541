"""All that the files of one call said: records in columns, faults, and what was recognised where."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from returnplan.model.faults import Fault
from returnplan.model.records import (
    Demand,
    DistanceRow,
    FleetRow,
    NamedRow,
    PickupRow,
    PlaceRow,
    RailRow,
    SheetKind,
)
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that was read: its path as given, the SHA-256 of its bytes, the number of data rows."""

    path: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class DatedFile:
    """A file, the name shown, when it was saved, and which later files of the call are copies of it."""

    path: str
    name: str
    saved: datetime
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetReport:
    """How a sheet was understood; ``kind`` None: not recognised. ``header_row`` is the row Excel shows.

    ``columns`` pairs each recognised field with the letters of its column, (("name", "B"), ...), so that a
    later stage can name the cell of its finding; the sheet's kind and a row's ``ref`` give the rest.
    ``not_read`` counts the rows that look like people on a sheet that was not read; ``sheet`` is empty for a file of
    which no sheet could be opened.
    """

    file: str
    sheet: str
    kind: SheetKind | None
    header_row: int | None
    rows: int
    accepted: int
    columns: tuple[tuple[str, str], ...] = ()
    not_read: int = 0


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A sign-up row with an error: it is a person all the same, and is listed as unplanned (``faulty_row``).

    The names are the raw texts of the row, as far as it has them; ``party`` keeps a faulty companion from
    being left behind unnoticed.
    """

    ref: str
    name: str = ""
    phone: str = ""
    id_number: str = ""
    prefecture: str = ""
    county: str = ""
    township: str = ""
    city: str = ""
    party: str = ""


@dataclass(frozen=True, slots=True)
class RejectedVehicle:
    """A fleet row with an error, as far as it tells whose vehicles it is about."""

    ref: str
    vehicle: str
    carrier: str
    plate: str


Titles = Mapping[tuple[str, str], tuple[tuple[str, ...], tuple[str, ...]]]
"""File and sheet of a list of people -> what it says above its header, and the name of its folder."""


@dataclass(frozen=True)
class Intake:
    """The outcome of reading.

    ``signups`` has the fields of :class:`~returnplan.model.records.SignUp` as columns, one line an accepted row, in
    the order of the command line and then of the rows; the other kinds are few and stay records. ``files`` are
    in the order in which they count, the newest last. ``unread`` names the files that were given and not read, each
    with the code of the reason. ``refused`` says why nothing may be planned beside a file: it has a password, or is
    damaged. ``titles`` may name the township of a list.
    """

    signups: "pd.DataFrame"
    inputs: tuple[InputFile, ...] = ()
    files: tuple[DatedFile, ...] = ()
    sheets: tuple[SheetReport, ...] = ()
    faults: tuple[Fault, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    demand: tuple[Demand, ...] = ()
    fleet: tuple[FleetRow, ...] = ()
    faulty_fleet: tuple[RejectedVehicle, ...] = ()
    rail: tuple[RailRow, ...] = ()
    places: tuple[PlaceRow, ...] = ()
    distances: tuple[DistanceRow, ...] = ()
    pickups: tuple[PickupRow, ...] = ()
    named: tuple[NamedRow, ...] = ()
    lang: Lang = "zh"
    notes: tuple[Text, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()
    refused: tuple[Text, ...] = ()
    titles: Titles = field(default_factory=dict)

    @property
    def num_not_read(self) -> int:
        """How many people seem to stand on sheets and in files that were not read."""
        return sum(sheet.not_read for sheet in self.sheets)
