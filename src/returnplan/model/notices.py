"""Rules that a notice sets for some days (``[notices]`` of returnplan.toml): values only, no behaviour."""

import tomllib
from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from returnplan.model.rules import Name, Seats, Settings

Level = Literal["low", "medium", "high"]
Scope = Literal["provinces", "cities", "within"]
"""A journey between two provinces, between two cities of one province, or within a city."""
Preset = Literal["2020-02", "2021-spring", "2023-spring", "2024-spring"]


class Notice(Settings):
    """One rule of a notice, and the journeys and days for which it holds.

    It holds for journeys of the ``scopes`` from the ``origins`` to the ``destinations`` (divisions; none: from or to
    anywhere) if the higher risk of both ends is one of ``risks``. Then no more than ``seat_share`` of the seats may be
    used, and ``observation_seats`` stay free: out of those that are free anyway, or ``on_top``. ``min_group`` is the
    fewest riders. ``temperature`` asks for a column on the manifest. ``health_kept_back`` says whose health code keeps
    them from travelling on these days, wherever they go; None: nothing is said of it. Where a notice has an
    ``override``, the reason for it, it alone counts.
    """

    since: date
    until: date | None = None
    number: Annotated[str, Field(max_length=200)] = ""
    text: Annotated[str, Field(max_length=1_000)] = ""
    scopes: tuple[Scope, ...] = ("provinces", "cities", "within")
    origins: tuple[Name, ...] = ()
    destinations: tuple[Name, ...] = ()
    risks: tuple[Level, ...] = ("low", "medium", "high")
    seat_share: Annotated[float, Field(ge=0.1, le=1)] = 1.0
    observation_seats: Seats = 0
    on_top: bool = False
    min_group: Annotated[int, Field(ge=0, le=2_000)] = 0
    temperature: bool = False
    health_kept_back: tuple[Name, ...] | None = None
    override: Annotated[str, Field(max_length=1_000)] = ""

    @property
    def words(self) -> str:
        """What papers say of it: number, text, and why it sets others aside."""
        parts = (self.number, self.text, self.override and f"※{self.override}")
        return " ".join(part for part in parts if part)

    def holds_on(self, day: date) -> bool:
        """Return whether the notice is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Risk(Settings):
    """The level of risk of a division on some days; where none is named it is low."""

    division: Name
    level: Level
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether the level is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


class Notices(Settings):
    """``[notices]``: dated rules, those of a preset first; of several that hold the strictest counts."""

    presets: tuple[Preset, ...] = ()
    rules: tuple[Notice, ...] = ()
    risks: tuple[Risk, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _one_preset(cls, told: Any) -> Any:
        """Read ``preset = "2021-spring"`` as a list of one."""
        if not isinstance(told, dict) or "preset" not in told or "presets" in told:
            return told
        others = {key: value for key, value in told.items() if key != "preset"}
        return others | {"presets": (told["preset"],)}

    @property
    def all_rules(self) -> tuple[Notice, ...]:
        """Return the rules of the presets and the office's own."""
        return _all_rules(self)


def kept_back_on(day: date, notices: Sequence[Notice], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """Return the health codes that keep people back on a day: those of the notices in force, else the office's."""
    said = [
        rule.health_kept_back for rule in notices if rule.holds_on(day) and rule.health_kept_back is not None
    ]
    return tuple(dict.fromkeys(code for codes in said for code in codes)) if said else otherwise


@cache
def _all_rules(notices: Notices) -> tuple[Notice, ...]:
    named = presets()
    return (*(rule for name in notices.presets for rule in named[name]), *notices.rules)


@cache
def presets() -> dict[str, tuple[Notice, ...]]:
    """Return the shipped notices by name; their sources stand in the file."""
    table = tomllib.loads(files(__package__).joinpath("notices.toml").read_text(encoding="utf-8"))
    return {name: tuple(map(Notice.model_validate, rules)) for name, rules in table.items()}
