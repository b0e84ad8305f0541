"""The folders of a campaign."""

from typing import NamedTuple

from returnplan.texts import Lang


class Folders(NamedTuple):
    """Where filled forms come in, and where papers go out."""

    inbox: str
    papers: str


def folders(lang: Lang) -> Folders:
    """Return the names in one language."""
    return Folders("收件", "名单") if lang == "zh" else Folders("inbox", "papers")
