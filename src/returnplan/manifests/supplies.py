"""What is handed out on the way, counted."""

import math
from collections.abc import Mapping

from returnplan.texts import Lang

_ENGLISH = {
    "牛奶": "milk",
    "面包": "bread",
    "口罩": "masks",
    "矿泉水": "water",
    "消毒液": "sanitizer",
    "晕车药": "motion-sickness pills",
    "雨衣": "raincoats",
    "八宝粥": "congee",
    "方便面": "instant noodles",
}


def count_packs(packs: Mapping[str, float], heads: int, lang: Lang) -> dict[str, int]:
    """Return item -> pieces for ``heads`` people, rounded up; items under the name of the language."""
    return {say_item(item, lang): math.ceil(each * heads) for item, each in packs.items() if each}


def say_item(item: str, lang: Lang) -> str:
    """Return what the language calls an item; names that the office invented stay."""
    return _ENGLISH.get(item, item) if lang == "en" else item
