"""Lists of those who have travelled: whom to call back, who is owed a subsidy, and who got on without a seat."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

from returnplan.assembly.payments import Payments
from returnplan.model.person import label
from returnplan.model.plan import Batch, Rider, RunHeader, WalkUp
from returnplan.model.texts import LANGS, Lang, Text
from returnplan.papers.edition import Head, table_page
from returnplan.papers.field import Field, blank, item_columns
from returnplan.papers.filled_in import WALK_UPS, read_answers
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Page, file_stems, render, style
from returnplan.papers.settings import say_seal
from returnplan.papers.wording import STATUSES
from returnplan.reading.cells import clean
from returnplan.usecases.campaign import edition_of

T = TypeVar("T")

CALL_BACK = Text("回访", "call back")
SUBSIDIES = Text("补贴名单", "subsidies")
_TOWNS = Text("各乡镇：", "By township: ")
_NO_CLASS, _NO_TOWN = Text("未填类别", "no class"), Text("未填乡镇", "no township")
CALL_BACK_DAYS = (7, 30)
Results = Mapping[tuple[str, str, int], str]
"""What came of calling back, by person number, name and days."""


@dataclass(frozen=True, slots=True)
class Traveller:
    """Somebody who has boarded; of a walk-up who had not signed up, neither number nor class nor home is known."""

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
    is_walk_up: bool = False


@dataclass(frozen=True, slots=True)
class SignedUp:
    """What a sign-up says of somebody who boarded without a seat."""

    person: int
    category: str
    county: str
    township: str


def travellers_of(
    riders: Sequence[Rider],
    walk_ups: Sequence[WalkUp],
    batches: Mapping[str, Batch],
    signed_up: Mapping[str, SignedUp] | None = None,
) -> list[Traveller]:
    """Return everybody who has boarded: riders, then walk-ups.

    Parameters
    ----------
    signed_up : walk-ups who had signed up, by ID number
    """
    names = [name for name in Traveller.__dataclass_fields__ if name not in ("day", "is_walk_up")]
    seated = [
        Traveller(**{name: getattr(rider, name) for name in names}, day=batches[rider.batch].date)
        for rider in riders
    ]
    walked_up = []
    for one in walk_ups:
        batch = batches.get(one.batch)
        city, day = (batch.city, batch.date) if batch else ("", None)
        known = (signed_up or {}).get(one.id_number)
        told = {} if known is None else asdict(known)
        walked_up.append(
            Traveller(
                one.name,
                one.phone,
                one.id_number,
                one.employer,
                city,
                one.batch,
                day,
                is_walk_up=True,
                **told,
            )
        )
    return [*seated, *walked_up]


def write_follow_up(people: Sequence[Traveller], out: Path, lang: Lang, known: Results) -> Path:
    """Write the call-back sheet (回访): everybody who has boarded, to be called after 7 and 30 days.

    Parameters
    ----------
    known : the results that the sheet of before holds
    """
    return _write(CALL_BACK, _call_back_fields(known), people, out, lang)


def call_back_results(out: Path, lang: Lang) -> Results:
    """Return what was written into the call-back sheet of a folder; nothing where there is none.

    Raises
    ------
    InputRefused : the sheet is broken or no call-back sheet
    """
    path = _path(CALL_BACK, out, lang)
    if not path.exists():
        return {}
    rows = read_answers([path], _call_back_fields({}), ("person",), lambda row: row, CALL_BACK).answers
    return {
        (row.value("person"), row.value("name"), days): result
        for row in rows
        for days in CALL_BACK_DAYS
        if (result := row.value(f"result_{days}"))
    }


def write_free_riders(people: Sequence[Traveller], bill: Payments, out: Path, lang: Lang) -> Path:
    """Write who paid nothing for the journey (免费乘车名单), for offices whose ticket grants exclude them.

    A walk-up is on it where nobody on the same coach paid anything.
    """
    free = [one for one in people if not _has_paid(one, bill)]
    payer: Field[Traveller] = Field(
        "payer",
        Text("付款方(各程)", "Paid by (each ride)"),
        40,
        value=lambda one, lang: _payers_of(one, bill, lang),
    )
    return _write(Text("免费乘车名单", "free riders"), (*_SUBSIDY_FIELDS, payer), free, out, lang)


def _has_paid(one: Traveller, bill: Payments) -> bool:
    if not one.is_walk_up:
        return one.person in bill.own_yuan
    return any(account.payer.kind == "worker" for account in bill.of_batch.get(one.batch, ()))


def _payers_of(one: Traveller, bill: Payments, lang: Lang) -> str:
    """Return who pays for the person, ride by ride; of a walk-up who pays for the batch."""
    of_ride = None if one.is_walk_up or one.person is None else bill.of_person.get(one.person)
    if of_ride is None:
        return "、".join(account.payer.say(lang) for account in bill.of_batch.get(one.batch, ()))
    said = {batch: "、".join(payer.say(lang) for payer in payers) for batch, payers in of_ride.items()}
    return "；".join(f"{batch} {payers}" if len(said) > 1 else payers for batch, payers in said.items())


def write_subsidies(people: Sequence[Traveller], out: Path, header: RunHeader) -> Path:
    """Write the list from which subsidies are paid (补贴名单): everybody who has boarded, and how many of each class.

    Village, sum and account are left to the pen: no list that is read has them.
    """
    edition, lang = edition_of(header), header.lang
    classes = Counter(one.category or _NO_CLASS.say(lang) for one in people)
    towns = Counter(one.township or _NO_TOWN.say(lang) for one in people)
    head = Head(
        Text("返岗务工人员交通补贴名单", "Travel subsidies of those who boarded"),
        Text(
            "已上车的人员，含现场增补。黄色栏由经办人填写。含身份证号，只供发放补贴；张榜公示请隐去身份证号和账号。",
            "Everybody who boarded, walk-ups too. The yellow cells are for the office to fill in. Hide ID numbers and "
            "accounts before it is posted.",
        ),
        (
            (Text("人数合计", "People"), len(people)),
            (Text("人员类别", "Classes"), _counted(classes, lang)),
            (Text("补贴合计(元)", "Sum (yuan)"), None),
        ),
        (
            (Text("制表、审核", "Made, checked by"), None),
            (Text("发放单位\n(盖章、日期)", "Paid by\n(seal, date)"), say_seal(edition.office) or None),
        ),
        (Text(*(f"{_TOWNS.say(one)}{_counted(towns, one)}" for one in LANGS)),) if people else (),
    )
    page = table_page(SUBSIDIES, head, (*_SUBSIDY_FIELDS, *_TO_FILL_IN), people, edition, row_height_pt=18)
    return write_whole(_path(SUBSIDIES, out, lang), render([page], {"paper": SUBSIDIES.en}))


def _counted(heads: "Counter[str]", lang: Lang) -> str:
    """Return 脱贫户12人、其他30人."""
    zh = "、".join(f"{name}{num}人" for name, num in heads.most_common())
    return Text(zh, ", ".join(f"{name}: {num}" for name, num in heads.most_common())).say(lang)


@dataclass(frozen=True, slots=True)
class Absent:
    """Somebody who was not on board: as a rider, the day of the batch, what became of them since."""

    rider: Rider
    day: date
    now: Text


_NO_SHOW_FIELDS: tuple[Field[Absent], ...] = (
    Field("rider.person", Text("编号", "Person"), 8),
    *(
        Field(f"rider.{name}", label(name), width)
        for name, width in (("name", 10), ("phone", 14), ("category", 14), ("county", 16), ("township", 12))
    ),
    Field("rider.employer", label("employer"), 26),
    Field("rider.city", label("city"), 11),
    Field("rider.batch", Text("没有上的号车", "Batch missed"), 12),
    Field("day", Text("日期", "Date"), 12, style.WRITTEN_DAY),
    Field("rider.pickup", Text("上车点", "Pick-up"), 26),
    Field("now", Text("现在", "Now"), 18, value=lambda one, lang: one.now.say(lang)),
)


def write_no_shows(absent: Sequence[Absent], out: Path, lang: Lang) -> Path:
    """Write who was not on board (未到名单)."""
    return _write(Text("未到名单", "no-shows"), _NO_SHOW_FIELDS, absent, out, lang)


_WHO: tuple[Field[Traveller], ...] = (
    Field("person", Text("编号", "Person"), 8),
    Field("name", label("name"), 10),
)
_WHERE: tuple[Field[Traveller], ...] = (
    Field("employer", label("employer"), 26),
    Field("city", label("city"), 11),
    Field("batch", Text("号车", "Batch"), 11),
    Field("day", Text("乘车日期", "Travelled"), 12, style.WRITTEN_DAY),
    Field("status", Text("状态", "Status"), 12, value=lambda one, lang: STATUSES[one.status].say(lang)),
)
_SUBSIDY_FIELDS = (
    *_WHO,
    Field("id_number", label("id_number"), 21),
    Field("category", label("category"), 14),
    Field("county", label("county"), 16),
    Field("township", label("township"), 12),
    *_WHERE,
)


_TO_FILL_IN: tuple[Field[Traveller], ...] = (
    Field("village", Text("村(社区)", "Village"), 13, style.ANSWER, blank),
    Field("yuan", Text("补贴金额(元)", "Subsidy (yuan)"), 11, style.ANSWER, blank),
    Field("account", Text("开户银行、账号(社保卡)", "Bank, account"), 24, style.ANSWER, blank),
)


def _call_back_fields(known: Results) -> tuple[Field[Traveller], ...]:
    """Return the columns: for each term the day on which a person is to be called, and what came of it."""

    def after(days: int) -> tuple[Field[Traveller], Field[Traveller]]:
        return (
            Field(
                f"call_{days}",
                Text(f"{days}天回访日期", f"Call after {days} days"),
                13,
                style.WRITTEN_DAY,
                lambda one, lang: one.day and one.day + timedelta(days=days),
            ),
            Field(
                f"result_{days}",
                Text(f"{days}天回访结果", f"Result, {days} days"),
                16,
                value=lambda one, lang: _result(one, days, known),
            ),
        )

    called = (field for days in CALL_BACK_DAYS for field in after(days))
    return (*_WHO, Field("phone", label("phone"), 14), *_WHERE, *called)


def _result(one: Traveller, days: int, known: Results) -> str | None:
    """Return what came of a call; a walk-up may have stood on the sheet before the sign-up was known, by name alone."""
    name = clean(one.name)
    result = None if one.person is None else known.get((str(one.person), name, days))
    return result or (known.get(("", name, days)) if one.is_walk_up else None)


def _write(name: Text, fields: Sequence[Field[T]], people: Sequence[T], out: Path, lang: Lang) -> Path:
    page = Page(name.say(lang), item_columns(fields, people, lang), row_height_pt=18)
    return write_whole(_path(name, out, lang), render([page], {"paper": name.en}))


def _path(name: Text, out: Path, lang: Lang) -> Path:
    return out / f"{name.say(lang)}.xlsx"


def write_walk_ups(people: Sequence[WalkUp], batches: Mapping[str, Batch], out: Path) -> list[Path]:
    """Write the walk-ups of each batch as a sign-up list (现场增补) that loads.

    They have travelled, so the list asks for no seat.
    """
    of_batch: dict[str, list[WalkUp]] = defaultdict(list)
    for one in people:
        of_batch[one.batch].append(one)
    ids = sorted(of_batch)
    stems = file_stems(f"{WALK_UPS}-{batch_id}" for batch_id in ids)
    return [
        write_whole(
            out / f"{stem}.xlsx", render([_page(of_batch[batch_id], batches.get(batch_id), batch_id)])
        )
        for batch_id, stem in zip(ids, stems, strict=True)
    ]


def _page(people: Sequence[WalkUp], batch: Batch | None, batch_id: str) -> Page:
    city, day = (batch.city, batch.date) if batch else ("", None)
    fields: tuple[Field[WalkUp], ...] = (
        Field("name", label("name"), 20),
        Field("id_number", label("id_number"), 20),
        Field("phone", label("phone"), 20),
        Field("pickup", Text("上车地点", "Pick-up"), 20),
        Field("dropoff", Text("下车地点", "Drop-off"), 20),
        Field("employer", label("employer"), 20),
        Field("note", label("note"), 20, value=lambda one, lang: f"已随 {batch_id} 出发"),
        Field("city", label("city"), 12, value=lambda one, lang: city),
        Field("named_date", Text("出发日期", "Date"), 12, style.WRITTEN_DAY, lambda one, lang: day),
        Field("rides", Text("是否乘坐返岗专车", "Rides"), 10, value=lambda one, lang: "否"),
    )
    return Page(WALK_UPS, item_columns(fields, people, "zh"), row_height_pt=18)
