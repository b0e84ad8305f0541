"""``returnplan board``: marked manifests and receipts read back."""

from pathlib import Path

import click

from returnplan.cli.console import say_note
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.faults import say_faults
from returnplan.texts import Text

_HERE = Text(
    "上车 {here.num_people} 人(名单上 {here.num_listed},现场增补 {here.num_walk_ups}),未到 {absent};"
    "已到岗 {arrived},去了别处 {other_factory}",
    "{here.num_people} on board ({here.num_listed} of the list, {here.num_walk_ups} walk-ups), {absent} absent; "
    "{arrived} arrived, {other_factory} went elsewhere",
)
_SO_FAR = Text(
    "至今共上车 {0.num_people} 人(名单上 {0.num_listed},现场增补 {0.num_walk_ups})",
    "so far {0.num_people} on board ({0.num_listed} of the lists, {0.num_walk_ups} walk-ups)",
)
_ASTRAY = Text(
    "现场增补 {num} 人的名单没有写明现行方案里的号车,已列入回访和补贴名单,没有计入总数",
    "{num} walk-ups are on papers that name no batch of the plan: in the lists, not in the totals",
)
_UNKNOWN = Text(
    "这些编号不在单上所写的号车(可能是旧版名单),没有登记:{persons}",
    "not on the batch that their paper names (an old version of it?), passed over: person {persons}",
)


@click.command("board", epilog="Example: returnplan board 回收/*.xlsx --out 上车后")
@click.argument("files", nargs=-1, required=True, type=FILE, metavar="FILE...")
@click.option("--out", type=FILE, default=Path("boarded"), show_default=True, help="Folder for the lists.")
@shared_options
def command(setup: Setup, files: tuple[Path, ...], out: Path) -> int:
    """Read marked manifests and receipts: who boarded, was absent, arrived (上车登记).

    Writes the call-back sheet (回访), the subsidy list (补贴名单) and the walk-ups (现场增补) as a sign-up list.
    Absent people wait for the next plan again.
    """
    from returnplan.pipeline.boarding import board

    outcome = board(setup.campaign, files, out)
    lang = setup.lang or outcome.header.lang
    counts = {status: outcome.counts[status] for status in ("absent", "arrived", "other_factory")}
    click.echo(_HERE.say(lang).format(here=outcome.here, **counts))
    click.echo(_SO_FAR.say(lang).format(outcome.so_far))
    for path in outcome.paths:
        click.echo(str(path))
    if outcome.unknown:
        say_note(_UNKNOWN.say(lang).format(persons=", ".join(map(str, outcome.unknown))))
    if outcome.num_astray:
        say_note(_ASTRAY.say(lang).format(num=outcome.num_astray))
    say_faults(outcome.faults, lang)
    return 0
