"""When a batch is at its stops: constant speed, a wait at every stop (legal timetables come later)."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from returnplan.model.rules import Timetable


def stop_times(day: date, legs_km: Sequence[float], timetable: Timetable) -> tuple[datetime, ...]:
    """Return the local time at which the vehicle comes to each stop, in whole minutes, never decreasing.

    It stands at the first stop at the hour of ``start`` and leaves every stop ``dwell_minutes`` later.
    """
    start = datetime.combine(day, time.fromisoformat(timetable.start))
    minutes = 0.0
    times = [start]
    for leg_km in legs_km:
        minutes += timetable.dwell_minutes + leg_km / timetable.speed_kmh * 60
        times.append(start + timedelta(minutes=int(minutes)))
    return tuple(times)
