"""What the office settles about enrolment: classes, default fleet, local names, expected townships."""

from typing import Annotated

from pydantic import Field

from returnplan.model.notices import Notice
from returnplan.model.rules import Dates, Name, RailRules, Settings, Yuan

Seats = Annotated[int, Field(ge=1, le=200)]
YuanPerKm = Annotated[float, Field(ge=0, le=10_000)]


class Priority(Settings):
    """``[priority]``: the classes (人员类别) in the order in which they are served."""

    order: tuple[Name, ...] = ("脱贫户", "监测对象", "易地搬迁", "农村低收入", "其他")


class DefaultFleet(Settings):
    """``[fleet]``: coaches that may be chartered without limit when no fleet sheet is given.

    ``fixed`` is the charter price in yuan by passenger seats, ``per_km`` what each km costs on top. The
    figures are placeholders in the order of magnitude of the field (docs/rules.md); an office sets its own.
    """

    fixed: dict[Seats, Yuan] = Field(min_length=1, default={37: 2900.0, 45: 3400.0, 49: 3600.0, 53: 3900.0})
    per_km: YuanPerKm = 6.0


class Townships(Settings):
    """``[townships]``: whose sheets are expected."""

    expected: tuple[Name, ...] = ()


class EnrolmentSettings(Settings):
    """All that enrolment needs.

    ``places`` are local names and the division they stand for, ``notices`` dated rules; the name of the ``office`` says
    whose people it serves.
    """

    dates: Dates = Dates()
    rail: RailRules = RailRules()
    priority: Priority = Priority()
    fleet: DefaultFleet = DefaultFleet()
    places: dict[Name, Name] = Field(default={})
    townships: Townships = Townships()
    notices: tuple[Notice, ...] = ()
    office: str = ""
