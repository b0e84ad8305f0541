"""The folders of a campaign."""

from typing import NamedTuple

from returnplan.model.texts import Lang


class Folders(NamedTuple):
    """Where filled forms come in, where papers go out, and where those of a night do."""

    inbox: str
    papers: str
    outbox: str


def folders(lang: Lang) -> Folders:
    """Return the names in one language."""
    return Folders("收件", "名单", "发出") if lang == "zh" else Folders("inbox", "papers", "outbox")
