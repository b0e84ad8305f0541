"""A form: what is asked for, column by column, with the words that explain it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from returnplan.model.texts import NO_TEXT, Lang, Text
from returnplan.papers.pages import Choice, Column, Length, Line, Page, Since, Style, style
from returnplan.papers.pages.layout import Part, spread
from returnplan.papers.pages.page import Check
from returnplan.reading.sheet import INSTRUCTIONS

_NUM_BLANK_ROWS = 300
_FIRST_DAY = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class FormField:
    """A column to fill in; ``hint`` says how, ``example`` what it looks like then."""

    header: Text
    width: float
    hint: Text = NO_TEXT
    example: str = ""
    is_required: bool = False
    look: Style = style.WRITTEN
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A sheet to fill in."""

    name: Text
    fields: tuple[FormField, ...]


def text(header: Text, width: float, hint: Text = NO_TEXT, example: str = "") -> FormField:
    """Return a column of text; digits stay as they are typed."""
    return FormField(header, width, hint, example)


def day(header: Text, hint: Text = NO_TEXT) -> FormField:
    """Return a column of real dates."""
    return FormField(header, 14, hint, "2021-02-23", look=style.WRITTEN_DAY, check=Since(_FIRST_DAY))


def number(header: Text, width: float, hint: Text = NO_TEXT, example: str = "") -> FormField:
    """Return a column of numbers."""
    return FormField(header, width, hint, example, look=style.CENTER)


def one_of(words: str, *, is_strict: bool = True) -> Callable[[Text, float], FormField]:
    """Return a maker of columns with a drop-down of the ``words`` (parted by spaces)."""
    choice = Choice(tuple(words.split()), is_strict)
    example = choice.words[0]
    return lambda header, width: FormField(header, width, NO_TEXT, example, check=choice)


def id_number(header: Text, hint: Text) -> FormField:
    """Return a column of ID numbers: text of 18 characters, so that Excel cannot round them."""
    return FormField(header, 22, hint, "450803199001010022", check=Length(18))


def form_page(form: Form, lang: Lang) -> Page:
    """Return the sheet to fill in: headers, required ones with a star, and blank rows."""
    blank = [None] * _NUM_BLANK_ROWS
    columns = tuple(
        Column(_label(field, lang), field.width, blank, field.look, field.check) for field in form.fields
    )
    return Page(form.name.say(lang), columns, row_height_pt=18)


def instructions_page(forms: tuple[Form, ...], lang: Lang) -> Page:
    """Return the sheet that explains the forms of a workbook."""
    rows = [(form.name.say(lang), field) for form in forms for field in form.fields]
    columns = (
        Column(Text("所在表", "Sheet").say(lang), 14, [name for name, _ in rows]),
        Column(Text("列名", "Column").say(lang), 22, [_label(field, lang) for _, field in rows]),
        Column(
            Text("怎么填", "How to fill it in").say(lang), 62, [_hint(f, lang) for _, f in rows], style.PLAIN
        ),
        Column(Text("例子", "Example").say(lang), 24, [field.example for _, field in rows]),
    )
    rule = Text(
        "带 * 的列必须填写;不要改列名,可以加列、删空列。一人一行,不要合并单元格。"
        "身份证号码和电话已设为文本格式,请勿改成数字。",
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


def _label(field: FormField, lang: Lang) -> str:
    return field.header.say(lang) + ("*" if field.is_required else "")


def _hint(field: FormField, lang: Lang) -> str:
    if field.hint != NO_TEXT or not isinstance(field.check, Choice):
        return field.hint.say(lang)
    return Text("从下拉列表中选择", "choose from the list").say(lang)
