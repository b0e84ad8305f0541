"""The files of a call: FILE..., ``--add``, and files of a named kind."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.cli.options import FILE
from returnplan.pipeline.campaign import Inputs
from returnplan.records import SheetKind

_KINDS: tuple[SheetKind, ...] = ("demand", "fleet", "places", "distances")


def input_options(command: Callable[..., int | None]) -> Callable[..., int | None]:
    """Give a command FILE... and ``--add --demand --fleet --places --distances``; pass it ``inputs``."""

    @wraps(command)
    def run(*args: Any, files: tuple[Path, ...], added: tuple[Path, ...], **options: Any) -> int | None:
        explicit = {kind: named for kind in _KINDS if (named := options.pop(kind))}
        if not (files or added):
            raise click.UsageError("name the sign-up workbooks, or a folder of them / 请写明报名表或文件夹")
        return command(*args, inputs=Inputs(files, added, explicit), **options)

    for kind in reversed(_KINDS):
        run = click.option(f"--{kind}", type=FILE, multiple=True, help=f"A file with {kind} sheets only.")(
            run
        )
    run = click.option("--add", "added", type=FILE, multiple=True, help="Supplementary list (增补名单).")(run)
    return click.argument("files", nargs=-1, type=FILE)(run)
