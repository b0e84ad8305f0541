"""``returnplan nightly``: the unattended run, for cron, systemd or the task scheduler."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.language import DEFAULT_CONFIG, told_language
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.config import RulesRefused
from returnplan.model.faults import unread
from returnplan.model.masking import mask_text
from returnplan.model.texts import Text

_DONE = Text(
    "方案 {run}：已排 {planned} 人，未排 {unplanned} 人{travelled}；"
    "新名单 {papers} 份，派车单 {orders} 张，要打电话 {calls} 人，退回 {returned} 个表 → {folder}",
    "run {run}: {planned} planned, {unplanned} not{travelled}; {papers:new paper|new papers}, {orders:order|orders}, "
    "{calls} to call, {returned:sheet|sheets} to send back -> {folder}",
)
_TRAVELLED = Text("(其中 {num} 人已出发)", " ({num} of them have left)")
_SEATS_LOST = Text(
    "通知过座位、现在没有座位的有 {num} 人，见“今日要办”第一行",
    "{num:person was|people were} told of a seat and have none now; see the first row of 今日要办",
)
_NOT_READ = Text(
    "没有读的文件和表(另有约 {num} 人)：{names}",
    "files and sheets that were not read (some {num} more people): {names}",
)
_NOTHING = Text("没有变化，仍是方案 {run}：{folder}", "nothing to do, run {run} stands: {folder}")

_HELP = Text(
    """夜间无人值守：给收件箱排车，写出当天要用的东西

各文件夹写在规则文件的 [nightly] 里。第二次运行会发现都已做完；两个同时运行，后一个退出码为 4。""",
    """Plan the inbox unattended and write what the day needs.

The folders stand under [nightly] of the rules. A second call finds everything done; another one at the same
time exits 4.""",
)


def _told_if_rules_are_refused(nightly: Callable[..., int | None]) -> Callable[..., int | None]:
    """Let the page 今日要办 tell that the rules file has errors, too."""

    @wraps(nightly)
    def run(*, config_path: Path | None, store_path: Path, as_of: date | None, **options: Any) -> int | None:
        try:
            return nightly(config_path=config_path, store_path=store_path, as_of=as_of, **options)
        except RulesRefused as error:
            from returnplan.papers.wording import today_in_china
            from returnplan.usecases.nightly import refuse_rules

            rules, today = config_path or DEFAULT_CONFIG, as_of or today_in_china()
            refuse_rules(error, rules, store_path, today, told_language())
            raise

    return run


@command("nightly", _HELP, "returnplan nightly --config /srv/返岗/returnplan.toml")
@option(
    "--as-of",
    type=DAY,
    words=Text("今天的日期 [默认：北京时间的今天]。", "Today [default: the date in Asia/Shanghai]."),
)
@_told_if_rules_are_refused
@shared_options
def run(setup: Setup, as_of: date | None) -> int:
    """Carry out ``returnplan nightly``."""
    from returnplan.papers.wording import today_in_china
    from returnplan.usecases.nightly import nightly

    outcome = nightly(setup.campaign, as_of or today_in_china(), lang=setup.lang)
    words = _DONE if outcome.did_anything else _NOTHING
    lang = setup.lang or outcome.planned.header.lang
    figures = outcome.figures
    travelled = _TRAVELLED.filled(lang, num=figures["travelled"]) if figures["travelled"] else ""
    click.echo(words.filled(lang, **figures | {"travelled": travelled}))
    if num := figures["seats_lost"]:
        click.echo(_SEATS_LOST.filled(lang, num=num))
    if names := unread(outcome.planned.plan.faults):
        shown = mask_text(Text("、", ", ").say(lang).join(names))
        click.echo(_NOT_READ.filled(lang, num=outcome.figures["not_read"], names=shown))
    return 0
