"""What ``notify`` and ``dispatch`` share: sheets go out for some batches, and come back filled in."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.cli.options import DAY, FILE, Command
from returnplan.pipeline.choosing import Choice


def outgoing_options(folder: str, sheets: str) -> Callable[[Command], Command]:
    """Give a command ``--until --city --out --read``; pass it ``choice``, ``out`` and ``filled``.

    Parameters
    ----------
    folder : where the sheets go unless ``--out`` says so
    sheets : what they are called in the help of ``--out`` and ``--read``
    """

    def decorate(command: Command) -> Command:
        @click.option("--until", type=DAY, help="Only batches that leave on or before this date.")
        @click.option("--city", help="Only batches to this city.")
        @click.option(
            "--out", type=FILE, default=Path(folder), show_default=True, help=f"Folder for the {sheets}."
        )
        @click.option("--read", "filled", type=FILE, multiple=True, help=f"One of the {sheets}, filled in.")
        @wraps(command)
        def run(*args: Any, until: date | None, city: str | None, **options: Any) -> int | None:
            return command(*args, choice=Choice(city=city, until=until), **options)

        return run

    return decorate
