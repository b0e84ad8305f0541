"""The forms of a campaign: each asks for the fields that the reader of its sheet declares, and explains them."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.field import Field, blank, item_columns
from returnplan.papers.pages import Check, Choice, Length, Line, Page, Part, Since, Style, spread, style
from returnplan.reading.employer_sheets import demand_sheet
from returnplan.reading.fleet_sheet import fleet_sheet
from returnplan.reading.layout import Asked, Layout
from returnplan.reading.place_sheets import distance_sheet, pickup_sheet, place_sheet
from returnplan.reading.rail_sheet import rail_sheet
from returnplan.reading.sheet import INSTRUCTIONS
from returnplan.reading.signup_sheet import signup_sheet

_NUM_BLANK_ROWS = 300
_FIRST_DAY = date(2020, 1, 1)
_NUM_ID_CHARACTERS = 18
_LOOKS: dict[str, Style] = {"day": style.WRITTEN_DAY, "number": style.CENTER}


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet to fill in, as its reader declares it."""

    name: Text
    layout: Layout

    @property
    def fields(self) -> tuple[Field[None], ...]:
        """Its columns; the header of a needed one has a star."""
        return tuple(
            Field(
                asked.header.en,
                _starred(asked.header, is_needed),
                asked.width,
                _LOOKS.get(asked.takes, style.WRITTEN),
                blank,
                partial(_check, asked),
            )
            for asked, is_needed in self.asked
        )

    @property
    def asked(self) -> list[tuple[Asked, bool]]:
        """What is asked for, and whether it is needed."""
        return [
            (field.asked, field.required or field.asked.is_needed)
            for field in self.layout.fields
            if field.asked is not None
        ]


def _starred(header: Text, is_needed: bool) -> Text:
    star = "*" * is_needed
    return Text(header.zh + star, header.en + star)


def _check(asked: Asked, lang: Lang) -> Check | None:
    """Return what Excel takes in the cell; an ID number typed as text cannot be rounded."""
    if asked.words:
        return Choice(asked.words, asked.is_strict)
    if asked.takes == "day":
        return Since(_FIRST_DAY)
    return Length(_NUM_ID_CHARACTERS) if asked.takes == "id_number" else None


def form_page(form: Form, lang: Lang) -> Page:
    """Return the sheet to fill in: headers and blank rows."""
    columns = item_columns(form.fields, [None] * _NUM_BLANK_ROWS, lang)
    return Page(form.name.say(lang), columns, row_height_pt=18)


class _Line(NamedTuple):
    form: Form
    asked: Asked
    is_needed: bool


_EXPLAINED: tuple[Field[_Line], ...] = (
    Field("form", Text("所在表", "Sheet"), 14, value=lambda line, lang: line.form.name.say(lang)),
    Field(
        "column",
        Text("列名", "Column"),
        22,
        value=lambda line, lang: _starred(line.asked.header, line.is_needed).say(lang),
    ),
    Field(
        "hint",
        Text("怎么填", "How to fill it in"),
        62,
        style.PLAIN,
        lambda line, lang: _hint(line.asked, lang),
    ),
    Field("asked.example", Text("例子", "Example"), 24),
)


def instructions_page(forms: tuple[Form, ...], lang: Lang) -> Page:
    """Return the sheet that explains the forms of a workbook."""
    lines = [_Line(form, *asked) for form in forms for asked in form.asked]
    columns = item_columns(_EXPLAINED, lines, lang)
    rule = Text(
        "带 * 的列必须填写；不要改列名，可以加列、删空列。一人一行，不要合并单元格。"
        "身份证号码和电话已设为文本格式，请勿改成数字。",
        "Columns with * are needed. Keep their names; further columns do no harm. One person a row, no joined "
        "cells. ID numbers and phones are kept as text: do not turn them into numbers.",
    )
    widths = [column.width for column in columns]
    top = (
        spread([Part(INSTRUCTIONS.say(lang), style.TITLE)], widths, 30),
        spread([Part(rule.say(lang), style.PLAIN)], widths),
        Line((), 6),
    )
    return Page(INSTRUCTIONS.say(lang), columns, top, row_height_pt=18)


def _hint(asked: Asked, lang: Lang) -> str:
    if asked.hint != NO_TEXT or not asked.words:
        return asked.hint.say(lang)
    return Text("从下拉列表中选择", "choose from the list").say(lang)


_NO_YEAR = None  # a form has no dates to complete

WORKBOOKS: tuple[tuple[Text, tuple[Form, ...]], ...] = (
    (Text("报名表", "signups"), (Form(Text("报名", "Sign-ups"), signup_sheet(_NO_YEAR)),)),
    (Text("用工需求表", "demand"), (Form(Text("用工需求", "Demand"), demand_sheet(_NO_YEAR)),)),
    (
        Text("车辆表", "fleet"),
        (
            Form(Text("车辆", "Fleet"), fleet_sheet(_NO_YEAR)),
            Form(Text("铁路", "Rail"), rail_sheet(_NO_YEAR)),
        ),
    ),
    (
        Text("地点里程表", "places"),
        (
            Form(Text("上车点", "Pick-ups"), pickup_sheet()),
            Form(Text("地点", "Places"), place_sheet()),
            Form(Text("里程", "Distances"), distance_sheet(_NO_YEAR)),
        ),
    ),
)
"""File name -> its sheets."""
