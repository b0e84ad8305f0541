"""Dates, hours, batches, states and codes as people say them."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta, timezone

from returnplan.model.advice import Advice
from returnplan.model.division_names import short_name
from returnplan.model.personal_numbers import MOBILE
from returnplan.model.plan import Batch, BatchState, Rest, RestKind
from returnplan.model.texts import Lang, Text

STATES: dict[BatchState, Text] = {
    "draft": Text("草案", "draft"),
    "published": Text("已通知", "published"),
    "departed": Text("已发车", "departed"),
}
STATUSES = {
    "assigned": Text("已安排", "assigned"),
    "boarded": Text("已上车", "boarded"),
    "absent": Text("未到", "absent"),
    "arrived": Text("已到岗", "arrived"),
    "other_factory": Text("去了别处", "went elsewhere"),
}
"""What became of a rider."""
HOW_SURE: dict[BatchState, Text] = {
    "draft": Text("暂定", "may change"),
    "published": Text("已定", "fixed"),
    "departed": Text("已发车", "on its way"),
}
"""What the other end hears of a batch by its state."""
_CODES = {
    "faulty_row": "信息有误",
    "cancelled": "已取消",
    "own_transport": "自行前往",
    "travelled": "已出发",
    "health": "健康码",
    "too_young": "未到年龄",
    "too_old": "超过年龄",
    "window_past": "日期已过",
    "absent": "未到，日期已过",
    "party_split": "同行不齐",
    "no_vacancy": "没有岗位",
    "no_vehicle": "没有车辆",
    "seat_lost": "失去座位",
    "below_min_load": "不够起运",
    "driving_hours": "行车超时",
    "no_route": "线路不通",
    "free_seat": "还有空座",
    "train_not_run": "列车未开",
    "too_costly": "费用过高",
    "day_cap": "当日已满",
    "budget": "预算不足",
}
_PHONE = re.compile(MOBILE)
_BEIJING = timezone(timedelta(hours=8))


def say_day(day: date, lang: Lang) -> str:
    """Return 2月23日, or 23 Feb."""
    return f"{day.month}月{day.day}日" if lang == "zh" else f"{day.day} {day:%b}"


def say_heads_a_day(heads: Mapping[date, int], lang: Lang) -> str:
    """Return 共12人：2月19日10人、2月20日2人."""
    num, by_day = sum(heads.values()), [(say_day(day, lang), own) for day, own in sorted(heads.items())]
    zh = "、".join(f"{day}{own}人" for day, own in by_day)
    en = ", ".join(f"{day}: {own}" for day, own in by_day)
    return Text(f"共{num}人：{zh}", f"{num} ({en})").say(lang)


def say_weekday(day: date, lang: Lang) -> str:
    """Return 2月23日(周二), or Tue 23 Feb."""
    if lang == "zh":
        return f"{say_day(day, lang)}(周{'一二三四五六日'[day.weekday()]})"
    return f"{day:%a} {say_day(day, lang)}"


def say_date(day: date, lang: Lang) -> str:
    """Return 2021年2月23日(周二), or Tue 23 Feb 2021: on what is signed and kept."""
    told = say_weekday(day, lang)
    return f"{day.year}年{told}" if lang == "zh" else f"{told} {day.year}"


def say_hour(moment: datetime, first_day: date, lang: Lang) -> str:
    """Return the hour, with the day where it is not ``first_day``: 次日05:30."""
    num_days = (moment.date() - first_day).days
    if num_days == 0:
        return f"{moment:%H:%M}"
    if lang == "zh":
        return f"{'次日' if num_days == 1 else f'第{num_days + 1}天'}{moment:%H:%M}"
    return f"{moment:%H:%M} (+{num_days})"


def in_beijing(moment: datetime) -> datetime:
    """Return a moment by the clock of Beijing, whatever clock it was written by; one without a clock stays."""
    return moment.astimezone(_BEIJING).replace(tzinfo=None) if moment.tzinfo else moment


def today_in_china() -> date:
    """Return the date in Asia/Shanghai, wherever the machine stands."""
    return in_beijing(datetime.now(UTC)).date()


_RESTS: dict[RestKind, Text] = {
    "rest": Text("途中停车休息 {minutes} 分钟(服务区)", "rest of {minutes} minutes on the way"),
    "standstill": Text(
        "途中停驶 {minutes} 分钟(凌晨长途客车停驶)",
        "stands still for {minutes} minutes (no long-distance coach drives then)",
    ),
    "night_stop": Text("途中过夜 {minutes} 分钟", "stops for the night, {minutes} minutes"),
}


def say_yuan(yuan: float) -> str:
    """Return a sum to the cent, without cents where there are none."""
    return f"{yuan:,.2f}".removesuffix(".00")


def say_rest(rest: Rest, lang: Lang) -> str:
    """Return what a coach does that stands on the road, and for how long."""
    return _RESTS[rest.kind].filled(lang, minutes=rest.minutes)


def say_batch(batch: Batch, lang: Lang) -> str:
    """Return 第2批(2月23日)3号车; of a train 第2批(2月23日)3号 D4508次列车."""
    day = say_day(batch.date, lang)
    if batch.mode == "train":
        return Text(
            f"第{batch.wave}批({day}){batch.number}号 {batch.service}次列车",
            f"Wave {batch.wave} ({day}), no. {batch.number}, train {batch.service}",
        ).say(lang)
    return Text(
        f"第{batch.wave}批({day}){batch.number}号车", f"Wave {batch.wave} ({day}), coach {batch.number}"
    ).say(lang)


_LICENCE = r"[0-9A-Za-z]{6,20}"
_WITH_LICENCE = re.compile(rf"(.*?)\s*证号?[:：]?\s*({_LICENCE})")


def is_licence(text: str) -> bool:
    """Return whether a text looks like the number of a driver's licence (从业资格证号)."""
    return re.fullmatch(_LICENCE, text) is not None


