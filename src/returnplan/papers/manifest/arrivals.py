"""What an employer is told (到岗名单): who arrives, when and where, against what it asked for. No ID numbers."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from returnplan.model.division_names import short_name
from returnplan.model.person import label
from returnplan.model.plan import Batch, EmployerLine, Rider
from returnplan.model.texts import Text
from returnplan.papers.edition import Edition, Head, table_page, write_each
from returnplan.papers.field import Field
from returnplan.papers.itinerary import ALL_DIRECT, Itineraries, next_ride
from returnplan.papers.pages import Page, style
from returnplan.papers.wording import say_day, say_heads_a_day

PAPER = Text("到岗名单", "arrivals")


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A person on the way to an employer, who gets off at ``time``."""

    rider: Rider
    batch: Batch
    time: datetime


_FIELDS: tuple[Field[OnTheWay], ...] = (
    Field("day", Text("到达日期", "Day"), 11, value=lambda one, lang: say_day(one.time.date(), lang)),
    Field("hour", Text("到达时间", "Hour"), 9, value=lambda one, lang: f"{one.time:%H:%M}"),
    Field("rider.dropoff", Text("下车点", "Drop-off"), 28, style.SMALL),
    Field("batch.id", Text("批次编号", "Batch"), 11, style.SHRINK),
    Field("batch.plate", Text("车牌号", "Plate"), 12),
    Field("rider.name", label("name"), 10),
    Field("rider.sex", label("sex"), 6),
    Field("rider.phone", label("phone"), 14),
    Field("rider.post", label("post"), 13),
    Field("rider.county", label("county"), 18, style.SMALL),
)


def write_arrivals(
    batches: Sequence[Batch],
    riders: Mapping[str, Sequence[Rider]],
    employers: Sequence[EmployerLine],
    folder: Path,
    edition: Edition,
    journeys: Itineraries = ALL_DIRECT,
) -> list[Path]:
    """Write a list for each employer of the riders, hour by hour; people without an employer are on none.

    Parameters
    ----------
    batches, riders : who is on the way; ``riders`` by batch id
    employers : what was asked for
    journeys : the rides of those who have several: they arrive with the last one

    Returns
    -------
    The workbooks, by employer and city.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    lists: dict[str, list[OnTheWay]] = defaultdict(list)
    for one in sorted(
        _arrivals(batches, riders, journeys), key=lambda one: (one.time, one.batch.id, one.rider.seat)
    ):
        lists[_receiver(one.rider.employer, one.rider.city)].append(one)
    asked: dict[str, list[EmployerLine]] = defaultdict(list)
    for line in employers:
        asked[_receiver(line.employer, line.city)].append(line)
    return write_each(PAPER, lists, partial(_pages, asked), folder, edition)


def _arrivals(
    batches: Sequence[Batch], riders: Mapping[str, Sequence[Rider]], journeys: Itineraries
) -> list[OnTheWay]:
    hours = {(batch.id, stop.seq): stop.time for batch in batches for stop in batch.stops}
    return [
        OnTheWay(rider, batch, hours[batch.id, rider.dropoff_seq])
        for batch in batches
        for rider in riders[batch.id]
        if rider.employer and next_ride(rider, journeys) is None
    ]


def _receiver(employer: str, city: str) -> str:
    return f"{employer}-{short_name(city)}"


def _pages(
    asked: Mapping[str, Sequence[EmployerLine]], receiver: str, people: Sequence[OnTheWay], edition: Edition
) -> list[Page]:
    demand = asked.get(receiver, ())
    resumes = [line.resume for line in demand if line.resume]
    head = Head(
        Text(f"到岗名单  {receiver}", f"Arrivals  {receiver}"),
        Text(
            "以下人员乘返岗专车到达，请安排接站；到达后在随车的签收单上签字。本表含个人信息，请勿转发。",
            "These people arrive by charter coach; please meet them and sign the receipt that comes with the coach. "
            "Personal data: do not pass on.",
        ),
        (
            (Text("招聘人数", "Vacancies"), sum(line.headcount for line in demand) or None),
            (Text("其中已匹配", "New hires"), sum(line.matched for line in demand) or None),
            (Text("复工日期", "Resumes"), f"{min(resumes)}" if resumes else None),
            (
                Text("到达人数", "Arriving"),
                say_heads_a_day(Counter(one.time.date() for one in people), edition.lang),
            ),
        ),
    )
    return [table_page(PAPER, head, _FIELDS, people, edition)]
