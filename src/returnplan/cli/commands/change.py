"""``returnplan change``: one batch changed by hand."""

from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from returnplan.cli.bilingual import BadCall, command, option
from returnplan.cli.console import say_notes, table_console
from returnplan.cli.options import DAY, HOUR, Setup, out_option, shared_options
from returnplan.cli.render.listing import Column, Listing, draw
from returnplan.contract import View
from returnplan.model.masking import mask_name, mask_phone
from returnplan.model.texts import Text
from returnplan.papers.wording import say_vehicle

if TYPE_CHECKING:
    from returnplan.usecases.change import ChangeOutcome

_NOW = Text(
    "{id} 第{version}版：{date} {depart} {vehicle}，{load} 人；新的名单：{papers}",
    "{id}, version {version}: {date} {depart} {vehicle}, {load:person|people}; new papers: {papers}",
)
_SO_ALREADY = Text(
    "{id} 已经是这样，没有再改：第{version}版，{date} {depart} {vehicle}，{load} 人；名单：{papers}",
    "{id} is so already, nothing is changed: version {version}, {date} {depart} {vehicle}, {load:person|people}; "
    "papers: {papers}",
)
_GONE = Text("{id} 不再开行", "{id} does not run")
_PAPERS = Text("新的名单：{papers}", "new papers: {papers}")
_FEW = 3
"""People who lose their seat with a line each."""
_ALL_OFF = Text(
    "不再乘坐的 {num} 人(姓名 编号)：{people}", "{num} people no longer on it (name, person): {people}"
)
_OFF = Text("不再乘坐：{seat}座 编号{person} {name}", "no longer on it: seat {seat}, person {person}, {name}")

_ASKED = Text("{id}：还没有改动，请先定下面的事。", "{id}: nothing is changed yet. Decide first:")
_DRIVERS = Text(
    "补上驾驶员：再写一个 --driver；找不到、车不开：--breakdown 看乘客能改乘哪趟车；先这样登记：同样的命令加 --yes",
    "to name another: one more --driver; if there is none and the vehicle does not leave: --breakdown shows where its "
    "riders can go; to enter it as it is: the same command with --yes",
)
_OWN_RULE = Text(
    "这趟车照开：同样的命令加 --yes；不开了：--cancel",
    "if it runs all the same: the same command with --yes; if it does not: --cancel",
)
_CALL_OFF = Text("确定取消这趟车：同样的命令加 --yes", "to call it off for good: the same command with --yes")
_PROPOSED = Text("{id}：还没有改动。建议如下，", "{id}: nothing is changed yet. Proposed:")
_SPARE = Text(
    "备用车 {vehicle} 走同样的站点和时间，{load} 人不用改乘，费用{yuan:+,.0f} 元",
    "a spare {vehicle} calls at the same stops at the same hours; {load:person stays|people stay} on it, "
    "{yuan:+,.0f} yuan",
)
_WHO = Text(
    "{num} 人要打电话通知：{seated} 人有座位，{waiting} 人等下一次排车；其他车的乘客不受影响；费用{yuan:+,.0f} 元",
    "{num:person|people} to phone: {seated:has|have} a seat, {waiting:waits|wait} for the next plan; riders of other "
    "batches are not affected; {yuan:+,.0f} yuan",
)
_WITH_IT = Text(
    "其余 {load} 人随车改到 {day} 出发，也要打电话通知",
    "the other {load:person leaves|people leave} with it on {day}, and must be phoned, too",
)
_CHOICES = Text(
    "照此办理：同样的命令加 --yes；不走的：--drop 姓名",
    "to do so: the same command with --yes; who does not travel: --drop NAME",
)
_AGREED = Text(
    "电话里同意改到那一天的：--agreed 姓名，全部同意写 --agreed 全部",
    "who agrees to that day on the phone: --agreed NAME, if all do --agreed all",
)
_CALL_THEM = Text(
    "returnplan notify 写出要打的电话(原来是什么、现在是什么)",
    "returnplan notify writes whom to phone, with what was and what is",
)
_MOVES = Text("不能再坐这趟车的人", "who no longer fits")
_NO_SEAT = Text("等下一次排车", "waits")

