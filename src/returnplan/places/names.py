"""Spellings of place names: the pinyin, the ways in which people write them; no table of places."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from returnplan.model.division_names import PEOPLES

_TOWNSHIP = re.compile(rf"(.{{2,}}?)(?:{PEOPLES})*(?:民族)?(镇|乡|街道)(?:(?:人民)?政府|办事处|办)?")
_NOISE = re.compile(r"[\s·•・,，、.。;；:：()（）\[\]【】<>《》\"'“”‘’/\\_-]+")

_BETWEEN_PLACES = re.compile(
    r"[┋|｜∣+＋→⇒➔、/／,，;；&~～—–\n]|[-=—]+>|-(?=[^\x00-\x7f])|(?<![A-Za-z])(?:or|and)(?![A-Za-z])",
    re.IGNORECASE,
)
_BEFORE_ANOTHER = (
    r"(?:或者是|或者|或是|或|以及|还是|再到|再转|转|和|与|及|跟|(?<!不)[到去]|前往|不行就|优先|首选|为主|其次|次选|备选|"
    r"第[一二三123](?:志愿|选择)?)"
)
CONNECTOR = re.compile(f"^{_BEFORE_ANOTHER}+")
"""或, 和, 转 … at the start of words; only a table of names can tell whether it is part of a name."""
BETWEEN_GLUED = re.compile(f"{_BEFORE_ANOTHER}+")
"""After these words another place may follow: 厂里或者深圳 → 深圳."""
RANK = re.compile(r"(?:优先|首选|为主|其次|次选|备选|第[一二三123](?:志愿|选择)?)*")
"""Words that only rank a wish and name no place: 优先, 第二."""
_PART_OF_A_NAME = re.compile(
    r"[东西南北中一二三四五六七八九十]?(?:路|街(?!道)|大道|巷|广场|大厦|花园|厂|店|公司|集团|酒店|村)"
)
_OF_MANY_CITIES = re.compile(
    r"[东西南北]区|城[东西南北中关]|(?:国家级?)?(?:经济|技术|高新|产业)*(?:开发|高新|经开|工业|保税)[园区]|朝阳(?![市县])"
)
_ANY_WILL_DO = re.compile(r"(?:均可以?|都可以?|皆可|都行|均行|也可以?|也行|两地|两市)$")

TAILS = ("县", "市", "区", "镇", "乡", "街道", "新区", "城区", "市区", "县城")
"""What may follow the core of a name without changing its meaning (融水县, 横州县, 龙岗市)."""


def tidy(text: str) -> str:
    """Return a name as it is compared: half-width, lower case, without blanks and punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


def pieces(text: str) -> list[str]:
    """Return the tidy parts of a list of places: 东莞┋深圳, 东莞→深圳; words such as 均可 (any will do) are removed."""
    return [_ANY_WILL_DO.sub("", tidy(part)) for part in _BETWEEN_PLACES.split(text)]


def is_part_of_a_name(words: str) -> bool:
    """Return whether the words after a place name make it a road or a firm: 中山|路, 重庆|火锅店."""
    return _PART_OF_A_NAME.match(words) is not None


def is_of_many_cities(words: str) -> bool:
    """Return whether words begin with a name that many cities have: 开发区, 南区, 城东, 朝阳 (which one?)."""
    return _OF_MANY_CITIES.match(words) is not None


def township_parts(name: str) -> tuple[str, str]:
    """Return the name of a township without its kind, and the kind, "" where none is written.

    城关街道办事处 is 城关 and 街道, 瑶山瑶族乡 is 瑶山 and 乡.
    """
    found = _TOWNSHIP.fullmatch(name)
    return (found[1], found[2]) if found else (name, "")


@lru_cache(maxsize=8192)
def pinyin(name: str) -> str:
    """Return the toneless pinyin of a name in one word (东莞 → dongguan)."""
    return _pinyin_of_divisions().get(name) or spelt_out(name)


def spelt_out(name: str) -> str:
    """Return the same from pypinyin, which takes a quarter of a second to load."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(name, v_to_u=False)).lower()


@cache
def _pinyin_of_divisions() -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "pinyin.csv").read_text(encoding="utf-8")
    lines = (line.partition(",") for line in text.splitlines() if not line.startswith("#"))
    return {name: spelt for name, _, spelt in lines}
