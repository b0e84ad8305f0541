"""The gazetteer: which division a text means, where it lies; no people, no plans.

Road km are offered by ``places.distance`` itself, which loads numpy: who only names places does without.
"""

from returnplan.places.divisions import Division, Level
from returnplan.places.gazetteer import Gazetteer, Reading
from returnplan.places.names import is_of_many_cities, tidy
from returnplan.places.near import did_you_mean, near_names
from returnplan.places.stations import Station, bare_station, stations

__all__ = [
    "Division",
    "Gazetteer",
    "Level",
    "Reading",
    "Station",
    "bare_station",
    "did_you_mean",
    "is_of_many_cities",
    "near_names",
    "stations",
    "tidy",
]
