"""Which batches of a run are asked for, and the cities and counties under every name that a person types."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from returnplan.model.division_names import LATIN_KIND, core, short_name


@dataclass(frozen=True, slots=True)
class Selection:
    """The batches that meet every condition that is given.

    ``city`` and ``county`` are full names: one of the batch's cities, and the home county of at least one
    rider. ``day`` is the date of departure and ``until`` the last such date. ``batches`` are ids, empty for
    all.
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


Level = Literal["city", "county"]


@dataclass(frozen=True, slots=True)
class Division:
    """A city or county by its full name (东莞市) and the pinyin of its short one (dongguan)."""

    level: Level
    name: str
    pinyin: str


def divisions(level: Level, names: Iterable[str]) -> list[Division]:
    """Return the divisions of the given full names, each once, in the order of the names."""
    from returnplan.places.names import pinyin  # places load numpy, and only saving needs them

    return [
        Division(level, name, pinyin(short_name(name))) for name in sorted({name for name in names if name})
    ]


def find_division(text: str, among: Sequence[Division]) -> Division | None:
    """Return the one division that ``text`` names, in full, in short or in pinyin; None if it names none or several."""
    wanted = _folded(text)
    for rule in (_is_full, _is_short, _is_start):
        found = [division for division in among if rule(wanted, division)]
        if len(found) == 1:
            return found[0]
    return None


def near_divisions(text: str, among: Sequence[Division], num_most: int = 3) -> list[Division]:
    """Return the divisions whose name or pinyin is spelt most like ``text``, best first."""
    wanted = core(LATIN_KIND.sub("", _folded(text)))
    likeness = {division.name: _likeness(wanted, division) for division in among}
    ranked = sorted(among, key=lambda division: -likeness[division.name])
    return [division for division in ranked[:num_most] if likeness[division.name] >= 0.5]


def _is_full(wanted: str, division: Division) -> bool:
    return wanted == division.name


def _is_short(wanted: str, division: Division) -> bool:
    return bool(_stems(wanted) & {short_name(division.name), division.pinyin})


def _is_start(wanted: str, division: Division) -> bool:
    """融水县 and Rongshui mean 融水苗族自治县; two characters or five letters are enough to try."""
    stems = _stems(wanted)
    by_name = any(len(stem) >= 2 and division.name.startswith(stem) for stem in stems)
    return by_name or any(len(stem) >= 5 and division.pinyin.startswith(stem) for stem in stems)


def _stems(wanted: str) -> set[str]:
    """Return the name with and without its ending: Enshi is a whole name, but Dongguanshi has an ending."""
    return {wanted, core(wanted), LATIN_KIND.sub("", wanted)}


def _likeness(wanted: str, division: Division) -> float:
    spellings = (short_name(division.name), division.pinyin)
    return max(difflib.SequenceMatcher(None, wanted, spelling).ratio() for spelling in spellings)


def _folded(text: str) -> str:
    text = "".join(text.lower().split()).replace("ü", "v")
    return text.replace("'", "").replace("’", "")
