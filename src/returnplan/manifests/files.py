"""What the files of a batch are called: names that people read in a folder."""

from collections.abc import Sequence

from returnplan.manifests.edition import Edition
from returnplan.pages import file_stem
from returnplan.plan import Batch, Rider
from returnplan.texts import Lang, Text
from returnplan.wording import short_name


def batch_file(edition: Edition, riders: Sequence[Rider]) -> str:
    """Return ``0223-融水-东莞-3号车-第1版.xlsx``: day, first county, cities, coach, version."""
    batch, say = edition.batch, edition.say
    start = start_of(batch, riders)
    coach = say(f"{batch.number}号车", f"coach{batch.number}")
    version = say(f"第{batch.version}版", f"v{batch.version}")
    return file_stem(f"{batch.date:%m%d}-{start}-{edition.cities}-{coach}-{version}") + ".xlsx"


def joint_file(batches: Sequence[Batch], lang: Lang) -> str:
    """Return ``随车名单-0223-0225-12车.xlsx``: first and last day, number of coaches."""
    days = sorted({f"{batch.date:%m%d}" for batch in batches})
    span = "-".join(dict.fromkeys((days[0], days[-1])))
    words = Text(f"随车名单-{span}-{len(batches)}车", f"manifests-{span}-{len(batches)}coaches")
    return file_stem(words.say(lang)) + ".xlsx"


def start_of(batch: Batch, riders: Sequence[Rider]) -> str:
    """Return the short name of the county that boards first, else of the city, else the place."""
    first = min(riders, key=lambda rider: (rider.pickup_seq, rider.seat), default=None)
    county = first.county if first else ""
    return short_name(county or batch.stops[0].city) or batch.stops[0].place
