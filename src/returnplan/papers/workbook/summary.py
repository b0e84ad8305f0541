"""The sheets of plan.xlsx that add up: the whole plan on one page, cities, origins, flows, supplies."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from returnplan.assembly.payments import KINDS, Payments
from returnplan.assembly.views import flows_of
from returnplan.enrolment.classes import class_name
from returnplan.model.plan import Batch, Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.in_words import in_words
from returnplan.papers.pages import Chart, Column, Line, Page, Part, Printing, Value, labelled, spread, style
from returnplan.papers.pages.style import CENTER, FIGURE, LABEL, SHARE
from returnplan.papers.settings import Office, count_packs, say_item, say_office
from returnplan.papers.wording import (
    in_beijing,
    say_code,
    say_division,
    say_place,
    say_whole_division,
    vehicles_by_seats,
)
from returnplan.papers.workbook.shared_pickups import shared_pickups

MOST_PAIRS = 5
"""Pairs of batches with shared pick-ups that are named."""
MOST_CITIES = 8
"""Cities with a column of their own on the first page; the smaller ones share one."""
MOST_HOMES = 24
"""Counties (of one county: townships) that the first page names, the largest first."""
_PAIRS_A_LINE = 3

_DAY = replace(CENTER, number_format="yyyy-mm-dd")

SUMMARY = Text("汇总", "Summary")
CITIES = Text("目的城市", "Cities")
ORIGINS = Text("来源地", "Origins")
FLOWS = Text("流向", "Flows")
PAYERS = Text("付费", "Payers")
SUPPLIES = Text("物资", "Supplies")
ALL = Text("合计", "Total")

_PLANNED = Text("排车计价(元)", "Planning price (yuan)")
"""Above what stands beside a bound: with the price of further stops, which nobody is paid."""


def summary_page(plan: Plan, header: RunHeader, lang: Lang) -> Page:
    """Return the plan as a director reads it in a minute: one sheet of A4 with words, figures, days and cities."""
    columns = _days_by_city(plan, lang)
    widths = [column.width for column in columns]
    office = Office.model_validate(header.config.get("office", {}))
    title = " ".join(filter(None, (office.name, Text("返岗运输方案", "Return transport plan").say(lang))))
    made = f"{in_beijing(header.created_at):%Y-%m-%d %H:%M}"
    run = Text(
        f"方案 {header.id}    生成 {made}    版本 {header.version}",
        f"run {header.id}    made {made}    version {header.version}",
    )
    hint = Text(
        "黄色单元格可以修改，改后用 returnplan verify 检查、adopt 采用。本表含姓名和电话，请妥善保管。",
        "Yellow cells may be changed: returnplan verify checks the edits, adopt takes them in. "
        "This file holds names and phones: keep it safe.",
    )
    top = (
        spread([Part(title, style.TITLE)], widths, 30),
        spread([Part(run.say(lang), style.SUBTITLE)], widths, 20),
        *(spread([Part(sentence, style.SENTENCE)], widths, 20) for sentence in in_words(plan, header, lang)),
        *_figures(plan, widths, lang),
        Line((), 8),
    )
    bottom = (
        Line((), 8),
        *_homes(plan, widths, lang),
        *_shared(plan, widths, lang),
        *(
            [spread([Part(say_office(office, lang), style.REMARK)], widths, 18)]
            if say_office(office, lang)
            else []
        ),
        spread([Part(hint.say(lang), style.REMARK)], widths, 18),
    )
    day, riders = columns[0].header, columns[3].header
    chart = Chart(Text("各日出发人数", "Riders departing a day").say(lang), day, riders, "m-d", num_totals=1)
    return Page(
        SUMMARY.say(lang),
        columns,
        top,
        bottom,
        row_height_pt=18,
        printing=Printing(fits_one_sheet=True, lang=lang),
        charts=(chart,),
    )


def _days_by_city(plan: Plan, lang: Lang) -> tuple[Column, ...]:
    """Return a row a day, the whole below: vehicles, riders, load, cost, and riders by city."""
    day_of = {batch.id: batch.date for batch in plan.batches}
    days = sorted(set(day_of.values()))
    people = plan.riders[plan.riders["leg"] == 1]  # each once, on the day on which they leave home
    heads = Counter(zip(people["batch"].map(day_of), people["city"], strict=True))
    cities = [city for city, _ in Counter(people["city"].tolist()).most_common()]
    named, others = cities[:MOST_CITIES], cities[MOST_CITIES:]
    loads = [[batch for batch in plan.batches if batch.date == day] for day in days]
    rows = [*loads, list(plan.batches)] if days else []

    def to(some: Sequence[str]) -> list[Value]:
        numbers = [sum(heads[day, city] for city in some) for day in days]
        return [*(number or None for number in numbers), sum(numbers)] if days else []

    to_all = to(cities)
    columns = [
        _column(Text("出发日期", "Date"), 13, [*days, ALL.say(lang)] if days else [], lang, _DAY),
        _column(Text("汽车", "Coaches"), 9, [_num(row, "coach") for row in rows], lang),
        _column(Text("列车", "Trains"), 9, [_num(row, "train") or None for row in rows], lang),
        _column(Text("人数", "Riders"), 10, to_all, lang),
        _column(Text("实载率", "Load"), 10, [_load(row) for row in rows], lang, SHARE),
        _column(Text("费用(元)", "Cost (yuan)"), 14, [_cost(row) for row in rows], lang),
        *(
            _column(Text(say_division(city, lang), say_division(city, lang)), 10, to([city]), lang)
            for city in named
        ),
    ]
    if others:
        columns.append(_column(Text("其他", "others"), 10, to(others), lang))
    return tuple(columns)


def _column(
    header: Text, width: float, values: Sequence[Value], lang: Lang, look: style.Style = FIGURE
) -> Column:
    return Column(header.say(lang), width, values, look)


def _num(batches: Iterable[Batch], mode: str) -> int:
    return sum(batch.mode == mode for batch in batches)


def _load(batches: Sequence[Batch]) -> float:
    return sum(batch.load for batch in batches) / sum(batch.paid_seats for batch in batches)


def _cost(batches: Iterable[Batch]) -> int:
    return round(sum(batch.contract_yuan for batch in batches))


def cities_page(plan: Plan, lang: Lang) -> Page:
    """Return a table of the cities that people go to, and how full the batches are that call there.

    A batch to several cities counts for each of them; its riders share its cost equally.
    """
    batch_of = {batch.id: batch for batch in plan.batches}
    head_yuan = {batch.id: batch.contract_yuan / max(1, batch.load) for batch in plan.batches}
    rows: list[tuple[Value, ...]] = []
    for city, riders in plan.riders.groupby("city", sort=True):
        calling = [batch_of[name] for name in sorted(set(riders["batch"]))]
        yuan = round(riders["batch"].map(head_yuan).sum())
        rows.append(
            (
                say_whole_division(str(city), lang),
                int((riders["leg"] == 1).sum()),
                len(calling),
                _load(calling),
                yuan,
            )
        )
    looks = (
        (Text("目的城市", "City"), 16, CENTER),
        (Text("人数", "Riders"), 12, FIGURE),
        (Text("车次(合乘的各计一次)", "Batches (shared ones count for each)"), 22, FIGURE),
        (Text("实载率", "Load"), 12, SHARE),
        (Text("费用(元)", "Cost (yuan)"), 16, FIGURE),
    )
    columns = tuple(
        _column(header, width, [row[at] for row in rows], lang, look)
        for at, (header, width, look) in enumerate(looks)
    )
    title = Text("各城市实载率", "Load by city").say(lang)
    chart = Chart(title, columns[0].header, columns[3].header, value_format="0%")
    return Page(
        CITIES.say(lang), columns, row_height_pt=18, printing=_printing(CITIES, lang), charts=(chart,)
    )


def origins_page(plan: Plan, lang: Lang) -> Page:
    """Return a table of the prefectures that people leave."""
    origins: Mapping[str, Mapping[str, Any]] = plan.summary.get("origins", {})
    keys = (
        ("coaches", Text("汽车(辆)", "Coaches"), FIGURE),
        ("trains", Text("列车(列)", "Trains"), FIGURE),
        ("planned", Text("安排人数", "Planned"), FIGURE),
        ("boarded", Text("已上车", "Boarded"), FIGURE),
        ("walk_ups", Text("其中现场增补", "Walk-ups of these"), FIGURE),
        ("cost", _PLANNED, FIGURE),
    )
    columns = (
        Column(ORIGINS.say(lang), 16, [say_whole_division(city, lang) for city in origins], CENTER),
        *(
            Column(header.say(lang), 14, [line.get(key) for line in origins.values()], look)
            for key, header, look in keys
        ),
    )
    return Page(ORIGINS.say(lang), columns, row_height_pt=18, printing=_printing(ORIGINS, lang))


def payers_page(bill: Payments, lang: Lang) -> Page:
    """Return a table of who pays how much for how many people."""
    accounts = bill.accounts
    columns = (
        _column(PAYERS, 34, [account.payer.say(lang) for account in accounts], lang, CENTER),
        _column(
            Text("类别", "Kind"),
            20,
            [KINDS[account.payer.kind].say(lang) for account in accounts],
            lang,
            CENTER,
        ),
        _column(Text("金额(元)", "Yuan"), 16, [account.yuan for account in accounts], lang, style.MONEY),
        _column(Text("人数", "Riders"), 12, [account.num_people for account in accounts], lang),
        _column(
            Text("人均(元)", "Yuan a head"),
            14,
            [round(account.yuan / account.num_people, 2) for account in accounts],
            lang,
            style.MONEY,
        ),
    )
    return Page(PAYERS.say(lang), columns, row_height_pt=18, printing=_printing(PAYERS, lang))


def flows_page(plan: Plan, lang: Lang) -> Page:
    """Return who goes from where to where and how near to the least cost that is: a row a flow, the whole below."""
    flows = flows_of(plan)
    homes = [
        say_whole_division(flow.prefecture, lang) if flow.prefecture else ALL.say(lang) for flow in flows
    ]
    cities = [say_whole_division(flow.city, lang) for flow in flows]
    columns = (
        Column(Text("来源地", "Origin").say(lang), 16, homes, CENTER),
        Column(Text("目的城市", "City").say(lang), 14, cities, CENTER),
        Column(Text("人数", "Riders").say(lang), 12, [flow.num_people for flow in flows], FIGURE),
        Column(
            Text("车次(分摊)", "Batches (shared)").say(lang), 14, [flow.num_batches for flow in flows], FIGURE
        ),
        Column(_PLANNED.say(lang), 14, [flow.cost_yuan for flow in flows], FIGURE),
        Column(
            Text("费用下界(元)", "Lower bound").say(lang), 16, [flow.bound_yuan for flow in flows], FIGURE
        ),
        Column(
            Text("与下界差距", "Gap").say(lang),
            14,
            [flow.gap if flow.is_alone else None for flow in flows],
            SHARE,
        ),
    )
    return Page(FLOWS.say(lang), columns, row_height_pt=18, printing=_printing(FLOWS, lang))


def supplies_page(plan: Plan, packs: Mapping[str, float], lang: Lang) -> Page:
    """Return what must be bought for each day, and packed for each of its batches; children count as heads.

    Who has several rides gets a pack on the first one.
    """
    people = plan.riders[plan.riders["leg"] == 1]
    heads = (1 + people["child_seats"].map(len)).groupby(people["batch"]).sum()
    rows: list[tuple[date, str, int]] = []
    for day in sorted({batch.date for batch in plan.batches}):
        of_day = [(day, batch.id, int(heads.get(batch.id, 0))) for batch in plan.batches if batch.date == day]
        rows += [(day, ALL.say(lang), sum(number for *_, number in of_day)), *of_day]
    counts = [count_packs(packs, number, lang) for *_, number in rows]
    columns = (
        _column(Text("出发日期", "Date"), 16, [day for day, *_ in rows], lang, _DAY),
        _column(Text("批次", "Batch"), 16, [name for _, name, _ in rows], lang, CENTER),
        _column(Text("人数(含儿童)", "Heads"), 13, [number for *_, number in rows], lang),
        *(
            Column(say_item(item, lang), 13, [count.get(say_item(item, lang)) for count in counts], FIGURE)
            for item, each in packs.items()
            if each
        ),
    )
    return Page(SUPPLIES.say(lang), columns, row_height_pt=18, printing=_printing(SUPPLIES, lang))


def _printing(name: Text, lang: Lang) -> Printing:
    return Printing(lang=lang, title=name.say(lang))


_NO_CLASS = Text("未填", "not told")
"""Who named no class."""


def _figures(plan: Plan, widths: list[float], lang: Lang) -> list[Line]:
    """Return the figures that the words leave out."""
    summary = plan.summary
    vehicles = "  ".join(f"{name}×{num}" for name, num in vehicles_by_seats(plan.batches, lang).items())
    people = plan.riders[plan.riders["leg"] == 1]
    heads: Counter[str] = Counter()
    for word, num in Counter(people["category"].tolist()).items():
        heads[class_name(word) if word else _NO_CLASS.say(lang)] += num
    classes = [] if set(heads) <= {_NO_CLASS.say(lang)} else heads.most_common()
    reasons = Counter(plan.unplanned["code"].tolist()).most_common()
    pairs: tuple[list[tuple[Text, Value]], ...] = (
        [
            (Text("可安排", "Eligible"), summary.get("eligible")),
            (Text("总里程(公里)", "km"), summary.get("km") and round(summary["km"])),
            (
                Text("最难拼车的乘客(元/人)", "Hardest to fit in (yuan a head)"),
                _rounded(summary.get("last_person_yuan")),
            ),
            (
                Text("少晚一天最多花(元)", "Dearest late day avoided (yuan)"),
                _rounded(summary.get("last_late_day_yuan")),
            ),
        ],
        [(Text("车型", "Vehicles"), vehicles)],
        [(Text("人员类别", "Classes"), "  ".join(f"{name} {number:,}" for name, number in classes))],
        [
            (
                Text("未安排", "Unplanned"),
                "  ".join(f"{say_code(code, lang)} {number:,}" for code, number in reasons),
            )
        ],
    )
    figures, *lists = pairs
    known = [(name.say(lang), value) for name, value in figures if value is not None]
    lines = _table(known, widths, 20)
    for ((name, value),) in lists:
        if value:
            lines.append(spread([Part(name.say(lang), LABEL, 1), Part(value, style.PLAIN, 6)], widths, 20))
    return lines


def _rounded(value: float | None) -> int | None:
    return None if value is None else round(value)


def _homes(plan: Plan, widths: list[float], lang: Lang) -> list[Line]:
    """Return who leaves from where: by county, or by township where all are of one county."""
    riders = plan.riders[plan.riders["leg"] == 1]
    by = "county" if riders["county"].nunique() > 1 else "township"
    people = Counter(filter(None, riders[by].tolist())).most_common()
    shown = [(say_place(name, lang), f"{number:,}") for name, number in people[:MOST_HOMES]]
    if rest := people[MOST_HOMES:]:
        shown.append((Text("其他", "others").say(lang), f"{sum(number for _, number in rest):,}"))
    return _table(shown, widths, 18)


def _table(pairs: Sequence[tuple[str, Value]], widths: list[float], least_pt: float) -> list[Line]:
    """Return labels with their values, some of them on each line."""
    lines = [pairs[first : first + _PAIRS_A_LINE] for first in range(0, len(pairs), _PAIRS_A_LINE)]
    return [
        spread(
            labelled([*line, *[("", "")] * (_PAIRS_A_LINE - len(line))], label_share=1.6), widths, least_pt
        )
        for line in lines
    ]


def _shared(plan: Plan, widths: list[float], lang: Lang) -> list[Line]:
    """Return a line a pair of batches that share pick-ups, of the first few."""
    pairs = shared_pickups(plan)
    said = [pair.sentence() for pair in pairs[:MOST_PAIRS]]
    if len(pairs) > MOST_PAIRS:
        more = len(pairs) - MOST_PAIRS
        said.append(Text(f"另有 {more} 对这样的车", f"and {more} more pairs of this kind"))
    return [spread([Part(sentence.say(lang), style.REMARK)], widths, 18) for sentence in said]
