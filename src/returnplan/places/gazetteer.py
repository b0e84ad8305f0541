"""Find the division that a text means in its context; report ambiguous and unknown names instead of guessing."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property

from returnplan.model.division_names import LATIN_KIND, core
from returnplan.model.errors import UsageError
from returnplan.model.texts import Text
from returnplan.places.divisions import (
    MUNICIPALITIES,
    Division,
    Level,
    read_divisions,
    read_retired,
    read_usual,
)
from returnplan.places.names import (
    BETWEEN_GLUED,
    CONNECTOR,
    RANK,
    TAILS,
    is_of_many_cities,
    is_part_of_a_name,
    pieces,
    pinyin,
    tidy,
)
from returnplan.places.near import did_you_mean, near_names

LONGEST = 16
"""More characters than any name has."""

KINDS = ("县", "市", "区")

_LATIN = re.compile(r"[a-z]+")
_LATIN_CITY = ("city", "shi")


@dataclass(frozen=True, slots=True)
class Reading:
    """The divisions that a text may mean (none: unknown; several: ambiguous), and the words left over.

    ``tail`` is what stands behind the last name, also where it only says its kind and is no ``rest``: the 镇 of 高平镇.
    """

    divisions: tuple[Division, ...]
    rest: str = ""
    tail: str = ""

    @property
    def only(self) -> Division | None:
        """The one division meant, or None."""
        return self.divisions[0] if len(self.divisions) == 1 else None


@dataclass(frozen=True)
class Gazetteer:
    """All divisions by all their names.

    Parameters
    ----------
    divisions : ordered by code
    usual : full name by tidy name, for destination names that exist more than once
    """

    divisions: tuple[Division, ...]
    usual: Mapping[str, str] = field(default_factory=dict)

    @staticmethod
    @cache
    def load() -> "Gazetteer":
        """Return the gazetteer of the shipped tables; the same object at every call."""
        return Gazetteer(read_divisions(), read_usual())

    def with_local_names(self, names: Mapping[str, str]) -> "Gazetteer":
        """Return a gazetteer that also knows the office's own names (``[places]``: 东塘 = "东莞市东坑镇").

        Raises
        ------
        UsageError
            a name stands for something that is no division
        """
        also: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
        for name, full in names.items():
            division = self.read(full).only
            if division is None:
                raise UsageError(_unknown(f"[places] {name} = {full}", self.near(full)))
            also[division.code] += (name,)
        divisions = tuple(
            replace(d, also=d.also + also[d.code]) if d.code in also else d for d in self.divisions
        )
        return Gazetteer(divisions, {**self.usual, **{tidy(name): full for name, full in names.items()}})

    def read(self, text: str, within: Division | None = None) -> Reading:
        """Read a text from the largest division to the smallest: 广东省东莞市长安镇乌沙 → 长安镇, rest 乌沙.

        ``within`` bounds what may be meant (a worker of 柳州市 means its 融水县).
        """
        found: tuple[Division, ...] = ()
        rest = ""
        for words in _segments(text):
            found, rest = self._chain(words, found, within)
        return Reading(found, "" if found and rest in TAILS else rest, rest)

    def city(self, text: str) -> Reading:
        """Read a destination: all divisions that it may mean, each in a city, and the words left over."""
        named = self.cities(text)
        return Reading(
            tuple(dict.fromkeys(division for reading in named for division in reading.divisions)),
            "".join(reading.rest for reading in named),
        )

    def cities(self, text: str) -> tuple[Reading, ...]:
        """Read each destination that a text names: 东莞┋深圳 and 深圳或者东莞 are two, 广东/东莞/长安 is one.

        A city has priority over smaller divisions of the same name. A text without any name gives one reading
        without divisions.
        """
        named = [Reading(())]
        for i, words in enumerate(_segments(text) if text.isascii() and "," in text else pieces(text)):
            is_apart = i > 0
            while words:
                here = named[-1]
                found, left = self._chain(words, here.divisions, None) if here.divisions else ((), words)
                other, rest = (
                    self._another(words, is_apart, here.divisions) if left or not found else ((), "")
                )
                # 连云港市 said twice is the city again, not its district 连云区
                is_better = bool(other) and is_apart and len(rest) < len(left)
                if not found or left == words or is_better:
                    found, left = other, rest
                    if not found:
                        # 厂里或者深圳: after 或者 and 去 another city may begin
                        others = (words[between.end() :] for between in BETWEEN_GLUED.finditer(words))
                        later = next(filter(self._begins_with_a_city, others), "") if here.divisions else ""
                        named[-1] = Reading(here.divisions, here.rest + words.removesuffix(later))
                        words, is_apart = later, True
                        continue
                    if here.divisions:
                        named.append(here := Reading(()))
                named[-1] = Reading(found, here.rest)
                words, is_apart = "" if left in TAILS else left, False
        return tuple(Reading(_receiving(reading.divisions), reading.rest) for reading in named)

    def _another(
        self, words: str, is_apart: bool, above: tuple[Division, ...]
    ) -> tuple[tuple[Division, ...], str]:
        """Return the divisions of a new name at the start of ``words`` and the words left over; nothing if none.

        Directly after the name of ``above`` (not ``is_apart``) a new name must be a whole city, or a city and a
        part of it (中山小榄): 东莞市中山路 is a road, and 共和 in 鹤山共和 is an unknown town, not the county
        in 青海. A name that many cities have (开发区, 城东) begins none, unless the office says which one it means or a
        part of one city follows (朝阳建平县).
        """
        bare = CONNECTOR.sub("", words)
        if is_of_many_cities(bare) and not (bare in self.usual or self._begins_with_city_and_part(bare)):
            return (), words
        begins = ((words, is_apart or not above), (bare, True))
        for name, has_begun in begins if bare != words else begins[:1]:
            found, left = self._chain(tidy(self.usual.get(name, name)), (), None)
            if above and not is_apart and is_part_of_a_name(left):
                continue
            if has_begun and any(division.city or not above for division in found):
                return found, left
            is_whole = RANK.fullmatch(left) is not None and any(
                d.city and d.name.endswith("市") for d in found
            )
            is_with_a_part = self._begins_with_a_city(name) and all(d.code != d.city for d in found)
            if is_whole or is_with_a_part:
                return found, left
        return (), words

    def _begins_with_a_city(self, words: str) -> bool:
        """Return whether words begin with a prefecture-level city that is not the name of a road or a firm."""
        found, length = self._longest(words, (), None)
        is_city = any(division.level is Level.PREFECTURE for division in found)
        return is_city and not is_part_of_a_name(words[length:])

    def _begins_with_city_and_part(self, words: str) -> bool:
        """Return whether words begin with a prefecture-level city and a part of it: 朝阳建平县."""
        cities, length = self._longest(words, (), None)
        cities = tuple(division for division in cities if division.level is Level.PREFECTURE)
        return bool(cities) and self._longest(words[length:], cities, None)[1] > 0

    def city_name(self, text: str) -> str:
        """Return the full name of the city that a text means (Dongguan, 东莞, 龙岗 → 深圳市).

        Raises
        ------
        UsageError
            unknown or ambiguous, with the nearest names
        """
        cities = {division.city for division in self.city(text).divisions}
        if len(cities) != 1:
            raise UsageError(_unknown(text, self.near(text)))
        return self.by_code[cities.pop()].name

    def of_id_number(self, number: str) -> Division | None:
        """Return the present county, else the prefecture, for the first six digits of an ID number.

        An unknown county lies in the prefecture of its first four digits.
        """
        province = number[:2] + "0000"
        prefecture = province if number[:2] in MUNICIPALITIES else number[:4] + "00"
        found = (self.by_code.get(self._retired.get(code, code)) for code in (number[:6], prefecture))
        return next((division for division in found if division is not None and division.city), None)

    def city_of(self, division: Division) -> Division:
        """Return the prefecture-level city of a division that has one."""
        return self.by_code[division.city]

    def full_name(self, division: Division) -> str:
        """Return a division with its city: 柳州市融水苗族自治县."""
        city = self.by_code[division.city].name if division.city and division.city != division.code else ""
        return city + division.name

    def near(self, text: str, within: Division | None = None, limit: int = 3) -> tuple[str, ...]:
        """Return the names nearest to a text by spelling or sound: cities, or the parts of ``within``.

        The part of the text that is known narrows the search: 广东省东管 is compared with the parts of 广东省.
        """
        known = self.read(text, within)
        parts = (
            tuple(name for whole in known.divisions for name in self._part_names(whole)) if known.rest else ()
        )
        names = self._city_names if within is None else self._part_names(within)
        return near_names(known.rest, parts, limit) or near_names(tidy(text), names, limit)

    @cached_property
    def by_code(self) -> dict[str, Division]:
        """The divisions by code."""
        return {division.code: division for division in self.divisions}

    @cached_property
    def _retired(self) -> dict[str, str]:
        return read_retired()

    @cached_property
    def _by_name(self) -> dict[str, tuple[Division, ...]]:
        return _index((name, division) for division in self.divisions for name in _names(division))

    @cached_property
    def _by_pinyin(self) -> dict[str, tuple[Division, ...]]:
        return _index((pinyin(core(division.name)), division) for division in self.divisions)

    @cached_property
    def _city_names(self) -> tuple[str, ...]:
        receiving = (Level.PREFECTURE, Level.TOWN)
        return tuple(division.name for division in self.divisions if division.level in receiving)

    def _part_names(self, whole: Division) -> tuple[str, ...]:
        return tuple(d.name for d in self.divisions if d is not whole and d.inside(whole))

    def _chain(
        self, words: str, found: tuple[Division, ...], within: Division | None
    ) -> tuple[tuple[Division, ...], str]:
        """Read name after name, each inside the one before; return the last divisions and the rest.

        The bare name of a province is the province, whatever else is called so: 河南 is not 河南县 in 青海, and
        吉林 may be anywhere in 吉林省.
        """
        while words:
            part, length = self._longest(words, found, within)
            if not length:
                break
            name, found, words = words[:length], part, words[length:]
            if words.startswith(KINDS) or name.endswith(_LATIN_CITY):
                found = tuple(d for d in found if d.level is not Level.PROVINCE) or found
            if words not in TAILS and not name.endswith(KINDS) and words.startswith(KINDS):
                words = words[1:]  # 融水县大浪镇: the name is 融水, 县 only says what it is
        return tuple(d for d in found if d.level is Level.PROVINCE) or found, words

    def _longest(
        self, words: str, above: tuple[Division, ...], within: Division | None
    ) -> tuple[tuple[Division, ...], int]:
        """Return the divisions of the longest name at the start of ``words`` in its context, and its length."""
        latin = _LATIN.match(words)
        if latin:
            word = latin.group()
            found = self._by_pinyin.get(word) or self._by_pinyin.get(LATIN_KIND.sub("", word), ())
            return _in_context(found, above, within), latin.end()
        for length in range(min(LONGEST, len(words)), 1, -1):
            found = _in_context(self._by_name.get(words[:length], ()), above, within)
            if found:
                return found, length
        return (), 0


def _segments(text: str) -> list[str]:
    """Return the parts of a text from the largest division to the smallest; English has the opposite order."""
    parts = text.split(",") if text.isascii() else [text]
    return [tidy(part) for part in reversed(parts)]


def _receiving(divisions: tuple[Division, ...]) -> tuple[Division, ...]:
    """Return the divisions that are cities, else those that lie in a city."""
    inside = tuple(division for division in divisions if division.city)
    return tuple(division for division in inside if division.level is Level.PREFECTURE) or inside


def _in_context(
    found: tuple[Division, ...], above: tuple[Division, ...], within: Division | None
) -> tuple[Division, ...]:
    kept = [d for d in found if within is None or d.inside(within) or within.inside(d)]
    return tuple(d for d in kept if not above or any(d is not whole and d.inside(whole) for whole in above))


def _names(division: Division) -> set[str]:
    full = (division.name, *division.also)
    return {name for known in full for name in (tidy(known), tidy(core(known)))}


def _index(pairs: Iterable[tuple[str, Division]]) -> dict[str, tuple[Division, ...]]:
    index: defaultdict[str, list[Division]] = defaultdict(list)
    for name, division in pairs:
        index[name].append(division)
    return {name: tuple(divisions) for name, divisions in index.items()}


def _unknown(text: str, near: tuple[str, ...]) -> Text:
    offer = did_you_mean(near)
    return Text(f"地名“{text}”无法确定{offer.zh}", f'unknown place "{text}"{offer.en}')
