"""今日要办: one page with all that needs a person today, what went wrong first."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returnplan.assembly.views import waiting_in
from returnplan.edits.double_use import used_twice
from returnplan.model.advice import advice_on
from returnplan.model.masking import mask_text
from returnplan.model.plan import Plan, RunHeader
from returnplan.model.texts import Lang, Text
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Column, Line, Page, Part, Printing, render, spread, style
from returnplan.papers.wording import in_beijing, say_advice, say_code

Row = tuple[Text, int, str]

REFUSED = Text("没有排新方案,请先处理", "No new plan; see to this first")
STANDS = Text("现行方案仍然有效", "The last plan stands")
NONE_YET = Text("还没有方案", "Nothing is planned yet")
UNSEEN = Text("数据文件读不了,看不到现行方案", "The store cannot be read, nor the plan in it")
UNREAD = Text("没有读的文件", "Files that were not read")
NOT_READ = Text("没有读进来的人(约)", "People not read (about)")
FAULTY = Text("退回有错的表", "Faulty rows to send back")
WAITING = Text("能同车、在等车的一组", "A group that waits and could travel together")
MOST_GROUPS = 15
"""Groups on the page, the largest ones; plan.xlsx has all."""
TO_PUBLISH = Text("今晚锁定并通知", "Publish tonight")
TO_HOLD = Text("先不锁定的车", "Batches to hold")
TWICE = Text("同一辆车或司机用了两次", "A vehicle or driver on two coaches")


@dataclass(frozen=True)
class PlanInForce:
    """The plan that stands, and how many people are to be called by it."""

    header: RunHeader
    plan: Plan
    num_calls: int


@dataclass(frozen=True)
class Day:
    """What the page is about; ``problem`` is why there is no new plan, None when there is one.

    ``is_store_unreadable`` tells a plan that cannot be seen from none at all.
    """

    today: date
    lang: Lang
    standing: PlanInForce | None
    notes: tuple[Text, ...] = ()
    problem: Text | None = None
    is_store_unreadable: bool = False


def write_to_do(day: Day, path: Path) -> Path:
    """Write the page.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    lang = day.lang
    rows = to_do(day)
    columns = (
        Column(Text("事项", "What").say(lang), 26, [what.say(lang) for what, _, _ in rows], style.CENTER),
        Column(Text("数量", "How many").say(lang), 9, [num for _, num, _ in rows], style.CENTER),
        Column(Text("说明", "Details").say(lang), 70, [more for _, _, more in rows], style.SMALL_LEFT),
    )
    title = Text(f"今日要办 {day.today}", f"To do on {day.today}").say(lang)
    top = (spread([Part(title, style.TITLE)], [column.width for column in columns], 30), Line((), 6))
    run_id = day.standing.header.id if day.standing else ""
    page = Page(
        Text("今日要办", "To do").say(lang),
        columns,
        top,
        row_height_pt=20,
        printing=Printing(fits_one_sheet=True, lang=lang, right=run_id),
    )
    return write_whole(path, render([page], {"run": run_id}))


def to_do(day: Day) -> list[Row]:
    """Return what there is to do, how much of it, and details."""
    rows = list(_problem(day))
    if day.standing:
        rows += _work(day.standing, day)
    return rows + [(Text("请留意", "Please note"), 1, mask_text(note.say(day.lang))) for note in day.notes]


def _problem(day: Day) -> Iterator[Row]:
    """Yield why there is no new plan, a line a row, and what stands instead."""
    if day.problem is None:
        return
    for line in day.problem.say(day.lang).splitlines():
        yield REFUSED, 1, mask_text(line)
    header = day.standing.header if day.standing else None
    if header is None:
        yield (UNSEEN, 1, "") if day.is_store_unreadable else (NONE_YET, 0, "")
    else:
        yield STANDS, 1, f"{header.id} ({in_beijing(header.created_at):%Y-%m-%d %H:%M})"


def _work(standing: PlanInForce, day: Day) -> Iterator[Row]:
    plan, lang = standing.plan, day.lang
    errors = [fault for fault in plan.faults if fault.severity == "error"]
    unread = [fault for fault in errors if fault.is_unread]
    for fault in unread:
        place = "!".join(filter(None, (fault.file, fault.sheet)))
        yield _dated(UNREAD, day), 1, mask_text(f"{place}: {fault.message.say(lang)} {fault.fix.say(lang)}")
    if num_people := plan.summary.get("not_read", 0):
        yield _dated(NOT_READ, day), num_people, ""
    by_file = Counter(fault.file for fault in errors if fault not in unread)
    yield _dated(FAULTY, day), by_file.total(), _list(by_file)
    unordered = Counter(
        f"{batch.date:%m-%d} {batch.vehicle}"
        for batch in plan.batches
        if batch.mode == "coach" and not batch.plate and batch.date >= day.today
    )
    yield Text("要订的车(还没有车牌)", "Coaches to order (no plate yet)"), unordered.total(), _list(unordered)
    coming = [batch.id for batch in plan.batches if batch.date >= day.today]
    for warning in used_twice(plan.batches, coming):
        yield TWICE, 1, mask_text(warning.say(lang))
    advised = advice_on(plan)
    for batch, one in sorted(advised.items(), key=lambda item: (item[1].by, item[0])):
        if one.reason == "last_evening" or one.reason == "waiting_saves":
            yield (TO_PUBLISH if one.send else TO_HOLD), 1, f"{batch}：{say_advice(one).say(lang)}"
    if later := [one for one in advised.values() if one.reason == "not_yet_due"]:
        yield TO_HOLD, len(later), say_advice(min(later, key=lambda one: one.by)).say(lang)
    yield Text("要打电话的人", "People to call"), standing.num_calls, ""
    codes = [code for code in plan.unplanned["code"].tolist() if code != "travelled"]
    reasons = Counter(say_code(code, lang) for code in codes)
    yield Text("没有排上车的人", "People on no coach"), len(codes), _list(reasons)
    for group in waiting_in(plan.unplanned)[:MOST_GROUPS]:
        answer = Text(group.suggestion_zh, group.suggestion_en).say(lang)
        yield WAITING, group.num_people, mask_text(f"{group.journey}：{answer}")


def _dated(what: Text, day: Day) -> Text:
    """Return words about files; without a new plan they are about those that the last plan was made of."""
    return what if day.problem is None else Text(f"上次方案:{what.zh}", f"Last plan: {what.en}")


def _list(counts: "Counter[str]") -> str:
    return mask_text(";".join(f"{name} {num}" for name, num in counts.most_common()))
