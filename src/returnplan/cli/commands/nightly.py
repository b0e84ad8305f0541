"""``returnplan nightly``: the unattended run, for cron, systemd or the task scheduler."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from returnplan.cli.bilingual import command, option
from returnplan.cli.journal import log_line
from returnplan.cli.language import DEFAULT_CONFIG, language, told_language
from returnplan.cli.main import BUG
from returnplan.cli.options import DAY, Setup, shared_options
from returnplan.config import Config, RulesRefused, outbox_of_refused
from returnplan.model.errors import ReturnplanError
from returnplan.model.faults import unread
from returnplan.model.masking import mask_text
from returnplan.model.rules import Nightly
from returnplan.model.texts import Text
from returnplan.usecases.campaign import Campaign

if TYPE_CHECKING:
    from returnplan.usecases.nightly import NightlyOutcome

_DONE = Text(
    "方案 {run}：已排 {planned} 人，未排 {unplanned} 人；"
    "新名单 {papers} 份，派车单 {orders} 张，要打电话 {calls} 人，退回 {returned} 个表 → {folder}",
    "run {run}: {planned} planned, {unplanned} not; {papers} new papers, {orders} orders, {calls} to call, "
    "{returned} sheets to send back -> {folder}",
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
    """Write the page 今日要办 also where the rules file has errors, if the outbox can be told."""

    @wraps(nightly)
    def run(*, config_path: Path | None, store_path: Path, as_of: date | None, **options: Any) -> int | None:
        try:
            return nightly(config_path=config_path, store_path=store_path, as_of=as_of, **options)
        except RulesRefused as error:
            if outbox := outbox_of_refused(config_path or DEFAULT_CONFIG):
                from returnplan.usecases.nightly import today_in_china, write_refusal

                known = Config(nightly=Nightly(outbox=str(outbox)), lang=told_language())
                write_refusal(Campaign(known, store_path), as_of or today_in_china(), error.message)
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
    from returnplan.usecases.nightly import nightly, today_in_china

    log = Path(setup.campaign.config.nightly.log)
    today = as_of or today_in_china()
    try:
        outcome = nightly(setup.campaign, today)
    except ReturnplanError as error:
        log_line(
            log, as_of=str(today), exit_code=error.exit_code, error=error.message.say(language(error.lang))
        )
        raise
    except Exception as error:  # its words may quote a person's row
        log_line(log, as_of=str(today), exit_code=BUG, error=type(error).__name__)
        raise
    figures = _figures(outcome)
    log_line(log, as_of=str(today), exit_code=0, did_anything=outcome.did_anything, **figures)
    words = _DONE if outcome.did_anything else _NOTHING
    lang = setup.lang or outcome.planned.header.lang
    click.echo(words.say(lang).format(**figures))
    if names := unread(outcome.planned.plan.faults):
        shown = mask_text(Text("、", ", ").say(lang).join(names))
        click.echo(_NOT_READ.say(lang).format(num=figures["not_read"], names=shown))
    return 0


def _figures(outcome: "NightlyOutcome") -> dict[str, object]:
    plan = outcome.planned.plan
    summary = plan.summary
    return {
        "run": outcome.planned.header.id,
        "planned": summary["planned"],
        "unplanned": summary["unplanned"],
        "not_read": summary.get("not_read", 0),
        "files_not_read": unread(plan.faults),
        "papers": outcome.num_papers,
        "orders": outcome.num_orders,
        "calls": outcome.num_calls,
        "returned": outcome.num_returned,
        "folder": str(outcome.folder),
    }
