"""``returnplan explain``: one person's journey, or why there is none."""

from typing import TYPE_CHECKING

import click

from returnplan.cli.bilingual import command
from returnplan.cli.console import table_console
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.listing import Column, Listing, draw
from returnplan.model.masking import mask_name, mask_text
from returnplan.model.texts import Lang, Text
from returnplan.papers.wording import say_code

if TYPE_CHECKING:
    from returnplan.reasons.explain import Explanation
    from returnplan.usecases.explain import Namesake

SEVERAL_MEANT = 2

_ON = Text("编号{person}({signup})在 {batch}", "person {person} ({signup}) is on {batch}")
_LEFT = Text("编号{person}({signup})未安排：{code}", "person {person} ({signup}) is on no batch: {code}")
_CHANGES = Text(
    "同组 {num} 人可以这样安排(其他人不变时方案多花的钱)：",
    "what would place the {num} who wait together (and what the plan would cost more if nobody else changes):",
)
_CHANGE = Text("  {words}，{price}", "  {words}: {price}")
_COLUMNS = (
    Column(Text("报名行", "sign-up"), is_whole=True),
    Column(Text("姓名", "name"), is_whole=True),
    Column(Text("县(市、区)", "county")),
    Column(Text("乡镇", "township")),
    Column(Text("城市", "city")),
)
_TITLE = Text("不止一人，请写明报名行：", "several people; give the row of the one you mean:")

_HELP = Text(
    """说明一个人为什么在这趟车上，或没有排上车

PERSON 是姓名、编号、身份证或电话后四位，或报名行，如 报名表.xlsx!Sheet1!12。""",
    """Say why a person is on this batch, or on none.

PERSON is a name, the person number, the last 4 of ID or phone, or a row such as 报名表.xlsx!Sheet1!12.""",
)


@command("explain", _HELP, "returnplan explain 张三")
@click.argument("person")
@shared_options
def run(setup: Setup, person: str) -> int:
    """Carry out ``returnplan explain``."""
    from returnplan.usecases.explain import explain

    outcome = explain(setup.campaign, person)
    lang = setup.lang or outcome.header.lang
    if outcome.explanation is None:
        table_console().print(draw(_several(outcome.namesakes), lang))
        return SEVERAL_MEANT
    for line in _lines(outcome.explanation, lang):
        click.echo(mask_text(line))
    return 0


def _lines(found: "Explanation", lang: Lang) -> list[str]:
    head = _ON if found.batch else _LEFT
    code = say_code(found.code, lang)
    lines = [head.filled(lang, person=found.person, signup=found.signup, batch=found.batch, code=code)]
    lines += [line.say(lang) for line in found.lines]
    if found.changes:
        lines.append(_CHANGES.filled(lang, num=found.num_waiting))
    for change in found.changes:
        lines.append(_CHANGE.filled(lang, words=change.text.say(lang), price=change.price.say(lang)))
    return lines


def _several(namesakes: "tuple[Namesake, ...]") -> Listing:
    rows = [(one.signup, mask_name(one.name), one.county, one.township, one.city) for one in namesakes]
    return Listing(_TITLE, _COLUMNS, rows)
