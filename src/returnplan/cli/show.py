"""``returnplan show``: the stored plan as tables, JSON or CSV."""

import click

from returnplan.assembly.flows import flows_of
from returnplan.cli.console import print_json
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.forms import FORMS, flow_json, runs_listing
from returnplan.cli.render.listing import Listing, print_listing, write_csv
from returnplan.contract import View, plan_json, run_json
from returnplan.pipeline.stored import list_runs, load_plan
from returnplan.texts import Lang


@click.command("show", epilog="Example: returnplan show unplanned --csv > unplanned.csv")
@click.argument("form", type=click.Choice([*FORMS, "runs"]), default="batches")
@click.option("--run", "run_id", help="An earlier run (its id or the start of it).")
@click.option("--json", "as_json", is_flag=True, help="The whole plan (or the list of runs) as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="The table as CSV for Excel.")
@click.option("--unmask", is_flag=True, help="Names and phones in full; ID numbers too in the JSON.")
@shared_options
def command(setup: Setup, form: str, run_id: str | None, as_json: bool, as_csv: bool, unmask: bool) -> int:
    """Show the stored plan as tables, JSON or CSV (查看).

    A terminal shows the first 200 rows of a table; a file or a pipe gets all of them.
    """
    if form == "runs":
        return _show_runs(setup, as_json=as_json, as_csv=as_csv)
    header, plan = load_plan(setup.campaign, run_id)
    view = View(setup.lang or header.lang, unmask)
    if as_json and form == "flows":
        print_json([flow_json(flow) for flow in flows_of(plan)])
    elif as_json:
        print_json(plan_json(header, plan, view))
    else:
        _print(FORMS[form](plan, view), view.lang, as_csv)
    return 0


def _print(listing: Listing, lang: Lang, as_csv: bool) -> None:
    if as_csv:
        write_csv(listing, lang)
    else:
        print_listing(listing, lang, "--csv")


def _show_runs(setup: Setup, *, as_json: bool, as_csv: bool) -> int:
    headers = list_runs(setup.campaign)
    if as_json:
        print_json([run_json(header) for header in headers])
    else:
        _print(runs_listing(headers), setup.lang or "zh", as_csv)
    return 0
