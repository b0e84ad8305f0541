"""今日要办: the page of the evening: all that needs a person, what went wrong first, and which file goes to whom."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from returnplan.assembly.views import waiting_in
from returnplan.enrolment.expected import TownshipReport, sheets_of_other_year, township_report
from returnplan.enrolment.findings import sheet_of
from returnplan.enrolment.fleet_lists import FLEET_ADDED, FLEET_REPEATED
from returnplan.model.advice import advice_of, by_evening
from returnplan.model.faults import OTHER_YEAR, Fault
from returnplan.model.masking import mask_text
from returnplan.model.plan import TRAVELLED, Plan, RunHeader
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.calls import Call, OffCall
from returnplan.papers.calls.homes import Home, townships
from returnplan.papers.edition import INTERNAL
from returnplan.papers.outfiles import write_whole
from returnplan.papers.pages import Column, Line, Page, Part, Printing, render, spread, style
from returnplan.papers.settings import NO_OFFICE, Office, say_office
from returnplan.papers.wording import in_beijing, say_advice, say_code, say_place, say_vehicle, say_weekday
from returnplan.usecases.double_use import used_twice
from returnplan.usecases.drivers import too_few_named
from returnplan.usecases.evening import Evening
from returnplan.usecases.moved_trains import waiting_of
from returnplan.usecases.plan.gone_trains import gone_trains

REFUSED = Text("没有排新方案，请先处理", "No new plan; see to this first")
STANDS = Text("现行方案仍然有效", "The last plan stands")
NONE_YET = Text("还没有方案", "Nothing is planned yet")
UNSEEN = Text("数据文件读不了，看不到现行方案", "The store cannot be read, nor the plan in it")
UNREAD = Text("没有读的文件", "Files that were not read")
NOT_READ = Text("没有读进来的人(约)", "People not read (about)")
MISSING = Text("还没有报的乡镇，请催报", "Townships that have not reported; ask them")
TO_ASK = Text("两份表说法不同，请核实", "Two lists differ; ask")
FAULTY = Text("退回有错的表", "Faulty rows to send back")
SEAT_LOST = Text(
    "通知过座位、现在没有座位的人，先看", "Told of a seat and without one now; see to them first"
)
MOVED = Text("列车改点，先看", "Trains that the railway moved; see to them first")
ON_PUBLISHED = Text("已锁定的车，先看", "Published batches; see to them first")
TO_CALL = Text("要打电话的人", "People to call")
FIRST_CALLS = Text("先打电话：最早出发的", "Phone first: who leaves first")
OTHER_CALLS = Text("其余要打电话的人", "Other people to call")
HELD_CALLS = Text("草案，暂不通知的人", "On drafts: not to be phoned yet")
NOT_MARKED = Text("已发车、还没有交回乘车名单的车", "Batches that left and whose marked lists are not back")
TO_ORDER = Text("要订的车(还没有车牌)", "Coaches to order (no plate yet)")
TO_CARRIERS = Text("告诉承运单位：已确认的车有变", "Tell the carrier: confirmed vehicles have changed")
TO_PUBLISH = Text("今晚锁定并通知", "Publish tonight")
TO_HOLD = Text("先不锁定的车", "Batches to hold")
TWICE = Text("同一辆车或司机用了两次", "A vehicle or driver on two coaches")
DRIVERS = Text("驾驶员不够的车", "Batches that lack a driver")
HAND_OUT = Text("交给", "Hand to")
LEFT = Text("没有排上车的人", "People on no coach")
WAITING = Text("能同车、在等车的一组", "A group that waits and could travel together")
MORE_GROUPS = Text("其余等车的组，见方案表", "Further groups that wait: see plan.xlsx")
WORTH_PLANNING = Text("手工改过，重新排车可能更省的草案", "Drafts that planning again might better")
NOTE = Text("请留意", "Please note")
NOTES_AS_BEFORE = Text("与上次一样，仍请留意", "As last time, still to be noted")

MOST_GROUPS = 8
"""Groups on the page, the largest ones; plan.xlsx has all."""
_MOST_NAMES = 12
"""Names in one line."""
_MOST_FILES = 8
"""Files of one kind with a line each; more stand together as their folder."""
_MOST_DRAFTS = 5
_ASKED = (
    OTHER_YEAR,
    FLEET_REPEATED,
    FLEET_ADDED,
    "demand_repeated",
    "demand_added",
    "list_sent_again",
    "only_in_older_copy",
    "two_townships",
)
"""Codes of warnings by which somebody may lose a seat, or get one too many, unless a person asks."""
_MOST_ASKED = 8
_WORTH_SHARE = 0.1
"""A draft is worth planning again if more than this share of its cost may be saved."""


class Task(NamedTuple):
    """A line of the page: what there is to do, how much of it, details, and where the file lies, if there is one.

    ``file`` is relative to the folder of the page.
    """

    what: Text
    num: int
    details: str
    file: str = ""


@dataclass(frozen=True)
class PlanInForce:
    """The plan that stands, and the calls that are due by it."""

    header: RunHeader
    plan: Plan
    calls: Sequence[Call | OffCall] = ()


@dataclass(frozen=True)
class Day:
    """What the page is about; ``problem`` is why there is no new plan, None when there is one.

    ``townships`` says which have not reported, None where none are expected; ``files`` lie beside the page, by who
    gets them; ``to_carriers`` is what each carrier has to hear of its confirmed vehicles;
    ``notes_before`` are those of the plan before, which need no line each a second time.
    ``is_store_unreadable`` tells a plan that cannot be seen from none at all.
    """

    evening: Evening
    lang: Lang
    standing: PlanInForce | None
    notes: tuple[Text, ...] = ()
    problem: Text | None = None
    is_store_unreadable: bool = False
    townships: TownshipReport | None = None
    files: Mapping[Text, Sequence[Path]] = field(default_factory=dict)
    office: Office = NO_OFFICE
    to_carriers: tuple[Text, ...] = ()
    notes_before: tuple[Text, ...] = ()


def reported(plan: Plan, expected: tuple[str, ...]) -> TownshipReport | None:
    """Return which of the expected townships stand in the lists of a plan; None where none are expected."""
    if not expected:
        return None
    other = sheets_of_other_year(plan.faults, plan.sheets)
    named = set()
    for people in (plan.riders, plan.unplanned):
        rows = zip(people["township"].tolist(), people["signup"].tolist(), strict=True)
        named |= {township for township, signup in rows if not other or sheet_of(signup) not in other}
    sheets = (sheet for sheet in plan.sheets if (sheet.file, sheet.sheet) not in other)
    return township_report(sheets, named, expected)


def without_seat(calls: Iterable[Call | OffCall]) -> list[OffCall]:
    """Return the calls to people who were told of a seat, have not cancelled and are on no coach now."""
    return [call for call in calls if isinstance(call, OffCall) and call.kind == "off"]


def write_to_do(day: Day, path: Path) -> Path:
    """Write the page.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    lang = day.lang
    tasks = to_do(day)
    links = [task.file for task in tasks]
    names = [Path(link).name for link in links]
    columns = (
        Column(Text("事项", "What").say(lang), 26, [task.what.say(lang) for task in tasks], style.CENTER),
        Column(Text("数量", "How many").say(lang), 9, [task.num for task in tasks], style.FIGURE),
        Column(Text("说明", "Details").say(lang), 62, [task.details for task in tasks], style.SMALL_LEFT),
        Column(Text("文件(点开)", "File (click)").say(lang), 30, names, style.LINK, links=links),
        Column(Text("办完打√", "Done").say(lang), 7, [""] * len(tasks), style.CENTER),
    )
    widths = [column.width for column in columns]
    title = Text(
        f"今日要办 {say_weekday(day.evening.today, lang)}", f"To do on {say_weekday(day.evening.today, lang)}"
    ).say(lang)
    sender = say_office(day.office, lang)
    top = (
        spread([Part(title, style.TITLE)], widths, 30),
        *([spread([Part(sender, style.SUBTITLE)], widths, 18)] if sender else []),
        Line((), 6),
    )
    run_id = day.standing.header.id if day.standing else ""
    page = Page(
        Text("今日要办", "To do").say(lang),
        columns,
        top,
        row_height_pt=20,
        printing=Printing(lang=lang, right=run_id),
    )
    return write_whole(path, render([page], {"run": run_id}))


