"""What came of a call to a wrong number: nobody was told, or the person was, some other way (空号，已微信通知)."""

import re
from typing import Literal

_END = r"(?:了|啊)?(?=[,;、。.!()\s]|$)"
_NUMBER = r"(?:号码?|电话|手机号?)"
_WRONG_NUMBER = re.compile(
    rf"(?<!不是)(?<!非)[空错]号|{_NUMBER}(?:填|写|登记|报|给)?(?:错(?!过)|不对|有误|不存在)|(?<!没)(?<!没有)(?<!不是)打错"
    r"|(?:是|归)别人(?![接送带转代])"
    rf"|(?<![用借坐搭跟])别人的{_NUMBER}?{_END}"
    rf"|(?:不是|非)本人(?![接听去来坐乘])|不是[他她](?:的?{_NUMBER})?{_END}"
    rf"|不认识(?:[他她]|本人|这个?人|此人|{_END})|(?:不是|查无|没有?)(?:这个?人|此人)"
)
"""不是空号, 用别人的手机 and 不是本人接 say something else."""
_OTHER_NUMBER = re.compile(r"原(?!因)|旧|老号|新号|换号|换了|另|更正|改")
"""Words of another number that was tried as well: 原号空号，已通知."""
_TOLD = re.compile(r"已[^,]*(?:通知|告知|转告|转达)|(?:通知|告知|转告|转达)[到上过了]|联系[到上]|通知本人")
_NOT_TOLD = re.compile(
    r"[让请叫托等待需将]|安排|要求|准备|打算|[未没无不]\w{0,4}(?:通知|告知|转告|联系)|(?:通知|告知|转告|联系)[不未没]"
    r"|没人|无人|没接|未接|不接|(?:通知|告知|转告|转达)[到给过]?了?(?:村|乡|镇|社区|干部|支书|网格)"
)
"""Who was only asked to tell the person, or was not reached either: 已请村干部通知, 没通知到, 通知过没接."""
_TOLD_IN_PERSON = re.compile(r"通知(?:到了?|了)?本人|本人已?(?:知道|知晓|知悉)")
_BETWEEN = re.compile(r"[,;、。.!()\s]+")


def after_wrong_number(words: str) -> Literal["told", "unreached"] | None:
    """Return what a result says that speaks of a wrong number; None if it speaks of none, or of another one as well."""
    wrong = list(_WRONG_NUMBER.finditer(words))
    if not wrong:
        return None
    behind = _BETWEEN.split(words[wrong[-1].end() :])
    if any(_says(_TOLD, part) for part in behind):
        return "told"
    if any(_says(_TOLD_IN_PERSON, part) for part in _BETWEEN.split(words)):
        return "told"
    return None if _OTHER_NUMBER.search(words) else "unreached"


def _says(told: re.Pattern[str], part: str) -> bool:
    return told.search(part) is not None and _NOT_TOLD.search(part) is None
