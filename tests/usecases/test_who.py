import pandas as pd
import pytest

from returnplan.usecases.who import find_people
from tests.assembly.campaigns import campaign, worker

PEOPLE = campaign(
    [
        worker(name="韦秀英", id_number="45022419900101123X", phone="13800001111"),
        worker(name="韦秀英", id_number="450224199001014321", phone="13800002222"),
        worker(name="覃建国", id_number="450224198512302222", phone="13900003333"),
        worker(name="阿依古丽•买买提", id_number="450224199203050014", phone="0771-5550010/13900004444"),
        worker(name="莫小红", id_number="450224199203054444", phone="13900005550"),
    ]
)
NUMBERS = pd.Series([7, 8, 1111, 2, 10])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("韦秀英", [0, 1]),
        ("覃建国", [2]),
        ("覃 建国", [2]),
        ("覃　建 国 ", [2]),
        ("8", [1]),
        ("123x", [0]),
        ("3333", [2]),
        ("2222", [1, 2]),
        ("1111", [0, 2]),
        ("10", [4]),
        ("0010", [3]),
        ("4444", [3, 4]),
        ("阿依古丽·买买提", [3]),
        ("阿依古丽 买买提", [3]),
        ("０００８", []),
        ("45022419900101123x", [0]),
        ("13900003333", [2]),
        ("报名.xlsx!报名!4", [1]),
        ("报名!4", [1]),
        ("nobody", []),
    ],
)
def test_find_people(text: str, lines: list[int]) -> None:
    """A person number and the last four of somebody else are two people; the end of a row reference is enough."""
    assert find_people(text, PEOPLE.people, NUMBERS).tolist() == lines
