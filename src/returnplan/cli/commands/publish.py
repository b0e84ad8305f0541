"""``returnplan publish``: batches that people have been told of."""

from datetime import date

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.options import COUNT, DAY, Setup, shared_options
from returnplan.model.texts import Text
from returnplan.usecases.choice import Choice
from returnplan.usecases.publish import publish

_LOCKED = Text("已锁定(已通知){num} 趟车：{ids}", "{num:batch is|batches are} published: {ids}")
_NONE = Text("没有新锁定的车", "no batch was published now")
_OTHERS = Text("早已锁定或已发车：{ids}", "published before, or departed: {ids}")

_HELP = Text(
    """锁定已通知乘客的车次

以后的方案保留它们的车辆、日期、停靠点和乘客。各个条件用来缩小范围。""",
    """Lock batches whose riders have been told.

Later plans keep their vehicle, date, stops and riders. The conditions narrow the choice.""",
)


@command("publish", _HELP, "returnplan publish --until 2021-02-20")
@click.argument("batches", nargs=-1, metavar="[BATCH]...")
@option(
    "--city",
    words=Text(
        "到这个城市的全部车次：Dongguan、东莞或东莞市。",
        "All batches to this city: Dongguan, 东莞 or 东莞市.",
    ),
)
@option(
    "--until",
    type=DAY,
    words=Text("这一天及以前出发的全部车次。", "All batches that leave on or before this date."),
)
@option(
    "--drivers",
    "num_drivers",
    type=COUNT,
    words=Text(
        "每天能出车的驾驶员只有这么多；不够时说明少锁定哪几趟影响的人最少。",
        "So many drivers can leave on one day; if they are too few, it is said which batches to do without.",
    ),
)
@option(
    "--yes",
    is_flag=True,
    words=Text(
        "有人没打通电话、驾驶员不够也锁定。",
        "Lock them although some riders were not reached, or drivers are too few.",
    ),
)
@shared_options
def run(
    setup: Setup,
    batches: tuple[str, ...],
    city: str | None,
    until: date | None,
    num_drivers: int | None,
    yes: bool,
) -> int:
    """Carry out ``returnplan publish``."""
    choice = Choice(city=city, until=until, batches=batches)
    outcome = publish(setup.campaign, choice, num_drivers=num_drivers, yes=yes)
    lang = setup.lang or outcome.header.lang
    words = _LOCKED if outcome.changed else _NONE
    click.echo(words.filled(lang, num=len(outcome.changed), ids=", ".join(outcome.changed)))
    if outcome.others:
        say_note(_OTHERS.filled(lang, ids=", ".join(outcome.others)))
    say_notes(outcome.notes, lang)
    return 0
