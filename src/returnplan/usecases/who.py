"""Who is meant: a name, a person number, the last four of ID or phone, or a row reference."""

import pandas as pd

from returnplan.places import tidy
from returnplan.problem.model import Ints
from returnplan.reading.cells import clean

LAST_FOUR = 4


def find_people(text: str, people: pd.DataFrame, person: "pd.Series[int]") -> Ints:
    """Return the lines of people, as of ``Roster.people``, that the text names, by the first way that finds any.

    Four digits may be a person number or the last four, so both count together; with a 0 in front they are no number.

    Parameters
    ----------
    text : as typed; a name also with blanks between its letters (陈 明), or with another dot (买买提•艾力)
    person : the person number (编号) of each line, 0 where there is none
    """
    wanted = text.strip()
    ways = [people["signup"] == wanted, people["name"].isin([wanted, *_spellings(text, people["name"])])]
    digits = clean(text)
    is_number = digits.isdecimal() and not digits.startswith("0")
    numbered = person.set_axis(people.index) == (int(digits) if is_number else -1)
    if len(digits) == LAST_FOUR:
        numbered |= people["id_number"].map(lambda text: text[-LAST_FOUR:].upper()) == digits.upper()
        numbered |= people["phone"].map(lambda text: digits in _last_four_of_each(text))
    ways.append(numbered)
    ways.append((people["id_number"] == wanted.upper()) | (people["phone"] == wanted))
    ways.append(people["signup"].map(lambda text: text.endswith("!" + wanted)))
    found = next((way for way in ways if way.any()), ways[0])
    lines: Ints = found.to_numpy(dtype=bool).nonzero()[0]
    return lines


def _spellings(text: str, names: "pd.Series[str]") -> list[str]:
    """Return the names that are written like the text, but for blanks and dots."""
    wanted, first = tidy(text), clean(text)[:1]
    alike = (name for name in names.unique() if clean(name)[:1] == first)
    return [name for name in alike if wanted and tidy(name) == wanted]


def _last_four_of_each(phones: str) -> list[str]:
    return [number[-LAST_FOUR:] for number in phones.split("/")]
