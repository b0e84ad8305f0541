"""What ``notify`` and ``dispatch`` share: sheets go out for some batches, and come back filled in."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

from returnplan.cli.bilingual import option
from returnplan.cli.options import DAY, FILE, Command
from returnplan.model.texts import Text
from returnplan.usecases.choice import Choice


def outgoing_options(folder: str, sheets: Text) -> Callable[[Command], Command]:
    """Give a command ``--until --city --out --read``; pass it ``choice``, ``out`` and ``filled``.

    Parameters
    ----------
    folder : where the sheets go unless ``--out`` says so
    sheets : what they are called in the help of ``--out`` and ``--read``
    """

    out = Text(f"放{sheets.zh}的文件夹。", f"Folder for the {sheets.en}.")
    read = Text(f"填好的{sheets.zh}，可写多次。", f"One of the {sheets.en}, filled in.")

    def decorate(command: Command) -> Command:
        @option(
            "--until",
            type=DAY,
            words=Text("只要这一天及以前出发的车次。", "Only batches that leave on or before this date."),
        )
        @option("--city", words=Text("只要到这个城市的车次。", "Only batches to this city."))
        @option("--out", type=FILE, default=Path(folder), show_default=True, words=out)
        @option("--read", "filled", type=FILE, multiple=True, words=read)
        @wraps(command)
        def run(*args: Any, until: date | None, city: str | None, **options: Any) -> int | None:
            return command(*args, choice=Choice(city=city, until=until), **options)

        return run

    return decorate
