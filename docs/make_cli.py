"""Writes docs/cli.md from the commands' own help; a test holds the page against it.

python -m docs.make_cli
"""

from pathlib import Path

import click

from returnplan.cli.bilingual import speak
from returnplan.cli.main import cli

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 100
INTRODUCTION = """\
# The commands

This page is made from the commands' help by `python -m docs.make_cli`.

Exit codes: 0 done; 1 done, with findings that need a person (only under `--strict`); 2 usage; 3 input refused,
nothing changed; 4 another run holds the lock; 5 store, disk or cluster; 6 people are eligible and not one can be
planned; 70 a bug; 130 interrupted (Ctrl-C). The result goes to stdout, notes and progress to stderr.

Language, one a call: `--lang`, else `lang` of the rules file, else that of the sheets' headers (where the call reads
none, those of the last plan in the store), else that of the terminal if a person sits at one, else Chinese. The
locale of cron decides nothing. Help and usage follow the same rule without the sheets; this page shows the English.

Characters that would steer a terminal, hide or turn the text around them (ESC, C1, marks of direction, zero widths)
are written out as `<U+001B>` on screen, in CSV and in logs, and as `\\u001b` in JSON.
"""


def cli_page() -> str:
    """Return the page in English: the program's help, then one section a command."""
    speak("en")
    program = cli.context_class(
        cli, info_name="returnplan", terminal_width=WIDTH, obj="en", **cli.context_settings
    )
    sections = [INTRODUCTION, _help_block(program)]
    for name in cli.list_commands(program):
        command = cli.get_command(program, name)
        assert command is not None, name
        context = command.context_class(command, program, info_name=name, terminal_width=WIDTH)
        sections.append(f"## {name}\n\n{_help_block(context)}")
    return "\n".join(sections)


def _help_block(context: click.Context) -> str:
    return f"```text\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(cli_page(), encoding="utf-8", newline="\n")
