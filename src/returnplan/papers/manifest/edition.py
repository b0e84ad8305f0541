"""One printing of a batch's papers: language, settings, run and hour; the frame that every page shares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from returnplan.model.plan import Batch
from returnplan.model.texts import Lang
from returnplan.papers.pages import Line, style
from returnplan.papers.pages.layout import Part, spread
from returnplan.papers.settings import ManifestSettings
from returnplan.papers.wording import say_batch, say_version, short_name


@dataclass(frozen=True)
class Edition:
    """What all pages of a batch have in common."""

    batch: Batch
    lang: Lang
    settings: ManifestSettings
    run_id: str
    printed_at: datetime

    def say(self, zh: str, en: str) -> str:
        """Return the wording of this edition's language."""
        return zh if self.lang == "zh" else en

    @cached_property
    def footer(self) -> str:
        """The line at the foot of each page: batch and version, page x of y, hour and run."""
        left = f"{say_batch(self.batch, self.lang)} {say_version(self.batch, self.lang)}"
        pages = self.say("第 &P 页,共 &N 页", "page &P of &N")
        right = self.say("打印", "printed") + f" {self.printed_at:%Y-%m-%d %H:%M} {self.run_id}"
        return f"&L{_literal(left)}&C{pages}&R{_literal(right)}"

    @cached_property
    def cities(self) -> str:
        """The short names of all destination cities."""
        return "、".join(short_name(city) for city in self.batch.cities or (self.batch.city,))

    @cached_property
    def _names(self) -> str:
        way = f"{self.batch.stops[0].place} → {self.cities}"
        return "    ".join((say_batch(self.batch, self.lang), way, say_version(self.batch, self.lang)))

    def heading(self, title: str, widths: Sequence[float]) -> tuple[Line, ...]:
        """Return title, batch with its way, and the version that makes older ones void."""
        void = self.say("此前各版作废", "all earlier versions are void")
        return (
            spread([Part(title, style.TITLE)], widths, 30),
            spread([Part(self._names, style.SUBTITLE, 2.2), Part(f"【{void}】", style.WARNING)], widths, 20),
        )


def _literal(text: str) -> str:
    return text.replace("&", "&&")
