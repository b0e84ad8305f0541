"""Which township a person is of, however the lists spell it: 司门前 and 司门前镇 of one county are one."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from returnplan.places.names import township_parts


class Home(NamedTuple):
    """Where a person is from, as a list or a plan has it."""

    county: str
    township: str


def townships(homes: Iterable[Home]) -> dict[Home, str]:
    """Return the name under which each township goes: the fullest, where one without its kind can only be that one.

    A county may have 城关镇 and 城关街道: there 城关 stays by itself.
    """
    kinds: dict[Home, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    all_homes = set(homes)
    for home in all_homes:
        stem, kind = township_parts(home.township)
        kinds[Home(home.county, stem)][kind].add(home.township)
    names = {}
    for home in all_homes:
        stem, kind = township_parts(home.township)
        of_kind = kinds[Home(home.county, stem)]
        known = [one for one in of_kind if one]
        own = of_kind[kind or (known[0] if len(known) == 1 else "")]
        names[home] = max(own, key=lambda name: (name.endswith(("镇", "乡", "街道")), len(name), name))
    return names
