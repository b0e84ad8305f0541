"""Writes docs/cli.md from the commands' own help; a test holds the page against it.

python -m docs.make_cli
"""

from pathlib import Path

import click

from returnplan.cli.main import cli

PAGE = Path(__file__).with_name("cli.md")
WIDTH = 100
INTRODUCTION = """\
# The commands

This page is made from the commands' help by `python -m docs.make_cli`.

Exit codes: 0 done; 1 done, with findings that need a person (only under `--strict`); 2 usage; 3 input refused,
nothing changed; 4 another run holds the lock; 5 store or disk; 6 people are eligible and not one can be
planned; 70 a bug; 130 interrupted (Ctrl-C). The result goes to stdout, notes and progress to stderr.
"""


def cli_page() -> str:
    """Return the page: the program's help, then one section a command."""
    program = click.Context(cli, info_name="returnplan", terminal_width=WIDTH, **cli.context_settings)
    sections = [INTRODUCTION, _help_block(program)]
    for name in cli.list_commands(program):
        command = cli.get_command(program, name)
        assert command is not None, name
        context = click.Context(command, program, info_name=name, terminal_width=WIDTH)
        sections.append(f"## {name}\n\n{_help_block(context)}")
    return "\n".join(sections)


def _help_block(context: click.Context) -> str:
    return f"```text\n{context.get_help()}\n```\n"


if __name__ == "__main__":
    PAGE.write_text(cli_page(), encoding="utf-8", newline="\n")
