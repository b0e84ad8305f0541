"""The forms of ``show``: the parts of a stored plan as listings."""

from collections.abc import Callable
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING

from returnplan.assembly.views import Flow, Waiting, by_row, flows_of, waiting_in
from returnplan.cli.render.listing import Column, Listing
from returnplan.contract import View
from returnplan.model.masking import mask_driver
from returnplan.model.person import MASKS
from returnplan.model.plan import Batch, Overview, Plan, RunHeader
from returnplan.model.texts import Text
from returnplan.papers.wording import (
    STATES,
    in_beijing,
    say_division,
    say_place,
    say_post,
    say_sex,
    say_vehicle,
)

if TYPE_CHECKING:
    import pandas as pd

_DATE = Column(Text("日期", "date"), is_whole=True)
_BATCH = Column(Text("批次编号", "batch"), is_whole=True)
_CITY = Column(Text("城市", "city"))
_COUNTY = Column(Text("县(市、区)", "county"), can_be_spared=True)
_EMPLOYER = Column(Text("企业", "employer"))
_SIGNUP = Column(Text("报名行", "sign-up"))
_NAME = Column(Text("姓名", "name"))
_OPEN = Text("待定", "open")
"""Where the railway has not said the seat."""
_GROUP = Column(Text("组", "group"), is_whole=True, can_be_spared=True)
_TOTAL = Text("合计", "total")


def _number(zh: str, en: str, *, can_be_spared: bool = False) -> Column:
    return Column(Text(zh, en), is_number=True, can_be_spared=can_be_spared)


_BATCH_COLUMNS = (
    _BATCH, _CITY, Column(Text("车型", "vehicle")), _number("人/座", "load"),
    Column(Text("发车", "leaves"), is_whole=True),
    Column(Text("到达", "arrives"), is_whole=True, can_be_spared=True),
    Column(Text("停靠", "stops")), _number("公里", "km", can_be_spared=True),
    _number("费用", "yuan", can_be_spared=True),
    Column(Text("承运单位", "carrier"), can_be_spared=True),
    Column(Text("车牌", "plate"), is_whole=True, can_be_spared=True),
    Column(Text("驾驶员", "drivers"), can_be_spared=True),
    Column(Text("状态", "state"), is_whole=True),
)  # fmt: skip


def batches_form(plan: Overview, view: View) -> Listing:
    """Return a row a batch; the date of arrival only where it is another one, and no column that is empty."""
    rows = [_batch_row(batch, view) for batch in plan.batches]
    filled = [any(row[at] != "" for row in rows) or not rows for at in range(len(_BATCH_COLUMNS))]
    return Listing(
        Text("各趟车", "batches"),
        tuple(compress(_BATCH_COLUMNS, filled)),
        [tuple(compress(row, filled)) for row in rows],
    )


def _batch_row(batch: Batch, view: View) -> tuple[object, ...]:
    drivers = batch.drivers if view.unmask else map(mask_driver, batch.drivers)
    arrival = "%H:%M" if batch.arrive.date() == batch.date else "%m-%d %H:%M"
    cities = _comma(view).join(_city(city, view) for city in batch.cities)
    stops = "→".join(say_place(stop.place, view.lang) for stop in batch.stops)
    return (
        batch.id, cities, say_vehicle(batch.vehicle, view.lang), f"{batch.load}/{batch.usable}",
        f"{batch.depart:%m-%d %H:%M}", f"{batch.arrive:{arrival}}", stops,
        f"{batch.km:.0f}", f"{batch.contract_yuan:.0f}", batch.carrier, batch.plate, _comma(view).join(drivers),
        STATES[batch.state].say(view.lang),
    )  # fmt: skip


def _comma(view: View) -> str:
    return Text("、", ", ").say(view.lang)


