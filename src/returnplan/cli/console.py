"""What goes to which stream: results to stdout, notes, errors and progress to stderr; rich only when it draws.

Everything that is written passes :func:`returnplan.model.harmless.harmless`.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from returnplan.cli.language import language
from returnplan.model.harmless import harmless, json_text
from returnplan.model.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import TaskID

    from returnplan.model.plan import PlanSoFar
    from returnplan.usecases.campaign import Progress, Stage

_PIPED_WIDTH = 120
_STAGES: "dict[Stage, Text]" = {
    "read": Text("读取文件", "reading"),
    "plan": Text("编排车次", "planning"),
    "papers": Text("生成名单", "writing papers"),
}
_PEOPLE = Text("已排 {people:,} 人，{yuan:,.0f} 元", "{people:,} people placed, {yuan:,.0f} yuan")


class SafeStream(io.TextIOBase):
    """A stream of text that lets nothing harmful through; takes the place of ``sys.stdout`` or ``sys.stderr``.

    It has no ``buffer``, so that no library writes past it.
    """

    def __init__(self, raw: TextIO) -> None:
        self.raw = raw

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Return the encoding of the stream behind."""
        return self.raw.encoding

    @property
    def errors(self) -> str | None:  # type: ignore[override]
        """Return how the stream behind treats what its encoding lacks."""
        return self.raw.errors

    def write(self, text: str, /) -> int:
        """Write the text, made harmless."""
        self.raw.write(harmless(text))
        return len(text)

    def writable(self) -> bool:
        """Return True."""
        return True

    def flush(self) -> None:
        """Flush the stream behind."""
        self.raw.flush()

    def isatty(self) -> bool:
        """Return whether a terminal is behind."""
        return self.raw.isatty()

    def fileno(self) -> int:
        """Return the descriptor of the stream behind."""
        return self.raw.fileno()

    def reconfigure(self, **settings: Any) -> None:
        """Change encoding or line ends of the stream behind."""
        self.raw.reconfigure(**settings)  # type: ignore[attr-defined]


def make_streams_safe() -> None:
    """Put a :class:`SafeStream` before stdout and stderr; a console in GBK or ASCII gets ``?`` for rare letters.

    A process without a console, as the task scheduler of Windows starts one, has no streams at all.
    """
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115  open to the end
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
        setattr(sys, name, SafeStream(stream))


def _raw(stream: TextIO) -> TextIO:
    """Return the stream that takes colours; what is written to it has to be harmless already."""
    return stream.raw if isinstance(stream, SafeStream) else stream


def say_error(message: Text, lang: Lang) -> None:
    """Write an error to stderr, red on a terminal."""
    words = harmless(message.say(lang))
    is_plain = "NO_COLOR" in os.environ
    click.echo(words if is_plain else click.style(words, fg="red"), file=_raw(sys.stderr))


def say_note(note: str) -> None:
    """Write a line that is not the result to stderr."""
    click.echo(note, err=True)


def say_notes(notes: Iterable[Text], lang: Lang) -> None:
    """Write such lines, in the language."""
    for note in notes:
        say_note(note.say(lang))


def print_json(value: Any) -> None:
    """Write one JSON document to stdout, pure ASCII where the console cannot show Chinese."""
    is_utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    text = json_text(value, ensure_ascii=not is_utf8, separators=(",", ":"))
    _raw(sys.stdout).write(f"{text}\n")


def _width_behind_a_pipe() -> int:
    """Return the width of the terminal that errors go to or input comes from; a pager shows it there."""
    for stream in (sys.stderr, sys.stdin):
        with suppress(OSError, ValueError, AttributeError):
            if stream.isatty():
                return os.get_terminal_size(stream.fileno()).columns or _PIPED_WIDTH
    return _PIPED_WIDTH


def table_console(*, stderr: bool = False) -> "Console":
    """Return the console that tables are drawn on; a pipe gets no colours.

    It is as wide as the terminal, also behind a pager; a width of its own where nobody watches.
    """
    from returnplan.cli.drawing import SafeConsole

    stream = sys.stderr if stderr else sys.stdout
    return SafeConsole(
        file=_raw(stream),
        width=None if stream.isatty() or "COLUMNS" in os.environ else _width_behind_a_pipe(),
        highlight=False,
        soft_wrap=False,
    )


@contextmanager
def progress_bar(*, quiet: bool, lang: Lang | None) -> "Iterator[Progress]":
    """Yield the callback that use cases report to; it draws a bar where a person is watching, and nothing else."""
    if quiet or not sys.stderr.isatty():
        from returnplan.usecases.campaign import no_progress

        yield no_progress
        return
    from rich import progress as rich

    columns = (
        rich.TextColumn("{task.description}"),
        rich.BarColumn(),
        rich.TaskProgressColumn(),
        rich.TextColumn("{task.fields[plan]}"),
        rich.TimeElapsedColumn(),
    )
    lang = lang or language()
    with rich.Progress(*columns, console=table_console(stderr=True), transient=True) as bars:
        tasks: dict[Stage, TaskID] = {}

        def report(stage: "Stage", done: int, total: int, plan: "PlanSoFar | None" = None) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage].say(lang), total=total, plan="")
            words = (
                _PEOPLE.filled(lang, people=plan.people, yuan=plan.cost_yuan) if plan and plan.people else ""
            )
            bars.update(tasks[stage], completed=done, total=total, plan=words)

        yield report
