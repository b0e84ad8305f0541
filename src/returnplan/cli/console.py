"""What goes to which stream: results to stdout, notes and errors to stderr, rich only when a table is drawn."""

import json
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from returnplan.texts import Lang, Text

if TYPE_CHECKING:
    from rich.console import Console

_PIPED_WIDTH = 120


def say_error(message: Text, lang: Lang | None = None) -> None:
    """Write an error to stderr, in both languages when nothing has told which one to use."""
    lines = [message.say(lang)] if lang else dict.fromkeys(message)
    for line in lines:
        click.secho(line, err=True, fg="red")


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
    text = json.dumps(value, ensure_ascii=not is_utf8, separators=(",", ":"))  # json.dump is 20 times slower
    sys.stdout.write(text + "\n")


def table_console(*, stderr: bool = False) -> "Console":
    """Return the console that tables are drawn on; a pipe gets no colours, and a fixed width unless told."""
    from rich.console import Console

    stream = sys.stderr if stderr else sys.stdout
    return Console(
        file=stream,
        width=None if stream.isatty() or "COLUMNS" in os.environ else _PIPED_WIDTH,
        highlight=False,
        soft_wrap=False,
    )
