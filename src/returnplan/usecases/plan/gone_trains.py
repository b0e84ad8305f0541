"""Trains that the rail sheet has no more, or on another day: whose seats they were."""

from collections.abc import Sequence

from returnplan.edits.itineraries import by_person
from returnplan.model.moved_trains import MovedCall, is_gone
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.usecases.moved_trains import moved_in
from returnplan.usecases.plan.lost_seats import named


def gone_trains(plan: Plan) -> list[Text]:
    """Return of each such train who counts on it; by its new hours nobody can be left on it."""
    return [_words(plan, train, calls) for train, calls in moved_in(plan).items() if is_gone(calls)]


def _words(plan: Plan, train: str, calls: Sequence[MovedCall]) -> Text:
    stops = next(batch.stops for batch in plan.batches if batch.id == train)
    left_out = [call.place for call in calls if call.now is None]
    is_off = len(left_out) == len(stops) or any(call.is_another_day for call in calls)
    zh, en = "、".join(left_out), ", ".join(left_out)
    why, if_so = (
        (Text("的 ", ""), Text("不开或改了日期", "it does not run, or on another day"))
        if is_off
        else (
            Text(f"不停 {zh} 了，上面的 ", f", which calls no more at {en}"),
            Text("确实不停", "this is so"),
        )
    )
    riders = by_person(plan.riders[plan.riders["batch"] == train])
    who = named(riders, riders["category"].tolist())
    return Text(
        f"列车 {train} {why.zh}{len(riders)} 人：{who.zh}。铁路说{if_so.zh}的，"
        f"returnplan change {train} --cancel 后重新排车，他们重新等候安排，再用 returnplan notify 逐个通知",
        f"{len(riders)} people count on the train {train}{why.en}: {who.en}. If the railway says that {if_so.en}: "
        f"returnplan change {train} --cancel, plan again (they wait for other seats), and returnplan notify writes "
        "whom to phone",
    )
