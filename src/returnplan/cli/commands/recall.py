"""``returnplan recall``: batches that may be changed again."""

from datetime import date

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.model.texts import Text
from returnplan.usecases.publish import recall

_UNLOCKED = Text("已解除锁定 {num} 趟车：{ids}", "{num:batch|batches} may be changed again: {ids}")
_NONE = Text("没有解除任何锁定", "no batch was unlocked")
_OTHERS = Text("没有锁定，或已发车：{ids}", "not published, or departed: {ids}")

_HELP = Text(
    "解除锁定，让下一个方案可以改动这些车次",
    "Unlock published batches, so that the next plan may change them.",
)


@command("recall", _HELP, "returnplan recall 0223-003")
@click.argument("batches", nargs=-1, metavar="[BATCH...]")
@option(
    "--until",
    type=DAY,
    words=Text(
        "今天起到这一天出发的、已锁定的全部车次。",
        "All published batches that leave from today until this date.",
    ),
)
@shared_options
def run(setup: Setup, batches: tuple[str, ...], until: date | None) -> int:
    """Carry out ``returnplan recall``."""
    outcome = recall(setup.campaign, batches, until=until)
    lang = setup.lang or outcome.header.lang
    words = _UNLOCKED if outcome.changed else _NONE
    click.echo(words.filled(lang, num=len(outcome.changed), ids=", ".join(outcome.changed)))
    if outcome.others:
        say_note(_OTHERS.filled(lang, ids=", ".join(outcome.others)))
    say_notes(outcome.notes, lang)
    return 0
