"""Options that several commands share, and what they amount to: the campaign, the language, files and batches."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Literal

import click

from returnplan.cli.bilingual import lang_of, option
from returnplan.cli.language import DEFAULT_CONFIG, DEFAULT_STORE, LANGUAGE, told_language
from returnplan.config import load_config
from returnplan.model.folder import UNNAMED, folders_here
from returnplan.model.records import SheetKind
from returnplan.model.texts import Lang, Text
from returnplan.usecases.campaign import Campaign, Inputs
from returnplan.usecases.choice import Choice

Command = Callable[..., int | None]

OutFolder = Literal["papers", "calls", "orders"]

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
        return self.fail(_NO_DAY.filled(lang_of(ctx), value=value), param, ctx)


class Hour(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """An hour such as 06:30."""

    name = "hour"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the time that ``value`` writes."""
        with suppress(ValueError):
            return datetime.strptime(value, "%H:%M").time()
        return self.fail(_NO_HOUR.filled(lang_of(ctx), value=value), param, ctx)


class Seconds(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """A number of seconds, a week at the most."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that ``value`` writes."""
        with suppress(ValueError):
            seconds = float(value)
            if 0 <= seconds <= MOST_SECONDS:  # not so of nan
                return seconds
        return self.fail(_NO_SECONDS.filled(lang_of(ctx), value=value), param, ctx)


class Count(click.ParamType):  # type: ignore[type-arg]  # generic in new versions of click only
    """A whole number from 0 on."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the number that ``value`` writes."""
        if str(value).isdecimal():
            return int(value)
        return self.fail(_NO_COUNT.filled(lang_of(ctx), value=value), param, ctx)


FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_SECONDS = 7 * 24 * 3600
_DAY_FORMS = ("%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d")
_NO_DAY = Text(
    f"“{{value}}”不是日期；写成 2021-02-18 这样，{FIRST_YEAR} 至 {LAST_YEAR} 年",
    f"{{value!r}} is no date; write it as 2021-02-18, in the years {FIRST_YEAR} to {LAST_YEAR}",
)
_NO_HOUR = Text("“{value}”不是时间；写成 06:30 这样", "{value!r} is no hour; write it as 06:30")
_NO_SECONDS = Text(
    f"“{{value}}”不是 0 至 {MOST_SECONDS} 之间的秒数",
    f"{{value!r}} is no number of seconds from 0 to {MOST_SECONDS}",
)
_NO_COUNT = Text("“{value}”不是整数；写成 7 这样", "{value!r} is no whole number; write it as 7")
DAY = Day()
HOUR = Hour()
SECONDS = Seconds()
COUNT = Count()

_KINDS: dict[SheetKind, Text] = {
    "demand": Text("只有用工需求表的文件。", "A file with demand sheets only."),
    "fleet": Text("只有车辆表的文件。", "A file with fleet sheets only."),
    "places": Text("只有地点表的文件。", "A file with places sheets only."),
    "distances": Text("只有里程表的文件。", "A file with distances sheets only."),
}
_ADD = Text("增补名单。", "Supplementary list.")


def input_options(command: Command) -> Command:
    """Give a command FILE... and ``--add --demand --fleet --places --distances``; pass it ``inputs``."""

    @wraps(command)
    def run(*args: Any, files: tuple[Path, ...], added: tuple[Path, ...], **options: Any) -> int | None:
        explicit = {kind: named for kind in _KINDS if (named := options.pop(kind))}
        return command(*args, inputs=Inputs(files, added, explicit), **options)

    for kind, words in reversed(_KINDS.items()):
        run = option(f"--{kind}", type=FILE, multiple=True, words=words)(run)
    run = option("--add", "added", type=FILE, multiple=True, words=_ADD)(run)
    return click.argument("files", nargs=-1, type=FILE)(run)


def out_option(kind: OutFolder, sheets: Text) -> Callable[[Command], Command]:
    """Give a command ``--out``, the folder for its sheets; unless it says so, the one that ``init`` has named for them.

    Parameters
    ----------
    sheets : what they are called in the help
    """
    unnamed = getattr(UNNAMED, kind)
    words = Text(
        f"放{sheets.zh}的文件夹 [默认：init 定的文件夹，没有则为 {unnamed}]。",
        f"Folder for the {sheets.en} [default: that of init, else {unnamed}].",
    )
    return option("--out", type=FILE, default=lambda: Path(getattr(folders_here(), kind)), words=words)


def outgoing_options(kind: OutFolder, sheets: Text) -> Callable[[Command], Command]:
    """Give ``notify`` or ``dispatch`` ``--until --city --out --read``; pass it ``choice``, ``out`` and ``filled``.

    Parameters
    ----------
    kind : where the sheets go unless ``--out`` says so
    sheets : what they are called in the help of ``--out`` and ``--read``
    """

    read = Text(f"填好的{sheets.zh}，可写多次。", f"One of the {sheets.en}, filled in.")

    def decorate(command: Command) -> Command:
        @option(
            "--until",
            type=DAY,
            words=Text("只要这一天及以前出发的车次。", "Only batches that leave on or before this date."),
        )
        @option("--city", words=Text("只要到这个城市的车次。", "Only batches to this city."))
        @out_option(kind, sheets)
        @option("--read", "filled", type=FILE, multiple=True, words=read)
        @wraps(command)
        def run(*args: Any, until: date | None, city: str | None, **options: Any) -> int | None:
            return command(*args, choice=Choice(city=city, until=until), **options)

        return run

    return decorate
