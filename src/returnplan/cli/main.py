"""The entry point: streams made safe, one command run, errors turned into a message and an exit code."""

import sys
from typing import NoReturn

import click

from returnplan import __version__
from returnplan.cli.console import say_error
from returnplan.cli.lazy import LazyGroup
from returnplan.errors import Interrupted, ReturnplanError

BUG = 70


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: returnplan plan signups.xlsx && returnplan manifest --city Dongguan",
)
@click.version_option(__version__, prog_name="returnplan")
def cli() -> None:
    """Plan charter coaches for migrant workers going back to work (返岗专车排车)."""


def main() -> NoReturn:
    """Run the command line and leave the process with its exit code (SPEC §1)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console in GBK or ASCII must not crash on a rare character
            stream.reconfigure(errors="replace")
    sys.exit(_run())


def _run() -> int:
    try:
        code = cli.main(standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted; nothing was changed / 已中断,没有改动", err=True)
        return Interrupted.exit_code
    except ReturnplanError as error:
        say_error(error.message)
        _show_traceback_if_asked()
        return error.exit_code
    except BrokenPipeError:  # the reader of our output (head, less) has gone
        return 0
    except Exception as error:
        # the words of an unforeseen error may quote a person's row: they are shown only when asked for
        name = type(error).__name__
        click.echo(f"程序错误 ({name}),没有改动;加 --debug 看详情", err=True)
        click.echo(f"a bug in returnplan ({name}), nothing was changed; --debug tells more", err=True)
        _show_traceback_if_asked()
        return BUG
    return code if isinstance(code, int) else 0


def _show_traceback_if_asked() -> None:
    if "--debug" in sys.argv:
        import traceback

        traceback.print_exc()
