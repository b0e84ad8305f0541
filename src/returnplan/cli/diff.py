"""``returnplan diff``: who is new, moved or off between two runs."""

import click

from returnplan.cli.console import print_json, say_note
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.changes import changes_listing, counts
from returnplan.cli.render.listing import print_listing
from returnplan.contract import View


@click.command("diff", epilog="Example: returnplan diff 4f1c")
@click.argument("old", required=False, metavar="[RUN")
@click.argument("new", required=False, metavar="[RUN]]")
@click.option("--json", "as_json", is_flag=True, help="new, moved and off as JSON.")
@click.option("--unmask", is_flag=True, help="Show names in full.")
@shared_options
def command(setup: Setup, old: str | None, new: str | None, as_json: bool, unmask: bool) -> int:
    """Say who is new, moved or off between two runs (对比).

    Without a RUN the latest run is compared with the one before it, with one RUN the latest with that one.

    A terminal shows the first 200 people; a file or a pipe gets all of them.
    """
    from returnplan.pipeline.comparing import compare_runs
    from returnplan.stability import diff_json

    header, change = compare_runs(setup.campaign, old, new)
    if as_json:
        print_json(diff_json(change))
        return 0
    lang = setup.lang or header.lang
    if not change.is_empty:
        print_listing(changes_listing(change, View(lang, unmask)), lang, "--json")
    say_note(counts(change).say(lang))
    return 0
