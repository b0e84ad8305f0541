"""The class (人员类别) of each person, and its rank."""

import pandas as pd

from returnplan.enrolment.columns import Distinct, by_distinct
from returnplan.enrolment.findings import Findings
from returnplan.model.texts import Text
from returnplan.places import tidy

SYNONYMS = {
    "监测对象": ("监测", "边缘", "易致贫", "突发严重困难", "脱贫不稳定"),
    "脱贫户": ("脱贫", "建档立卡", "贫困户"),
    "易地搬迁": ("搬迁",),
    "农村低收入": ("低收入", "低保"),
    "其他": ("其他", "其它", "一般", "普通", "非脱贫"),
}
"""Words that name a class; 脱贫不稳定户 is a monitored household, so 监测对象 is tried first."""


def find_classes(
    people: pd.DataFrame, order: tuple[str, ...], findings: Findings
) -> Distinct[tuple[int, str]]:
    """Return rank and class of each line; of several classes, the one served first counts."""
    unknown: set[tuple[str, ...]] = set()
    last = order.index("其他") if "其他" in order else len(order)

    def resolve(words: tuple[str, ...]) -> tuple[int, str]:
        ranked = [(_rank(word, order), word) for word in words if word]
        known = [(rank, word) for rank, word in ranked if rank is not None]
        if len(known) < len(ranked):
            unknown.add(words)
        return min(known, default=(last, words[0] if words else ""), key=lambda pair: pair[0])

    classes = by_distinct(people, ["categories"], resolve)
    for first, count in zip(classes.first, classes.count, strict=True):
        words = people["categories"].iloc[first]
        if words in unknown:
            value = "、".join(words)
            findings.add(
                people["ref"].iloc[first],
                "categories",
                value,
                "unknown_class",
                Text(
                    f"不认识的人员类别“{value}”（{count} 人），排在最后",
                    f'unknown class "{value}" ({count} people), served last',
                ),
                Text(
                    "改成规定的类别，或写入 [priority] order",
                    "use one of the classes, or add it to [priority] order",
                ),
                "warning",
            )
    return classes


def class_name(word: str) -> str:
    """Return the one name of the class that a word of the lists names (脱贫人口: 脱贫户), else the word itself."""
    plain = tidy(word)
    if plain.startswith("非"):
        return "其他"
    return next((name for name, words in SYNONYMS.items() if any(known in plain for known in words)), word)


def _rank(word: str, order: tuple[str, ...]) -> int | None:
    """Return the rank of the class that a word names, None if it names no class."""
    plain = tidy(word)
    for i, name in enumerate(order):
        if plain == tidy(name):
            return i
    name = class_name(word)
    if name not in SYNONYMS:
        return None
    return order.index(name) if name in order else len(order)
