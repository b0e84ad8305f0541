"""Trains that the railway has cut under their people: who has no seat there any more, and how they get another one."""

from typing import Any

from returnplan.model.plan import Batch, Plan
from returnplan.model.texts import Text
from returnplan.usecases.plan.lost_seats import named

OF_SEATS = frozenset({"overloaded", "wrong_seats", "over_quota"})
"""The promises that such a train breaks; the words here say more than the audit's."""


def cut_trains(plan: Plan) -> list[Text]:
    """Return of each such train who is over, the last by class, last day and sign-up, and the command to use."""
    batches = {batch.id: batch for batch in plan.batches}
    cut = plan.summary.get("seats_cut", {})
    return [_words(plan, batches[train], figures) for train, figures in cut.items() if train in batches]


def _words(plan: Plan, train: Batch, figures: dict[str, Any]) -> Text:
    on_it = plan.riders[plan.riders["batch"] == train.id]
    over = on_it[on_it["person"].isin(figures["over"])]
    who = named(over, over["category"].tolist())
    needed, seats, num = figures["needed"], figures["seats"], len(over)
    command = f"returnplan change {train.id} --vehicle {train.vehicle}"
    return Text(
        f"列车 {train.id}({train.service})需要 {needed} 个座位，铁路表现在只有 {seats} 个(或某站票额不够)，"
        f"{num} 人没有座位：{who.zh}。用 {command} 看他们能改乘哪趟车，加 --yes 照办",
        f"the train {train.id} ({train.service}) needs {needed} seats, the rail sheet now has {seats} (or too few at a "
        f"station), {num} people have none: {who.en}. {command} shows where they can go, with --yes it is done",
    )
