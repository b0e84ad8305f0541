"""Options that several commands share, and what they amount to: the campaign of this folder and the language."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

from returnplan.cli.bilingual import lang_of, option
from returnplan.cli.language import DEFAULT_CONFIG, DEFAULT_STORE, LANGUAGE, told_language
from returnplan.config import load_config
from returnplan.model.texts import Lang, Text
from returnplan.usecases.campaign import Campaign

Command = Callable[..., int | None]

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

    @option(
        "--config",
        "config_path",
        type=FILE,
        words=Text(
            "规则文件 [默认：当前文件夹的 returnplan.toml]。",
            "Rules file [default: ./returnplan.toml if present].",
        ),
    )
    @option(
        "--store",
        "store_path",
        type=FILE,
        default=DEFAULT_STORE,
        words=Text("本次返岗的数据文件。", "Store of the campaign."),
    )
    @option(
        "--lang",
        type=click.Choice(["zh", "en"]),
        words=LANGUAGE,
    )
    @option("-q", "--quiet", is_flag=True, words=Text("不显示提示和进度。", "No notes and no progress."))
    @option("--debug", is_flag=True, words=Text("出错时显示程序的调用过程。", "Show tracebacks."))
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
        setup = Setup(Campaign(config, store_path), lang or told_language(), quiet, config_path)
        return command(setup, *args, **options)

    return run


class Day(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """A date such as 2021-02-18."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the date that ``value`` writes."""
        for form in _DAY_FORMS:
            with suppress(ValueError):
                day = datetime.strptime(value, form).date()
                if FIRST_YEAR <= day.year <= LAST_YEAR:
                    return day
        return self.fail(_NO_DAY.say(lang_of(ctx)).format(value), param, ctx)


class Hour(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """An hour such as 06:30."""

    name = "hour"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the time that ``value`` writes."""
        with suppress(ValueError):
            return datetime.strptime(value, "%H:%M").time()
        return self.fail(_NO_HOUR.say(lang_of(ctx)).format(value), param, ctx)


class Seconds(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """A number of seconds, a week at the most."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that ``value`` writes."""
        with suppress(ValueError):
            seconds = float(value)
            if 0 <= seconds <= MOST_SECONDS:  # not so of nan
                return seconds
        return self.fail(_NO_SECONDS.say(lang_of(ctx)).format(value), param, ctx)


FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SECONDS = 7 * 24 * 3600
_DAY_FORMS = ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d")
_NO_DAY = Text(
    f"“{{}}”不是日期；写成 2021-02-18 这样，{FIRST_YEAR} 至 {LAST_YEAR} 年",
    f"{{!r}} is no date; write it as 2021-02-18, in the years {FIRST_YEAR} to {LAST_YEAR}",
)
_NO_HOUR = Text("“{}”不是时间；写成 06:30 这样", "{!r} is no hour; write it as 06:30")
_NO_SECONDS = Text(
    f"“{{}}”不是 0 至 {MOST_SECONDS} 之间的秒数", f"{{!r}} is no number of seconds from 0 to {MOST_SECONDS}"
)
DAY = Day()
HOUR = Hour()
SECONDS = Seconds()
