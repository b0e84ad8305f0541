"""The call list of a township: its columns, how it is written, how what was filled in is read back."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from returnplan.model.faults import Fault, RowRef
from returnplan.model.person import label
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.calls.call import KINDS, Call, OffCall, Told, message, say_told
from returnplan.papers.calls.homes import Home, townships
from returnplan.papers.calls.wrong_number import after_wrong_number
from returnplan.papers.edition import Edition, Head, names_of, table_page, write_each
from returnplan.papers.field import Field, blank
from returnplan.papers.filled_in import Answer, AnswerReport, UnclearAnswer, read_answers
from returnplan.papers.pages import Choice, Page, Since, style
from returnplan.papers.passengers import say_pickup
from returnplan.papers.settings import NO_OFFICE, Office
from returnplan.papers.whose import Named
from returnplan.papers.wording import say_day, say_place, say_whole_division
from returnplan.reading.cells import CellError, Finding, clean, remark, required
from returnplan.reading.dates import day, has_day
from returnplan.reading.quantities import count
from returnplan.reading.remarks import remark_of
from returnplan.reading.words import one_of
from returnplan.sheets.tables import Cell

Outcome = Literal["told", "unreached", "cancelled", "postponed"]

PAPER = Text("电话通知表", "call list")
_OUTCOMES: dict[Outcome, Text] = {
    "told": Text("已通知", "told"),
    "unreached": Text("未接通", "no answer"),
    "cancelled": Text("取消", "cancels"),
    "postponed": Text("改期至", "postpones to"),
}
_OTHER_WORDS: dict[Outcome, str] = {
    "told": "通知 通知到 通知到了 已通知到 已电话通知 已接通 接了 接通 接通了 通 打通 打通了 已打通"
    " 电话打通 电话已打通 微信通知 微信已通知 已微信通知"
    " 短信通知 短信已通知 已短信通知 告知 已告知 知道了 ok yes √ ✓ ✔ 是"
    " 同意 同意去 同意乘坐 去 要去 会去 能去 可以 可以去 行 好 好的 没问题 收到 确认 已确认",
    "unreached": "未接 没接 没人接 无人接 无人接听 未接听 没接通 打不通 不通 无法接通 联系不上 关机 已关机 停机 已停机"
    " 空号 是空号 号码错误 错号 占线 忙音 拒接 挂断 不在服务区",
    "cancelled": "已取消 不去 不去了 不走 不走了 不坐 不坐了 不来 不来了 放弃 退出 自行前往 自己去 自己走"
    " 自行走 已自己走 自己坐车 自驾 自行返岗 cancelled",
    "postponed": "改期 改日 延期 推迟 改时间 改日期 postponed",
}
"""What offices write in place of the words of the list, for they paste results from elsewhere."""

_POSTPONED = re.compile(
    r"(?:已?通知(?:到了?)?[,,;;、\s]*)?(?:改期|改日期|改时间|改|延期|推迟|延)(?:至|到|为|成)?\s*[::]?\s*(?=\S*\d|\S*[一二三四五六七八九十]|除夕)(.+)"
)
_DAY_OF_MONTH = re.compile(r"(\d{1,2})[日号](?:再?走|出发)?")
_DAYS_BEFORE = 7
"""Who names a day so shortly before the seat means that one, not the one a month later."""
_SAID_ON = re.compile(r"(?:\d{1,2}月\d{1,2}[日号]?|\d{1,2}[./-]\d{1,2}(?!\d))[\s,:]*(\D+)")
"""The day on which somebody called, before what came of it: 2.20已通知."""
_outcome = one_of(
    {
        word: outcome
        for outcome, words in _OUTCOMES.items()
        for word in (*words, *_OTHER_WORDS[outcome].split())
    },
    Finding(
        "unknown_result",
        Text("看不懂这个结果", "this result cannot be read"),
        Text("请从下拉列表中选择", "choose from the list"),
    ),
)
_BETWEEN_WORDS = re.compile(r"[,;。、.()!\s]+")
_WORDS_LEFT = Finding(
    "words_left_over",
    NO_TEXT,
    Text(
        "如有人数、上车点等变化，请改报名表后再排车",
        "where it changes children, pick-up or the like, change the sign-up and plan again",
    ),
    "warning",
)
_NUMBER_IS_WRONG = Finding(
    "wrong_number",
    NO_TEXT,
    Text("请核对号码，在报名表里改好", "find the right number and write it into the sign-up"),
    "warning",
)
_SAY_WRONG = {
    "unreached": Text("“{words}”：号码不对，登记为未接通", '"{words}": a wrong number, entered as no answer'),
    "told": Text(
        "“{words}”：号码不对，但已另外通知到，登记为已通知",
        '"{words}": a wrong number, but told some other way, entered as told',
    ),
}
_NO_NEW_DATE = Finding(
    "missing_new_date",
    Text("改期没有写日期", "postponed, but to no date"),
    Text("请在“改期日期”填可以走的日期", "write from which day the person can travel"),
)
_NO_RESULT = Finding(
    "missing_result",
    Text(
        "“结果”是空的，这一行没有登记",
        "the result is blank; nothing of this row was entered",
    ),
    Text("请在“结果”栏选择(不去的选“取消”，改期的选“改期至”)，再读一次", "choose a result and read it again"),
)
_TWO_ANSWERS = Finding(
    "answers_contradict",
    Text("与“结果”栏不一致，这一行没有登记", "the result says otherwise; nothing of this row was entered"),
    Text("请核对，两栏写成一样，再读一次", "ask, let both say the same, and read it again"),
)
_TWO_LISTS = Finding(
    "answers_contradict",
    Text(
        "另一行里这个人的结果不一样，都没有登记",
        "another row says otherwise of this person; neither was entered",
    ),
    Text("请核对，只留对的那一行再读", "keep the one that is right, and read it again"),
)


@dataclass(frozen=True, slots=True)
class CallResult:
    """What came of a call; ``postponed_to`` is the day from which a person who postpones can travel.

    ``hour`` is the one that the person was told (HH:MM); so are ``vehicle``, ``seat``, ``dropoff``, ``leader`` and
    ``employer``. ``run`` is the run of the store of which the list was written; where the list does not say it, it is
    empty, and ``unmarked`` is by whom the row is. ``row`` is the row.
    """

    ref: RowRef
    person: int
    batch: str
    outcome: Outcome
    postponed_to: date | None
    note: str
    hour: str = ""
    vehicle: str = ""
    seat: int = 0
    dropoff: str = ""
    leader: str = ""
    employer: str = ""
    run: str = ""
    unmarked: Named | None = None
    row: Answer | None = field(default=None, compare=False, repr=False)


_person = required(count("编号", "the person number"), "missing_person", "编号", "the person number")


def _fields(year: int | None = None, office: Office = NO_OFFICE) -> tuple[Field[Call | OffCall], ...]:
    """Return the columns, those behind the remarks for the screen: the words to say tell what stands in them.

    People call the ``office`` back; ``year`` completes dates when the list is read.
    """
    return (
        Field("who.person", Text("编号", "Person"), 7, style.SHRINK, parse=_person),
        Field("who.name", label("name"), 9),
        Field("who.phone", label("phone"), 13),
        Field("kind", Text("情况", "Case"), 10, value=lambda call, lang: KINDS[call.kind].say(lang)),
        Field("batch_id", Text("批次编号", "Batch"), 11, style.SHRINK),
        Field(
            "day",
            Text("日期", "Date"),
            10,
            value=lambda call, lang: say_day(call.time.date(), lang),
            parse=day(year),
        ),
        Field("hour", Text("上车时间", "Hour"), 8, value=_hour),
        Field(
            "message",
            Text("通知内容", "What to say"),
            66,
            style.SMALL_LEFT,
            lambda call, lang: message(call, lang, office),
        ),
        Field(
            "outcome",
            Text("结果", "Result"),
            10,
            value=blank,
            check=lambda lang: Choice(tuple(words.say(lang) for words in _OUTCOMES.values())),
        ),
        Field(
            "postponed_to",
            Text("改期日期", "New date"),
            11,
            style.WRITTEN_DAY,
            blank,
            check=lambda lang: Since(date(2020, 1, 1)),
            parse=day(year),
        ),
        Field("note", Text("备注", "Remarks"), 14, style.PLAIN, blank),
        Field(
            "pickup",
            Text("上车点", "Pick-up"),
            18,
            style.SMALL,
            lambda call, lang: say_place(
                say_pickup(call.rider, lang) if isinstance(call, Call) else call.place, lang
            ),
        ),
        Field(
            "vehicle",
            Text("车辆", "Vehicle"),
            11,
            style.SMALL,
            lambda call, lang: _told(call, lang).vehicle,
            parse=_as_written,
            width_en=14,
        ),
        Field(
            "seat",
            Text("座位", "Seat"),
            6,
            style.SHRINK,
            lambda call, lang: _told(call, lang).seat or None,
            parse=count("座位", "the seat"),
        ),
        Field(
            "dropoff",
            Text("下车点", "Drop-off"),
            12,
            style.SMALL,
            lambda call, lang: _told(call, lang).dropoff,
            parse=_as_written,
            width_en=24,
        ),
        Field(
            "leader",
            Text("车长", "Leader"),
            12,
            style.SMALL,
            lambda call, lang: _told(call, lang).leader,
            parse=_as_written,
        ),
        Field(
            "employer",
            label("employer"),
            18,
            style.SMALL,
            lambda call, lang: _told(call, lang).employer,
            parse=_as_written,
        ),
    )


def _hour(call: Call | OffCall, lang: Lang) -> str:
    """Return when the person boards, or was to; of who never had a seat nothing."""
    return "" if call.kind == "none" else f"{call.time:%H:%M}"


def _as_written(cell: Cell) -> str:
    """Return our own words as they stand, blanks included."""
    return "" if cell is None else str(cell).strip()


def _told(call: Call | OffCall, lang: Lang) -> Told:
    """Return what the call tells; it comes back with the answer, for the seat may have changed by then."""
    return say_told(call.told, lang) if isinstance(call, Call) else Told(call.batch_id, call.place, call.time)


def write_calls(calls: Iterable[Call | OffCall], folder: Path, edition: Edition) -> dict[Path, bool]:
    """Write the call lists, sorted by urgency, then by day, coach and seat.

    Returns
    -------
    The workbooks, one for each township (people without one: their county and the list that they stood on), by county;
    see :func:`~returnplan.papers.calls.homes.townships`. With each, whether anybody on it is to be phoned tonight.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """

    def by_departure(call: Call | OffCall) -> tuple[object, ...]:
        seat = call.rider.seat if isinstance(call, Call) else 0
        return list(KINDS).index(call.kind), call.time, call.batch_id, seat, call.who.person

    of_township = _by_township(sorted(calls, key=by_departure), edition.lang)
    paths = write_each(PAPER, of_township, _pages, folder, edition, called=_say_home)
    lists = (of_township[home] for home in sorted(of_township))
    return {
        path: any(call.kind != "held" for call in calls) for path, calls in zip(paths, lists, strict=True)
    }


def call_names(calls: Collection[Call | OffCall], lang: Lang) -> list[str]:
    """Return the names of the workbooks that :func:`write_calls` writes for these calls."""
    return names_of(PAPER, _by_township(calls, lang), lang, called=_say_home)


def _by_township(calls: Collection[Call | OffCall], lang: Lang) -> dict[str, list[Call | OffCall]]:
    names = townships(Home(call.who.county, call.who.township) for call in calls)
    of_township: dict[str, list[Call | OffCall]] = defaultdict(list)
    for call in calls:
        home = Home(call.who.county, call.who.township)
        called = "-".join(filter(None, (home.county, names[home] or _list_of(call.who.signup))))
        of_township[called or Text("其他", "others").say(lang)].append(call)
    return of_township


def _list_of(signup: str) -> str:
    """Return the name of the list on which somebody signed up: it often says the township that no column tells."""
    file, *_ = signup.rsplit("!", 2)
    return _named_like(file)


@lru_cache
def _named_like(file: str) -> str:
    return str(PurePosixPath(file).with_suffix("")).replace("/", "-")


def _say_home(home: str, lang: Lang) -> str:
    """Return 港南区-桥圩镇, or Gangnan-Qiaoxu town."""
    county, *township = home.split("-")
    return "-".join([say_whole_division(county, lang), *(say_place(name, lang) for name in township)])


def _pages(home: str, calls: Sequence[Call | OffCall], edition: Edition) -> list[Page]:
    """Return the sheet of a township."""
    num_held = sum(call.kind == "held" for call in calls)
    held = Text(
        f"最后 {num_held} 人的车还是草案，日期和车次还会变，先别打。" if num_held else "",
        f"The last {num_held} are on drafts that may still change: do not phone them yet. "
        if num_held
        else "",
    )
    hint = Text(
        f"共 {len(calls)} 人。{held.zh}逐人打电话，在“结果”栏选择；改期的填可以走的日期。"
        "填好后用 returnplan notify --read 读回。",
        f"{len(calls)} people. {held.en}Choose a result for each; if somebody postpones, from which day they "
        "can travel. Read it back with returnplan notify --read.",
    )
    years = "-".join(map(str, sorted({call.time.year for call in calls})))
    title = Text(f"{home} {years}年电话通知表", f"Calls {years}: {_say_home(home, 'en')}")
    fields = _fields(office=edition.office)
    num_printed = [field.key for field in fields].index("note") + 1
    return [table_page(PAPER, Head(title, hint), fields, calls, edition, num_printed=num_printed)]


def read_calls(
    paths: Sequence[Path], year: int | None, runs: Collection[str] = (), may_differ: Collection[Path] = ()
) -> AnswerReport[CallResult]:
    """Read call lists that were filled in; rows in which nothing is filled in say nothing.

    A row with a new date or a remark and no result, or with a result that these do not fit, is a fault.

    Parameters
    ----------
    paths : the workbooks
    year : of dates without one
    runs : the ids of the runs of the store
    may_differ : those of the files that may be other papers of ours

    Raises
    ------
    InputRefused : a file is unreadable or dangerous, or is no call list
    """
    needed = ("who.person", "batch_id", "outcome")
    return read_answers(paths, _fields(year), needed, lambda row: _result(row, year), PAPER, runs, may_differ)


def _result(row: Answer, year: int | None) -> CallResult | None:
    said = [key for key in ("postponed_to", "note") if remark(row.cells.get(key, ""))]
    if not row.has("outcome"):
        if said:
            raise UnclearAnswer(row.fault("outcome", _NO_RESULT))
        return None
    outcome, told_date = row.read("outcome", lambda cell: _outcome_and_date(cell, row, year))
    new_date = told_date
    if "postponed_to" in said:
        new_date = row.read("postponed_to", lambda cell: _postponed_to(cell, row, year))
        if new_date != (told_date or new_date if outcome == "postponed" else row.value("day")):
            raise UnclearAnswer(row.fault("postponed_to", _TWO_ANSWERS))
    if outcome != "postponed":
        new_date = None
    elif new_date is None:
        raise UnclearAnswer(row.fault("postponed_to", _NO_NEW_DATE))
    beside = remark_of(clean(row.cells.get("note", "")))
    if outcome != "cancelled" and (beside.withdrew or beside.goes_alone):
        raise UnclearAnswer(row.fault("note", _TWO_ANSWERS))
    return CallResult(
        row.ref,
        row.value("who.person"),
        row.value("batch_id"),
        outcome,
        new_date,
        row.value("note"),
        row.value("hour"),
        row.value("vehicle"),
        row.value("seat") or 0,
        row.value("dropoff"),
        row.value("leader"),
        row.value("employer"),
        row.run,
        None if row.run else Named(*(str(row.value(key) or "") for key in ("who.name", "who.phone"))),
        row,
    )


def agreed(results: Sequence[CallResult], runs: Sequence[str] = ()) -> tuple[list[CallResult], list[Fault]]:
    """Return one result a person, the last one, and the cells in which rows say different things of one.

    Who could not be reached at first may have been later. A list of a later run counts before one of an earlier run:
    who is on it was called again. Else, where rows disagree, nothing counts.

    Parameters
    ----------
    runs : the ids of the runs of the store, the latest first
    """
    age = {run: number for number, run in enumerate(runs)}
    of_person: dict[int, list[CallResult]] = defaultdict(list)
    for result in results:
        of_person[result.person].append(result)
    one_each, faults = [], []
    for own in of_person.values():
        sure = [result for result in own if result.outcome != "unreached"] or own
        latest = min((age[one.run] for one in sure if one.run in age), default=0)
        sure = [one for one in sure if age.get(one.run, latest) == latest]
        if len({(result.outcome, result.postponed_to) for result in sure}) > 1:
            faults += [result.row.fault("outcome", _TWO_LISTS) for result in sure if result.row]
        else:
            one_each.append(sure[-1])
    return one_each, faults


def _outcome_and_date(cell: Cell, row: Answer, year: int | None) -> tuple[Outcome, date | None]:
    """Return the outcome that a cell names; 改期至2月21日 and a bare date name the new date as well."""
    words = clean(cell)
    if isinstance(cell, date):
        return "postponed", day(year)(cell)
    if found := _POSTPONED.fullmatch(words):
        return "postponed", _new_date(found[1], row, year)
    said = _SAID_ON.fullmatch(words)
    if said and (called := _outcome_with_words(said[1], row)) in ("told", "unreached"):
        return called, None
    if has_day(words) or _DAY_OF_MONTH.fullmatch(words):
        new_date = _new_date(words, row, year)
        goes_as_planned = _DAY_OF_MONTH.fullmatch(words) and new_date == row.value("day")
        return ("told", None) if goes_as_planned else ("postponed", new_date)
    try:
        outcome: Outcome = _outcome(words.rstrip("。.!"))
    except CellError:
        told = _outcome_with_words(words, row)
        if told is None:
            raise
        outcome = told
    return outcome, None


def _outcome_with_words(words: str, row: Answer) -> Outcome | None:
    """Return the outcome among other words (已通知，要带小孩), which are said to be left; None if it is not clear."""
    parts = [part for part in _BETWEEN_WORDS.split(words) if part]
    known = {part: outcome for part in parts if (outcome := _known_outcome(part)) is not None}
    outcomes, rest = set(known.values()), [part for part in parts if part not in known]
    came_of_it = after_wrong_number(words)
    if came_of_it is not None and outcomes <= {"told", "unreached"}:
        row.warn(
            "outcome", replace(_NUMBER_IS_WRONG, message=_SAY_WRONG[came_of_it].with_values(words=words))
        )
        return came_of_it
    if outcomes == {"told", "cancelled"}:
        outcomes = {"cancelled"}
    if len(outcomes) != 1 or any(remark_of(part).is_doubtful for part in rest):
        return None
    if rest:
        left = "、".join(rest)
        row.warn(
            "outcome", replace(_WORDS_LEFT, message=Text(f"“{left}”没有登记", f'"{left}" was not entered'))
        )
    return outcomes.pop()


def _known_outcome(words: str) -> Outcome | None:
    """Return the outcome that words name, with or without 了; what a remark says of not travelling cancels."""
    for spelt in (words, words.removesuffix("了")):
        try:
            outcome: Outcome = _outcome(spelt)
        except CellError:
            continue
        return outcome
    remark = remark_of(words)
    return "cancelled" if remark.withdrew or remark.goes_alone else None


def _postponed_to(cell: Cell, row: Answer, year: int | None) -> date | None:
    """Return the day of a cell that is for days alone; 改到 may stand before it."""
    if isinstance(cell, date):
        return day(year)(cell)
    words = clean(cell)
    found = _POSTPONED.fullmatch(words)
    return _new_date(found[1] if found else words, row, year)


def _new_date(words: str, row: Answer, year: int | None) -> date | None:
    """Return the day that words name; of 21号 it is the one in the week before the seat, else the next one after it."""
    found = _DAY_OF_MONTH.fullmatch(words)
    seat = row.value("day") if found else None
    if found is None or seat is None:
        return day(year)(words)
    number = int(found[1])
    in_week_before: Iterator[date] = (seat - timedelta(days) for days in range(1, _DAYS_BEFORE + 1))
    if before := next((one for one in in_week_before if one.day == number), None):
        return before
    months = seat.year * 12 + seat.month - 1 + (number < seat.day)
    return day(year)(f"{months // 12}年{months % 12 + 1}月{number}日")
