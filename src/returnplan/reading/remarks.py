"""What a remark says about travelling: 不去了, 已购高铁票, 带小孩2个占座, 改到23号走, 我妈也去, 从成都上车.

What leaves no doubt is taken, because nobody reads the remarks of a thousand rows again: who does not travel, and
children along. The rest is only said: another day, adults along, another pick-up. In all cases the row is named, with
the column where it belongs.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from returnplan.model.texts import Text
from returnplan.reading.cells import Finding, clean
from returnplan.sheets.tables import Cell

_BETWEEN = re.compile(r"[\s,.;:、。!~()\[\]【】+/]+")
_SELF = r"(?:本人|已经?|因故|因事|因病|生病|住院|临时|自己|自行|现在?|今年|暂时)*"
_ENDING = r"(?:了|吧|啊|呢)*"
_WITHDRAWS = re.compile(
    rf"{_SELF}(?:取消(?:报名|出行|乘车|接龙|行程)?|退出(?:报名|接龙)?|放弃(?:乘车|出行|报名)?|作废|撤回"
    r"|(?:正在|还在)?(?:住院|医院住院|住院治疗|住院手术)(?:中|期间)?|(?:去|走|来|坐)不(?:了|成)"
    rf"|不能?(?:去|走|来|坐|乘坐|乘车|坐车|参加|外出|返岗)(?:务工|打工|专车|大巴|车)?){_ENDING}"
)
_TICKET = r"(?:自行|自己)?(?:购|买|订)(?:了|好|到)?(?:了)?(?:高铁|火车|动车|汽车|飞机|机|车)?票"
_BY_OTHER = r"(?:坐|乘坐?|搭)(?:火车|高铁|动车|飞机|顺风车|私家车|自家车)"
_VEHICLE = rf"(?:自驾车?|(?:自行|自己)?(?:开车|驾车|{_BY_OTHER}))"
_LEAVES = r"(?:前往|返岗|外出|出发|务工|出行|去|走|到岗|到厂)"
_GOES_ALONE = re.compile(
    rf"(?:本人)?(?:(?:已经?)?{_TICKET}|(?:已经?)?{_VEHICLE}|已经?(?:自行|自己)?{_LEAVES}|(?:自行|自己)(?:返岗|返厂)){_LEAVES}*{_ENDING}"
)
_MAY_NOT_RIDE = re.compile(
    r"取消|退出|(?:去|走|来|坐)不[了成]|不能去|(?<!出)住院|放弃|作废|撤回|不去|不走了|不坐了|不坐[车专大]|不乘|不来|不参加|自驾|自行(?!车)|自己(?:开|坐|去|走|买|订|搭)|开车|来接"
    r"|已经?(?:购|买|订)|(?:购|买|订)[了好].{0,4}票|坐(?:火车|高铁|动车|飞机)|顺风车|已经?(?:自行|前往|出发|返岗|到岗|外出|走)"
    r"|暂缓|暂不|待定|未定|不确定|没(?:定|想好|决定)|看情况"
)
_TO_THE_PICKUP = re.compile(r"上车|集合|乘车点|县城|车站")

CHILD = r"(?:小孩子?|孩子|儿童|小朋友|小?娃娃?|婴儿|宝宝|儿子|女儿|子女|幼儿)"
_NUMERALS = {**{numeral: i for i, numeral in enumerate("一二三四五六", 1)}, "两": 2, "俩": 2}
_NUMBER = rf"(?P<number>[1-9]|[{''.join(_NUMERALS)}])"
_NUM_CHILDREN = (
    re.compile(rf"(?<!\d){_NUMBER}(?:个|名|位)?(?:\d+岁的?)?{CHILD}"),
    re.compile(rf"{CHILD}(?:共|有|:)?(?<!\d){_NUMBER}(?:个(?!月)|名|位|人)"),
    re.compile(rf"{CHILD}{_NUMBER}(?![\d岁周个半-])"),
)
_CHILD_COMES = re.compile(
    rf"(?:带|携|随行|同行|领|抱).{{0,6}}?{CHILD}|{CHILD}.{{0,6}}?(?:占座|占位|同行|随行|一起)"
)
_SOME = rf"(?:[1-9{''.join(_NUMERALS)}](?:个|名|位|人)?)?"
_CHILD_ALONE = re.compile(_SOME + CHILD + _SOME)
NO_SEAT = re.compile(r"不占|不要座|不用座|不需要?座|抱着|怀抱|不带|没带|未带|留守")
_AGE = re.compile(r"\d+岁|[一二三四五六七八九十]+岁")


_RELATIVE = (
    r"(?:老人|大人|成人|老婆|妻子?|媳妇|爱人|配偶|老公|丈夫|对象|女友|男友|女朋友|男朋友|父母|父亲|母亲|爸|妈|爷爷|奶奶|外公|外婆|岳父|岳母"
    r"|公公|婆婆|哥|弟|姐|妹|嫂|叔|婶|舅|姑|姨|侄|外甥|亲戚|家人|家属|家里人|老乡|朋友|同事|工友)"
)
_TOGETHER = r"(?:一起|一道|一同|同行|随行|同去|同往|同走|同车|作伴|陪同)"
_SEVERAL = r"(?:[2-9]|[两俩二三四五六])"
_SEAT = r"(?:个|张)?(?:座位?|位置?|位子|席|车?票)"
_ADULTS_COME = re.compile(
    rf"(?:带|携|领|陪|还有|加上?).{{0,6}}{_RELATIVE}|{_RELATIVE}.{{0,6}}(?:{_TOGETHER}|也|要座|占座|没报|未报|没有报)"
    rf"|夫妻|夫妇|两口子|(?:父子|父女|母子|母女|兄弟|姐妹|兄妹|姐弟|婆媳)(?:俩|两|二|\d)|我[和与跟]{_RELATIVE}|一家{_SEVERAL}口|一家人|全家"
    rf"|{_SEVERAL}\s*大{_SOME}小"
    rf"|{_RELATIVE}.{{0,6}}同厂|[和与跟](?!去年|往年|上次|以前|之前|原来|原先)[\u4e00-\u9fff]{{2,9}}同厂"
)
_OTHERS_COME = re.compile(rf"{_TOGETHER}|{_SEVERAL}{_SEAT}|多(?:留|要|订|占|买)?{_SOME}{_SEAT}")
"""Who, it does not say: children, if the same words name them."""
_SEVERAL_PEOPLE = re.compile(
    rf"(?:共|一共|总共|合计|我们|我家|一行|一家|要?坐|报)*{_SEVERAL}(?:个|位|名)?(?:大人|成人|人|口人?)(?:去|走|坐车|乘车|出行|报名)*"
)
_ALONE = re.compile(
    rf"(?:不|没|未|无)(?:带|和|与|跟)?.{{0,4}}{_TOGETHER}|(?:不|没|未)带|不(?:跟|和|与|同)|(?:来|去)?接|送|照顾"
)
_NUMBERED_DAY = (
    r"(?:\d{1,2}[-~至到、]\d{1,2}[日号]|(?:\d{4}年)?\d{1,2}月份?\d{1,2}[日号]?"
    r"|\d{1,2}[日号](?![楼院路车线馆店厂]))"
)
_POINTED_DAY = r"(?:\d{4}[-/.])?(?:0?[1-9]|1[0-2])[./-](?:0?[1-9]|[12]\d|3[01])[日号]?(?!\d)"
_LUNAR_DAY = (
    r"(?:(?:正月|腊月|大?年)?初[一二三四五六七八九十]|(?:正月|腊月)(?:[十廿][一二三四五六七八九]|二十[一二三四五六七八九]?|[二三]?十)"
    r"|元宵节?)"
)
_DAY = re.compile(
    rf"(?<![\d.月/-])(?:{_NUMBERED_DAY}|{_POINTED_DAY}|{_LUNAR_DAY})(?:\s*[-~至到、或]\s*(?:\d{{1,2}}月)?\d{{1,2}}[日号])?"
    r"(?:及?(?:以|之)?[后前]|左右|前后|起)?"
)
_CHANGES = re.compile(r".*(?:改|推迟|推后|延|提前|换|顺延)", re.DOTALL)
_TRAVELS = re.compile(r"走|出发|动身|启程|改|推|延|提前|换|去|返|坐车|乘车|上车|可以|都行|[后前]$|左右$")
_OTHER_MATTER = re.compile(
    r"复工|开工|上班|报到|报道|到岗|到厂|入职|面试|体检|检查|复查|考试|生日|出生|回来|回家|办|报名|登记|填报|接种|出院|过期|有效"
)
_BETWEEN_SENTENCES = re.compile(r"[\s,;、。!()\[\]【】+]+")
_BOARDS_AT = re.compile(
    r"(?:从|在|到|去|至|由|于)(?P<place>[^,.;]{2,12}?)(?:上车|乘车|坐车|候车|集合)"
    r"|(?:上车|乘车)(?:地点?|点)(?:改|换|是|为|在|到|:)*(?P<changed>[^,.;]{2,12})"
)


class Remark(NamedTuple):
    """What a remark says: the person withdrew, goes by own means or may (``is_doubtful``), children and adults along.

    ``day`` and ``pickup`` are the words of a day of travel and of a place to board, "" if it says none.
    """

    withdrew: bool = False
    goes_alone: bool = False
    is_doubtful: bool = False
    num_children: int = 0
    with_adults: bool = False
    day: str = ""
    pickup: str = ""


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


WITH_ADULTS = Finding(
    "note_companions",
    Text(
        "备注说有大人同行，表里没有写是谁；只给本人和“随行儿童”留座",
        "by the remark adults come along, and no column says who; seats are kept for this person and the children "
        "along only",
    ),
    Text(
        "同行的大人每人填一行，并填“同行人”或“同行组号”（已填的，在这一行也填上）；不同行请改备注",
        "give each adult a row, and fill in 同行人 (companions) or 同行组号 (group number) here; else change the "
        "remark",
    ),
    "warning",
)


def other_day_finding(words: str) -> Finding:
    """Return the finding that a remark names another day of travel than the row."""
    return Finding(
        "note_other_day",
        Text(
            f"备注写的是另外的日期（{words}），仍按日期列安排",
            f"the remark names another day ({words}); the columns of dates count all the same",
        ),
        Text(
            "问清本人，改期的请改出发日期；否则请改备注", "ask the person, and correct the date or the remark"
        ),
        "warning",
    )


def other_pickup_finding(words: str) -> Finding:
    """Return the finding that a remark names another place to board than the row."""
    return Finding(
        "note_other_pickup",
        Text(
            f"备注写了上车的地方（{words}），没有采用",
            f"the remark names a place to board ({words}), which was not used",
        ),
        Text("请填“上车地点”列；否则请改备注", "write it under 上车地点 (pick-up), else change the remark"),
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
    with_adults = any(map(_says_adults, parts))
    boards = _BOARDS_AT.search(words)
    num_children = num_children_in(words)
    return Remark(
        is_doubtful=may_not,
        num_children=num_children,
        with_adults=with_adults,
        day=_day_of_travel(words),
        pickup=(boards["place"] or boards["changed"]) if boards else "",
    )


def _says_adults(part: str) -> bool:
    """Return whether some words say that adults come along."""
    if _ALONE.search(part):
        return False
    others = _OTHERS_COME.search(part) and not re.search(CHILD, part)
    return bool(_ADULTS_COME.search(part) or _SEVERAL_PEOPLE.fullmatch(part) or others)


def _day_of_travel(words: str) -> str:
    """Return the day in a remark that may be one of travel, as written; of several that to which it was changed."""
    for part in sorted(_BETWEEN_SENTENCES.split(words), key=lambda part: not _CHANGES.match(part)):
        change = _CHANGES.match(part)
        found = _DAY.search(part, change.end()) if change else None
        found = found or _DAY.search(part)
        if found is None or _OTHER_MATTER.search(part):
            continue
        is_a_day = not re.fullmatch(_POINTED_DAY, found[0]) or found[0].endswith(("日", "号"))
        if is_a_day or _TRAVELS.search(part) or found[0] == part:
            return found[0]
    return ""


def num_children_in(words: str) -> int:
    """Return how many children come along and may need a seat: without a number one, or one for each age."""
    parts = [part for part in _BETWEEN.split(words) if part]
    comes = _CHILD_COMES.search(words) or any(map(_CHILD_ALONE.fullmatch, parts))
    if not comes or NO_SEAT.search(words):
        return 0
    found = next((match for form in _NUM_CHILDREN if (match := form.search(words))), None)
    if found is None:
        return max(1, len(_AGE.findall(words)))
    return _NUMERALS.get(found["number"]) or int(found["number"])
