"""What a charter sign (包车客运标志牌) says of a journey: its kind, its start and end, the places on the way.

道路旅客运输及客运站管理规定 (2020) tells the kinds apart by the divisions that the journey crosses, and counts stops
as places on the way, not the service areas where people rest and eat.
"""

from collections.abc import Sequence
from functools import cache

from returnplan.model.division_names import short_name
from returnplan.model.plan import Batch, Rider
from returnplan.model.texts import NO_TEXT, Lang, Text

_BETWEEN_PROVINCES = Text("省际包车", "between provinces")
_BETWEEN_CITIES = Text("市际包车", "between prefectures")
_BETWEEN_COUNTIES = Text("县际包车", "between counties")
_IN_ONE_CITY = Text("县际/县内包车", "within the prefecture")


def kind_of_sign(batch: Batch, riders: Sequence[Rider]) -> Text:
    """Return the kind of sign; within one prefecture only the counties of riders are known; no words where none is."""
    cities = {stop.city for stop in batch.stops}
    if "" in cities:
        return NO_TEXT
    if len({_province(city) for city in cities}) > 1:
        return _BETWEEN_PROVINCES
    if len(cities) > 1:
        return _BETWEEN_CITIES
    return _BETWEEN_COUNTIES if len({rider.county for rider in riders}) > 1 else _IN_ONE_CITY


@cache
def _province(city: str) -> str:
    """Return the first digits of a city's code, or the name where the tables do not have it."""
    from returnplan.places import Gazetteer  # takes a tenth of a second, and other papers need none

    found = Gazetteer.load().read(city).only
    return found.code[:2] if found else city


def say_route(batch: Batch) -> str:
    """Return start, cities on the way and end, as the sign has them, which is Chinese."""
    cities = dict.fromkeys(short_name(stop.city) or stop.place for stop in batch.stops)
    return "—".join(cities)


def say_ends(batch: Batch, lang: Lang) -> str:
    """Return where the journey starts and ends: 贵港市 桥圩镇广场 → 东莞市 虎门汽车站."""
    first, last = (
        " ".join(filter(None, (stop.city, stop.place))) for stop in (batch.stops[0], batch.stops[-1])
    )
    return f"{first} → {last}"


def say_via(batch: Batch, lang: Lang) -> str:
    """Return the stops on the way; that there are none where the journey is direct."""
    places = dict.fromkeys(stop.place for stop in batch.stops[1:-1])
    return Text("、", ", ").say(lang).join(places) or Text("直达", "none").say(lang)
