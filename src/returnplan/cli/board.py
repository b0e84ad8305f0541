"""``returnplan board``: marked manifests and receipts read back."""

from pathlib import Path

import click

from returnplan.cli.console import say_note
from returnplan.cli.options import FILE, Setup, shared_options
from returnplan.cli.render.faults import say_faults
from returnplan.texts import Text

_COUNTS = Text(
    "已上车 {boarded},未到 {absent},已到岗 {arrived},去了别处 {other_factory},现场增补 {walk_ups}",
    "{boarded} boarded, {absent} absent, {arrived} arrived, {other_factory} went elsewhere, {walk_ups} walk-ups",
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
    statuses = ("boarded", "absent", "arrived", "other_factory")
    counts = {status: outcome.counts[status] for status in statuses}
    click.echo(_COUNTS.say(lang).format(walk_ups=outcome.num_walk_ups, **counts))
    for path in outcome.paths:
        click.echo(str(path))
    if outcome.unknown:
        say_note(_UNKNOWN.say(lang).format(persons=", ".join(map(str, outcome.unknown))))
    say_faults(outcome.faults, lang)
    return 0
