"""Options that several commands share, and what they amount to: the campaign of this folder and the language."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.config import load_config
from returnplan.pipeline.campaign import Campaign
from returnplan.texts import Lang

Command = Callable[..., int | None]

DEFAULT_CONFIG = Path("returnplan.toml")
FILE = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class Setup:
    """What the shared options say; ``lang`` None leaves the language to the input's headers.

    ``config_path`` is the rules file that was read, None where there is none.
    """

    campaign: Campaign
    lang: Lang | None
    quiet: bool
    config_path: Path | None = None


def shared_options(command: Command) -> Command:
    """Give a command ``--config --store --lang -q --debug`` and pass it a :class:`Setup` first."""

    @click.option(
        "--config", "config_path", type=FILE, help="Rules file [default: ./returnplan.toml if present]."
    )
    @click.option(
        "--store", "store_path", type=FILE, default=Path("returnplan.db"), help="Store of the campaign."
    )
    @click.option(
        "--lang", type=click.Choice(["zh", "en"]), help="Language [default: config, then the input's]."
    )
    @click.option("-q", "--quiet", is_flag=True, help="No notes and no progress.")
    @click.option("--debug", is_flag=True, help="Show tracebacks.")
    @wraps(command)
    def run(
        *args: Any,
        config_path: Path | None,
        store_path: Path,
        lang: Lang | None,
        quiet: bool,
        debug: bool,
        **options: Any,
    ) -> int | None:
        if config_path is None and DEFAULT_CONFIG.is_file():
            config_path = DEFAULT_CONFIG
        config = load_config(config_path)
        setup = Setup(Campaign(config, store_path), lang or config.lang, quiet, config_path)
        return command(setup, *args, **options)

    return run


class Day(click.DateTime):
    """A date such as 2021-02-18."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the date that ``value`` writes."""
        return super().convert(value, param, ctx).date()


DAY = Day(["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d"])
