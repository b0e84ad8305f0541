"""The list of commands in --help is written down once more, so that no command need be imported: it is true."""

import subprocess
import sys

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


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom returnplan.cli.main import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'pandas', 'numpy', 'numba', 'rich', 'pydantic', 'openpyxl'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
