"""``returnplan change``: one batch changed by hand."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from returnplan.cli.console import say_notes
from returnplan.cli.options import DAY, FILE, Setup, shared_options
from returnplan.contract import View
from returnplan.masking import mask_name
from returnplan.texts import Text

if TYPE_CHECKING:
    from returnplan.pipeline.changing import ChangeOutcome

_NOW = Text(
    "{id} 第{version}版:{date} {depart} {vehicle},{load} 人;新的名单:{papers}",
    "{id}, version {version}: {date} {depart} {vehicle}, {load} people; new papers: {papers}",
)
_GONE = Text("{id} 已取消", "{id} is called off")
_OFF = Text("不再乘坐:{seat}座 编号{person} {name}", "no longer on it: seat {seat}, person {person}, {name}")


@click.command("change", epilog="Example: returnplan change 0223-003 --vehicle 53座大巴 --plate 桂A12345")
@click.argument("batch")
@click.option("--vehicle", help="Another type of the fleet; says who has no seat in it.")
@click.option("--plate", help="Plate of the vehicle.")
@click.option("--driver", "drivers", multiple=True, help="Name and phone of a driver; up to two times.")
@click.option("--date", "day", type=DAY, help="Another date of departure.")
@click.option("--depart", type=click.DateTime(["%H:%M"]), help="Another hour of departure.")
@click.option("--cancel", is_flag=True, help="The batch does not run; its riders wait again.")
@click.option("--add", multiple=True, help="A person on no batch: name, number, last four, or row.")
@click.option("--drop", multiple=True, help="A rider who does not travel: name, number, last four, or row.")
@click.option("--out", type=FILE, default=Path("manifests"), show_default=True, help="Folder for the papers.")
@click.option("--unmask", is_flag=True, help="Show names in full.")
@shared_options
def command(
    setup: Setup,
    batch: str,
    vehicle: str | None,
    plate: str | None,
    drivers: tuple[str, ...],
    day: date | None,
    depart: datetime | None,
    cancel: bool,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    out: Path,
    unmask: bool,
) -> int:
    """Change one batch by hand; nobody else is moved (改车).

    The change is audited, the next version of the batch's papers is written, and later plans keep it.
    """
    from returnplan.pipeline.changing import ChangeRequest, change

    hour = depart.time() if depart else None
    request = ChangeRequest(batch, out, vehicle, plate, drivers, day, hour, cancel, add, drop)
    if request == ChangeRequest(batch, out):
        raise click.UsageError("say what to change / 请写明改什么")
    outcome = change(setup.campaign, request)
    _print(outcome, batch, View(setup.lang or outcome.header.lang, unmask))
    return 0


def _print(outcome: "ChangeOutcome", batch_id: str, view: View) -> None:
    batch, lang = outcome.batch, view.lang
    if batch is None:
        click.echo(_GONE.say(lang).format(id=batch_id))
    else:
        papers = ", ".join(map(str, outcome.papers))
        vehicle = f"{batch.vehicle} {batch.plate}".rstrip()
        words = {"depart": f"{batch.depart:%H:%M}", "papers": papers, "vehicle": vehicle}
        names = ("id", "version", "date", "load")
        click.echo(_NOW.say(lang).format(**words, **{name: getattr(batch, name) for name in names}))
    show = str if view.unmask else mask_name
    for rider in outcome.off:
        click.echo(_OFF.say(lang).format(seat=rider.seat, person=rider.person, name=show(rider.name)))
    say_notes(outcome.notes, lang)
