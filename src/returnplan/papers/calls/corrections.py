"""更正通知: what an employer has to know anew of its people, for they expect them by an older list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from returnplan.model.person import label
from returnplan.model.texts import Lang, Text
from returnplan.papers.calls.call import (
    KINDS,
    LEADER,
    SEAT,
    Call,
    Correction,
    OffCall,
    say_corrections,
    say_told,
)
from returnplan.papers.edition import Edition, Head, names_of, table_page, write_each
from returnplan.papers.field import Field
from returnplan.papers.pages import Page, style
from returnplan.papers.wording import say_day, say_hour

PAPER = Text("更正通知", "corrections")
_NOT_COMING = Text("原定的车取消或不再乘坐，暂无新安排", "does not come as told; nothing is arranged yet")


def _fields() -> tuple[Field[Call | OffCall], ...]:
    return (
        Field("who.name", label("name"), 10),
        Field("kind", Text("情况", "Case"), 9, value=lambda call, lang: KINDS[call.kind].say(lang)),
        Field("was", Text("有何变化", "What has changed"), 60, style.SMALL_LEFT, _change),
        Field(
            "batch",
            Text("现在的批次", "Batch now"),
            12,
            value=lambda call, lang: _ride(call, "batch_id", lang),
        ),
        Field(
            "vehicle",
            Text("车辆", "Vehicle"),
            16,
            style.SMALL,
            lambda call, lang: _ride(call, "vehicle", lang),
        ),
        Field("day", Text("出发日期", "Leaves on"), 11, value=_day),
        Field("arrives", Text("预计到达", "Arrives about"), 12, value=_arrival),
        Field(
            "dropoff",
            Text("下车点", "Drop-off"),
            22,
            style.SMALL,
            lambda call, lang: _ride(call, "dropoff", lang),
        ),
    )


def _change(call: Call | OffCall, lang: Lang) -> str:
    return (say_corrections(_of_concern(call)) if isinstance(call, Call) else _NOT_COMING).say(lang)


def _of_concern(call: Call) -> list[Correction]:
    """Return the corrections that an employer needs: not in which seat somebody sits, and not whom riders may phone."""
    return [one for one in call.corrections if one.what not in (SEAT, LEADER)]


def _ride(call: Call | OffCall, name: str, lang: Lang) -> str:
    """Return one thing about the ride as it is now; nothing where there is none."""
    return str(getattr(say_told(call.told, lang), name)) if isinstance(call, Call) else ""


def _day(call: Call | OffCall, lang: Lang) -> str:
    return say_day(call.batch.date, lang) if isinstance(call, Call) else ""


def _arrival(call: Call | OffCall, lang: Lang) -> str:
    return say_hour(call.dropoff.time, call.batch.date, lang) if isinstance(call, Call) else ""


def write_corrections(calls: Iterable[Call | OffCall], folder: Path, edition: Edition) -> list[Path]:
    """Write what has changed for people who were told before, one workbook an employer; without one nobody is told.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    return write_each(PAPER, _by_employer(calls), _pages, folder, edition)


def correction_names(calls: Iterable[Call | OffCall], lang: Lang) -> list[str]:
    """Return the names of the workbooks that :func:`write_corrections` writes for these calls."""
    return names_of(PAPER, _by_employer(calls), lang)


def _by_employer(calls: Iterable[Call | OffCall]) -> dict[str, list[Call | OffCall]]:
    employers: dict[str, list[Call | OffCall]] = defaultdict(list)
    for call in calls:
        if isinstance(call, OffCall) or _of_concern(call):
            for employer in dict.fromkeys(_of_whom(call)):
                employers[employer].append(call)
    return employers


def _of_whom(call: Call | OffCall) -> list[str]:
    """Return the employers that expect a person: who comes to another one now is no longer theirs."""
    if isinstance(call, OffCall):
        return list(filter(None, [call.employer]))
    return list(filter(None, [call.was.employer if call.was else "", call.rider.employer]))


def _pages(employer: str, calls: Sequence[Call | OffCall], edition: Edition) -> list[Page]:
    hint = Text(
        f"共 {len(calls)} 人与以前的通知不同，以这份为准。",
        f"{len(calls)} people: not as told before; this is what counts.",
    )
    title = Text(f"{employer} 返岗人员更正通知", f"Corrections: {employer}")
    return [table_page(PAPER, Head(title, hint), _fields(), calls, edition)]
