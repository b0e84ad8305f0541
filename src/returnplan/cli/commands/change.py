"""``returnplan change``: one batch changed by hand."""

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import say_notes
from returnplan.cli.options import DAY, FILE, HOUR, Setup, shared_options
from returnplan.contract import View
from returnplan.model.masking import mask_name
from returnplan.model.texts import Text

if TYPE_CHECKING:
    from returnplan.usecases.change import ChangeOutcome

_NOW = Text(
    "{id} 第{version}版：{date} {depart} {vehicle}，{load} 人；新的名单：{papers}",
    "{id}, version {version}: {date} {depart} {vehicle}, {load} people; new papers: {papers}",
)
_GONE = Text("{id} 已取消", "{id} is called off")
_OFF = Text("不再乘坐：{seat}座 编号{person} {name}", "no longer on it: seat {seat}, person {person}, {name}")

_HELP = Text(
    """手工改动一趟车，其他人不动

改动要经过核对，随后写出这趟车的新版名单；以后的方案保留这一改动。""",
    """Change one batch by hand; nobody else is moved.

The change is audited, the next version of the batch's papers is written, and later plans keep it.""",
)


@command("change", _HELP, "returnplan change 0223-003 --vehicle 53座大巴 --plate 桂A12345")
@click.argument("batch")
@option(
    "--vehicle",
    words=Text(
        "换成车辆表里的另一种车型；说明谁没有座位。", "Another type of the fleet; says who has no seat in it."
    ),
)
@option("--plate", words=Text("车牌号。", "Plate of the vehicle."))
@option(
    "--driver",
    "drivers",
    multiple=True,
    words=Text("驾驶员姓名和电话，最多写两次。", "Name and phone of a driver; up to two times."),
)
@option("--date", "day", type=DAY, words=Text("改出发日期。", "Another date of departure."))
@option("--depart", type=HOUR, words=Text("改发车时间。", "Another hour of departure."))
@option(
    "--cancel",
    is_flag=True,
    words=Text("这趟车不开，乘客重新等候安排。", "The batch does not run; its riders wait again."),
)
@option(
    "--add",
    multiple=True,
    words=Text(
        "加上一个没有排上车的人：姓名、编号、后四位或报名行。",
        "A person on no batch: name, number, last four, or row.",
    ),
)
@option(
    "--drop",
    multiple=True,
    words=Text(
        "去掉一个不走的乘客：姓名、编号、后四位或报名行。",
        "A rider who does not travel: name, number, last four, or row.",
    ),
)
@option(
    "--out",
    type=FILE,
    default=Path("manifests"),
    show_default=True,
    words=Text("放名单的文件夹。", "Folder for the papers."),
)
@option("--unmask", is_flag=True, words=Text("姓名不打星号。", "Show names in full."))
@shared_options
def run(
    setup: Setup,
    batch: str,
    vehicle: str | None,
    plate: str | None,
    drivers: tuple[str, ...],
    day: date | None,
    depart: time | None,
    cancel: bool,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    out: Path,
    unmask: bool,
) -> int:
    """Carry out ``returnplan change``."""
    from returnplan.usecases.change import ChangeRequest, change

    request = ChangeRequest(batch, out, vehicle, plate, drivers, day, depart, cancel, add, drop)
    if request == ChangeRequest(batch, out):
        raise BadCall(Text("请写明改什么", "say what to change"))
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
