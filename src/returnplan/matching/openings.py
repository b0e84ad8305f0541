"""Vacancies for new hires as columns, sorted by content and not by the rows of the demand sheet."""

import unicodedata
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from returnplan.model.roster import Place, Roster, Vacancy

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]

OLDEST = 1000
"""An age above every real age, for vacancies without an upper limit."""


@dataclass(frozen=True, slots=True)
class Openings:
    """Lines of the demand sheet that want new hires; arrays of length L, one entry a line.

    ``vacancy`` is the line of ``Roster.vacancies``, ``site`` numbers the drop-off places of the openings,
    ``post`` numbers their posts after normalisation (``posts``); ``sex`` is empty if both are wanted;
    ages are full years, both limits included; a missing wage counts as 0 yuan.
    """

    vacancy: Ints
    city: Objects
    site: Ints
    place: Ints
    post: Ints
    posts: dict[str, int]
    sex: Objects
    min_age: Ints
    max_age: Ints
    wage_yuan: Floats
    headcount: Ints

    def __len__(self) -> int:
        return len(self.vacancy)

    def lines_of(self, vacancy: Ints) -> Ints:
        """Return the openings of some lines of ``Roster.vacancies``, -1 of those that are none."""
        line_of = np.full(max(self.vacancy.max(initial=-1), vacancy.max(initial=-1)) + 2, -1)
        line_of[self.vacancy] = np.arange(len(self))
        return line_of[vacancy]


def openings_of(roster: Roster) -> Openings:
    """Return the vacancies with a headcount, sorted by what the demand sheet says of them."""
    wanted = [line for line, vacancy in enumerate(roster.vacancies) if vacancy.headcount]
    wanted.sort(key=lambda line: _order(roster.vacancies[line], roster.places))
    lines = [roster.vacancies[line] for line in wanted]
    sites: dict[int, int] = {}
    posts: dict[str, int] = {}
    return Openings(
        vacancy=np.array(wanted, dtype=np.int64),
        city=np.array([line.city for line in lines], dtype=object),
        site=np.array([sites.setdefault(line.place, len(sites)) for line in lines], dtype=np.int64),
        place=np.array([line.place for line in lines], dtype=np.int64),
        post=np.array(
            [posts.setdefault(plain_post(line.post), len(posts)) for line in lines], dtype=np.int64
        ),
        posts=posts,
        sex=np.array([line.sex or "" for line in lines], dtype=object),
        min_age=np.array([line.min_age or 0 for line in lines], dtype=np.int64),
        max_age=np.array([OLDEST if line.max_age is None else line.max_age for line in lines], np.int64),
        wage_yuan=np.array([line.wage_yuan or 0.0 for line in lines], dtype=np.float64),
        headcount=np.array([line.headcount for line in lines], dtype=np.int64),
    )


def plain_post(post: str) -> str:
    """Return a post (工种) for comparison, without full-width forms, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", post).casefold().split())


def _order(line: Vacancy, places: tuple[Place, ...]) -> tuple[str | float, ...]:
    place = places[line.place]
    limits = (line.sex or "", line.min_age or 0, OLDEST if line.max_age is None else line.max_age)
    site = (line.city, place.county, place.name, line.employer, line.post)
    return *site, -(line.wage_yuan or 0.0), *limits, line.headcount or 0
