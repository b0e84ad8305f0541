"""The first sheets of plan.xlsx: key figures, departures a day, load by city, origins, flows, supplies; with charts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Any

from returnplan.assembly.views import flows_of
from returnplan.model.plan import Batch, Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.pages import Chart, Column, Line, Page, Part, Value, labelled, spread, style
from returnplan.papers.pages.style import CENTER, FIGURE, SHARE
from returnplan.papers.settings import count_packs, say_item
from returnplan.papers.wording import in_beijing
from returnplan.papers.workbook.shared_pickups import shared_pickups

MOST_PAIRS = 5
"""Pairs of batches with shared pick-ups that are named."""

_DAY = replace(CENTER, number_format="yyyy-mm-dd")

SUMMARY = Text("汇总", "Summary")
CITIES = Text("目的城市", "Cities")
ORIGINS = Text("来源地", "Origins")
FLOWS = Text("流向", "Flows")
SUPPLIES = Text("物资", "Supplies")


def summary_page(plan: Plan, header: RunHeader, lang: Lang) -> Page:
    """Return key figures, a table of the days and its chart."""
    groups = _grouped(plan.batches, attrgetter("date"))
    columns = (
        Column(Text("出发日期", "Date").say(lang), 16, list(groups), _DAY),
        *_loads(groups.values(), lang),
    )
    widths = [column.width for column in columns]
    day, riders = columns[0].header, columns[2].header
    title = Text("各日出发人数", "Riders departing a day").say(lang)
    run = Text(
        f"方案 {header.id}    生成 {in_beijing(header.created_at):%Y-%m-%d %H:%M}    版本 {header.version}",
        f"run {header.id}    made {in_beijing(header.created_at):%Y-%m-%d %H:%M}    version {header.version}",
    )
    hint = Text(
        "黄色单元格可以修改,改后用 returnplan verify 检查、adopt 采用。本表含姓名和电话,请妥善保管。",
        "Yellow cells may be changed: returnplan verify checks the edits, adopt takes them in. "
        "This file holds names and phones: keep it safe.",
    )
    top = (
        spread([Part(Text("返岗运输方案", "Return transport plan").say(lang), style.TITLE)], widths, 30),
        spread([Part(run.say(lang), style.SUBTITLE)], widths, 20),
        spread([Part(hint.say(lang), style.REMARK)], widths, 18),
        *_figures(plan, widths, lang),
        *_shared(plan, widths, lang),
        Line((), 10),
    )
    chart = Chart("column", title, day, (riders,), (len(top), len(columns) + 1), "m-d")
    return Page(SUMMARY.say(lang), columns, top, row_height_pt=18, charts=(chart,))


def cities_page(plan: Plan, lang: Lang) -> Page:
    """Return a table of the destination cities and its chart."""
    groups = _grouped(plan.batches, attrgetter("city"))
    columns = (Column(CITIES.say(lang), 16, list(groups), CENTER), *_loads(groups.values(), lang))
    title = Text("各城市实载率", "Load by city").say(lang)
    chart = Chart("bar", title, columns[0].header, (columns[4].header,), (1, len(columns) + 1))
    return Page(CITIES.say(lang), columns, row_height_pt=18, charts=(chart,))


def origins_page(plan: Plan, lang: Lang) -> Page:
    """Return a table of the prefectures that people leave."""
    origins: Mapping[str, Mapping[str, Any]] = plan.summary.get("origins", {})
    keys = (
        ("coaches", Text("汽车(辆)", "Coaches"), FIGURE),
        ("trains", Text("专列(暂不安排)", "Trains (not planned yet)"), FIGURE),
        ("planned", Text("安排人数", "Planned"), FIGURE),
        ("boarded", Text("已上车", "Boarded"), FIGURE),
        ("walk_ups", Text("其中现场增补", "Walk-ups of these"), FIGURE),
        ("cost", Text("费用(元)", "Cost (yuan)"), FIGURE),
    )
    columns = (
        Column(ORIGINS.say(lang), 16, list(origins), CENTER),
        *(
            Column(header.say(lang), 14, [line.get(key) for line in origins.values()], look)
            for key, header, look in keys
        ),
    )
    return Page(ORIGINS.say(lang), columns, row_height_pt=18)


def flows_page(plan: Plan, lang: Lang) -> Page:
    """Return who goes from where to where and how near to the least cost that is: a row a flow, the whole below."""
    flows = flows_of(plan)
    homes = [flow.prefecture or Text("合计", "Total").say(lang) for flow in flows]
    columns = (
        Column(Text("来源地", "Origin").say(lang), 16, homes, CENTER),
        Column(Text("目的城市", "City").say(lang), 14, [flow.city for flow in flows], CENTER),
        Column(Text("人数", "Riders").say(lang), 12, [flow.num_people for flow in flows], FIGURE),
        Column(
            Text("车次(分摊)", "Batches (shared)").say(lang), 14, [flow.num_batches for flow in flows], FIGURE
        ),
        Column(Text("费用(元)", "Cost (yuan)").say(lang), 14, [flow.cost_yuan for flow in flows], FIGURE),
        Column(
            Text("费用下界(元)", "Lower bound").say(lang), 16, [flow.bound_yuan for flow in flows], FIGURE
        ),
        Column(Text("与下界差距", "Gap").say(lang), 14, [flow.gap for flow in flows], SHARE),
    )
    return Page(FLOWS.say(lang), columns, row_height_pt=18)


def supplies_page(plan: Plan, packs: Mapping[str, float], lang: Lang) -> Page:
    """Return what must be bought for each day; children count as heads."""
    days = {batch.id: batch.date for batch in plan.batches}
    heads: dict[Any, int] = dict.fromkeys(sorted(set(days.values())), 0)
    seats = 1 + plan.riders["child_seats"].map(len)
    for batch, count in seats.groupby(plan.riders["batch"]).sum().items():
        heads[days[str(batch)]] += int(count)
    counts = [count_packs(packs, number, lang) for number in heads.values()]
    columns = (
        Column(Text("出发日期", "Date").say(lang), 16, list(heads), _DAY),
        Column(Text("人数(含儿童)", "Heads").say(lang), 13, list(heads.values()), FIGURE),
        *(
            Column(say_item(item, lang), 13, [count.get(say_item(item, lang)) for count in counts], FIGURE)
            for item in packs
        ),
    )
    return Page(SUPPLIES.say(lang), columns, row_height_pt=18)


@dataclass(frozen=True, slots=True)
class _Load:
    """Batches taken together."""

    num_batches: int
    num_riders: int
    num_seats: int
    km: float
    cost_yuan: float

    @classmethod
    def of(cls, batches: list[Batch]) -> "_Load":
        """Return the sums over the batches."""
        return cls(
            len(batches),
            sum(batch.load for batch in batches),
            sum(batch.usable for batch in batches),
            sum(batch.km for batch in batches),
            sum(batch.cost_yuan for batch in batches),
        )


def _grouped(batches: Iterable[Batch], key: Callable[[Batch], Any]) -> dict[Value, _Load]:
    groups: dict[Any, list[Batch]] = defaultdict(list)
    for batch in batches:
        groups[key(batch)].append(batch)
    return {name: _Load.of(groups[name]) for name in sorted(groups)}


def _loads(loads: Iterable[_Load], lang: Lang) -> tuple[Column, ...]:
    rows = list(loads)
    return (
        Column(Text("车次", "Batches").say(lang), 14, [row.num_batches for row in rows], FIGURE),
        Column(Text("人数", "Riders").say(lang), 14, [row.num_riders for row in rows], FIGURE),
        Column(Text("可用座位", "Seats").say(lang), 14, [row.num_seats for row in rows], FIGURE),
        Column(Text("实载率", "Load").say(lang), 14, [row.num_riders / row.num_seats for row in rows], SHARE),
        Column(Text("里程(公里)", "km").say(lang), 16, [row.km for row in rows], FIGURE),
        Column(Text("费用(元)", "Cost (yuan)").say(lang), 18, [row.cost_yuan for row in rows], FIGURE),
    )


def _figures(plan: Plan, widths: list[float], lang: Lang) -> list[Line]:
    summary = plan.summary
    gap = summary.get("gap")
    vehicles = "  ".join(f"{vehicle}×{count}" for vehicle, count in summary.get("vehicles", {}).items())
    pairs = (
        [
            (Text("报名", "Sign-ups"), summary.get("signups")),
            (Text("可安排", "Eligible"), summary.get("eligible")),
            (Text("已安排", "Planned"), summary.get("planned")),
        ],
        [
            (Text("未安排", "Unplanned"), summary.get("unplanned")),
            (Text("车次", "Batches"), summary.get("batches")),
            (Text("总里程(公里)", "km"), _amount(summary.get("km"), 1)),
        ],
        [
            (Text("总费用(元)", "Cost (yuan)"), _amount(summary.get("cost"), 2)),
            (Text("费用下界(元)", "Lower bound"), _amount(summary.get("lower_bound"), 2)),
            (Text("与下界差距", "Gap"), None if gap is None else f"{gap:.2%}"),
        ],
        [
            (Text("复工后天数合计", "Late days"), summary.get("late_days")),
            (Text("车型", "Vehicles"), vehicles),
            (Text("未读入(约)", "Not read (about)"), summary.get("not_read", 0)),
        ],
        [
            (
                Text("最难拼车的乘客(元/人)", "Hardest to fit in (yuan a head)"),
                _amount(summary.get("last_person_yuan"), 0),
            ),
            (
                Text("少晚一天最多花(元)", "Dearest late day avoided"),
                _amount(summary.get("last_late_day_yuan"), 0),
            ),
        ],
    )
    return [
        spread(labelled([(label.say(lang), value) for label, value in line], label_share=1.4), widths, 20)
        for line in pairs
    ]


def _shared(plan: Plan, widths: list[float], lang: Lang) -> list[Line]:
    """Return a line a pair of batches that share pick-ups, of the first few."""
    pairs = shared_pickups(plan)
    said = [pair.sentence() for pair in pairs[:MOST_PAIRS]]
    if len(pairs) > MOST_PAIRS:
        more = len(pairs) - MOST_PAIRS
        said.append(Text(f"另有 {more} 对这样的车", f"and {more} more pairs of this kind"))
    return [spread([Part(sentence.say(lang), style.REMARK)], widths, 18) for sentence in said]


def _amount(value: float | None, digits: int) -> str | None:
    return None if value is None else f"{value:,.{digits}f}"
