"""The sentence of a press note: what is planned, what was sent so far and on the last day, where most people go.

Offices write it so: 截至2月27日，各地累计返岗包车1842趟次，专列9趟次，运送57278人 (Hunan, February 2020).
"""

from collections.abc import Sequence
from datetime import date

from returnplan.model.records import PRODUCT_NAMES, Product
from returnplan.model.texts import Lang, Text
from returnplan.papers.rollup.account import CLASS_COUNTS, PRODUCT_COUNTS
from returnplan.papers.rollup.table import Sum, Table
from returnplan.papers.wording import say_day, say_division

_MOST_CITIES = 3

_UNTIL = Text("截至{day}，", "By {day}, ")
_WHO = Text("{num}个市", "{num} cities")
_PLANNED = Text(
    "{who}计划开行返岗{vehicles}，输送务工人员{people}人",
    "{who} have planned {vehicles} for {people:,person|people}",
)
_SENT = Text(
    "；已开行{vehicles}，发送{people}人，完成计划的{share}",
    "; {vehicles} with {people:,person|people} have left ({share})",
)
_ABSENT = Text("，未到{num}人", ", {num:,person|people} did not come")
_NONE = Text("；尚未发车", "; none has left yet")
_TODAY = Text(
    "，其中{day}当天{vehicles}、{people}人", ", of them {vehicles} with {people:,person|people} on {day}"
)
_WHERE = Text("。去往{cities}的最多", ". Most go to {cities}")
_CITY = Text("{city}({people}人)", "{city} ({people:,})")
_OF_THEM = Text("（其中{classes}）", " ({classes})")
_CLASSES = {
    "out_of_poverty": Text("脱贫人口{num}人", "{num:,} lifted out of poverty"),
    "monitored": Text("监测对象{num}人", "{num:,} monitored"),
}
_LISTED = Text(
    "。已发送的人中有{people}人按乘车名单计，上车登记尚未交回",
    ". {people:,} of those sent are counted by their lists, which are not back yet",
)
_NOTHING = Text("没有任何计划", "Nothing is planned")
_COACHES = Text("专车{num}辆", "{num:,coach|coaches}")
_CONNECTING = Text("接驳车{num}辆", "{num:,coach|coaches} to or from trains")
_TRAINS = Text("列车{num}列", "{num:,train|trains}")
_TRAINS_OF: dict[Product, Text] = {
    product: Text(
        f"{name.zh}{{num}}{'列' if product == 'train' else '趟'}", f"{{num:,train|trains}} ({name.en})"
    )
    for product, name in PRODUCT_NAMES.items()
}


def press_note(table: Table, lang: Lang) -> str:
    """Return the sentence; Chinese papers write numbers without commas."""
    whole = table.whole()
    if not whole.people:
        return _NOTHING.say(lang) + Text("。", ".").say(lang)
    homes = [
        home for home, lines in table.by(lambda line: line.home).items() if home and Sum.of(lines).people
    ]
    who = (
        _WHO.filled(lang, num=len(homes))
        if len(homes) > 1
        else "".join(say_division(home, lang) for home in homes)
    )
    words = _UNTIL.filled(lang, day=say_day(table.day, lang)) if table.day else ""
    words += _PLANNED.filled(lang, who=who, vehicles=_vehicles(whole, lang), people=whole.people)
    words += _of_classes(whole, lang)
    words += _sent(table, whole, table.day, lang)
    words += _where(table, lang)
    if whole.listed:
        words += _LISTED.filled(lang, people=whole.listed)
    return words + Text("。", ".").say(lang)


def _sent(table: Table, whole: Sum, day: date | None, lang: Lang) -> str:
    if day is None or not (whole.sent or whole.coaches_sent or whole.trains_sent):
        return _NONE.say(lang)
    vehicles = _vehicles(whole, lang, "_sent")
    words = _SENT.filled(lang, vehicles=vehicles, people=whole.sent, share=f"{whole.sent / whole.people:.1%}")
    words += _of_classes(whole, lang, "_sent")
    words += _ABSENT.filled(lang, num=whole.absent) if whole.absent else ""
    today = table.of_day(table.lines)
    if today.sent or today.coaches_sent or today.trains_sent:
        vehicles = _vehicles(today, lang, "_sent")
        words += _TODAY.filled(lang, day=say_day(day, lang), vehicles=vehicles, people=today.sent)
    return words


def _of_classes(counted: Sum, lang: Lang, ending: str = "") -> str:
    """Return how many of the people named last are of which class, nothing where nobody told it."""
    heads = {name: getattr(counted, f"{name}{ending}") for name in CLASS_COUNTS.values()}
    said = [_CLASSES[name].filled(lang, num=num) for name, num in heads.items() if num]
    return _OF_THEM.filled(lang, classes=_listed(said, lang)) if said else ""


def _where(table: Table, lang: Lang) -> str:
    """Return where most of those go whom the words before it counted last: who was sent, or before that who will be."""
    sums = {city: Sum.of(lines) for city, lines in table.by(lambda line: line.city).items()}
    is_sent = any(one.sent for one in sums.values())
    people = {city: one.sent if is_sent else one.people for city, one in sums.items()}
    largest = sorted(
        (city for city in people if city and people[city]), key=lambda city: (-people[city], city)
    )
    if len(largest) < 2:
        return ""
    named = [
        _CITY.filled(lang, city=say_division(city, lang), people=people[city])
        for city in largest[:_MOST_CITIES]
    ]
    return _WHERE.filled(lang, cities=_listed(named, lang))


def _vehicles(counted: Sum, lang: Lang, ending: str = "") -> str:
    """Return coaches and trains in words, each train by how it was bought as far as that is known, connections last."""
    num_coaches, num_trains, num_connecting = (
        getattr(counted, f"{kind}{ending}") for kind in ("coaches", "trains", "connecting")
    )
    num_direct = num_coaches - num_connecting
    said = [_COACHES.filled(lang, num=num_direct)] if num_direct or not (num_trains or num_coaches) else []
    for product, words in _TRAINS_OF.items():
        if num := getattr(counted, f"{PRODUCT_COUNTS[product]}{ending}"):
            said.append(words.filled(lang, num=num))
            num_trains -= num
    if num_trains > 0:
        said.append(_TRAINS.filled(lang, num=num_trains))
    if num_connecting > 0:
        said.append(_CONNECTING.filled(lang, num=num_connecting))
    return _listed(said, lang)


def _listed(words: Sequence[str], lang: Lang) -> str:
    return (
        "、".join(words) if lang == "zh" else " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
    )
