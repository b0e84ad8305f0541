"""Names of employers as they are compared: one firm is written with and without its legal form."""

import re
from functools import lru_cache

from returnplan.places import Gazetteer, tidy

_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|集团公司|公司|股份|集团|工厂|厂)+$")

_TRADE = re.compile(
    r"(?:电子|电器|电气|科技|技术|五金|制品|塑胶|塑料|塑|精密|制衣|服装|服饰|针织|纺织|毛织|鞋业|鞋|皮具|皮革|家具|家电|玩具|印刷|包装|"
    r"纸品|实业|工业|制造|模具|机械|设备|光电|通讯|通信|材料|食品|工艺品?|礼品|箱包|金属|机电|电讯|电机|数码|汽车|配件|零件|灯饰|照明|化工|建材|物流)+"
)
_LEAST_NAME = 2
"""Letters of a name of its own: 新达 of 新达电子. 五金制品 is what many make."""


@lru_cache(maxsize=65536)
def employer_key(name: str) -> str:
    """Return an employer's name as it is compared: 东莞恒达电子厂 and 东莞恒达电子有限公司 are the same."""
    plain = tidy(name)
    return _LEGAL_FORM.sub("", plain) or plain


@lru_cache(maxsize=65536)
def own_name(key: str, city: str) -> str:
    """Return an employer's key without the city and its parts in front: 东莞长安新达电子 is 新达电子 in 东莞市."""
    gazetteer = Gazetteer.load()
    whole = gazetteer.read(city).only
    reading = gazetteer.read(key, whole) if whole is not None else None
    return reading.tail if reading is not None and len(reading.tail) >= _LEAST_NAME else key


def has_a_name(own: str) -> bool:
    """Return whether more than a trade is left of an employer's name."""
    return len(without_trade(own)) >= _LEAST_NAME


def without_trade(own: str) -> str:
    """Return an own name without the words of a trade: 新达 of 新达电子."""
    return _TRADE.sub("", own)


def is_one_employer(one: str, other: str, city: str) -> bool:
    """Return whether two names are of one employer in a city: 领益 is 东莞领益精密制造, 华强电子 not 华强五金."""
    first, second = (employer_key(name) for name in (one, other))
    if first == second:
        return True
    first, second = (own_name(key, city) for key in (first, second))
    is_short = without_trade(first) == second or without_trade(second) == first
    return first == second or (is_short and has_a_name(first) and has_a_name(second))
