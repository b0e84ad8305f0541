"""``returnplan dispatch``: order sheets for the carriers, plates and drivers read back."""

from datetime import date
from pathlib import Path

import click

from returnplan.cli.console import say_note, table_console
from returnplan.cli.options import DAY, FILE, Setup, shared_options
from returnplan.cli.render.faults import fault_lines
from returnplan.contract import View
from returnplan.pipeline.choosing import Choice
from returnplan.pipeline.dispatching import order_vehicles, take_vehicles
from returnplan.texts import Text

_WRITTEN = Text(
    "{batches} 个号车,{files} 张派车单 → {folder}", "{batches} batches, {files} order sheets -> {folder}"
)
_READ = Text(
    "{num} 个号车有了新的车牌或驾驶员:{ids}(用 returnplan manifest 重出名单)",
    "{num} batches have a new plate or driver: {ids}; returnplan manifest writes their papers again",
)
_UNKNOWN = Text("方案里没有这些号车:{ids}", "the plan has no such batches: {ids}")


@click.command("dispatch", epilog="Example: returnplan dispatch --until 2021-02-20 --out 派车")
@click.option("--until", type=DAY, help="Only batches that leave on or before this date.")
@click.option("--city", help="Only batches to this city.")
@click.option("--out", type=FILE, default=Path("orders"), show_default=True, help="Folder for the sheets.")
@click.option("--read", "filled", type=FILE, multiple=True, help="An order sheet that came back.")
@shared_options
def command(setup: Setup, until: date | None, city: str | None, out: Path, filled: tuple[Path, ...]) -> int:
    """Write one order sheet a carrier, or read plates and drivers (派车单)."""
    if filled:
        return _read(setup, filled)
    outcome = order_vehicles(setup.campaign, Choice(city=city, until=until), out, setup.lang)
    lang = setup.lang or outcome.header.lang
    counts = {"batches": len(outcome.batches), "files": len(outcome.paths), "folder": out}
    click.echo(_WRITTEN.say(lang).format(**counts))
    for note in outcome.notes:
        say_note(note.say(lang))
    return 0


def _read(setup: Setup, paths: tuple[Path, ...]) -> int:
    outcome = take_vehicles(setup.campaign, paths)
    lang = setup.lang or outcome.header.lang
    ids = ", ".join(batch.id for batch in outcome.changed)
    click.echo(_READ.say(lang).format(num=len(outcome.changed), ids=ids))
    if outcome.unknown:
        say_note(_UNKNOWN.say(lang).format(ids=", ".join(outcome.unknown)))
    if outcome.faults:
        for line in fault_lines(outcome.faults, View(lang), None):
            table_console(stderr=True).print(line)
    return 0
