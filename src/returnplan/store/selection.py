"""Which batches of a run are asked for, as a condition that SQLite answers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Selection:
    """The batches that meet every condition that is given.

    ``city`` and ``county`` are full names: a batch goes to the city (one of its cities), or carries at least
    one rider from the county; ``day`` is the date of departure, ``until`` the last one; ``batches`` are ids,
    none for all.
    """

    city: str | None = None
    county: str | None = None
    day: date | None = None
    batches: tuple[str, ...] = ()
    until: date | None = None

    def condition(self) -> tuple[str, list[str]]:
        """Return the SQL condition on a row of ``batches`` and its parameters."""
        parts = ["1"]
        values: list[str] = []
        if self.city:
            parts.append("EXISTS (SELECT 1 FROM json_each(batches.cities) AS c WHERE c.value = ?)")
            values.append(self.city)
        if self.county:
            parts.append(
                "EXISTS (SELECT 1 FROM riders AS r"
                " WHERE r.run = batches.run AND r.batch = batches.id AND r.county = ?)"
            )
            values.append(self.county)
        if self.day:
            parts.append("batches.date = ?")
            values.append(self.day.isoformat())
        if self.until:
            parts.append("batches.date <= ?")
            values.append(self.until.isoformat())
        if self.batches:
            parts.append(f"batches.id IN ({', '.join('?' * len(self.batches))})")
            values.extend(self.batches)
        return " AND ".join(parts), values
