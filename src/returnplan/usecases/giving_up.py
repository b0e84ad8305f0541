"""Who gives up a seat by phone and still has it, as the next plan alone frees it: papers written until then say so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from returnplan.model.plan import Batch, Rider
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_day
from returnplan.store import CANCELLED, POSTPONED, CallRecord

_SAID = {CANCELLED: Text("电话取消", "cancelled by phone"), POSTPONED: Text("改期", "postponed")}


def giving_up(
    batches: Iterable[Batch], riders: Mapping[str, Sequence[Rider]], calls: Mapping[int, CallRecord]
) -> set[int]:
    """Return the person numbers of those who have said on the phone that they do not come with these batches."""
    return {
        rider.person
        for batch in batches
        if batch.state != "departed"
        for rider in riders[batch.id]
        if (call := calls.get(rider.person)) and call.result in _SAID and call.frees(batch.id, batch.date)
    }


def with_what_they_said(
    batches: Iterable[Batch],
    riders: Mapping[str, Sequence[Rider]],
    calls: Mapping[int, CallRecord],
    lang: Lang,
) -> dict[str, list[Rider]]:
    """Return the riders by batch; who gives up their seat has that before the remark."""
    gone = giving_up(batches, riders, calls)

    def said(rider: Rider) -> Rider:
        words = _said(calls[rider.person]).say(lang)
        return replace(rider, note="；".join(filter(None, (words, rider.note))))

    return {batch: [said(one) if one.person in gone else one for one in own] for batch, own in riders.items()}


def _said(call: CallRecord) -> Text:
    said = _SAID[call.result]
    if call.postponed_to is None:
        return said
    return Text(
        f"{said.zh}至{say_day(call.postponed_to, 'zh')}", f"{said.en} to {say_day(call.postponed_to, 'en')}"
    )
