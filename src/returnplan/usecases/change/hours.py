"""What the law of the road makes of the hour that was ordered for a batch."""

from datetime import timedelta

from returnplan.model.plan import Batch, Rest, RestKind
from returnplan.model.texts import Text

_WHY_IT_STANDS: dict[RestKind, Text] = {
    "standstill": Text("长途客车此时不得行车", "when no long-distance coach may drive"),
    "night_stop": Text("驾驶员已到一天的行车时间", "as its drivers have driven as long as they may in a day"),
}


def long_stands(before: Batch, after: Batch | None) -> list[Text]:
    """Return a warning of each long stand on the way that a batch had not before, with the hour of arrival."""
    if after is None:
        return []
    had = {(rest.kind, rest.time) for rest in before.rests}
    return [
        _warning(after, rest)
        for rest in after.rests
        if rest.kind in _WHY_IT_STANDS and (rest.kind, rest.time) not in had
    ]


def _warning(batch: Batch, rest: Rest) -> Text:
    why, until = _WHY_IT_STANDS[rest.kind], rest.time + timedelta(minutes=rest.minutes)
    begin, end, arrive = f"{rest.time:%m-%d %H:%M}", f"{until:%H:%M}", f"{batch.arrive:%m-%d %H:%M}"
    return Text(
        f"{batch.id} 途中 {begin} 到 {end} 停驶({why.zh})，{arrive} 才到",
        f"{batch.id} stands still on the way from {begin} to {end}, {why.en}, and arrives {arrive}",
    )
