"""The verdicts in words: what a clerk reads beside each name that is on no batch."""

from returnplan.model.texts import Text
from returnplan.reasons.verdicts import Verdict

HELP = {
    "day_cap": Text("放宽出发日期,或提高每日人数上限", "widen the days of departure, or raise the day caps"),
    "too_costly": Text("报销车票,或等待下一批合并", "refund a ticket, or hold for the next batch"),
    "budget": Text("追加预算,或报销车票", "raise the budget, or refund a ticket"),
}
"""What helps where a limit on money or on people a day binds."""


def party_apart(differs: bool) -> Verdict:
    """Return the verdict on a party without a common pick-up, city or day."""
    if differs:
        reason = Text("同行人上车地点或务工城市不同,不能同车", "the party has different pick-ups or cities")
    else:
        reason = Text("没有可以出发的共同日期", "there is no day on which all could leave")
    fix = Text(
        "统一上车地点、城市和日期,或分开报名", "agree on pick-up, city and days, or sign up separately"
    )
    return Verdict("party_split", reason, fix)


def party_too_big(seats: int, largest: int) -> Verdict:
    """Return the verdict on a party that no vehicle holds."""
    return Verdict(
        "party_split",
        Text(
            f"同行需 {seats} 座,最大车辆可用 {largest} 座",
            f"the party needs {seats} seats of {largest} at most",
        ),
        Text("分成几组报名,或调用更大的车", "sign up in smaller parties, or charter a larger vehicle"),
    )


def no_vehicle_offered(base: str) -> Verdict:
    """Return the verdict where the fleet has nothing for the place and days."""
    return Verdict(
        "no_vehicle",
        Text(
            f"可出发日期内{base}没有可用车辆", f"no vehicle of {base or 'any base'} is on offer in the window"
        ),
        Text("在车辆表中增加该市车辆或日期", "add vehicles or days for this prefecture to the fleet sheet"),
    )


def no_vehicle_left(base: str) -> Verdict:
    """Return the verdict where all vehicles of the window are taken."""
    return Verdict(
        "no_vehicle",
        Text(
            f"可出发日期内{base}的车辆已全部排满",
            f"every vehicle of {base or 'the fleet'} in the window is taken",
        ),
        Text("增租车辆,或放宽出发日期", "charter one more vehicle, or widen the days of departure"),
    )


def road_closed(city: str) -> Verdict:
    """Return the verdict where no road leads to the drop-off on any day."""
    return Verdict(
        "no_route",
        Text(f"可出发日期内没有通往{city}的道路", f"no road to {city} is open in the window"),
        Text("改期,或更换上车地点", "choose other days or another pick-up"),
    )


def too_many_drops(num_drops: int, limit: int) -> Verdict:
    """Return the verdict on a party that alights at more places than a batch may serve."""
    return Verdict(
        "no_route",
        Text(
            f"同行人有 {num_drops} 个下车地点,一车最多 {limit} 个",
            f"the party alights at {num_drops} places, a batch has {limit} at most",
        ),
        Text("合并下车地点,或分开报名", "agree on fewer drop-offs, or sign up separately"),
    )


def stops_bind(riders: int, least: int) -> Verdict:
    """Return the verdict where companions exist, but at too many stops."""
    return Verdict(
        "no_route",
        Text(
            f"受停靠站数和绕行里程限制,一车最多凑到 {riders} 人,不足最低 {least} 人",
            f"within the limits of stops and loops one vehicle gathers {riders} of at least {least}",
        ),
        Text(
            "放宽停靠站数或绕行里程,或改到邻近上车点",
            "relax the stop or loop limits, or board at a nearby place",
        ),
    )


def no_loop(city: str) -> Verdict:
    """Return the verdict where every single rule could be met, but no batch was found that meets all."""
    return Verdict(
        "no_route",
        Text(
            f"在停靠站数和绕行里程限制内,没有找到去{city}的合适车次",
            f"no batch to {city} was found within the limits of stops and loops",
        ),
        Text("放宽停靠站数或绕行里程,或放宽出发日期", "relax the stop or loop limits, or widen the days"),
    )


