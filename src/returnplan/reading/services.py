"""What form services put beside the answers: columns of their own give way to the questions.

Seen in exports of 问卷星, 腾讯文档, 腾讯问卷, 金数据, 飞书, 钉钉, 企业微信, Microsoft and Google Forms, 接龙.
"""

from collections.abc import Sequence

from returnplan.reading.questions import normal

KNOWN = "_known"
"""The field of columns that sheets carry and nothing needs."""

SECOND_CHOICE = "_submitted"
"""The field of columns that tell when a form was submitted where no better one does."""

_START = frozenset(map(normal, ("start time", "开始时间")))
_FINISH = frozenset(map(normal, ("completion time", "完成时间")))
_ACCOUNT_NAMES = frozenset(map(normal, ("name", "名称", "姓名")))


def settled(fields: Sequence[str | None], labels: Sequence[str]) -> list[str | None]:
    """Return what the columns of a line mean once a service's own columns have given way.

    Parameters
    ----------
    fields : what each header means, looked at alone
    labels : the headers as written
    """
    return _submitted(_without_account(fields, labels))


def _submitted(fields: Sequence[str | None]) -> list[str | None]:
    """Return the fields with the best time of submission alone."""
    has_better = "submitted" in fields or SECOND_CHOICE not in fields
    first = None if has_better else fields.index(SECOND_CHOICE)
    return [
        "submitted" if i == first else KNOWN if field == SECOND_CHOICE else field
        for i, field in enumerate(fields)
    ]


def _without_account(fields: Sequence[str | None], labels: Sequence[str]) -> list[str | None]:
    """Return the fields without what Microsoft Forms writes about the account that filled in the form.

    Its columns are ID, Start time, Completion time, Email, Name. The ID counts answers. The Name is that of
    the account, and counts only where no question asks for a name.
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
