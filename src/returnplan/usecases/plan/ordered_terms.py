"""Batches that were ordered at other km, hours or prices than today's sheets give: said once each, with what to do."""

from collections import Counter
from collections.abc import Iterable, Iterator

from returnplan.audit import Violation, audit
from returnplan.model.law import Law
from returnplan.model.plan import Batch, Plan
from returnplan.model.roster import Roster
from returnplan.model.rules import Rules
from returnplan.model.texts import NO_TEXT, Text

KM, COST, PAID, PACE = "wrong_km", "wrong_cost", "wrong_contract", "wrong_pace"
"""What the audit says of such a batch, stop by stop."""

OTHER_TERMS = "other_terms"
"""What is said in its place, once a batch."""

_CHANGED = Text(
    "{batch} 锁定后里程表、用时或车价改了：已订的 {km:.0f} 公里、{yuan:.2f} 元照旧，派车单和结算都按它{now}{pace}。"
    "请问{who}能否照原来的时刻和价格跑；要按新的，"
    "用 returnplan change {batch} --depart {hour} 重算，再 notify、dispatch",
    "{batch}: distances, minutes or prices have changed since it was locked. The {km:.0f} km and {yuan:.2f} yuan that "
    "were ordered stand, in the order and the bill{now}{pace}. Ask {who} whether these hours and this price hold; to "
    "take today's: returnplan change {batch} --depart {hour}, then notify and dispatch",
)
_NOW = Text("；按现在的表是 {figures}", "; by today's sheets {figures}")
_PACE = Text(
    "；{num} 段路的时刻和行车用时不符",
    "; on {num:stretch|stretches} of road the hours do not fit the time at the wheel",
)
_CARRIER = Text("承运单位", "the carrier")


def said_once(found: Iterable[Violation], batches: Iterable[Batch]) -> Iterator[Violation]:
    """Yield the violations, of each batch with other terms than today's one in the place of all about these.

    It keeps what was ordered (docs/contract.md#hard-rules, published batches), so nobody has to mend the sheets. Of
    another price of stops alone (``stop_cost``) nothing is said: it is on no order and no bill.
    """
    of_id = {batch.id: batch for batch in batches if batch.mode == "coach"}
    found = tuple(found)
    now = {(one.batch, one.code): one.count for one in found if one.code in (KM, PAID)}
    num_legs = Counter(one.batch for one in found if one.code == PACE)
    of_concern = {one.batch for one in found if one.code in (KM, PAID, PACE)}
    said = set()
    for one in found:
        if one.code not in (KM, COST, PAID, PACE) or one.batch not in of_id:
            yield one
        elif one.batch in of_concern and one.batch not in said:
            said.add(one.batch)
            batch = of_id[one.batch]
            words = _words(batch, now.get((batch.id, KM)), now.get((batch.id, PAID)), num_legs[batch.id])
            yield Violation(OTHER_TERMS, one.rule, batch.id, "", words, "warning")


def ordered_terms(plan: Plan, roster: Roster, rules: Rules, law: Law) -> list[Text]:
    """Return what is said of the ordered batches of a stored plan, in which one may have today's terms by now."""
    ordered = {batch.id for batch in plan.batches if batch.state not in ("draft", "departed")}
    found = audit(plan, roster, rules, law, ordered) if ordered else ()
    return [one.message for one in said_once(found, plan.batches) if one.code == OTHER_TERMS]


def _words(batch: Batch, km: float | None, contract_yuan: float | None, num_legs: int) -> Text:
    """Return what was ordered, what today's sheets give (None: the same), and what to do."""
    figures = []
    if km is not None:
        figures.append(Text(f"{km:.0f} 公里", f"{km:.0f} km"))
    if contract_yuan is not None:
        figures.append(Text(f"{contract_yuan:.2f} 元", f"{contract_yuan:.2f} yuan"))
    both = Text("、".join(one.zh for one in figures), " and ".join(one.en for one in figures))
    return _CHANGED.with_values(
        batch=batch.id,
        km=batch.km,
        yuan=batch.contract_yuan,
        now=_NOW.with_values(figures=both) if figures else NO_TEXT,
        pace=_PACE.with_values(num=num_legs) if num_legs else NO_TEXT,
        who=Text(batch.carrier, batch.carrier) if batch.carrier else _CARRIER,
        hour=f"{batch.depart:%H:%M}",
    )
