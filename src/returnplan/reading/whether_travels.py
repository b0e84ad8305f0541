"""Columns that say who stays (是否返岗: 否) and who has left already (务工状态: 已返岗): they want no seat."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.cells import Finding
from returnplan.reading.words import yes_no

if TYPE_CHECKING:
    from returnplan.reading.parsed import ParsedSheet

travels = yes_no(
    "是否返岗",
    "travels",
    blank=None,
    yes=(
        *("返岗", "返厂", "外出", "外出务工", "返岗务工", "继续务工", "继续外出", "去", "回去", "出行"),
        *(
            "有意愿",
            "有返岗意愿",
            "有外出意愿",
            "计划返岗",
            "计划外出",
            "准备返岗",
            "准备外出",
            "拟返岗",
            "拟外出",
        ),
        *("愿意返岗", "愿意外出", "想去", "打算去"),
    ),
    no=(
        *("不返岗", "不返厂", "不外出", "不外出务工", "不出行", "不去", "不去了", "不回去", "不走", "不走了"),
        *("无意愿", "没有意愿", "没意愿", "无返岗意愿", "无外出意愿", "暂不返岗", "暂不外出", "暂不"),
        *("不愿意返岗", "不愿意外出", "不再返岗", "不再外出", "不打算去", "不想去"),
    ),
    severity="warning",
)
"""Return whether somebody travels at all; None where the cell does not say."""

has_left = yes_no(
    "是否已返岗",
    "has left",
    blank=None,
    yes=(
        *(
            "已返岗",
            "已经返岗",
            "已返厂",
            "已外出",
            "已经外出",
            "已到岗",
            "已上岗",
            "已出发",
            "已返回",
            "已走",
        ),
        *("已自行返岗", "已外出务工", "已返岗务工", "已返岗就业"),
    ),
    no=(
        *(
            "未返岗",
            "未返厂",
            "未外出",
            "未到岗",
            "未上岗",
            "未出发",
            "还未返岗",
            "尚未返岗",
            "尚未外出",
            "还没走",
        ),
        *("待返岗", "待外出", "拟返岗", "拟外出", "准备返岗", "准备外出", "计划返岗", "计划外出"),
        *("在家", "待业", "返乡", "已返乡", "未就业", "失业"),
    ),
    severity="warning",
)
"""Return whether somebody is gone; None where the cell does not say.

在外务工 may be said of who is home for the festival.
"""

_STAYS = Finding(
    "says_stays",
    Text(
        "表里说不外出，按取消处理，不安排座位",
        "the person does not travel by this column; no seat is planned",
    ),
    Text("如要乘车，请改这一格", "correct it if the person travels"),
    "warning",
)
_HAS_LEFT = Finding(
    "says_left",
    Text(
        "表里说已经返岗，按不乘坐专车处理，不安排座位",
        "the person has left by this column; no seat is planned",
    ),
    Text("如要乘车，请改这一格", "correct it if the person still has to travel"),
    "warning",
)
_UNCLEAR = Finding(
    "travel_unclear",
    Text(
        "这一格说不走，“是否乘坐返岗专车”却说乘坐，仍照常安排座位",
        "this column says no journey, and 是否乘坐返岗专车 (rides) a seat; a seat is planned all the same",
    ),
    Text("问清本人，改正其中一格", "ask the person, and correct one of the two"),
    "warning",
)


def who_stays(sheet: "ParsedSheet", columns: Mapping[str, Any]) -> Iterator[Fault]:
    """Enter who stays as cancelled, and who has left as on their own; yield each, and who rides by another column."""
    is_asked_to_ride = sheet.is_filled("rides") & np.asarray(columns["rides"], dtype=bool)
    for field, says_no, finding in (("travels", False, _STAYS), ("has_left", True, _HAS_LEFT)):
        told = sheet.columns[field].by_line()
        for line in np.flatnonzero(told == says_no).tolist():
            if columns["cancelled"][line] or not columns["rides"][line]:
                continue
            if is_asked_to_ride[line]:
                yield sheet.fault(line, field, _UNCLEAR)
                continue
            yield sheet.fault(line, field, finding)
            if field == "travels":
                columns["cancelled"][line] = True
            else:
                columns["rides"][line] = False
