"""The evening on which somebody asks what is to do: which coaches have left by then, and which drafts wait."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from returnplan.model.aboard import marked_batches
from returnplan.model.advice import advice_of
from returnplan.model.plan import Batch, Overview, Plan, RunHeader
from returnplan.papers.wording import in_beijing, today_in_china


def whose_day_is_over(batches: Iterable[Batch], today: date) -> frozenset[str]:
    """Return the batches whose day is over; none where all are, as in a rehearsal with the lists of another year."""
    days = {batch.id: batch.date for batch in batches}
    over = frozenset(batch for batch, day in days.items() if day < today)
    return over if len(over) < len(days) else frozenset()


@dataclass(frozen=True, slots=True)
class Evening:
    """``hour`` is that by which coaches have left, the least there is where only those have that are said to have.

    ``notice_days`` say how long before a batch its riders are told.
    """

    today: date
    hour: datetime
    notice_days: int = 1

    @classmethod
    def of(cls, today: date, moment: datetime, notice_days: int) -> "Evening":
        """Return the evening of a day: its hour is that of the clock, of a day that is over its end."""
        clock = in_beijing(moment)
        return cls(today, min(clock, datetime.combine(today, time.max)), notice_days)

    @classmethod
    def by_hand(cls, header: RunHeader, notice_days: int) -> "Evening":
        """Return the evening on which a person asks: a coach has left once it is said to have.

        Those of the days before the as-of date of the plan have, too.
        """
        hour = datetime.combine(header.as_of, time.min) if header.as_of else datetime.min
        return cls(max(today_in_china(), header.as_of or date.min), hour, notice_days)

    @property
    def last_told(self) -> date:
        """The last day of which nobody can be told in time on a later evening."""
        return self.today + timedelta(days=self.notice_days)

    def has_left(self, batch: Batch) -> bool:
        """Return whether a batch is on its way by this hour; of a draft, whether it should be."""
        return batch.state == "departed" or batch.depart <= self.hour

    def not_marked(self, plan: Plan) -> list[str]:
        """Return the batches that have left and of whose riders no paper has said anything yet, in their order."""
        marked = marked_batches(plan.riders)
        sent = (batch for batch in plan.batches if batch.state != "draft" and self.has_left(batch))
        return [batch.id for batch in sent if batch.load and batch.id not in marked]

    def held(self, plan: Plan | Overview) -> set[str]:
        """Return the drafts that the advice holds tonight, so that nobody should be told of them yet."""
        advice = advice_of(plan, self.today, self.notice_days)
        return {batch for batch, one in advice.items() if not one.send}
