"""Rejected sign-up rows under full names, as far as their words can be resolved."""

from dataclasses import replace
from functools import lru_cache

from returnplan.enrolment.desk import Desk
from returnplan.enrolment.homes import HomeFinder
from returnplan.model.intake import RejectedRow


def with_known_names(rejected: tuple[RejectedRow, ...], desk: Desk) -> tuple[RejectedRow, ...]:
    """Return the rows sorted by reference, city, county and prefecture by their full names where known."""
    find_home = lru_cache(maxsize=65536)(HomeFinder(desk.gazetteer).find)
    find_city = lru_cache(maxsize=65536)(desk.finder.find)

    def known(row: RejectedRow) -> RejectedRow:
        home = find_home(row.prefecture, row.county, row.township, "")
        city = find_city(row.city, "").city
        return replace(
            row,
            prefecture=home.prefecture.name if home.prefecture else row.prefecture,
            county=home.county.name if home.county else row.county,
            city=city.name if city else row.city,
        )

    return tuple(sorted(map(known, rejected), key=lambda row: row.ref))