_HELP = Text(
    """手工改动一趟车，其他人不动

改动要经过核对，随后写出这趟车的新版名单；以后的方案保留这一改动。有人不能再坐这趟车时(座位不够、那天不能走、
车来不了)，先列出这些人和能去的车，什么也不改；加 --yes 才照办。""",
    """Change one batch by hand; nobody else is moved.

The change is audited, the next version of the batch's papers is written, and later plans keep it. Where somebody no
longer fits (too few seats, another day, no vehicle), these people are listed with the batches that can take them, and
nothing is changed without --yes.""",
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
    words=Text("驾驶员姓名和电话，几名就写几次。", "Name and phone of a driver; once for each."),
)
@option("--date", "day", type=DAY, words=Text("改出发日期。", "Another date of departure."))
@option(
    "--depart",
    type=HOUR,
    words=Text(
        "改发车时间；列车改点，写铁路表的新时刻。",
        "Another hour of departure; of a train that the railway moved, the rail sheet's.",
    ),
)
@option(
    "--cancel",
    is_flag=True,
    words=Text("这趟车不开，乘客重新等候安排。", "The batch does not run; its riders wait again."),
)
@option(
    "--breakdown",
    is_flag=True,
    words=Text(
        "车来不了：当天的空座、备用车、第二天，依次找座位。",
        "The vehicle does not come: free seats of the day, a spare vehicle, the next day.",
    ),
)
@option(
    "--mended",
    is_flag=True,
    words=Text(
        "来不了的那辆车修好了，又可以排用。",
        "The vehicle that did not come may be used again.",
    ),
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
    "--agreed",
    multiple=True,
    words=Text(
        "电话里同意那天走的人，和 --date 或 --add 一起用；全部：所有人。",
        "Who agreed on the phone to the day, with --date or --add; all: everybody.",
    ),
)
@option("--yes", is_flag=True, words=Text("照建议办理。", "Do what was proposed."))
@out_option("papers", Text("名单", "papers"))
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
    breakdown: bool,
    mended: bool,
    add: tuple[str, ...],
    drop: tuple[str, ...],
    agreed: tuple[str, ...],
    yes: bool,
    out: Path,
    unmask: bool,
) -> int:
    """Carry out ``returnplan change``."""
    from returnplan.usecases.change import ChangeRequest, change

    request = ChangeRequest(
        batch, out, vehicle, plate, drivers, day, depart, cancel, breakdown, add, drop, agreed, yes, mended
    )
    if request == ChangeRequest(batch, out, yes=yes):
        raise BadCall(Text("请写明改什么", "say what to change"))
    if mended and request != ChangeRequest(batch, out, yes=yes, mended=True):
        raise BadCall(Text("--mended 请单独用", "--mended goes alone"))
    if cancel and request != ChangeRequest(batch, out, cancel=True, yes=yes):
        raise BadCall(Text("--cancel 请单独用(可加 --yes)", "--cancel goes alone, or with --yes"))
    outcome = change(setup.campaign, request)
    _print(outcome, batch, View(setup.lang or outcome.header.lang, unmask))
    return 0


def _print(outcome: "ChangeOutcome", batch_id: str, view: View) -> None:
    batch, lang = outcome.batch, view.lang
    is_of_riders = bool(outcome.moves) or outcome.is_another_vehicle
    if outcome.is_proposal:
        click.echo((_PROPOSED if is_of_riders else _ASKED).filled(lang, id=batch_id))
        if batch and len(outcome.moves) < batch.load and outcome.is_another_vehicle:
            words = {
                "vehicle": say_vehicle(batch.vehicle, lang),
                "load": batch.load,
                "yuan": outcome.more_yuan,
            }
            click.echo(_SPARE.filled(lang, **words))
    elif batch is None and not outcome.is_mended:
        click.echo(_GONE.filled(lang, id=batch_id))
        if outcome.papers:
            click.echo(_PAPERS.filled(lang, papers=", ".join(map(str, outcome.papers))))
    elif batch is not None:
        papers = ", ".join(map(str, outcome.papers))
        vehicle = f"{say_vehicle(batch.vehicle, lang)} {batch.plate}".rstrip()
        words = {"depart": f"{batch.depart:%H:%M}", "papers": papers, "vehicle": vehicle}
        names = ("id", "version", "date", "load")
        said = _SO_ALREADY if outcome.was_done else _NOW
        click.echo(said.filled(lang, **words, **{name: getattr(batch, name) for name in names}))
    show = str if view.unmask else mask_name
    moved = {move.rider.person for move in outcome.moves}
    off = [rider for rider in outcome.off if rider.person not in moved]
    if len(off) <= _FEW:
        for rider in off:
            click.echo(_OFF.filled(lang, seat=rider.seat, person=rider.person, name=show(rider.name)))
    else:  # a line each of a whole train would push what is to be done off the screen
        people = [f"{show(rider.name)} {rider.person}" for rider in off]
        click.echo(_ALL_OFF.filled(lang, num=len(off), people=Text("、", ", ").say(lang).join(people)))
    if outcome.moves:
        seated = sum(move.batch is not None for move in outcome.moves)
        counts = {"num": len(outcome.moves), "seated": seated, "waiting": len(outcome.moves) - seated}
        click.echo(_WHO.filled(lang, **counts, yuan=outcome.more_yuan))
        table_console().print(draw(_moves(outcome, view), lang))
    if batch and outcome.is_another_day:
        click.echo(_WITH_IT.filled(lang, load=batch.load, day=f"{batch.date:%m-%d}"))
    say_notes(outcome.notes, lang)
    if outcome.is_proposal:
        choices = (
            (_CHOICES, is_of_riders),
            (_AGREED, outcome.is_another_day),
            (_DRIVERS, outcome.lacks_driver),
            (_OWN_RULE, outcome.breaks_own_rule),
            (_CALL_OFF, outcome.is_called_off),
        )
        say_notes([words for words, is_due in choices if is_due], lang)
    elif outcome.moves or outcome.off or outcome.is_another_day:
        say_notes([_CALL_THEM], lang)


def _moves(outcome: "ChangeOutcome", view: View) -> Listing:
    """Return a row for each person who no longer fits: whom to phone, and what to tell them."""
    show, call = (str, str) if view.unmask else (mask_name, mask_phone)
    columns = (
        Column(Text("编号", "person"), is_number=True),
        Column(Text("姓名", "name")),
        Column(Text("电话", "phone"), is_whole=True),
        Column(Text("上车点", "pick-up")),
        Column(Text("改乘", "goes with"), is_whole=True),
        Column(Text("上车时间", "boards"), is_whole=True),
        Column(Text("座位", "seat"), is_number=True),
    )
    rows = [
        [
            move.rider.person,
            show(move.rider.name),
            call(move.rider.phone),
            move.rider.pickup,
            move.batch.id if move.batch else _NO_SEAT.say(view.lang),
            f"{move.boards:%m-%d %H:%M}" if move.boards else "",
            move.seat or "",
        ]
        for move in outcome.moves
    ]
    return Listing(_MOVES, columns, rows)
