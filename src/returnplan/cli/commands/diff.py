"""``returnplan diff``: who is new, moved or off between two runs."""

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import print_json, say_note
from returnplan.cli.options import Setup, shared_options
from returnplan.cli.render.changes import changes_listing, counts
from returnplan.cli.render.listing import print_listing
from returnplan.contract import View
from returnplan.model.texts import Text

_HELP = Text(
    """对比两个方案：谁是新增、改动、不走

不写 RUN 时，拿最新方案与它的前一个对比；只写一个 RUN 时，拿最新方案与它对比。

终端上只显示前 200 人；写进文件或管道则是全部。""",
    """Say who is new, moved or off between two runs.

Without a RUN the latest run is compared with the one before it, with one RUN the latest with that one.

A terminal shows the first 200 people; a file or a pipe gets all of them.""",
)


@command("diff", _HELP, "returnplan diff 4f1c")
@click.argument("old", required=False, metavar="[RUN")
@click.argument("new", required=False, metavar="[RUN]]")
@option(
    "--json",
    "as_json",
    is_flag=True,
    words=Text("用 JSON 输出新增、改动和不走的人。", "new, moved and off as JSON."),
)
@option("--unmask", is_flag=True, words=Text("姓名不打星号。", "Show names in full."))
@shared_options
def run(setup: Setup, old: str | None, new: str | None, as_json: bool, unmask: bool) -> int:
    """Carry out ``returnplan diff``."""
    from returnplan.edits.diff import diff_json
    from returnplan.usecases.diff import compare_runs

    header, change = compare_runs(setup.campaign, old, new)
    if as_json:
        print_json(diff_json(change))
        return 0
    lang = setup.lang or header.lang
    if not change.is_empty:
        print_listing(changes_listing(change, View(lang, unmask)), lang, "--json")
    say_note(counts(change).say(lang))
    return 0
