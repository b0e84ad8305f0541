"""The papers of one batch in one edition: the frame that every page of them shares."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from returnplan.model.division_names import short_name
from returnplan.model.plan import Batch, EmployerLine, Rider
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.itinerary import Itineraries, say_onward
from returnplan.papers.pages import Line, Part, Printing, spread, style
from returnplan.papers.passengers import choose_leaders, say_pickup
from returnplan.papers.settings import ManifestSettings, say_office
from returnplan.papers.wording import (
    say_batch,
    say_division,
    say_place,
    say_station,
    say_vehicle,
    say_version,
)


def contacts_of(employers: Iterable[EmployerLine]) -> dict[tuple[str, str], str]:
    """Return who meets people, by employer and city."""
    return {(line.employer, line.city): line.contact for line in employers if line.contact}


@dataclass(frozen=True)
class BatchEdition:
    """What all pages of a batch have in common.

    ``journeys`` are the rides of those who have several, ``contacts`` who meets people at an employer in a city,
    ``leader_told`` is whom its riders were told to phone.
    """

    batch: Batch
    edition: Edition
    settings: ManifestSettings
    journeys: Itineraries
    contacts: Mapping[tuple[str, str], str] = field(default_factory=dict)
    leader_told: str = ""

    @property
    def lang(self) -> Lang:
        """The language of labels."""
        return self.edition.lang

    def say(self, zh: str, en: str) -> str:
        """Return the wording of this edition's language."""
        return zh if self.lang == "zh" else en

    def printing(self, *, landscape: bool = True, fits_one_sheet: bool = False) -> Printing:
        """Return how a page is printed: at the head batch and version; at the foot office, page x of y, hour, run."""
        return Printing(
            landscape,
            fits_one_sheet,
            self.lang,
            left=say_office(self.edition.office, self.lang)
            if landscape
            else "",  # there it meets the page number
            right=f"{self.say('打印', 'printed')} {self.edition.mark}",
            title=f"{say_batch(self.batch, self.lang)}  {say_version(self.batch, self.lang)}",
        )

    def leaders(self, riders: Sequence[Rider]) -> list[str]:
        """Return leader and deputy, with seat and phone; a blank for each that cannot be chosen."""
        chosen = [
            f"{one.name} {self.say(f'{one.seat}座', f'seat {one.seat}')} {one.phone}"
            for one in choose_leaders(riders, self.batch.date, self.leader_told)
        ]
        return [*chosen, "", ""][:2]

    @property
    def shows_employers(self) -> bool:
        """Whether its reader may know who works where."""
        return self.settings.columns.audience != "carrier"

    def contact(self, rider: Rider) -> str:
        """Return who meets a rider at the employer, name and phone; empty where none is known or to be read."""
        if not self.shows_employers:
            return ""
        return self.contacts.get((rider.employer, rider.city), "")

    @property
    def child(self) -> str:
        """What stands in the place of a child's name."""
        return self.say("(儿童)", "(child)")

    def with_whom(self, rider: Rider) -> str:
        """Return with whom a child travels."""
        return self.say(f"随{rider.name}", f"with {rider.name}")

    def pickup(self, rider: Rider) -> str:
        """Return where a rider boards, by the name that a stranger finds."""
        if self.batch.kind in ("train", "shuttle"):
            return say_place(say_station(rider.pickup, self.lang), self.lang)
        return say_place(say_pickup(rider, self.lang), self.lang)

    def dropoff(self, rider: Rider) -> str:
        """Return where a rider alights, and what the rider takes there to travel on."""
        at_station = self.batch.kind in ("feeder", "train")
        place = say_station(rider.dropoff, self.lang) if at_station else rider.dropoff
        place = say_place(place, self.lang)
        return " ".join(filter(None, (place, say_onward(rider, self.journeys, self.lang))))

    @property
    def vehicle(self) -> str:
        """The vehicle type, and the plate once it is known."""
        return f"{say_vehicle(self.batch.vehicle, self.lang)} {self.batch.plate}".strip()

    @cached_property
    def cities(self) -> str:
        """The short names of all destination cities."""
        names = (say_division(city, self.lang) for city in self.batch.cities or (self.batch.city,))
        return self.say("、", "+").join(names)

    @cached_property
    def _names(self) -> str:
        first, last = self.batch.stops[0], self.batch.stops[-1]
        start, end = (f"{short_name(stop.city)} {stop.place}".strip() for stop in (first, last))
        way = f"{start} → {end}"
        return "    ".join((say_batch(self.batch, self.lang), way, say_version(self.batch, self.lang)))

    def heading(self, title: str, widths: Sequence[float]) -> tuple[Line, ...]:
        """Return title, sender, batch with its way, and that earlier versions are void where there are any."""
        office = say_office(self.edition.office, self.lang)
        sender = [spread([Part(office, style.SUBTITLE)], widths, 18)] if office else []
        names = [Part(self._names, style.SUBTITLE, 2.2)]
        if self.batch.version > 1:
            void = self.say("此前各版作废", "all earlier versions are void")
            names.append(Part(f"【{void}】", style.WARNING))
        return spread([Part(title, style.TITLE)], widths, 30), *sender, spread(names, widths, 20)
