"""The sign-up sheet (报名), declared."""

import re
from dataclasses import replace

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, clean, remark, required, several, text
from returnplan.reading.dates import day, days
from returnplan.reading.ids import id_number
from returnplan.reading.layout import Layout, SheetField
from returnplan.reading.moments import moment
from returnplan.reading.persons import person_name, phone
from returnplan.reading.quantities import count
from returnplan.reading.words import sex, yes_no
from returnplan.sheets.tables import Cell

FLAGS = ("脱贫户", "监测对象", "农村低收入", "易地搬迁")
"""Classes that may have a yes/no column of their own; the field is called as the class."""

_OF_CLASS = ("脱贫人口", "脱贫劳动力", "建档立卡", "建档立卡户", "监测户", "低收入", "易地搬迁户")
_OF_NO_CLASS = ("一般", "一般户", "一般农户", "普通", "普通户", "其他", "非脱贫户", "不属于")
_STANDING = (
    *("正常", "有效", "已报名", "确认", "已确认", "未取消", "报名", "active", "ok", "confirmed"),
    *(
        "已提交",
        "提交",
        "提交成功",
        "完成",
        "已完成",
        "已填写",
        "已登记",
        "已接龙",
        "有效答卷",
        "通过",
        "审核通过",
    ),
    *("已审核", "待审核", "未审核", "submitted", "completed", "complete", "valid", "approved"),
)
_MAY_BE_CANCELLED = re.compile(r"取消|退|撤|不去|不走|作废|无效|删|cancel|withdr|invalid|[?]", re.IGNORECASE)
_CANCELLED = (
    *("取消", "已取消", "退出", "不去", "不去了", "取消报名", "放弃", "作废", "无效", "撤回", "已撤回"),
    *("不走", "不走了", "不来了", "不坐了", "已退出", "退出接龙", "取消接龙", "cancelled", "canceled"),
)
_RIDES = ("乘坐", "坐", "坐车", "乘车", "参加", "报名", "已报名", "需要乘坐")
_OWN_TRANSPORT = (
    *("不乘坐", "不坐", "自行前往", "自行", "自行返岗", "自驾", "自驾车", "自己去", "自行购票"),
    *("坐火车", "坐高铁", "不参加", "不需要乘坐", "own"),
)


def signup_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    name = required(person_name, "missing_name", "姓名", "the name")
    number = required(id_number, "missing_id_number", "身份证号码", "the ID number")
    city = required(text, "missing_city", "务工城市", "the destination city")
    return Layout(
        "signups",
        (
            SheetField("name", name, required=True, fills_down=False),
            SheetField("id_number", number, required=True, fills_down=False),
            SheetField("phone", phone, fills_down=False),
            SheetField("sex", sex, fills_down=False),
            SheetField("age", _age, fills_down=False),
            SheetField("prefecture", text),
            SheetField("county", text),
            SheetField("address", text),
            SheetField("township", text),
            SheetField("pickup", text),
            SheetField("city", city, required=True),
            SheetField("acceptable_cities", several),
            SheetField("town", text),
            SheetField("employer", text),
            SheetField("dropoff", text),
            SheetField("post", text),
            SheetField("earliest", day(year, "first")),
            SheetField("latest", day(year, "last")),
            SheetField("named_date", days(year)),
            SheetField("categories", several),
            *(SheetField(flag, _is_of_class(flag)) for flag in FLAGS),
            SheetField("party", text),
            SheetField("companions", several),
            SheetField("num_children", _num_children, fills_down=False),
            SheetField("rides", yes_no("是否乘坐", "rides", blank=True, yes=_RIDES, no=_OWN_TRANSPORT)),
            SheetField("health", text),
            SheetField("cancelled", _is_cancelled, fills_down=False),
            SheetField("note", remark),
            SheetField("submitted", moment, fills_down=False),
        ),
    )


def _is_of_class(flag: str) -> Parser:
    return yes_no(flag, flag, yes=(flag, *_OF_CLASS), no=_OF_NO_CLASS, severity="warning")


_says_cancelled = yes_no("取消", "cancelled", yes=_CANCELLED, no=_STANDING)
_OTHER_STATE = Finding(
    "status_unknown",
    Text("不认识的状态，按未取消处理", "an unknown status; taken as not cancelled"),
    Text("如已取消，请填“取消”", "write 取消 if the person cancelled"),
    "warning",
    False,
)


def says_cancelled(words: str) -> bool:
    """Return whether words in an entry or beside a name say that the person withdrew."""
    return words in _CANCELLED


def _is_cancelled(cell: Cell) -> bool:
    """Return whether a person withdrew; the status of a form service (已提交) is no withdrawal."""
    try:
        return bool(_says_cancelled(cell))
    except CellError:
        if _MAY_BE_CANCELLED.search(clean(cell)):
            raise
        raise CellError(_OTHER_STATE) from None


def _age(cell: Cell) -> int | None:
    """Return an age; anything else causes only a warning, because the ID number gives the age."""
    try:
        age: int | None = count("年龄", "the age")(cell)
    except CellError as error:
        raise CellError(replace(error.finding, severity="warning")) from None
    return age


def _num_children(cell: Cell) -> int:
    return count("随行儿童", "the children along")(cell) or 0
