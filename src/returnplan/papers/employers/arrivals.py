"""What an employer is told (到岗名单): who arrives, when and where, against what it asked for. No ID numbers.

A list has a version, says who is new, moved or gone since the last one that was written, and which coaches may change.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from returnplan.model.person import label
from returnplan.model.plan import EmployerLine
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.edition import Edition, Head, names_of, table_page, write_each
from returnplan.papers.employers.expected import (
    PAPER,
    Expected,
    day_of,
    news_of,
    num_children,
    receiver,
    say_gone,
)
from returnplan.papers.field import Field
from returnplan.papers.pages import Page, Style, Value, style
from returnplan.papers.since_last import NEW, SINCE, Facts, Issue, say_issue
from returnplan.papers.wording import HOW_SURE, STATUSES, say_day, say_heads_a_day

_COMES_NOT = Text("不来", "does not come")


@dataclass(frozen=True, slots=True)
class _Row:
    """Somebody on the list: who comes, or who was on the last one and does not come any more (``state`` says it)."""

    facts: Facts
    county: str
    state: Text
    news: Text
    is_coming: bool = True


def _of_coming(key: str, header: Text, width: float, look: Style = style.CENTER) -> Field[_Row]:
    """Return a column that is empty for who does not come."""
    return Field(key, header, width, look, lambda row, lang: row.facts[key] if row.is_coming else None)


def _day(row: _Row, lang: Lang) -> Value:
    return say_day(day_of(row.facts), lang) if row.is_coming else None


_FIELDS: tuple[Field[_Row], ...] = (
    Field("day", Text("到达日期", "Day"), 11, value=_day),
    Field(
        "hour",
        Text("到达时间", "Hour"),
        9,
        value=lambda row, lang: row.facts["arrives"][-5:] if row.is_coming else None,
    ),
    _of_coming("dropoff", Text("下车点", "Drop-off"), 26, style.SMALL),
    _of_coming("batch", Text("批次编号", "Batch"), 11, style.SHRINK),
    _of_coming("plate", Text("车牌号", "Plate"), 11),
    Field("state", Text("状态", "State"), 8, value=lambda row, lang: row.state.say(lang)),
    Field("name", label("name"), 10, value=lambda row, lang: row.facts["name"]),
    Field("sex", label("sex"), 6, value=lambda row, lang: row.facts["sex"]),
    _of_coming("phone", label("phone"), 14),
    _of_coming("post", label("post"), 11),
    Field("county", label("county"), 14, style.SMALL),
    Field(
        "children",
        Text("随行儿童", "Children along"),
        9,
        value=lambda row, lang: int(row.facts["children"] or 0) or None if row.is_coming else None,
    ),
    Field("news", SINCE, 26, style.SMALL_LEFT, lambda row, lang: row.news.say(lang) or None),
)


def write_arrivals(
    people: Mapping[str, Sequence[Expected]],
    issues: Mapping[str, Issue],
    why_not: Mapping[int, Text],
    employers: Sequence[EmployerLine],
    folder: Path,
    edition: Edition,
) -> list[Path]:
    """Write a list for each employer: who comes, hour by hour, and below them who does not come any more.

    Parameters
    ----------
    people : who stands on the lists, by receiver
    issues : for each receiver that gets a list, which one
    why_not : why people do not come, by number
    employers : what was asked for

    Returns
    -------
    The workbooks, by employer and city.

    Raises
    ------
    StoreError : the folder or the disk refuses
    """
    asked: dict[str, list[EmployerLine]] = defaultdict(list)
    for line in employers:
        asked[receiver(line.employer, line.city)].append(line)

    def pages(to: str, rows: Sequence[_Row], edition: Edition) -> list[Page]:
        return [_page(to, rows, issues[to], asked.get(to, ()), edition)]

    rows = {to: _rows(issue, people.get(to, ()), why_not) for to, issue in issues.items()}
    return write_each(PAPER, rows, pages, folder, edition)


def arrival_names(receivers: Iterable[str], lang: Lang) -> list[str]:
    """Return the names of the workbooks that :func:`write_arrivals` writes for these receivers."""
    return names_of(PAPER, receivers, lang)


def _rows(issue: Issue, people: Sequence[Expected], why_not: Mapping[int, Text]) -> list[_Row]:
    """Return those who come, in that order, then those who were on the list before and do not come any more."""
    coming = [
        _Row(one.facts, one.rider.county, _state(one), news_of(issue, str(one.rider.person)))
        for one in people
    ]
    gone = [
        _Row(was, "", _COMES_NOT, say_gone(person, was, why_not), is_coming=False)
        for person, was in issue.gone.items()
    ]
    return [*coming, *gone]


def _state(one: Expected) -> Text:
    """Return what became of somebody; before that, whether the coach may still change."""
    return HOW_SURE[one.batch.state] if one.rider.status == "assigned" else STATUSES[one.rider.status]


def _page(
    to: str, rows: Sequence[_Row], issue: Issue, demand: Sequence[EmployerLine], edition: Edition
) -> Page:
    resumes = [line.resume for line in demand if line.resume]
    coming = [row for row in rows if row.is_coming]
    days: Counter[date] = Counter(day_of(row.facts) for row in coming)
    children = num_children(row.facts for row in coming)
    along = Text(f"；另随行儿童{children}人", f"; and {children} children along") if children else NO_TEXT
    head = Head(
        Text(f"到岗名单  {to}", f"Arrivals  {to}"),
        Text(
            "以下人员乘返岗专车到达，请安排接站；到达后在随车的签收单上签字。状态“暂定”的可能还会变，以最新一版为准。"
            "本表含个人信息，请勿转发。",
            "These people arrive by charter coach; please meet them and sign the receipt that comes with the coach. "
            "What “may change” is not fixed yet: the latest version counts. Personal data: do not pass on.",
        ),
        (
            (Text("招聘人数", "Vacancies"), sum(line.headcount for line in demand) or None),
            (Text("其中已匹配", "New hires"), sum(line.matched for line in demand) or None),
            (Text("复工日期", "Resumes"), f"{min(resumes)}" if resumes else None),
            (
                Text("到达人数", "Arriving"),
                f"{say_heads_a_day(days, edition.lang)}{along.say(edition.lang)}",
            ),
        ),
        notes=(say_issue(issue, len(coming)), *_counted(rows, issue)),
    )
    return table_page(PAPER, head, _FIELDS, rows, edition)


def _counted(rows: Sequence[_Row], issue: Issue) -> list[Text]:
    """Return how many are new, come otherwise and do not come, against the list before; none of a first one."""
    if not issue.before_version:
        return []
    num_new = sum(row.news == NEW for row in rows)
    num_gone = sum(not row.is_coming for row in rows)
    num_changed = sum(bool(row.news.zh) for row in rows) - num_new - num_gone
    return [
        Text(
            f"{SINCE.zh}：新增{num_new}人，有变动{num_changed}人，不来{num_gone}人",
            f"{SINCE.en}: {num_new} new, {num_changed} changed, {num_gone} do not come",
        )
    ]
