"""A day of travel in the title of a list that has no column of days: it is asked for, as nobody's row says it."""

import re
from collections.abc import Sequence
from pathlib import PurePath

from returnplan.model.faults import Fault
from returnplan.model.texts import Text
from returnplan.reading.headers import Header
from returnplan.reading.layout import DAYS

_DAY = r"(?:\d{1,2}月\d{1,2}[日号]?|(?:农历)?(?:正月|腊月|年)[初十廿二三][一二三四五六七八九十]?)"
_TRAVELS = r"(?:走|出发|动身|启程|发车|乘车|上车|出行|返岗)"
_DAY_OF_TRAVEL = re.compile(
    rf"{_DAY}[^,，。;；]{{0,6}}{_TRAVELS}|{_TRAVELS}(?:日期|时间)?[^,，。;；]{{0,4}}{_DAY}"
)
_OTHER_DAY = re.compile(r"部署|会议|填报|填表|制表|截[至止]|统计|打印|报送|上报|更新|登记")


def day_in_title(file: str, sheet: str, above: Sequence[str], header: Header) -> tuple[Fault, ...]:
    """Return a warning where title, sheet or file names a day of travel and the list has no column of days."""
    if header.layout.kind != "signups" or not header.fields.isdisjoint(DAYS):
        return ()
    texts = (*above, sheet, PurePath(file).stem)
    told = (_DAY_OF_TRAVEL.search(text) for text in texts if not _OTHER_DAY.search(text))
    words = next((day[0] for day in told if day), None)
    if words is None:
        return ()
    return (
        Fault(
            file,
            sheet,
            "",
            words,
            "day_in_title",
            Text(
                "标题或文件名写着出发的日子，表里没有出发日期列，这个日子没有用上",
                "the title or file name says a day of travel, but the list has no column of days: it was not used",
            ),
            Text(
                "请加一列“出发日期”，每个人填上",
                "add a column 出发日期 (day of travel) and fill it in for everybody",
            ),
            "warning",
        ),
    )
