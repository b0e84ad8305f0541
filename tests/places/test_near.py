"""How a Chinese name sounds, letter by letter."""

import subprocess
import sys

import pytest

from returnplan.places.near import sound


@pytest.mark.parametrize(
    ("name", "reading"),
    [("东塘", "dongtang"), ("吕四", "lvsi"), ("绿春", "lvchun"), ("A座2", "azuo2")],
)
def test_readings_have_no_tones(name: str, reading: str) -> None:
    assert sound(name) == reading


def test_a_misprint_is_compared_without_loading_the_phrases() -> None:
    code = (
        "import sys; from returnplan.places import Gazetteer; "
        "assert '东坑镇' in Gazetteer.load().near('东塘'); assert 'pypinyin' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
