"""``returnplan purge``: the personal data of a finished campaign."""

from datetime import date

import click

from returnplan.cli.console import say_note
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.pipeline.purging import purge
from returnplan.store import Purged
from returnplan.texts import Text

_GONE = Text("已清除 {num} 人的个人信息", "the personal data of {num} people are gone")
_NOTHING = Text("还没有方案,没有可清除的", "nothing is planned yet, nothing was removed")
_NOT_OVER = Text(
    "最后一批 {last_day} 出发,不早于 {before},没有清除",
    "the last batch leaves on {last_day}, not before {before}; nothing was removed",
)
_ELSEWHERE = Text(
    "报名表、名单和 plan.xlsx 不在数据文件里,请另行删除",
    "sign-up sheets, papers and plan.xlsx are not in the store; delete them yourself",
)


@click.command("purge", epilog="Example: returnplan purge --before 2021-06-01")
@click.option("--before", type=DAY, required=True, help="Purge only if the last batch left before this date.")
@shared_options
def command(setup: Setup, before: date) -> int:
    """Remove the personal data of a finished campaign from the store (清除个人信息).

    Batches, stops, counts and reasons' codes stay; names, ID numbers, phones and remarks do not, and cannot be
    brought back.
    """
    purged = purge(setup.campaign, before)
    lang = setup.lang or "zh"
    words = _words(purged, before).say(lang)
    click.echo(words.format(num=purged.num_persons, last_day=purged.last_day, before=before))
    if not setup.quiet:
        say_note(_ELSEWHERE.say(lang))
    return 0


def _words(purged: Purged, before: date) -> Text:
    if purged.last_day is None:
        return _NOTHING
    return _GONE if purged.last_day < before else _NOT_OVER
