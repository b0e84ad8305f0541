"""What to say of a name that means no division, or several."""

from collections.abc import Sequence

from returnplan.model.texts import Text
from returnplan.places import Division, Gazetteer, Level, did_you_mean


def unclear_name(
    text: str, found: Sequence[Division], gazetteer: Gazetteer, within: Division | None = None
) -> Text:
    """Say that ``text`` may be any of ``found``; if there is none, that it is unknown, with near names.

    Parameters
    ----------
    text : as written
    found : the divisions it may mean
    gazetteer : where near names are looked for
    within : near names are parts of it; None: cities and towns
    """
    if found:
        names = [gazetteer.full_name(division) for division in found]
        return Text(f"“{text}”有几处：{'、'.join(names)}", f'"{text}" may be {", ".join(names)}')
    read = gazetteer.read(text)
    if read.only is not None and read.only.level is Level.PROVINCE and not read.rest:
        return Text(f"“{text}”只写到省，请写到市", f'"{text}" is a province, not a city')
    offer = did_you_mean(gazetteer.near(text, within))
    return Text(f"查不到“{text}”{offer.zh}", f'"{text}" is not known{offer.en}')
