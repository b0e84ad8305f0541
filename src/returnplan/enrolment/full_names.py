"""The names of cities in the rules, by full names."""

from returnplan.model.rules import PeoplePerDay, Rules
from returnplan.places import Gazetteer


def with_full_names(rules: Rules) -> Rules:
    """Return the rules with full city names in ``combine_cities`` and the caps.

    Raises
    ------
    UsageError
        a name is unknown or ambiguous, with the nearest ones
    """
    name = Gazetteer.load().city_name
    return rules.model_copy(
        update={
            "combine_cities": tuple(tuple(map(name, group)) for group in rules.combine_cities),
            "max_departures_per_day": _caps(rules.max_departures_per_day),
            "max_arrivals_per_day": _caps(rules.max_arrivals_per_day),
        }
    )


def _caps(caps: PeoplePerDay) -> PeoplePerDay:
    if not isinstance(caps, dict):
        return caps
    return {Gazetteer.load().city_name(city): people for city, people in caps.items()}
