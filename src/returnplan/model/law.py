"""What the law of the road and dated notices ask: values only, no behaviour.

These are ``[timetable]``, ``[drivers]`` and ``[notices]`` of returnplan.toml. Planner and audit both read them and
share nothing else.
"""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from returnplan.model.notices import Notices
from returnplan.model.rules import Km, Name, Settings
from returnplan.model.texts import Text

Hour = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Span = tuple[Hour, Hour]
"""From one hour to another, over midnight if the second is the earlier one."""


def _of_one_day(span: Span) -> Span:
    """Refuse a span over midnight: a batch leaves on its date."""
    if span[0] > span[1]:
        raise PydanticCustomError("over_midnight", "the first hour has to come before the second")
    return span


SpanOfADay = Annotated[Span, AfterValidator(_of_one_day)]
"""From one hour to a later one of the same day."""

MINUTES_AN_HOUR = 60
MINUTES_A_DAY = 24 * MINUTES_AN_HOUR
MOST_DAYS = 7
"""No journey is longer."""
MOST_KM = 20_000
"""No road is longer."""


def minute_of(hour: str) -> int:
    """Return the minutes from midnight to an hour such as 08:00."""
    return MINUTES_AN_HOUR * int(hour[:2]) + int(hour[3:])


class Timetable(Settings):
    """``[timetable]``: when a batch starts, how fast it drives by day, how long it stands at a stop.

    A batch leaves at ``start`` or, where the law, a reception or half an hour saved speak for another hour, at a full
    or half hour in ``start_window``. ``reception`` says when people are taken in: everywhere, or by city, place or
    employer; those who are not named take people in at any hour.
    """

    start: Hour = "08:00"
    start_window: SpanOfADay = ("05:00", "20:00")
    speed_kmh: Annotated[float, Field(ge=5, le=200)] = 80.0
    dwell_minutes: Annotated[float, Field(ge=0, le=240)] = 10.0
    boarding_minutes: Annotated[float, Field(ge=0, le=10)] = 0.0
    reception: Span | dict[Name, Span] | None = None


class Drivers(Settings):
    """``[drivers]``: how long drivers may be at the wheel, and when a coach has to stand.

    The defaults are art. 38 of the safety rules for passenger carriers (道路旅客运输企业安全管理规范): 4 hours in one
    go by day and 2 by night, a rest of 20 minutes, 8 hours in 24, no long-distance coach on the road from 2 to 5
    (art. 32 of 交运规〔2023〕2号: short feeders of 200 km are exempt). At night the limit of speed is 80 % of the day's
    (渝交规〔2023〕5号). Two drivers above 400 km, or 600 km where the expressway runs through, are art. 45 of the
    trial text. ``most`` is how many drivers a coach may have; with ``night_stop`` it stands for some hours where they
    have driven as long as they may.
    """

    two_above_km: Annotated[float, Field(ge=1, le=MOST_KM)] = 400.0
    most: Annotated[int, Field(ge=1, le=9)] = 2
    hours_a_day: Annotated[float, Field(ge=1, le=24)] = 8.0
    hours_in_one_go: Annotated[float, Field(ge=0.5, le=24)] = 4.0
    night_hours_in_one_go: Annotated[float, Field(ge=0.5, le=24)] = 2.0
    rest_minutes: Annotated[int, Field(ge=5, le=240)] = 20
    night: Span = ("22:00", "06:00")
    night_speed: Annotated[float, Field(ge=0.1, le=1)] = 0.8
    standstill: Span = ("02:00", "05:00")
    short_km: Km = 200.0
    night_stop: bool = False
    night_stop_hours: Annotated[float, Field(ge=1, le=24)] = 8.0


class Law(Settings):
    """Everything that a journey has to keep besides the office's own rules."""

    timetable: Timetable = Timetable()
    drivers: Drivers = Drivers()
    notices: Notices = Notices()

    @property
    def reach_km(self) -> float:
        """Return how far a coach may go at most."""
        if self.drivers.night_stop:
            return MOST_KM
        return min(MOST_KM, self.timetable.speed_kmh * self.drivers.hours_a_day * self.drivers.most)

    @property
    def most_km(self) -> float:
        """Return how far a coach may go with as many drivers as it may have, however quick the road is."""
        return self.drivers.two_above_km if self.drivers.most < 2 else MOST_KM


LACKS_DRIVERS = Text(
    "{batch} 全程 {km:.0f} 公里，需 {num_drivers} 名驾驶员，只有 {num_named} 名；"
    "请承运单位补上，或用 returnplan change --breakdown 看乘客能改乘哪趟车",
    "{batch} goes {km:.0f} km and needs {num_drivers} drivers, but has {num_named}; "
    "ask the carrier, or see with returnplan change --breakdown where its riders can go",
)
"""What is said of a batch for which fewer drivers are named than it needs, by whoever finds it."""
