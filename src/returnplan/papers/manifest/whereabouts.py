"""What employers write beside who is not ticked on their receipt: where somebody went, or that they are not there."""

import re

from returnplan.reading.cells import clean

_AWAY = re.compile(
    r"(?<![不没未想])去(?!向|世|不了)|[转换跳]|改[去投到]|别[处家的]|其[他它]|另[一外找]|went|works|moved to|other"
)
"""Beside a word for not there these still say that somebody works elsewhere: 没来，去了昆山."""

_NOT_THERE = re.compile(
    r"[未没缺]|不[来到去在想了能]|报[到道]|到岗|离[职岗开]|辞|自离|请假|病|住院|回[家乡老]|返[家乡]|失联|"
    r"联系不|打不通|停机|空号|改[天期]|晚[到点]|迟到|推迟|过[几些两]天|[明后]天|取消|"
    r"absent|missing|cancel|postpone|no.?show|not? |n't|left|resign|quit|late|arrived",
    re.IGNORECASE,
)


def says_why(words: str) -> bool:
    """Return whether words surely say where else somebody went (换到仁宝电子), or that they are not there (已离职)."""
    return bool(_AWAY.search(clean(words)) or _NOT_THERE.search(clean(words)))


def says_elsewhere(remark: str, printed: str) -> bool:
    """Return whether a remark says that somebody went elsewhere (去了长安电子厂, or a name alone).

    未到, 没上车, 打电话说不来了, 未报到 and 已离职 do not: who was on board is the escort's word.

    Parameters
    ----------
    printed : the remark that the receipt was printed with, which says nothing
    """
    words = clean(remark).replace(clean(printed), "").strip(" ,，;；。、")
    return bool(words) and (bool(_AWAY.search(words)) or not _NOT_THERE.search(words))
