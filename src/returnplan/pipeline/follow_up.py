"""Lists of those who have travelled: whom to call back, who is owed a subsidy, who got on without a seat."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from returnplan.answers import read_answers
from returnplan.manifests.marked import WalkUp
from returnplan.outfiles import write_whole
from returnplan.pages import Column, Page, file_stem, render, style
from returnplan.pages.page import Value
from returnplan.plan import Batch, Rider
from returnplan.reading.cells import clean
from returnplan.texts import Lang, Text

CALL_BACK = Text("回访", "call back")
CALL_BACK_DAYS = (7, 30)
_PERSON = Text("编号", "Person")
_RESULTS = {"person": _PERSON} | {
    f"{days}": Text(f"{days}天回访结果", f"Result, {days} days") for days in CALL_BACK_DAYS
}
Batches = Mapping[str, Batch]
Results = Mapping[tuple[int, int], str]
"""What came of calling back, by person number and days."""


def write_follow_up(riders: Sequence[Rider], batches: Batches, out: Path, lang: Lang, known: Results) -> Path:
    """Write the call-back sheet (回访): everybody who has boarded, to be called after 7 and 30 days.

    Parameters
    ----------
    known : the results that the sheet of before holds
    """
    columns = [
        *_who(riders, lang),
        Column(Text("联系电话", "Phone").say(lang), 14, [rider.phone for rider in riders]),
        *_where(riders, batches, lang),
    ]
    for days in CALL_BACK_DAYS:
        dates: list[Value] = [batches[rider.batch].date + timedelta(days=days) for rider in riders]
        columns += [
            Column(
                Text(f"{days}天回访日期", f"Call after {days} days").say(lang), 13, dates, style.WRITTEN_DAY
            ),
            Column(_RESULTS[f"{days}"].say(lang), 16, [known.get((rider.person, days)) for rider in riders]),
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
        (int(person), days): result
        for row in rows
        for days in CALL_BACK_DAYS
        if (person := row.value("person", clean)).isdigit() and (result := row.value(f"{days}", clean))
    }


def write_subsidies(riders: Sequence[Rider], batches: Batches, out: Path, lang: Lang) -> Path:
    """Write the list from which subsidies are paid (补贴名单): everybody who has boarded."""
    columns = [
        *_who(riders, lang),
        Column(Text("身份证号码", "ID number").say(lang), 21, [rider.id_number for rider in riders]),
        Column(Text("人员类别", "Class").say(lang), 14, [rider.category for rider in riders]),
        Column(Text("户籍县", "County").say(lang), 16, [rider.county for rider in riders]),
        Column(Text("乡镇", "Township").say(lang), 12, [rider.township for rider in riders]),
        *_where(riders, batches, lang),
    ]
    return _write(Text("补贴名单", "subsidies"), columns, out, lang)


def write_walk_ups(people: Sequence[WalkUp], batches: Batches, out: Path) -> list[Path]:
    """Write the walk-ups (现场增补) of each batch as a sign-up list that loads.

    They have travelled, so the list asks for no seat.
    """
    of_batch: dict[str, list[WalkUp]] = defaultdict(list)
    for one in people:
        of_batch[one.batch].append(one)
    return [_write_walk_ups(own, batches, out, batch) for batch, own in sorted(of_batch.items())]


def _write_walk_ups(people: Sequence[WalkUp], batches: Batches, out: Path, batch: str) -> Path:
    columns = [
        Column("姓名", 10, [one.name for one in people]),
        Column("身份证号码", 21, [one.id_number for one in people]),
        Column("联系电话", 14, [one.phone for one in people]),
        Column("上车地点", 18, [one.pickup for one in people]),
        Column("务工城市", 12, [batches[one.batch].city if one.batch in batches else "" for one in people]),
        Column("下车地点", 18, [one.dropoff for one in people]),
        Column("务工企业", 24, [one.employer for one in people]),
        Column("出发日期", 12, [_day(one, batches) for one in people], style.WRITTEN_DAY),
        Column("是否乘坐返岗专车", 10, ["否"] * len(people)),
        Column("备注", 20, [f"已随 {one.batch} 出发" for one in people]),
    ]
    name = file_stem(f"现场增补-{batch}")
    return _write(Text(name, name), columns, out, "zh")


def _day(one: WalkUp, batches: Batches) -> date | None:
    return batches[one.batch].date if one.batch in batches else None


def _who(riders: Sequence[Rider], lang: Lang) -> list[Column]:
    return [
        Column(_PERSON.say(lang), 8, [rider.person for rider in riders]),
        Column(Text("姓名", "Name").say(lang), 10, [rider.name for rider in riders]),
    ]


def _where(riders: Sequence[Rider], batches: Batches, lang: Lang) -> list[Column]:
    return [
        Column(Text("务工企业", "Employer").say(lang), 26, [rider.employer for rider in riders]),
        Column(Text("务工城市", "City").say(lang), 11, [rider.city for rider in riders]),
        Column(Text("号车", "Batch").say(lang), 11, [rider.batch for rider in riders]),
        Column(
            Text("乘车日期", "Travelled").say(lang),
            12,
            [batches[rider.batch].date for rider in riders],
            style.WRITTEN_DAY,
        ),
        Column(Text("状态", "Status").say(lang), 12, [STATUS[rider.status].say(lang) for rider in riders]),
    ]


STATUS = {
    "boarded": Text("已上车", "boarded"),
    "arrived": Text("已到岗", "arrived"),
    "other_factory": Text("去了别处", "went elsewhere"),
}


def _write(name: Text, columns: Sequence[Column], out: Path, lang: Lang) -> Path:
    page = Page(name.say(lang), tuple(columns), row_height_pt=18, footer="&C&P / &N")
    return write_whole(_path(name, out, lang), render([page]))


def _path(name: Text, out: Path, lang: Lang) -> Path:
    return out / f"{name.say(lang)}.xlsx"
