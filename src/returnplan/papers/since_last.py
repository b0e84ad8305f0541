"""What a receiver got last of a list that is written again: its version, and what is new since then.

A list is lines under names of their own (the number of a person, the id of a batch), each of a few facts. As with the
papers of a batch, the same lines are the same version, in whatever language, folder or run they are printed.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from returnplan.model.plan import Handout
from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.wording import say_place

_YEAR = re.compile(r"^\d{4}-(?=\d\d-\d\d)")
"""Before a day; everybody knows which year it is."""
Facts = Mapping[str, str]
Lines = Mapping[str, Facts]

NEW = Text("新增", "new")
SINCE = Text("与上次相比", "Since the last one")
"""Above the column of what is new."""


@dataclass(frozen=True, slots=True)
class Issue:
    """A list as a receiver gets it: its version, when that was first written, its lines, and the version before it.

    ``before_version`` is 0 where there was none: then nothing is new, for all is.
    """

    version: int
    written_at: str
    lines: Lines
    before_version: int = 0
    before_at: str = ""
    before: Lines | None = None

    @property
    def gone(self) -> Lines:
        """The lines of the version before that this one has no more."""
        return {name: facts for name, facts in (self.before or {}).items() if name not in self.lines}

    @property
    def handout(self) -> Handout:
        """What is kept of it."""
        said = {one.name: getattr(self, one.name) for one in fields(self) if one.name != "version"}
        return Handout(self.version, json.dumps(said, ensure_ascii=False, sort_keys=True))

    def news(self, name: str, facts: Mapping[str, Text]) -> Text:
        """Return what is new in a line: that it is, or which of ``facts`` were other ones; no text where none is.

        What was not known before is no change.
        """
        if not self.before_version:
            return NO_TEXT
        was, now = (self.before or {}).get(name), self.lines[name]
        return NEW if was is None else changes(was, now, facts)


def changes(was: Facts, now: Facts, facts: Mapping[str, Text]) -> Text:
    """Return which facts were other ones, under the names that ``facts`` gives them."""
    langs: tuple[Lang, Lang] = ("zh", "en")
    parts: dict[Lang, list[str]] = {"zh": [], "en": []}
    for key, label in facts.items():
        if (old := was.get(key, "")) and old != (new := now.get(key, "")):
            old = _YEAR.sub("", old)
            is_unknown = Text("现待定", "not known now") if not new else NO_TEXT
            for lang in langs:
                told = Text(f"{label.zh}原{old}", f"{label.en} was {say_place(old, 'en')}").say(lang)
                parts[lang].append("，".join(filter(None, (told, is_unknown.say(lang)))))
    return Text("；".join(parts["zh"]), "; ".join(parts["en"]))


def issue_of(last: Handout | None) -> Issue:
    """Return a list as it was written last; of one of which nothing is known any more the version alone."""
    if last is None or not last.content:
        return Issue(last.version if last else 0, "", {})
    return Issue(last.version, **json.loads(last.content))


def next_issue(
    last: Handout | None, now: Lines, at: datetime, is_chosen: Callable[[Facts], bool] = lambda facts: True
) -> Issue:
    """Return the list that is about to be written: the last version where it says nothing new, else the next one.

    Parameters
    ----------
    last : what was written last for the receiver
    now : all lines as the plan has them
    at : when it is written
    is_chosen : of lines that are not chosen, now or then, the receiver still knows what it knew
    """
    known = issue_of(last)
    stays = {
        name: facts
        for name, facts in known.lines.items()
        if name in now and not is_chosen(facts) and not is_chosen(now[name])
    }
    lines = stays | {
        name: dict(facts)
        for name, facts in now.items()
        if is_chosen(facts) or (name in known.lines and name not in stays)
    }
    if known.written_at and known.lines == lines:
        return known
    before = known.version if known.written_at else 0
    return Issue(
        known.version + 1, f"{at:%Y-%m-%d %H:%M}", lines, before, known.written_at, known.lines or None
    )


def say_issue(issue: Issue, num_shown: int) -> Text:
    """Return the version, when it was first written, that earlier ones are void, and with which it is compared.

    Where only some of its lines are shown, earlier versions are void for these alone.
    """
    own = Text(f"第{issue.version}版({issue.written_at})", f"Version {issue.version} ({issue.written_at})")
    if num_others := len(issue.lines) - num_shown:
        void = Text(
            f"{own.zh}，只列出一部分：所列的以本表为准，其余 {num_others} 项仍按此前收到的",
            f"{own.en}; a part alone: it counts for what it lists, for the other {num_others} what was received before",
        )
    elif issue.version == 1:
        void = own
    else:
        void = Text(f"{own.zh}，此前各版作废", f"{own.en}; all earlier versions are void")
    if not issue.before_version:
        return void
    since = (
        f"第{issue.before_version}版({issue.before_at})",
        f"version {issue.before_version} ({issue.before_at})",
    )
    return Text(f"{void.zh}；“{SINCE.zh}”指{since[0]}", f"{void.en}; “{SINCE.en}” is {since[1]}")
