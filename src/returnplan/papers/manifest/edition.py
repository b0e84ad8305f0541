"""The papers of one batch in one edition: the frame that every page of them shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from returnplan.model.plan import Batch
from returnplan.model.texts import Lang
from returnplan.papers.edition import Edition
from returnplan.papers.pages import Line, Part, Printing, spread, style
from returnplan.papers.settings import ManifestSettings, say_office
from returnplan.papers.wording import say_batch, say_version, short_name


@dataclass(frozen=True)
class BatchEdition:
    """What all pages of a batch have in common."""

    batch: Batch
    edition: Edition
    settings: ManifestSettings

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
            left=say_office(self.edition.office, self.lang),
            right=f"{self.say('打印', 'printed')} {self.edition.mark}",
            title=f"{say_batch(self.batch, self.lang)}  {say_version(self.batch, self.lang)}",
        )

    @cached_property
    def cities(self) -> str:
        """The short names of all destination cities."""
        return "、".join(short_name(city) for city in self.batch.cities or (self.batch.city,))

    @cached_property
    def _names(self) -> str:
        way = f"{self.batch.stops[0].place} → {self.cities}"
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
