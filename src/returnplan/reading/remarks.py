"""What a remark says about whether somebody travels, and about children: 不去了, 已购高铁票, 带小孩2个占座.

What leaves no doubt is taken, because nobody reads the remarks of a thousand rows again; the rest is only said. In both
cases the row is named, with the column where it belongs.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from returnplan.model.texts import Text
from returnplan.reading.cells import Finding, clean
from returnplan.sheets.tables import Cell

_BETWEEN = re.compile(r"[\s,.;:、。!~()\[\]【】+/]+")
_SELF = r"(?:本人|已经?|因故|因事|临时|自己|自行|现)*"
_ENDING = r"(?:了|吧|啊|呢)?"
_WITHDRAWS = re.compile(
    rf"{_SELF}(?:取消(?:报名|出行|乘车|接龙|行程)?|退出(?:报名|接龙)?|放弃(?:乘车|出行|报名)?|作废|撤回"
    rf"|不(?:去|走|来|坐|乘坐|乘车|坐车|参加|外出|返岗)(?:务工|打工|专车|大巴|车)?){_ENDING}"
)
_TICKET = r"(?:自行|自己)?(?:购|买|订)(?:了|好|到)?(?:了)?(?:高铁|火车|动车|汽车|飞机|机|车)?票"
_BY_OTHER = r"(?:坐|乘坐?|搭)(?:火车|高铁|动车|飞机|顺风车|私家车|自家车)"
_VEHICLE = rf"(?:自驾车?|(?:自行|自己)?(?:开车|驾车|{_BY_OTHER}))"
_LEAVES = r"(?:前往|返岗|外出|出发|务工|出行|去|走|到岗|到厂)"
_GOES_ALONE = re.compile(
    rf"(?:本人)?(?:(?:已经?)?{_TICKET}|(?:已经?)?{_VEHICLE}|已经?(?:自行|自己)?{_LEAVES}|(?:自行|自己)(?:返岗|返厂)){_LEAVES}*{_ENDING}"
)
_MAY_NOT_RIDE = re.compile(
    r"取消|退出|放弃|作废|撤回|不去|不走了|不坐了|不坐[车专大]|不乘|不来|不参加|自驾|自行(?!车)|自己(?:开|坐|去|走|买|订|搭)|开车|来接"
    r"|已经?(?:购|买|订)|(?:购|买|订)[了好].{0,4}票|坐(?:火车|高铁|动车|飞机)|顺风车|已经?(?:自行|前往|出发|返岗|到岗|外出|走)"
    r"|暂缓|暂不|待定|未定|不确定|没(?:定|想好|决定)|看情况"
)
_TO_THE_PICKUP = re.compile(r"上车|集合|乘车点|县城|车站")

_CHILD = r"(?:小孩子?|孩子|儿童|小朋友|小?娃娃?|婴儿|宝宝|儿子|女儿|子女|幼儿)"
_NUMERALS = {**{numeral: i for i, numeral in enumerate("一二三四五六", 1)}, "两": 2, "俩": 2}
_NUMBER = rf"(?P<number>[1-9]|[{''.join(_NUMERALS)}])"
_NUM_CHILDREN = (
    re.compile(rf"(?<!\d){_NUMBER}(?:个|名|位)?(?:\d+岁的?)?{_CHILD}"),
    re.compile(rf"{_CHILD}(?:共|有|:)?(?<!\d){_NUMBER}(?:个(?!月)|名|位|人)"),
    re.compile(rf"{_CHILD}{_NUMBER}(?![\d岁周个半-])"),
)
_CHILD_COMES = re.compile(
    rf"(?:带|携|随行|同行|领|抱).{{0,6}}?{_CHILD}|{_CHILD}.{{0,6}}?(?:占座|占位|同行|随行|一起)"
)
_SOME = rf"(?:[1-9{''.join(_NUMERALS)}](?:个|名|位|人)?)?"
_CHILD_ALONE = re.compile(_SOME + _CHILD + _SOME)
_NO_SEAT = re.compile(r"不占|不要座|不用座|不需要?座|抱着|怀抱|不带|没带|未带|留守")
_AGE = re.compile(r"\d+岁|[一二三四五六七八九十]+岁")


class Remark(NamedTuple):
    """What a remark says: the person withdrew, goes by own means or may (``is_doubtful``), children along."""

    withdrew: bool = False
    goes_alone: bool = False
    is_doubtful: bool = False
    num_children: int = 0


WITHDREW = Finding(
    "note_withdraws",
    Text(
        "备注说不去了，按取消处理，不安排座位", "the remark says that the person withdrew; no seat is planned"
    ),
    Text(
        "如仍要乘车，请改备注；以后请填“取消”列",
        "change the remark if they travel; write it under 取消 (cancelled)",
    ),
    "warning",
)
GOES_ALONE = Finding(
    "note_own_transport",
    Text("备注说自行前往，按不乘坐专车处理，不安排座位", "the remark says own transport; no seat is planned"),
    Text(
        "如要乘车，请改备注；以后请在“是否乘坐返岗专车”列填“否”",
        "change the remark if they ride; write 否 under 是否乘坐返岗专车 (rides)",
    ),
    "warning",
)
DOUBTFUL = Finding(
    "note_may_not_ride",
    Text(
        "看备注可能不乘车，仍照常安排座位",
        "by the remark the person may not ride; a seat is planned all the same",
    ),
    Text(
        "问清本人；不乘车请填“取消”，或在“是否乘坐返岗专车”列填“否”，否则请改备注",
        "ask the person; write 是 under 取消 (cancelled) or 否 under 是否乘坐返岗专车 (rides), else change the remark",
    ),
    "warning",
)


def children_finding(num_children: int) -> Finding:
    """Return the finding that a remark names children and seats were kept for them."""
    return Finding(
        "note_children",
        Text(
            f"备注说带小孩，按 {num_children} 个占座安排",
            f"the remark names children; {num_children} seats are kept",
        ),
        Text(
            "请填“随行儿童”列：占座的人数，不占座填 0",
            "write under 随行儿童 (children along) how many take a seat, 0 for none",
        ),
        "warning",
    )


@lru_cache(maxsize=65536)
def remark_of(cell: Cell) -> Remark:
    """Return what a remark says."""
    words = clean(cell)
    parts = [part for part in _BETWEEN.split(words) if part]
    withdrew = any(map(_WITHDRAWS.fullmatch, parts))
    goes_alone = any(map(_GOES_ALONE.fullmatch, parts))
    is_clear = bool(parts) and all(
        _WITHDRAWS.fullmatch(part) or _GOES_ALONE.fullmatch(part) for part in parts
    )
    if is_clear:
        return Remark(withdrew and not goes_alone, goes_alone)
    may_not = any(_MAY_NOT_RIDE.search(part) and not _TO_THE_PICKUP.search(part) for part in parts)
    return Remark(is_doubtful=may_not, num_children=_num_children(words, parts))


def _num_children(words: str, parts: list[str]) -> int:
    """Return how many children come along and may need a seat: without a number one, or one for each age."""
    comes = _CHILD_COMES.search(words) or any(map(_CHILD_ALONE.fullmatch, parts))
    if not comes or _NO_SEAT.search(words):
        return 0
    found = next((match for form in _NUM_CHILDREN if (match := form.search(words))), None)
    if found is None:
        return max(1, len(_AGE.findall(words)))
    return _NUMERALS.get(found["number"]) or int(found["number"])
