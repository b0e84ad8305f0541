"""What a person sees, letter by letter, at 80 and 120 columns.

After a wanted change: ``RETURNPLAN_REDRAW=1 pytest tests/e2e/test_screens.py``, then read the difference.
"""

import os
import re
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook

from examples.people import invent_people, random_source
from tests.e2e.program import call

SCREENS = Path(__file__).with_name("screens")
RUN_ID = re.compile(r"\b[0-9a-f]{12}\b")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(?=\)|:| )")
COMMANDS = {
    "plan": ["plan", "报名表.xlsx", "--dry-run"],
    "check": ["check", "报名表.xlsx"],
    "batches": ["show", "batches"],
    "riders": ["show", "riders"],
    "unplanned": ["show", "unplanned"],
    "days": ["show", "days"],
    "origins": ["show", "origins"],
    "flows": ["show", "flows"],
}


@pytest.fixture(scope="module")
def one_coach(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve people to 东莞, one alone to 深圳, one to a city that is none, all on one day: one coach."""
    folder = tmp_path_factory.mktemp("screens")
    people = invent_people(np.array(["450803"] * 14), random_source(14))
    book = Workbook()
    book.active.append(["姓名", "身份证号码", "联系电话", "户籍市", "户籍县(市、区)", "务工城市", "出发日期"])
    for city, person in zip(["东莞"] * 12 + ["深圳", "东塘市"], people.itertuples(), strict=True):
        row = [person.name, person.id_number, person.phone, "贵港市", "港南区", city, date(2021, 2, 23)]
        book.active.append(row)
    book.save(folder / "报名表.xlsx")
    call(folder, "plan", "报名表.xlsx")
    return folder


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("screen", COMMANDS)
def test_screen_is_as_drawn(screen: str, width: int, one_coach: Path) -> None:
    done = call(one_coach, *COMMANDS[screen], COLUMNS=str(width), NO_COLOR="1")
    seen = MOMENT.sub("2021-02-15 18:00", RUN_ID.sub("0123456789ab", done.stdout + done.stderr))
    drawn = SCREENS / f"{screen}-{width}.txt"
    if os.environ.get("RETURNPLAN_REDRAW"):
        drawn.parent.mkdir(exist_ok=True)
        drawn.write_text(seen, encoding="utf-8", newline="\n")
    assert seen == drawn.read_text(encoding="utf-8")
