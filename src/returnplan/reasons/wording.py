"""Changes and reasons in words."""

from datetime import date, timedelta

from returnplan.model.texts import Text
from returnplan.reasons.changes import Change


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
    relaxed = [breach.text for breach in change.relaxed]
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
