"""A progress bar on stderr when a person is watching, nothing when piped or asked to be quiet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from returnplan.cli.language import language
from returnplan.model.texts import Lang, Text
from returnplan.usecases.campaign import PlanSoFar, Progress, Stage, no_progress

if TYPE_CHECKING:
    from rich.progress import TaskID

_STAGES: dict[Stage, Text] = {
    "read": Text("读取文件", "reading"),
    "plan": Text("编排车次", "planning"),
    "papers": Text("生成名单", "writing papers"),
}
_PEOPLE = Text("已排 {0:,} 人，{1:,.0f} 元", "{0:,} people placed, {1:,.0f} yuan")


@contextmanager
def progress_bar(*, quiet: bool, lang: Lang | None) -> Iterator[Progress]:
    """Yield the callback that use cases report to."""
    if quiet or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    from returnplan.cli.console import table_console

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[plan]}"),
        TimeElapsedColumn(),
    )
    lang = lang or language()
    with Progress(*columns, console=table_console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, TaskID] = {}

        def report(stage: Stage, done: int, total: int, plan: PlanSoFar | None = None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage].say(lang), total=total, plan="")
            words = _PEOPLE.say(lang).format(*plan) if plan and plan.people else ""
            bars.update(tasks[stage], completed=done, total=total, plan=words)

        yield report