def driver_and_licence(driver: str) -> tuple[str, str]:
    """Return name and phone of a driver, and the number of the licence: 李师傅 13900000001 证450802199001011234."""
    found = _WITH_LICENCE.fullmatch(driver)
    return (found[1], found[2]) if found else (driver, "")


def driver_key(driver: str) -> str:
    """Return what a driver is known by: the phone, else the name."""
    phone = _PHONE.search(re.sub(r"[\s-]", "", driver))
    return phone[0] if phone else driver


def say_station(name: str, lang: Lang) -> str:
    """Return a railway station by its whole name: 柳州 -> 柳州站."""
    if name.endswith("站"):
        return name
    return Text(f"{name}站", f"{name} station").say(lang)


def say_version(batch: Batch, lang: Lang) -> str:
    """Return 第1版."""
    return Text(f"第{batch.version}版", f"version {batch.version}").say(lang)


def say_code(code: str, lang: Lang) -> str:
    """Return why somebody is on no batch, in a word: 不够起运, below min load."""
    return _CODES.get(code, code) if lang == "zh" else code.replace("_", " ")


def say_division(name: str, lang: Lang) -> str:
    """Return a county or city as the language calls it: 东莞, Dongguan."""
    if lang == "zh":
        return short_name(name)
    from returnplan.places.latin import latin_division  # places load numpy, and a Chinese manifest needs none

    return latin_division(name)


def say_whole_division(name: str, lang: Lang) -> str:
    """Return a county or city by its full name in Chinese: 东莞市, Dongguan."""
    return name if lang == "zh" else say_division(name, lang)


def say_place(name: str, lang: Lang) -> str:
    """Return a stop as written, or in Latin letters: 桥圩汽车站, Qiaoxu bus station."""
    if lang == "zh":
        return name
    from returnplan.places.latin import latin_place

    return latin_place(name)


_SEXES = {"男": "M", "女": "F"}
_POSTS = {
    "普工": "general worker",
    "操作工": "operator",
    "车工": "sewing machinist",
    "针车工": "shoe stitcher",
    "缝纫工": "sewing machinist",
    "包装工": "packer",
    "焊工": "welder",
    "电工": "electrician",
    "钳工": "fitter",
    "注塑工": "moulding operator",
    "组装工": "assembler",
    "装配工": "assembler",
    "冲压工": "press operator",
    "冲床工": "press operator",
    "包装": "packer",
    "缝纫": "sewing machinist",
    "裁剪工": "cutter",
    "打磨工": "grinder",
    "喷涂工": "sprayer",
    "木工": "carpenter",
    "油漆工": "painter",
    "装卸工": "loader",
    "叉车工": "forklift driver",
    "保洁员": "cleaner",
    "质检员": "inspector",
    "质检": "inspector",
    "仓管员": "storekeeper",
    "搬运工": "loader",
    "保洁": "cleaner",
    "保安": "guard",
    "厨师": "cook",
    "服务员": "waiter",
    "司机": "driver",
}
"""The usual ones; a rarer post stays as the employer wrote it."""


