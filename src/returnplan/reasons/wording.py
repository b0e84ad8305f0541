"""Changes and reasons in words."""

from collections.abc import Callable
from datetime import date, timedelta

from returnplan.model.texts import Text
from returnplan.reasons.changes import Change
from returnplan.reasons.trial import Breach

RELAXED: dict[str, Callable[[Breach], Text]] = {
    "max_pickups": lambda b: Text(
        f"上车点 {b.figure:.0f} 个,规定最多 {b.limit:.0f} 个",
        f"{b.figure:.0f} pick-ups of {b.limit:.0f} allowed",
    ),
    "max_dropoffs": lambda b: Text(
        f"下车点 {b.figure:.0f} 个,规定最多 {b.limit:.0f} 个",
        f"{b.figure:.0f} drop-offs of {b.limit:.0f} allowed",
    ),
    "max_pickup_km": lambda b: Text(
        f"接人绕行 {b.figure:.0f} 公里,规定最多 {b.limit:.0f} 公里",
        f"{b.figure:.0f} km between pick-ups of {b.limit:.0f} allowed",
    ),
    "max_dropoff_km": lambda b: Text(
        f"送人绕行 {b.figure:.0f} 公里,规定最多 {b.limit:.0f} 公里",
        f"{b.figure:.0f} km between drop-offs of {b.limit:.0f} allowed",
    ),
    "max_cost_per_head": lambda b: Text(
        f"人均 {b.figure:.0f} 元,上限 {b.limit:.0f} 元",
        f"{b.figure:.0f} yuan a head of {b.limit:.0f} allowed",
    ),
    "min_load": lambda b: Text(
        f"车上 {-b.figure:.0f} 人,最低 {-b.limit:.0f} 人",
        f"{-b.figure:.0f} aboard, the minimum is {-b.limit:.0f}",
    ),
    "base": lambda b: Text("车辆属于别的市", "the vehicle belongs to another prefecture"),
    "mix_counties": lambda b: Text(
        "规定不同县不得混装", "people of different counties may not share a vehicle"
    ),
    "max_departures": lambda b: Text(
        f"该市当日出发 {b.figure:.0f} 人,上限 {b.limit:.0f} 人",
        f"{b.figure:.0f} departures from the prefecture that day of {b.limit:.0f} allowed",
    ),
    "max_arrivals": lambda b: Text(
        f"该城市当日到达 {b.figure:.0f} 人,上限 {b.limit:.0f} 人",
        f"{b.figure:.0f} arrivals in the city that day of {b.limit:.0f} allowed",
    ),
    "window": lambda b: Text(
        f"出发日期放宽 {b.figure:.0f} 天", f"the days of departure are widened by {b.figure:.0f}"
    ),
    "fleet": lambda b: Text(
        "该类车辆已排满,需另外增租", "vehicles of this type are all taken: hire one more"
    ),
}


def change_text(change: Change, first_day: date, vehicle: str) -> Text:
    """Return a change as a sentence; its price stands beside it."""
    day = first_day + timedelta(days=change.draft.day)
    if change.batch is None:
        what = Text(f"{day:%m-%d} 单独派一辆{vehicle}", f"a vehicle of its own ({vehicle}) on {day:%m-%d}")
    elif change.larger:
        what = Text(
            f"{change.batch} 换成{vehicle}后加入",
            f"join {change.batch} after changing its vehicle to {vehicle}",
        )
    else:
        what = Text(f"加入 {change.batch}({day:%m-%d})", f"join {change.batch} ({day:%m-%d})")
    if not change.relaxed:
        return what
    relaxed = [RELAXED[breach.rule](breach) for breach in change.relaxed]
    return Text(
        f"{what.zh},需放宽:{'、'.join(text.zh for text in relaxed)}",
        f"{what.en}, relaxing: {', '.join(text.en for text in relaxed)}",
    )


def price_text(more_yuan: float) -> Text:
    """Return what the plan would cost more; less where a larger vehicle is the cheaper one."""
    yuan = round(more_yuan)
    if yuan < 0:
        return Text(f"少花 {-yuan:,} 元", f"{-yuan:,} yuan less")
    return Text(f"多花 {yuan:,} 元", f"{yuan:,} yuan more")


def refund_text(cheapest_yuan: float, persons: int) -> Text:
    """Return up to which price a ticket is the better answer, if any."""
    a_head = cheapest_yuan / persons
    if round(a_head) <= 0:
        return Text(
            "报销车票:不划算,有不用多花钱的安排",
            "refund a ticket: never cheaper, a change costs nothing more",
        )
    return Text(
        f"报销车票:票价低于每人 {a_head:.0f} 元时比上述办法便宜",
        f"refund a ticket: cheaper than the above below {a_head:.0f} yuan a head",
    )