def riders_form(plan: Plan, view: View) -> Listing:
    """Return a row a ride of each rider; a seat on a train is as the railway has said it."""
    columns = (
        _BATCH, _number("座位", "seat"), _NAME, Column(Text("电话", "phone"), is_whole=True), _COUNTY,
        Column(Text("上车", "pick-up")), Column(Text("下车", "drop-off")), _EMPLOYER,
    )  # fmt: skip
    names = ["batch", "seat", "name", "phone", "county", "pickup", "dropoff", "employer"]
    trains = {batch.id for batch in plan.batches if batch.mode == "train"}
    riders = plan.riders
    if trains:
        said = (riders["carriage"] + "-" + riders["seat_no"]).where(
            riders["carriage"] != "", _OPEN.say(view.lang)
        )
        riders = riders.assign(seat=said.where(riders["batch"].isin(trains), riders["seat"].astype(str)))
    return Listing(Text("乘车人员", "riders"), columns, _rows(riders, names, view))


def unplanned_form(plan: Plan, view: View) -> Listing:
    """Return a row for everybody who is on no batch, with the reason and what would help."""
    columns = (
        _SIGNUP, _NAME, _COUNTY, _CITY, _GROUP, Column(Text("原因", "reason")),
        Column(Text("建议", "suggestion")),
    )  # fmt: skip
    shown = by_row(plan.unplanned)
    shown = shown.assign(group=shown["group"].astype(str).where(shown["group"] > 0, ""))
    names = ["signup", "name", "county", "city", "group", f"reason_{view.lang}", f"suggestion_{view.lang}"]
    return Listing(Text("未排人员", "not planned"), columns, _rows(shown, names, view))


def waiting_form(plan: Plan, view: View) -> Listing:
    """Return a row a group of people without a seat who could travel together, with what would place them."""
    columns = (
        _GROUP, Column(Text("从哪到哪", "from, to")), _number("人数", "people"),
        Column(Text("怎样能走，多花多少", "what would place them, and its price")),
    )  # fmt: skip
    rows = [
        (
            one.number,
            _journey(one, view),
            one.num_people,
            Text(one.suggestion_zh, one.suggestion_en).say(view.lang),
        )
        for one in waiting_in(plan.unplanned)
    ]
    return Listing(
        Text("等车的人，按能同车的组", "people who wait, in groups that could travel together"), columns, rows
    )


def _journey(group: Waiting, view: View) -> str:
    ends = (
        _comma(view).join(_city(name, view) for name in names) for names in (group.counties, group.cities)
    )
    return "→".join(ends)


def employers_form(plan: Overview, view: View) -> Listing:
    """Return a row an employer and place: vacancies, new hires matched, people on their way, and when they arrive."""
    columns = (
        _EMPLOYER, _CITY, Column(Text("下车地点", "drop-off")),
        _number("招聘", "vacancies"), _number("匹配", "matched"), _number("已排", "planned"),
        Column(Text("复工", "resumes"), is_whole=True), Column(Text("首批到达", "first arrival"), is_whole=True),
        Column(Text("末批到达", "last arrival"), is_whole=True),
    )  # fmt: skip
    rows = [
        (
            line.employer, _city(line.city, view), say_place(line.place, view.lang),
            line.headcount, line.matched, line.planned, line.resume or "",
            line.first_arrival or "", line.last_arrival or "",
        )
        for line in plan.employers
    ]  # fmt: skip
    return Listing(Text("企业", "employers"), columns, rows)


def days_form(plan: Overview, view: View) -> Listing:
    """Return a row a date of departure."""
    columns = (_DATE, _number("车次", "batches"), _number("人数", "people"))
    rows = [(day, line["batches"], line["riders"]) for day, line in plan.summary["days"].items()]
    return Listing(Text("每日发车", "departures a day"), columns, rows)


