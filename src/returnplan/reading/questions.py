"""Reduce the question of a form to a header: remove its number, marks and polite words.

1、请填写您的手机号码是？（必填） becomes 手机号码. The result is only compared with known names, so an unknown phrase
stays unknown. Form services add columns of their own, which count
less than the questions; seen in exports of 问卷星, 腾讯文档, 腾讯问卷, 金数据, 飞书, 钉钉, 企业微信, Microsoft
and Google Forms, 接龙.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_MOST_LABELS = 10_000  # each is asked about once a kind of sheet
_MOST_LETTERS = 400
"""No question is longer; the patterns take the square of the time for a text of twice the length."""
_DIGITS = r"(?:\d{1,3}|[一二三四五六七八九十]{1,3}(?=\s*[、.,:)\]题]))"
_NUMBER = re.compile(
    rf"(?:[*★●※#\s]*(?:[(\[]\s*{_DIGITS}\s*[)\]]|(?:question|q|第|题目|题|问题)?\s*{_DIGITS}\s*[题问]?\s*)[、.,:;_)\]\-\s]*)+"
)
_MARK = r"(?:此题|本题|该题)?(?:必填|必答|非必填|选填|选答|可选|单选|多选|填空|下拉|自动获取|自动)[题项]?"
_MARKS = re.compile(rf"^(?:{_MARK})+|(?:{_MARK})+$")
_OWN_GROUP = re.compile(
    r"(?:请?(?:填写|完善))?(?:您的?|你的?|本人|个人|基本|身份|报名|登记|人员|务工|返岗|出行|乘车|联系)+(?:信息|情况|资料)\s*[-—–:_]+"
)
"""The title of a question with several blanks: 基本信息 in 基本信息—姓名; 同行人信息 is no such title."""

_ASKED_TO = re.compile(
    r"(?:请问|请|麻烦|如实|准确|正确|认真|完整|填写|(?<=请)输入|输入(?!地(?![址点区])|市)|选择|提供|填报|填入|填上|写明|注明|勾选|留下|填|写|选|一下"
    r"|18位|[您你]家(?=是)|您|你|本人|自己|个人|本次|今年|此次|这次|真实|有效|详细|具体|要|想|打算|准备|计划|预计|希望|愿意|需要|拟)+"
)
_WHETHER = (
    (re.compile(r"是不是|是否(?:是|为|属于|属|系)"), "是否"),
    (re.compile(r"^(?:是|属于|为)?(?!.*(?:是否|哪|多少))(.+)(?:吗|(?<!什)么)$"), r"是否\1"),
    (re.compile(r"要不要|需不需要|愿不愿意|想不想"), "是否"),
    (re.compile(r"是否(?:需要|愿意|要|想|需)"), "是否"),
)
_ONE_WORD = (
    (
        re.compile(
            r"(?:县上|县里|县政府|政府|统一|集中|组织|安排|提供)+(?=(?:的|免费|返岗|务工|返程)*(?:专车|包车|大巴|专列))"
        ),
        "",
    ),
    (re.compile(r"什么时[候间]|哪一天|何时|几月几[日号]|几号|啥时候"), "哪天"),
    (re.compile(r"哪一?[个座](?:城市|省市)|哪个市|什么城市|何市"), "哪城市"),
    (re.compile(r"哪儿|什么地方|哪个地方|何处|何地"), "哪里"),
    (re.compile(r"可以|能够|的"), ""),
)
_ENDING = re.compile(r"(?:[是为](?:什么|多少|哪里|哪城市|哪个|哪些|谁|哪天)?|多少|在哪里)?[吗呢么啊]?$")
_ENGLISH_PHRASE = re.compile(
    r"^(?:(?:please|kindly|enter|provide|select|choose|fill|in|write|input|what|is|s|are|your|the|my)\b\s*)+"
    r"|\s*\b(?:required|optional)$"
)


@lru_cache(_MOST_LABELS)
def normal(header: str) -> str:
    """Return a header for comparison: its letters and digits in half-width and lower case."""
    return "".join(filter(str.isalnum, unicodedata.normalize("NFKC", header).casefold()))


def bare(header: str) -> str:
    """Return the :func:`normal` form of a header without number, group title and marks (必填, 单选)."""
    words = _without_number(unicodedata.normalize("NFKC", _beginning(header)).casefold())
    if group := _OWN_GROUP.match(words):
        words = _without_number(words[group.end() :])
    return _MARKS.sub("", normal(words))


def _beginning(header: str) -> str:
    """Return the beginning of a header with single spaces: of 30,000 spaces in a cell a pattern would never end."""
    return " ".join(header.split())[:_MOST_LETTERS]


def _without_number(words: str) -> str:
    return words[number.end() :] if (number := _NUMBER.match(words)) else words


def asked(header: str) -> str:
    """Return what a header asks for, in the :func:`normal` form."""
    if header.isascii():
        words = _NUMBER.sub("", _beginning(header).casefold(), count=1)
        words = " ".join(re.findall(r"[a-z0-9]+", words))
        return normal(_ENGLISH_PHRASE.sub("", words))
    words = bare(header)
    for pattern, short in _ONE_WORD:
        words = pattern.sub(short, words)
    polite = _ASKED_TO.match(words)
    if polite and polite.end() < len(words):
        words = words[polite.end() :]
    for pattern, short in _WHETHER:
        words = pattern.sub(short, words)
    return _ENDING.sub("", words) or words


KNOWN = "_known"
"""The field of columns that are known and not needed."""

SECOND_CHOICE = "_submitted"
"""The field of columns with a time of submission that is used only if there is no better one."""

_START = frozenset(map(normal, ("start time", "开始时间")))
_FINISH = frozenset(map(normal, ("completion time", "完成时间")))
_ACCOUNT_NAMES = frozenset(map(normal, ("name", "名称", "姓名")))


def settled(fields: Sequence[str | None], labels: Sequence[str]) -> list[str | None]:
    """Return the fields of the columns of a line; the columns of a service have the lowest priority.

    Of several times of submission only the best one is kept.

    Parameters
    ----------
    fields : the field of each header on its own
    labels : the headers as written
    """
    fields = _without_account(fields, labels)
    has_better = "submitted" in fields or SECOND_CHOICE not in fields
    first = None if has_better else fields.index(SECOND_CHOICE)
    return [
        "submitted" if i == first else KNOWN if field == SECOND_CHOICE else field
        for i, field in enumerate(fields)
    ]


def _without_account(fields: Sequence[str | None], labels: Sequence[str]) -> list[str | None]:
    """Return the fields without the columns of Microsoft Forms about the account that filled in the form.

    These columns are ID, Start time, Completion time, Email, Name. The ID is the number of the answer. The Name
    is the name of the account, and is used only if no question asks for a name.
    """
    spelt = [normal(label) for label in labels]
    start = next((i for i, label in enumerate(spelt) if label in _START), None)
    if start is None or _FINISH.isdisjoint(spelt[start + 1 : start + 2]):
        return list(fields)
    own, asked = range(start + 4), fields[start + 4 :]
    return [
        KNOWN
        if i in own and (label == "id" or (label in _ACCOUNT_NAMES and "name" in asked))
        else "name"
        if i in own and label in _ACCOUNT_NAMES
        else fields[i]
        for i, label in enumerate(spelt)
    ]
