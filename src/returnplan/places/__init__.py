"""The gazetteer: which division a text means, where it lies; no people, no plans."""

from returnplan.places.distance import Networks, Road, great_circle_km, road_networks
from returnplan.places.divisions import Division, Level
from returnplan.places.gazetteer import Gazetteer, Reading
from returnplan.places.names import is_of_many_cities, tidy
from returnplan.places.near import did_you_mean, near_names
from returnplan.places.stations import Station, bare_station, stations

__all__ = [
    "Division",
    "Gazetteer",
    "Level",
    "Networks",
    "Reading",
    "Road",
    "Station",
    "bare_station",
    "did_you_mean",
    "great_circle_km",
    "is_of_many_cities",
    "near_names",
    "road_networks",
    "stations",
    "tidy",
]
