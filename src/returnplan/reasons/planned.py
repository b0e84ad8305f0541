"""Why somebody is on this batch: the date, the vehicle, the stops; each against what else was possible."""

from collections.abc import Iterator
from datetime import date, timedelta

from returnplan.model.plan import Batch
from returnplan.model.texts import Text
from returnplan.problem.model import Problem
from returnplan.problem.rules import MIN_LOAD
from returnplan.reasons.changes import changes_for, saving_yuan
from returnplan.reasons.standing import Standing
from returnplan.reasons.wording import price_text


def why_this_batch(standing: Standing, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield the lines on date, batch, vehicle and companions."""
    yield _window(standing.problem, batch.date, cell)
    if batch.id not in standing.drafts:
        yield Text(
            f"{batch.id} 的车辆不在车辆表中(已人工调整)", f"{batch.id} was changed by hand to another vehicle"
        )
        return
    yield _seats(standing, batch)
    yield from _companions(standing, batch, cell)
    yield from _against_others(standing, batch, cell)


def _window(problem: Problem, day: date, cell: int) -> Text:
    cells = problem.cells
    first, last = (problem.first_day + timedelta(days=int(d[cell])) for d in (cells.earliest, cells.latest))
    if first >= last:
        return Text(f"只能在 {day:%m-%d} 出发", f"{day:%m-%d} is the only possible day")
    late = cells.late_days[cell]
    lateness = float(late[(day - problem.first_day).days])
    words = Text(f"可在 {first:%m-%d} 至 {last:%m-%d} 出发", f"may leave from {first:%m-%d} to {last:%m-%d}")
    if lateness == 0 and late[(last - problem.first_day).days] > 0:
        return Text(f"{words.zh};再晚会误复工日期", f"{words.en}; later days would miss the resume date")
    if lateness > 0:
        return Text(
            f"{words.zh};晚于复工日期 {lateness:.0f} 天",
            f"{words.en}; {lateness:.0f} days after the resume date",
        )
    return words


def _seats(standing: Standing, batch: Batch) -> Text:
    taken = standing.drafts[batch.id].leg.num_seats(standing.problem)
    a_head_yuan = batch.cost_yuan / batch.load
    return Text(
        f"{batch.id}({batch.date:%m-%d},{batch.vehicle}):可用 {batch.usable} 座,"
        f"已用 {taken} 座,人均 {a_head_yuan:.0f} 元",
        f"{batch.id} ({batch.date:%m-%d}, {batch.vehicle}): {taken} of {batch.usable} usable seats taken, "
        f"{a_head_yuan:.0f} yuan a head",
    )


def _companions(standing: Standing, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield how many of the others could leave on no other day than this."""
    cells, draft = standing.problem.cells, standing.drafts[batch.id]
    last_call = sum(
        int(cells.num_persons[c]) * n for c, n in draft.load if cells.latest[c] == draft.day and c != cell
    )
    if last_call:
        yield Text(
            f"同车 {last_call} 人当天是最后期限",
            f"for {last_call} of those aboard it is the last possible day",
        )
    saving, staying = saving_yuan(standing, batch.id, cell)
    least = MIN_LOAD.limit(standing.problem, draft.leg)
    if staying < least:
        yield Text(
            f"少了他(们),该车只剩 {staying} 人,不足最低 {least} 人",
            f"without them the batch would carry {staying}, fewer than the minimum of {least}",
        )
    if saving > 0:
        yield Text(
            f"该车为此多花 {saving:.0f} 元(停靠、绕行)", f"the batch spends {saving:.0f} yuan on their stops"
        )


def _against_others(standing: Standing, batch: Batch, cell: int) -> Iterator[Text]:
    """Yield what the best other batch would cost, on the same day and on others."""
    saving, _ = saving_yuan(standing, batch.id, cell)
    day = (batch.date - standing.problem.first_day).days
    others = [c for c in changes_for(standing, cell, skip=batch.id) if c.batch and not c.relaxed]
    if not others:
        yield Text("没有别的车次能在规定之内接走", "no other batch could take them within the rules")
    late = standing.problem.cells.late_days[cell]
    for change in others:
        later = float(late[change.draft.day] - late[day])
        yield _compared(str(change.batch), change.more_yuan - saving, later, same_day=change.draft.day == day)


def _compared(batch: str, more_yuan: float, later: float, *, same_day: bool) -> Text:
    """Return what another batch would cost, and by how many person-days it comes later after the resume date."""
    where = (
        Text(f"同一天的 {batch}", f"{batch} on the same day") if same_day else Text(f"改乘 {batch}", batch)
    )
    money = price_text(more_yuan)
    if later > 0:
        money = Text(
            f"{money.zh},但误复工日期再多 {later:.0f} 人天",
            f"{money.en}, and miss the resume date by {later:.0f} person-days more",
        )
    return Text(f"{where.zh}:{money.zh}", f"{where.en} would cost {money.en}")


def why_these_stops(batch: Batch, pickup_seq: int, dropoff_seq: int) -> Text:
    """Return the line on the stops of a rider."""
    boards, alights = (batch.stops[seq - 1] for seq in (pickup_seq, dropoff_seq))
    return Text(
        f"{boards.time:%m-%d %H:%M} 在 {boards.place} 上车(第 {pickup_seq} 站),"
        f"{alights.time:%m-%d %H:%M} 在 {alights.place} 下车;"
        f"该车共 {len(batch.stops)} 站 {batch.km:.0f} 公里",
        f"boards at {boards.place} at {boards.time:%m-%d %H:%M} (stop {pickup_seq}), alights at {alights.place} at "
        f"{alights.time:%m-%d %H:%M}; the batch has {len(batch.stops)} stops and {batch.km:.0f} km",
    )
