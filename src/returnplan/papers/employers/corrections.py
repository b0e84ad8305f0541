"""更正通知: what an employer has to know anew of its people, for it expects them by an older list.

The measure is the 到岗名单 that was written last for it. Who got none is told what has changed since its people were
called, for an office may have told it by then.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from returnplan.model.person import label
from returnplan.model.texts import NO_TEXT, Lang, Text
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
from returnplan.papers.employers.expected import Expected, is_chosen, news_of, say_gone
from returnplan.papers.field import Field
from returnplan.papers.pages import Page, style
from returnplan.papers.since_last import NEW, Issue
from returnplan.papers.wording import HOW_SURE, say_day, say_hour, say_place, say_vehicle

PAPER = Text("更正通知", "corrections")
_NOT_COMING = Text("原定的车取消或不再乘坐，暂无新安排", "does not come as told; nothing is arranged yet")
_CANCELLED = Text("本人取消，不来", "cancelled, does not come")
_GONE, _CHANGED = Text("不来了", "does not come"), Text("有变动", "changed")


@dataclass(frozen=True, slots=True)
class NewsOf:
    """One person of whom an employer hears; the last facts are empty for who does not come.

    ``since`` says which list the employer has, empty where none was written.
    """

    name: str
    case: Text
    what: Text
    batch: str = ""
    vehicle: Text = NO_TEXT
    day: Text = NO_TEXT
    arrives: Text = NO_TEXT
    dropoff: Text = NO_TEXT
    state: Text = NO_TEXT
    since: str = ""


_FIELDS: tuple[Field[NewsOf], ...] = (
    Field("name", label("name"), 10),
    Field("case", Text("情况", "Case"), 9, value=lambda one, lang: one.case.say(lang)),
    Field(
        "what",
        Text("有何变化", "What has changed"),
        52,
        style.SMALL_LEFT,
        lambda one, lang: one.what.say(lang),
    ),
    Field("batch", Text("现在的批次", "Batch now"), 12),
    Field("vehicle", Text("车辆", "Vehicle"), 16, style.SMALL, lambda one, lang: one.vehicle.say(lang)),
    Field("day", Text("出发日期", "Leaves on"), 11, value=lambda one, lang: one.day.say(lang)),
    Field("arrives", Text("预计到达", "Arrives about"), 12, value=lambda one, lang: one.arrives.say(lang)),
    Field("dropoff", Text("下车点", "Drop-off"), 22, style.SMALL, lambda one, lang: one.dropoff.say(lang)),
    Field("state", Text("状态", "State"), 8, value=lambda one, lang: one.state.say(lang)),
)


def corrections_of(
    people: Mapping[str, Sequence[Expected]],
    issues: Mapping[str, Issue],
    why_not: Mapping[int, Text],
    chosen: AbstractSet[str] | None = None,
) -> dict[str, list[NewsOf]]:
    """Return what receivers of a list have to know anew, by receiver.

    Parameters
    ----------
    people : who comes, by receiver
    issues : the lists as they would be written now
    why_not : why people do not come, by number
    chosen : the batches whose people are asked for, now or then; None: all
    """
    news: dict[str, list[NewsOf]] = {}
    for to, issue in issues.items():
        since = issue.before_at and f"{issue.before_at} 第{issue.before_version}版"
        before = issue.before or {}
        own = [
            _of_coming(one, what, since)
            for one in people.get(to, ())
            if (what := news_of(issue, str(one.rider.person))).zh
            and is_chosen(chosen, one.facts, before.get(str(one.rider.person)))
        ]
        own += [
            NewsOf(was["name"], _GONE, say_gone(person, was, why_not), since=since)
            for person, was in issue.gone.items()
            if is_chosen(chosen, was)
        ]
        if own:
            news[to] = own
    return news


def _of_coming(one: Expected, what: Text, since: str) -> NewsOf:
    batch, plate = one.batch, one.batch.plate
    vehicle = batch.service or batch.vehicle, batch.service or say_vehicle(batch.vehicle, "en")
    return NewsOf(
        one.rider.name,
        NEW if what == NEW else _CHANGED,
        NO_TEXT if what == NEW else what,
        batch.id,
        Text(*(f"{name} {plate}".strip() for name in vehicle)),
        Text(say_day(batch.date, "zh"), say_day(batch.date, "en")),
        Text(say_hour(one.time, batch.date, "zh"), say_hour(one.time, batch.date, "en")),
        Text(one.rider.dropoff, say_place(one.rider.dropoff, "en")),
        HOW_SURE[batch.state],
        since,
    )


def corrections_by_calls(calls: Iterable[Call | OffCall]) -> dict[str, list[NewsOf]]:
    """Return what employers have to know anew by what their people were told, by employer."""
    employers: dict[str, list[NewsOf]] = defaultdict(list)
    for call in calls:
        if isinstance(call, OffCall) or _of_concern(call):
            for employer in dict.fromkeys(_of_whom(call)):
                employers[employer].append(_of_call(call))
    return dict(employers)


def _of_call(call: Call | OffCall) -> NewsOf:
    if isinstance(call, OffCall):
        what = _CANCELLED if call.kind == "withdrawn" else _NOT_COMING
        return NewsOf(call.who.name, KINDS[call.kind], what)
    zh, en, batch = say_told(call.told, "zh"), say_told(call.told, "en"), call.batch
    return NewsOf(
        call.who.name,
        KINDS[call.kind],
        say_corrections(_of_concern(call)),
        call.batch_id,
        Text(zh.vehicle, en.vehicle),
        Text(say_day(batch.date, "zh"), say_day(batch.date, "en")),
        Text(say_hour(call.dropoff.time, batch.date, "zh"), say_hour(call.dropoff.time, batch.date, "en")),
        Text(zh.dropoff, en.dropoff),
        HOW_SURE[batch.state],
    )


def _of_concern(call: Call) -> list[Correction]:
    """Return the corrections that an employer needs: not in which seat somebody sits, and not whom riders may phone."""
    return [one for one in call.corrections if one.what not in (SEAT, LEADER)]


def _of_whom(call: Call | OffCall) -> list[str]:
    """Return the employers that expect a person: who comes to another one now is no longer theirs."""
    if isinstance(call, OffCall):
        return list(filter(None, [call.employer]))
    return list(filter(None, [call.was.employer if call.was else "", call.rider.employer]))


def write_corrections(news: Mapping[str, Sequence[NewsOf]], folder: Path, edition: Edition) -> list[Path]:
    """Write what has changed, one workbook an employer.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    return write_each(PAPER, news, _pages, folder, edition)


def correction_names(employers: Iterable[str], lang: Lang) -> list[str]:
    """Return the names of the workbooks that :func:`write_corrections` writes for these employers."""
    return names_of(PAPER, employers, lang)


def _pages(employer: str, news: Sequence[NewsOf], edition: Edition) -> list[Page]:
    since, at = news[0].since, f"{edition.printed_at:%Y-%m-%d %H:%M}"
    against = Text(f"{since}到岗名单", f"the list of arrivals of {since.partition(' 第')[0]}")
    against = against if since else Text("以前的通知", "what was told before")
    hint = Text(
        f"共 {len(news)} 人与{against.zh}不同，以这份({at})为准；状态“暂定”的可能还会变。",
        f"{len(news)} people: not as in {against.en}; this ({at}) is what counts. What “may change” is not fixed yet.",
    )
    title = Text(f"{employer} 返岗人员更正通知", f"Corrections: {employer}")
    return [table_page(PAPER, Head(title, hint), _FIELDS, news, edition)]
