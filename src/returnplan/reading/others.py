"""Whether a header speaks of the traveller or of somebody else, who may travel along or stays at home."""

import re

_ALONG = "同行|随行|陪同|同乘|携带"
_MEMBERS = "成员(?!信息|名单|情况)"
"""成员信息 over a list is the title of the travellers themselves."""
_RELATIVES = "家庭成员|家属|配偶|爱人|丈夫|妻子|父母|父亲|母亲|子女|孩子|小孩|儿童"
_AT_HOME = (
    "户主|紧急|监护|家长|联系人|干部|驻村|负责人|填报人|填写人(?!信息)|填表人|填报员|经办|经手|推荐人|介绍人|法人|司机|驾驶员"
    "|收款|开户|持卡|经纪人|网格员|领队|带队|帮扶|联络员|村医|书记|包村|采集人|摸排人"
)
"""Who answers for the traveller, helps or is paid, and does not travel; 填写人信息 of a form are the traveller's."""
_EMPLOYER = "企业|单位|公司|工厂"
_TRAVELLERS = re.compile("乘车人|乘客|旅客|(?:务工|返岗|外出|出行|乘车)人员")

_OF_OTHERS = re.compile("|".join((_ALONG, _MEMBERS, _RELATIVES, _AT_HOME, _EMPLOYER)))
_STAYS = r"(?:留守|在家|居家|[不未](?:同行|随行|陪同|外出|前往))"
_STAYS_AT_HOME = re.compile(rf"^(?=.*{_STAYS})|^(?!.*(?:{_MEMBERS}|子女|配偶|{_ALONG})).*(?:{_AT_HOME})")
_MAY_STAY = re.compile(rf"^(?!.*(?:{_ALONG})).*(?:{_RELATIVES})")
_REMARK = re.compile(rf"[(\[【](?!{_STAYS}+[)\]】])[^)\]】]*[)\]】]")
"""A remark in brackets asks for something (请如实填写) and names nobody, unless all it says is that somebody stays."""


def is_of_others(title: str) -> bool:
    """Return whether the title of a group of columns names somebody else than the traveller (紧急联系人, 同行人)."""
    return _OF_OTHERS.search(_REMARK.sub("", title)) is not None


def is_of_travellers(title: str) -> bool:
    """Return whether the title of a group of columns names the travellers (乘车人信息), and nobody else."""
    return _TRAVELLERS.search(_REMARK.sub("", title)) is not None and not is_of_others(title)


def stays_at_home(label: str) -> bool:
    """Return whether a header names somebody who does not travel: 户主身份证号, 紧急联系人（家属）身份证号, 留守配偶.

    Where it may be of somebody who travels along, too, it is not: 联系人及同行人身份证号.
    """
    return _STAYS_AT_HOME.search(_REMARK.sub("", label)) is not None


def may_stay_at_home(label: str) -> bool:
    """Return whether a header names relatives without saying that they travel along (配偶身份证号)."""
    return _MAY_STAY.search(_REMARK.sub("", label)) is not None
