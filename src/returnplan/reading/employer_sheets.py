"""What employers send, declared: their demand (用工需求), and their named lists (返岗名单)."""

from dataclasses import replace
from datetime import date

from returnplan.model.texts import Text
from returnplan.reading.cells import CellError, Finding, Parser, required, text
from returnplan.reading.dates import days
from returnplan.reading.ids import id_number
from returnplan.reading.layout import (
    CITIES,
    POSTS,
    SEXES,
    Asked,
    Layout,
    SheetField,
    asked_day,
    number,
    one_of,
)
from returnplan.reading.persons import phone
from returnplan.reading.quantities import age_limits, count, headcount, wage
from returnplan.reading.words import sex, shuttle
from returnplan.sheets.tables import Cell

_BY_THE_DAY = Finding(
    "date_about",
    Text("这一天不确切，按所写的日期安排", "this day is not exact; the day written here counts"),
    Text("请写企业开始接收人员的日期", "write the day from which people are taken in"),
    "warning",
)


def firm_day(year: int | None) -> Parser:
    """Return a parser of an employer's day: 2月22日前 is that day, words without one are empty, both with a warning."""
    parse_days = days(year)

    def parse(cell: Cell) -> date | None:
        try:
            span = parse_days(cell)
        except CellError as error:
            about = error.finding.value or (None, None)
            raise CellError(replace(error.finding, severity="warning", value=about[0] or about[1])) from None
        first, last = span or (None, None)
        if first != last:
            raise CellError(replace(_BY_THE_DAY, value=first or last))
        return first

    return parse


def demand_sheet(year: int | None) -> Layout:
    """Return the layout; ``year`` completes dates without one."""
    employer = required(text, "missing_employer", "企业名称", "the employer")
    return Layout(
        "demand",
        (
            SheetField(
                "employer",
                employer,
                required=True,
                asked=Asked(
                    Text("企业名称", "Employer"), 28, Text("全称", "full name"), "华强电子科技有限公司"
                ),
            ),
            SheetField(
                "city",
                text,
                asked=replace(one_of(Text("所在市", "City"), 12, CITIES, is_strict=False), is_needed=True),
            ),
            SheetField(
                "town", text, asked=Asked(Text("镇街", "Town"), 12, Text("所在镇街", "its town"), "长安镇")
            ),
            SheetField(
                "place",
                text,
                asked=Asked(
                    Text("下车地点", "Drop-off"),
                    26,
                    Text("车开到哪里", "where the coach stops"),
                    "乌沙社区工业园东门",
                ),
            ),
            SheetField("post", text, asked=one_of(Text("岗位", "Post"), 14, POSTS, is_strict=False)),
            SheetField(
                "headcount",
                headcount,
                fills_down=False,
                asked=number(
                    Text("需求人数", "Headcount"),
                    10,
                    Text("新招人数，老员工返岗不算", "new hires only"),
                    "30",
                ),
            ),
            SheetField("shuttle", shuttle),
            SheetField(
                "resume",
                firm_day(year),
                asked=asked_day(
                    Text("复工日期", "Resume date"), Text("企业开工的日子", "when production resumes")
                ),
            ),
            SheetField(
                "reception_from",
                firm_day(year),
                asked=asked_day(
                    Text("最早报到", "Earliest reception"),
                    Text("这一天起接收人员", "takes people in from then on"),
                ),
            ),
            SheetField(
                "wage_yuan",
                wage,
                asked=number(Text("月薪", "Monthly wage"), 10, Text("元", "yuan"), "5500"),
            ),
            SheetField("sex", sex, asked=one_of(Text("性别", "Sex"), 8, SEXES)),
            SheetField("ages", age_limits),
            SheetField(
                "min_age",
                count("最小年龄", "the lowest age"),
                asked=number(Text("最小年龄", "Min age"), 9, Text("周岁", "full years"), "18"),
            ),
            SheetField(
                "max_age",
                count("最大年龄", "the highest age"),
                asked=number(Text("最大年龄", "Max age"), 9, Text("周岁", "full years"), "50"),
            ),
            SheetField(
                "contact",
                text,
                asked=Asked(
                    Text("联系人", "Contact"), 10, Text("到站接人的人", "who meets the coach"), "李先生"
                ),
            ),
            SheetField(
                "phone",
                text,
                asked=Asked(
                    Text("联系电话", "Phone"), 15, Text("接人的电话", "to call on arrival"), "13900000000"
                ),
            ),
            SheetField("contact_and_phone", text),
        ),
        any_of=(
            ("city", "place", "town"),
            ("post", "headcount", "resume", "reception_from", "wage_yuan", "place", "contact"),
        ),
    )


def named_sheet() -> Layout:
    """Return the layout of a named list (返岗名单).

    A list with more columns of a sign-up sheet is an incomplete sign-up sheet.
    """
    employer = required(text, "missing_employer", "企业名称", "the employer")
    name = required(text, "missing_name", "姓名", "the name")
    return Layout(
        "named",
        (
            SheetField("employer", employer, required=True),
            SheetField("name", name, required=True, fills_down=False),
            SheetField("id_number", lambda cell: id_number(cell) if text(cell) else "", fills_down=False),
            SheetField("phone", phone, fills_down=False),
            SheetField("sex", text, fills_down=False),
            SheetField("age", text, fills_down=False),
            SheetField("post", text),
            SheetField("note", text),
        ),
        any_of=(("id_number", "phone"),),
        rather="signups",
    )
