"""Find the field of a header by all the names that are in use."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from operator import itemgetter

from returnplan.model.errors import UsageError
from returnplan.model.records import SheetKind
from returnplan.model.texts import Text
from returnplan.reading.layout import header_names, yielding_names
from returnplan.reading.questions import KNOWN, SECOND_CHOICE, asked, bare, normal, settled
from returnplan.reading.two_towns import with_home_townships

_MOST_LABELS = 10_000  # cells of the first rows are looked at as labels, those of 5,000 files too
_OWN = (KNOWN, SECOND_CHOICE, "submitted")
_MOST_BRACKETS = 20
"""More no header has; each is a spelling of its own."""
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")


Meanings = Mapping[str, tuple[int, str]]
"""Kind of sheet -> the rank of the match (0: exact spelling), and the field."""


def _spellings(label: str) -> tuple[str, ...]:
    """Return a header in half-width, then without its last brackets, then without the brackets before those.

    户籍县(市、区)(必填) is itself, then 户籍县(市、区), then 户籍县.
    """
    half_width = unicodedata.normalize("NFKC", label)
    cuts = [match.span() for match in _IN_BRACKETS.finditer(half_width)]
    shorter = [half_width]
    for start, stop in reversed(cuts[-_MOST_BRACKETS:]):
        shorter.append(shorter[-1][:start] + shorter[-1][stop:])
    return tuple(shorter)


class Names:
    """Which field a header means, for each kind of sheet; ``extra`` are the office's own names.

    Raises
    ------
    UsageError : ``extra`` names a field that no sheet has
    """

    def __init__(self, extra: Mapping[str, Sequence[str]]) -> None:
        known_fields = {field for fields in header_names().values() for field in fields if field[0] != "_"}
        for field in extra:
            if field not in known_fields:
                near = "、".join(difflib.get_close_matches(field, known_fields))
                raise UsageError(
                    Text(
                        f"[headers] 中没有“{field}”这一项" + (f"，是否为：{near}？" if near else ""),
                        f"[headers] knows no field '{field}'" + (f"; did you mean {near}?" if near else ""),
                    )
                )
        self._has_own_towns = "town" in extra
        self._spelt: dict[str, dict[str, str]] = {}
        self._asked: dict[str, dict[str, str]] = {}
        for kind, fields in header_names().items():
            known = {name: field for field, names in fields.items() for name in names}
            own = {name: field for field in fields for name in extra.get(field, ())}
            for name, field in (known | own).items():
                self._spelt.setdefault(normal(name), {})[kind] = field
            for question, field in _questions(known | own):
                self._asked.setdefault(question, {})[kind] = field
        self._meanings = lru_cache(_MOST_LABELS)(self._look_up)

    def may_be_header(self, labels: Iterable[str]) -> bool:
        """Return whether at least two labels of a line mean a field, as every kind of sheet needs."""
        return sum(1 for label in labels if label and self._meanings(label)) > 1

    def fields(self, kind: str, columns: Sequence[Sequence[str]]) -> list[str | None]:
        """Return the field of each column of a line; ``columns`` are its labels, the most specific first."""
        alone = [self.field(kind, labels) for labels in columns]
        if kind == "signups" and "town" in alone and not self._has_own_towns:
            alone = with_home_townships(alone, columns)
        return settled(alone, [labels[-1] for labels in columns])

    def field(self, kind: str, labels: Sequence[str]) -> str | None:
        """Return the field of the label that fits best; of several equal labels, the first; a blank one has none."""
        meanings = [every[kind] for label in labels if label and kind in (every := self._meanings(label))]
        return min(meanings, key=itemgetter(0))[1] if meanings else None

    def yields(self, kind: SheetKind, labels: Sequence[str]) -> bool:
        """Return whether the label that fits best counts for its field only where no other column does.

        单价（元） is 单价, as far as no header is spelt 单价（元）.
        """
        fits = [fit for label in labels if label and (fit := self._fit(kind, label))]
        return bool(fits) and min(fits, key=itemgetter(0))[1] in _yielding(kind)

    def _fit(self, kind: SheetKind, label: str) -> tuple[int, str] | None:
        """Return the rank and the first known spelling of a header, None where only its question is known."""
        spellings = _spellings(label)
        keys = [*((0, normal(one)) for one in spellings), *((1, bare(one)) for one in spellings)]
        return next(((rank, key) for rank, key in keys if kind in self._spelt.get(key, {})), None)

    def _look_up(self, label: str) -> Meanings:
        """Return the meanings of a header: as it is spelt, without number and marks, and by its question."""
        found: dict[str, tuple[int, str]] = {}
        spellings = _spellings(label)
        keys = (
            [(0, self._spelt, normal(spelling)) for spelling in spellings]
            + [(1, self._spelt, rest) for spelling in spellings if (rest := bare(spelling))]
            + [(2, self._asked, asked(spelling)) for spelling in spellings]
        )
        for rank, names, key in keys:
            for kind, field in names.get(key, {}).items():
                found.setdefault(kind, (rank, field))
        return found


@cache
def _yielding(kind: SheetKind) -> frozenset[str]:
    return frozenset(map(normal, yielding_names().get(kind, ())))


def _questions(names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the question of each name, with its field; a question for two fields is left out.

    The columns of a service ask nothing: 填写时间 is no question for 时间.
    """
    answers: dict[str, set[str]] = {}
    for name, field in names.items():
        if field not in _OWN or asked(name) == normal(name):
            answers.setdefault(asked(name), set()).add(field)
    for question, fields in answers.items():
        if question and len(fields) == 1:
            yield question, fields.pop()