def say_sex(sex: str, lang: Lang) -> str:
    """Return 男 or M, 女 or F."""
    return sex if lang == "zh" else _SEXES.get(sex, sex)


def say_post(post: str, lang: Lang) -> str:
    """Return a post as written, or its English name where it is a usual one."""
    return post if lang == "zh" else _POSTS.get(post, post)


_VEHICLE = re.compile(
    r"(?:(\d+)座)?(大巴|大客|大客车|大型客车|客车|中巴|中客|中型客车|小巴|商务车|(?<=座))(?:车)?"
)
_PRODUCTS = {"专列": "charter train", "包车厢": "chartered carriages", "团体票": "group tickets"}
_SIZES = {"中": "midibus", "小": "minibus", "商": "van"}


def say_vehicle(vehicle: str, lang: Lang) -> str:
    """Return a vehicle type as the office calls it, or in English where the name says seats and size: 45-seat coach."""
    found = None if lang == "zh" else _VEHICLE.fullmatch(vehicle)
    if not found:
        return vehicle if lang == "zh" else _PRODUCTS.get(vehicle, vehicle)
    seats, kind = found.groups()
    size = _SIZES.get(kind[:1], "coach")
    return f"{seats}-seat {size}" if seats else size


def vehicles_by_seats(batches: Iterable[Batch], lang: Lang) -> dict[str, int]:
    """Return how many vehicles of each type there are; a type of several sizes is said with its seats."""
    counts = Counter((batch.vehicle, batch.seats) for batch in batches)
    sizes = Counter(vehicle for vehicle, _ in counts)
    named = {}
    for (vehicle, seats), num in sorted(counts.items()):
        size = Text(f"({seats}座)", f" ({seats} seats)").say(lang) if sizes[vehicle] > 1 else ""
        named[f"{say_vehicle(vehicle, lang)}{size}"] = num
    return named


MOST_BATCHES = 8
"""Batches that one sentence names."""


def say_batches(ids: Sequence[str]) -> Text:
    """Return the ids of batches, the first ones of many: 0223-001、0223-002 等 12 趟."""
    few, more = ids[:MOST_BATCHES], len(ids) - MOST_BATCHES
    return Text(
        "、".join(few) + f" 等 {len(ids)} 趟" * (more > 0), ", ".join(few) + f" and {more} more" * (more > 0)
    )


def say_advice(advice: Advice) -> Text:
    """Return what to do of a draft tonight, why, and until when at the latest."""
    if advice.reason == "full":
        return Text(
            "可以锁定并通知：已坐满，不用再等", "publish: it is full, so there is nothing to wait for"
        )
    if advice.send:
        words = Text(
            "今晚锁定并通知：今晚是来得及通知的最后一晚，不锁定的下次排车就没有了",
            "publish tonight, the last evening on which its riders can be told in time; what is not published is gone "
            "from the next plan",
        )
        return Text(words.zh + _no_shows(advice).zh, words.en + _no_shows(advice).en)
    by = say_day(advice.by, "zh"), say_day(advice.by, "en")
    if advice.reason == "waiting_saves":
        return Text(
            f"先不锁定，等明天的报名：其中 {advice.num_waiting} 人可以早走，但推演 {advice.num_futures} 种后续报名，"
            f"至少 {advice.num_cheaper} 种等更省，平均省 {advice.saving_yuan:,.0f} 元；最迟 {by[0]}晚上通知",
            f"hold for tomorrow's sign-ups: {advice.num_waiting} of its riders could leave earlier, but waiting is "
            f"cheaper in at least {advice.num_cheaper} of {advice.num_futures} futures drawn, by "
            f"{advice.saving_yuan:,.0f} yuan on average; publish it on the evening of {by[1]} at the latest",
        )
    return Text(
        f"先不锁定：后面的报名还可以拼进来；最迟 {by[0]}晚上通知",
        f"hold: later sign-ups can still join it; publish it on the evening of {by[1]} at the latest",
    )


def _no_shows(advice: Advice) -> Text:
    if advice.no_shows < 1:
        return Text("", "")
    who = ", ".join(map(str, advice.standby))
    ready = (
        Text(
            f"，可请候补人员待命(不保证有座)，编号 {who}",
            f"; standby riders without a promise of a seat: {who}",
        )
        if advice.standby
        else Text("", "")
    )
    return Text(
        f"；按以往未到的比例约有 {advice.no_shows:.0f} 人不来{ready.zh}",
        f"; some {advice.no_shows:.0f} may not come, as before{ready.en}",
    )
