"""今日要办: one page with all that needs a person today."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returnplan.faults import NOT_READ, Fault
from returnplan.masking import mask_text
from returnplan.outfiles import write_whole
from returnplan.pages import Column, Line, Page, render, style
from returnplan.pages.layout import Part, spread
from returnplan.plan import Plan, RunHeader
from returnplan.texts import Lang, Text
from returnplan.wording import say_code

Row = tuple[Text, int, str]


@dataclass(frozen=True)
class Day:
    """What the page is about."""

    today: date
    header: RunHeader
    plan: Plan
    num_calls: int
    num_returned: int
    notes: tuple[Text, ...]


def write_to_do(day: Day, path: Path) -> Path:
    """Write the page.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    lang = day.header.lang
    rows = to_do(day)
    columns = (
        Column(Text("事项", "What").say(lang), 26, [what.say(lang) for what, _, _ in rows], style.CENTER),
        Column(Text("数量", "How many").say(lang), 9, [num for _, num, _ in rows], style.CENTER),
        Column(Text("说明", "Details").say(lang), 70, [more for _, _, more in rows], style.SMALL_LEFT),
    )
    title = Text(f"今日要办 {day.today}", f"To do on {day.today}").say(lang)
    top = (spread([Part(title, style.TITLE)], [column.width for column in columns], 30), Line((), 6))
    page = Page(
        Text("今日要办", "To do").say(lang),
        columns,
        top,
        row_height_pt=20,
        fits_one_sheet=True,
        footer=day.header.id,
    )
    return write_whole(path, render([page], {"run": day.header.id}))


def to_do(day: Day) -> list[Row]:
    """Return what there is to do, how much of it, and details."""
    plan, lang = day.plan, day.header.lang
    errors = [fault for fault in plan.faults if fault.severity == "error"]
    unordered = Counter(
        f"{batch.date:%m-%d} {batch.vehicle}"
        for batch in plan.batches
        if batch.mode == "coach" and not batch.plate and batch.date >= day.today
    )
    reasons = Counter(say_code(code, lang) for code in plan.unplanned["code"].tolist())
    unread = [fault for fault in errors if fault.code in NOT_READ]
    by_file = Counter(fault.file for fault in errors if fault not in unread)
    rows: list[Row] = [_not_read(unread, plan.summary.get("not_read", 0), lang)] if unread else []
    rows += [
        (Text("退回有错的表", "Faulty rows to send back"), by_file.total(), _list(by_file)),
        (
            Text("要订的车(还没有车牌)", "Coaches to order (no plate yet)"),
            unordered.total(),
            _list(unordered),
        ),
        (Text("要打电话的人", "People to call"), day.num_calls, ""),
        (Text("没有排上车的人", "People on no coach"), len(plan.unplanned), _list(reasons)),
    ]
    return rows + [(Text("请留意", "Please note"), 1, mask_text(note.say(lang))) for note in day.notes]


def _not_read(unread: Sequence[Fault], num_people: int, lang: Lang) -> Row:
    """Return which files and sheets were not read, and how many people seem to stand there."""
    people = Text(f"约有 {num_people} 人", f"some {num_people} people").say(lang)
    places = dict.fromkeys("!".join(filter(None, (fault.file, fault.sheet))) for fault in unread)
    return (
        Text("没有读进来的文件和表", "Files and sheets not read"),
        len(places),
        mask_text(";".join((*([people] if num_people else []), *places))),
    )


def _list(counts: "Counter[str]") -> str:
    return mask_text(";".join(f"{name} {num}" for name, num in counts.most_common()))
