"""The entry point: streams made safe, one command run, errors turned into a message and an exit code."""

import sys
from typing import NoReturn

import click

from returnplan import __version__
from returnplan.cli.bilingual import Option, option
from returnplan.cli.click_words import speak
from returnplan.cli.console import make_streams_safe, say_error
from returnplan.cli.language import LANGUAGE, language, language_of_help
from returnplan.cli.lazy import LazyGroup
from returnplan.model.errors import Interrupted, ReturnplanError
from returnplan.model.texts import Lang, Text

BUG = 70

_HELP = Text(
    "为返岗务工人员安排专车(返岗专车排车)。",
    "Plan charter coaches for migrant workers going back to work.",
)
_INTERRUPTED = Text("已中断，没有改动", "interrupted; nothing was changed")
_BUG = Text(
    "程序错误({name})，没有改动；加 --debug 看详情",
    "a bug in returnplan ({name}), nothing was changed; --debug tells more",
)


@click.group(
    cls=LazyGroup,
    words=_HELP,
    example="returnplan plan signups.xlsx && returnplan manifest --city Dongguan",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(
    __version__,
    prog_name="returnplan",
    message="%(prog)s %(version)s",
    cls=Option,
    words=Text("显示版本号。", "Show the version and exit."),
)
@option("--lang", type=click.Choice(["zh", "en"]), words=LANGUAGE)
def cli(lang: Lang | None) -> None:
    """Run one of the commands; the language is looked up where it is needed."""


def main() -> NoReturn:
    """Run the command line and leave the process with its exit code (docs/contract.md#exit-codes)."""
    make_streams_safe()
    sys.exit(_run())


def _run() -> int:
    lang = language_of_help()
    speak(lang)
    try:
        code = cli.main(prog_name="returnplan", standalone_mode=False, obj=lang)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say_error(_INTERRUPTED, language())
        return Interrupted.exit_code
    except ReturnplanError as error:
        say_error(error.message, language(error.lang))
        _show_traceback_if_asked()
        return error.exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        return 0
    except Exception as error:
        # the words of an unforeseen error may quote a person's row: they are shown only when asked for
        name = type(error).__name__
        say_error(Text(_BUG.zh.format(name=name), _BUG.en.format(name=name)), language())
        _show_traceback_if_asked()
        return BUG
    return code if isinstance(code, int) else 0


def _show_traceback_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        traceback.print_exc()
