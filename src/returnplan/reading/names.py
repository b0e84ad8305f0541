"""Which field a header means, by the many names that headers have in the field."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from returnplan.errors import UsageError
from returnplan.reading.layout import header_names
from returnplan.texts import Text

KNOWN = "_known"
"""The field of columns that sheets carry and nothing needs."""

_IN_PARENTHESES = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


@cache
def normal(header: str) -> str:
    """Return what counts of a header: letters and digits, half-width, lower case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


@cache
def _spellings(label: str) -> tuple[str, ...]:
    """Return a header as it counts, then without its last parentheses, then without those before them.

    户籍县(市、区)(必填) is 户籍县市区必填, 户籍县市区 and 户籍县.
    """
    half_width = unicodedata.normalize("NFKC", label)
    cuts = [match.span() for match in _IN_PARENTHESES.finditer(half_width)]
    shorter = [half_width]
    for start, stop in reversed(cuts):
        shorter.append(shorter[-1][:start] + shorter[-1][stop:])
    return tuple(map(normal, shorter))


class Names:
    """Which field a header means, for each kind of sheet; ``extra`` are the office's own names.

    Raises
    ------
    UsageError : ``extra`` names a field that no sheet has
    """

    def __init__(self, extra: Mapping[str, Sequence[str]]) -> None:
        _check_fields(extra)
        self._fields: dict[str, dict[str, str]] = {}
        for kind, fields in header_names().items():
            known = {normal(name): field for field, names in fields.items() for name in names}
            own = {normal(name): field for field in fields for name in extra.get(field, ())}
            self._fields[kind] = known | own

    def field(self, kind: str, labels: Sequence[str]) -> str | None:
        """Return the field of the first label that means one."""
        fields = self._fields[kind]
        for label in labels:
            for spelling in _spellings(label):
                if spelling in fields:
                    return fields[spelling]
        return None


def _check_fields(extra: Iterable[str]) -> None:
    known = {field for fields in header_names().values() for field in fields} - {KNOWN}
    for field in extra:
        if field not in known:
            near = "、".join(difflib.get_close_matches(field, known))
            raise UsageError(
                Text(
                    f"[headers] 中没有“{field}”这一项" + (f"，是否为：{near}？" if near else ""),
                    f"[headers] knows no field '{field}'" + (f"; did you mean {near}?" if near else ""),
                )
            )