def day_cap(base: str, city: str) -> Verdict:
    """Return the verdict where the day caps are used up on every day of the window."""
    return Verdict(
        "day_cap",
        Text(
            f"可出发日期内,{base}每日出发人数或{city}每日到达人数已达上限",
            f"on every day of the window {base or 'the origin'} or {city} has all departures or arrivals allowed",
        ),
        HELP["day_cap"],
    )


def over_budget(more_yuan: float, left_yuan: float) -> Verdict:
    """Return the verdict where the money of the campaign is spent."""
    return Verdict(
        "budget",
        Text(
            f"至少还需 {more_yuan:.0f} 元,预算只剩 {left_yuan:.0f} 元",
            f"it takes {more_yuan:.0f} yuan more, {left_yuan:.0f} are left of the budget",
        ),
        HELP["budget"],
    )


def join_or_raise_budget(batch: str, more_yuan: float) -> Text:
    """Return what helps where the budget pays for a free seat, not for a vehicle."""
    return Text(
        f"加入 {batch}(多花 {more_yuan:.0f} 元),或追加预算",
        f"let them join {batch} ({more_yuan:.0f} yuan more), or raise the budget",
    )


def free_seat(batch: str, more_yuan: float) -> Verdict:
    """Return the verdict where a batch could take them, and the search did not see it."""
    return Verdict(
        "no_route",
        Text(
            f"本次排车没有找到合适车次,但 {batch} 还有空座",
            f"the search found no batch, but {batch} has a free seat",
        ),
        Text(
            f"加入 {batch}(多花 {more_yuan:.0f} 元),或延长计算时间重排",
            f"let them join {batch} ({more_yuan:.0f} yuan more), or plan again with more time",
        ),
    )


def too_costly(a_head_yuan: float, limit_yuan: float) -> Verdict:
    """Return the verdict where a seat costs more than the office pays."""
    return Verdict(
        "too_costly",
        Text(
            f"人均约 {a_head_yuan:.0f} 元,超过上限 {limit_yuan:g} 元",
            f"about {a_head_yuan:.0f} yuan a head of {limit_yuan:g}",
        ),
        HELP["too_costly"],
    )


def none_within(code: str, city: str, most_a_head_yuan: float, left_yuan: float) -> Verdict:
    """Return the verdict where a batch could be filled, and a limit on money or people a day is in its way."""
    limit = {
        "day_cap": Text("每日人数上限", "the day caps"),
        "too_costly": Text(f"人均 {most_a_head_yuan:g} 元", f"{most_a_head_yuan:g} yuan a head"),
        "budget": Text(f"预算余额 {left_yuan:.0f} 元", f"the {left_yuan:.0f} yuan left of the budget"),
    }[code]
    reason = Text(
        f"在{limit.zh}以内,没有找到去{city}的合适车次", f"no batch to {city} was found within {limit.en}"
    )
    return Verdict(code, reason, HELP[code])


def below_min_load(riders: int, least: int, price_yuan: float) -> Verdict:
    """Return the verdict on too few companions, with the four answers of the field."""
    a_head = price_yuan / max(1, riders)
    short = least - riders
    return Verdict(
        "below_min_load",
        Text(
            f"可同行只有 {riders} 人,比最低 {least} 人少 {short} 人",
            f"{riders} people could go together, {short} fewer than the minimum of {least}",
        ),
        Text(
            f"等下一批(再有 {short} 人即可成行);放宽日期与邻县合并;换更小的车;"
            f"或报销车票(单独派车约 {price_yuan:.0f} 元,人均 {a_head:.0f} 元)",
            f"hold for the next batch ({short} more make one); widen the days and merge with a neighbour county; "
            f"a smaller vehicle; or refund tickets (a vehicle alone costs about {price_yuan:.0f} yuan, "
            f"{a_head:.0f} a head)",
        ),
    )
