"""A progress bar on stderr when a person is watching, nothing when piped or asked to be quiet."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from returnplan.cli.language import language
from returnplan.model.texts import Lang, Text
from returnplan.usecases.campaign import Progress, Stage, Yuan, no_progress

if TYPE_CHECKING:
    from rich.progress import TaskID

_STAGES: dict[Stage, Text] = {
    "read": Text("读取文件", "reading"),
    "plan": Text("编排车次", "planning"),
    "papers": Text("生成名单", "writing papers"),
}
_YUAN = Text("{0:,.0f} 元 (≥ {1:,.0f})", "{0:,.0f} yuan (≥ {1:,.0f})")


@contextmanager
def progress_bar(*, quiet: bool, lang: Lang | None) -> Iterator[Progress]:
    """Yield the callback that use cases report to."""
    if quiet or not sys.stderr.isatty():
        yield no_progress
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from returnplan.cli.console import table_console

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[yuan]}"),
        TimeElapsedColumn(),
    )
    lang = lang or language()
    with Progress(*columns, console=table_console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, TaskID] = {}

        def report(stage: Stage, done: int, total: int, yuan: Yuan | None = None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage].say(lang), total=total, yuan="")
            words = _YUAN.say(lang).format(*yuan) if yuan and yuan.bound_yuan else ""
            bars.update(tasks[stage], completed=done, total=total, yuan=words)

        yield report
