"""What a person sees after ``plan``: people, batches by city and day, vehicles, money, reasons, faults."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from returnplan.cli.render.faults import fault_lines
from returnplan.cli.render.listing import Column, Listing, draw
from returnplan.contract import View
from returnplan.model.advice import Advice, advice_on, by_evening
from returnplan.model.harmless import harmless
from returnplan.model.plan import Plan
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_advice, say_code, say_division, vehicles_by_seats

if TYPE_CHECKING:
    from rich.console import RenderableType

    from returnplan.usecases.plan.make import PlanOutcome

FEW_BATCHES = 8
"""Batches of one advice that are named; the JSON has all."""
FEW_FAULTS = 10
"""Faults shown after a plan; ``check`` shows all."""

_DATE = Column(Text("日期", "date"), is_whole=True)
_HEAD = Text(
    "返岗排车方案 {id} · 报名 {signups} 人，可安排 {eligible} 人，已排 {planned} 人，未排 {unplanned} 人",
    "plan {id}: {signups} signed up, {eligible} eligible, {planned} planned, {unplanned} not planned",
)
_NOT_READ = Text(
    "另有约 {not_read} 人所在的表没有读进来，不在上面的人数里；见错误",
    "some {not_read} more people stand on sheets that were not read and are in none of these figures; see the errors",
)
_CUT = Text(
    "其中 {num} 人的列车减少了座位，他们没有座位了；见下面列车的说明",
    "{num} of those planned have no seat on their train any more, which the railway has cut; see what is said of it",
)
_MONEY = Text(
    "费用 {cost:,.0f} 元(平均每人 {head:,.0f} 元)，不可能低于 {bound:,.0f} 元，差距 {gap:.1%}；全程 {km:,.0f} 公里",
    "cost {cost:,.0f} yuan ({head:,.0f} a head), no plan below {bound:,.0f} yuan, gap {gap:.1%}; {km:,.0f} km",
)
_LAST_PERSON = Text(
    "最难拼车的乘客，每人送达要 {yuan:,.0f} 元(单独计算)",
    "the people who are hardest to fit in cost {yuan:,.0f} yuan a head by themselves",
)
_LAST_LATE_DAY = Text(
    "为少晚一天，最多花了 {yuan:,.0f} 元：允许一人多晚一天就省下这么多",
    "the dearest late day that is avoided costs {yuan:,.0f} yuan: so much is saved if one person arrives a day later",
)
_ADVICE = (
    Column(Text("号车", "batches")),
    Column(Text("车数", "number"), is_number=True),
    Column(Text("建议", "advice")),
)
_TONIGHT = Text(
    "建议今晚锁定 {send} 车(returnplan publish)，先不锁定 {hold} 车；没有自动锁定",
    "publish {send} batches tonight (returnplan publish), hold {hold}; none was published by this",
)
_NEXT = Text(
    "方案表：{path}\n下一步：returnplan manifest 出名单；returnplan show unplanned 看未排人员",
    "plan workbook: {path}\nnext: returnplan manifest writes the papers; returnplan show unplanned says who is left",
)


def summary_parts(outcome: "PlanOutcome", lang: Lang) -> Iterator["RenderableType"]:
    """Yield the parts of the summary in the order in which they are printed."""
    from rich.text import Text as Line

    from returnplan.assembly.payments import bill_of  # loads pandas
    from returnplan.papers.in_words import say_bill

    plan, summary = outcome.plan, outcome.plan.summary
    yield Line(_HEAD.filled(lang, id=outcome.header.id, **_plain(summary)), style="bold")
    if summary.get("not_read"):
        yield Line(_NOT_READ.filled(lang, **summary), style="bold red")
    if num_cut := sum(len(one["over"]) for one in summary.get("seats_cut", {}).values()):
        yield Line(_CUT.filled(lang, num=num_cut), style="bold red")
    if plan.batches:
        yield draw(cities_by_day(plan, lang), lang)
        yield draw(vehicles(plan, lang), lang)
        yield Line(_MONEY.filled(lang, head=summary["cost"] / summary["planned"], **_plain(summary)))
        for words in say_bill(bill_of(outcome.header, plan), summary["cost"], lang):
            yield Line(harmless(words))
        for of_last, yuan in last_costs(summary):
            yield Line(of_last.filled(lang, yuan=yuan))
    if advised := advice_on(plan):
        yield draw(tonight(advised, lang), lang)
        num_sent = sum(one.send for one in advised.values())
        yield Line(_TONIGHT.filled(lang, send=num_sent, hold=len(advised) - num_sent))
    if len(plan.unplanned):
        yield draw(reasons(plan, lang), lang)
    yield from fault_lines(plan.faults, View(lang), FEW_FAULTS)
    if outcome.workbook:
        yield Line(harmless(_NEXT.filled(lang, path=outcome.workbook)))


def last_costs(summary: dict[str, Any]) -> Iterator[tuple[Text, float]]:
    """Yield what the last person and the last late day have cost; nothing after a change by hand."""
    for words, key in ((_LAST_PERSON, "last_person_yuan"), (_LAST_LATE_DAY, "last_late_day_yuan")):
        if summary.get(key) is not None:
            yield words, summary[key]


def _plain(summary: dict[str, Any]) -> dict[str, Any]:
    named = {"bound": summary["lower_bound"], "gap": summary["gap"] or 0.0}
    return {**{k: v for k, v in summary.items() if not isinstance(v, dict)}, **named}


def cities_by_day(plan: Plan, lang: Lang) -> Listing:
    """Return the number of batches by date (rows) and destination city (columns), with people as totals.

    Who has several rides counts once, on the day on which they leave home.
    """
    batches: Counter[tuple[str, str]] = Counter()
    riders: Counter[str] = Counter()
    for batch in plan.batches:
        day = batch.date.isoformat()
        batches[day, batch.city] += 1
    named = {batch.id: batch for batch in plan.batches}
    first = plan.riders[plan.riders["leg"] == 1]
    for name, city in zip(first["batch"].tolist(), first["city"].tolist(), strict=True):
        batch = named[name]
        riders.update((batch.date.isoformat(), batch.city if batch.kind == "direct" else city, ""))
    days = sorted({day for day, _ in batches})
    cities = sorted({city for _, city in batches})
    rows = [[day, *(batches[day, city] or "" for city in cities), riders[day]] for day in days]
    heads = [Column(Text(*[say_division(city, lang)] * 2), is_number=True) for city in cities]
    return Listing(
        Text("每日车次(按目的城市)", "batches a day by destination city"),
        (_DATE, *heads, Column(Text("人数", "people"), is_number=True)),
        [*rows, ["", *(riders[city] for city in cities), riders[""]]],
    )


def tonight(advised: Mapping[str, Advice], lang: Lang) -> Listing:
    """Return what to do tonight of the drafts, a line an evening and reason, the most urgent first."""
    rows = [
        [" ".join(own[:FEW_BATCHES]) + " …" * (len(own) > FEW_BATCHES), len(own), say_advice(one).say(lang)]
        for own, one in by_evening(advised).items()
    ]
    return Listing(Text("今晚锁定还是等", "Publish tonight or hold"), _ADVICE, rows)


def vehicles(plan: Plan, lang: Lang) -> Listing:
    """Return how many vehicles of each type are needed."""
    return Listing(
        Text("车辆", "vehicles"),
        (Column(Text("车型", "type")), Column(Text("趟数", "trips"), is_number=True)),
        list(vehicles_by_seats(plan.batches, lang).items()),
    )


def reasons(plan: Plan, lang: Lang) -> Listing:
    """Return why people are not planned, the most frequent reason first; where nobody is, what would help, too."""
    words = [f"reason_{lang}", *([] if plan.batches else [f"suggestion_{lang}"])]
    by_code = plan.unplanned.groupby("code", sort=True)
    groups = by_code[words].first().assign(size=by_code.size())
    groups = groups.sort_values("size", ascending=False, kind="stable")
    headers = (Text("例如", "for example"), Text("怎么办", "what would help"))
    return Listing(
        Text("未排人员", "not planned"),
        (
            Column(Text("人数", "people"), is_number=True),
            Column(Text("原因", "reason"), is_whole=True),
            *map(Column, headers[: len(words)]),
        ),
        [
            (size, say_code(code, lang), *said)
            for code, size, *said in groups[["size", *words]].itertuples(name=None)
        ],
    )
