"""Days that Excel stores as numbers, and where it shows them as such: 44245 is the 18th of February 2021."""

from datetime import datetime, timedelta

_EPOCH = datetime(1899, 12, 30)
_OF_OUR_TIME = range(36_526, 73_416)
"""2000-01-01 to 2100-12-31."""


def of_serial(days: float) -> datetime | None:
    """Return the day of a number, its fraction as the hour, to the second; None for what is no day of our time."""
    return _EPOCH + timedelta(seconds=round(days * 86_400)) if int(days) in _OF_OUR_TIME else None
