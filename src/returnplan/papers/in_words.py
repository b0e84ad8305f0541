"""A plan in a few sentences: who goes, at what cost, how near to the least one."""

from collections.abc import Mapping
from typing import Any

from returnplan.assembly.payments import KINDS, Payments, bill_of
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.texts import Lang, Text

COACHES = Text("{num} 辆汽车", "{num} coaches"), Text("{num} 辆汽车", "{num} coach")
TRAINS = Text("{num} 趟列车", "{num} trains"), Text("{num} 趟列车", "{num} train")
DAYS = Text("{num} 天", "{num} days"), Text("{num} 天", "{num} day")
"""Of many, and of one."""

_AND = Text("和 ", " and ")
_WHO = Text(
    "{signups} 人报名，安排 {planned} 人，乘 {vehicles}，{days}送完；{left} 人没有排上。",
    "{signups} people signed up: {planned} of them go, in {vehicles} on {days}; {left} are on no coach.",
)
_COST = Text(
    "要付的车费 {paid} 元，平均每人 {a_head} 元。", "{paid} yuan are to be paid, {a_head} yuan a head."
)
_BESIDES = Text(
    "排车时另给每多停一站计价，共 {rest} 元，不用付；按排车的计价是 {cost} 元。",
    "Planning counts {rest} yuan more for further stops, which nobody is paid: {cost} yuan by its prices.",
)
_UNPAID = Text(
    "其中 {rest} 元是排车时给每多停一站算的，不用付；要付的车费是 {contract} 元。",
    "{rest} yuan of it are what planning counts for further stops, and are not paid; {contract} yuan are.",
)
_PAYERS = Text(
    "包车和车票 {contract} 元，其中{payers}。", "Carriers and railway are paid {contract} yuan: {payers}."
)
_PAYS = Text(
    "{payer} {yuan} 元(乘坐的 {num} 人平均 {a_head} 元)", "{payer} pay {yuan} ({a_head} a head of {num})"
)
_BOUND = Text(
    "已证明：送这些人，任何安排都不会低于 {bound} 元；即使最好的安排，最多也只能再省 {rest} 元({gap})。",
    "It is proved that no plan for these people costs less than {bound} yuan: the very best plan could save {rest} "
    "yuan more at most ({gap}).",
)
_BEST = Text("已证明：送这些人，没有更便宜的安排。", "It is proved that no plan for these people costs less.")
_LATE = Text(
    "到岗晚于复工日期共 {num} 人天。", "People arrive {num} person-days after the day on which work resumes."
)
_ABOARD = Text(
    "已上车 {num} 人(其中现场增补 {walk_ups} 人)。",
    "{num} people are on board so far ({walk_ups} of them walk-ups).",
)
_NOT_READ = Text(
    "另有约 {num} 人的表没有读进来，先处理有问题的表。",
    "Sheets with about {num} more people were not read; see to the faulty sheets first.",
)


def in_words(plan: Plan, header: RunHeader, lang: Lang) -> list[str]:
    """Return the plan in sentences; none where nothing is known of it."""
    summary = plan.summary
    if not summary:
        return []
    num_trains = sum(batch.mode == "train" for batch in plan.batches)
    said = [
        _WHO.filled(
            lang,
            signups=f"{summary['signups']:,}",
            planned=f"{summary['planned']:,}",
            left=f"{summary['unplanned']:,}",
            vehicles=say_vehicles(len(plan.batches) - num_trains, num_trains, lang),
            days=say_count(len({batch.date for batch in plan.batches}), DAYS, lang),
        )
    ]
    if summary["planned"]:
        bill = bill_of(header, plan)
        said += _cost(summary, bill, lang)
        said += [say_payers(bill, lang)] if bill.is_shared else []
    if summary["late_days"]:
        said.append(_LATE.filled(lang, num=f"{summary['late_days']:,}"))
    if aboard := sum_over_origins(summary, "boarded"):
        walk_ups = f"{sum_over_origins(summary, 'walk_ups'):,}"
        said.append(_ABOARD.filled(lang, num=f"{aboard:,}", walk_ups=walk_ups))
    if not_read := summary.get("not_read", 0):
        said.append(_NOT_READ.filled(lang, num=f"{not_read:,}"))
    return said


def say_bill(bill: Payments, cost_yuan: float, lang: Lang) -> list[str]:
    """Return what of the cost is paid, and by whom; nothing where the office pays all of it."""
    said, rest_yuan = [], round(cost_yuan - bill.contract_yuan)
    if rest_yuan > 0:
        said.append(_UNPAID.filled(lang, rest=f"{rest_yuan:,}", contract=f"{bill.contract_yuan:,.0f}"))
    return [*said, say_payers(bill, lang)] if bill.is_shared else said


def say_payers(bill: Payments, lang: Lang) -> str:
    """Return who pays what in a sentence; payers of one kind together."""
    kinds = dict.fromkeys(account.payer.kind for account in bill.accounts)
    said = []
    for kind in kinds:
        own = [account for account in bill.accounts if account.payer.kind == kind]
        yuan, num = sum(account.yuan for account in own), sum(account.num_people for account in own)
        payer = own[0].payer.say(lang) if len(own) == 1 else KINDS[kind].say(lang)
        said.append(
            _PAYS.filled(lang, payer=payer, yuan=f"{yuan:,.0f}", num=f"{num:,}", a_head=f"{yuan / num:,.0f}")
        )
    return _PAYERS.filled(
        lang, contract=f"{bill.contract_yuan:,.0f}", payers=Text("，", ", ").say(lang).join(said)
    )


def say_count(num: int, of: tuple[Text, Text], lang: Lang) -> str:
    """Return a number with what it counts."""
    return of[num == 1].filled(lang, num=f"{num:,}")


def say_vehicles(num_coaches: int, num_trains: int, lang: Lang) -> str:
    """Return coaches and trains; the trains only where there are some."""
    said = []
    if num_coaches or not num_trains:
        said.append(say_count(num_coaches, COACHES, lang))
    if num_trains:
        said.append(say_count(num_trains, TRAINS, lang))
    return _AND.say(lang).join(said)


def sum_over_origins(summary: Mapping[str, Any], key: str) -> int:
    """Return the sum of a number that the plan keeps by home prefecture."""
    return sum(line[key] for line in summary.get("origins", {}).values())


def _cost(summary: Mapping[str, Any], bill: Payments, lang: Lang) -> list[str]:
    """Return what is paid, by how much the prices of planning exceed it, and how near to the least cost they are."""
    cost, bound, paid = summary["cost"], summary["lower_bound"], bill.contract_yuan
    a_head = f"{paid / summary['planned']:,.0f}"
    said = [_COST.filled(lang, paid=f"{paid:,.0f}", a_head=a_head)]
    if round(cost - paid) > 0:
        said.append(_BESIDES.filled(lang, rest=f"{cost - paid:,.0f}", cost=f"{cost:,.0f}"))
    if bound <= 0:
        return said
    rest = cost - bound
    if rest < 0.5:
        return [*said, _BEST.say(lang)]
    return [
        *said,
        _BOUND.filled(lang, bound=f"{bound:,.0f}", rest=f"{rest:,.0f}", gap=f"{rest / cost:.1%}"),
    ]