def origins_form(plan: Overview, view: View) -> Listing:
    """Return a row a prefecture that people leave from."""
    columns = (
        Column(Text("出发市", "origin")), _number("大巴", "coaches"), _number("列车", "trains"),
        _number("已排", "planned"), _number("已上车", "boarded"), _number("其中增补", "walk-ups"),
        _number("费用", "yuan"),
    )  # fmt: skip
    rows = [
        (
            _city(city, view),
            *(line[key] for key in ("coaches", "trains", "planned", "boarded", "walk_ups")),
            f"{line['cost']:.0f}",
        )
        for city, line in plan.summary["origins"].items()
    ]
    return Listing(Text("出发地", "origins"), columns, rows)


def flows_form(plan: Plan, view: View) -> Listing:
    """Return a row a home prefecture and city, and the whole below."""
    columns = (
        Column(Text("出发市", "origin")), _CITY, _number("已排", "planned"), _number("车次", "batches"),
        _number("费用", "yuan"), _number("费用下界", "lower bound"), _number("差距", "gap"),
    )  # fmt: skip
    rows = [
        (
            _city(flow.prefecture, view) or _TOTAL.say(view.lang), _city(flow.city, view),
            flow.num_people, f"{flow.num_batches:.1f}", f"{flow.cost_yuan:.0f}",
            f"{flow.bound_yuan:.0f}", f"{flow.gap:.1%}" if flow.is_alone else "—",
        )
        for flow in flows_of(plan)
    ]  # fmt: skip
    return Listing(Text("流向", "flows"), columns, rows)


def flow_json(flow: Flow) -> dict[str, object]:
    """Return a flow for machines; costs in yuan."""
    return {
        "prefecture": flow.prefecture,
        "city": flow.city,
        "planned": flow.num_people,
        "batches": round(flow.num_batches, 3),
        "cost": round(flow.cost_yuan, 2),
        "lower_bound": round(flow.bound_yuan, 2),
        "gap": round(flow.gap, 6),
    }


def runs_listing(headers: list[RunHeader]) -> Listing:
    """Return a row a run, the latest first."""
    columns = (
        Column(Text("方案", "run"), is_whole=True), Column(Text("时间", "made at"), is_whole=True),
        Column(Text("基准日", "as of"), is_whole=True), Column(Text("文件", "files")),
    )  # fmt: skip
    rows = [
        (
            header.id, f"{in_beijing(header.created_at):%Y-%m-%d %H:%M}", header.as_of or "",
            "、".join(file.path for file in header.inputs),
        )
        for header in headers
    ]  # fmt: skip
    return Listing(Text("历次方案", "runs"), columns, rows)


def _city(name: str, view: View) -> str:
    """Return the full name of a city, in English its short one in Latin letters."""
    return name if view.lang == "zh" else say_division(name, view.lang)


_LATIN = {
    "county": say_division,
    "city": say_division,
    "pickup": say_place,
    "dropoff": say_place,
    "post": say_post,
    "sex": say_sex,
}
"""How columns are shown in English."""


def _rows(frame: "pd.DataFrame", names: list[str], view: View) -> list[tuple[object, ...]]:
    """Return the columns line by line, names and phones masked unless the view may see them."""
    shown = frame[names]
    if not view.unmask:
        shown = shown.assign(**{name: shown[name].map(mask) for name, mask in MASKS.items() if name in names})
    if view.lang == "en":
        latin = {name: say for name, say in _LATIN.items() if name in names}
        shown = shown.assign(
            **{name: shown[name].map(partial(say, lang="en")) for name, say in latin.items()}
        )
    return list(shown.itertuples(index=False, name=None))


OVERVIEWS: dict[str, Callable[[Overview, View], Listing]] = {
    "batches": batches_form,
    "employers": employers_form,
    "days": days_form,
    "origins": origins_form,
}
"""The forms that show a plan without its people."""

PEOPLE: dict[str, Callable[[Plan, View], Listing]] = {
    "riders": riders_form,
    "unplanned": unplanned_form,
    "waiting": waiting_form,
    "flows": flows_form,
}
"""The forms that show its people, or count them."""
