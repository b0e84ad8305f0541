"""Accounts added up, each office once: what is told twice is left out, what may be told twice is said."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timezone
from itertools import chain
from typing import Any

from returnplan.model.texts import NO_TEXT, Text
from returnplan.papers.rollup.account import Account, AccountLine
from returnplan.papers.rollup.door import AccountFile


@dataclass(frozen=True, slots=True)
class Sum:
    """Vehicles and people, planned and sent, as in an :class:`AccountLine`."""

    coaches: int = 0
    trains: int = 0
    people: int = 0
    coaches_sent: int = 0
    trains_sent: int = 0
    sent: int = 0
    listed: int = 0
    whole_trains: int = 0
    carriages: int = 0
    group_tickets: int = 0
    whole_trains_sent: int = 0
    carriages_sent: int = 0
    group_tickets_sent: int = 0
    connecting: int = 0
    connecting_sent: int = 0
    out_of_poverty: int = 0
    out_of_poverty_sent: int = 0
    monitored: int = 0
    monitored_sent: int = 0
    absent: int = 0

    @classmethod
    def of(cls, lines: Iterable[AccountLine]) -> "Sum":
        """Return the sums over lines."""
        lines = list(lines)
        return cls(*(sum(getattr(line, field.name) for line in lines) for field in fields(cls)))


@dataclass(frozen=True, slots=True)
class Source:
    """A file, what it told, whether that is counted, and what a person should know of it."""

    told: AccountFile
    is_counted: bool
    remark: Text = NO_TEXT


@dataclass(frozen=True)
class Table:
    """All that is counted; ``day`` is the day that "today" means, None where nobody has left yet.

    ``of_office`` are the lines of each file that counts, by the office that sent it, else by the file.
    """

    of_office: dict[str, list[AccountLine]]
    sources: list[Source]
    day: date | None

    @property
    def lines(self) -> list[AccountLine]:
        """Return the lines of all offices."""
        return list(chain.from_iterable(self.of_office.values()))

    def by(self, key: Callable[[AccountLine], Any]) -> dict[Any, list[AccountLine]]:
        """Return the lines by what they have in common, in order."""
        groups: dict[Any, list[AccountLine]] = {}
        for line in self.lines:
            groups.setdefault(key(line), []).append(line)
        return {name: groups[name] for name in sorted(groups)}

    def whole(self) -> Sum:
        """Return the sums over everything."""
        return Sum.of(self.lines)

    def of_day(self, lines: Iterable[AccountLine]) -> Sum:
        """Return the sums over the lines of the day."""
        return Sum.of(line for line in lines if line.date is not None and line.date == self.day)


def add_up(told: Sequence[AccountFile], day: date | None = None) -> Table:
    """Return the table of the region.

    Parameters
    ----------
    told : what each file tells, in the order in which they were given
    day : nobody counts as sent after it; None: the last day on which somebody was sent
    """
    sources = _judged(told)
    not_yet = {name: 0 for name in AccountLine.model_fields if name.endswith("sent")} | {"listed": 0}
    of_office: dict[str, list[AccountLine]] = {}
    for source in sources:
        if source.is_counted and (account := source.told.account):
            of_office.setdefault(account.office or source.told.file, []).extend(
                line.model_copy(update=not_yet) if day and line.date and line.date > day else line
                for line in account.lines
            )
    lines = list(chain.from_iterable(of_office.values()))
    sent_on = [
        line.date for line in lines if line.date and (line.sent or line.coaches_sent or line.trains_sent)
    ]
    return Table(of_office, sources, day or max(sent_on, default=None))


def _judged(told: Sequence[AccountFile]) -> list[Source]:
    """Return each file with whether it counts: of one campaign, and of one office, the latest account does."""
    newest: dict[tuple[str, str], AccountFile] = {}
    for one in told:
        for key in _identities(one.account):
            rival = newest.get(key)
            if rival is None or _age(one.account) > _age(rival.account):
                newest[key] = one
    sources: list[Source] = []
    for one in told:
        account = one.account
        if account is None:
            sources.append(Source(one, False, one.problem or NO_TEXT))
            continue
        winner = next((newest[key] for key in _identities(account) if newest[key] is not one), None)
        if winner is None:
            sources.append(Source(one, True, _doubt(one, account, sources)))
        else:
            sources.append(Source(one, False, _twice(winner.file)))
    return sources


def _identities(account: Account | None) -> list[tuple[str, str]]:
    if account is None:
        return []
    told = (("run", account.run), ("campaign", account.campaign), ("office", account.office))
    return [(kind, name) for kind, name in told if name]


def _age(account: Account | None) -> tuple[datetime, int]:
    assert account is not None
    made_at = account.made_at
    moment = made_at if made_at.tzinfo else made_at.replace(tzinfo=timezone.utc)  # noqa: UP017
    return moment, Sum.of(account.lines).sent


def _doubt(one: AccountFile, account: Account, before: Sequence[Source]) -> Text:
    """Return a remark if an earlier file may tell of the same people: a common home and common files or lines.

    Of two named offices the names of files say nothing, as each may call its list 报名.xlsx, and one line may be
    alike by chance: a file of the same content, or half of the lines, has to be common.
    """
    homes = {line.home for line in account.lines}
    for source in before:
        other = source.told.account
        if other is None or not source.is_counted or homes.isdisjoint(line.home for line in other.lines):
            continue
        if _may_be_the_same(account, other):
            name = source.told.file
            return Text(
                f"可能与 {name} 重复报送，两份都已计入；如是重复，请去掉一份再汇总",
                f"may tell of the same people as {name}; both are counted; if so, leave one out and run again",
            )
    return NO_TEXT


def _may_be_the_same(one: Account, other: Account) -> bool:
    trips, other_trips = ({_trip(line) for line in account.lines} for account in (one, other))
    common = len(trips & other_trips)
    if one.office and other.office:
        contents = (set(account.inputs[1::2]) for account in (one, other))
        return not set.isdisjoint(*contents) or 2 * common >= min(len(trips), len(other_trips)) > 0
    return common > 0 or not set(one.inputs).isdisjoint(other.inputs)


def _trip(line: AccountLine) -> tuple[Any, ...]:
    return line.date, line.home, line.city, line.coaches, line.trains, line.people


def _twice(winner: str) -> Text:
    return Text(
        f"重复报送，没有计入；以较新的 {winner} 为准", f"told twice, not counted; the newer one is {winner}"
    )
