"""``returnplan dispatch``: order sheets for carriers and name lists for the railway, written and read back."""

from pathlib import Path

import click

from returnplan.cli.bilingual import command
from returnplan.cli.console import say_note, say_notes
from returnplan.cli.options import Setup, outgoing_options, shared_options
from returnplan.cli.render.faults import say_faults
from returnplan.model.texts import Text
from returnplan.usecases.choice import Choice

_WRITTEN = Text(
    "{batches} 趟车，{files} 张派车单和列车名单 → {folder}",
    "{batches:batch|batches}, {files:order sheet or train list|order sheets and train lists} -> {folder}",
)
_READ = Text(
    "{num} 趟车有了新的车牌、驾驶员或列车席位：{ids}(用 returnplan manifest 重出名单)",
    "{num:batch has|batches have} a new plate, driver or train seats: {ids}; returnplan manifest writes their papers "
    "again",
)
_NOTHING_NEW = Text(
    "这些表里没有新的车牌、驾驶员或席位，已登记的不变",
    "these sheets hold no new plate, driver or seat; what was entered before stays",
)
_HELD = Text(
    "列车名单里有 {num} 个新席位，一个都没有登记：下面的格子改好以后再读一次，会一起登记",
    "the lists of trains have {num:new seat|new seats}, and none is entered: correct the cells below and read them "
    "again",
)
_UNKNOWN = Text("方案里没有这些号车：{ids}", "the plan has no such batches: {ids}")

_HELP = Text(
    """写出派车单和列车名单，或读回车牌、驾驶员和席位

派车单每家承运单位一份，名单每趟列车一份，交给铁路部门。""",
    """Write order sheets and train name lists, or read plates, drivers and seats.

There is an order sheet for each carrier, and a name list for the railway for each train.""",
)


@command("dispatch", _HELP, "returnplan dispatch --until 2021-02-20 --out 派车")
@outgoing_options("orders", Text("派车单", "order sheets"))
@shared_options
def run(setup: Setup, choice: Choice, out: Path, filled: tuple[Path, ...]) -> int:
    """Carry out ``returnplan dispatch``."""
    from returnplan.usecases.dispatch import dispatch

    if filled:
        return _read(setup, filled)
    outcome = dispatch(setup.campaign, choice, out, setup.lang)
    lang = setup.lang or outcome.header.lang
    counts = {"batches": len(outcome.batches), "files": len(outcome.paths), "folder": out}
    click.echo(_WRITTEN.filled(lang, **counts))
    say_notes(outcome.notes, lang)
    return 0


def _read(setup: Setup, paths: tuple[Path, ...]) -> int:
    from returnplan.usecases.dispatch import read_orders

    outcome = read_orders(setup.campaign, paths)
    lang = setup.lang or outcome.header.lang
    ids = ", ".join(batch.id for batch in outcome.changed)
    if outcome.changed or not outcome.num_seats_held:
        words = _READ if outcome.changed else _NOTHING_NEW
        click.echo(words.filled(lang, num=len(outcome.changed), ids=ids))
    if outcome.num_seats_held:
        say_note(_HELD.filled(lang, num=outcome.num_seats_held))
    if outcome.unknown:
        say_note(_UNKNOWN.filled(lang, ids=", ".join(outcome.unknown)))
    say_notes(outcome.notes, lang)
    say_faults(outcome.faults, lang)
    return 0
