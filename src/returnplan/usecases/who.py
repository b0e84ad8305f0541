"""Who is meant: a name, a person number, the last four of ID or phone, or a row reference."""

import pandas as pd

from returnplan.model.roster import Roster
from returnplan.problem.model import Ints
from returnplan.reading.cells import clean

LAST_FOUR = 4


def find_people(text: str, roster: Roster, person: "pd.Series[int]") -> Ints:
    """Return the lines of ``Roster.people`` that the text names, by the first way that finds any.

    Parameters
    ----------
    text : as typed; a name also with blanks between its letters (陈 明)
    person : the person number (编号) of each line, 0 where there is none
    """
    wanted, people = text.strip(), roster.people
    ways = [people["signup"] == wanted, people["name"].isin([wanted, clean(text)])]
    if wanted.isdigit():
        ways.append(person.set_axis(people.index) == int(wanted))
    if len(wanted) == LAST_FOUR:
        ends = people["id_number"].map(lambda text: text[-LAST_FOUR:].upper()) == wanted.upper()
        ways.append(ends | (people["phone"].map(lambda text: text[-LAST_FOUR:]) == wanted))
    ways.append((people["id_number"] == wanted.upper()) | (people["phone"] == wanted))
    ways.append(people["signup"].map(lambda text: text.endswith("!" + wanted)))
    found = next((way for way in ways if way.any()), ways[0])
    lines: Ints = found.to_numpy(dtype=bool).nonzero()[0]
    return lines
