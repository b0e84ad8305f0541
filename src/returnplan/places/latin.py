"""Names of divisions and stops in Latin letters: 东莞市 is Dongguan, 桥圩汽车站 is Qiaoxu bus station.

Pinyin for what is a name, English for what is a kind of place; nothing is looked up on a map.
"""

import re
from functools import lru_cache

from returnplan.model.division_names import short_name
from returnplan.places.names import pinyin, spelt_out

_KINDS = {
    "汽车客运站": "coach station", "客运汽车站": "coach station", "客运站": "coach station", "汽车站": "bus station",
    "火车站": "railway station", "高铁站": "high-speed station", "服务区": "service area",
    "政府门口": "government gate", "镇政府": "town government", "政府": "government", "门口": "gate",
    "东门": "east gate", "南门": "south gate",
    "西门": "west gate", "北门": "north gate", "广场": "square", "市场": "market", "码头": "wharf",
    "工业园": "industrial park", "工业区": "industrial area", "科技园": "science park", "开发区": "development zone",
    "村委会": "village committee", "居委会": "residents' committee", "中学": "middle school", "小学": "primary school",
    "学校": "school", "医院": "hospital", "有限公司": "Co.", "公司": "company", "厂": "factory", "路口": "crossing",
    "街道": "subdistrict", "社区": "community", "大道": "avenue", "镇": "town", "乡": "township", "村": "village",
    "园区": "park", "小区": "estate", "区": "district",
    "县": "county", "市": "city", "东站": "east station", "南站": "south station", "西站": "west station",
    "北站": "north station", "站": "station",
}  # fmt: skip
_KIND = re.compile("|".join(sorted(_KINDS, key=len, reverse=True)))
_MAY_BEGIN = frozenset("镇乡村县市厂")
"""Kinds with which a name may begin, such as 镇雄 and 乡宁."""
_CHINESE = re.compile("[\u3400-\u9fff]+")


@lru_cache(maxsize=8192)
def latin_division(name: str) -> str:
    """Return a county or city without its kind: 东莞市 is Dongguan; a text that is none is spelt out."""
    return pinyin(short_name(name)).capitalize() if _CHINESE.search(name) else name


@lru_cache(maxsize=8192)
def latin_place(name: str) -> str:
    """Return a stop in words; what is not Chinese stays as it is."""
    return re.sub(r"\s+", " ", _CHINESE.sub(lambda found: f" {_words(found[0])} ", name)).strip()


def _words(chinese: str) -> str:
    """Return Chinese characters as names, each before the kind of place that it is."""
    words, start = [], 0
    for kind in _KIND.finditer(chinese):
        is_first, rest = kind.start() == start, chinese[kind.end() :]
        if is_first and kind[0] in _MAY_BEGIN and rest and not _KIND.match(rest):
            continue  # a name begins with it
        if kind.start() > start:
            words.append(_spelt(chinese[start : kind.start()]))
        words.append(_KINDS[kind[0]])
        start = kind.end()
    if start < len(chinese):
        words.append(_spelt(chinese[start:]))
    return " ".join(words)


def _spelt(name: str) -> str:
    """Return a name in pinyin; 圩, a market in Guangxi, is read xu there."""
    return spelt_out(name.replace("圩", "墟")).capitalize()
