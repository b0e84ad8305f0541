"""Lists of those who have travelled, walk-ups included: whom to call back, who is owed a subsidy."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from returnplan.model.plan import Batch, Rider, WalkUp
from returnplan.model.texts import Lang, Text
from returnplan.papers.filled_in import read_answers
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Column, Page, render, style
from returnplan.papers.pages.page import Value
from returnplan.papers.wording import STATUSES
from returnplan.reading.cells import clean

CALL_BACK = Text("回访", "call back")
CALL_BACK_DAYS = (7, 30)
_PERSON = Text("编号", "Person")
_NAME = Text("姓名", "Name")
_RESULTS = {"person": _PERSON, "name": _NAME} | {
    f"{days}": Text(f"{days}天回访结果", f"Result, {days} days") for days in CALL_BACK_DAYS
}
Results = Mapping[tuple[str, str, int], str]
"""What came of calling back, by person number, name and days."""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who has boarded; of a walk-up, neither person number nor class nor home is known."""

    name: str
    phone: str
    id_number: str
    employer: str
    city: str
    batch: str
    day: date | None
    status: str = "boarded"
    person: int | None = None
    category: str = ""
    county: str = ""
    township: str = ""


def travellers_of(
    riders: Sequence[Rider], walk_ups: Sequence[WalkUp], batches: Mapping[str, Batch]
) -> list[Traveller]:
    """Return everybody who has boarded: riders, then walk-ups."""
    return [*_seated(riders, batches), *_walked_up(walk_ups, batches)]


def _seated(riders: Sequence[Rider], batches: Mapping[str, Batch]) -> Iterator[Traveller]:
    for rider in riders:
        copied = {name: getattr(rider, name) for name in Traveller.__dataclass_fields__ if name != "day"}
        yield Traveller(**copied, day=batches[rider.batch].date)


def _walked_up(walk_ups: Sequence[WalkUp], batches: Mapping[str, Batch]) -> Iterator[Traveller]:
    for one in walk_ups:
        batch = batches.get(one.batch)
        city, day = (batch.city, batch.date) if batch else ("", None)
        yield Traveller(one.name, one.phone, one.id_number, one.employer, city, one.batch, day)


def write_follow_up(people: Sequence[Traveller], out: Path, lang: Lang, known: Results) -> Path:
    """Write the call-back sheet (回访): everybody who has boarded, to be called after 7 and 30 days.

    Parameters
    ----------
    known : the results that the sheet of before holds
    """
    columns = [
        *_who(people, lang),
        Column(Text("联系电话", "Phone").say(lang), 14, [one.phone for one in people]),
        *_where(people, lang),
    ]
    for days in CALL_BACK_DAYS:
        dates: list[Value] = [one.day and one.day + timedelta(days=days) for one in people]
        columns += [
            Column(
                Text(f"{days}天回访日期", f"Call after {days} days").say(lang), 13, dates, style.WRITTEN_DAY
            ),
            Column(_RESULTS[f"{days}"].say(lang), 16, [known.get((*_key(one), days)) for one in people]),
        ]
    return _write(CALL_BACK, columns, out, lang)


def call_back_results(out: Path, lang: Lang) -> Results:
    """Return what was written into the call-back sheet of a folder; nothing where there is none.

    Raises
    ------
    InputRefused : the sheet is broken or no call-back sheet
    """
    path = _path(CALL_BACK, out, lang)
    if not path.exists():
        return {}
    rows = read_answers([path], _RESULTS, ("person",), lambda row: row, CALL_BACK).answers
    return {
        (row.value("person", clean), row.value("name", clean), days): result
        for row in rows
        for days in CALL_BACK_DAYS
        if (result := row.value(f"{days}", clean))
    }


def _key(one: Traveller) -> tuple[str, str]:
    return "" if one.person is None else str(one.person), clean(one.name)


def write_subsidies(people: Sequence[Traveller], out: Path, lang: Lang) -> Path:
    """Write the list from which subsidies are paid (补贴名单): everybody who has boarded."""
    columns = [
        *_who(people, lang),
        Column(Text("身份证号码", "ID number").say(lang), 21, [one.id_number for one in people]),
        Column(Text("人员类别", "Class").say(lang), 14, [one.category for one in people]),
        Column(Text("户籍县", "County").say(lang), 16, [one.county for one in people]),
        Column(Text("乡镇", "Township").say(lang), 12, [one.township for one in people]),
        *_where(people, lang),
    ]
    return _write(Text("补贴名单", "subsidies"), columns, out, lang)


def _who(people: Sequence[Traveller], lang: Lang) -> list[Column]:
    return [
        Column(_PERSON.say(lang), 8, [one.person for one in people]),
        Column(_NAME.say(lang), 10, [one.name for one in people]),
    ]


def _where(people: Sequence[Traveller], lang: Lang) -> list[Column]:
    return [
        Column(Text("务工企业", "Employer").say(lang), 26, [one.employer for one in people]),
        Column(Text("务工城市", "City").say(lang), 11, [one.city for one in people]),
        Column(Text("号车", "Batch").say(lang), 11, [one.batch for one in people]),
        Column(
            Text("乘车日期", "Travelled").say(lang),
            12,
            [one.day for one in people],
            style.WRITTEN_DAY,
        ),
        Column(Text("状态", "Status").say(lang), 12, [STATUSES[one.status].say(lang) for one in people]),
    ]


def _write(name: Text, columns: Sequence[Column], out: Path, lang: Lang) -> Path:
    page = Page(name.say(lang), tuple(columns), row_height_pt=18, footer="&C&P / &N")
    return write_whole(_path(name, out, lang), render([page], {"paper": name.en}))


def _path(name: Text, out: Path, lang: Lang) -> Path:
    return out / f"{name.say(lang)}.xlsx"
