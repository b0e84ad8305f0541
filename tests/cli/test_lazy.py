"""The list of commands in --help is written down once more, so that no command need be imported: it is true."""

import click
import pytest

from returnplan.cli.lazy import SUMMARIES
from returnplan.cli.main import cli


@pytest.mark.parametrize("name", SUMMARIES)
def test_each_line_is_the_command_s_own(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.help or "").split("\n")[0] == SUMMARIES[name]


@pytest.mark.parametrize("name", SUMMARIES)
def test_each_command_shows_an_example(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert (command.epilog or "").startswith(f"Example: returnplan {name}")