def to_do(day: Day) -> list[Task]:
    """Return what there is to do, in the order in which a person should see to it."""
    tasks = list(_problem(day))
    if day.standing:
        tasks += _seats_lost(day.standing, day)
        tasks += _moved(day.standing, day)
        tasks += _of_published(day.standing, day)
        tasks += _not_marked(day.standing, day)
        tasks += _lists(day.standing, day)
        tasks += _calls(day.standing, day)
        tasks += _coaches(day.standing, day)
        tasks += _tonight(day.standing, day)
    tasks += _files(day)
    if day.standing:
        tasks += _left(day.standing, day)
        tasks += _drafts(day.standing, day)
    notes = [note for note in day.notes if day.townships is None or note != day.townships.note]
    said = {task.details for task in tasks}
    words = {mask_text(note.say(day.lang)): note in day.notes_before for note in notes}
    tasks += [Task(NOTE, 1, one) for one, is_old in words.items() if one not in said and not is_old]
    if old := [one for one, is_old in words.items() if one not in said and is_old]:
        tasks.append(Task(NOTES_AS_BEFORE, len(old), Text("；", "; ").say(day.lang).join(old)))
    return tasks


def _problem(day: Day) -> Iterator[Task]:
    """Yield why there is no new plan, a line a row, and what stands instead."""
    if day.problem is None:
        return
    for line in day.problem.say(day.lang).splitlines():
        yield Task(REFUSED, 1, mask_text(line))
    header = day.standing.header if day.standing else None
    if header is None:
        yield Task(UNSEEN, 1, "") if day.is_store_unreadable else Task(NONE_YET, 0, "")
    else:
        yield Task(STANDS, 1, f"{header.id} ({in_beijing(header.created_at):%Y-%m-%d %H:%M})")


