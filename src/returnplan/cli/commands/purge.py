"""``returnplan purge``: the personal data of a finished campaign."""

import sys
from datetime import date

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.console import say_note
from returnplan.cli.language import language
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.model.errors import UsageError
from returnplan.model.texts import Lang, Text
from returnplan.store import Purged
from returnplan.usecases.purge import purge, purgeable, say_left, sheets_left

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
    "报名表、plan.xlsx、随车名单、乘车人员名单、派车单、到岗名单、更正通知、接站通知、通知表、退回的表、读回的表、回访表、"
    "补贴名单、免费乘车名单、现场增补名单不在数据文件里，请另行删除",
    "sign-up sheets, plan.xlsx, papers, train name lists, orders, arrivals (到岗名单), corrections (更正通知), "
    "receptions (接站通知), call lists, returns (退回), what came back (回收), call-back sheets (回访), subsidy lists "
    "(补贴名单, 免费乘车名单) and walk-ups (现场增补) are not in the store; delete them yourself",
)

_GOES = Text(
    "将清除 {num} 人的姓名、身份证号码、电话、备注，以及驾驶员、通话记录和现场增补，不能恢复。"
    "最后一趟车 {last_day} 出发。之后不能再出名单、打电话、改车、查人；车次、站点、人数和费用保留",
    "names, ID numbers, phones and remarks of {num} people go for good, and drivers, calls and walk-ups with them. The "
    "last batch left on {last_day}. After that no paper or call list can be written, nothing changed and nobody looked "
    "up; batches, stops, counts and costs stay",
)
_OPEN = Text(
    "有 {num} 趟车的名单还没有读回(returnplan board)，清除以后就读不回了",
    "the marked papers of {num:batch have|batches have} not come back (returnplan board); they cannot be read after "
    "this",
)
_SURE = Text("清除吗？", "Remove them?")
_NOBODY_TO_ASK = Text(
    "没有清除。确定要清除：同样的命令加 --yes", "nothing was removed. To do so: the same command with --yes"
)
_KEPT = Text("没有清除", "nothing was removed")

_HELP = Text(
    """活动结束后，清除数据文件里的个人信息

车次、停靠点、人数和原因代码保留；姓名、身份证号码、电话和备注清除，不能恢复。先说明清除什么，再问一次。""",
    """Remove the personal data of a finished campaign from the store.

Batches, stops, counts and reasons' codes stay; names, ID numbers, phones and remarks do not, and cannot be
brought back. What goes is said, and asked, first.""",
)


@command("purge", _HELP, "returnplan purge --before 2021-06-01")
@option(
    "--before",
    type=DAY,
    required=True,
    words=Text("最后一趟车在这一天以前出发，才清除。", "Purge only if the last batch left before this date."),
)
@option("--yes", is_flag=True, words=Text("不再问，直接清除(定时任务用)。", "Do not ask (for cron)."))
@shared_options
def run(setup: Setup, before: date, yes: bool) -> int:
    """Carry out ``returnplan purge``."""
    lang = language()
    due = purgeable(setup.campaign, before)
    if due.num_persons and not yes:
        _ask(due, lang)
    purged = purge(setup.campaign, before)
    words = _words(purged, before).say(lang)
    numbers = {"num": purged.num_persons, "before_num": purged.num_before}
    click.echo(words.format(**numbers, last_day=purged.last_day, before=before))
    if not setup.quiet:
        say_note(_ELSEWHERE.say(lang))
        if left := say_left(sheets_left(setup.campaign.store_path.resolve().parent)).say(lang):
            say_note(left.rstrip())
    return 0


def _ask(due: Purged, lang: Lang) -> None:
    """Say what goes for good, and go on only if a person at the terminal agrees.

    Raises
    ------
    UsageError : nobody is there to ask, or somebody said no
    """
    say_note(_GOES.say(lang).format(num=due.num_persons, last_day=due.last_day))
    if due.num_open:
        say_note(_OPEN.filled(lang, num=due.num_open))
    if not _can_ask():
        raise UsageError(_NOBODY_TO_ASK)
    if not click.confirm(_SURE.say(lang), err=True):
        raise UsageError(_KEPT)


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _words(purged: Purged, before: date) -> Text:
    if purged.last_day is None:
        return _NOTHING
    if purged.last_day >= before:
        return _NOT_OVER
    return _NONE_LEFT if purged.num_before and not purged.num_persons else _GONE
