"""The files of a call: FILE..., ``--add``, and files of a named kind."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.cli.bilingual import BadCall, option
from returnplan.cli.options import FILE
from returnplan.model.records import SheetKind
from returnplan.model.texts import Text
from returnplan.usecases.campaign import Inputs

_KINDS: dict[SheetKind, Text] = {
    "demand": Text("只有用工需求表的文件。", "A file with demand sheets only."),
    "fleet": Text("只有车辆表的文件。", "A file with fleet sheets only."),
    "places": Text("只有地点表的文件。", "A file with places sheets only."),
    "distances": Text("只有里程表的文件。", "A file with distances sheets only."),
}
_ADD = Text("增补名单。", "Supplementary list.")


def input_options(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command FILE... and ``--add --demand --fleet --places --distances``; pass it ``inputs``."""

    @wraps(command)
    def run(*args: Any, files: tuple[Path, ...], added: tuple[Path, ...], **options: Any) -> int | None:
        explicit = {kind: named for kind in _KINDS if (named := options.pop(kind))}
        if not (files or added):
            raise BadCall(Text("请写明报名表或文件夹", "name the sign-up workbooks, or a folder of them"))
        return command(*args, inputs=Inputs(files, added, explicit), **options)

    for kind, words in reversed(_KINDS.items()):
        run = option(f"--{kind}", type=FILE, multiple=True, words=words)(run)
    run = option("--add", "added", type=FILE, multiple=True, words=_ADD)(run)
    return click.argument("files", nargs=-1, type=FILE)(run)