def _seats_lost(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield how many people were told of a seat, have not cancelled and are on no coach, by the coach of then."""
    if by_batch := Counter(call.batch_id for call in without_seat(standing.calls)):
        in_order = Counter({batch: by_batch[batch] for batch in sorted(by_batch)})
        yield Task(SEAT_LOST, by_batch.total(), _list(in_order, day.lang, by_number=False))


def _moved(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield the trains whose hours are not those of the rail sheet, whom that concerns, and that nobody is told."""
    for note in _of_trains(standing):
        yield Task(MOVED, 1, note.say(day.lang))


def _of_trains(standing: PlanInForce) -> tuple[Text, ...]:
    return (*waiting_of(standing.plan).notes, *gone_trains(standing.plan))


def _not_marked(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield the batches that are on their way or there, and of which nobody has said who was on board."""
    if batches := day.evening.not_marked(standing.plan):
        yield Task(NOT_MARKED, len(batches), _joined(batches, day.lang))


def _of_published(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield the notes that name a published batch that has not left: people count on it."""
    batches = standing.plan.batches
    coming = [one.id for one in batches if one.state == "published" and not day.evening.has_left(one)]
    moved = _of_trains(standing)
    for note in (note for note in day.notes if note not in moved):
        words = mask_text(note.say(day.lang))
        if any(batch in words for batch in coming):
            yield Task(ON_PUBLISHED, 1, words)


def _lists(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield what is wrong with the lists that came, and who has sent none."""
    plan, lang = standing.plan, day.lang
    errors = [fault for fault in plan.faults if fault.severity == "error"]
    unread = [fault for fault in errors if fault.is_unread]
    for fault in unread:
        words = f"{_place(fault)}: {fault.message.say(lang)} {fault.fix.say(lang)}"
        yield Task(_dated(UNREAD, day), 1, mask_text(words))
    if num_people := plan.summary.get("not_read", 0):
        yield Task(_dated(NOT_READ, day), num_people, "")
    by_file = Counter(fault.file for fault in errors if fault not in unread)
    yield Task(_dated(FAULTY, day), by_file.total(), _list(by_file, lang))
    asked = [fault for fault in plan.faults if fault.code in _ASKED]
    for fault in asked[:_MOST_ASKED]:
        words = f"{_place(fault)}: {fault.message.say(lang)}。{fault.fix.say(lang)}"
        yield Task(_dated(TO_ASK, day), 1, mask_text(words))
    if more := len(asked[_MOST_ASKED:]):
        yield Task(_dated(TO_ASK, day), more, Text("其余见方案表", "the others: see plan.xlsx").say(lang))
    if day.townships and (missing := day.townships.missing):
        yield Task(MISSING, len(missing), _joined(missing, lang))


def _place(fault: Fault) -> str:
    """Return where a fault stands, as far as it names file, sheet and cell."""
    return "!".join(filter(None, (fault.file, fault.sheet, fault.cell)))


def _calls(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield the calls, those of the first day of departure before the others, by township; last those that wait."""
    lang = day.lang
    held = [call for call in standing.calls if call.kind == "held"]
    calls = [call for call in standing.calls if call.kind != "held"]
    names = townships(Home(call.who.county, call.who.township) for call in calls)
    first = min((call.time.date() for call in calls), default=None)
    if first is None:
        yield Task(TO_CALL, 0, "")
    else:
        homes = [Home(call.who.county, call.who.township) for call in calls if call.time.date() == first]
        soon = Counter(say_place(names[home] or home.county, lang) for home in homes)
        words = f"{say_weekday(first, lang)}{Text('：', ': ').say(lang)}{_list(soon, lang)}"
        yield Task(FIRST_CALLS, soon.total(), words)
    for what, later in (
        (OTHER_CALLS, [call for call in calls if call.time.date() != first]),
        (HELD_CALLS, held),
    ):
        num_on = Counter(call.time.date() for call in later)
        by_day = Counter({say_weekday(leaves, lang): num_on[leaves] for leaves in sorted(num_on)})
        if later:
            yield Task(what, len(later), _list(by_day, lang, by_number=False))


def _coaches(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield the coaches without a plate, by day, type and carrier, and what is used twice.

    Those whose orders wait for the hours of a train are not ordered yet.
    """
    batches, wait = standing.plan.batches, waiting_of(standing.plan)
    unordered = Counter(
        " ".join(filter(None, (f"{batch.date:%m-%d}", say_vehicle(batch.vehicle, day.lang), batch.carrier)))
        for batch in sorted(
            wait.without(batches), key=lambda batch: (batch.date, batch.vehicle, batch.carrier)
        )
        if batch.mode == "coach" and not batch.plate and not day.evening.has_left(batch)
    )
    for news in day.to_carriers:
        yield Task(TO_CARRIERS, 1, mask_text(news.say(day.lang)))
    yield Task(TO_ORDER, unordered.total(), _list(unordered, day.lang, by_number=False))
    coming = [batch.id for batch in batches if not day.evening.has_left(batch)]
    for warning in used_twice(batches, coming):
        yield Task(TWICE, 1, mask_text(warning.say(day.lang)))
    for warning in too_few_named(batches, coming):
        yield Task(DRIVERS, 1, mask_text(warning.say(day.lang)))


def _tonight(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield what to publish tonight and what to hold, a line an evening and reason, the most urgent first."""
    advised = advice_of(standing.plan, day.evening.today, day.evening.notice_days)
    wait = waiting_of(standing.plan).batches  # they can be neither locked nor told
    for batches, one in by_evening({name: advised[name] for name in advised.keys() - wait}).items():
        words = say_advice(one).say(day.lang)
        named = f"{_joined(batches, day.lang)}{Text('：', ': ').say(day.lang)}{words}"
        yield Task(TO_PUBLISH if one.send else TO_HOLD, len(batches), named)


def _files(day: Day) -> Iterator[Task]:
    """Yield the files that go to somebody: a line each, or one for their folder where they are many."""
    for receiver, paths in day.files.items():
        what = Text(f"{HAND_OUT.zh}{receiver.zh}", f"{HAND_OUT.en} {receiver.en}")
        if len(paths) <= _MOST_FILES:
            yield from (Task(what, 1, _called(path, day.lang), path.as_posix()) for path in paths)
        else:
            kind = f"{paths[0].stem.partition('-')[0]}-"
            is_paper = not kind[0].isdigit()  # not the day of a batch
            stems = [_called(path, day.lang).removeprefix(kind if is_paper else "") for path in paths]
            names = _joined(stems, day.lang)
            yield Task(what, len(paths), names, paths[0].parent.as_posix())


def _called(path: Path, lang: Lang) -> str:
    return path.stem.removesuffix(INTERNAL.say(lang))


def _left(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield who is on no coach, by reason, and the groups with what would place them and its price."""
    unplanned, lang = standing.plan.unplanned, day.lang
    codes = Counter(unplanned["code"].tolist())
    num_travelled = codes.pop(TRAVELLED, 0)
    words = _list(Counter({say_code(code, lang): num for code, num in codes.items()}), lang)
    besides = (
        Text(f"另有 {num_travelled} 人已出发", f"besides, {num_travelled} have left")
        if num_travelled
        else NO_TEXT
    )
    details = Text("；", "; ").say(lang).join(filter(None, (words, besides.say(lang))))
    yield Task(LEFT, codes.total(), details)
    groups = waiting_in(unplanned)
    for group in groups[:MOST_GROUPS]:
        answer = Text(group.suggestion_zh, group.suggestion_en).say(lang)
        yield Task(WAITING, group.num_people, mask_text(f"{group.journey}：{answer}"))
    if more := groups[MOST_GROUPS:]:
        yield Task(MORE_GROUPS, sum(group.num_people for group in more), "")


def _drafts(standing: PlanInForce, day: Day) -> Iterator[Task]:
    """Yield, after a change by hand, the drafts that cost much more than their share of the bound."""
    plan = standing.plan
    if "as_planned" not in plan.summary:
        return
    bounds = plan.riders.groupby("batch")["bound_yuan"].sum()
    spare = {
        batch.id: batch.cost_yuan - float(bounds.get(batch.id, 0.0))
        for batch in plan.batches
        if batch.state == "draft" and not day.evening.has_left(batch)
        if batch.cost_yuan - float(bounds.get(batch.id, 0.0)) > _WORTH_SHARE * batch.cost_yuan
    }
    if spare:
        dearest = sorted(spare, key=lambda name: (-spare[name], name))[:_MOST_DRAFTS]
        names = _joined(dearest, day.lang)
        yuan = f"{sum(spare.values()):,.0f}"
        words = Text(f"最多能省 {yuan} 元，先看 {names}", f"at most {yuan} yuan less; first of all {names}")
        yield Task(WORTH_PLANNING, len(spare), words.say(day.lang))


def _dated(what: Text, day: Day) -> Text:
    """Return words about files; without a new plan they are about those that the last plan was made of."""
    return what if day.problem is None else Text(f"上次方案：{what.zh}", f"Last plan: {what.en}")


def _list(counts: "Counter[str]", lang: Lang, *, by_number: bool = True) -> str:
    """Return names with their numbers, the largest first, or as they come."""
    pairs = counts.most_common() if by_number else counts.items()
    return mask_text(_joined([f"{name} {num}" for name, num in pairs], lang))


def _joined(names: Iterable[str], lang: Lang) -> str:
    """Return names with commas, the first ones of many."""
    shown = list(names)
    words = Text("，", ", ").say(lang).join(shown[:_MOST_NAMES])
    num = len(shown)
    return (
        words
        if num <= _MOST_NAMES
        else words + Text(f" 等 {num} 项", f" and {num - _MOST_NAMES} more").say(lang)
    )
