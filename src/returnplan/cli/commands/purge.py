"""``returnplan purge``: the personal data of a finished campaign."""

from datetime import date

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note
from returnplan.cli.language import language
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.model.texts import Text
from returnplan.store import Purged
from returnplan.usecases.purge import purge

_GONE = Text("已清除 {num} 人的个人信息", "the personal data of {num} people are gone")
_NONE_LEFT = Text(
    "没有可清除的了，{before_num} 人的个人信息以前已清除",
    "nothing was left to remove; the personal data of {before_num} people had gone before",
)
_NOTHING = Text("还没有方案，没有可清除的", "nothing is planned yet, nothing was removed")
_NOT_OVER = Text(
    "最后一批 {last_day} 出发，不早于 {before}，没有清除",
    "the last batch leaves on {last_day}, not before {before}; nothing was removed",
)
_ELSEWHERE = Text(
    "报名表、plan.xlsx、随车名单、派车单、通知表、退回的表、回访表、补贴名单、免费乘车名单、现场增补名单不在数据文件里，请另行删除",
    "sign-up sheets, plan.xlsx, papers, orders, call lists, returns (退回), call-back sheets (回访), subsidy lists "
    "(补贴名单, 免费乘车名单) and walk-ups (现场增补) are not in the store; delete them yourself",
)

_HELP = Text(
    """活动结束后，清除数据文件里的个人信息

车次、停靠点、人数和原因代码保留；姓名、身份证号码、电话和备注清除，不能恢复。""",
    """Remove the personal data of a finished campaign from the store.

Batches, stops, counts and reasons' codes stay; names, ID numbers, phones and remarks do not, and cannot be
brought back.""",
)


@command("purge", _HELP, "returnplan purge --before 2021-06-01")
@option(
    "--before",
    type=DAY,
    required=True,
    words=Text("最后一趟车在这一天以前出发，才清除。", "Purge only if the last batch left before this date."),
)
@shared_options
def run(setup: Setup, before: date) -> int:
    """Carry out ``returnplan purge``."""
    purged = purge(setup.campaign, before)
    lang = language()
    words = _words(purged, before).say(lang)
    numbers = {"num": purged.num_persons, "before_num": purged.num_before}
    click.echo(words.format(**numbers, last_day=purged.last_day, before=before))
    if not setup.quiet:
        say_note(_ELSEWHERE.say(lang))
    return 0


def _words(purged: Purged, before: date) -> Text:
    if purged.last_day is None:
        return _NOTHING
    if purged.last_day >= before:
        return _NOT_OVER
    return _NONE_LEFT if purged.num_before and not purged.num_persons else _GONE
