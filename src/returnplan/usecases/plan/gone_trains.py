"""Trains that the rail sheet has no more, or on another day: whose seats they were."""

from returnplan.edits.itineraries import by_person
from returnplan.model.moved_trains import calls_moved, is_gone
from returnplan.model.plan import Plan
from returnplan.model.texts import Text
from returnplan.usecases.plan.lost_seats import named


def gone_trains(plan: Plan) -> list[Text]:
    """Return of each such train who counts on it; by its new hours nobody can be left on it."""
    return [_words(plan, train) for train, calls in calls_moved(plan.summary).items() if is_gone(calls)]


def _words(plan: Plan, train: str) -> Text:
    riders = by_person(plan.riders[plan.riders["batch"] == train])
    who = named(riders, riders["category"].tolist())
    return Text(
        f"列车 {train} 的 {len(riders)} 人：{who.zh}。铁路说不开或改了日期的，"
        f"returnplan change {train} --cancel 后重新排车，他们重新等候安排，再用 returnplan notify 逐个通知",
        f"{len(riders)} people count on the train {train}: {who.en}. If the railway says that it does not run, or on "
        f"another day: returnplan change {train} --cancel, plan again (they wait for other seats), and returnplan "
        "notify writes whom to phone",
    )
