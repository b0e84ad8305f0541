"""The list of commands in --help is written down once more, so that no command need be imported: it is true."""

import click
import pytest

from returnplan.cli.bilingual import Command
from returnplan.cli.main import SUMMARIES, cli
from returnplan.model.texts import Lang


def command(name: str) -> Command:
    found = cli.get_command(click.Context(cli), name)
    assert isinstance(found, Command)
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SUMMARIES)
def test_each_line_is_the_command_s_own(name: str, lang: Lang) -> None:
    assert command(name).words.say(lang).split("\n")[0] == SUMMARIES[name].say(lang)


@pytest.mark.parametrize("name", SUMMARIES)
def test_each_command_shows_an_example(name: str) -> None:
    assert command(name).example.startswith(f"returnplan {name}")
