"""``returnplan show``: the stored plan as tables, JSON or CSV."""

import click

from returnplan.assembly.views import flows_of
from returnplan.cli.bilingual import command, option
from returnplan.cli.console import print_json
from returnplan.cli.language import language
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.forms import OVERVIEWS, PEOPLE, flow_json, runs_listing
from returnplan.cli.render.listing import Listing, print_listing, write_csv
from returnplan.contract import View, plan_json, run_json
from returnplan.model.texts import Lang, Text
from returnplan.usecases.show import overview, runs, show

_HELP = Text(
    """用表格、JSON 或 CSV 查看已存的方案

终端上只显示表格的前 200 行；写进文件或管道则是全部。""",
    """Show the stored plan as tables, JSON or CSV.

A terminal shows the first 200 rows of a table; a file or a pipe gets all of them.""",
)


FORMS = ("batches", "riders", "unplanned", "waiting", "employers", "days", "origins", "flows", "runs")


@command("show", _HELP, "returnplan show unplanned --csv > unplanned.csv")
@click.argument("form", type=click.Choice(FORMS), default="batches")
@option(
    "--run",
    "run_id",
    words=Text("较早的方案(编号或编号开头)。", "An earlier run (its id or the start of it)."),
)
@option(
    "--json",
    "as_json",
    is_flag=True,
    words=Text("用 JSON 输出整个方案(或历次方案)。", "The whole plan (or the list of runs) as JSON."),
)
@option(
    "--csv",
    "as_csv",
    is_flag=True,
    words=Text("用 CSV 输出表格，Excel 可打开。", "The table as CSV for Excel."),
)
@option(
    "--unmask",
    is_flag=True,
    words=Text(
        "姓名、电话不打星号；JSON 里还有身份证号码。", "Names and phones in full; ID numbers too in the JSON."
    ),
)
@shared_options
def run(setup: Setup, form: str, run_id: str | None, as_json: bool, as_csv: bool, unmask: bool) -> int:
    """Carry out ``returnplan show``."""
    if form == "runs":
        return _show_runs(setup, as_json=as_json, as_csv=as_csv, unmask=unmask)
    if form in OVERVIEWS and not as_json:
        header, known = overview(setup.campaign, run_id)
        view = View(setup.lang or header.lang, unmask)
        _print(OVERVIEWS[form](known, view), view.lang, as_csv)
        return 0
    header, plan = show(setup.campaign, run_id)
    view = View(setup.lang or header.lang, unmask)
    if as_json and form == "flows":
        print_json([flow_json(flow) for flow in flows_of(plan)])
    elif as_json:
        print_json(plan_json(header, plan, view))
    else:
        _print(PEOPLE[form](plan, view), view.lang, as_csv)
    return 0


def _print(listing: Listing, lang: Lang, as_csv: bool) -> None:
    if as_csv:
        write_csv(listing, lang)
    else:
        print_listing(listing, lang, "--csv")


def _show_runs(setup: Setup, *, as_json: bool, as_csv: bool, unmask: bool) -> int:
    headers = runs(setup.campaign)
    if as_json:
        print_json([run_json(header, View(language(), unmask)) for header in headers])
    else:
        _print(runs_listing(headers), language(), as_csv)
    return 0
